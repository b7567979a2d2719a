"""The end of a writing transaction: audit entries, a command's outcome, the device's number, the head.

On PostgreSQL all of it is one statement, because each costs a round trip, and there are as many as commands.
SQLite knows no such statement and has no round trips.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection

from app.server.store.statements import Statement

_ENTRY_SQL = (
    "INSERT INTO audit_entry (firm_id, number, at, commitment, hash)"
    " VALUES (:firm_id, :number, :at, :commitment, :hash)"
)
_DETAIL_SQL = (
    "INSERT INTO audit_detail (firm_id, number, salt, detail) VALUES (:firm_id, :number, :salt, :detail)"
)
_OUTCOME_SQL = (
    "INSERT INTO command_outcome (firm_id, command_id, device_id, staff_id, seq, type, fingerprint, status,"
    " head, result, settled_at, entity) VALUES (:firm_id, :command_id, :device_id, :staff_id, :seq, :type,"
    " :fingerprint, :status, :outcome_head, :result, :settled_at, :entity)"
)
_ADVANCE_SQL = "UPDATE device SET last_seq = :seq WHERE firm_id = :firm_id AND id = :device_id"
_FINISH_SQL = (
    "UPDATE firm_head SET head = :head, writing = NULL, audit_number = :audit_number,"
    " audit_hash = :audit_hash WHERE firm_id = :firm_id"
)
_NOTIFY_SQL = "SELECT pg_notify('samverka_head', :payload)"


def close_transaction(
    connection: Connection,
    finish: Mapping[str, Any],
    *,
    entries: Sequence[Mapping[str, Any]],
    outcome: Mapping[str, Any] | None,
    payload: str | None,
) -> None:
    """Write what a transaction ends with.

    ``finish`` are the values of the head's row, ``entries`` those of audit entries with their details,
    ``outcome`` those of a command's outcome; ``payload`` is told to the other processes (PostgreSQL).
    """
    if connection.dialect.name == "postgresql":
        for each in entries[:-1]:
            _ENTRY.run(connection, each)
            _DETAIL.run(connection, each)
        values = dict(finish)
        if entries:
            values |= entries[-1]
        if outcome is not None:
            values |= outcome
        if payload is not None:
            values["payload"] = payload
        statement = _all_at_once(
            has_entry=bool(entries), has_outcome=outcome is not None, notifies=payload is not None
        )
        statement.run(connection, values)
        return
    for each in entries:
        _ENTRY.run(connection, each)
        _DETAIL.run(connection, each)
    if outcome is not None:
        _OUTCOME.run(connection, outcome)
        _ADVANCE.run(connection, outcome)
    _FINISH.run(connection, finish)


_ENTRY, _DETAIL, _OUTCOME, _ADVANCE, _FINISH = (
    Statement(sql) for sql in (_ENTRY_SQL, _DETAIL_SQL, _OUTCOME_SQL, _ADVANCE_SQL, _FINISH_SQL)
)


@cache
def _all_at_once(*, has_entry: bool, has_outcome: bool, notifies: bool) -> Statement:
    parts = [_ENTRY_SQL, _DETAIL_SQL] if has_entry else []
    if has_outcome:
        parts += [_OUTCOME_SQL, _ADVANCE_SQL]
    last = _FINISH_SQL
    if notifies:
        parts.append(_FINISH_SQL)
        last = _NOTIFY_SQL
    if not parts:
        return Statement(last)
    named = ", ".join(f"part_{number} AS ({part})" for number, part in enumerate(parts))
    return Statement(f"WITH {named} {last}")
