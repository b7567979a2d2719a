"""Ending collaborations: what it means before it is decided, in which order, and one result per service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from app.catalogue import Catalogue
from app.domain.access import access_change
from app.domain.changes import Context
from app.domain.commands import CancelEndCollaboration, EndCollaboration, SetMainContact
from app.domain.contact_details import parse_email
from app.domain.end_rules import find_period_end, list_end_obstacles
from app.domain.records import (
    Collaboration,
    CollaborationState,
    Contact,
    Customer,
    Engagement,
    Person,
    Registration,
    Staff,
)
from app.domain.retention import keep_until
from app.domain.rights import Action, list_who_may, why_not
from app.domain.swedish_order import sort_key
from app.errors import SamverkaError
from app.storage.local_reader import LocalReader
from app.usecases.workspace import Decision, Enqueued, Workspace, new_command_id

ENDABLE = frozenset({CollaborationState.ACTIVE})
"""States in which a collaboration can be ended; what waits for an answer is withdrawn instead."""

UNFINISHED = frozenset(
    {
        CollaborationState.RECEIVED,
        CollaborationState.REGISTERING,
        CollaborationState.PENDING,
        CollaborationState.STOPPED,
    }
)
"""States that may still become active, whatever is ended."""

TOLD_ONCE = frozenset({"main_contact_missing"})
"""What the dialog tells and mends in a place of its own, once for all services."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndItem:
    """One collaboration that may be ended. Its choices, checklist and rules are the catalogue's.

    ``waits_for`` are ids of the customer's active collaborations that must end before this one. ``loses``
    are names of the firm's staff who lose access. ``period_ends_on`` is the last day of the present
    agreement period where it is known. ``holds_records``: the law on keeping records concerns it.
    ``refused`` (with what goes into its sentence) is the code of why the rules would refuse it now whatever
    is ticked, or empty; that others must end before it is left to ``waits_for``.
    """

    id: str
    service: str
    state: str
    engagement: str
    variant: str
    ends_on: date | None
    period_ends_on: date | None
    waits_for: tuple[str, ...]
    loses: tuple[str, ...]
    holds_records: bool
    refused: str
    refused_data: dict[str, Any]
    is_asked_for: bool = True
    """False for one that a person did not ask to end: it is here because another waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingView:
    """Everything that the dialog shows. ``items`` are in the order in which they must end.

    ``blocked`` is the code of the right that is missing, or empty; ``who_can`` are then the names of the
    colleagues who have it. ``knows_company`` is False where the
    vendor has never answered about the customer; then a missing main contact cannot be told beforehand.
    ``candidates`` are people who could become main contact: the company's users first, then contacts.
    """

    customer_id: str
    customer: str
    fiscal_year_end: str
    today: date
    items: tuple[EndItem, ...]
    blocked: str
    knows_company: bool
    main_contact: Person | None
    informed: tuple[Person, ...]
    candidates: tuple[Person, ...]
    bank_link: bool | None
    open_reports: int | None
    who_can: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    """Services that are on their way to the customer, or wait for its answer, where everything is to end."""

    @property
    def is_main_contact_missing(self) -> bool:
        """Tell whether the vendor would refuse for want of a main contact."""
        return self.knows_company and self.main_contact is None

    def keep_until(self, on: date) -> date:
        """Return the last day on which the records must be kept, if the service ends on this day."""
        return keep_until(self.fiscal_year_end, on)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDecision:
    """What a person decided about one collaboration."""

    collaboration_id: str
    on: date
    choice: str
    checklist: tuple[str, ...] = ()
    typed: str = ""
    handed_over_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndResult:
    """What became of one of them: ``error`` is None where it is in the outbox."""

    collaboration_id: str
    service: str
    error: Exception | None = None


class Ending:
    """Queries and commands of the end dialog."""

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        self._workspace = workspace
        self._catalogue = catalogue

    def open_customer(self, customer_id: str) -> EndingView:
        """Return every collaboration of the customer that can be ended. Raises SamverkaError ``gone``."""
        return self._open(customer_id, None)

    def open(self, collaboration_ids: Sequence[str]) -> EndingView:
        """Return these collaborations of one customer.

        Raises SamverkaError ``gone``, ``several_customers`` where they belong to more than one, and
        ``customer_unknown`` for one that is not linked to a customer.
        """
        with self._workspace.read() as unit:
            found = LocalReader(unit).get_many(Collaboration, collaboration_ids)
        if not found:
            raise SamverkaError("gone", type="collaboration")
        customers = {row.customer_id for row in found.values()}
        if len(customers) != 1:
            raise SamverkaError("several_customers")
        customer_id = customers.pop()
        if customer_id is None:
            raise SamverkaError("customer_unknown")
        return self._open(customer_id, frozenset(collaboration_ids))

    def end(self, decisions: Sequence[EndDecision]) -> list[EndResult]:
        """End them in the order that the services need; each has its own result.

        One that must wait for another names its command, so that it is not sent where the other is refused.
        """
        with self._workspace.read() as unit:
            found = LocalReader(unit).get_many(Collaboration, [d.collaboration_id for d in decisions])
        services = {id_: row.service or "" for id_, row in found.items()}
        by_service: dict[str, list[EndDecision]] = {}
        for decision in decisions:
            by_service.setdefault(services.get(decision.collaboration_id, ""), []).append(decision)
        commands: dict[str, str] = {d.collaboration_id: new_command_id() for d in decisions}
        ordered: list[EndDecision] = []
        to_enqueue: list[Decision] = []
        for service in self._catalogue.in_ending_order(list(by_service)):
            first = self._catalogue.service(service).ends_first
            needs = tuple(commands[d.collaboration_id] for code in first for d in by_service.get(code, ()))
            for decision in by_service[service]:
                ordered.append(decision)
                to_enqueue.append(
                    Decision(
                        payload=EndCollaboration(
                            collaboration_id=decision.collaboration_id,
                            on=decision.on,
                            choice=decision.choice,
                            checklist=decision.checklist,
                            typed=decision.typed,
                            handed_over_on=decision.handed_over_on,
                        ),
                        needs=needs,
                        command_id=commands[decision.collaboration_id],
                    )
                )
        results = self._workspace.enqueue_each(to_enqueue)
        return [
            EndResult(
                collaboration_id=decision.collaboration_id,
                service=services.get(decision.collaboration_id, ""),
                error=result.error,
            )
            for decision, result in zip(ordered, results, strict=True)
        ]

    def why_not(self, decision: EndDecision) -> Exception | None:
        """Return why the rules would refuse this now, or None. Writes nothing."""
        return self._workspace.check(
            EndCollaboration(
                collaboration_id=decision.collaboration_id,
                on=decision.on,
                choice=decision.choice,
                checklist=decision.checklist,
                typed=decision.typed,
                handed_over_on=decision.handed_over_on,
            )
        )

    def cancel_end(self, collaboration_ids: Sequence[str]) -> list[Enqueued]:
        """Let them go on, before their day; each has its own result."""
        return self._workspace.enqueue_each(
            [CancelEndCollaboration(collaboration_id=id_) for id_ in collaboration_ids]
        )

    def set_main_contact(self, customer_id: str, name: str, email: str, phone: str = "") -> None:
        """Make somebody administrator and main contact at the vendor.

        Raises SamverkaError with the code of a name or an address that cannot be.
        """
        if not name.strip():
            raise SamverkaError("contact_name_missing")
        parsed = parse_email(email)
        if parsed.error is not None:
            raise SamverkaError(str(parsed.error), email=email)
        self._workspace.enqueue(
            [SetMainContact(customer_id=customer_id, name=name.strip(), email=parsed.value, phone=phone)]
        )

    def _with_what_ends_first(
        self, ids: frozenset[str], rows: Sequence[Collaboration], active: Mapping[str, str]
    ) -> frozenset[str]:
        """Return these and those of the customer that must end before them."""
        services = {row.id: row.service for row in rows if row.service}
        found, left = set(ids), list(ids)
        while left:
            service = services.get(left.pop())
            before = self._catalogue.service(service).ends_first if service else ()
            more = [active[code] for code in before if code in active and active[code] not in found]
            found.update(more)
            left += more
        return frozenset(found)

    def _open(self, customer_id: str, only: frozenset[str] | None) -> EndingView:
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            context = self._workspace.context(unit)
            customer = reader.find("customer", customer_id)
            if not isinstance(customer, Customer):
                raise SamverkaError("gone", type="customer")
            colleagues = reader.list_all(Staff)
            staff = {row.id: row.name for row in colleagues}
            rows = cast("list[Collaboration]", reader.list_of_customer("collaboration", customer_id))
            contacts = cast("list[Contact]", reader.list_of_customer("contact", customer_id))
            engagements = {
                row.id: row.title
                for row in cast("list[Engagement]", reader.list_of_customer("engagement", customer_id))
            }
            registrations = cast("list[Registration]", reader.list_of_customer("registration", customer_id))
            registration = registrations[0] if registrations else None
            active = {row.service: row.id for row in rows if row.service and row.state in ENDABLE}
            wanted = None if only is None else self._with_what_ends_first(only, rows, active)
            chosen = [row for row in rows if row.state in ENDABLE and (wanted is None or row.id in wanted)]
            order = self._catalogue.in_ending_order(sorted({row.service or "" for row in chosen}))
            chosen.sort(key=lambda row: (order.index(row.service or ""), row.id))
            items = []
            for row in chosen:
                service = self._catalogue.service(row.service or "")
                refused, data = self._refused(row, customer, registration, context)
                lost = access_change(reader, context, row, state=CollaborationState.ENDED).lost
                items.append(
                    EndItem(
                        id=row.id,
                        service=row.service or "",
                        state=row.state,
                        engagement=engagements.get(row.engagement_id or "", ""),
                        variant=row.variant,
                        ends_on=row.ends_on,
                        period_ends_on=_period_end(row, context.today),
                        waits_for=tuple(active[code] for code in service.ends_first if code in active),
                        loses=tuple(sorted((staff.get(id_, id_) for id_ in lost), key=sort_key)),
                        holds_records=service.holds_records,
                        refused=refused,
                        refused_data=data,
                        is_asked_for=only is None or row.id in only,
                    )
                )
        blocked = why_not(Action.END, context.actor) or ""
        able = tuple(one.name for one in list_who_may(Action.END, colleagues))
        known = registration is not None and registration.answer == "registered"
        administrators = registration.administrators if registration is not None else ()
        return EndingView(
            customer_id=customer.id,
            customer=customer.name,
            fiscal_year_end=customer.fiscal_year_end,
            today=context.today,
            items=tuple(items),
            blocked=blocked,
            who_can=able if blocked else (),
            knows_company=known,
            main_contact=registration.main_contact if registration is not None else None,
            informed=administrators,
            candidates=_candidates(administrators, contacts),
            bank_link=registration.bank_link if registration is not None else None,
            open_reports=registration.open_reports if registration is not None else None,
            unfinished=tuple(
                sorted(row.service or "" for row in rows if only is None and row.state in UNFINISHED)
            ),
        )

    def _refused(
        self, row: Collaboration, customer: Customer, registration: Registration | None, context: Context
    ) -> tuple[str, dict[str, Any]]:
        """Return what stands in the way whatever is ticked and chosen, with what goes into its sentence."""
        service = self._catalogue.service(row.service or "")
        wanted = EndCollaboration(
            collaboration_id=row.id,
            on=context.today,
            choice=service.end_choices[0].code if service.end_choices else "",
            checklist=tuple(item.code for item in service.checklist_at("before_end")),
            typed=customer.name,
        )
        for obstacle in list_end_obstacles(
            row, wanted, name=customer.name, siblings=(), registration=registration, context=context
        ):
            if obstacle.blocks and obstacle.code not in TOLD_ONCE:
                return obstacle.code, dict(obstacle.data)
        return "", {}


def _period_end(row: Collaboration, today: date) -> date | None:
    after = find_period_end(row, today)
    return after - timedelta(days=1) if after is not None else None


def _candidates(administrators: Sequence[Person], contacts: Sequence[Contact]) -> tuple[Person, ...]:
    found: dict[str, Person] = {}
    for person in administrators:
        found.setdefault(person.email.casefold(), person)
    for contact in contacts:
        if contact.email:
            found.setdefault(contact.email.casefold(), Person(name=contact.name, email=contact.email))
    return tuple(found.values())
