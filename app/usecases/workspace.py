"""What every use case stands on: the cache, the outbox, the time and who is signed in."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from app.catalogue import load_catalogue
from app.clock import Clock
from app.domain.changes import Actor, ConflictError, Context, RejectedError
from app.domain.commands import Command, Payload
from app.domain.ids import new_id
from app.domain.projection import context_for
from app.domain.records import Firm
from app.domain.what_changed import WhatChanged
from app.storage.database import Database, Unit
from app.storage.local_reader import LocalReader
from app.storage.overlay import find_heard_day, preview, who_acts
from app.storage.writing import write_commands
from app.usecases.events import Events

Progress = Callable[[int, int], None]
"""Told (done, in all) while many things are decided, on the worker's thread."""

LOT = 200
"""Commands written in one transaction by ``enqueue_each``: others get their turn in between."""


def tell_nobody(_done: int, _total: int) -> None:
    """Where nobody wants to know how far it has come."""


def new_command_id() -> str:
    """Return an id for a command that others in the same call will need."""
    return new_id("cmd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One intention of a person, before it is in the outbox.

    ``needs`` are ids of commands that create what this one refers to. Give ``command_id`` yourself
    (``new_command_id()``) where another decision needs this one.
    """

    payload: Payload
    needs: tuple[str, ...] = ()
    command_id: str = field(default_factory=new_command_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enqueued:
    """What became of one decision of many: in the outbox, or refused with the reason."""

    command_id: str
    error: RejectedError | ConflictError | None = None


class Workspace:
    """The local side of the program. Its methods are for workers, never for the GUI's thread."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        events: Events,
        *,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self.database = database
        self.clock = clock
        self.events = events
        self._wake = wake

    def wake_with(self, wake: Callable[[], None]) -> None:
        """Say what is called after each new command, so that it is sent soon."""
        self._wake = wake

    @contextlib.contextmanager
    def read(self) -> Iterator[Unit]:
        """Give a view of one moment: ``LocalReader(unit)`` for records, ``unit.rows`` for shown tables."""
        with self.database.read() as unit:
            yield unit

    def context(self, unit: Unit) -> Context:
        """Return who acts now, when, and by which of the firm's rules: for previews by the domain's rules."""
        staff_id, firm_id = who_acts(unit)
        context = context_for(
            LocalReader(unit),
            staff_id,
            firm_id,
            made_at=self.clock.now(),
            command_id="",
            terms=load_catalogue(),
            heard_on=find_heard_day(unit),
        )
        return dataclasses.replace(context, today=self.clock.today())

    def actor(self) -> Actor:
        """Return the signed-in staff member with the rights of the last pull."""
        with self.read() as unit:
            return self.context(unit).actor

    def firm(self) -> Firm | None:
        """Return the firm; None before the first pull."""
        with self.read() as unit:
            _, firm_id = who_acts(unit)
            return LocalReader(unit).get_many(Firm, [firm_id]).get(firm_id)

    def check(self, payload: Payload) -> RejectedError | ConflictError | None:
        """Return why the rules would refuse this now, or None. Writes nothing."""
        with self.read() as unit:
            return self.check_in(unit, payload)

    def check_in(self, unit: Unit, payload: Payload) -> RejectedError | ConflictError | None:
        """Return the same as ``check``, in a view that is open already."""
        return preview(unit, self._command(Decision(payload=payload))).error

    def enqueue(
        self, payloads: Sequence[Payload | Decision], *, needs: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Decide all of it or nothing: into the outbox and at once onto the screen. Returns the command ids.

        ``needs`` is added to each. Later ones see what earlier ones of the same call did.

        Raises:
            RejectedError: the rules refuse one of them; ``code`` has a sentence.
            ConflictError: a field is no longer as the person saw it.
            StorageError: the disk is full, or the database is locked or damaged.
        """
        commands = [self._command(_as_decision(payload), needs) for payload in payloads]
        with self.database.write() as unit:
            added, changed = write_commands(unit, commands)
            for item in added:
                if item.error is not None:
                    raise item.error
        self.tell_and_wake(changed)
        return tuple(command.id for command in commands)

    def enqueue_each(
        self,
        payloads: Sequence[Payload | Decision],
        *,
        on_progress: Callable[[int], None] = lambda _done: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> list[Enqueued]:
        """Decide many things, each with its own result, in lots with a short transaction each.

        Stops between two lots where ``is_cancelled`` says so; the result is then shorter than the request.
        """
        results: list[Enqueued] = []
        for start in range(0, len(payloads), LOT):
            if is_cancelled():
                break
            commands = [self._command(_as_decision(p)) for p in payloads[start : start + LOT]]
            with self.database.write() as unit:
                added, changed = write_commands(unit, commands)
            results += [Enqueued(command_id=item.command_id, error=item.error) for item in added]
            self.tell_and_wake(changed)
            on_progress(len(results))
        return results

    def tell_and_wake(self, changed: WhatChanged) -> None:
        """Tell the screens what a write has changed, and have it sent soon."""
        self.events.publish(changed)
        self._wake()

    def tell(self, changed: WhatChanged) -> None:
        """Tell the screens what a write has changed, without waking the synchronisation."""
        self.events.publish(changed)

    def _command(self, decision: Decision, needs: Sequence[str] = ()) -> Command:
        return Command(
            id=decision.command_id,
            payload=decision.payload,
            made_at=self.clock.now(),
            needs=(*needs, *decision.needs),
        )


def _as_decision(payload: Payload | Decision) -> Decision:
    return payload if isinstance(payload, Decision) else Decision(payload=payload)
