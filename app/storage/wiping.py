"""Emptying the cache: another firm's data never mixes with what was there."""

from __future__ import annotations

from dataclasses import dataclass

from app.storage.database import Unit
from app.storage.journal import count_waiting
from app.storage.keyvalues import GUIDES, get_session
from app.storage.linking_dirty import LINKING_TABLES, note_everything

_TABLES = (
    "mirror",
    "staging",
    "overlay",
    "outbox_touch",
    "outbox",
    "shown_customer",
    "shown_customer_service",
    "shown_customer_staff",
    "shown_collaboration",
    "shown_invitation",
    "session",
    "draft",
    "attention",
    *LINKING_TABLES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What would go: customers and drafts, and decisions that have not been sent."""

    is_known: bool
    customers: int
    drafts: int
    waiting: int


def count_belongings(unit: Unit) -> Belongings:
    """Return what the cache holds of the server that it was filled from; ``is_known`` where there is one."""
    customers = unit.value("SELECT count(*) FROM shown_customer WHERE state = 'active'")
    return Belongings(
        is_known=bool(get_session(unit, "device")) or bool(customers),
        customers=int(customers or 0),
        drafts=int(unit.value("SELECT count(*) FROM draft") or 0),
        waiting=count_waiting(unit),
    )


def wipe(unit: Unit) -> None:
    """Remove everything but the person's own settings (``secure_delete`` overwrites the pages)."""
    for table in _TABLES:
        unit.run(f"DELETE FROM {table}")
    unit.run("DELETE FROM setting WHERE key = ?", (GUIDES,))
    note_everything(unit)
    unit.run("INSERT INTO shown_search (shown_search) VALUES ('delete-all')")
