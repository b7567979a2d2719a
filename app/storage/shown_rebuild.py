"""The ``shown_*`` tables made from nothing: one walk over mirror and overlay in the order of customers.

Each record is decoded once and each table written in one direction. Indexes are left out meanwhile and made
from what is there at the end, and so is the search index: keeping them in order row by row costs several
times as much. All of it is one transaction, so that nobody sees a table without its rows or indexes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

from app.contract.codec import decode_record
from app.domain.records import Collaboration, Staff
from app.domain.shown import weakest
from app.storage.database import Unit
from app.storage.linking_dirty import note_everything
from app.storage.local_reader import LocalReader
from app.storage.overlay import rebuild
from app.storage.shown_rows import PER_CUSTOMER, SHOWN_TYPES, Bundle, Lot

_LOT = 1000
_LAST_EVENTS = (
    # Each customer's in one go would be a step aside into the mirror for every record that is no event.
    "SELECT customer_id, max(at) FROM (SELECT customer_id, json_extract(data, '$.at') AS at FROM mirror"
    " WHERE type = 'event' AND +customer_id IS NOT NULL LIMIT -1) GROUP BY customer_id ORDER BY customer_id"
)


def rebuild_shown(unit: Unit) -> None:
    """Make overlay and shown tables anew from mirror and outbox, and at the end the search index, once."""
    rebuild(unit)
    note_everything(unit)
    with unit.room(), _without_indexes(unit):
        _keep_handles(unit)
        for table in ("shown_customer", *PER_CUSTOMER):
            unit.run(f"DELETE FROM {table}")
        _write_customers(unit)
        _write_loose(unit)
        unit.run("DROP TABLE temp.kept_handle")
        _write_search(unit)


@contextmanager
def _without_indexes(unit: Unit) -> Iterator[None]:
    """Take the tables' indexes away and make them again, just as they were."""
    found = unit.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('shown_customer', 'shown_customer_service', 'shown_customer_staff',"
        " 'shown_collaboration', 'shown_invitation') ORDER BY name"
    )
    for name, _ in found:
        unit.run(f"DROP INDEX {name}")
    yield
    for _, sql in found:
        unit.run(sql)


def _keep_handles(unit: Unit) -> None:
    """Note which handle each customer has: lists on the screen hold them."""
    unit.run("CREATE TEMP TABLE kept_handle (id TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID")
    unit.run("INSERT INTO temp.kept_handle SELECT id, row FROM shown_customer ORDER BY id")


def _write_customers(unit: Unit) -> None:
    staff = {row.id: row for row in LocalReader(unit).list_all(Staff)}
    marks = _Marks(unit)
    changed = _InOrder(unit.stream(_LAST_EVENTS))
    handles = _InOrder(unit.stream("SELECT id, row FROM temp.kept_handle ORDER BY id"))
    next_handle = int(unit.value("SELECT coalesce(max(row), 0) + 1 FROM temp.kept_handle"))
    lot = Lot()
    rows = unit.stream(
        f"SELECT customer_id, type, id, data FROM {_source(unit)} WHERE customer_id IS NOT NULL"
        f" AND +type IN {SHOWN_TYPES} ORDER BY customer_id, type, id"
    )
    has_marks = bool(marks)
    for customer_id, records in groupby(rows, key=itemgetter(0)):
        bundle = Bundle()
        for _, type_name, id_, data in records:
            bundle.add(type_name, decode_record(type_name, data))
            if has_marks:
                marks.add_record(bundle, type_name, id_)
        marks.add_customer(bundle, customer_id)
        bundle.records.changed_at = changed.find(customer_id) or ""
        kept = handles.find(customer_id)
        if bundle.customer is not None:
            if kept is None:
                kept, next_handle = next_handle, next_handle + 1
            lot.add_customer(kept, bundle.customer, bundle.records, staff)
        lot.add_hanging(bundle)
        if len(lot) >= _LOT:
            lot.write(unit)
    lot.write(unit)


def _source(unit: Unit) -> str:
    """Return where to read what the person sees: no row needs to be looked up in an overlay that is empty."""
    return "present" if unit.row("SELECT 1 FROM overlay LIMIT 1") else "mirror"


def _write_loose(unit: Unit) -> None:
    """Write the rows of collaborations without a customer."""
    marks = _Marks(unit)
    lot = Lot()
    for (data,) in unit.stream(
        "SELECT data FROM present WHERE type = 'collaboration' AND customer_id IS NULL ORDER BY id"
    ):
        row = decode_record("collaboration", data)
        assert isinstance(row, Collaboration)  # noqa: S101 - what the decoder makes of its type
        lot.add_collaboration(row, None, None, marks.of_record("collaboration", row.id))
        if len(lot) >= _LOT:
            lot.write(unit)
    lot.write(unit)


def _write_search(unit: Unit) -> None:
    unit.run("INSERT INTO shown_search (shown_search) VALUES ('delete-all')")
    unit.run("INSERT INTO shown_search (rowid, text) SELECT row, search FROM shown_customer")
    # Else the first small changes afterwards pay, one by one, for merging what was written in one go. So they
    # do where it was written in few large pieces ('hashsize'): the whole is then on the level of these.
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


class _Marks:
    """How far the live commands have come: what waits is little beside what is shown."""

    def __init__(self, unit: Unit) -> None:
        self._records: dict[str, str] = {}
        self._customers: dict[str, str] = {}
        live = "state IN ('queued', 'sending', 'acknowledged')"
        for key, mark in unit.rows(
            "SELECT t.key, o.state FROM outbox_touch t JOIN outbox o ON o.position = t.position"
            f" WHERE t.writes = 2 AND o.{live}"
        ):
            self._records[key] = weakest((self._records.get(key, ""), mark))
        if self._records:
            for customer_id, mark in unit.rows(
                f"SELECT customer_id, state FROM outbox WHERE customer_id IS NOT NULL AND {live}"
            ):
                self._customers[customer_id] = weakest((self._customers.get(customer_id, ""), mark))
        self._refused: dict[str, int] = dict(
            unit.rows(
                "SELECT customer_id, count(*) FROM outbox WHERE customer_id IS NOT NULL"
                " AND state IN ('conflict', 'rejected') AND handled_at IS NULL GROUP BY customer_id"
            )
        )

    def __bool__(self) -> bool:
        """Tell whether there is a mark at all."""
        return bool(self._records)

    def of_record(self, type_name: str, id_: str) -> str:
        """Return the mark of a record."""
        return self._records.get(f"o|{type_name}|{id_}", "")

    def add_record(self, bundle: Bundle, type_name: str, id_: str) -> None:
        """Add a record's mark to its customer's, if there is one."""
        mark = self.of_record(type_name, id_)
        if mark:
            bundle.records.marks[(type_name, id_)] = mark

    def add_customer(self, bundle: Bundle, customer_id: str) -> None:
        """Add what is known of the customer as a whole."""
        mark = self._customers.get(customer_id, "")
        if mark:
            key, own = ("customer", customer_id), bundle.records.marks
            own[key] = weakest((own.get(key, ""), mark))
        bundle.records.refused = self._refused.get(customer_id, 0)
