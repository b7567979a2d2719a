"""Emptying the cache: another firm's data never mixes with what was there."""

from __future__ import annotations

from app.storage.database import Unit

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
)


def wipe(unit: Unit) -> None:
    """Remove everything but the person's own settings (``secure_delete`` overwrites the pages)."""
    for table in _TABLES:
        unit.run(f"DELETE FROM {table}")
    unit.run("INSERT INTO shown_search (shown_search) VALUES ('delete-all')")
