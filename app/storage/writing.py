"""What a person's decision writes: the outbox, and with it what is shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.changes import ConflictError, RejectedError
from app.domain.commands import Command
from app.domain.what_changed import WhatChanged
from app.storage.database import Unit
from app.storage.outbox import LIVE, CommandState, OutboxEntry, find_entry, list_entries
from app.storage.overlay import Affected, append, refresh
from app.storage.shown_tables import rewrite, update_marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one command: in the outbox, or refused by the rules."""

    command_id: str
    error: RejectedError | ConflictError | None = None


def as_what_changed(affected: Affected, *, outbox: bool = True) -> WhatChanged:
    """Return what the screens are told."""
    return WhatChanged(
        customers=frozenset(affected.customers),
        records=frozenset(affected.records),
        everything=affected.everything,
        outbox=outbox,
    )


def write_commands(unit: Unit, commands: Sequence[Command]) -> tuple[list[Added], WhatChanged]:
    """Put commands into the outbox and show them; those that the rules refuse are not written."""
    results, affected = append(unit, commands)
    rewrite(unit, affected)
    added = [Added(command_id=command.id, error=projected.error) for command, projected in results]
    return added, as_what_changed(affected)


def withdraw_commands(unit: Unit, command_ids: Sequence[str], now: datetime) -> tuple[list[str], WhatChanged]:
    """Take commands back, with those that need them. Returns the ids that were withdrawn at once.

    What has never been given a sequence number is withdrawn here, and the server is told of it: a copy of
    this profile on another machine may send it, or have sent it. For the rest the server is asked, and it
    answers whether it was in time.
    """
    taken: list[OutboxEntry] = []
    asked: list[OutboxEntry] = []
    for entry in _with_dependents(unit, command_ids):
        if entry.state == CommandState.QUEUED and entry.seq is None:
            taken.append(entry)
        elif entry.state in (CommandState.QUEUED, CommandState.SENDING):
            asked.append(entry)
    unit.run_many(
        "UPDATE outbox SET state = 'withdrawn', settled_at = ?, handled_at = ?, withdraw = 2"
        " WHERE position = ?",
        [(now.isoformat(), now.isoformat(), entry.position) for entry in taken],
    )
    unit.run_many("UPDATE outbox SET withdraw = 1 WHERE position = ?", [(entry.position,) for entry in asked])
    changed = show_settled(unit, [*taken], also=[*asked])
    return [entry.command.id for entry in taken], changed


def mark_handled(unit: Unit, command_ids: Sequence[str], now: datetime) -> WhatChanged:
    """Note that the person is done with the outcomes of these commands.

    What is no command (an e-mail that does not arrive, a refused activation) is put aside by its key.
    """
    found = {id_: find_entry(unit, id_) for id_ in command_ids}
    entries = [entry for entry in found.values() if entry is not None]
    unit.run_many(
        "INSERT OR REPLACE INTO attention (key, handled_at) VALUES (?, ?)",
        [(key, now.isoformat()) for key, entry in found.items() if entry is None],
    )
    if not entries:
        return WhatChanged(outbox=True, local=True)
    unit.run_many(
        "UPDATE outbox SET handled_at = ? WHERE position = ?",
        [(now.isoformat(), entry.position) for entry in entries],
    )
    return show_settled(unit, [], also=entries)


def show_settled(
    unit: Unit, settled: Sequence[OutboxEntry], *, also: Sequence[OutboxEntry] = ()
) -> WhatChanged:
    """Show that commands have stopped being live, and that others have changed their state."""
    if not settled:
        return _show_progress(unit, also)
    affected = refresh(unit, set(), [entry.position for entry in settled])
    affected.customers |= {entry.customer_id for entry in (*settled, *also) if entry.customer_id}
    affected.records |= _records_of(unit, also)
    rewrite(unit, affected)
    return as_what_changed(affected)


def _show_progress(unit: Unit, entries: Sequence[OutboxEntry]) -> WhatChanged:
    """Show how far commands have come. What they do is as before, so that most rows need a new mark only."""
    records = _records_of(unit, entries)
    by_type: dict[str, list[str]] = {}
    for type_name, id_ in records:
        by_type.setdefault(type_name, []).append(id_)
    customers = {entry.customer_id for entry in entries if entry.customer_id}
    for type_name, ids in by_type.items():
        rows = unit.rows(
            "SELECT DISTINCT customer_id FROM overlay"
            " WHERE type = ? AND id IN (SELECT value FROM json_each(?)) AND customer_id IS NOT NULL",
            (type_name, json.dumps(ids)),
        )
        customers.update(row[0] for row in rows)
    affected = Affected(customers, records)
    has_marks_of_its_own = not by_type.keys().isdisjoint({"collaboration", "invitation"})
    if has_marks_of_its_own or any(entry.state not in LIVE for entry in entries):
        rewrite(unit, affected)
    else:
        update_marks(unit, customers)
    return as_what_changed(affected)


def _records_of(unit: Unit, entries: Sequence[OutboxEntry]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for (key,) in unit.rows(
        "SELECT DISTINCT key FROM outbox_touch"
        " WHERE writes = 2 AND position IN (SELECT value FROM json_each(?))",
        (json.dumps([entry.position for entry in entries]),),
    ):
        _, type_name, id_ = key.split("|", 2)
        found.add((type_name, id_))
    return found


def _with_dependents(unit: Unit, command_ids: Sequence[str]) -> list[OutboxEntry]:
    """Return the commands and those that need them, in order."""
    wanted = set(command_ids)
    waiting = list_entries(unit, "state IN ('queued', 'sending', 'acknowledged')")
    for entry in waiting:
        # A command comes after those that it needs, so one walk in order finds them all.
        if wanted.intersection(entry.command.needs):
            wanted.add(entry.command.id)
    return [entry for entry in waiting if entry.command.id in wanted]
