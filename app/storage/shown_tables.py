"""The ``shown_*`` tables: flat rows for the lists, rewritten for what a change affects.

They follow from mirror and outbox alone: ``rebuild_shown`` makes the same rows from nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from app.contract.codec import decode_record
from app.domain.records import Collaboration, Staff
from app.domain.shown import weakest
from app.storage.database import Unit
from app.storage.linking_dirty import note_affected
from app.storage.local_reader import LocalReader, chunks
from app.storage.overlay import Affected
from app.storage.shown_rebuild import rebuild_shown
from app.storage.shown_rows import PER_CUSTOMER, SHOWN_TYPES, Bundle, Lot


def rewrite(unit: Unit, affected: Affected) -> None:
    """Bring the shown tables in line with what has changed."""
    if affected.everything:
        rebuild_shown(unit)
        return
    note_affected(unit, affected)
    staff = _staff(unit)
    customers = affected.customers | {id_ for type_name, id_ in affected.records if type_name == "customer"}
    if any(type_name == "staff" for type_name, _ in affected.records):
        ids = sorted(id_ for type_name, id_ in affected.records if type_name == "staff")
        customers |= {
            row[0]
            for row in unit.rows(
                "SELECT customer_id FROM shown_customer_staff"
                " WHERE staff_id IN (SELECT value FROM json_each(?))",
                (json.dumps(ids),),
            )
        }
    for part in chunks(sorted(customers)):
        _rewrite_customers(unit, part, staff)
    loose = sorted(id_ for type_name, id_ in affected.records if type_name == "collaboration")
    for part in chunks(loose):
        _rewrite_loose(unit, part)


def update_marks(unit: Unit, customers: Iterable[str]) -> None:
    """Show how far commands have come, where nothing else of the customers' rows can have changed."""
    marks: dict[str, str] = dict.fromkeys(customers, "")
    wanted = json.dumps(list(marks))
    for customer_id, mark in unit.rows(
        "SELECT customer_id, state FROM outbox WHERE customer_id IN (SELECT value FROM json_each(?1))"
        " AND state IN ('queued', 'sending', 'acknowledged')"
        " UNION ALL SELECT v.customer_id, o.state FROM overlay v CROSS JOIN outbox_touch t"
        " ON t.key = 'o|' || v.type || '|' || v.id JOIN outbox o ON o.position = t.position"
        " WHERE v.customer_id IN (SELECT value FROM json_each(?1)) AND v.data IS NOT NULL"
        f" AND +v.type IN {SHOWN_TYPES} AND t.writes = 2"
        " AND o.state IN ('queued', 'sending', 'acknowledged')",
        (wanted,),
    ):
        marks[customer_id] = weakest((marks[customer_id], mark))
    unit.run_many(
        "UPDATE shown_customer SET mark = ? WHERE id = ?", [(mark, id_) for id_, mark in marks.items()]
    )


def _staff(unit: Unit) -> dict[str, Staff]:
    return {row.id: row for row in LocalReader(unit).list_all(Staff)}


def _rewrite_customers(unit: Unit, ids: Sequence[str], staff: dict[str, Staff]) -> None:
    bundles = _load(unit, ids)
    before = _rows_of(unit, ids)
    _remove_rows_of(unit, ids)
    gone = [(before[id_][0],) for id_ in ids if bundles[id_].customer is None and id_ in before]
    unit.run_many("DELETE FROM shown_customer WHERE row = ?", gone)
    unit.run_many("DELETE FROM shown_search WHERE rowid = ?", gone)
    next_row = int(unit.value("SELECT coalesce(max(row), 0) + 1 FROM shown_customer"))
    lot = Lot()
    searched: list[tuple[int, str]] = []
    for id_, bundle in bundles.items():
        if bundle.customer is not None:
            handle, search = before.get(id_, (0, ""))
            if not handle:
                handle, next_row = next_row, next_row + 1
            shown = lot.add_customer(handle, bundle.customer, bundle.records, staff)
            if shown.search != search:
                searched.append((handle, shown.search))
        lot.add_hanging(bundle)
    lot.write(unit)
    unit.run_many("INSERT OR REPLACE INTO shown_search (rowid, text) VALUES (?, ?)", searched)


def _load(unit: Unit, ids: Sequence[str]) -> dict[str, Bundle]:
    bundles = {id_: Bundle() for id_ in ids}
    wanted = (json.dumps(list(ids)),)
    some = "(SELECT value FROM json_each(?))"
    for type_name, id_, customer_id, data in unit.rows(
        "SELECT type, id, customer_id, data FROM present"
        f" WHERE customer_id IN {some} AND +type IN {SHOWN_TYPES} ORDER BY id",
        wanted,
    ):
        bundle = bundles[customer_id]
        bundle.add(type_name, decode_record(type_name, data))
        bundle.records.marks[(type_name, id_)] = ""
    for customer_id, changed_at in unit.rows(
        "SELECT customer_id, max(json_extract(data, '$.at')) FROM mirror"
        f" WHERE customer_id IN {some} AND +type = 'event' GROUP BY customer_id",
        wanted,
    ):
        bundles[customer_id].records.changed_at = changed_at or ""
    for customer_id, refused in unit.rows(
        "SELECT customer_id, count(*) FROM outbox"
        f" WHERE customer_id IN {some} AND state IN ('conflict', 'rejected') AND handled_at IS NULL"
        " GROUP BY customer_id",
        wanted,
    ):
        bundles[customer_id].records.refused = refused
    _add_marks(unit, bundles)
    return bundles


def _add_marks(unit: Unit, bundles: dict[str, Bundle]) -> None:
    if not unit.value("SELECT 1 FROM outbox_touch WHERE writes = 2 LIMIT 1"):
        return
    for customer_id, mark in unit.rows(
        "SELECT customer_id, state FROM outbox WHERE customer_id IN (SELECT value FROM json_each(?))"
        " AND state IN ('queued', 'sending', 'acknowledged')",
        (json.dumps(list(bundles)),),
    ):
        own = bundles[customer_id].records.marks
        own[("customer", customer_id)] = weakest((own.get(("customer", customer_id), ""), mark))
    every = [bundle.records.marks for bundle in bundles.values()]
    where = {f"o|{key[0]}|{key[1]}": (marks, key) for marks in every for key in marks}
    for key, mark in _marks(unit, where):
        marks, record_id = where[key]
        marks[record_id] = weakest((marks[record_id], mark))


def _marks(unit: Unit, keys: Iterable[str]) -> Iterable[tuple[str, str]]:
    return [
        (row[0], row[1])
        for row in unit.rows(
            "SELECT t.key, o.state FROM json_each(?) wanted CROSS JOIN outbox_touch t ON t.key = wanted.value"
            " JOIN outbox o ON o.position = t.position"
            " WHERE t.writes = 2 AND o.state IN ('queued', 'sending', 'acknowledged')",
            (json.dumps(list(keys)),),
        )
    ]


def _rows_of(unit: Unit, ids: Sequence[str]) -> dict[str, tuple[int, str]]:
    return {
        row[0]: (row[1], row[2])
        for row in unit.rows(
            "SELECT id, row, search FROM shown_customer WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
    }


def _remove_rows_of(unit: Unit, ids: Sequence[str]) -> None:
    wanted = (json.dumps(list(ids)),)
    for table in PER_CUSTOMER:
        unit.run(f"DELETE FROM {table} WHERE customer_id IN (SELECT value FROM json_each(?))", wanted)


def _rewrite_loose(unit: Unit, ids: Sequence[str]) -> None:
    """Write the rows of collaborations without a customer, and remove those that are gone."""
    reader = LocalReader(unit)
    found = reader.get_many(Collaboration, ids)
    gone = [(id_,) for id_ in ids if id_ not in found]
    unit.run_many("DELETE FROM shown_collaboration WHERE id = ?", gone)
    loose = [row for row in found.values() if row.customer_id is None]
    marks: dict[str, str] = {}
    for key, mark in _marks(unit, [f"o|collaboration|{row.id}" for row in loose]):
        id_ = key.rsplit("|", 1)[1]
        marks[id_] = weakest((marks.get(id_, ""), mark))
    lot = Lot()
    for row in loose:
        lot.add_collaboration(row, None, None, marks.get(row.id, ""))
    lot.write(unit)
