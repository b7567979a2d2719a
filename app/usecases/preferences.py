"""How the program on this machine is doing, for its settings: how often it asks, its data, facts to copy."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import __version__
from app.config import change_config, load_config
from app.paths import Profile
from app.storage.keyvalues import get_session
from app.storage.outbox import count_by_state
from app.storage.wiping import count_belongings
from app.sync.connection import Connection
from app.usecases.workspace import Workspace

POLL_CHOICES = (60, 300, 900, 3600)
"""Seconds between two rounds where the server does not poke, to choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedData:
    """What the cache holds. ``key_place`` is keyring, passphrase, or memory (a sample without a keyring)."""

    customers: int
    drafts: int
    waiting: int
    last_pull_at: datetime | None
    key_place: str


class Preferences:
    """Queries and commands of the settings; where the data is and which server is app.usecases.setup."""

    def __init__(
        self,
        workspace: Workspace,
        connection: Connection,
        profile: Profile,
        *,
        is_sample: bool,
        key_place: str,
    ) -> None:
        self._workspace = workspace
        self._connection = connection
        self._profile = profile
        self._is_sample = is_sample
        self._key_place = key_place

    def poll_every(self, seconds: int) -> None:
        """Ask the server this often from now on. Raises ConfigError ``config_not_written``."""
        change_config(self._profile, poll_seconds=seconds)
        self._connection.poll_every(float(seconds))

    def read_data(self) -> CachedData:
        """Return where the data is and how much of it there is."""
        with self._workspace.read() as unit:
            here = count_belongings(unit)
            pulled_at = get_session(unit, "pulled_at")
        return CachedData(
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
            pulled_at = str(get_session(unit, "pulled_at", ""))
            types = unit.rows("SELECT type, count(*) FROM mirror GROUP BY type ORDER BY type")
        kind = "sample" if self._is_sample else "own" if self._connection.has_server else "none"
        frozen = "frozen" if getattr(sys, "frozen", False) else "source"
        facts: list[tuple[str, Any]] = [
            ("samverka", f"{__version__} ({frozen})"),
            ("python", platform.python_version()),
            ("system", f"{platform.system()} {platform.release()} {platform.machine()}"),
            ("server", kind),
            ("connection", f"{state.connection} {state.code}".strip()),
            ("signed_in", "yes" if self._connection.is_signed_in else "no"),
            ("last_pull", pulled_at[:16] or "-"),
            ("poll_seconds", load_config(self._profile).poll_seconds),
            ("key", self._key_place),
            ("outbox", _counted((str(name), count) for name, count in sorted(states.items()))),
            ("records", _counted((row[0], row[1]) for row in types)),
        ]
        return tuple((name, str(value)) for name, value in facts)


def _counted(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in pairs) or "-"
