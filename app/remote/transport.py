"""One request and its reply: proxies, certificates, time-outs, and what went wrong as codes."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

import requests
import requests.adapters
from requests.auth import AuthBase

from app.errors import RemoteError

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


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
            RemoteError: ``server_unreachable``, ``certificate_untrusted`` or ``proxy_refused``.
        """
        ...

    def close(self) -> None:
        """Close what is kept open between requests."""
        ...


class _Untouched(AuthBase):
    """Leaves the Authorization header as it is: requests would put one from a .netrc file in its place."""

    def __call__(self, request: Any) -> Any:
        return request


class _SystemTrust(requests.adapters.HTTPAdapter):
    """Trusts what the operating system trusts, a company's own certificate included (truststore)."""

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        import ssl

        import truststore

        named["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*arguments, **named)


@dataclass(slots=True)
class RequestsTransport:
    """Sends with ``requests``. Each thread has a session of its own; redirects are not followed.

    ``proxy`` empty means what the environment or the system says; the loopback interface never has one.
    """

    base_url: str
    proxy: str = ""
    _local: threading.local = field(default_factory=threading.local)
    _sessions: list[requests.Session] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

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
        try:
            reply = self._session().request(
                method,
                self.base_url + path,
                headers=dict(headers),
                data=body,
                timeout=(CONNECT_SECONDS, read_seconds),
                allow_redirects=False,
                auth=_Untouched(),
            )
        except requests.exceptions.SSLError as error:
            raise RemoteError("certificate_untrusted", host=self._host) from error
        except requests.exceptions.ProxyError as error:
            raise RemoteError("proxy_refused", host=self._host) from error
        except requests.exceptions.RequestException as error:
            raise RemoteError("server_unreachable", host=self._host, detail=type(error).__name__) from error
        lower = {name.lower(): value for name, value in reply.headers.items()}
        return Reply(reply.status_code, lower, reply.content)

    def close(self) -> None:
        """Close the connections of all threads; a request under way in another thread fails."""
        with self._lock:
            sessions, self._sessions = self._sessions, []
        for session in sessions:
            session.close()

    @property
    def _host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            if self._host in {"127.0.0.1", "::1", "localhost"}:
                session.trust_env = False
            elif self.proxy:
                session.proxies = {"http": self.proxy, "https": self.proxy}
            if self.base_url.startswith("https:"):
                session.mount("https://", _SystemTrust())
            self._local.session = session
            with self._lock:
                self._sessions.append(session)
        return session
