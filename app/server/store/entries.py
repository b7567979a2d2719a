"""Entries of the schemas ``routing`` (sign-ins, links) and ``register`` (the vendor's companies).

They come before and above the firms, so they are not synchronised and have no part in a firm's order.
An entry
is a kind, a key, a few columns to find it by, and its data as JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from app.server.store.engine import READ_OPTION
from app.server.store.tables import register_entry, routing_entry
from app.server.store.writing import Writing, told_as_storage_error


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. ``group`` and ``subject_id`` are what entries can be listed by; ``data`` is JSON."""

    kind: str
    key: str
    firm_id: str = ""
    subject_id: str = ""
    group: str = ""
    expires_at: datetime | None = None
    data: bytes = b"{}"


class EntryTransaction:
    """What can be done with entries inside one transaction."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        self._table = table
        dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
        self._insert = dialect.insert

    def find(self, kind: str, key: str, *, lock: bool = False) -> Entry | None:
        """Return the entry or None. ``lock`` makes other writers of it wait for this transaction."""
        table = self._table
        query = select(table).where(table.c.kind == kind, table.c.key == key)
        row = self._connection.execute(query.with_for_update() if lock else query).first()
        return None if row is None else _entry(row)

    def list_group(self, kind: str, group: str) -> list[Entry]:
        """Return the entries of a group, by key."""
        table = self._table
        query = select(table).where(table.c.kind == kind, table.c.group == group).order_by(table.c.key)
        return [_entry(row) for row in self._connection.execute(query)]

    def list_subject(self, kind: str, subject_id: str) -> list[Entry]:
        """Return the entries about a subject, by key."""
        table = self._table
        query = (
            select(table).where(table.c.kind == kind, table.c.subject_id == subject_id).order_by(table.c.key)
        )
        return [_entry(row) for row in self._connection.execute(query)]

    def list_kind(self, kind: str) -> list[Entry]:
        """Return all entries of a kind, by key."""
        table = self._table
        query = select(table).where(table.c.kind == kind).order_by(table.c.key)
        return [_entry(row) for row in self._connection.execute(query)]

    def list_endless(self, kind: str) -> list[Entry]:
        """Return the entries of a kind that never expire, by key."""
        table = self._table
        query = select(table).where(table.c.kind == kind, table.c.expires_at.is_(None))
        return [_entry(row) for row in self._connection.execute(query.order_by(table.c.key))]

    def add(self, entry: Entry) -> bool:
        """Write a new entry; return False and change nothing where its key is taken."""
        statement = self._insert(self._table).values(_values(entry)).on_conflict_do_nothing()
        return self._connection.execute(statement).rowcount == 1

    def put(self, entry: Entry) -> None:
        """Write an entry, new or changed."""
        values = _values(entry)
        changed = {name: value for name, value in values.items() if name not in ("kind", "key")}
        statement = self._insert(self._table).values(values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["kind", "key"], set_=changed)
        )

    def put_many(self, entries: list[Entry]) -> None:
        """Write many new entries at once; their keys must be free."""
        if entries:
            self._connection.execute(self._insert(self._table), [_values(entry) for entry in entries])

    def remove(self, kind: str, key: str) -> None:
        """Remove an entry, if it is there."""
        table = self._table
        self._connection.execute(delete(table).where(table.c.kind == kind, table.c.key == key))

    def remove_group(self, kind: str, group: str) -> None:
        """Remove the entries of a group."""
        table = self._table
        self._connection.execute(delete(table).where(table.c.kind == kind, table.c.group == group))

    def remove_expired(self, now: datetime) -> int:
        """Remove what has expired; return how many entries that were."""
        table = self._table
        statement = delete(table).where(table.c.expires_at < now.astimezone(UTC))
        return self._connection.execute(statement).rowcount


class EntryRows:
    """The entries of one schema."""

    def __init__(self, engine: Engine, table: Table, writing: Writing) -> None:
        self._engine = engine
        self._table = table
        self._writing = writing

    @contextmanager
    def write(self) -> Iterator[EntryTransaction]:
        """Run a transaction that is committed at the end, or rolled back when it raises."""
        with told_as_storage_error(self._engine), self._writing.begin() as connection:
            yield EntryTransaction(connection, self._table)

    @contextmanager
    def read(self) -> Iterator[EntryTransaction]:
        """Run a transaction that only reads."""
        with told_as_storage_error(self._engine), self._engine.connect() as plain:
            connection = plain.execution_options(**{READ_OPTION: True})
            yield EntryTransaction(connection, self._table)


def routing_rows(engine: Engine, writing: Writing) -> EntryRows:
    """Return the entries that sign-in and the portal use: token or session hash → firm."""
    return EntryRows(engine, routing_entry, writing)


def register_rows(engine: Engine, writing: Writing) -> EntryRows:
    """Return the entries of the vendor's register, which all firms share."""
    return EntryRows(engine, register_entry, writing)


def _values(entry: Entry) -> dict[str, object]:
    expires_at = entry.expires_at
    return {
        "kind": entry.kind,
        "key": entry.key,
        "firm_id": entry.firm_id,
        "subject_id": entry.subject_id,
        "group": entry.group,
        "expires_at": None if expires_at is None else expires_at.astimezone(UTC),
        "data": entry.data.decode(),
    }


def _entry(row: Row[Any]) -> Entry:
    fields = row._mapping
    expires_at = fields["expires_at"]
    if expires_at is not None and expires_at.tzinfo is None:
        expires_at = expires_at.replace(tzinfo=UTC)
    return Entry(
        kind=fields["kind"],
        key=fields["key"],
        firm_id=fields["firm_id"],
        subject_id=fields["subject_id"],
        group=fields["group"],
        expires_at=expires_at,
        data=fields["data"].encode(),
    )
