"""What a person decides about the program on this machine: its server, how often it asks, its data."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app import __version__
from app.config import change_config, load_config, load_policy, with_policy
from app.errors import RemoteError, SignInError
from app.paths import Profile, policy_file
from app.remote.server import read_meta
from app.remote.transport import RequestsTransport
from app.storage.keyvalues import get_session
from app.storage.other_server import count_belongings, forget_server
from app.storage.outbox import count_by_state
from app.sync.connection import Connection
from app.usecases.events import WhatChanged
from app.usecases.workspace import Workspace

POLL_CHOICES = (60, 300, 900, 3600)
"""Seconds between two rounds where the server does not poke, to choose from."""


_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is in force. ``locked`` names the settings that the IT department has decided."""

    server_url: str
    poll_seconds: int
    welcome_done: bool
    locked: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataHere:
    """What this machine keeps, sizes in bytes.

    ``key_place`` is keyring, passphrase, or memory (a sample firm without a keyring).
    """

    folder: str
    cache_bytes: int
    server_bytes: int
    customers: int
    drafts: int
    waiting: int
    last_pull_at: datetime | None
    key_place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerFound:
    """A server that answered as ours."""

    url: str
    version: str


class Preferences:
    """Commands and queries of the settings and the welcome. ``use_server`` asks the network: on the pool."""

    def __init__(
        self,
        workspace: Workspace,
        connection: Connection,
        profile: Profile,
        *,
        is_sample: bool,
        key_place: str,
        policy: Path | None = None,
    ) -> None:
        self._workspace = workspace
        self._connection = connection
        self._profile = profile
        self._is_sample = is_sample
        self._key_place = key_place
        self._policy = policy or policy_file()

    def read(self) -> Choices:
        """Return what is in force."""
        policy = load_policy(self._policy)
        config = with_policy(load_config(self._profile), policy)
        return Choices(
            server_url="" if self._is_sample else config.server_url,
            poll_seconds=config.poll_seconds,
            welcome_done=config.welcome_done,
            locked=frozenset(policy),
        )

    def needs_welcome(self) -> bool:
        """Tell whether to greet: no server has been chosen and the greeting has not been skipped."""
        return not self._is_sample and not self._connection.has_server and not self.read().welcome_done

    def finish_welcome(self) -> None:
        """Do not greet at the next start. Raises ConfigError ``config_not_written``."""
        change_config(self._profile, welcome_done=True)

    def poll_every(self, seconds: int) -> None:
        """Ask the server this often from now on. Raises ConfigError ``config_not_written``."""
        change_config(self._profile, poll_seconds=seconds)
        self._connection.poll_every(float(self.read().poll_seconds))

    def use_server(self, address: str, *, forget_other: bool = False) -> ServerFound:
        """Use the firm's server at this address; the sign-in and ``start_rounds`` come next.

        A cache that was filled from another server is emptied, if ``forget_other``: two firms never mix.

        Raises:
            RemoteError: ``server_address_invalid``, ``server_address_unsafe``; ``server_unreachable``,
                ``not_our_server``, ``certificate_untrusted``, ``proxy_refused`` where nobody answers as
                ours; ``server_decided`` where the IT department has chosen one; ``other_server`` with
                ``customers`` and ``drafts`` where the cache is another server's; ``sample_server``.
            SignInError: ``unsent_changes`` where decisions wait for the other server.
            ConfigError: ``config_not_written``.
        """
        if self._is_sample:
            raise RemoteError("sample_server")
        url, choices = read_address(address), self.read()
        if "server_url" in choices.locked and url != choices.server_url:
            raise RemoteError("server_decided", server=choices.server_url)
        found = self._ask(url)
        if self._connection.has_server and url == self._connection.transport.base_url:
            return found
        with self._workspace.read() as unit:
            here = count_belongings(unit)
        if here.is_known and here.waiting:
            raise SignInError("unsent_changes", count=here.waiting)
        if here.is_known and not forget_other:
            raise RemoteError("other_server", customers=here.customers, drafts=here.drafts)
        change_config(self._profile, server_url=url)
        if self._connection.has_server:
            self._connection.tokens.sign_out()
        self._connection.use_server(url, self._forget if here.is_known else lambda: None)
        self._workspace.tell(WhatChanged(everything=True, outbox=True, local=True))
        return found

    def start_rounds(self) -> None:
        """Begin to synchronise with the server that ``use_server`` has chosen."""
        self._connection.start()

    def read_data(self) -> DataHere:
        """Return where the data is and how much of it there is."""
        with self._workspace.read() as unit:
            here = count_belongings(unit)
            pulled_at = get_session(unit, "pulled_at")
        return DataHere(
            folder=str(self._profile.folder),
            cache_bytes=_size(self._profile.database_file),
            server_bytes=_size(self._profile.server_database_file) if self._is_sample else 0,
            customers=here.customers,
            drafts=here.drafts,
            waiting=here.waiting,
            last_pull_at=datetime.fromisoformat(pulled_at) if pulled_at else None,
            key_place=self._key_place,
        )

    def describe(self) -> tuple[tuple[str, str], ...]:
        """Return facts for whoever helps, as (name, value): no names, numbers, addresses or paths."""
        state = self._connection.runner.state
        with self._workspace.read() as unit:
            states = count_by_state(unit)
            types = unit.rows("SELECT type, count(*) FROM mirror GROUP BY type ORDER BY type")
        kind = "sample" if self._is_sample else "own" if self._connection.has_server else "none"
        frozen = "frozen" if getattr(sys, "frozen", False) else "source"
        choices, pulled_at = self.read(), state.last_pull_at
        facts: list[tuple[str, Any]] = [
            ("samverka", f"{__version__} ({frozen})"),
            ("python", platform.python_version()),
            ("system", f"{platform.system()} {platform.release()} {platform.machine()}"),
            ("server", kind),
            ("connection", f"{state.connection} {state.code}".strip()),
            ("signed_in", "yes" if self._connection.is_signed_in else "no"),
            ("last_pull", pulled_at.isoformat(timespec="seconds") if pulled_at else "-"),
            ("poll_seconds", choices.poll_seconds),
            ("decided_by_policy", ", ".join(sorted(choices.locked)) or "-"),
            ("key", self._key_place),
            ("cache_bytes", _size(self._profile.database_file)),
            ("outbox", _counted((str(name), count) for name, count in sorted(states.items()))),
            ("records", _counted((row[0], row[1]) for row in types)),
        ]
        return tuple((name, str(value)) for name, value in facts)

    def _ask(self, url: str) -> ServerFound:
        config = with_policy(load_config(self._profile), load_policy(self._policy))
        transport = RequestsTransport(url, config.proxy)
        try:
            meta = read_meta(transport, "")
        finally:
            transport.close()
        return ServerFound(url=url, version=meta.version)

    def _forget(self) -> None:
        with self._workspace.database.write() as unit:
            forget_server(unit)


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


def _host_of(text: str) -> str:
    try:
        return urlsplit(f"//{text}").hostname or ""
    except ValueError:
        return ""


def _is_host(host: str) -> bool:
    return bool(host) and not any(mark in host for mark in " @\\") and ("." in host or host in _LOOPBACK)


def _size(database: Path) -> int:
    files = [database.with_name(database.name + suffix) for suffix in ("", "-wal")]
    return sum(file.stat().st_size for file in files if file.exists())


def _counted(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in pairs) or "-"
