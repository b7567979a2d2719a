"""Engagements through the year: which there are, rolling them to the next year, closing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from app.domain.access import access_change
from app.domain.commands import CloseEngagement, MoveCollaboration, Payload, RollEngagement
from app.domain.engagement_year import next_engagement
from app.domain.ids import PREFIXES, new_id
from app.domain.records import (
    LIVE_COLLABORATION_STATES,
    Collaboration,
    Customer,
    Engagement,
    EngagementState,
    Participation,
    Staff,
)
from app.domain.swedish_order import sort_key
from app.storage import engagement_rows
from app.storage.engagement_rows import (
    ENGAGEMENT_STATES,
    EngagementFilter,
    EngagementLine,
    EngagementSort,
)
from app.storage.local_reader import LocalReader
from app.usecases.workspace import Progress, Workspace, tell_nobody

__all__ = [
    "ENGAGEMENT_STATES",
    "CloseRow",
    "EngagementFilter",
    "EngagementLine",
    "EngagementResult",
    "EngagementSort",
    "Engagements",
    "RollRow",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollRow:
    """One engagement that moves on a year.

    ``after`` is the one that takes over; where the customer has it already, ``exists`` is true and the
    collaborations move to it. ``services`` are the codes of what moves along. ``gained`` and ``lost`` are
    names of the staff whose access changes. ``refused`` is the code of why it cannot be rolled, or empty.
    """

    id: str
    customer_id: str
    customer: str
    before: str
    after: Engagement
    exists: bool
    staff: tuple[str, ...]
    services: tuple[str, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRow:
    """One engagement that would be closed, and what would become unlinked."""

    id: str
    customer: str
    title: str
    services: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementResult:
    """What became of one of them: ``error`` is None where it is in the outbox."""

    id: str
    customer: str
    title: str
    error: Exception | None = None


class Engagements:
    """Queries and commands of the screen *Uppdrag*. Follows the lists' ``RowSource``."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def list_keys(self, query: EngagementFilter, limit: int | None = None) -> Sequence[str]:
        """Return ids in the order of the query."""
        with self._workspace.read() as unit:
            return engagement_rows.list_ids(unit, self._today(query), limit)

    def list_rows(self, keys: Sequence[str]) -> Sequence[EngagementLine]:
        """Return the rows of these keys in the same order; what has vanished is left out."""
        with self._workspace.read() as unit:
            return engagement_rows.fetch_lines(unit, keys, self._workspace.clock.today())

    def count(self, query: EngagementFilter) -> dict[str, int]:
        """Return how many rows each state would show for the rest of the query."""
        with self._workspace.read() as unit:
            return engagement_rows.count_by_state(unit, self._today(query))

    def list_staff(self) -> tuple[tuple[str, str], ...]:
        """Return (id, name) of those who work at the firm, in Swedish order."""
        with self._workspace.read() as unit:
            staff = [row for row in LocalReader(unit).list_all(Staff) if row.state != "left"]
        return tuple((row.id, row.name) for row in sorted(staff, key=lambda row: sort_key(row.name)))

    def preview_roll(self, ids: Sequence[str]) -> tuple[RollRow, ...]:
        """Return what rolling them would do, in the order of the customers' names."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            context = self._workspace.context(unit)
            found = reader.get_many(Engagement, ids)
            customers = reader.get_many(Customer, {row.customer_id for row in found.values()})
            staff = {row.id: row for row in reader.list_all(Staff)}
            rows = []
            for engagement in found.values():
                customer = customers.get(engagement.customer_id)
                if customer is None:
                    continue
                existing = self._following(reader, engagement)
                after = existing or next_engagement(engagement, new_id(PREFIXES["engagement"]))
                linked = self._linked(reader, engagement.id)
                going_on = self._staff_of(reader, engagement.id, staff, context.today)
                gained: set[str] = set()
                lost: set[str] = set()
                if existing is not None:
                    for row in linked:
                        change = access_change(reader, context, row, engagement_id=existing.id)
                        gained |= set(change.gained)
                        lost |= set(change.lost)
                rows.append(
                    RollRow(
                        id=engagement.id,
                        customer_id=customer.id,
                        customer=customer.name,
                        before=engagement.title,
                        after=after,
                        exists=existing is not None,
                        staff=_names([p.staff_id for p in going_on], staff),
                        services=tuple(sorted({row.service or "" for row in linked})),
                        gained=_names(gained, staff),
                        lost=_names(lost, staff),
                        refused="" if engagement.state == EngagementState.ONGOING else "engagement_closed",
                    )
                )
        return tuple(sorted(rows, key=lambda row: (sort_key(row.customer), sort_key(row.before))))

    def roll(
        self,
        rows: Sequence[RollRow],
        titles: Mapping[str, str] | None = None,
        *,
        on_progress: Progress = tell_nobody,
    ) -> list[EngagementResult]:
        """Roll them, as they were shown; each has its own result. ``titles``: id → another title."""
        today = self._workspace.clock.today()
        wanted = titles or {}
        payloads: list[Payload] = []
        owners: list[str] = []
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            staff = {row.id: row for row in reader.list_all(Staff)}
            for row in rows:
                if row.exists:
                    commands = self._move_into(reader, row)
                else:
                    after = replace(row.after, title=wanted.get(row.id) or row.after.title)
                    participations = tuple(
                        replace(
                            one,
                            id=new_id(PREFIXES["participation"]),
                            engagement_id=after.id,
                            from_on=today,
                            to_on=one.to_on,
                        )
                        for one in self._staff_of(reader, row.id, staff, today)
                    )
                    commands = [
                        RollEngagement(engagement_id=row.id, engagement=after, participations=participations)
                    ]
                payloads += commands
                owners += [row.id] * len(commands)
        return self._results(rows, owners, payloads, on_progress)

    def preview_close(self, ids: Sequence[str]) -> tuple[CloseRow, ...]:
        """Return what closing them would leave unlinked, and who would lose access."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            context = self._workspace.context(unit)
            staff = {row.id: row for row in reader.list_all(Staff)}
            found = reader.get_many(Engagement, ids)
            customers = reader.get_many(Customer, {row.customer_id for row in found.values()})
            rows = []
            for engagement in found.values():
                if engagement.state != EngagementState.ONGOING or engagement.customer_id not in customers:
                    continue
                linked = self._linked(reader, engagement.id)
                lost: set[str] = set()
                for row in linked:
                    lost |= set(access_change(reader, context, row, engagement_id=None).lost)
                rows.append(
                    CloseRow(
                        id=engagement.id,
                        customer=customers[engagement.customer_id].name,
                        title=engagement.title,
                        services=tuple(sorted({row.service or "" for row in linked})),
                        lost=_names(lost, staff),
                    )
                )
        return tuple(sorted(rows, key=lambda row: (sort_key(row.customer), sort_key(row.title))))

    def close(
        self, rows: Sequence[CloseRow], *, leave_unlinked: bool, on_progress: Progress = tell_nobody
    ) -> list[EngagementResult]:
        """Close them; each has its own result (``has_collaborations`` unless they are left unlinked)."""
        payloads: list[Payload] = [
            CloseEngagement(engagement_id=row.id, leave_unlinked=leave_unlinked) for row in rows
        ]
        results = self._workspace.enqueue_each(
            payloads, on_progress=lambda done: on_progress(done, len(payloads))
        )
        return [
            EngagementResult(id=row.id, customer=row.customer, title=row.title, error=result.error)
            for row, result in zip(rows, results, strict=True)
        ]

    def _results(
        self,
        rows: Sequence[RollRow],
        owners: Sequence[str],
        payloads: Sequence[Payload],
        on_progress: Progress,
    ) -> list[EngagementResult]:
        errors: dict[str, Exception] = {}
        results = self._workspace.enqueue_each(
            payloads, on_progress=lambda done: on_progress(done, len(payloads))
        )
        for owner, result in zip(owners, results, strict=True):
            if result.error is not None:
                errors.setdefault(owner, result.error)
        return [
            EngagementResult(
                id=row.id, customer=row.customer, title=row.after.title, error=errors.get(row.id)
            )
            for row in rows
        ]

    def _move_into(self, reader: LocalReader, row: RollRow) -> list[Payload]:
        moves: list[Payload] = [
            MoveCollaboration(collaboration_id=one.id, engagement_id=row.after.id, seen_engagement_id=row.id)
            for one in self._linked(reader, row.id)
        ]
        return [*moves, CloseEngagement(engagement_id=row.id)]

    def _following(self, reader: LocalReader, engagement: Engagement) -> Engagement | None:
        """The customer's ongoing engagement of the same type and the next year, where it is there already."""
        if engagement.fiscal_year is None:
            return None
        others = cast("list[Engagement]", reader.list_of_customer("engagement", engagement.customer_id))
        wanted = engagement.fiscal_year + 1
        return next(
            (
                one
                for one in others
                if one.type == engagement.type
                and one.fiscal_year == wanted
                and one.state == EngagementState.ONGOING
            ),
            None,
        )

    def _linked(self, reader: LocalReader, engagement_id: str) -> list[Collaboration]:
        rows = cast("list[Collaboration]", reader.list_children("collaboration", engagement_id))
        return [row for row in rows if row.state in LIVE_COLLABORATION_STATES]

    def _staff_of(
        self, reader: LocalReader, engagement_id: str, staff: Mapping[str, Staff], today: date
    ) -> list[Participation]:
        rows = cast("list[Participation]", reader.list_children("participation", engagement_id))
        found = [
            row
            for row in rows
            if row.holds_on(today) and row.staff_id in staff and staff[row.staff_id].state != "left"
        ]
        return sorted(found, key=lambda row: (row.role != "owner", row.staff_id))

    def _today(self, query: EngagementFilter) -> EngagementFilter:
        return replace(query, today=self._workspace.clock.today())


def _names(ids: Sequence[str] | set[str], staff: Mapping[str, Staff]) -> tuple[str, ...]:
    found = {staff[id_].name if id_ in staff else id_ for id_ in ids}
    return tuple(sorted(found, key=sort_key))
