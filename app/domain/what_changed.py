"""What changed: one frozen value per write, delivered to whoever shows something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatChanged:
    """What one write has changed on the screen.

    ``customers`` are ids whose row or page shows something else; ``records`` are (type, id) of records that
    were written or removed. ``everything``: ask for all of it again (a first or renewed snapshot).
    ``outbox`` and ``local`` say that the outbox, or drafts and settings, have changed.
    """

    customers: frozenset[str] = frozenset()
    records: frozenset[tuple[str, str]] = frozenset()
    everything: bool = False
    outbox: bool = False
    local: bool = False

    def concerns_type(self, *type_names: str) -> bool:
        """Tell whether records of one of the types have changed."""
        return self.everything or any(type_name in type_names for type_name, _ in self.records)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncState:
    """How synchronisation stands.

    ``connection``: never, connected, offline, sign_in_needed, not_our_server, upgrade_needed,
    server_upgrade_needed, paused or
    starting. ``code`` is an error code with a sentence in resources/messages where something is wrong.
    ``last_pull_at`` is when the last pull was completed: the age of what is shown. ``received`` counts rows
    of the snapshot under way.
    """

    connection: str = "never"
    running: bool = False
    last_pull_at: datetime | None = None
    next_try_at: datetime | None = None
    received: int = 0
    sent: int = 0
    code: str = ""
