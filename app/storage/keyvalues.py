"""Small things by name: settings, the session with its tokens and cursor, drafts, attention marks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.storage.database import Unit

GUIDES = "life_guides"
"""The setting with the guides through a year or a life event that are under way, by customer."""


def get_setting(unit: Unit, key: str, default: Any = None) -> Any:
    """Return a local preference, as JSON gives it back."""
    return _get(unit, "setting", key, default)


def put_setting(unit: Unit, key: str, value: Any) -> None:
    """Keep a local preference."""
    _put(unit, "setting", key, value)


def get_session(unit: Unit, key: str, default: Any = None) -> Any:
    """Return a part of the session: tokens, device, cursor, epoch …"""
    return _get(unit, "session", key, default)


def find_server_time(unit: Unit) -> datetime | None:
    """Return the server's time when it was last heard, in UTC, or None before that."""
    moment = get_session(unit, "server_time")
    return datetime.fromisoformat(moment) if moment else None


def has_fetched(unit: Unit) -> bool:
    """Tell whether nothing in the cache means that there is nothing: before the first pull it does not."""
    return get_session(unit, "pulled_at") is not None


def put_session(unit: Unit, **parts: Any) -> None:
    """Keep parts of the session; None removes one."""
    for key, value in parts.items():
        if value is None:
            unit.run("DELETE FROM session WHERE key = ?", (key,))
        else:
            _put(unit, "session", key, value)


def clear_session(unit: Unit) -> None:
    """Forget who is signed in; mirror and outbox stay."""
    unit.run(
        "DELETE FROM session WHERE key IN ('access_token', 'refresh_token', 'refresh_nonce', 'expires_at')"
    )


def _get(unit: Unit, table: str, key: str, default: Any) -> Any:
    text = unit.value(f"SELECT value FROM {table} WHERE key = ?", (key,))
    return default if text is None else json.loads(text)


def _put(unit: Unit, table: str, key: str, value: Any) -> None:
    unit.run(f"INSERT OR REPLACE INTO {table} (key, value) VALUES (?, ?)", (key, json.dumps(value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Work that is not decided yet. ``content`` is JSON text that belongs to the screen that made it."""

    id: str
    kind: str
    title: str
    content: str
    made_at: datetime
    changed_at: datetime


def save_draft(unit: Unit, draft: Draft) -> None:
    """Write a draft, new or changed; when it was made stays as it was."""
    unit.run(
        "INSERT INTO draft (id, kind, title, content, made_at, changed_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET title = excluded.title, content = excluded.content,"
        " changed_at = excluded.changed_at",
        (
            draft.id,
            draft.kind,
            draft.title,
            draft.content,
            draft.made_at.isoformat(),
            draft.changed_at.isoformat(),
        ),
    )


def find_draft(unit: Unit, id_: str) -> Draft | None:
    """Return a draft, or None where it is not there any more."""
    row = unit.row("SELECT id, kind, title, content, made_at, changed_at FROM draft WHERE id = ?", (id_,))
    return None if row is None else _draft(row)


def list_drafts(unit: Unit, kind: str | None = None) -> list[Draft]:
    """Return the drafts, the last changed first."""
    rows = unit.rows(
        "SELECT id, kind, title, content, made_at, changed_at FROM draft"
        " WHERE ? IS NULL OR kind = ? ORDER BY changed_at DESC, id",
        (kind, kind),
    )
    return [_draft(row) for row in rows]


def remove_draft(unit: Unit, id_: str) -> None:
    """Remove a draft; one that is not there is no error."""
    unit.run("DELETE FROM draft WHERE id = ?", (id_,))


def _draft(row: Any) -> Draft:
    return Draft(
        id=row[0],
        kind=row[1],
        title=row[2],
        content=row[3],
        made_at=datetime.fromisoformat(row[4]),
        changed_at=datetime.fromisoformat(row[5]),
    )
