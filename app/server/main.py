"""Serves the application with uvicorn, in this process, until it is told to stop."""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import BinaryIO
from urllib.parse import urlsplit

import uvicorn
from litestar.concurrency import set_asyncio_executor

from app import __version__
from app.clock import Clock, SystemClock
from app.errors import SamverkaError, UsageError
from app.server.api.front import LocalRules
from app.server.api.limits import make_limits
from app.server.application import Application, build_application
from app.server.assembly import assemble
from app.server.continuity import continuous
from app.server.heap import keep_heap_small
from app.server.options import ServeOptions
from app.server.patience import Patience, patient_protocol
from app.server.start_keys import StartKeys, read_start_keys, watch_parent
from app.server.store import Store, open_store
from app.server.store.restoring import StateFile, state_path

SECONDS_TO_STOP = 5
SECONDS_TO_KEEP_ALIVE = 75
"""Longer than a client's pauses while it works: a connection that ends under a request costs it a try."""

SERVING_THREADS = 6
"""So many requests are worked on at once, however many processors there are: each may hold a page of some
megabytes, and Python works on one at a time. More processors are for more processes.
"""

PORT_SETTING = "port"
HTTP_PORT = 80
"""Browsers leave it out of the Host header."""

log = logging.getLogger(__name__)


class ServeError(SamverkaError):
    """The server could not start."""


def serve(
    options: ServeOptions,
    announce: Callable[[str], None],
    *,
    source: BinaryIO | None = None,
    clock: Clock | None = None,
) -> int:
    """Serve until a signal, or until ``source`` ends where the keys came from it; return the exit status.

    ``announce`` gets the address when the server answers there.

    Raises:
        ServeError: ``port_taken``, ``server_not_started`` (the log says why).
        UsageError: ``server_public_url_missing``, ``server_option_invalid``, ``smtp_without_public_url`` and
            others about ``smtp``.
        StorageError: the database cannot be opened, was put back from a backup (``database_restored``), or
            the keys on ``source`` are none.
    """
    check_public_address(options)
    keep_heap_small()
    source = source or sys.stdin.buffer
    keys = read_start_keys(source) if options.key_stdin else None
    store = open_store(options.database, key=keys.key if keys else None, clock=clock or SystemClock())
    try:
        if store.passes_row_security():
            log.warning("the database's user is a superuser: row-level security does not hold for it")
        state = StateFile(state_path(options.database, options.state))
        with (
            continuous(store, state, mends_itself=keys is not None),
            contextlib.closing(bind(options, store)) as listening,
        ):
            server = build_server(options, store, listening, keys, announce)
            if keys is not None:
                watch_parent(source, server.request_stop)
            with ThreadPoolExecutor(SERVING_THREADS, thread_name_prefix="serving") as serving:
                set_asyncio_executor(serving)
                server.run(sockets=[listening])
            if not server.started:
                raise ServeError("server_not_started")
    finally:
        store.close()
    return 0


def build_server(
    options: ServeOptions,
    store: Store,
    listening: socket.socket,
    keys: StartKeys | None,
    announce: Callable[[str], None],
) -> ServingProcess:
    """Return a server that is ready to run on the socket."""
    host, port = listening.getsockname()[:2]
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    assembly = assemble(
        store,
        version=__version__,
        local_url=url,
        public_url=options.public_url,
        smtp=options.smtp,
        sample=options.sample,
        rules=local_rules(host, port, keys, options.public_url),
        # An embedded server has one client, which the same person runs.
        limits=None if keys is not None else make_limits(),
        metrics_token=options.metrics_token,
        # It holds every e-mail of the firm, those to protected customers too.
        shows_tray=keys is not None or options.sample,
        openid=options.openid,
    )
    # Behind a proxy the client's address is what the proxy says. There is none before a program of this
    # machine, nor before a server without a public address.
    is_behind_one = keys is None and bool(options.public_url)
    if keys is None and not options.public_url:
        log.info("there is no public_url: requests under other names than this machine's own are refused")
    proxies = options.trusted_proxies if is_behind_one else ""
    return ServingProcess(build_application(assembly.parts), lambda: announce(url), proxies)


def check_public_address(options: ServeOptions) -> None:
    """See to it that a server which others can reach knows its own address.

    Raises:
        UsageError: ``server_public_url_missing``, ``server_option_invalid`` for what is no address.
    """
    if options.public_url:
        try:
            parts = urlsplit(options.public_url)
        except ValueError as error:  # a bracket without its other one
            raise UsageError(
                "server_option_invalid", option="public_url", value=options.public_url
            ) from error
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError("server_option_invalid", option="public_url", value=options.public_url)
    elif not _is_loopback(options.host):
        raise UsageError("server_public_url_missing", host=options.host)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def local_rules(host: str, port: int, keys: StartKeys | None, public_url: str = "") -> LocalRules | None:
    """Return the rules of a server that only this machine reaches, or None for one with a public address.

    An embedded server has a secret besides, and with a ``public_url`` customers come to its host, too.
    Without a public address the issuer is called as the request's host says: only our own names pass.
    """
    secret = keys.secret if keys is not None else ""
    if public_url and not secret:
        return None
    names = {"127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host}
    hosts = {f"{name}:{port}" for name in names}
    if port == HTTP_PORT:
        hosts |= names
    if public_url:
        hosts.add(urlsplit(public_url).netloc.lower())
    return LocalRules(frozenset(hosts), secret)


def bind(options: ServeOptions, store: Store) -> socket.socket:
    """Return a listening socket.

    An embedded server keeps its port, so that links in e-mails go on working; where another program has
    taken it, it takes a free one.

    Raises:
        ServeError: ``port_taken``, where the port was asked for and the server is not an embedded one.
    """
    kept = store.settings.find(PORT_SETTING) or "0"
    wanted = options.port or (int(kept) if kept.isdecimal() else 0)
    try:
        listening = _listen(options.host, wanted)
    except OSError as error:
        if wanted == 0 or (options.port and not options.key_stdin):
            raise ServeError("port_taken", host=options.host, port=wanted) from error
        log.warning("port %d is taken, another one is used", wanted)
        listening = _listen(options.host, 0)
    port = listening.getsockname()[1]
    if str(port) != kept:
        store.settings.put(PORT_SETTING, str(port))
    return listening


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named asyncio sends small answers at once; otherwise each waits 40 ms for an
    # acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(256)
    except OSError:
        listening.close()
        raise
    return listening


class ServingProcess(uvicorn.Server):
    """uvicorn's server, which says when it answers and lets waiting requests go before it stops."""

    def __init__(
        self,
        application: Application,
        answers: Callable[[], None],
        trusted_proxies: str = "",
        patience: Patience = Patience(),  # noqa: B008  a frozen value
    ) -> None:
        super().__init__(
            uvicorn.Config(
                application.asgi,
                http=patient_protocol(patience),
                loop="asyncio",
                ws="none",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=bool(trusted_proxies),
                forwarded_allow_ips=trusted_proxies or None,
                timeout_keep_alive=SECONDS_TO_KEEP_ALIVE,
                timeout_graceful_shutdown=SECONDS_TO_STOP,
            )
        )
        self._board = application.board
        self._answers = answers

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell when it answers."""
        await super().startup(sockets=sockets)
        if self.started:
            self._answers()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  the base's
        """Take a signal: a second Ctrl+C waits for nobody.

        uvicorn's own would raise the signal again at the end, before the store is closed and what the
        database holds has been noted.
        """
        self._board.release()
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True

    def request_stop(self) -> None:
        """Stop as soon as what is under way has been answered. Any thread may call it."""
        self._board.release()
        self.should_exit = True
