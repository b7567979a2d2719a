"""One request and its reply: proxies, certificates, time-outs, and what went wrong as codes."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

import requests
import requests.adapters
from requests.auth import AuthBase
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from app.errors import RemoteError

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
LONGEST_RETRY_SECONDS = 3600.0
SLOWEST_BYTES = 500
"""A second; what comes or goes slower than this is taken for a line that has died."""

OUT_OF_DATE = frozenset({9, 10, 0x800B0101, -67818, -67819})
"""Why a certificate is refused that does not hold now: OpenSSL's not yet and no more, Windows', macOS'."""

LARGEST_REPLY = 64 * 1024 * 1024
"""Bytes when unpacked; a page of changes has a few million. A small reply can unpack to any size."""

_CHUNK = 16 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def retry_after(reply: Reply) -> float | None:
    """Return the seconds that a server asks to wait (RFC 9110, 10.2.3): at most an hour is believed."""
    value = reply.headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdecimal():
        return min(float(value), LONGEST_RETRY_SECONDS)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    # Against the server's own clock, where it tells it: this machine's may be years off.
    now = datetime.now(UTC)
    with contextlib.suppress(ValueError):
        told = parsedate_to_datetime(reply.headers.get("date", ""))
        now = told if told.tzinfo is not None else now
    return min(max(0.0, (at - now).total_seconds()), LONGEST_RETRY_SECONDS)


class Transport(Protocol):
    """Carries one request to the server and brings its reply."""

    base_url: str

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        read_seconds: float = READ_SECONDS,
    ) -> Reply:
        """Return the reply, whatever its status.

        Raises:
            RemoteError: ``server_unreachable``, ``certificate_untrusted``, ``certificate_out_of_date`` (which
                it may be by this machine's clock alone) or ``proxy_refused``.
        """
        ...

    def leave(self) -> None:
        """Close what is kept open for the calling thread."""
        ...

    def close(self) -> None:
        """Close what is kept open between requests."""
        ...


class _Untouched(AuthBase):
    """Leaves the Authorization header as it is: requests would put one from a .netrc file in its place."""

    def __call__(self, request: Any) -> Any:
        return request


def _is_out_of_date(error: BaseException) -> bool:
    """Tell whether the server's certificate would hold at another time. Libraries wrap the reason."""
    import ssl

    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ssl.SSLCertVerificationError):
            return one.verify_code in OUT_OF_DATE
        if isinstance(one, BaseException):
            waiting += [one.__cause__ or one.__context__, getattr(one, "reason", None)]
    return False


class _OpenSockets:
    """The sockets that are open now, so that closing can end a request that waits in another thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._by_thread: dict[int, weakref.WeakSet[socket.socket]] = {}

    def forget(self, thread: int) -> None:
        """Forget which sockets the thread has opened: it has closed them, and its number may come again."""
        with self._lock:
            self._by_thread.pop(thread, None)

    def add(self, opened: socket.socket) -> None:
        with self._lock:
            self._sockets.add(opened)
            self._by_thread.setdefault(threading.get_ident(), weakref.WeakSet()).add(opened)

    def shut_down(self, thread: int | None = None) -> None:
        """End what is open, or what that thread has opened."""
        with self._lock:
            opened = list(self._sockets if thread is None else self._by_thread.get(thread, ()))
        for each in opened:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


class _Adapter(requests.adapters.HTTPAdapter):
    """Notes the sockets that it opens. For TLS it trusts what the operating system trusts (truststore)."""

    def __init__(self, sockets: _OpenSockets, *, secure: bool) -> None:
        self._sockets = sockets
        self._secure = secure
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        if self._secure:
            import ssl

            import truststore

            named["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*arguments, **named)
        pools = {"http": HTTPConnectionPool, "https": HTTPSConnectionPool}
        self.poolmanager.pool_classes_by_scheme = {
            scheme: _noting(pool, self._sockets) for scheme, pool in pools.items()
        }


def _noting(pool: type[HTTPConnectionPool], sockets: _OpenSockets) -> type[HTTPConnectionPool]:
    made: Any = pool.ConnectionCls

    class Noting(made):  # type: ignore[misc]  # the base is chosen by the scheme
        def connect(self) -> None:
            super().connect()
            if self.sock is not None:
                sockets.add(self.sock)

    return type(f"Noting{pool.__name__}", (pool,), {"ConnectionCls": Noting})


@dataclass(slots=True)
class RequestsTransport:
    """Sends with ``requests``. Each thread has a session of its own; redirects are not followed.

    ``proxy`` empty means what the environment or the system says; the loopback interface never has one.
    Every request ends: a line on which nothing comes for ``read_seconds`` is dead, and so is one on which
    bytes trickle (``SLOWEST_BYTES``).
    """

    base_url: str
    proxy: str = ""
    connect_seconds: float = CONNECT_SECONDS
    _local: threading.local = field(default_factory=threading.local)
    _sessions: list[requests.Session] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _open: _OpenSockets = field(default_factory=_OpenSockets)

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        read_seconds: float = READ_SECONDS,
    ) -> Reply:
        """Return the reply, whatever its status. Raises RemoteError."""
        reply: requests.Response | None = None
        try:
            with self._watched(read_seconds, len(body or b"")):
                reply = self._session().request(
                    method,
                    self.base_url + path,
                    headers=dict(headers),
                    data=body,
                    timeout=(self.connect_seconds, read_seconds),
                    allow_redirects=False,
                    auth=_Untouched(),
                    stream=True,
                )
            content = self._read(reply, read_seconds)
        except requests.exceptions.SSLError as error:
            if _is_out_of_date(error):
                raise RemoteError("certificate_out_of_date", host=self.host) from error
            raise RemoteError("certificate_untrusted", host=self.host) from error
        except requests.exceptions.ProxyError as error:
            raise RemoteError("proxy_refused", host=self.host) from error
        except (requests.exceptions.RequestException, HTTPError) as error:
            raise RemoteError("server_unreachable", host=self.host, detail=type(error).__name__) from error
        finally:
            if reply is not None:
                reply.close()
        lower = {name.lower(): value for name, value in reply.headers.items()}
        return Reply(reply.status_code, lower, content)

    @contextlib.contextmanager
    def _watched(self, read_seconds: float, length: int) -> Iterator[None]:
        """Cut the line where request and head of the reply take too long: each byte in itself is in time."""
        seconds = self.connect_seconds + 2 * read_seconds + length / SLOWEST_BYTES
        thread, is_over = threading.get_ident(), threading.Event()

        def cut() -> None:
            is_over.set()
            self._open.shut_down(thread)

        watchdog = threading.Timer(seconds, cut)
        watchdog.daemon = True
        watchdog.start()
        try:
            yield
        finally:
            watchdog.cancel()
            watchdog.join()
        if is_over.is_set():
            # A head that was cut is taken for a whole one.
            raise requests.exceptions.ReadTimeout("bytes trickle")

    def _read(self, reply: requests.Response, read_seconds: float) -> bytes:
        began, parts, length = time.monotonic(), list[bytes](), 0
        # Not iter_content: that waits for a whole chunk, however slowly its bytes come.
        while part := reply.raw.read1(_CHUNK, decode_content=True):
            parts.append(part)
            length += len(part)
            if length > LARGEST_REPLY:
                raise RemoteError("not_our_server", host=self.host, detail="too_large")
            if time.monotonic() - began > read_seconds + length / SLOWEST_BYTES:
                raise requests.exceptions.ReadTimeout("bytes trickle")
        return b"".join(parts)

    def leave(self) -> None:
        """Close the connections of the calling thread."""
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is not None:
            self._local.session = None
            self._open.forget(threading.get_ident())
            with self._lock, contextlib.suppress(ValueError):  # closed with all others already
                self._sessions.remove(session)
            session.close()

    def close(self) -> None:
        """Close the connections of all threads; a request under way in another thread fails."""
        self._open.shut_down()
        with self._lock:
            sessions, self._sessions = self._sessions, []
        for session in sessions:
            session.close()

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            if self.host in {"127.0.0.1", "::1", "localhost"}:
                session.trust_env = False
            elif self.proxy:
                session.proxies = {"http": self.proxy, "https": self.proxy}
            session.mount("http://", _Adapter(self._open, secure=False))
            session.mount("https://", _Adapter(self._open, secure=self.base_url.startswith("https:")))
            self._local.session = session
            with self._lock:
                self._sessions.append(session)
        return session
