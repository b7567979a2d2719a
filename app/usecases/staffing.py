"""Who does what: changing owners and account managers, substitutes, new colleagues, those who leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from app.domain.changes import ConflictError, Put, RejectedError
from app.domain.commands import (
    AddParticipation,
    Command,
    LeaveStaff,
    Payload,
    ReplaceParticipation,
    UpdateCustomer,
)
from app.domain.effects import apply
from app.domain.ids import PREFIXES, new_id
from app.domain.records import (
    Access,
    Customer,
    CustomerState,
    Engagement,
    EngagementState,
    Participation,
    ParticipationRole,
    Staff,
)
from app.domain.rights import Action, why_not
from app.domain.swedish_order import sort_key
from app.storage.local_reader import LocalReader
from app.usecases.workspace import Progress, Workspace, tell_nobody

MANAGER = "manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """One staff member with figures: how many customers and engagements hang on that person."""

    id: str
    name: str
    email: str
    office: str
    state: str
    left_on: date | None
    owns: int
    participates: int
    manages: int

    @property
    def is_free(self) -> bool:
        """Tell whether nothing hangs on that person: then access can end."""
        return not (self.owns or self.participates or self.manages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing that a staff member has: an engagement (owner, participant) or a customer (manager).

    ``engagement_id`` is empty for a manager. ``until`` is the last day, None for an open one.
    """

    role: str
    customer_id: str
    customer: str
    archived: bool
    engagement_id: str
    engagement: str
    until: date | None

    @property
    def key(self) -> str:
        """Return what tells one duty from another."""
        return f"{self.role}|{self.engagement_id or self.customer_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessShift:
    """Whose access changes, as names of staff; and how many services of how many customers it is about."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    customers: int
    services: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyResult:
    """What became of one of many: ``error`` is None where it is in the outbox."""

    text: str
    second: str
    error: Exception | None = None


class Staffing:
    """Queries and commands about who is on what. Each bulk command has one result per row."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def list_colleagues(self) -> tuple[Colleague, ...]:
        """Return the staff with what hangs on each, those who have left last."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            today = self._workspace.clock.today().isoformat()
            staff = reader.list_all(Staff)
            roles = {
                (str(row[0]), str(row[1])): int(row[2])
                for row in unit.rows(
                    "SELECT p.lookup, json_extract(p.data, '$.role'), count(*) FROM present p"
                    " JOIN present e ON e.type = 'engagement' AND e.id = p.parent_id"
                    " WHERE p.type = 'participation' AND json_extract(e.data, '$.state') = 'ongoing'"
                    " AND coalesce(json_extract(p.data, '$.to_on'), '9999') >= ? GROUP BY 1, 2",
                    (today,),
                )
            }
            managers = {
                str(row[0]): int(row[1])
                for row in unit.rows(
                    "SELECT manager_id, count(*) FROM shown_customer WHERE manager_id IS NOT NULL GROUP BY 1"
                )
            }
        found = [
            Colleague(
                id=row.id,
                name=row.name,
                email=row.email,
                office=row.office,
                state=row.state,
                left_on=row.left_on,
                owns=roles.get((row.id, ParticipationRole.OWNER), 0),
                participates=roles.get((row.id, ParticipationRole.PARTICIPANT), 0),
                manages=managers.get(row.id, 0),
            )
            for row in staff
        ]
        return tuple(sorted(found, key=lambda one: (one.state == "left", sort_key(one.name))))

    def may_administer(self) -> str:
        """Return the code of the right that is missing to let a colleague leave, or an empty text."""
        return why_not(Action.FIRM_SETTINGS, self._workspace.actor()) or ""

    def list_duties(self, staff_id: str) -> tuple[Duty, ...]:
        """Return what hangs on a staff member: ongoing engagements and managed customers, archived too."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            today = self._workspace.clock.today()
            participations = cast("list[Participation]", reader.list_by_lookup("participation", staff_id))
            engagements = reader.get_many(Engagement, {row.engagement_id for row in participations})
            managed = [
                str(row[0])
                for row in unit.rows("SELECT id FROM shown_customer WHERE manager_id = ?", (staff_id,))
            ]
            customers = reader.get_many(Customer, {row.customer_id for row in participations} | set(managed))
        found = []
        for row in participations:
            engagement, customer = engagements.get(row.engagement_id), customers.get(row.customer_id)
            if engagement is None or customer is None or engagement.state != EngagementState.ONGOING:
                continue
            if row.to_on is not None and row.to_on < today:
                continue
            found.append(_duty(row.role, customer, engagement, row.to_on))
        found += [_duty(MANAGER, customers[id_], None, None) for id_ in managed if id_ in customers]
        return tuple(sorted(found, key=lambda one: (sort_key(one.customer), one.role, one.engagement)))

    def list_open_engagements(self) -> tuple[Duty, ...]:
        """Return every ongoing engagement, for choosing among them (a new colleague, a substitute)."""
        with self._workspace.read() as unit:
            rows = unit.rows(
                "SELECT e.id, e.customer_id, c.name, json_extract(e.data, '$.title'), c.state = 'archived'"
                " FROM present e JOIN shown_customer c ON c.id = e.customer_id"
                " WHERE e.type = 'engagement' AND json_extract(e.data, '$.state') = 'ongoing'"
                " ORDER BY c.name_key, 4"
            )
        return tuple(
            Duty(
                role=ParticipationRole.PARTICIPANT,
                customer_id=str(row[1]),
                customer=str(row[2]),
                archived=bool(row[4]),
                engagement_id=str(row[0]),
                engagement=str(row[3]),
                until=None,
            )
            for row in rows
        )

    # What a person wants, as commands

    def commands_to_hand_over(
        self,
        staff_id: str,
        duties: Sequence[Duty],
        to: Mapping[str, str],
        *,
        from_on: date | None = None,
        until: date | None = None,
    ) -> list[tuple[Duty, Payload]]:
        """Return the commands that give a colleague's duties to others.

        Args:
            staff_id: whose duties they are.
            duties: those that are handed over.
            to: role (owner, participant, manager) → who takes those; a role without one stays.
            from_on: the first day of the new one; today where it is None. A new account manager begins today.
            until: the new one is a substitute until this day, and the colleague stays.
        """
        found: list[tuple[Duty, Payload]] = []
        managed = [d.customer_id for d in duties if d.role == MANAGER and until is None and to.get(MANAGER)]
        with self._workspace.read() as unit:
            customers = LocalReader(unit).get_many(Customer, managed)
        for duty in duties:
            taker = to.get(duty.role, "")
            if not taker:
                continue
            if duty.role == MANAGER:
                customer = customers.get(duty.customer_id)
                if customer is not None:
                    found.append((duty, _manager_command(customer, taker)))
                continue
            found.append(
                (
                    duty,
                    ReplaceParticipation(
                        engagement_id=duty.engagement_id,
                        staff_id=staff_id,
                        by_staff_id=taker,
                        role=duty.role,
                        from_on=from_on,
                        to_on=until,
                    ),
                )
            )
        return found

    def commands_to_join(
        self, staff_id: str, duties: Sequence[Duty], *, until: date | None = None
    ) -> list[tuple[Duty, Payload]]:
        """Return the commands that put a staff member on these engagements, from today."""
        today = self._workspace.clock.today()
        return [
            (
                duty,
                AddParticipation(
                    participation=Participation(
                        id=new_id(PREFIXES["participation"]),
                        engagement_id=duty.engagement_id,
                        customer_id=duty.customer_id,
                        staff_id=staff_id,
                        from_on=today,
                        to_on=until,
                    )
                ),
            )
            for duty in duties
        ]

    def commands_to_change(
        self,
        customer_ids: Sequence[str],
        engagement_ids: Sequence[str] = (),
        *,
        owner_id: str = "",
        manager_id: str = "",
    ) -> list[tuple[Duty, Payload]]:
        """Return the commands that give customers another account manager, and engagements another owner.

        All ongoing engagements of the customers are meant where none are named. Where it is so already there
        is no command; an engagement without an owner gets its first one. Archived customers are included.
        """
        today = self._workspace.clock.today()
        found: list[tuple[Duty, Payload]] = []
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            customers = reader.get_many(Customer, customer_ids)
            if manager_id:
                for customer in customers.values():
                    if customer.account_manager_id != manager_id:
                        command = _manager_command(customer, manager_id)
                        found.append((_duty(MANAGER, customer, None, None), command))
            if owner_id:
                found += self._owner_commands(reader, customer_ids, engagement_ids, owner_id, today)
        return sorted(found, key=lambda pair: sort_key(pair[0].customer))

    def preview(self, payloads: Sequence[Payload]) -> AccessShift:
        """Return whose access would change. Writes nothing; what the rules refuse is left out."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            context = self._workspace.context(unit)
            names = {row.id: row.name for row in reader.list_all(Staff)}
            gained: set[tuple[str, str]] = set()
            lost: set[tuple[str, str]] = set()
            customers: set[str] = set()
            for payload in payloads:
                command = Command(id=new_id("cmd"), payload=payload, made_at=context.now)
                try:
                    effect = apply(command, reader, context)
                except (RejectedError, ConflictError):
                    continue
                for change in effect.changes:
                    if not isinstance(change, Put) or not isinstance(change.record, Access):
                        continue
                    row = change.record
                    before = reader.find("access", row.id)
                    was_open = isinstance(before, Access) and before.until is None
                    is_open = row.until is None
                    if row.staff_id and was_open != is_open:
                        (gained if is_open else lost).add((row.staff_id, row.collaboration_id))
                        customers.add(row.customer_id or "")
        return AccessShift(
            gained=_sorted_names((staff_id for staff_id, _ in gained), names),
            lost=_sorted_names((staff_id for staff_id, _ in lost), names),
            customers=len(customers),
            services=len({id_ for _, id_ in gained | lost}),
        )

    # Doing it

    def carry_out(
        self, commands: Sequence[tuple[Duty, Payload]], *, on_progress: Progress = tell_nobody
    ) -> list[DutyResult]:
        """Decide them; each has its own result."""
        total = len(commands)
        results = self._workspace.enqueue_each(
            [payload for _, payload in commands], on_progress=lambda done: on_progress(done, total)
        )
        return [
            DutyResult(text=duty.customer, second=duty.engagement, error=result.error)
            for (duty, _), result in zip(commands, results, strict=True)
        ]

    def leave(self, staff_id: str, left_on: date) -> None:
        """Let a staff member leave after that day.

        Raises RejectedError ``reassign_first`` while engagements or customers hang on that person, and the
        code of a missing right.
        """
        self._workspace.enqueue([LeaveStaff(staff_id=staff_id, left_on=left_on)])

    def _owner_commands(
        self,
        reader: LocalReader,
        customer_ids: Sequence[str],
        engagement_ids: Sequence[str],
        owner_id: str,
        today: date,
    ) -> list[tuple[Duty, Payload]]:
        if engagement_ids:
            engagements = list(reader.get_many(Engagement, engagement_ids).values())
        else:
            engagements = [
                row
                for customer_id in customer_ids
                for row in cast("list[Engagement]", reader.list_of_customer("engagement", customer_id))
            ]
        customers = reader.get_many(Customer, {row.customer_id for row in engagements})
        found: list[tuple[Duty, Payload]] = []
        for row in engagements:
            if row.state != EngagementState.ONGOING or row.customer_id not in customers:
                continue
            on_it = cast("list[Participation]", reader.list_children("participation", row.id))
            owner = next((p for p in on_it if p.role == "owner" and p.holds_on(today)), None)
            if owner is not None and owner.staff_id == owner_id:
                continue
            payload: Payload
            if owner is None:
                payload = AddParticipation(
                    participation=Participation(
                        id=new_id(PREFIXES["participation"]),
                        engagement_id=row.id,
                        customer_id=row.customer_id,
                        staff_id=owner_id,
                        role=ParticipationRole.OWNER,
                        from_on=today,
                    )
                )
            else:
                payload = ReplaceParticipation(
                    engagement_id=row.id,
                    staff_id=owner.staff_id,
                    by_staff_id=owner_id,
                    role=ParticipationRole.OWNER,
                )
            found.append((_duty(ParticipationRole.OWNER, customers[row.customer_id], row, None), payload))
        return found


def _manager_command(customer: Customer, manager_id: str) -> UpdateCustomer:
    changes = {"account_manager_id": {"from": customer.account_manager_id, "to": manager_id}}
    return UpdateCustomer(customer_id=customer.id, set=changes)


def _duty(role: str, customer: Customer, engagement: Engagement | None, until: date | None) -> Duty:
    return Duty(
        role=role,
        customer_id=customer.id,
        customer=customer.name,
        archived=customer.state == CustomerState.ARCHIVED,
        engagement_id=engagement.id if engagement else "",
        engagement=engagement.title if engagement else "",
        until=until,
    )


def _sorted_names(ids: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({names.get(id_, id_) for id_ in ids}, key=sort_key))
