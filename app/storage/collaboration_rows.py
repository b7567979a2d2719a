"""The collaboration list in SQL: ids in order, the rows of one page, figures per filter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.storage.customer_rows import search_condition
from app.storage.database import Unit


class CollaborationSort(StrEnum):
    """What the list may be sorted by."""

    NAME = "name"
    SERVICE = "service"
    STATE = "state"
    ENGAGEMENT = "engagement"
    STARTED = "started"


_ORDER = {
    CollaborationSort.NAME: ("name_key", "service"),
    CollaborationSort.SERVICE: ("service", "name_key"),
    CollaborationSort.STATE: ("state", "name_key"),
    CollaborationSort.ENGAGEMENT: ("engagement", "name_key"),
    CollaborationSort.STARTED: ("started_on", "name_key"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationFilter:
    """What the list is narrowed to. ``service`` "" means that the service is unknown; None is any.

    ``states`` empty is any; ``unlinked`` None is any. ``owner_id`` owns the engagement on ``on_day``,
    ``manager_id`` is the customer's account manager, ``engagement_type`` is a code of the catalogue.
    """

    search: str = ""
    service: str | None = None
    states: tuple[str, ...] = ()
    unlinked: bool | None = None
    customer_id: str | None = None
    engagement_type: str | None = None
    owner_id: str | None = None
    on_day: date | None = None
    manager_id: str | None = None
    sort: CollaborationSort = CollaborationSort.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationLine:
    """One row of the list. Dates are local days as text (2026-11-23) or None.

    ``owner`` and ``manager`` are names of the engagement's owner and the customer's account manager.
    ``problem`` is the code of what the vendor last refused, or empty.
    """

    id: str
    name: str
    identity: str
    customer_id: str | None
    engagement_id: str | None
    engagement: str
    service: str | None
    source: str
    source_product: str
    state: str
    is_unlinked: bool
    variant: str
    payer: str
    period_months: int | None
    started_on: str | None
    ends_on: str | None
    mark: str
    owner: str = ""
    manager: str = ""
    problem: str = ""


_LINE = (
    "id, name, identity, customer_id, engagement_id, engagement, service, source, source_product, state,"
    " unlinked, variant, payer, period_months, started_on, ends_on, mark, problem"
)


_UNKNOWN_SERVICE = "(service IS NULL OR service = '')"


def list_ids(unit: Unit, wanted: CollaborationFilter, limit: int | None = None) -> list[str]:
    """Return the ids of the rows that fit, in order."""
    where, values = _conditions(wanted)
    direction = "DESC" if wanted.descending else "ASC"
    order = ", ".join(f"{column} {direction}" for column in (*_ORDER[wanted.sort], "id"))
    rows = unit.rows(
        f"SELECT id FROM shown_collaboration WHERE {where} ORDER BY {order} LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    return [str(row[0]) for row in rows]


def fetch_lines(unit: Unit, ids: Sequence[str]) -> list[CollaborationLine]:
    """Return the rows of these ids in the same order; rows that are gone meanwhile are left out."""
    found = {
        row[0]: _line_of(row)
        for row in unit.rows(
            f"SELECT {_LINE} FROM shown_collaboration WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
    }
    lines = [found[id_] for id_ in ids if id_ in found]
    return _with_people(unit, lines)


def _with_people(unit: Unit, lines: Sequence[CollaborationLine]) -> list[CollaborationLine]:
    """Return the lines of one page with who is responsible."""
    some = "(SELECT value FROM json_each(?))"
    engagements = json.dumps(sorted({line.engagement_id for line in lines if line.engagement_id}))
    owners = {
        str(row[0]): str(row[1] or "")
        for row in unit.rows(
            "SELECT p.parent_id, (SELECT json_extract(s.data, '$.name') FROM present s"
            " WHERE s.type = 'staff' AND s.id = p.lookup) FROM present p"
            f" WHERE p.parent_id IN {some} AND +p.type = 'participation'"
            " AND json_extract(p.data, '$.role') = 'owner'"
            " ORDER BY coalesce(json_extract(p.data, '$.to_on'), '9999')",
            (engagements,),
        )
    }
    customers = json.dumps(sorted({line.customer_id for line in lines if line.customer_id}))
    managers = {
        str(row[0]): str(row[1])
        for row in unit.rows(f"SELECT id, manager FROM shown_customer WHERE id IN {some}", (customers,))
    }
    return [
        replace(
            line,
            owner=owners.get(line.engagement_id or "", ""),
            manager=managers.get(line.customer_id or "", ""),
        )
        for line in lines
    ]


def count_by_state(unit: Unit, wanted: CollaborationFilter) -> dict[tuple[str, bool], int]:
    """Return (state, is unlinked) → how many fit the rest of the filter."""
    where, values = _conditions(replace(wanted, states=(), unlinked=None))
    rows = unit.rows(
        f"SELECT state, unlinked, count(*) FROM shown_collaboration WHERE {where} GROUP BY state, unlinked",
        values,
    )
    return {(str(row[0]), bool(row[1])): int(row[2]) for row in rows}


def list_services(unit: Unit) -> list[str]:
    """Return the codes of the services that occur; "" where one is unknown."""
    rows = unit.rows(
        # From one service to the next through the index: SELECT DISTINCT walks through every row.
        "WITH RECURSIVE found (service) AS (SELECT min(service) FROM shown_collaboration UNION ALL"
        " SELECT (SELECT min(service) FROM shown_collaboration k WHERE k.service > found.service) FROM found"
        " WHERE found.service IS NOT NULL)"
        " SELECT service FROM found WHERE service > ''"
    )
    is_unknown = unit.row(f"SELECT 1 FROM shown_collaboration WHERE {_UNKNOWN_SERVICE} LIMIT 1") is not None
    return [*([""] if is_unknown else []), *(str(row[0]) for row in rows)]


def _line_of(row: Any) -> CollaborationLine:
    return CollaborationLine(
        id=row[0],
        name=row[1],
        identity=row[2],
        customer_id=row[3],
        engagement_id=row[4],
        engagement=row[5],
        service=row[6],
        source=row[7],
        source_product=row[8],
        state=row[9],
        is_unlinked=bool(row[10]),
        variant=row[11],
        payer=row[12],
        period_months=row[13],
        started_on=row[14],
        ends_on=row[15],
        mark=row[16],
        problem=row[17],
    )


def _conditions(wanted: CollaborationFilter) -> tuple[str, list[Any]]:
    conditions, values = search_condition("shown_collaboration", wanted.search)
    if wanted.service == "":
        conditions.append(_UNKNOWN_SERVICE)
    elif wanted.service is not None:
        conditions.append("service = ?")
        values.append(wanted.service)
    if wanted.states:
        conditions.append(f"state IN ({', '.join('?' * len(wanted.states))})")
        values += wanted.states
    if wanted.unlinked is not None:
        conditions.append("unlinked = ?")
        values.append(int(wanted.unlinked))
    if wanted.customer_id is not None:
        conditions.append("customer_id = ?")
        values.append(wanted.customer_id)
    if wanted.manager_id is not None:
        conditions.append("customer_id IN (SELECT id FROM shown_customer WHERE manager_id = ?)")
        values.append(wanted.manager_id)
    if wanted.engagement_type is not None:
        conditions.append(
            "engagement_id IN (SELECT id FROM present WHERE type = 'engagement' AND lookup = ?)"
        )
        values.append(wanted.engagement_type)
    if wanted.owner_id is not None:
        conditions.append(
            "engagement_id IN (SELECT parent_id FROM present WHERE lookup = ? AND +type = 'participation'"
            " AND json_extract(data, '$.role') = 'owner'"
            " AND coalesce(json_extract(data, '$.to_on'), '9999') >= ?)"
        )
        values += [wanted.owner_id, wanted.on_day.isoformat() if wanted.on_day else ""]
    return " AND ".join(conditions) or "1", values
