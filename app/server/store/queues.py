"""The two outboxes as their workers see them: rows are leased, then finished, put off or given up.

Leases need no firm's head: nothing that is synchronised is written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Engine, Row, Table, and_, delete, func, or_, select, update

from app.clock import Clock
from app.domain.decoders import convert_to
from app.domain.records import Recipient
from app.server.store.engine import READ_OPTION
from app.server.store.transaction import FirmTransaction
from app.server.store.writing import Writing, told_as_storage_error

WAITING, DONE, FAILED = "waiting", "done", "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One leased row.

    ``id`` is stable over all tries: it is the vendor's idempotency key and the Message-ID. ``source`` is
    what caused the row; the e-mails of one sending share it. ``replayed_in`` is the epoch in which a command
    was sent again after a restore, and empty as a rule: what it leads to has happened before. ``data`` is
    what a request to the vendor carries.
    """

    firm_id: str
    id: str
    kind: str
    about_id: str
    attempts: int
    created_at: datetime
    recipient: Recipient | None = None
    language: str = "sv"
    last_error: str = ""
    source: str = ""
    replayed_in: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def idempotency_key(self) -> str:
        """Return what makes a second try of the same request harmless at the vendor."""
        return f"{self.firm_id}:{self.id}"


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many rows wait and were given up, and when the oldest of those that wait was written."""

    waiting: int
    failed: int
    oldest_at: datetime | None


class Queue:
    """One outbox."""

    def __init__(self, engine: Engine, table: Table, clock: Clock, writing: Writing) -> None:
        self._engine = engine
        self._table = table
        self._clock = clock
        self._writing = writing

    def lease(self, limit: int = 10, lease: timedelta = timedelta(minutes=2)) -> list[Job]:
        """Take rows that are due, oldest first; nobody else gets them until the lease is out.

        A worker that dies leaves its rows to the next one when its lease is out.
        """
        table, now = self._table, self._clock.now()
        # Workers look after every commit: looking must not stand in the way of those who write.
        first_due_at = self.next_due_at()
        if first_due_at is None or first_due_at > now:
            return []
        due = (
            select(table)
            .where(table.c.state == WAITING, table.c.due_at <= now)
            .where(or_(table.c.leased_until.is_(None), table.c.leased_until <= now))
            .order_by(table.c.due_at, table.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        with self._writing.begin() as connection:
            jobs = [_job(row) for row in connection.execute(due)]
            for job in jobs:
                connection.execute(
                    update(table)
                    .where(_is(table, job))
                    .values(leased_until=now + lease, attempts=job.attempts)
                )
        return jobs

    def renew(self, job: Job, lease: timedelta) -> bool:
        """Hold a leased row for that long from now; return whether it was still this worker's."""
        statement = (
            update(self._table)
            .where(_is_held(self._table, job))
            .values(leased_until=self._clock.now() + lease)
        )
        with self._writing.begin() as connection:
            return connection.execute(statement).rowcount == 1

    def finish(self, job: Job, *, inside: FirmTransaction | None = None) -> None:
        """Say that it is done, where ``inside`` is given in that transaction."""
        self._set(job, inside, state=DONE, leased_until=None, last_error="")

    def retry(self, job: Job, due_at: datetime, error: str) -> None:
        """Put it off until then; ``error`` is a code or a short text without personal data.

        Does nothing where the lease has run out and somebody else has taken the row since: it is theirs.
        """
        statement = (
            update(self._table)
            .where(_is_held(self._table, job))
            .values(due_at=due_at, leased_until=None, last_error=error)
        )
        with self._writing.begin() as connection:
            connection.execute(statement)

    def give_up(self, job: Job, error: str, *, inside: FirmTransaction | None = None) -> None:
        """Say that it will not be tried again, where ``inside`` is given in that transaction."""
        self._set(job, inside, state=FAILED, leased_until=None, last_error=error)

    def find(self, id_: str) -> Job | None:
        """Return the row with this id, whatever became of it."""
        table = self._table
        with told_as_storage_error(self._engine), self._engine.connect() as plain:
            connection = plain.execution_options(**{READ_OPTION: True})
            row = connection.execute(select(table).where(table.c.id == id_)).first()
        return None if row is None else _job(row)

    def next_due_at(self) -> datetime | None:
        """Return when the next row is due or comes out of its lease, or None where nothing waits."""
        table = self._table
        with self._engine.connect() as plain:
            connection = plain.execution_options(**{READ_OPTION: True})
            waiting = table.c.state == WAITING
            free = select(func.min(table.c.due_at)).where(waiting, table.c.leased_until.is_(None))
            held = select(func.min(table.c.leased_until)).where(waiting)
            times = [connection.execute(query).scalar() for query in (free, held)]
        return min((time for time in times if time is not None), default=None)

    def measure(self) -> QueueState:
        """Return how much lies here. Raises StorageError ``database_unavailable``."""
        table = self._table
        counts = select(table.c.state, func.count(), func.min(table.c.created_at)).group_by(table.c.state)
        with told_as_storage_error(self._engine), self._engine.connect() as plain:
            connection = plain.execution_options(**{READ_OPTION: True})
            found = {state: (count, first) for state, count, first in connection.execute(counts)}
        waiting, oldest_at = found.get(WAITING, (0, None))
        return QueueState(waiting, found.get(FAILED, (0, None))[0], oldest_at)

    def forget(self, before: datetime) -> int:
        """Remove rows of before that, which are done or were given up; return how many."""
        table = self._table
        old = and_(table.c.state != WAITING, table.c.created_at < before)
        with self._writing.begin() as connection:
            return connection.execute(delete(table).where(old)).rowcount

    def _set(self, job: Job, inside: FirmTransaction | None, **values: Any) -> None:
        statement = update(self._table).where(_is(self._table, job)).values(**values)
        if inside is not None:
            inside.connection.execute(statement)
            return
        with self._writing.begin() as connection:
            connection.execute(statement)


def _is(table: Table, job: Job) -> Any:
    return and_(table.c.firm_id == job.firm_id, table.c.id == job.id)


def _is_held(table: Table, job: Job) -> Any:
    # Whoever takes a row counts its tries up: the number tells one lease from the next.
    return and_(_is(table, job), table.c.state == WAITING, table.c.attempts == job.attempts)


def _job(row: Row[Any]) -> Job:
    data = msgspec.json.decode(row.data)
    recipient = data.get("recipient")
    return Job(
        firm_id=row.firm_id,
        id=row.id,
        kind=row.kind,
        about_id=row.about_id,
        attempts=row.attempts + 1,
        created_at=row.created_at,
        recipient=None if recipient is None else convert_to(Recipient, recipient),
        language=data.get("language", "sv"),
        last_error=row.last_error,
        source=data.get("source", ""),
        replayed_in=data.get("replay", ""),
        data=data.get("request", {}),
    )
