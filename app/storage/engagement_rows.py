"""The engagement list in SQL: ids in order, the rows of one page, figures per filter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.records import LIVE_COLLABORATION_STATES
from app.domain.swedish_order import fold_for_search
from app.storage.database import Unit


class EngagementSort(StrEnum):
    """What the list may be sorted by."""

    NAME = "name"
    TITLE = "title"
    YEAR = "year"


_ORDER = {
    EngagementSort.NAME: "c.name_key {0}, title {0}",
    EngagementSort.TITLE: "title {0}, c.name_key {0}",
    EngagementSort.YEAR: "year_ends {0}, c.name_key {0}",
}
_LIVE = json.dumps(sorted(LIVE_COLLABORATION_STATES))

ENGAGEMENT_STATES = ("due", "ongoing", "nobody", "closed", "all")


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementFilter:
    """What the list is narrowed to.

    ``state`` is one of ENGAGEMENT_STATES: *due* are ongoing ones whose fiscal year has ended on ``today`` and
    that have collaborations, *nobody* are ongoing ones without anybody on them.
    """

    today: date
    search: str = ""
    state: str = "ongoing"
    type: str | None = None
    year: int | None = None
    staff_id: str | None = None
    customer_id: str | None = None
    sort: EngagementSort = EngagementSort.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementLine:
    """One row of the list. ``year_ends`` is a day as text, empty for a type without fiscal years."""

    id: str
    customer_id: str
    customer: str
    title: str
    type: str
    fiscal_year: int | None
    state: str
    year_ends: str
    owner: str
    participants: int
    collaborations: int
    archived: bool


_TITLE = "json_extract(e.data, '$.title')"
_YEAR = "json_extract(e.data, '$.fiscal_year')"
_STATE = "json_extract(e.data, '$.state')"
_ENDS = f"CASE WHEN {_YEAR} IS NULL THEN '' ELSE printf('%04d-%s', {_YEAR}, c.year_end) END"
_FROM = "FROM present e JOIN shown_customer c ON c.id = e.customer_id WHERE e.type = 'engagement'"
_ON_IT = (
    "SELECT 1 FROM present p WHERE p.parent_id = e.id AND +p.type = 'participation'"
    " AND coalesce(json_extract(p.data, '$.to_on'), '9999') >= :today"
)
_LINKED = (
    "SELECT 1 FROM shown_collaboration k WHERE k.customer_id = e.customer_id AND k.engagement_id = e.id"
    " AND k.state IN (SELECT value FROM json_each(:live))"
)


def list_ids(unit: Unit, wanted: EngagementFilter, limit: int | None = None) -> list[str]:
    """Return the ids of the engagements that fit, in order."""
    where, values = _conditions(wanted)
    order = _ORDER[wanted.sort].format("DESC" if wanted.descending else "ASC")
    rows = unit.rows(
        f"SELECT e.id, {_TITLE} AS title, {_ENDS} AS year_ends {_FROM} AND {where}"
        f" ORDER BY {order}, e.id LIMIT :limit",
        {**values, "limit": -1 if limit is None else limit},
    )
    return [str(row[0]) for row in rows]


def count_by_state(unit: Unit, wanted: EngagementFilter) -> dict[str, int]:
    """Return how many fit the rest of the filter, for each of ENGAGEMENT_STATES."""
    where, values = _conditions(wanted, with_state=False)
    columns = ", ".join(f"sum({_state_condition(state)})" for state in ENGAGEMENT_STATES)
    row = unit.row(f"SELECT {columns} {_FROM} AND {where}", values)
    found = row or (0,) * len(ENGAGEMENT_STATES)
    return {state: int(found[at] or 0) for at, state in enumerate(ENGAGEMENT_STATES)}


def fetch_lines(unit: Unit, ids: Sequence[str], today: date) -> list[EngagementLine]:
    """Return the rows of these ids in the same order; those that are gone are left out."""
    # Counted with a limit that is none: else SQLite reads every record there is, instead of looking up.
    values = {"ids": json.dumps(list(ids)), "today": today.isoformat(), "live": _LIVE}
    rows = unit.rows(
        f"SELECT e.id, e.customer_id, c.name, {_TITLE}, e.lookup, {_YEAR}, {_STATE}, {_ENDS},"
        " (SELECT json_extract(s.data, '$.name') FROM present p JOIN present s"
        " ON s.type = 'staff' AND s.id = p.lookup WHERE p.parent_id = e.id AND +p.type = 'participation'"
        " AND json_extract(p.data, '$.role') = 'owner'"
        " AND coalesce(json_extract(p.data, '$.to_on'), '9999') >= :today LIMIT 1),"
        f" (SELECT count(*) FROM ({_ON_IT} LIMIT -1)), (SELECT count(*) FROM ({_LINKED})),"
        f" c.state = 'archived' {_FROM} AND e.id IN (SELECT value FROM json_each(:ids))",
        values,
    )
    found = {str(row[0]): _line(row) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def _line(row: Any) -> EngagementLine:
    return EngagementLine(
        id=str(row[0]),
        customer_id=str(row[1]),
        customer=str(row[2]),
        title=str(row[3]),
        type=str(row[4] or ""),
        fiscal_year=row[5],
        state=str(row[6]),
        year_ends=str(row[7]),
        owner=str(row[8] or ""),
        participants=int(row[9]),
        collaborations=int(row[10]),
        archived=bool(row[11]),
    )


def _state_condition(state: str) -> str:
    match state:
        case "due":
            return f"({_STATE} = 'ongoing' AND {_ENDS} <> '' AND {_ENDS} < :today AND EXISTS ({_LINKED}))"
        case "ongoing":
            return f"({_STATE} = 'ongoing')"
        case "nobody":
            return f"({_STATE} = 'ongoing' AND NOT EXISTS ({_ON_IT}))"
        case "closed":
            return f"({_STATE} <> 'ongoing')"
    return "1"


def _conditions(wanted: EngagementFilter, *, with_state: bool = True) -> tuple[str, dict[str, Any]]:
    conditions = [_state_condition(wanted.state) if with_state else "1"]
    values: dict[str, Any] = {"today": wanted.today.isoformat(), "live": _LIVE}
    for at, word in enumerate(fold_for_search(wanted.search).split()):
        # Titles are folded by the program and not by SQL: only what the customer is found by is in a column.
        conditions.append(f"(instr(c.search, :word{at}) > 0 OR instr(lower({_TITLE}), :plain{at}) > 0)")
        values[f"word{at}"] = word
        values[f"plain{at}"] = word
    if wanted.type is not None:
        conditions.append("e.lookup = :type")
        values["type"] = wanted.type
    if wanted.year is not None:
        conditions.append(f"{_YEAR} = :year")
        values["year"] = wanted.year
    if wanted.customer_id is not None:
        conditions.append("e.customer_id = :customer")
        values["customer"] = wanted.customer_id
    if wanted.staff_id is not None:
        conditions.append(f"EXISTS ({_ON_IT} AND p.lookup = :staff)")
        values["staff"] = wanted.staff_id
    return " AND ".join(conditions), values
