"""Devices and the recorded outcomes of their commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, text, update

from app.contract.codec import decode_record
from app.domain.ids import new_id
from app.domain.records import Record
from app.errors import StorageError
from app.server.store.statements import Statement
from app.server.store.tables import command_outcome, device

_FIND = text(
    "SELECT id, staff_id, last_seq, pruned_seq FROM device"
    " WHERE firm_id = :firm_id AND id = :id AND revoked_at IS NULL"
)
_ADVANCE = text("UPDATE device SET last_seq = :seq WHERE firm_id = :firm_id AND id = :id")
_START = Statement(
    """
    SELECT d.id, d.staff_id, d.last_seq, d.pruned_seq,
        s.data AS staff, f.data AS firm,
        o.staff_id AS outcome_staff_id, o.fingerprint, o.status, o.result,
        EXISTS (SELECT 1 FROM staff_scope c WHERE c.firm_id = h.firm_id AND c.sees <> 'all')
            OR EXISTS (SELECT 1 FROM protected_customer p WHERE p.firm_id = h.firm_id) AS restricted
    FROM firm_head h
    LEFT JOIN device d ON d.firm_id = h.firm_id AND d.id = :device_id AND d.revoked_at IS NULL
    LEFT JOIN record s ON s.firm_id = h.firm_id AND s.type = 'staff' AND s.id = :staff_id AND s.removed = ''
    LEFT JOIN record f ON f.firm_id = h.firm_id AND f.type = 'firm' AND f.id = h.firm_id AND f.removed = ''
    LEFT JOIN command_outcome o ON o.firm_id = h.firm_id AND o.command_id = :command_id
    WHERE h.firm_id = :firm_id
    """
)
_OUTCOME = (
    "SELECT command_id, staff_id, fingerprint, status, result FROM command_outcome WHERE firm_id = :firm_id"
)
_LIST_OUTCOMES = text(f"{_OUTCOME} AND command_id IN :ids").bindparams(bindparam("ids", expanding=True))
_CHUNK = 500
MOST_UNUSED = 1_000
"""Far more than anybody has machines; whoever registers more has a program of their own."""


@dataclass(frozen=True, slots=True)
class Device:
    """One installation of one person. ``last_seq`` is the last command of it that has an outcome."""

    id: str
    staff_id: str
    last_seq: int
    pruned_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a command ended. ``result`` is the answer as JSON, given again unchanged."""

    command_id: str
    staff_id: str
    fingerprint: str
    status: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandStart:
    """What there is before a command: the device if it is this person's, the outcome if there is one, the
    person and the firm, and whether anybody sees less than everything.
    """

    device: Device | None
    outcome: Outcome | None
    records: tuple[Record, ...]
    has_restrictions: bool


def read_start(
    connection: Connection, firm_id: str, device_id: str, staff_id: str, command_id: str
) -> CommandStart:
    """Read it in one statement: it comes before each command."""
    values = {"firm_id": firm_id, "device_id": device_id, "staff_id": staff_id, "command_id": command_id}
    row = _START.row(connection, values)
    if row is None:
        raise StorageError("firm_unknown")
    id_, owner_id, last_seq, pruned_seq, staff, firm, *kept, is_restricted = row
    records = [
        decode_record(type_name, data)
        for type_name, data in (("staff", staff), ("firm", firm))
        if data is not None
    ]
    device = None
    if id_ is not None and owner_id == staff_id:
        device = Device(id_, owner_id, last_seq, pruned_seq)
    outcome = None
    by, fingerprint, status, result = kept
    if result is not None:
        outcome = Outcome(
            command_id=command_id, staff_id=by, fingerprint=fingerprint, status=status, result=result
        )
    return CommandStart(
        device=device, outcome=outcome, records=tuple(records), has_restrictions=bool(is_restricted)
    )


def outcome_values(
    firm_id: str,
    outcome: Outcome,
    *,
    device_id: str,
    seq: int,
    type_name: str,
    entity: str,
    head: int,
    now: datetime,
) -> dict[str, Any]:
    """Return the values that an outcome is written with."""
    return {
        "firm_id": firm_id,
        "command_id": outcome.command_id,
        "device_id": device_id,
        "staff_id": outcome.staff_id,
        "seq": seq,
        "type": type_name,
        "fingerprint": outcome.fingerprint,
        "status": outcome.status,
        "outcome_head": head,
        "result": outcome.result,
        "settled_at": now,
        "entity": entity,
    }


class DeviceRows:
    """A firm's devices and outcomes, inside a transaction."""

    def __init__(self, connection: Connection, firm_id: str) -> None:
        self._connection = connection
        self._firm_id = firm_id

    def add(self, staff_id: str, name: str, platform: str, now: datetime) -> str:
        """Register a device of the staff member and return its id.

        A person has at most ``MOST_UNUSED`` that have never sent a command: the oldest go for it.
        """
        id_ = new_id("dv")
        self._make_room(staff_id)
        self._connection.execute(
            device.insert().values(
                firm_id=self._firm_id,
                id=id_,
                staff_id=staff_id,
                name=name[:200],
                platform=platform[:100],
                last_seq=0,
                pruned_seq=0,
                created_at=now,
                revoked_at=None,
            )
        )
        return id_

    def _make_room(self, staff_id: str) -> None:
        unused = (device.c.firm_id == self._firm_id, device.c.staff_id == staff_id, device.c.last_seq == 0)
        newest_first = (
            select(device.c.id).where(*unused).order_by(device.c.created_at.desc(), device.c.id.desc())
        )
        kept = newest_first.limit(MOST_UNUSED - 1)
        self._connection.execute(delete(device).where(*unused, device.c.id.not_in(kept)))

    def find(self, id_: str, staff_id: str) -> Device | None:
        """Return the device if it is this staff member's and not revoked."""
        row = self._connection.execute(_FIND, {"firm_id": self._firm_id, "id": id_}).first()
        if row is None or row.staff_id != staff_id:
            return None
        return Device(row.id, row.staff_id, row.last_seq, row.pruned_seq)

    def advance(self, id_: str, seq: int) -> None:
        """Say that everything up to ``seq`` has an outcome."""
        self._connection.execute(_ADVANCE, {"firm_id": self._firm_id, "id": id_, "seq": seq})

    def list_outcomes(self, command_ids: Sequence[str]) -> list[Outcome]:
        """Return the known outcomes of these commands, in the order asked."""
        wanted = list(dict.fromkeys(command_ids))
        found: dict[str, Outcome] = {}
        # In parts: PostgreSQL takes 65,535 values in one statement, and a command may name what it likes.
        for start in range(0, len(wanted), _CHUNK):
            values = {"firm_id": self._firm_id, "ids": wanted[start : start + _CHUNK]}
            rows = self._connection.execute(_LIST_OUTCOMES, values)
            found |= {row.command_id: Outcome(**row._mapping) for row in rows}
        return [found[id_] for id_ in wanted if id_ in found]

    def prune_unused(self, before: datetime) -> int:
        """Forget devices older than that which have never sent a command; return how many.

        One that comes all the same registers anew and loses nothing. A device that has sent one stays: by its
        row a command whose outcome was pruned is told from a new one.
        """
        unused = (device.c.firm_id == self._firm_id) & (device.c.last_seq == 0)
        return self._connection.execute(delete(device).where(unused, device.c.created_at < before)).rowcount

    def prune_outcomes(self, before: datetime) -> int:
        """Forget outcomes older than that; their sequence numbers answer ``outcome-expired`` from then on."""
        old = (command_outcome.c.firm_id == self._firm_id) & (command_outcome.c.settled_at < before)
        newest = select(command_outcome.c.device_id, func.max(command_outcome.c.seq).label("seq")).where(old)
        for row in self._connection.execute(newest.group_by(command_outcome.c.device_id)).all():
            is_it = (device.c.firm_id == self._firm_id) & (device.c.id == row.device_id)
            self._connection.execute(update(device).where(is_it).values(pruned_seq=row.seq))
        return self._connection.execute(delete(command_outcome).where(old)).rowcount
