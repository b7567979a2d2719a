"""Welcome and settings: which server, and what is kept on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from app.config import Config
from app.domain.what_changed import WhatChanged
from app.errors import RemoteError, SignInError
from app.paths import Profile
from app.remote.embedded import EmbeddedServer
from app.remote.server import read_meta
from app.remote.transport import RequestsTransport
from app.storage.journal import count_waiting
from app.storage.keyvalues import get_setting, put_setting
from app.storage.wiping import wipe
from app.sync.connection import Connection
from app.usecases.workspace import Workspace


class ProfileStart(Protocol):
    """What ``app.bootstrap.Start`` offers to this module."""

    profile: Profile

    def config(self) -> Config:
        """Return the settings, those of the IT department in the place of the person's."""
        ...

    def save_config(self, **changes: Any) -> Config:
        """Change some settings."""
        ...

    def make_embedded(self) -> EmbeddedServer:
        """Return the profile's embedded server."""
        ...

    def locked_settings(self) -> frozenset[str]:
        """Return the names of the settings that the IT department has decided."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerFound:
    """Who answered at an address."""

    address: str
    version: str
    is_sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptHere:
    """What is kept on this machine: where, and how large in bytes."""

    folder: str
    cache_bytes: int
    server_bytes: int
    log_bytes: int


class Setup:
    """Queries and commands of the welcome and the settings. Asking an address takes time: use the pool."""

    def __init__(self, workspace: Workspace, connection: Connection, start: ProfileStart) -> None:
        self._workspace = workspace
        self._connection = connection
        self._start = start

    def settings(self) -> Config:
        """Return the settings as they hold."""
        return self._start.config()

    def locked_settings(self) -> frozenset[str]:
        """Return the names of the settings that the IT department has decided."""
        return self._start.locked_settings()

    def change_settings(self, **changes: Any) -> Config:
        """Keep settings of app.config.Config. Raises ConfigError ``config_not_written``."""
        return self._start.save_config(**changes)

    def preference(self, key: str, default: Any = None) -> Any:
        """Return a screen's own preference (views, columns), as JSON gives it back."""
        with self._workspace.read() as unit:
            return get_setting(unit, key, default)

    def keep_preference(self, key: str, value: Any) -> None:
        """Keep a screen's own preference in the encrypted cache."""
        with self._workspace.database.write() as unit:
            put_setting(unit, key, value)
        self._workspace.tell(WhatChanged(local=True))

    def needs_welcome(self) -> bool:
        """Tell whether no server has been chosen yet."""
        return not self._connection.has_server

    def ask_server(self, address: str) -> ServerFound:
        """Ask an address whether our server is there.

        Raises:
            RemoteError: ``address_wrong``, ``server_unreachable``, ``not_our_server``,
                ``certificate_untrusted``.
        """
        written = address.strip().rstrip("/")
        if "://" not in written:
            written = f"https://{written}"
        if not written.startswith(("https://", "http://")) or len(written.split("/")) != 3:
            raise RemoteError("address_wrong", address=address)
        transport = RequestsTransport(written, self._start.config().proxy)
        try:
            meta = read_meta(transport, "")
        finally:
            transport.close()
        return ServerFound(address=written, version=meta.version, is_sample=meta.sample)

    def choose_server(self, address: str) -> ServerFound:
        """Speak to this server from now on; the sign-in comes next. Another firm's cache is emptied first.

        Raises:
            RemoteError: see ``ask_server``.
            SignInError: ``unsent_changes``, where decisions for the present server wait in the outbox.
        """
        found = self.ask_server(address)
        present = self._start.config()
        if present.sample or present.server_url not in ("", found.address):
            self._empty(leave_unsent=present.sample)
        config = self._start.save_config(server_url=found.address, sample=False, welcome_done=True)
        self._connection.change(server_url=found.address, proxy=config.proxy)
        return found

    def choose_sample(self) -> None:
        """Try the program on the sample firm, with the embedded server.

        Raises:
            SignInError: ``unsent_changes``, where decisions for the present server wait in the outbox.
        """
        if self._start.config().server_url:
            self._empty(leave_unsent=False)
        self._start.save_config(server_url="", sample=True, welcome_done=True)
        self._connection.change(embedded=self._start.make_embedded())

    def look_at_data(self) -> KeptHere:
        """Return where the data is and how large."""
        profile = self._start.profile
        logs = profile.log_folder.glob("*") if profile.log_folder.exists() else ()
        return KeptHere(
            folder=str(profile.folder),
            cache_bytes=_size(profile.database_file),
            server_bytes=_size(profile.server_database_file),
            log_bytes=sum(file.stat().st_size for file in logs if file.is_file()),
        )

    def wipe_data(self, *, leave_unsent: bool = False) -> None:
        """Remove everything of the firm from this machine and sign out.

        Raises:
            SignInError: ``unsent_changes`` with their number, unless ``leave_unsent``.
        """
        self._empty(leave_unsent=leave_unsent)
        self._connection.runner.sync_now()

    def _empty(self, *, leave_unsent: bool) -> None:
        with self._workspace.read() as unit:
            waiting = count_waiting(unit)
        if waiting and not leave_unsent:
            raise SignInError("unsent_changes", count=waiting)
        self._connection.tokens.sign_out()
        with self._workspace.database.write() as unit:
            wipe(unit)
        self._workspace.tell(WhatChanged(everything=True, outbox=True, local=True))


def _size(database: Path) -> int:
    files = [database, database.with_name(database.name + "-wal")]
    return sum(file.stat().st_size for file in files if file.exists())
