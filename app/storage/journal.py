"""What the sync engine does to the outbox: sequence numbers, batches, outcomes, confirmation, replay."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from app.contract.wire import CommandResult, OutcomeStatus, WireCommand
from app.storage.database import Unit
from app.storage.keyvalues import get_session, put_session
from app.storage.outbox import CommandState, OutboxEntry, list_entries

JOURNAL_DAYS = 30
_AFTER = {
    OutcomeStatus.APPLIED: CommandState.ACKNOWLEDGED,
    OutcomeStatus.CONFLICT: CommandState.CONFLICT,
    OutcomeStatus.REJECTED: CommandState.REJECTED,
    OutcomeStatus.WITHDRAWN: CommandState.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Batch:
    """Commands on their way, in order. ``newly_sent`` are rows that had not been tried before."""

    commands: tuple[WireCommand, ...]
    newly_sent: tuple[OutboxEntry, ...]


@dataclass(slots=True)
class Settled:
    """What became of a batch: rows that have stopped being live, and rows that still are."""

    ended: list[OutboxEntry] = field(default_factory=list)
    acknowledged: list[OutboxEntry] = field(default_factory=list)


def freeze_sequence(unit: Unit, *, most: int) -> None:
    """Give the oldest queued commands their numbers, in the order of the decisions; they never change again.

    Not more than are sent next: what has no number can be withdrawn without asking the server.
    """
    numbered = int(unit.value("SELECT count(*) FROM outbox WHERE state = 'queued' AND seq IS NOT NULL"))
    positions = [
        row[0]
        for row in unit.rows(
            "SELECT position FROM outbox WHERE state = 'queued' AND seq IS NULL ORDER BY position LIMIT ?",
            (max(0, most - numbered),),
        )
    ]
    if not positions:
        return
    last = int(get_session(unit, "device_seq", 0))
    unit.run_many(
        "UPDATE outbox SET seq = ? WHERE position = ?",
        [(last + place, position) for place, position in enumerate(positions, start=1)],
    )
    put_session(unit, device_seq=last + len(positions))


def take_batch(unit: Unit, *, most: int, most_bytes: int, now: datetime) -> Batch:
    """Return the oldest commands that have a number and no outcome, and mark them as being sent."""
    rows = unit.rows(
        "SELECT position, id, seq, type, v, entity, payload, needs, made_at, withdraw, replayed, state"
        " FROM outbox"
        " WHERE state IN ('queued', 'sending') AND seq IS NOT NULL ORDER BY seq LIMIT ?",
        (most,),
    )
    commands: list[WireCommand] = []
    fresh: list[int] = []
    size = 0
    for row in rows:
        size += len(row[6]) + 400
        if commands and size > most_bytes:
            break
        commands.append(_wire(row))
        if row[11] == CommandState.QUEUED:
            fresh.append(row[0])
    if not commands:
        return Batch((), ())
    newly_sent = list_entries(unit, "position IN (SELECT value FROM json_each(?))", (json.dumps(fresh),))
    unit.run_many(
        "UPDATE outbox SET state = 'sending', sent_at = ? WHERE position = ?",
        [(now.isoformat(), position) for position in fresh],
    )
    return Batch(tuple(commands), tuple(newly_sent))


def settle(unit: Unit, results: Sequence[CommandResult], epoch: str, now: datetime) -> Settled:
    """Write the outcomes of one push. An outcome for a command that has one already changes nothing."""
    by_id = {result.id: result for result in results}
    entries = list_entries(
        unit,
        "state IN ('queued', 'sending') AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(by_id)),),
    )
    settled = Settled()
    rows: list[tuple[Any, ...]] = []
    for entry in entries:
        result = by_id[entry.command.id]
        state = _AFTER.get(OutcomeStatus(result.status), CommandState.REJECTED)
        (settled.acknowledged if state == CommandState.ACKNOWLEDGED else settled.ended).append(entry)
        handled = now.isoformat() if state == CommandState.WITHDRAWN else None
        fields = {name: msgspec.to_builtins(value) for name, value in _plain_fields(result).items()}
        rows.append(
            (
                str(state),
                now.isoformat(),
                result.head,
                epoch,
                result.code,
                json.dumps(fields),
                json.dumps(result.data),
                handled,
                entry.position,
            )
        )
    unit.run_many(
        "UPDATE outbox SET state = ?, settled_at = ?, head = ?, epoch = ?, code = ?, fields = ?, info = ?,"
        " handled_at = ?, withdraw = 0 WHERE position = ?",
        rows,
    )
    return settled


def refuse_locally(unit: Unit, command_id: str, code: str, now: datetime) -> Settled:
    """Give a command an outcome that the server will never tell (pruned, or its id was used otherwise)."""
    entries = list_entries(unit, "id = ? AND state IN ('queued', 'sending')", (command_id,))
    unit.run_many(
        "UPDATE outbox SET state = 'rejected', code = ?, settled_at = ? WHERE position = ?",
        [(code, now.isoformat(), entry.position) for entry in entries],
    )
    return Settled(ended=entries)


def count_try(unit: Unit, command_id: str) -> None:
    """Note that the server could not settle this command."""
    unit.run("UPDATE outbox SET tries = tries + 1 WHERE id = ?", (command_id,))


def confirm(unit: Unit, epoch: str, head: int) -> list[OutboxEntry]:
    """Take as confirmed what was applied at or before the head that has been pulled; return those rows."""
    entries = list_entries(unit, "state = 'acknowledged' AND epoch = ? AND head <= ?", (epoch, head))
    unit.run_many(
        "UPDATE outbox SET state = 'confirmed', handled_at = settled_at WHERE position = ?",
        [(entry.position,) for entry in entries],
    )
    return entries


def list_of_other_epochs(unit: Unit, *, epoch: str, now: datetime) -> list[OutboxEntry]:
    """Return what was applied in an earlier life of the server: a restored one may have lost it.

    What was confirmed is in the journal for 30 days. What was not is on the screen, however old it is.
    """
    since = (now - timedelta(days=JOURNAL_DAYS)).isoformat()
    return list_entries(
        unit,
        "(epoch IS NULL OR epoch <> ?)"
        " AND (state = 'acknowledged' OR (state = 'confirmed' AND made_at >= ?))",
        (epoch, since),
    )


def replay(
    unit: Unit, *, epoch: str, last_seq: int, kept: Collection[str], now: datetime
) -> list[OutboxEntry]:
    """Prepare for a server that was restored: what it has lost is queued again, ids kept, numbers new.

    ``kept`` are the ids of the commands that the restored server still has as applied. The numbers do not
    tell: a copy of this disk may have used them in the new life. The old numbers were of another epoch, so
    nothing late can be mistaken for them. Returns the rows that are live again.
    """
    others = list_of_other_epochs(unit, epoch=epoch, now=now)
    lost = [entry for entry in others if entry.command.id not in kept]
    unit.run_many(
        "UPDATE outbox SET state = 'queued', replayed = 1, handled_at = NULL, head = NULL, epoch = NULL"
        " WHERE position = ?",
        [(entry.position,) for entry in lost],
    )
    unit.run("UPDATE outbox SET seq = NULL, state = 'queued' WHERE state IN ('queued', 'sending')")
    # What the restored server still has is in whatever is pulled from it.
    unit.run_many(
        "UPDATE outbox SET epoch = ?, head = 0 WHERE state = 'acknowledged' AND position = ?",
        [(epoch, entry.position) for entry in others if entry.command.id in kept],
    )
    put_session(unit, device_seq=last_seq, epoch=epoch)
    return lost


def begin_new_device(unit: Unit, *, device: str, epoch: str) -> None:
    """Start numbering anew on a new device; commands without an outcome keep their ids.

    Used after the server has seen that this disk was restored or copied, or does not know the device.
    """
    unit.run("UPDATE outbox SET seq = NULL, state = 'queued' WHERE state IN ('queued', 'sending')")
    unit.run("UPDATE outbox SET seq = NULL WHERE state NOT IN ('queued', 'sending')")
    put_session(unit, device=device, device_seq=0, epoch=epoch)


def prune(unit: Unit, now: datetime) -> int:
    """Remove rows that nobody needs any more: dealt with, and older than the journal. Returns how many."""
    before = (now - timedelta(days=JOURNAL_DAYS)).isoformat()
    unit.run(
        "DELETE FROM outbox_touch WHERE position IN"
        " (SELECT position FROM outbox WHERE handled_at IS NOT NULL AND made_at < ?)",
        (before,),
    )
    return unit.run("DELETE FROM outbox WHERE handled_at IS NOT NULL AND made_at < ?", (before,))


def count_waiting(unit: Unit) -> int:
    """Return how many commands have no outcome yet."""
    return int(unit.value("SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')"))


def _plain_fields(result: CommandResult) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "mine": msgspec.json.decode(bytes(value.mine)),
            "theirs": msgspec.json.decode(bytes(value.theirs)),
            "seen": msgspec.json.decode(bytes(value.seen)),
            "by": value.by,
            "at": value.at.isoformat() if value.at else "",
        }
        for name, value in result.fields.items()
    }


def _wire(row: Any) -> WireCommand:
    if row[9]:
        return WireCommand(id=row[1], seq=row[2], type=row[3], v=row[4], entity=row[5], withdraw=True)
    return WireCommand(
        id=row[1],
        seq=row[2],
        type=row[3],
        v=row[4],
        entity=row[5],
        payload=msgspec.Raw(row[6].encode()),
        needs=tuple(json.loads(row[7])),
        made_at=datetime.fromisoformat(row[8]),
        replayed=bool(row[10]),
    )
