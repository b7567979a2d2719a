"""What a person leaves on a profile when another one signs in there: kept for them, and shown to nobody else.

What was decided needs its journal for 30 days (a restored server may have lost it) and can be sent in the
decider's name only; what was begun is theirs. Both are put where no list, no round and no screen looks, and
come back when that person signs in again.
"""

from __future__ import annotations

from typing import Any

from app.storage.database import Unit
from app.storage.keyvalues import GUIDES, get_session, put_session
from app.storage.linking_dirty import LINKING_TABLES

_KEY = "left_by."
_TABLES = {
    "outbox": "1",
    "draft": "1",
    "attention": "1",
    "setting": f"key = '{GUIDES}' OR key LIKE 'views.%' OR key LIKE 'columns.%'",
}
"""What of each table is a person's. How the program looks and behaves is this machine's."""
_DERIVED = ("outbox_touch", "overlay", *LINKING_TABLES)


def put_aside(unit: Unit, staff_id: str) -> None:
    """Put what a person has decided and begun out of everybody's sight; the cache holds nobody's then."""
    # What is dealt with begins to age now: no round of theirs may ever come again.
    unit.run(
        "UPDATE outbox SET ended_at = ?"
        " WHERE ended_at IS NULL AND (handled_at IS NOT NULL OR state = 'acknowledged')",
        (get_session(unit, "server_time"),),
    )
    left = {table: _rows(unit, table, theirs) for table, theirs in _TABLES.items()}
    if any(left.values()):
        put_session(unit, **{_KEY + staff_id: left})
    for table, theirs in (*_TABLES.items(), *((table, "1") for table in _DERIVED)):
        unit.run(f"DELETE FROM {table} WHERE {theirs}")


def bring_back(unit: Unit, staff_id: str) -> bool:
    """Give a person back what they had left here; return whether there was anything.

    Call it after ``put_aside`` of whoever was there. The lists are to be made anew afterwards.
    """
    left = get_session(unit, _KEY + staff_id)
    if left is None:
        return False
    for table in _TABLES:
        # Another version of the program may have put it aside.
        known = {row[1] for row in unit.rows(f"PRAGMA table_info({table})")}
        for row in left.get(table, ()):
            names = [name for name in row if name in known]
            unit.run(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
                [row[name] for name in names],
            )
    put_session(unit, **{_KEY + staff_id: None})
    return True


def prune_left(unit: Unit, before: str) -> None:
    """Remove what was dealt with and is older than the journal, of those who have not come back."""
    for (key,) in unit.rows("SELECT key FROM session WHERE key >= ? AND key < ?", (_KEY, _KEY + "\uffff")):
        left = get_session(unit, key)
        kept = [row for row in left["outbox"] if row["ended_at"] is None or row["ended_at"] >= before]
        if len(kept) < len(left["outbox"]):
            left["outbox"] = kept
            put_session(unit, **{key: left if any(left.values()) else None})


def _rows(unit: Unit, table: str, theirs: str) -> list[dict[str, Any]]:
    names = [row[1] for row in unit.rows(f"PRAGMA table_info({table})")]
    rows = unit.rows(f"SELECT {', '.join(names)} FROM {table} WHERE {theirs}")
    return [dict(zip(names, row, strict=True)) for row in rows]
