"""Statements on the table of records, and the domain's Reader over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection

from app.contract.codec import decode_record, encode_record
from app.domain.records import Customer, Record, keys_of, type_of
from app.server.store.statements import Statement

_COLUMNS = "SELECT data FROM record WHERE firm_id = :firm_id AND removed = '' AND type = :type"
_FIND = Statement(f"{_COLUMNS} AND id = :id")
# Few rows, put in order here: with ORDER BY id SQLite walks through the whole type along the primary key.
_OF_CUSTOMER = Statement(f"{_COLUMNS} AND customer_id = :key")
_CHILDREN = Statement(f"{_COLUMNS} AND parent_id = :key")
_BY_LOOKUP = Statement(f"{_COLUMNS} AND lookup = :key")
# A page of a type; the words of the JSON narrow it down before anything is decoded.
_PAGE = Statement(f"{_COLUMNS} AND id > :after ORDER BY id LIMIT :limit")
_PAGE_WITH = Statement(
    f"{_COLUMNS} AND id > :after AND data LIKE :words ESCAPE '\\' ORDER BY id LIMIT :limit"
)
_PAGE_ROWS = 200
_DUE = Statement(f"{_COLUMNS} AND to_on <= :day")
# Two halves: with OR neither database promises to use both indexes.
_TURNING = Statement(
    f"{_COLUMNS} AND from_on BETWEEN :since AND :day UNION {_COLUMNS} AND to_on BETWEEN :since AND :day"
)
_IDS = Statement(
    "SELECT id FROM record WHERE firm_id = :firm_id AND removed = '' AND type = :type ORDER BY id"
)
# The words of the JSON narrow it down before anything is decoded.
_MANAGED = Statement(f"{_COLUMNS} AND data LIKE :key")

_PUT = """
    INSERT INTO record (firm_id, type, id, rev, removed, customer_id, parent_id, lookup, data, from_on, to_on)
    VALUES {rows}
    ON CONFLICT (firm_id, type, id) DO UPDATE SET rev = excluded.rev, removed = '',
        customer_id = excluded.customer_id, parent_id = excluded.parent_id,
        lookup = excluded.lookup, data = excluded.data, from_on = excluded.from_on, to_on = excluded.to_on
    """
_PUT_ROW = """
    (:firm_id, :type{n}, :id{n}, :rev, '', :customer_id{n}, :parent_id{n}, :lookup{n}, :data{n},
     :from_on{n}, :to_on{n})
"""
_PUT_AT_ONCE = 24
"""Rows in one statement: what a command writes, as a rule."""

REMOVE = Statement(
    """
    UPDATE record SET rev = :rev, removed = :removed, data = '', lookup = NULL, from_on = NULL, to_on = NULL
    WHERE firm_id = :firm_id AND type = :type AND id = :id AND removed = ''
    """
)


def put_records(connection: Connection, firm_id: str, rev: int, records: Sequence[Record]) -> None:
    """Write records, new or changed. One statement for several rows: on PostgreSQL each is a round trip."""
    for start in range(0, len(records), _PUT_AT_ONCE):
        part = records[start : start + _PUT_AT_ONCE]
        values: dict[str, Any] = {"firm_id": firm_id, "rev": rev}
        for number, record in enumerate(part):
            keys = keys_of(record)
            values[f"type{number}"] = type_of(record)
            values[f"id{number}"] = record.id
            values[f"customer_id{number}"] = keys.customer_id
            values[f"parent_id{number}"] = keys.parent_id
            values[f"lookup{number}"] = keys.lookup
            values[f"data{number}"] = encode_record(record).decode()
            values[f"from_on{number}"] = _iso(keys.from_on)
            values[f"to_on{number}"] = _iso(keys.to_on)
        _put_statement(len(part)).run(connection, values)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@cache
def _put_statement(count: int) -> Statement:
    return Statement(_PUT.format(rows=", ".join(_PUT_ROW.format(n=number) for number in range(count))))


class RecordReader:
    """The domain's ``Reader`` inside one transaction: every record of the firm that is not removed."""

    def __init__(self, connection: Connection, firm_id: str) -> None:
        self._connection = connection
        self._firm_id = firm_id
        self._known: dict[tuple[str, str], Record] = {}

    def take_in(self, record: Record) -> None:
        """Take a record that has been read in this transaction already; ``forget`` it after a write."""
        self._known[(type_of(record), record.id)] = record

    def forget(self) -> None:
        """Read everything anew from now on."""
        self._known.clear()

    def find(self, type_name: str, id_: str) -> Record | None:
        """Return the record, or None where it is unknown or removed."""
        known = self._known.get((type_name, id_))
        if known is not None:
            return known
        row = _FIND.row(self._connection, {"firm_id": self._firm_id, "type": type_name, "id": id_})
        return None if row is None else decode_record(type_name, row[0])

    def list_of_customer(self, type_name: str, customer_id: str) -> Sequence[Record]:
        """Return the records of that type that hang on the customer."""
        return self._list(_OF_CUSTOMER, type_name, key=customer_id)

    def list_children(self, type_name: str, parent_id: str) -> Sequence[Record]:
        """Return the records of that type below the parent."""
        return self._list(_CHILDREN, type_name, key=parent_id)

    def list_by_lookup(self, type_name: str, lookup: str) -> Sequence[Record]:
        """Return the records of that type with this lookup."""
        return self._list(_BY_LOOKUP, type_name, key=lookup)

    def list_managed_by(self, staff_id: str) -> Sequence[Record]:
        """Return the customers whose account manager the staff member is."""
        rows = self._list(_MANAGED, "customer", key=f'%"account_manager_id":"{staff_id}"%')
        return [row for row in rows if isinstance(row, Customer) and row.account_manager_id == staff_id]

    def list_due(self, type_name: str, day: date) -> Sequence[Record]:
        """Return the records of that type whose last day (``Keys.to_on``) is that day or an earlier one."""
        return self._list(_DUE, type_name, day=day.isoformat())

    def list_turning(self, type_name: str, since: date, day: date) -> Sequence[Record]:
        """Return the records of that type that begin or end to count on one of the days."""
        return self._list(_TURNING, type_name, since=since.isoformat(), day=day.isoformat())

    def walk(self, type_name: str, words: str = "") -> Iterator[Record]:
        """Yield every record of that type in the order of ids, a page at a time: a type may not fit in
        memory. ``words`` are a part of its JSON (``"state":"ending"``) that spares reading the others.
        """
        values: dict[str, Any] = {
            "firm_id": self._firm_id,
            "type": type_name,
            "limit": _PAGE_ROWS,
            "after": "",
        }
        if words:
            escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            values["words"] = f"%{escaped}%"
        while True:
            rows = (_PAGE_WITH if words else _PAGE).rows(self._connection, values)
            for (data,) in rows:
                record = decode_record(type_name, data)
                values["after"] = record.id
                yield record
            if len(rows) < _PAGE_ROWS:
                return

    def list_ids(self, type_name: str) -> list[str]:
        """Return the id of every record of that type."""
        return [id_ for (id_,) in _IDS.rows(self._connection, {"firm_id": self._firm_id, "type": type_name})]

    def _list(self, statement: Statement, type_name: str, **values: str) -> list[Record]:
        values |= {"firm_id": self._firm_id, "type": type_name}
        found = statement.rows(self._connection, values)
        return sorted((decode_record(type_name, data) for (data,) in found), key=attrgetter("id"))
