"""What the sync engine does to the outbox: sequence numbers, batches, outcomes, confirmation, replay."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from app.contract.wire import OUTCOME_DAYS, CommandResult, OutcomeStatus, WireCommand
from app.storage.database import Unit
from app.storage.keyvalues import find_server_time, get_session, put_session
from app.storage.left_behind import prune_left
from app.storage.outbox import (
    AFTER_REFUSAL,
    NEEDS_A_PERSON,
    TAKEN_BACK_ELSEWHERE,
    TOO_LATE,
    CommandState,
    OutboxEntry,
    list_entries,
)
from app.swedish_day import swedish_day

JOURNAL_DAYS = 30
LONGEST_ABSENCE = timedelta(days=OUTCOME_DAYS - JOURNAL_DAYS)
"""After so long the server may have forgotten what became of something that is on this disk."""
_UNSENT = "(state IN ('queued', 'sending') OR withdraw = 2)"
_GIVEN_UP_HERE = "('outcome_expired', 'command_id_reused', 'too_large')"
"""Codes of refusals that no server has recorded: this client gave up, and knows less than a copy may know."""
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
    """What became of a batch: rows that have stopped being live, and rows that still are.

    ``told`` had ended here (withdrawn, or refused by a server that lost it), and now the server knows.
    ``revived`` are live again: a copy of this profile had sent them.
    """

    ended: list[OutboxEntry] = field(default_factory=list)
    acknowledged: list[OutboxEntry] = field(default_factory=list)
    told: list[OutboxEntry] = field(default_factory=list)
    revived: list[OutboxEntry] = field(default_factory=list)


def freeze_sequence(unit: Unit, *, most: int) -> None:
    """Give the oldest queued commands their numbers, in the order of the decisions; they never change again.

    Not more than are sent next: what has no number is taken back at once. What was taken back gets one too,
    and what a restored server had refused, so that the server hears of it.
    """
    numbered = int(
        unit.value(f"SELECT count(*) FROM outbox WHERE seq IS NOT NULL AND {_UNSENT} AND +state <> 'sending'")
    )
    room = max(0, most - numbered)
    # Each with an index of its own: thousands may wait.
    found = [
        row[0]
        for where in ("state = 'queued'", "withdraw = 2")
        for row in unit.rows(
            f"SELECT position FROM outbox WHERE {where} AND seq IS NULL ORDER BY position LIMIT ?", (room,)
        )
    ]
    positions = sorted(found)[:room]
    if not positions:
        return
    last = int(get_session(unit, "device_seq", 0))
    unit.run_many(
        "UPDATE outbox SET seq = ? WHERE position = ?",
        [(last + place, position) for place, position in enumerate(positions, start=1)],
    )
    put_session(unit, device_seq=last + len(positions))


def take_batch(unit: Unit, *, most: int, most_bytes: int, now: datetime) -> Batch:
    """Return the oldest commands that have a number and no outcome, and mark them as being sent.

    Among them is what has ended here without the server's knowing; it shows as withdrawn or refused all the
    time.
    """
    rows = unit.rows(
        "SELECT position, id, seq, type, v, entity, payload, needs, made_at, withdraw, replayed, state"
        " FROM outbox"
        f" WHERE seq IS NOT NULL AND {_UNSENT} ORDER BY seq LIMIT ?",
        (most,),
    )
    commands: list[WireCommand] = []
    fresh: list[int] = []
    size = 0
    for row in rows:
        size += len(row[6].encode()) + 400
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
    """Write the outcomes of one push. An outcome for a command that has one already changes nothing.

    What was applied although it had been taken back, or refused, needs a person (``withdrawn_too_late``). So
    does what had been done, and a restored server was told by a copy of this profile not to do: it is refused
    (``withdrawn_elsewhere``).
    """
    by_id = {result.id: result for result in results}
    entries = list_entries(
        unit,
        f"{_UNSENT} AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(by_id)),),
    )
    settled = Settled()
    rows: list[tuple[Any, ...]] = []
    refused: list[OutboxEntry] = []
    for entry in entries:
        result = by_id[entry.command.id]
        state = _AFTER.get(OutcomeStatus(result.status), CommandState.REJECTED)
        code = result.code
        if state == CommandState.WITHDRAWN and entry.replayed and not entry.withdraw:
            state, code = CommandState.REJECTED, TAKEN_BACK_ELSEWHERE
        _place(settled, entry, state)
        was_refused = entry.state in NEEDS_A_PERSON
        if was_refused and state != CommandState.ACKNOWLEDGED:
            refused.append(entry)
            continue
        handled = now.isoformat() if state == CommandState.WITHDRAWN else None
        is_too_late = entry.withdraw and state == CommandState.ACKNOWLEDGED
        fields = {name: msgspec.to_builtins(value) for name, value in _plain_fields(result).items()}
        rows.append(
            (
                str(state),
                now.isoformat(),
                result.head,
                epoch,
                TOO_LATE if is_too_late else code,
                json.dumps(fields),
                json.dumps({AFTER_REFUSAL: "1"} if was_refused else result.data),
                handled,
                entry.position,
            )
        )
    unit.run_many(
        "UPDATE outbox SET state = ?, settled_at = ?, head = ?, epoch = ?, code = ?, fields = ?, info = ?,"
        " handled_at = ?, withdraw = 0 WHERE position = ?",
        rows,
    )
    _leave_as_they_are(unit, refused)
    return settled


def _leave_as_they_are(unit: Unit, refused: Sequence[OutboxEntry]) -> None:
    """Tell nobody of what was refused before any more: its outcome, and what the person made of it, stay."""
    unit.run_many(
        "UPDATE outbox SET withdraw = 0 WHERE position = ?", [(entry.position,) for entry in refused]
    )


def _place(settled: Settled, entry: OutboxEntry, state: CommandState) -> None:
    was_withdrawn = entry.state == CommandState.WITHDRAWN
    had_ended = was_withdrawn or entry.state in NEEDS_A_PERSON
    if state == CommandState.ACKNOWLEDGED:
        (settled.revived if had_ended else settled.acknowledged).append(entry)
    elif had_ended and (state == CommandState.WITHDRAWN or not was_withdrawn):
        settled.told.append(entry)
    else:
        settled.ended.append(entry)


def refuse_locally(unit: Unit, command_id: str, code: str, now: datetime) -> Settled:
    """Give a command an outcome that the server will never tell (pruned, or its id was used otherwise)."""
    # Where it was refused before, the code alone is new: by it no server is told of the refusal again.
    unit.run(
        f"UPDATE outbox SET code = ? WHERE id = ? AND {_UNSENT} AND state IN ('conflict', 'rejected')",
        (code, command_id),
    )
    return _refuse(unit, list_entries(unit, f"id = ? AND {_UNSENT}", (command_id,)), code, now)


def refuse_forgotten(unit: Unit, now: datetime) -> Settled:
    """Give an outcome to whatever may have been applied so long ago that the server has forgotten it.

    Another disk with the same content may have sent what waits here, and this device's numbers tell nothing
    any more: sent again it could be applied a second time. The person looks, and decides anew. What was done
    leaves the journal, since a restored server that has it may have forgotten that it has.
    """
    unit.run(
        "UPDATE outbox SET ended_at = ''"
        " WHERE state = 'confirmed'"
        " OR (state IN ('withdrawn', 'conflict', 'rejected') AND ended_at IS NOT NULL)"
    )
    entries = list_entries(unit, f"{_UNSENT} OR state = 'acknowledged'")
    return _refuse(unit, entries, "outcome_expired", now)


def _refuse(unit: Unit, entries: list[OutboxEntry], code: str, now: datetime) -> Settled:
    fresh = [entry for entry in entries if entry.state not in NEEDS_A_PERSON]
    unit.run_many(
        "UPDATE outbox SET state = 'rejected', code = ?, settled_at = ?, handled_at = NULL, withdraw = 0"
        " WHERE position = ?",
        [(code, now.isoformat(), entry.position) for entry in fresh],
    )
    _leave_as_they_are(unit, [entry for entry in entries if entry.state in NEEDS_A_PERSON])
    return Settled(ended=fresh)


def count_try(unit: Unit, command_id: str) -> None:
    """Note that the server could not settle this command."""
    unit.run("UPDATE outbox SET tries = tries + 1 WHERE id = ?", (command_id,))


def confirm(unit: Unit, epoch: str, head: int) -> list[OutboxEntry]:
    """Take as confirmed what was applied at or before the head that has been pulled; return those rows."""
    entries = list_entries(unit, "state = 'acknowledged' AND epoch = ? AND head <= ?", (epoch, head))
    unit.run_many(
        "UPDATE outbox SET state = 'confirmed', handled_at = CASE code WHEN ? THEN handled_at ELSE settled_at"
        " END WHERE position = ?",
        [(TOO_LATE, entry.position) for entry in entries],
    )
    return entries


def note_server_time(unit: Unit, server_time: datetime) -> bool:
    """Note that the server was heard at this moment of its clock: the journal counts from here.

    The clock of this machine may be ten years off; what is dealt with begins to age at the server's time.
    Returns whether it is another day there than when it was heard before.
    """
    before = find_server_time(unit)
    moment = server_time.astimezone(UTC).isoformat()
    unit.run(
        "UPDATE outbox SET ended_at = ? WHERE handled_at IS NOT NULL AND ended_at IS NULL AND withdraw = 0",
        (moment,),
    )
    put_session(unit, server_time=moment)
    return before is None or swedish_day(before) != swedish_day(server_time)


def was_away_too_long(unit: Unit, server_time: datetime) -> bool:
    """Tell whether the server may have forgotten outcomes since this disk last heard of it."""
    last = find_server_time(unit)
    return last is not None and server_time - last >= LONGEST_ABSENCE


def list_perhaps_lost(unit: Unit) -> list[OutboxEntry]:
    """Return what was applied and a server that has lost something may have lost.

    Numbers do not tell: what an earlier device of this disk had sent has none any more, and a copy of the
    profile may have used them anew. What was confirmed is in the journal for 30 days. What was not is on the
    screen, however old it is.
    """
    return list_entries(
        unit,
        "state = 'acknowledged' OR (state = 'confirmed' AND (ended_at IS NULL OR ended_at >= ?))",
        (_journal_begins(unit),),
    )


def has_gone_back(unit: Unit, *, epoch: str, last_seq: int) -> bool:
    """Tell whether the server has said a higher number than this to be the device's last, in the same life.

    No restore was told of: a stand-by took over that had not heard of the last commits, or a disk said
    "written" and forgot it.
    """
    return get_session(unit, "epoch") == epoch and last_seq < int(get_session(unit, "heard_seq", 0))


def _journal_begins(unit: Unit) -> str:
    last = find_server_time(unit)
    return "" if last is None else (last - timedelta(days=JOURNAL_DAYS)).isoformat()


def replay(unit: Unit, *, epoch: str, last_seq: int, kept: Collection[str]) -> list[OutboxEntry]:
    """Prepare for a server that has lost something: that is queued again, ids kept, numbers new.

    ``kept`` are the ids of the commands that the server still has as applied. The numbers do not tell: a copy
    of this disk may have used them since. Where the server was restored the old numbers were of another
    epoch, and nothing late can be mistaken for them; where it has gone back in the same one, what comes late
    is known by its id, or makes this a new device. The server is told again what was withdrawn and what it
    had refused: a copy of this disk may have that still to send, and the person here was told that it failed.
    What only this client has given up is not told: nobody has decided that it shall not be. Returns the rows
    that are live again.
    """
    perhaps = list_perhaps_lost(unit)
    lost = [entry for entry in perhaps if entry.command.id not in kept]
    unit.run_many(
        "UPDATE outbox SET state = 'queued', replayed = 1, handled_at = NULL, ended_at = NULL, head = NULL,"
        " epoch = NULL WHERE position = ?",
        [(entry.position,) for entry in lost],
    )
    unit.run(
        "UPDATE outbox SET withdraw = 2, ended_at = NULL WHERE state IN ('withdrawn', 'conflict', 'rejected')"
        f" AND (ended_at IS NULL OR ended_at >= ?) AND code NOT IN {_GIVEN_UP_HERE}",
        (_journal_begins(unit),),
    )
    unit.run("UPDATE outbox SET seq = NULL WHERE withdraw = 2")
    unit.run("UPDATE outbox SET seq = NULL, state = 'queued' WHERE state IN ('queued', 'sending')")
    # What the restored server still has is in whatever is pulled from it.
    unit.run_many(
        "UPDATE outbox SET epoch = ?, head = 0 WHERE state = 'acknowledged' AND position = ?",
        [(epoch, entry.position) for entry in perhaps if entry.command.id in kept],
    )
    # What has its outcome keeps no number of a life in which others have them now.
    unit.run("UPDATE outbox SET seq = NULL WHERE state NOT IN ('queued', 'sending') AND seq > ?", (last_seq,))
    put_session(unit, device_seq=last_seq, heard_seq=last_seq, epoch=epoch)
    return lost


def begin_new_device(unit: Unit, *, device: str, epoch: str) -> None:
    """Start numbering anew on a new device; commands without an outcome keep their ids.

    Used after the server has seen that this disk was restored or copied, or does not know the device.
    """
    unit.run("UPDATE outbox SET seq = NULL, state = 'queued' WHERE state IN ('queued', 'sending')")
    unit.run("UPDATE outbox SET seq = NULL WHERE state NOT IN ('queued', 'sending')")
    put_session(unit, device=device, device_seq=0, heard_seq=0, epoch=epoch)


def prune(unit: Unit) -> int:
    """Remove rows that nobody needs any more: dealt with, and older than the journal. Returns how many."""
    before = _journal_begins(unit)
    prune_left(unit, before)
    unit.run(
        "DELETE FROM outbox_touch WHERE position IN"
        " (SELECT position FROM outbox WHERE ended_at < ? AND handled_at IS NOT NULL)",
        (before,),
    )
    return unit.run("DELETE FROM outbox WHERE ended_at < ? AND handled_at IS NOT NULL", (before,))


def count_waiting(unit: Unit) -> int:
    """Return how many commands have no outcome yet."""
    return int(unit.value("SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')"))


def count_untold(unit: Unit) -> int:
    """Return how many withdrawals and lost refusals the server has not been told of."""
    return int(unit.value("SELECT count(*) FROM outbox WHERE withdraw = 2"))


def forget_untold(unit: Unit) -> None:
    """Tell nothing of what has ended here: another person is signed in, whose decisions they are not."""
    unit.run("UPDATE outbox SET withdraw = 0 WHERE withdraw = 2")


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
