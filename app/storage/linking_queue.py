"""The queue of unlinked collaborations in SQL: one row a company, with what was found for it.

A row is written when a collaboration has no link, and searched for later (``is_open``); what was found stays
between starts. Handles are short and never used twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.storage.customer_rows import search_condition
from app.storage.database import Unit
from app.storage.local_reader import chunks

PENDING = "pending"
FAILED = "failed"
DECIDED = "decided"
_LAST = "\uffff"
_SHARED = 500


@dataclass(frozen=True, slots=True)
class Member:
    """A collaboration of the row: its id, its service where that is known, and the source's product."""

    collaboration_id: str
    service: str | None
    product: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRow:
    """A company with unlinked collaborations, before anything has been searched for."""

    company_key: str
    customer_id: str | None
    members: tuple[Member, ...]
    name: str
    name_key: str
    identity: str
    source: str
    decision_id: str | None
    search: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found for a row. ``view`` is the filter it belongs to; ``why`` the fields that agree."""

    row: int
    view: str
    band: str = ""
    reason: str = ""
    score: int = 0
    best_id: str | None = None
    best_name: str = ""
    best_number: str = ""
    place: str = ""
    why: tuple[str, ...] = ()
    alternatives: int = 0
    customers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRow:
    """A row of the queue as it is stored; ``mark`` is how far an unsent change has come."""

    row: int
    id: str
    company_key: str
    customer_id: str | None
    members: tuple[Member, ...]
    name: str
    identity: str
    source: str
    view: str
    band: str
    reason: str
    score: int
    best_id: str | None
    best_name: str
    best_number: str
    place: str
    why: tuple[str, ...]
    alternatives: int
    decision_id: str | None
    is_open: bool
    mark: str


_COLUMNS = (
    "row, id, company_key, customer_id, members, name, identity, source, view, band, reason, score, best_id,"
    " best_name, best_number, place, why, alternatives, decision_id, is_open"
)


# Reading


def list_handles(
    unit: Unit, view: str, text: str = "", limit: int | None = None, only: Sequence[int] | None = None
) -> list[int]:
    """Return the handles of the rows in Swedish order of names. ``view`` "all" is every undecided one."""
    conditions, values = search_condition("linking_queue", text)
    if only is not None:
        conditions.append("row IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(only)))
    if view == "all":
        conditions.append("+view <> 'decided'")
    elif view:
        conditions.append("view = ?")
        values.append(view)
    where = " AND ".join(conditions) or "1"
    rows = unit.rows(
        f"SELECT row FROM linking_queue WHERE {where} ORDER BY name_key, row LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    return [row[0] for row in rows]


def list_kept(unit: Unit, view: str, text: str, handles: Sequence[int]) -> list[int]:
    """Return those of some handles that are in the list of ``list_handles``, each looked up by itself."""
    conditions, values = search_condition("linking_queue", text)
    # With the plus, no index over the filter is taken: it would read all that are in it.
    if view == "all":
        conditions.append("+view <> 'decided'")
    elif view:
        conditions.append("+view = ?")
        values.append(view)
    where = " AND ".join(["row IN (SELECT value FROM json_each(?))", *conditions])
    rows = unit.rows(f"SELECT row FROM linking_queue WHERE {where}", (json.dumps(list(handles)), *values))
    return [row[0] for row in rows]


def list_places(unit: Unit, view: str, handles: Sequence[int]) -> list[tuple[int, int | None]]:
    """Return those of some handles that are in the list of ``list_handles`` without a text, in its order.

    Each has the handle of the row after it, None at the end of the list.
    """
    # Of "all" the index over the names answers, of the other views theirs: both hold the order.
    condition, values = ("+view <> 'decided'", []) if view == "all" else ("view = ?", [view])
    rows = unit.rows(
        "SELECT row, name_key FROM linking_queue WHERE row IN (SELECT value FROM json_each(?))"
        f" AND +{condition} ORDER BY name_key, row",
        (json.dumps(list(handles)), *values),
    )
    after = (
        f"SELECT row FROM linking_queue WHERE {condition} AND (name_key, row) > (?, ?)"
        " ORDER BY name_key, row LIMIT 1"
    )
    return [(row, unit.value(after, (*values, name_key, row))) for row, name_key in rows]


def fetch_rows(unit: Unit, handles: Sequence[int]) -> list[StoredRow]:
    """Return the rows in the order of the handles; those that are gone are left out."""
    wanted = (json.dumps(list(handles)),)
    marks: dict[int, str] = {
        row[0]: row[1]
        for row in unit.rows(
            "SELECT m.row, min(s.mark) FROM linking_member m JOIN shown_collaboration s"
            " ON s.id = m.collaboration_id WHERE m.row IN (SELECT value FROM json_each(?))"
            " AND s.mark <> '' GROUP BY m.row",
            wanted,
        )
    }
    found = {
        row[0]: _stored(row, marks.get(row[0], ""))
        for row in unit.rows(
            f"SELECT {_COLUMNS} FROM linking_queue WHERE row IN (SELECT value FROM json_each(?))", wanted
        )
    }
    return [found[handle] for handle in handles if handle in found]


def list_bests(unit: Unit, handles: Sequence[int]) -> dict[int, str]:
    """Return handle → the customer that is proposed, for those of the rows that have a clear one.

    Rows of which a service or an engagement has still to be chosen have no place to be linked to.
    """
    rows = unit.rows(
        "SELECT row, best_id FROM linking_queue WHERE best_id IS NOT NULL AND place <> ''"
        " AND row IN (SELECT value FROM json_each(?)) ORDER BY name_key, row",
        (json.dumps(list(handles)),),
    )
    return {row[0]: row[1] for row in rows}


def count_views(unit: Unit) -> dict[str, int]:
    """Return view → how many companies."""
    return {row[0]: row[1] for row in unit.rows("SELECT view, count(*) FROM linking_queue GROUP BY view")}


def list_sources(unit: Unit) -> tuple[str, ...]:
    """Return where the unlinked come from."""
    rows = unit.rows("SELECT DISTINCT source FROM shown_collaboration WHERE unlinked = 1 ORDER BY source")
    return tuple(row[0] for row in rows)


def has_source(unit: Unit, source: str) -> bool:
    """Tell whether some of the unlinked come from this source, without reading them all."""
    sql = "SELECT 1 FROM shown_collaboration WHERE unlinked = 1 AND source = ? LIMIT 1"
    return unit.row(sql, (source,)) is not None


def find_handle(unit: Unit, collaboration_id: str) -> int | None:
    """Return the handle of the row that the collaboration is in, or None."""
    found = unit.value("SELECT row FROM linking_member WHERE collaboration_id = ?", (collaboration_id,))
    return None if found is None else int(found)


def list_open(
    unit: Unit,
    limit: int,
    *,
    first: Sequence[int] = (),
    but_not: Iterable[int] = (),
    unknown_only: bool = False,
) -> list[StoredRow]:
    """Return rows that wait for being searched for: those of ``first``, then in the order they are shown in.

    ``unknown_only`` leaves out those whose customer is known.
    """
    where = "is_open = 1 AND row NOT IN (SELECT value FROM json_each(?))"
    if unknown_only:
        where += " AND customer_id IS NULL"
    left_out = set(but_not)
    looked_at = unit.rows(
        f"SELECT {_COLUMNS} FROM linking_queue WHERE {where} AND row IN (SELECT value FROM json_each(?))"
        " LIMIT ?",
        (json.dumps(list(left_out)), json.dumps(list(first)), limit),
    )
    left_out |= {row[0] for row in looked_at}
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM linking_queue WHERE {where} ORDER BY name_key LIMIT ?",
        (json.dumps(list(left_out)), limit - len(looked_at)),
    )
    return [_stored(row, "") for row in (*looked_at, *rows)]


def count_open(unit: Unit) -> tuple[int, int]:
    """Return how many rows wait for being searched for, and how many rows there are."""
    waiting = int(unit.value("SELECT count(*) FROM linking_queue WHERE is_open = 1"))
    return waiting, int(unit.value("SELECT count(*) FROM linking_queue"))


def has_more_open(unit: Unit, number: int) -> bool:
    """Tell whether more than so many rows wait for being searched for, without counting them all."""
    sql = "SELECT 1 FROM linking_queue WHERE is_open = 1 LIMIT 1 OFFSET ?"
    return unit.row(sql, (number,)) is not None


def count_open_unknown(unit: Unit) -> int:
    """Return how many rows wait whose customer is not known: those that a full run is about."""
    return int(unit.value("SELECT count(*) FROM linking_queue WHERE is_open = 1 AND customer_id IS NULL"))


def company_keys_of(unit: Unit, collaboration_ids: Sequence[str], decision_ids: Sequence[str]) -> set[str]:
    """Return the companies whose rows hold these collaborations or decisions now."""
    rows = unit.rows(
        "SELECT DISTINCT q.company_key FROM linking_member m JOIN linking_queue q ON q.row = m.row"
        " WHERE m.collaboration_id IN (SELECT value FROM json_each(?1))"
        " UNION SELECT company_key FROM linking_queue"
        " WHERE decision_id IN (SELECT value FROM json_each(?2))",
        (json.dumps(list(collaboration_ids)), json.dumps(list(decision_ids))),
    )
    return {row[0] for row in rows}


def list_concerned(unit: Unit, keys: Iterable[str]) -> list[int]:
    """Return the rows that a change may concern, by the keys of what has changed.

    A key that very many companies share, such as a word of the trade, says nothing about any of them.
    """
    found: set[int] = set()
    for part in chunks(keys):
        rows = unit.rows(
            "SELECT DISTINCT k.row FROM linking_key k"
            " WHERE k.key IN (SELECT w.value FROM json_each(?) w WHERE w.value LIKE 'c|%' OR"
            f" (SELECT count(*) FROM (SELECT 1 FROM linking_key c WHERE c.key = w.value LIMIT {_SHARED + 1}))"
            f" <= {_SHARED})",
            (json.dumps(part),),
        )
        found.update(row[0] for row in rows)
    return sorted(found)


# Writing


def list_companies(unit: Unit) -> set[str]:
    """Return the company of every row."""
    return {row[0] for row in unit.rows("SELECT DISTINCT company_key FROM linking_queue")}


def open_companies(unit: Unit, company_keys: Iterable[str]) -> None:
    """Let the rows of these companies be searched for again; until then they show what they show."""
    for part in chunks(company_keys):
        unit.run(
            "UPDATE linking_queue SET is_open = 1 WHERE company_key IN (SELECT value FROM json_each(?))",
            (json.dumps(part),),
        )


def remove_companies(unit: Unit, company_keys: Iterable[str]) -> None:
    """Remove the rows of these companies."""
    for part in chunks(company_keys):
        wanted = (json.dumps(part),)
        some = "(SELECT row FROM linking_queue WHERE company_key IN (SELECT value FROM json_each(?)))"
        unit.run(f"DELETE FROM linking_member WHERE row IN {some}", wanted)
        unit.run(f"DELETE FROM linking_key WHERE row IN {some}", wanted)
        unit.run("DELETE FROM linking_queue WHERE company_key IN (SELECT value FROM json_each(?))", wanted)


def list_of_companies(unit: Unit, company_keys: Iterable[str]) -> list[StoredRow]:
    """Return the rows of these companies."""
    found: list[StoredRow] = []
    for part in chunks(company_keys):
        rows = unit.rows(
            f"SELECT {_COLUMNS} FROM linking_queue WHERE company_key IN (SELECT value FROM json_each(?))",
            (json.dumps(part),),
        )
        found += [_stored(row, "") for row in rows]
    return found


def add_rows(unit: Unit, rows: Sequence[NewRow]) -> list[int]:
    """Write new rows and return their handles; they wait for being searched for."""
    first = int(
        unit.value("SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'linking_queue'")
    )
    numbered = list(enumerate(rows, start=first))
    unit.run_many(
        f"INSERT INTO linking_queue ({_COLUMNS}, name_key, search) VALUES"
        " (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, NULL, '', '', '', '[]', 0, ?, 1, ?, ?)",
        [
            (
                handle,
                row.members[0].collaboration_id,
                row.company_key,
                row.customer_id,
                json.dumps([[m.collaboration_id, m.service, m.product] for m in row.members]),
                row.name,
                row.identity,
                row.source,
                DECIDED if row.decision_id else PENDING,
                row.decision_id,
                row.name_key or _LAST,
                row.search,
            )
            for handle, row in numbered
        ],
    )
    unit.run_many(
        "INSERT OR REPLACE INTO linking_member (collaboration_id, row) VALUES (?, ?)",
        [(m.collaboration_id, handle) for handle, row in numbered for m in row.members],
    )
    unit.run_many(
        "INSERT OR IGNORE INTO linking_key (key, row) VALUES (?, ?)",
        [(key, handle) for handle, row in numbered for key in row.keys],
    )
    return [handle for handle, _ in numbered]


def write_found(unit: Unit, found: Sequence[Found]) -> None:
    """Write what was found; rows that are gone meanwhile are passed over."""
    unit.run_many(
        "UPDATE linking_queue SET view = ?, band = ?, reason = ?, score = ?, best_id = ?, best_name = ?,"
        " best_number = ?, place = ?, why = ?, alternatives = ?, is_open = 0 WHERE row = ?",
        [
            (
                one.view,
                one.band,
                one.reason,
                one.score,
                one.best_id,
                one.best_name,
                one.best_number,
                one.place,
                json.dumps(one.why),
                one.alternatives,
                one.row,
            )
            for one in found
        ],
    )
    unit.run_many("DELETE FROM linking_key WHERE row = ? AND key LIKE 'c|%'", [(one.row,) for one in found])
    unit.run_many(
        "INSERT OR IGNORE INTO linking_key (key, row) VALUES (?, ?)",
        [(f"c|{customer_id}", one.row) for one in found for customer_id in one.customers],
    )


def open_rows(unit: Unit, handles: Sequence[int]) -> None:
    """Let these rows be searched for again; until then they show what they show."""
    unit.run(
        "UPDATE linking_queue SET is_open = 1 WHERE +is_open = 0 AND row IN (SELECT value FROM json_each(?))",
        (json.dumps(list(handles)),),
    )


def open_failed(unit: Unit) -> int:
    """Let the rows whose search failed be searched for again; return how many they are."""
    return unit.run("UPDATE linking_queue SET is_open = 1, view = ? WHERE view = ?", (PENDING, FAILED))


def _stored(row: Any, mark: str) -> StoredRow:
    return StoredRow(
        row=row[0],
        id=row[1],
        company_key=row[2],
        customer_id=row[3],
        members=tuple(Member(*member) for member in json.loads(row[4])),
        name=row[5],
        identity=row[6],
        source=row[7],
        view=row[8],
        band=row[9],
        reason=row[10],
        score=row[11],
        best_id=row[12],
        best_name=row[13],
        best_number=row[14],
        place=row[15],
        why=tuple(json.loads(row[16])),
        alternatives=row[17],
        decision_id=row[18],
        is_open=bool(row[19]),
        mark=mark,
    )
