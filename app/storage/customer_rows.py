"""The customer list in SQL: handles in order for the whole list, and the rows of one page."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.decoders import decoder_of
from app.domain.shown import Chip
from app.domain.swedish_order import fold_for_search
from app.storage.database import Unit

TRIGRAM = 3


class CustomerSort(StrEnum):
    """What the list may be sorted by."""

    NAME = "name"
    NUMBER = "number"
    MANAGER = "manager"
    REGISTERED = "registered"
    CHANGED = "changed"


_ORDER = {
    CustomerSort.NAME: ("name_key",),
    CustomerSort.NUMBER: ("number_key",),
    CustomerSort.MANAGER: ("manager_key", "name_key"),
    CustomerSort.REGISTERED: ("registered", "name_key"),
    CustomerSort.CHANGED: ("changed_at",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFilter:
    """What the list is narrowed to. Fields that are None or False let everything through.

    ``search`` is what was typed: name, number with or without hyphen, customer number, contact, e-mail or
    town; several words must all be there. ``service`` with ``service_state`` narrows to a service's state.
    ``staff_id`` with ``role`` (manager, owner, participant; None is any) narrows to a colleague's customers;
    ``owner_id`` owns one of its ongoing engagements and ``manager_id`` is the account manager.
    ``engagement_type`` is a code of the catalogue: the customer has an ongoing engagement of it.
    """

    search: str = ""
    service: str | None = None
    service_state: str | None = None
    registered: str | None = None
    staff_id: str | None = None
    role: str | None = None
    owner_id: str | None = None
    manager_id: str | None = None
    engagement_type: str | None = None
    office: str | None = None
    group_id: str | None = None
    year_end_month: int | None = None
    missing_engagement: bool = False
    waiting: bool = False
    attention: bool = False
    in_outbox: bool = False
    archived: bool = False
    sort: CustomerSort = CustomerSort.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerLine:
    """One row of the list, ready to be painted.

    ``handle`` is the short number that ``list_handles`` gives. ``mark`` is empty, queued, sending or
    acknowledged: how far an unsent change has come. ``identity`` is masked for persons.
    """

    handle: int
    id: str
    name: str
    number: str
    identity: str
    kind: str
    state: str
    office: str
    town: str
    manager_id: str | None
    manager: str
    registered: str
    checked_at: datetime | None
    chips: tuple[Chip, ...]
    collaborations: int
    waiting: int
    unlinked: int
    attention: int
    mark: str
    changed_at: datetime | None


_LINE = (
    "row, id, name, number, identity, kind, state, office, town, manager_id, manager, registered, checked_at,"
    " chips, collaborations, waiting, unlinked, attention, mark, changed_at"
)
_chips = decoder_of(tuple[Chip, ...])


def list_handles(unit: Unit, wanted: CustomerFilter, limit: int | None = None) -> array[int]:
    """Return the handles of the rows that fit, in order; at most ``limit`` of them."""
    where, values = _conditions(wanted)
    direction = "DESC" if wanted.descending else "ASC"
    order = ", ".join(f"{column} {direction}" for column in (*_ORDER[wanted.sort], "row"))
    rows = unit.rows(
        f"SELECT row FROM shown_customer WHERE {where} ORDER BY {order} LIMIT ?",
        [*values, -1 if limit is None else limit],
    )
    return array("q", (row[0] for row in rows))


def list_ids_by_name(unit: Unit, typed: str, limit: int) -> list[str]:
    """Return the customers that fit what was typed, those first whose name begins with it or has it.

    Towns, contacts and addresses that fit come after them, and archived customers after the others: who types
    "Lund" for Lunds Bygg does not want everybody in Lund.
    """
    conditions, values = search_condition("shown_customer", typed)
    if not conditions:
        return []
    first = fold_for_search(typed).split()[0]
    # What is searched begins with the name.
    rows = unit.rows(
        f"SELECT id FROM shown_customer WHERE {' AND '.join(conditions)}"
        " ORDER BY CASE WHEN instr(search, ?) = 1 THEN 0"
        " WHEN instr(search, ' ' || ?) BETWEEN 1 AND length(name) THEN 1"
        " WHEN instr(search, ?) BETWEEN 1 AND length(name) THEN 2 ELSE 3 END,"
        " state = 'archived', name_key, row LIMIT ?",
        [*values, first, first, first, limit],
    )
    return [row[0] for row in rows]


def count(unit: Unit, wanted: CustomerFilter) -> int:
    """Return how many rows fit."""
    where, values = _conditions(wanted)
    return int(unit.value(f"SELECT count(*) FROM shown_customer WHERE {where}", values))


def fetch_lines(unit: Unit, handles: Sequence[int]) -> list[CustomerLine]:
    """Return the rows of these handles in the same order; rows that are gone meanwhile are left out."""
    found = {
        row[0]: line_of(row)
        for row in unit.rows(
            f"SELECT {_LINE} FROM shown_customer WHERE row IN (SELECT value FROM json_each(?))",
            (json.dumps(list(handles)),),
        )
    }
    return [found[handle] for handle in handles if handle in found]


def fetch_by_ids(unit: Unit, ids: Sequence[str]) -> list[CustomerLine]:
    """Return the rows of these customers, in the order of their names."""
    rows = unit.rows(
        f"SELECT {_LINE} FROM shown_customer WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY name_key, row",
        (json.dumps(list(ids)),),
    )
    return [line_of(row) for row in rows]


def line_of(row: Any) -> CustomerLine:
    """Return a row of the table as a frozen value."""
    return CustomerLine(
        handle=row[0],
        id=row[1],
        name=row[2],
        number=row[3],
        identity=row[4],
        kind=row[5],
        state=row[6],
        office=row[7],
        town=row[8],
        manager_id=row[9],
        manager=row[10],
        registered=row[11],
        checked_at=datetime.fromisoformat(row[12]) if row[12] else None,
        chips=_chips.decode(row[13]),
        collaborations=row[14],
        waiting=row[15],
        unlinked=row[16],
        attention=row[17],
        mark=row[18],
        changed_at=datetime.fromisoformat(row[19]) if row[19] else None,
    )


def search_condition(table: str, typed: str) -> tuple[list[str], list[Any]]:
    """Return conditions on a folded ``search`` column for what was typed: every word must be in it.

    With three letters or more the trigram index of customers is used; below that the column is read.
    """
    conditions: list[str] = []
    values: list[Any] = []
    words = fold_for_search(typed).split()
    indexed = [word for word in words if len(word) >= TRIGRAM] if table == "shown_customer" else []
    if indexed:
        conditions.append("row IN (SELECT rowid FROM shown_search WHERE shown_search MATCH ?)")
        values.append(" ".join(f'"{word}"' for word in indexed))
    for word in words:
        if word not in indexed:
            conditions.append("instr(search, ?) > 0")
            values.append(word)
    return conditions, values


def _conditions(wanted: CustomerFilter) -> tuple[str, list[Any]]:
    conditions = ["state = ?"]
    values: list[Any] = ["archived" if wanted.archived else "active"]
    found, found_values = search_condition("shown_customer", wanted.search)
    conditions += found
    values += found_values
    for column, value in (
        ("registered", wanted.registered),
        ("office", wanted.office),
        ("group_id", wanted.group_id),
        ("manager_id", wanted.manager_id),
    ):
        if value is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    if wanted.year_end_month is not None:
        conditions.append("year_end LIKE ?")
        values.append(f"{wanted.year_end_month:02d}-%")
    for column, is_wanted in (
        ("unlinked > 0", wanted.missing_engagement),
        ("waiting > 0", wanted.waiting),
        ("attention > 0", wanted.attention),
        ("mark <> ''", wanted.in_outbox),
    ):
        if is_wanted:
            conditions.append(column)
    if wanted.service is not None or wanted.service_state is not None:
        conditions.append(
            "id IN (SELECT customer_id FROM shown_customer_service"
            " WHERE (? IS NULL OR service = ?) AND (? IS NULL OR state = ?))"
        )
        values += [wanted.service, wanted.service, wanted.service_state, wanted.service_state]
    if wanted.staff_id is not None:
        conditions.append(
            "id IN (SELECT customer_id FROM shown_customer_staff"
            " WHERE staff_id = ? AND (? IS NULL OR role = ?))"
        )
        values += [wanted.staff_id, wanted.role, wanted.role]
    if wanted.owner_id is not None:
        conditions.append(
            "id IN (SELECT customer_id FROM shown_customer_staff WHERE staff_id = ? AND role = 'owner')"
        )
        values.append(wanted.owner_id)
    if wanted.engagement_type is not None:
        conditions.append(
            "id IN (SELECT customer_id FROM present WHERE type = 'engagement' AND lookup = ?"
            " AND json_extract(data, '$.state') = 'ongoing')"
        )
        values.append(wanted.engagement_type)
    return " AND ".join(conditions), values
