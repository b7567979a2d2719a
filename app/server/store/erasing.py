"""What an erasure does to the tables that are not records: outcomes, outboxes, tray, entries, free space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, false, func, or_, select, update

from app.contract.codec import decode_record
from app.contract.wire import CommandResult
from app.domain.decoders import decoder_of
from app.domain.records import Record
from app.server.store.engine import is_sqlite
from app.server.store.tables import (
    audit_detail,
    command_outcome,
    customer_grant,
    device,
    mail_outbox,
    mail_tray,
    protected_customer,
    record,
    register_entry,
    routing_entry,
    staff_scope,
    vendor_outbox,
)

_CHUNK = 400
_WRITTEN_ANEW = (
    record,
    command_outcome,
    vendor_outbox,
    mail_outbox,
    mail_tray,
    audit_detail,
    routing_entry,
    device,
    staff_scope,
    customer_grant,
    protected_customer,
)
"""Every table that an erasure takes rows or words from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What to look for: ids of records, and texts (numbers, addresses, names) in whatever case."""

    ids: frozenset[str]
    texts: tuple[str, ...]


def find_records_with(connection: Connection, firm_id: str, texts: Sequence[str]) -> list[Record]:
    """Return the firm's records whose data contain one of the texts."""
    query = select(record.c.type, record.c.data).where(
        record.c.firm_id == firm_id, record.c.removed == "", _contains(record.c.data, texts)
    )
    return [decode_record(type_name, data) for type_name, data in connection.execute(query)]


def clear_outcomes(connection: Connection, firm_id: str, traces: Traces) -> int:
    """Take values out of the recorded outcomes; that, and how, each command ended stays."""
    table = command_outcome
    found = or_(_contains(table.c.result, traces.texts), _is_among(table.c.entity, traces.ids))
    query = select(table.c.command_id, table.c.result).where(table.c.firm_id == firm_id, found)
    count = 0
    for command_id, written in connection.execute(query).all():
        result = decoder_of(CommandResult).decode(written)
        if not (result.fields or result.data):
            continue
        bare = msgspec.json.encode(msgspec.structs.replace(result, fields={}, data={})).decode()
        is_it = (table.c.firm_id == firm_id) & (table.c.command_id == command_id)
        connection.execute(update(table).where(is_it).values(result=bare))
        count += 1
    return count


def drop_mails(connection: Connection, firm_id: str, traces: Traces) -> int:
    """Remove what waits in, or has gone through, the outboxes and the tray."""
    count = 0
    for table in (vendor_outbox, mail_outbox):
        about = or_(_is_among(table.c.about_id, traces.ids), _contains(table.c.data, traces.texts))
        count += _delete(connection, table, (table.c.firm_id == firm_id) & about)
    columns = (mail_tray.c.recipient, mail_tray.c.subject, mail_tray.c.text, mail_tray.c.html)
    said = or_(*[_contains(column, traces.texts) for column in columns])
    return count + _delete(connection, mail_tray, (mail_tray.c.firm_id == firm_id) & said)


def drop_entries(connection: Connection, firm_id: str, traces: Traces) -> int:
    """Remove links, sessions and accounts."""
    table = routing_entry
    about = or_(
        _is_among(table.c.subject_id, traces.ids),
        _contains(table.c.data, traces.texts),
        _contains(table.c.key, traces.texts),
    )
    return _delete(connection, table, (table.c.firm_id == firm_id) & about)


def drop_grants(connection: Connection, firm_id: str, traces: Traces) -> None:
    """Remove who sees an erased customer, and the devices and the scope of an erased staff member."""
    for table in (customer_grant, protected_customer):
        _delete(connection, table, (table.c.firm_id == firm_id) & _is_among(table.c.customer_id, traces.ids))
    for table in (customer_grant, staff_scope, device):
        _delete(connection, table, (table.c.firm_id == firm_id) & _is_among(table.c.staff_id, traces.ids))


def count_at_vendor(connection: Connection, texts: Sequence[str]) -> int:
    """Return how many entries of the vendor's own register know one of the texts: those are the vendor's."""
    table = register_entry
    found = or_(_contains(table.c.data, texts), _contains(table.c.key, texts))
    return int(connection.execute(select(func.count()).select_from(table).where(found)).scalar_one())


def overwrite_free_space(engine: Engine) -> None:
    """Write the tables anew, so that what was removed is in no free page, and begin a new log of writes.

    Nobody can write meanwhile. PostgreSQL's own log of writes and backups are the administrator's.
    """
    with engine.connect() as plain:
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        if not is_sqlite(engine):
            for table in _WRITTEN_ANEW:
                connection.exec_driver_sql(f"VACUUM FULL {table.fullname}")
            return
    raw: Any = engine.raw_connection()
    try:
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            raw.driver_connection.execute(statement).close()
    finally:
        raw.close()


def _delete(connection: Connection, table: Table, which: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(which)).rowcount


def _contains(column: ColumnElement[Any], texts: Sequence[str]) -> ColumnElement[bool]:
    return or_(false(), *[column.icontains(text, autoescape=True) for text in texts])


def _is_among(column: ColumnElement[Any], ids: frozenset[str]) -> ColumnElement[bool]:
    ordered = sorted(ids)
    parts = [ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK)]
    return or_(false(), *[column.in_(part) for part in parts])
