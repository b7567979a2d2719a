"""Welcome and settings: which server, and what is kept on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from app.config import Config
from app.domain.what_changed import WhatChanged
from app.errors import RemoteError, SignInError
from app.paths import Profile
from app.remote.server import read_meta
from app.remote.transport import RequestsTransport
from app.storage.keyvalues import get_setting, put_setting
from app.storage.opening import remove_set_aside
from app.storage.wiping import count_belongings, wipe
from app.sync.connection import Connection
from app.usecases.workspace import Workspace

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class ProfileStart(Protocol):
    """What ``app.bootstrap.Start`` offers to this module."""

    profile: Profile
    demo: bool

    @property
    def is_sample(self) -> bool:
        """Tell whether this is the sample firm."""
        ...

    def config(self) -> Config:
        """Return the settings, those of the IT department in the place of the person's."""
        ...

    def save_config(self, **changes: Any) -> Config:
        """Change some settings."""
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
        """Tell whether to greet: no server has been chosen, and the greeting has not been skipped."""
        return not self._connection.has_server and not self._start.config().welcome_done

    def ask_server(self, address: str) -> ServerFound:
        """Ask an address whether our server is there.

        Raises:
            RemoteError: ``server_address_invalid``, ``server_address_unsafe``; ``server_unreachable``,
                ``not_our_server``, ``certificate_untrusted``,
                ``certificate_out_of_date``, ``proxy_refused``.
        """
        url = read_address(address)
        transport = RequestsTransport(url, self._start.config().proxy)
        try:
            meta = read_meta(transport, "")
        finally:
            transport.close()
        return ServerFound(address=url, version=meta.version, is_sample=meta.sample)

    def choose_server(self, address: str, *, forget_other: bool = False) -> ServerFound:
        """Speak to this server from now on; the sign-in comes next.

        A cache that another server has filled is emptied first, if ``forget_other``: two firms never mix.
        What was decided before any server was chosen stays.

        Raises:
            RemoteError: see ``ask_server``; ``server_decided`` where the IT department has chosen one;
                ``other_server`` with ``customers`` and ``drafts`` where the cache is another server's;
                ``sample_server`` in the sample firm.
            SignInError: ``unsent_changes``, where decisions for the present server wait in the outbox.
            StorageError: ``database_not_writable`` where a copy of the cache cannot be removed.
            ConfigError: ``config_not_written``.
        """
        present = self._start.config()
        if self._start.is_sample:
            raise RemoteError("sample_server")
        if "server_url" in self.locked_settings() and read_address(address) != present.server_url:
            raise RemoteError("server_decided", server=present.server_url)
        found = self.ask_server(address)
        if self._connection.has_server and present.server_url == found.address:
            return found
        with self._workspace.read() as unit:
            here = count_belongings(unit)
        if here.is_known:
            if here.waiting:
                raise SignInError("unsent_changes", count=here.waiting)
            if not forget_other:
                raise RemoteError("other_server", customers=here.customers, drafts=here.drafts)
            self._remove_copies()
        config = self._start.save_config(server_url=found.address)
        prepare = self._leave if here.is_known else _keep
        self._connection.change(server_url=found.address, proxy=config.proxy, prepare=prepare)
        self._workspace.tell(WhatChanged(everything=True, outbox=True, local=True))
        return found

    def choose_proxy(self, address: str) -> str:
        """Reach the server through this proxy from now on; empty follows the system. Return it as kept.

        Raises:
            RemoteError: ``proxy_address_invalid``; ``proxy_decided`` where the IT department has chosen.
            ConfigError: ``config_not_written``.
        """
        if "proxy" in self.locked_settings():
            raise RemoteError("proxy_decided")
        proxy = read_proxy(address)
        if proxy != self._start.config().proxy:
            config = self._start.save_config(proxy=proxy)
            if self._connection.has_server and not self._start.is_sample:
                self._connection.change(server_url=config.server_url, proxy=proxy)
        return proxy

    def choose_sample(self) -> None:
        """Try the program on the sample firm, with the embedded server: holds when the profile opens anew.

        Raises:
            RemoteError: ``other_server`` where a server has filled the cache, or decisions wait for one.
            ConfigError: ``config_not_written``.
        """
        with self._workspace.read() as unit:
            here = count_belongings(unit)
        if here.is_known or here.waiting:
            raise RemoteError("other_server", customers=here.customers, drafts=here.drafts)
        self._start.save_config(server_url="", sample=True, welcome_done=True)

    @property
    def can_leave_sample(self) -> bool:
        """Tell whether this is the sample firm because the person chose it, not by ``--demo``."""
        return self._start.config().sample and not self._start.demo

    def leave_sample(self) -> None:
        """Put the sample firm away and greet again: holds when the profile opens anew.

        Raises:
            RemoteError: ``sample_server`` in a window that was opened for the sample firm.
            ConfigError: ``config_not_written``.
        """
        if not self.can_leave_sample:
            raise RemoteError("sample_server")
        self._start.save_config(sample=False, welcome_done=False)
        self._connection.change(prepare=self._wipe)

    def finish_welcome(self) -> None:
        """Do not greet at the next start. Raises ConfigError ``config_not_written``."""
        self._start.save_config(welcome_done=True)

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
            StorageError: ``database_not_writable`` where a copy cannot be removed; everything is there then.
        """
        with self._workspace.read() as unit:
            here = count_belongings(unit)
        if here.waiting and not leave_unsent:
            raise SignInError("unsent_changes", count=here.waiting)
        config = self._start.config()
        if config.sample or not config.server_url:
            raise RemoteError("sample_server")
        self._remove_copies()
        self._connection.change(server_url=config.server_url, proxy=config.proxy, prepare=self._leave)
        self._workspace.tell(WhatChanged(everything=True, outbox=True, local=True))

    def _leave(self) -> None:
        self._connection.tokens.sign_out()
        self._wipe()

    def _remove_copies(self) -> None:
        """Remove what lies beside the cache, before anything has changed: where it fails, nothing has."""
        remove_set_aside(self._start.profile.set_aside_folder)

    def _wipe(self) -> None:
        with self._workspace.database.write() as unit:
            wipe(unit)


def _keep() -> None:
    """Leave the cache as it is."""


def read_address(text: str) -> str:
    """Return the address of a server as it was meant: https where nothing is said, without a path.

    Raises:
        RemoteError: ``server_address_invalid``, or ``server_address_unsafe`` for plain http to another
            machine, which would carry the sign-in in the clear.
    """
    text = text.strip()
    if "://" not in text:
        text = f"{'http' if _host_of(text) in _LOOPBACK else 'https'}://{text}"
    try:
        parts = urlsplit(text)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise RemoteError("server_address_invalid") from error
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not _is_host(host) or parts.username or parts.query:
        raise RemoteError("server_address_invalid")
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise RemoteError("server_address_unsafe")
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"


def read_proxy(text: str) -> str:
    """Return the address of a proxy as it was meant: http where nothing is said; empty stays empty.

    Raises:
        RemoteError: ``proxy_address_invalid``; ``proxy_password_refused`` where it holds a password: the
            settings file is not encrypted.
    """
    text = text.strip()
    if not text:
        return ""
    if "://" not in text:
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        has_port = parts.port is not None
    except ValueError as error:
        raise RemoteError("proxy_address_invalid") from error
    host = parts.hostname or ""
    is_plain = parts.path in ("", "/") and not parts.query and not parts.fragment
    if (
        parts.scheme not in ("http", "https")
        or not host
        or any(mark in host for mark in " @\\")
        or not is_plain
    ):
        raise RemoteError("proxy_address_invalid")
    if parts.username or parts.password:
        raise RemoteError("proxy_password_refused")
    return f"{parts.scheme}://{parts.netloc}" if has_port else f"{parts.scheme}://{parts.netloc}:8080"


def _host_of(text: str) -> str:
    try:
        return urlsplit(f"//{text}").hostname or ""
    except ValueError:
        return ""


def _is_host(host: str) -> bool:
    return bool(host) and not any(mark in host for mark in " @\\") and ("." in host or host in _LOOPBACK)


def _size(database: Path) -> int:
    files = [database, database.with_name(database.name + "-wal")]
    return sum(file.stat().st_size for file in files if file.exists())
