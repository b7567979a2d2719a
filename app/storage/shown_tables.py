"""The ``shown_*`` tables: flat rows for the lists, rewritten for what a change affects.

They follow from mirror and outbox alone: ``rebuild_shown`` makes the same rows from nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from app.contract.codec import decode_record
from app.domain.records import (
    Activation,
    Collaboration,
    Contact,
    Customer,
    Engagement,
    Invitation,
    Participation,
    Record,
    Registration,
    Staff,
)
from app.domain.shown import (
    CustomerRecords,
    ShownCollaboration,
    ShownCustomer,
    ShownInvitation,
    show_collaboration,
    show_customer,
    show_invitation,
    weakest,
)
from app.storage.database import Unit
from app.storage.linking_dirty import note_affected, note_everything
from app.storage.local_reader import LocalReader, chunks
from app.storage.overlay import Affected, rebuild

_CUSTOMER = [
    name for name in ShownCustomer.__dataclass_fields__ if name not in {"chips", "services", "staff"}
]
_COLLABORATION = list(ShownCollaboration.__dataclass_fields__)
_INVITATION = [name for name in ShownInvitation.__dataclass_fields__ if name != "services"]
_customer_values = attrgetter(*_CUSTOMER)
_collaboration_values = attrgetter(*_COLLABORATION)
_invitation_values = attrgetter(*_INVITATION)

_TYPES = "('customer', 'contact', 'engagement', 'participation', 'registration', 'activation', 'invitation',"
_TYPES += " 'collaboration')"

_PER_CUSTOMER = ("shown_customer_service", "shown_customer_staff", "shown_collaboration", "shown_invitation")

Marks = dict[tuple[str, str], str]


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
        _rewrite_customers(unit, part, staff, with_search=True)
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
        f" AND +v.type IN {_TYPES} AND t.writes = 2 AND o.state IN ('queued', 'sending', 'acknowledged')",
        (wanted,),
    ):
        marks[customer_id] = weakest((marks[customer_id], mark))
    unit.run_many(
        "UPDATE shown_customer SET mark = ? WHERE id = ?", [(mark, id_) for id_, mark in marks.items()]
    )


def rebuild_shown(unit: Unit) -> None:
    """Make overlay and shown tables anew from mirror and outbox, and at the end the search index, once."""
    rebuild(unit)
    note_everything(unit)
    for table in _PER_CUSTOMER:
        unit.run(f"DELETE FROM {table}")
    staff = _staff(unit)
    present = [
        row[0]
        for row in unit.rows(
            "SELECT id FROM present WHERE type = 'customer' UNION SELECT customer_id FROM present"
            " WHERE type IN ('collaboration', 'invitation') AND customer_id IS NOT NULL"
        )
    ]
    gone = json.dumps(present)
    unit.run("DELETE FROM shown_customer WHERE id NOT IN (SELECT value FROM json_each(?))", (gone,))
    for part in chunks(present):
        _rewrite_customers(unit, part, staff, with_search=False)
    loose = [
        row[0]
        for row in unit.rows("SELECT id FROM present WHERE type = 'collaboration' AND customer_id IS NULL")
    ]
    for part in chunks(loose):
        _rewrite_loose(unit, part)
    unit.run("INSERT INTO shown_search (shown_search) VALUES ('delete-all')")
    unit.run("INSERT INTO shown_search (rowid, text) SELECT row, search FROM shown_customer")


def _staff(unit: Unit) -> dict[str, Staff]:
    return {row.id: row for row in LocalReader(unit).list_all(Staff)}


def _rewrite_customers(unit: Unit, ids: Sequence[str], staff: dict[str, Staff], *, with_search: bool) -> None:
    bundles = _load(unit, ids)
    present = [bundle for bundle in (bundles[id_] for id_ in ids) if bundle.customer is not None]
    before = _rows_of(unit, ids)
    _remove_rows_of(unit, ids)
    gone = [before[id_] for id_ in ids if bundles[id_].customer is None and id_ in before]
    if gone:
        unit.run_many("DELETE FROM shown_customer WHERE row = ?", [(row[0],) for row in gone])
        if with_search:
            unit.run_many("DELETE FROM shown_search WHERE rowid = ?", [(row[0],) for row in gone])
    shown = [show_customer(bundle.records(), staff) for bundle in present]
    _write_customers(unit, shown, before, with_search=with_search)
    collaborations: list[ShownCollaboration] = []
    invitations: list[ShownInvitation] = []
    for bundle in bundles.values():
        engagements = {row.id: row for row in bundle.engagements}
        collaborations += [
            show_collaboration(
                row,
                bundle.customer,
                engagements.get(row.engagement_id or ""),
                bundle.marks.get(("collaboration", row.id), ""),
            )
            for row in bundle.collaborations
        ]
        invitations += [
            show_invitation(row, bundle.customer, bundle.marks.get(("invitation", row.id), ""))
            for row in bundle.invitations
        ]
        details = {row.id: row for row in bundle.invitations}
        _write_invitations(unit, invitations, details)
        invitations.clear()
    _write_collaborations(unit, collaborations)


class _Bundle:
    """A customer's records while they are read; the customer itself may not have come yet."""

    def __init__(self) -> None:
        self.customer: Customer | None = None
        self.by_type: dict[type[Record], list[Any]] = defaultdict(list)
        self.marks: Marks = {}
        self.changed_at = ""
        self.refused = 0

    @property
    def collaborations(self) -> list[Collaboration]:
        return self.by_type[Collaboration]

    @property
    def invitations(self) -> list[Invitation]:
        return self.by_type[Invitation]

    @property
    def engagements(self) -> list[Engagement]:
        return self.by_type[Engagement]

    def records(self) -> CustomerRecords:
        assert self.customer is not None  # noqa: S101 - asked only where there is one
        registrations = self.by_type[Registration]
        return CustomerRecords(
            customer=self.customer,
            contacts=self.by_type[Contact],
            engagements=self.engagements,
            participations=self.by_type[Participation],
            registration=registrations[0] if registrations else None,
            activations=self.by_type[Activation],
            invitations=self.invitations,
            collaborations=self.collaborations,
            changed_at=self.changed_at,
            refused=self.refused,
            marks=self.marks,
        )


def _load(unit: Unit, ids: Sequence[str]) -> dict[str, _Bundle]:
    bundles = {id_: _Bundle() for id_ in ids}
    wanted = (json.dumps(list(ids)),)
    some = "(SELECT value FROM json_each(?))"
    for type_name, id_, customer_id, data in unit.rows(
        f"SELECT type, id, customer_id, data FROM present WHERE customer_id IN {some} AND +type IN {_TYPES}"
        " ORDER BY id",
        wanted,
    ):
        record = decode_record(type_name, data)
        bundle = bundles[customer_id]
        if isinstance(record, Customer):
            bundle.customer = record
        else:
            bundle.by_type[type(record)].append(record)
        bundle.marks[(type_name, id_)] = ""
    for customer_id, changed_at in unit.rows(
        "SELECT customer_id, max(json_extract(data, '$.at')) FROM mirror"
        f" WHERE customer_id IN {some} AND +type = 'event' GROUP BY customer_id",
        wanted,
    ):
        bundles[customer_id].changed_at = changed_at or ""
    for customer_id, refused in unit.rows(
        "SELECT customer_id, count(*) FROM outbox"
        f" WHERE customer_id IN {some} AND state IN ('conflict', 'rejected') AND handled_at IS NULL"
        " GROUP BY customer_id",
        wanted,
    ):
        bundles[customer_id].refused = refused
    _add_marks(unit, bundles)
    return bundles


def _add_marks(unit: Unit, bundles: dict[str, _Bundle]) -> None:
    if not unit.value("SELECT 1 FROM outbox_touch WHERE writes = 2 LIMIT 1"):
        return
    for customer_id, mark in unit.rows(
        "SELECT customer_id, state FROM outbox WHERE customer_id IN (SELECT value FROM json_each(?))"
        " AND state IN ('queued', 'sending', 'acknowledged')",
        (json.dumps(list(bundles)),),
    ):
        own = bundles[customer_id].marks
        own[("customer", customer_id)] = weakest((own.get(("customer", customer_id), ""), mark))
    where = {f"o|{key[0]}|{key[1]}": (bundle, key) for bundle in bundles.values() for key in bundle.marks}
    for key, mark in _marks(unit, where):
        bundle, record_id = where[key]
        bundle.marks[record_id] = weakest((bundle.marks[record_id], mark))


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
    for table in _PER_CUSTOMER:
        unit.run(f"DELETE FROM {table} WHERE customer_id IN (SELECT value FROM json_each(?))", wanted)


def _write_customers(
    unit: Unit, shown: Sequence[ShownCustomer], before: dict[str, tuple[int, str]], *, with_search: bool
) -> None:
    next_row = int(unit.value("SELECT coalesce(max(row), 0) + 1 FROM shown_customer"))
    rows: list[tuple[Any, ...]] = []
    searched: list[tuple[int, str]] = []
    for row in shown:
        handle, search = before.get(row.id, (0, ""))
        if not handle:
            handle, next_row = next_row, next_row + 1
        if row.search != search:
            searched.append((handle, row.search))
        chips = msgspec.json.encode(row.chips).decode()
        rows.append((handle, chips, *_customer_values(row)))
    columns = ", ".join(["row", "chips", *_CUSTOMER])
    marks = ", ".join("?" * (len(_CUSTOMER) + 2))
    unit.run_many(f"INSERT OR REPLACE INTO shown_customer ({columns}) VALUES ({marks})", rows)
    if with_search:
        unit.run_many("INSERT OR REPLACE INTO shown_search (rowid, text) VALUES (?, ?)", searched)
    unit.run_many(
        "INSERT OR IGNORE INTO shown_customer_service (service, state, customer_id) VALUES (?, ?, ?)",
        [(service, state, row.id) for row in shown for service, state in row.services],
    )
    unit.run_many(
        "INSERT OR IGNORE INTO shown_customer_staff (staff_id, role, customer_id) VALUES (?, ?, ?)",
        [(staff_id, role, row.id) for row in shown for staff_id, role in row.staff],
    )


def _write_collaborations(unit: Unit, shown: Sequence[ShownCollaboration]) -> None:
    marks = ", ".join("?" * len(_COLLABORATION))
    unit.run_many(
        f"INSERT OR REPLACE INTO shown_collaboration ({', '.join(_COLLABORATION)}) VALUES ({marks})",
        [_collaboration_values(row) for row in shown],
    )


def _write_invitations(unit: Unit, shown: Sequence[ShownInvitation], details: dict[str, Invitation]) -> None:
    columns = ", ".join([*_INVITATION, "services", "data"])
    marks = ", ".join("?" * (len(_INVITATION) + 2))
    rows = []
    for row in shown:
        record = details[row.id]
        data = {
            "recipients": record.recipients,
            "answers": record.answers,
            "answered_by": record.answered_by,
            "words": record.words,
        }
        services = msgspec.json.encode(row.services).decode()
        rows.append((*_invitation_values(row), services, msgspec.json.encode(data).decode()))
    unit.run_many(f"INSERT OR REPLACE INTO shown_invitation ({columns}) VALUES ({marks})", rows)


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
    _write_collaborations(unit, [show_collaboration(row, None, None, marks.get(row.id, "")) for row in loose])
