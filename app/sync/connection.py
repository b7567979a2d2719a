"""The way to the server: the embedded one or another, its tokens in the database, and the rounds."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.clock import Clock
from app.domain.what_changed import SyncState, WhatChanged
from app.errors import RemoteError
from app.remote.embedded import EmbeddedServer
from app.remote.pull_ahead import PullAhead
from app.remote.server import Server, ServerPlace
from app.remote.tokens import StoredTokens, Tokens
from app.remote.transport import RequestsTransport
from app.storage.database import Database
from app.storage.keyvalues import clear_session, get_session, put_session
from app.sync.engine import Engine
from app.sync.runner import Pace, Runner


class DatabaseTokens:
    """Keeps the tokens in the encrypted cache; ``save`` is on disk when it returns (synchronous=FULL)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self) -> StoredTokens | None:
        """Return the tokens, or None where nobody is signed in."""
        with self._database.read() as unit:
            access = get_session(unit, "access_token")
            refresh = get_session(unit, "refresh_token")
            expires = get_session(unit, "expires_at")
            nonce = get_session(unit, "refresh_nonce", "")
        if not (access and refresh and expires):
            return None
        return StoredTokens(
            access_token=access,
            refresh_token=refresh,
            expires_at=datetime.fromisoformat(expires),
            nonce=nonce,
        )

    def save(self, tokens: StoredTokens | None) -> None:
        """Keep the tokens; None forgets them."""
        with self._database.write() as unit:
            if tokens is None:
                clear_session(unit)
                return
            put_session(
                unit,
                access_token=tokens.access_token,
                refresh_token=tokens.refresh_token,
                expires_at=tokens.expires_at.isoformat(),
                refresh_nonce=tokens.nonce or None,
            )


class Connection:
    """One server, reached in one way. ``start`` and ``close`` once each.

    ``server_url`` empty with ``embedded`` None means that no server has been chosen: nothing is sent, and
    everything that needs one raises RemoteError ``no_server``.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        publish: Callable[[WhatChanged | SyncState], None],
        *,
        embedded: EmbeddedServer | None = None,
        server_url: str = "",
        proxy: str = "",
        pace: Pace | None = None,
        device_name: str = "Samverka",
    ) -> None:
        self._database = database
        self._clock = clock
        self._publish = publish
        self._pace = pace
        self.device_name = device_name
        self._running = False
        # A change of server comes from a thread of the pool, the end of the program from another.
        self._changing = threading.RLock()
        self._is_over = False
        self._reach(embedded, server_url, proxy)

    def _reach(self, embedded: EmbeddedServer | None, server_url: str, proxy: str) -> None:
        self._embedded = embedded
        self._has_server = embedded is not None or bool(server_url)
        self.transport = RequestsTransport(server_url.rstrip("/"), proxy)
        self.tokens = Tokens(self.transport, DatabaseTokens(self._database), self._clock)
        secret = embedded.secret if embedded is not None else ""
        self._server = Server(ServerPlace(transport=self.transport, local_secret=secret), self.tokens)
        self._ahead = PullAhead(self._server)
        self.engine = Engine(
            self._database,
            self._ahead,
            self._clock,
            self._publish,
            device_name=self.device_name,
            on_progress=lambda rows: self.runner.note_progress(rows),
        )
        self.runner = Runner(
            self.engine,
            self._clock,
            self._publish,
            state=SyncState(
                connection="starting" if self._has_server else "never", last_pull_at=self._last_pull()
            ),
            poke=self._server.poke,
            pace=self._pace,
            before_round=self.ensure_server,
            cancel_io=self._cancel_io,
        )

    def _cancel_io(self) -> None:
        self._ahead.cancel()
        self.transport.close()

    def change(
        self,
        *,
        embedded: EmbeddedServer | None = None,
        server_url: str = "",
        proxy: str = "",
        prepare: Callable[[], None] = lambda: None,
    ) -> None:
        """Speak to another server from now on, in a new thread of its own.

        ``prepare`` may empty the cache: nothing is fetched or sent while it runs.
        """
        with self._changing:
            if self._is_over:
                return  # the person is leaving: what was chosen is kept, and holds at the next start
            self._take_down()
            self._running = False
            prepare()
            self._reach(embedded, server_url, proxy)
            self._publish(self.runner.state)
            self.start()

    @property
    def has_server(self) -> bool:
        """Tell whether a server has been chosen."""
        return self._has_server

    @property
    def is_connected(self) -> bool:
        """Tell whether the last round reached the server."""
        return self.runner.state.connection == "connected"

    @property
    def is_signed_in(self) -> bool:
        """Tell whether there are tokens."""
        return self.tokens.is_signed_in

    def server(self) -> Server:
        """Return the calls of the contract, with the embedded server running. May take seconds.

        Raises:
            RemoteError: ``no_server`` or ``embedded_server_failed``.
        """
        self.ensure_server()
        return self._server

    def device(self) -> str:
        """Return this installation's id at the server; empty before the first round."""
        with self._database.read() as unit:
            return str(get_session(unit, "device", ""))

    def ensure_server(self) -> None:
        """Have the embedded server running. Raises RemoteError."""
        if not self._has_server:
            raise RemoteError("no_server")
        if self._embedded is not None:
            self.transport.base_url = self._embedded.start()

    def start(self) -> None:
        """Begin to synchronise in the background, where a server has been chosen."""
        if self._has_server and not self._running:
            self._running = True
            self.runner.start()

    def poll_every(self, seconds: float) -> None:
        """Ask the server for changes this often, where nothing pokes."""
        self._pace = replace(self._pace or Pace(), poll=seconds)
        self.runner.set_pace(self._pace)

    def wake(self) -> None:
        """Send soon what is in the outbox."""
        self.runner.wake()

    def close(self) -> None:
        """Stop the rounds, close the connections, stop the embedded server: in this order.

        A server that has not begun to answer is stopped first: a round may be waiting for it.
        """
        with self._changing:
            self._is_over = True
            self._take_down()

    def _take_down(self) -> None:
        if self._embedded is not None and self._embedded.is_starting:
            self._embedded.stop()
        if self._running:
            self.runner.stop()
        self._cancel_io()
        self._ahead.close()
        if self._embedded is not None:
            self._embedded.stop()

    def _last_pull(self) -> datetime | None:
        with self._database.read() as unit:
            text = get_session(unit, "pulled_at")
        return datetime.fromisoformat(text) if text else None
