"""What the server's firms hold, commit by commit, as somebody who stands beside the database sees it.

Reads the tables itself: nothing here asks the code that is being judged.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

Key = tuple[str, str]
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A record of the server that is not removed."""

    rev: int
    data: Data


@dataclass(frozen=True, slots=True)
class Settled:
    """A recorded outcome. ``place`` says in which order outcomes were recorded."""

    status: str
    head: int
    place: int
    code: str


@dataclass(slots=True)
class FirmHistory:
    """One firm in the server's present life (what a restore takes away is not in it)."""

    epoch: str = ""
    head: int = 0
    audited: int = 0
    rows: dict[Key, Row] = field(default_factory=dict)
    effects: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Source of an audit entry → the versions that came of it."""
    effect_at: dict[str, datetime] = field(default_factory=dict)
    """Source → when it last took effect."""
    touched: dict[str, list[Key]] = field(default_factory=dict)
    """Source → the rows that it wrote, where that was seen happening."""
    audit_entries: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """Version → how many audit entries speak of it."""
    outcomes: dict[str, Settled] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Commit:
    """One transaction that moved a firm's head: its sources, and rows before and after (None: not there)."""

    firm_id: str
    head: int
    sources: tuple[str, ...]
    before: dict[Key, Row | None]
    after: dict[Key, Row | None]


class History:
    """Follows the firms of one server."""

    def __init__(self, path: Path, firm_ids: Iterable[str]) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self.firms = {firm_id: FirmHistory() for firm_id in firm_ids}

    def reload(self) -> None:
        """Take in everything anew: the server's file is another one."""
        self.close()
        connection = self._reading()
        for firm_id in self.firms:
            firm = self.firms[firm_id] = FirmHistory()
            epoch, head = connection.execute(_HEAD, {"firm": firm_id}).fetchone()
            firm.epoch, firm.head = epoch, head
            for row in connection.execute(_LIVE, {"firm": firm_id}):
                firm.rows[(row["type"], row["id"])] = Row(row["rev"], json.loads(row["data"]))
            self._read_audit(connection, firm_id, firm)
            self._read_outcomes(connection, firm_id, firm)

    def take_commit(self, firm_id: str, head: int) -> Commit:
        """Take in the commit that has just moved the head."""
        firm = self.firms[firm_id]
        before: dict[Key, Row | None] = {}
        after: dict[Key, Row | None] = {}
        connection = self._reading()
        for row in connection.execute(_CHANGED, {"firm": firm_id, "rev": firm.head}):
            key = (row["type"], row["id"])
            before[key] = firm.rows.get(key)
            if row["removed"]:
                firm.rows.pop(key, None)
                after[key] = None
            else:
                after[key] = firm.rows[key] = Row(row["rev"], json.loads(row["data"]))
        sources = self._read_audit(connection, firm_id, firm)
        firm.head = head
        for source in sources:
            firm.touched[source] = list(after)
        return Commit(firm_id, head, tuple(sources), before, after)

    def take_outcomes(self) -> None:
        """Take in the outcomes that were recorded since the last time."""
        connection = self._reading()
        for firm_id, firm in self.firms.items():
            self._read_outcomes(connection, firm_id, firm)
            self._read_audit(connection, firm_id, firm)

    def _read_audit(self, connection: sqlite3.Connection, firm_id: str, firm: FirmHistory) -> list[str]:
        sources = []
        for row in connection.execute(_AUDIT, {"firm": firm_id, "number": firm.audited}):
            firm.audited = row["number"]
            detail = json.loads(row["detail"])
            firm.effects[detail["source"]].append(detail["rev"])
            firm.effect_at[detail["source"]] = datetime.fromisoformat(row["at"])
            firm.audit_entries[detail["rev"]] += 1
            sources.append(detail["source"])
        return sources

    def _read_outcomes(self, connection: sqlite3.Connection, firm_id: str, firm: FirmHistory) -> None:
        last = max((settled.place for settled in firm.outcomes.values()), default=0)
        for row in connection.execute(_OUTCOMES, {"firm": firm_id, "place": last}):
            code = json.loads(row["result"]).get("code", "")
            firm.outcomes[row["command_id"]] = Settled(row["status"], row["head"], row["place"], code)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _reading(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(self._path, isolation_level=None)
            self._connection.row_factory = sqlite3.Row
        return self._connection


_HEAD = "SELECT epoch, head FROM firm_head WHERE firm_id = :firm"
_LIVE = "SELECT type, id, rev, data FROM record WHERE firm_id = :firm AND removed = ''"
_CHANGED = "SELECT type, id, rev, removed, data FROM record WHERE firm_id = :firm AND rev > :rev"
_AUDIT = (
    "SELECT d.number, d.detail, e.at FROM audit_detail d"
    " JOIN audit_entry e ON e.firm_id = d.firm_id AND e.number = d.number"
    " WHERE d.firm_id = :firm AND d.number > :number ORDER BY d.number"
)
_OUTCOMES = (
    "SELECT rowid AS place, command_id, status, head, result FROM command_outcome"
    " WHERE firm_id = :firm AND rowid > :place ORDER BY rowid"
)


class Sight:
    """Which rows a staff member sees, as data-model.md says it. Computed from the rows alone."""

    def __init__(self, firm: FirmHistory, today: date) -> None:
        self._rows = firm.rows
        self._today = today.isoformat()
        self._on: dict[str, set[str]] = defaultdict(set)
        for (type_name, _), row in firm.rows.items():
            if type_name == "participation" and self._holds(row.data):
                self._on[row.data["staff_id"]].add(row.data["customer_id"])

    def keys_of(self, staff_id: str) -> set[Key]:
        """Return every row that the staff member sees."""
        staff = self._rows.get(("staff", staff_id))
        if staff is None:
            return set()
        return {key for key, row in self._rows.items() if self._sees(staff.data, key, row.data)}

    def _sees(self, staff: Data, key: Key, data: Data) -> bool:
        if key[0] in ("firm", "staff"):
            return True
        customer_id = customer_of(key, data)
        if customer_id is None:
            return bool(staff["sees"] == "all")
        found = self._rows.get(("customer", customer_id))
        if found is None:
            return bool(staff["sees"] == "all")
        customer = found.data
        if key[0] == "link_decision" and staff["sees"] != "all":
            return False  # its candidates are other customers
        if customer["protected"]:
            return staff["id"] in customer["protected_staff_ids"]
        if staff["sees"] == "all" or customer["account_manager_id"] == staff["id"]:
            return True
        if staff["sees"] == "office" and customer["office"] == staff["office"]:
            return True
        return customer_id in self._on[staff["id"]]

    def _holds(self, data: Data) -> bool:
        begins, ends = data["from_on"], data["to_on"]
        return (begins is None or begins <= self._today) and (ends is None or self._today <= ends)


def customer_of(key: Key, data: Data) -> str | None:
    """Return the customer that a row hangs on."""
    type_name, id_ = key
    if type_name == "customer":
        return id_
    if type_name == "event":
        found = data["about"].get("customer_id")
    else:
        found = data.get("customer_id")
    return None if found is None else str(found)
