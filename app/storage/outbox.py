"""The outbox: what this person has decided, until the server's outcome is in the mirror.

    queued → sending → acknowledged → confirmed
                     ↘ conflict, rejected, withdrawn

Queued, sending and acknowledged commands are *live*: they are laid over the mirror. A withdrawn one of which
the server is still to be told (``withdraw`` 2) may become acknowledged after all: a copy of this profile had
sent it (``withdrawn_too_late``). So may one that was refused by a server which was restored since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.contract.codec import decode_command, encode_payload
from app.domain.commands import Command
from app.storage.database import Unit


class CommandState(StrEnum):
    """How far a command has come."""

    QUEUED = "queued"
    SENDING = "sending"
    ACKNOWLEDGED = "acknowledged"
    CONFIRMED = "confirmed"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


LIVE = (CommandState.QUEUED, CommandState.SENDING, CommandState.ACKNOWLEDGED)
WAITING = (CommandState.QUEUED, CommandState.SENDING)
NEEDS_A_PERSON = (CommandState.CONFLICT, CommandState.REJECTED)
TOO_LATE = "withdrawn_too_late"
"""The code of a command that was applied although the person had taken it back, or was told of a refusal."""
TAKEN_BACK_ELSEWHERE = "withdrawn_elsewhere"
"""The code of what had been done, and was withdrawn from a copy of this profile after a restore."""
AFTER_REFUSAL = "after_refusal"
"""In the ``info`` of such a command: it was refused, by a server that has lost that since."""
_LIVE_SQL = "('queued', 'sending', 'acknowledged')"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """One row of the outbox. ``fields`` is {name: {"mine", "theirs", "seen", "by", "at"}} of a conflict."""

    position: int
    command: Command
    state: str
    seq: int | None = None
    customer_id: str | None = None
    sent_at: datetime | None = None
    settled_at: datetime | None = None
    tries: int = 0
    withdraw: bool = False
    replayed: bool = False
    head: int | None = None
    epoch: str | None = None
    code: str = ""
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    info: dict[str, str] = field(default_factory=dict)
    handled_at: datetime | None = None


_COLUMNS = (
    "position, id, type, v, payload, needs, made_at, state, seq, customer_id, sent_at, settled_at, tries,"
    " withdraw, replayed, head, epoch, code, fields, info, handled_at"
)


def add_commands(unit: Unit, commands: Sequence[tuple[Command, str | None]]) -> list[int]:
    """Write new commands with the customer each is about; return their positions, in the same order."""
    first = int(unit.value("SELECT coalesce(max(position), 0) + 1 FROM outbox"))
    unit.run_many(
        "INSERT INTO outbox (position, id, type, v, entity, customer_id, payload, needs, state, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)",
        [
            (
                first + place,
                command.id,
                command.type,
                command.v,
                command.entity,
                customer_id,
                encode_payload(command.payload).decode(),
                json.dumps(command.needs),
                command.made_at.isoformat(),
            )
            for place, (command, customer_id) in enumerate(commands)
        ],
    )
    return list(range(first, first + len(commands)))


def list_entries(unit: Unit, where: str, values: Sequence[Any] = (), *, tail: str = "") -> list[OutboxEntry]:
    """Return rows of the outbox in the order in which they were decided."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM outbox WHERE {where} ORDER BY position {tail}", values)
    return [_entry(row) for row in unit.each(rows)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxGlance:
    """A row of the outbox without what the command says: enough for a list, and quick for thousands."""

    command_id: str
    type: str
    subject: str
    customer_id: str | None
    state: str
    made_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None
    tries: int
    withdraw: bool
    code: str


def list_glances(unit: Unit, where: str, values: Sequence[Any] = (), *, tail: str = "") -> list[OutboxGlance]:
    """Return rows of the outbox in the order in which they were decided, with the name each is about.

    A customer that was never made, since its command was refused, has its name in the command alone; one that
    was made and is not shown is one that this person may no longer see. A decision about unlinked
    collaborations is about the company of the first.
    """
    return [
        OutboxGlance(
            command_id=row[0],
            type=row[1],
            subject=row[2],
            customer_id=row[3],
            state=row[4],
            made_at=datetime.fromisoformat(row[5]),
            sent_at=_instant(row[6]),
            settled_at=_instant(row[7]),
            tries=row[8],
            withdraw=bool(row[9]),
            code=row[10],
        )
        for row in unit.rows(
            "SELECT o.id, o.type, coalesce(c.name, l.name,"
            " CASE o.type WHEN 'customer.create' THEN"
            " CASE WHEN o.state <> 'confirmed' THEN json_extract(o.payload, '$.customer.name') END"
            " WHEN 'link_decision.set' THEN (SELECT name FROM shown_collaboration"
            " WHERE id = json_extract(o.payload, '$.collaboration_ids[0]'))"
            " WHEN 'link_decision.revoke' THEN (SELECT s.name FROM present d JOIN shown_collaboration s"
            " ON s.id = json_extract(d.data, '$.collaboration_ids[0]')"
            " WHERE d.type = 'link_decision' AND d.id = o.entity) END, ''),"
            " o.customer_id, o.state, o.made_at, o.sent_at, o.settled_at, o.tries, o.withdraw, o.code"
            f" FROM (SELECT * FROM outbox WHERE {where} ORDER BY position {tail}) o"
            " LEFT JOIN shown_customer c ON c.id = o.customer_id"
            " LEFT JOIN shown_collaboration l ON l.id = o.entity"
            f" ORDER BY o.position {'DESC' if tail.startswith('DESC') else 'ASC'}",
            values,
        )
    ]


def find_entry(unit: Unit, command_id: str) -> OutboxEntry | None:
    """Return the command's row, or None."""
    entries = list_entries(unit, "id = ?", (command_id,))
    return entries[0] if entries else None


def list_live_at(unit: Unit, positions: Iterable[int]) -> list[OutboxEntry]:
    """Return those of the commands that are live, in order."""
    wanted = json.dumps(sorted(positions))
    return list_entries(
        unit, f"state IN {_LIVE_SQL} AND position IN (SELECT value FROM json_each(?))", (wanted,)
    )


def list_all_live(unit: Unit) -> list[OutboxEntry]:
    """Return all live commands, in order."""
    return list_entries(unit, f"state IN {_LIVE_SQL}")


def count_by_state(unit: Unit) -> dict[str, int]:
    """Return state → how many, of the commands whose outcome nobody has dealt with yet.

    What is live has no outcome, and what is confirmed or withdrawn needs nobody: thousands of them are
    counted in the index alone.
    """
    rows = unit.rows(
        f"SELECT state, count(*) FROM outbox WHERE state IN {_LIVE_SQL} GROUP BY state"
        " UNION ALL SELECT state, count(*) FROM outbox"
        " WHERE state IN ('conflict', 'rejected') AND handled_at IS NULL GROUP BY state"
    )
    return {row[0]: row[1] for row in rows}


def list_states(unit: Unit, command_ids: Sequence[str]) -> dict[str, str]:
    """Return id → state, of just these commands; those that have been cleared away are left out."""
    rows = unit.rows(
        "SELECT id, state FROM outbox WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(command_ids)),),
    )
    return {row[0]: row[1] for row in rows}


def count_states_of(unit: Unit, command_ids: Sequence[str]) -> dict[str, int]:
    """Return state → how many, of just these commands; those that have been cleared away are not counted."""
    rows = unit.rows(
        "SELECT state, count(*) FROM outbox WHERE id IN (SELECT value FROM json_each(?)) GROUP BY state",
        (json.dumps(list(command_ids)),),
    )
    return {row[0]: row[1] for row in rows}


def _entry(row: Any) -> OutboxEntry:
    return OutboxEntry(
        position=row[0],
        command=decode_command(
            command_id=row[1],
            type_name=row[2],
            v=row[3],
            payload=row[4],
            needs=tuple(json.loads(row[5])),
            made_at=datetime.fromisoformat(row[6]),
        ),
        state=row[7],
        seq=row[8],
        customer_id=row[9],
        sent_at=_instant(row[10]),
        settled_at=_instant(row[11]),
        tries=row[12],
        withdraw=bool(row[13]),
        replayed=bool(row[14]),
        head=row[15],
        epoch=row[16],
        code=row[17],
        fields=json.loads(row[18]),
        info=json.loads(row[19]),
        handled_at=_instant(row[20]),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
