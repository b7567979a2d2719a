"""Who at the firm has access to which customer's services, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.swedish_order import fold_for_search
from app.usecases.workspace import Workspace

WHYS: Final = ("owner", "participant", "vendor", "contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRow:
    """One staff member's access to one collaboration. Times are UTC texts; ``until`` is empty while it holds.

    ``why`` is owner, participant, vendor (what the vendor reports while it is unlinked) or contact.
    """

    id: str
    staff_id: str
    staff: str
    customer_id: str
    customer: str
    collaboration_id: str
    service: str
    engagement: str
    why: str
    since: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessFilter:
    """What is asked for. ``state`` is open, ended or all; ``staff_id`` None is everybody."""

    search: str = ""
    staff_id: str | None = None
    state: str = "open"


class AccessReview:
    """The query of the screen *Tillgång*. Follows the lists' ``RowSource``."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def list_keys(self, query: AccessFilter, limit: int | None = None) -> Sequence[str]:
        """Return ids of access rows, by staff member and customer."""
        where, values = _conditions(query)
        with self._workspace.read() as unit:
            rows = unit.rows(
                f"SELECT a.id {_FROM} WHERE {where} ORDER BY staff_name, k.name_key, k.service, a.id"
                " LIMIT :limit",
                {**values, "limit": -1 if limit is None else limit},
            )
        return [str(row[0]) for row in rows]

    def list_rows(self, keys: Sequence[str]) -> Sequence[AccessRow]:
        """Return the rows of these keys in the same order; what has vanished is left out."""
        import json

        today = self._workspace.clock.today().isoformat()
        with self._workspace.read() as unit:
            rows = unit.rows(
                f"SELECT a.id, a.lookup, staff_name, k.customer_id, k.name, k.id, k.service, k.engagement,"
                " json_extract(a.data, '$.because'), json_extract(a.data, '$.since'),"
                " json_extract(a.data, '$.until'),"
                " (SELECT json_extract(p.data, '$.role') FROM present p WHERE p.parent_id = k.engagement_id"
                " AND +p.type = 'participation' AND p.lookup = a.lookup"
                " AND coalesce(json_extract(p.data, '$.to_on'), '9999') >= :today LIMIT 1)"
                f" {_FROM} WHERE a.id IN (SELECT value FROM json_each(:ids))",
                {"ids": json.dumps(list(keys)), "today": today},
            )
        found = {str(row[0]): _row(row) for row in rows}
        return [found[key] for key in keys if key in found]

    def count(self, query: AccessFilter) -> dict[str, int]:
        """Return how many rows are open, ended and all, for the rest of the query."""
        where, values = _conditions(AccessFilter(search=query.search, staff_id=query.staff_id, state="all"))
        with self._workspace.read() as unit:
            row = unit.row(
                f"SELECT sum(json_extract(a.data, '$.until') IS NULL), count(*) {_FROM} WHERE {where}", values
            )
        is_open, total = (int(row[0] or 0), int(row[1] or 0)) if row else (0, 0)
        return {"open": is_open, "ended": total - is_open, "all": total}


_FROM = (
    "FROM (SELECT a.id, a.lookup, a.parent_id, a.data, json_extract(s.data, '$.name') AS staff_name"
    " FROM present a JOIN present s ON s.type = 'staff' AND s.id = a.lookup WHERE a.type = 'access') a"
    " JOIN shown_collaboration k ON k.id = a.parent_id"
)


def _conditions(query: AccessFilter) -> tuple[str, dict[str, str]]:
    conditions, values = ["1"], {}
    for at, word in enumerate(fold_for_search(query.search).split()):
        conditions.append(f"(instr(k.search, :word{at}) > 0 OR instr(lower(staff_name), :word{at}) > 0)")
        values[f"word{at}"] = word
    if query.staff_id is not None:
        conditions.append("a.lookup = :staff")
        values["staff"] = query.staff_id
    if query.state != "all":
        conditions.append(
            "json_extract(a.data, '$.until') IS " + ("NULL" if query.state == "open" else "NOT NULL")
        )
    return " AND ".join(conditions), values


def _row(row: tuple[object, ...]) -> AccessRow:
    because, role = str(row[8] or ""), str(row[11] or "")
    return AccessRow(
        id=str(row[0]),
        staff_id=str(row[1]),
        staff=str(row[2]),
        customer_id=str(row[3] or ""),
        customer=str(row[4]),
        collaboration_id=str(row[5]),
        service=str(row[6] or ""),
        engagement=str(row[7] or ""),
        why=role if because == "participation" and role else because,
        since=str(row[9] or ""),
        until=str(row[10] or ""),
    )
