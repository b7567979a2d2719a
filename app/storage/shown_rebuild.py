"""The ``shown_*`` tables made from nothing: one walk over mirror and overlay in the order of customers.

Each record is decoded once and each table written in one direction. Indexes are left out meanwhile and made
from what is there at the end, and so is the search index: keeping them in order row by row costs several
times as much. All of it is one transaction, so that nobody sees a table without its rows or indexes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from app.contract.codec import decode_record
from app.domain.records import Collaboration, Staff
from app.storage.database import Unit
from app.storage.linking_dirty import note_everything
from app.storage.local_reader import LocalReader
from app.storage.overlay import rebuild
from app.storage.shown_making import CustomerPart, make_lot
from app.storage.shown_marks import Marks
from app.storage.shown_rows import PER_CUSTOMER, SHOWN_TYPES, Lot

if TYPE_CHECKING:
    from app.storage.shown_process import MakingProcess

_LOT = 1000
_PART_LETTERS = 500_000
_OF_FIRST_PICTURE = "shown_customer_name_key"
"""The order in which the first list comes up: without it every page would sort all rows."""
_LAST_EVENTS = (
    # Each customer's in one go would be a step aside into the mirror for every record that is no event.
    "SELECT customer_id, max(at) FROM (SELECT customer_id, json_extract(data, '$.at') AS at FROM mirror"
    " WHERE type = 'event' AND +customer_id IS NOT NULL LIMIT -1) GROUP BY customer_id ORDER BY customer_id"
)


def rebuild_shown(
    unit: Unit,
    process: MakingProcess | None = None,
    *,
    lists_first: bool = False,
) -> None:
    """Make overlay and shown tables anew from mirror and outbox, and at the end the search index, once.

    ``process`` makes the rows while they are read and written here; without it they are made here.
    With ``lists_first`` the orders of the lists that no first picture needs are left to
    ``make_missing_indexes``, and the search index to ``merge_search``.
    """
    rebuild(unit)
    note_everything(unit)
    with unit.room(), _without_indexes(unit, lists_first=lists_first):
        _keep_handles(unit)
        for table in ("shown_customer", *PER_CUSTOMER):
            unit.run(f"DELETE FROM {table}")
        _write_customers(unit, process)
        _write_loose(unit)
        unit.run("DROP TABLE temp.kept_handle")
        _write_search(unit)
        if not lists_first:
            merge_search(unit)


@contextmanager
def _without_indexes(unit: Unit, *, lists_first: bool) -> Iterator[None]:
    """Take the tables' indexes away and make them again, just as they were; ``lists_first``: only some.

    To make one is to read its whole table. What holds only what is rare stays, therefore, and so does what is
    in the order of customers, as the rows come.
    """
    found = unit.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT LIKE '% WHERE %'"
        " AND sql NOT LIKE '% (customer_id)'"
        " AND tbl_name IN ('shown_customer', 'shown_customer_service', 'shown_customer_staff',"
        " 'shown_collaboration', 'shown_invitation') ORDER BY name"
    )
    for name, _ in found:
        unit.run(f"DROP INDEX {name}")
    yield
    for name, sql in found:
        if name == _OF_FIRST_PICTURE or not lists_first:
            unit.run(sql)


def _keep_handles(unit: Unit) -> None:
    """Note which handle each customer has: lists on the screen hold them."""
    unit.run("CREATE TEMP TABLE kept_handle (id TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID")
    unit.run("INSERT INTO temp.kept_handle SELECT id, row FROM shown_customer ORDER BY id")


def _write_customers(unit: Unit, process: MakingProcess | None) -> None:
    staff = {row.id: row for row in LocalReader(unit).list_all(Staff)}
    marks = Marks(unit)
    parts = _read_parts(unit, marks)
    # What is under way here is not known there.
    if process is None or marks:
        lots: Iterator[Lot] = (make_lot(some, staff, marks) for some in parts)
    else:
        lots = process.make_lots(parts, staff)
    for lot in lots:
        lot.write(unit, anew=True)


def _read_parts(unit: Unit, marks: Marks) -> Iterator[list[CustomerPart]]:
    """Give the customers in their order, some at a time, with all that their rows are made of."""
    changed = _InOrder(unit.stream(_LAST_EVENTS))
    handles = _InOrder(unit.stream("SELECT id, row FROM temp.kept_handle ORDER BY id"))
    next_handle = int(unit.value("SELECT coalesce(max(row), 0) + 1 FROM temp.kept_handle"))
    rows = unit.stream(walk_of(_source(unit)))
    some: list[CustomerPart] = []
    size = 0
    for customer_id, records, is_there in rows:
        handle = handles.find(customer_id) or 0
        if is_there and not handle:
            handle, next_handle = next_handle, next_handle + 1
        changed_at = changed.find(customer_id) or ""
        some.append((customer_id, records, handle, changed_at, marks.count_refused(customer_id)))
        size += len(records)
        if size >= _PART_LETTERS:
            yield some
            some, size = [], 0
    if some:
        yield some


def walk_of(source: str) -> str:
    """Return what reads the records of each customer as one JSON, in the order of customers.

    A row for each record costs as much again, in Python's objects; a text instead of its bytes is decoded
    here, encoded for the process, and decoded and encoded there once more. The id is asked for because of the
    order: without it SQLite sorts overlay and mirror, with all they hold, in memory.
    """
    return (
        "SELECT customer_id,"
        " CAST('[' || group_concat('[\"' || type || '\",' || data || ']', ',') || ']' AS BLOB),"
        f" max(type = 'customer') FROM (SELECT customer_id, type, id, data FROM {source}"
        f" WHERE customer_id IS NOT NULL AND +type IN {SHOWN_TYPES}"
        " ORDER BY customer_id, type, id LIMIT -1) GROUP BY customer_id ORDER BY customer_id"
    )


def _source(unit: Unit) -> str:
    """Return where to read what the person sees: no row needs to be looked up in an overlay that is empty."""
    return "present" if unit.row("SELECT 1 FROM overlay LIMIT 1") else "mirror"


def _write_loose(unit: Unit) -> None:
    """Write the rows of collaborations without a customer."""
    marks = Marks(unit)
    lot = Lot()
    for (data,) in unit.stream(
        "SELECT data FROM present WHERE type = 'collaboration' AND customer_id IS NULL ORDER BY id"
    ):
        row = decode_record("collaboration", data)
        assert isinstance(row, Collaboration)  # noqa: S101 - what the decoder makes of its type
        lot.add_collaboration(row, None, None, marks.of_record("collaboration", row.id))
        if len(lot) >= _LOT:
            lot.write(unit, anew=True)
    lot.write(unit, anew=True)


def _write_search(unit: Unit) -> None:
    unit.run("INSERT INTO shown_search (shown_search) VALUES ('delete-all')")
    unit.run("INSERT INTO shown_search (rowid, text) SELECT row, search FROM shown_customer")


def merge_search(unit: Unit) -> None:
    """Make one piece of the search index's pieces.

    Else the first small changes afterwards pay, one by one, for merging what was written in one go. So they
    do where it was written in few large pieces ('hashsize'): the whole is then on the level of these.
    """
    unit.run("INSERT INTO shown_search (shown_search) VALUES ('optimize')")


class _InOrder:
    """Rows of (key, value) that come in the order of keys, asked for in the same order."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def find(self, key: str) -> Any:
        """Return the key's value, or None; an earlier key must not be asked for afterwards."""
        while self._next is not None and self._next[0] < key:
            self._next = next(self._rows, None)
        return self._next[1] if self._next is not None and self._next[0] == key else None
