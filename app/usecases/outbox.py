"""The outbox: what waits, what needs a person, and what has gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain import commands as c
from app.domain.changes import RejectedError
from app.storage.database import Unit
from app.storage.outbox import (
    WAITING,
    CommandState,
    OutboxEntry,
    count_by_state,
    find_entry,
    list_entries,
    list_glances,
)
from app.storage.writing import mark_handled, withdraw_commands
from app.usecases.attention import MANY_TRIES, AttentionItem, list_attention
from app.usecases.workspace import Decision, Workspace, new_command_id


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxLine:
    """One command. ``type`` has its words in ui; ``subject`` is the name that it is about.

    ``state`` is queued, sending, acknowledged, confirmed, conflict, rejected or withdrawn.
    ``can_withdraw``: it is not known to have reached the server. ``stuck``: five tries have failed.
    """

    command_id: str
    type: str
    subject: str
    customer_id: str | None
    state: str
    made_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None
    tries: int
    can_withdraw: bool
    is_withdrawing: bool
    stuck: bool
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCounts:
    """How many commands wait, and how many things need a person."""

    waiting: int
    attention: int


class Outbox:
    """Queries and commands of the outbox."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def list_waiting(self, *, limit: int = 1000) -> list[OutboxLine]:
        """Return what has not come through yet, in the order in which it was decided."""
        return self._lines("state IN ('queued', 'sending', 'acknowledged')", f"LIMIT {limit:d}")

    def list_history(self, *, limit: int = 200) -> list[OutboxLine]:
        """Return what has come to an end, the last first."""
        where = "state IN ('confirmed', 'conflict', 'rejected', 'withdrawn')"
        return self._lines(where, f"DESC LIMIT {limit:d}")

    def list_of_customer(self, customer_id: str) -> list[OutboxLine]:
        """Return what is under way for one customer."""
        return self._lines(
            "customer_id = ? AND state IN ('queued', 'sending', 'acknowledged')", "", customer_id
        )

    def counts(self) -> OutboxCounts:
        """Return the figures of the status line and the navigation."""
        with self._workspace.read() as unit:
            states = count_by_state(unit)
            waiting = states.get(CommandState.QUEUED, 0) + states.get(CommandState.SENDING, 0)
            return OutboxCounts(waiting=waiting, attention=len(list_attention(unit)))

    def list_attention(self) -> list[AttentionItem]:
        """Return what needs a person, the oldest first."""
        with self._workspace.read() as unit:
            return list_attention(unit)

    def withdraw(self, command_ids: Sequence[str]) -> tuple[str, ...]:
        """Take decisions back, with those that need them.

        Returns the ids of what was certainly not sent. The others are asked for at the server, and show as
        withdrawn or as done when it has answered.
        """
        with self._workspace.database.write() as unit:
            taken, changed = withdraw_commands(unit, command_ids, self._workspace.clock.now())
        self._workspace.tell_and_wake(changed)
        return tuple(taken)

    def dismiss(self, command_ids: Sequence[str]) -> None:
        """Be done with an outcome: take theirs, or leave it refused. It stays in the history.

        Something to attend to that is no command is put aside by its key.
        """
        with self._workspace.database.write() as unit:
            changed = mark_handled(unit, command_ids, self._workspace.clock.now())
        self._workspace.tell(changed)

    def keep_mine(self, command_id: str, fields: Sequence[str] | None = None) -> str:
        """Decide a conflict for one's own value: a *new* command whose «seen» is what is there now.

        ``fields`` narrows it to some of the conflicting fields; theirs stay for the rest.

        Raises:
            RejectedError: ``nothing_to_keep`` where it is no conflict, or what the rules say.
        """
        with self._workspace.read() as unit:
            entry = find_entry(unit, command_id)
        if entry is None or entry.state != CommandState.CONFLICT:
            raise RejectedError("nothing_to_keep")
        payload = entry.command.payload
        changes = getattr(payload, "set", None)
        if changes is None:
            raise RejectedError("nothing_to_keep")
        kept = {}
        for name, change in changes.items():
            conflict = entry.fields.get(name)
            if conflict is None:
                kept[name] = change
            elif fields is None or name in fields:
                kept[name] = {"from": conflict["theirs"], "to": conflict["mine"]}
        (new_id,) = self._workspace.enqueue([type(payload)(**{**_as_fields(payload), "set": kept})])
        self.dismiss([command_id])
        return new_id

    def retry(self, command_id: str) -> tuple[str, ...]:
        """Decide a refused command again, and those that were refused because of it, as new commands.

        Raises:
            RejectedError: the rules refuse it still, or ``nothing_to_retry``.
        """
        with self._workspace.read() as unit:
            entry = find_entry(unit, command_id)
            if entry is None or entry.state not in (CommandState.REJECTED, CommandState.WITHDRAWN):
                raise RejectedError("nothing_to_retry")
            chain = [entry, *_refused_because_of(unit, entry)]
        new_ids = {item.command.id: new_command_id() for item in chain}
        decisions = [
            Decision(
                payload=item.command.payload,
                command_id=new_ids[item.command.id],
                needs=tuple(new_ids.get(need, need) for need in item.command.needs),
            )
            for item in chain
        ]
        made = self._workspace.enqueue(decisions)
        self.dismiss([item.command.id for item in chain])
        return made

    def _lines(self, where: str, tail: str, *values: str) -> list[OutboxLine]:
        with self._workspace.read() as unit:
            glances = list_glances(unit, where, values, tail=tail)
        return [
            OutboxLine(
                command_id=glance.command_id,
                type=glance.type,
                subject=glance.subject,
                customer_id=glance.customer_id,
                state=glance.state,
                made_at=glance.made_at,
                sent_at=glance.sent_at,
                settled_at=glance.settled_at,
                tries=glance.tries,
                can_withdraw=glance.state in WAITING and not glance.withdraw,
                is_withdrawing=glance.state in WAITING and glance.withdraw,
                stuck=glance.state in WAITING and glance.tries >= MANY_TRIES,
                code=glance.code,
            )
            for glance in glances
        ]


def _refused_because_of(unit: Unit, entry: OutboxEntry) -> list[OutboxEntry]:
    found = {entry.command.id}
    chain: list[OutboxEntry] = []
    for other in list_entries(unit, "state IN ('rejected', 'withdrawn') AND position > ?", (entry.position,)):
        if found.intersection(other.command.needs):
            found.add(other.command.id)
            chain.append(other)
    return chain


def _as_fields(payload: c.Payload) -> dict[str, Any]:
    return {name: getattr(payload, name) for name in type(payload).__dataclass_fields__}
