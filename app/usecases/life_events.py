"""Guides through what happens to a customer: which is under way, what is left of it, and its commands."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from app.domain import commands as c
from app.domain.changes import changes_between
from app.domain.ids import PREFIXES, new_id
from app.domain.life_steps import (
    Guide,
    LifeEvent,
    LifeFacts,
    LifeStep,
    StepCode,
    begin,
    can_happen,
    list_steps,
    list_unanswered,
)
from app.domain.records import (
    Collaboration,
    Contact,
    Customer,
    CustomerKind,
    DueDiligence,
    Engagement,
    EngagementLetter,
    EngagementState,
    Invitation,
    Participation,
    Registration,
)
from app.errors import SamverkaError
from app.storage.database import Unit
from app.storage.keyvalues import GUIDES, get_setting, put_setting
from app.storage.local_reader import LocalReader
from app.usecases.workspace import Decision, Enqueued, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeView:
    """A customer with its guide. ``guide`` is None where none is under way; ``possible`` can be begun."""

    customer: Customer
    guide: Guide | None
    steps: tuple[LifeStep, ...]
    possible: tuple[LifeEvent, ...]
    successor: Customer | None
    engagement_ids: tuple[str, ...]
    unanswered: tuple[Invitation, ...] = ()

    @property
    def done(self) -> int:
        """Return how many steps are done."""
        return sum(step.done for step in self.steps)


class LifeEvents:
    """Queries and commands of the guides. A guide is kept on this computer; what it leads to is not."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def open(self, customer_id: str) -> LifeView:
        """Return the customer's guide with what is left. Raises SamverkaError ``gone``."""
        with self._workspace.read() as unit:
            facts = _facts(LocalReader(unit), customer_id)
            guide = _kept(unit, customer_id)
        ongoing = [one.id for one in facts.engagements if one.state == EngagementState.ONGOING]
        return LifeView(
            customer=facts.customer,
            guide=guide,
            steps=list_steps(guide, facts) if guide is not None else (),
            possible=tuple(event for event in LifeEvent if can_happen(event, facts.customer)),
            successor=facts.successor,
            engagement_ids=tuple(ongoing),
            unanswered=list_unanswered(facts),
        )

    def begin(self, customer_id: str, event: LifeEvent) -> None:
        """Begin a guide; one that is under way is replaced. Raises SamverkaError ``gone``."""
        with self._workspace.read() as unit:
            facts = _facts(LocalReader(unit), customer_id)
        self._keep(customer_id, begin(event, facts, self._workspace.clock.today()))

    def note(self, customer_id: str, code: StepCode, *, done: bool) -> None:
        """Note that something is done which no record shows, or that it is not."""
        with self._workspace.read() as unit:
            guide = _kept(unit, customer_id)
        if guide is not None:
            noted = [one for one in guide.noted if one != code] + ([code] if done else [])
            self._keep(customer_id, dataclasses.replace(guide, noted=tuple(noted)))

    def stop(self, customer_id: str) -> None:
        """Forget the guide. What was done stays done."""
        self._keep(customer_id, None)

    def withdraw(self, invitation_ids: Sequence[str]) -> None:
        """Withdraw the customer's unanswered invitations, all of them or none.

        Raises RejectedError (``answered`` where one was answered meanwhile, or the missing right).
        """
        self._workspace.enqueue([c.WithdrawInvitation(invitation_id=id_) for id_ in invitation_ids])

    def make_estate(self, customer_id: str, name: str) -> None:
        """The person has died: the customer becomes an estate.

        Raises RejectedError ``legal_form`` while a service that is bound to the legal form runs.
        """
        with self._workspace.read() as unit:
            customer = _customer(LocalReader(unit), customer_id)
        changed = dataclasses.replace(
            customer, kind=CustomerKind.ESTATE, name=name, due_diligence=DueDiligence(state="ongoing")
        )
        changes = changes_between(customer, changed)
        self._workspace.enqueue([c.UpdateCustomer(customer_id=customer_id, set=changes)])

    def create_successor(self, customer_id: str, *, name: str, number: str, legal_form: str = "AB") -> str:
        """Create the company that comes after the customer, with its contacts. Returns its id.

        ``number`` is 12 canonical digits. Raises RejectedError ``duplicate_number``, ``invalid``.
        """
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            customer = _customer(reader, customer_id)
            contacts = cast("list[Contact]", reader.list_of_customer("contact", customer_id))
        successor = dataclasses.replace(
            customer,
            id=new_id(PREFIXES["customer"]),
            customer_number="",
            name=name,
            kind=CustomerKind.LEGAL_PERSON,
            legal_form=legal_form,
            organisation_number=number,
            serial=0,
            vendor_customer_number="",
            due_diligence=DueDiligence(),
            engagement_letter=EngagementLetter(),
            predecessor_id=customer_id,
        )
        people = tuple(
            dataclasses.replace(one, id=new_id(PREFIXES["contact"]), customer_id=successor.id)
            for one in contacts
        )
        self._workspace.enqueue([c.CreateCustomer(customer=successor, contacts=people)])
        return successor.id

    def copy_engagements(self, customer_id: str, successor_id: str) -> list[Enqueued]:
        """Create the customer's ongoing engagements at its successor, with the same people from today."""
        today = self._workspace.clock.today()
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            engagements = cast("list[Engagement]", reader.list_of_customer("engagement", customer_id))
            people = cast("list[Participation]", reader.list_of_customer("participation", customer_id))
        decisions: list[c.Payload | Decision] = []
        for old in engagements:
            if old.state != EngagementState.ONGOING:
                continue
            new = dataclasses.replace(old, id=new_id(PREFIXES["engagement"]), customer_id=successor_id)
            staff = tuple(
                dataclasses.replace(
                    one,
                    id=new_id(PREFIXES["participation"]),
                    engagement_id=new.id,
                    customer_id=successor_id,
                    from_on=today,
                )
                for one in people
                if one.engagement_id == old.id and one.holds_on(today)
            )
            decisions.append(c.CreateEngagement(engagement=new, participations=staff))
        return self._workspace.enqueue_each(decisions)

    def _keep(self, customer_id: str, guide: Guide | None) -> None:
        with self._workspace.database.write() as unit:
            kept = dict(get_setting(unit, GUIDES, {}))
            if guide is None:
                kept.pop(customer_id, None)
            else:
                kept[customer_id] = {
                    **dataclasses.asdict(guide),
                    "begun_on": guide.begun_on.isoformat(),
                    "services": list(guide.services),
                    "noted": list(guide.noted),
                }
            put_setting(unit, GUIDES, kept)


def _kept(unit: Unit, customer_id: str) -> Guide | None:
    """Return the guide that is under way; one of another version of the program is none."""
    kept: Any = get_setting(unit, GUIDES, {}).get(customer_id)
    if kept is None:
        return None
    try:
        return Guide(
            event=LifeEvent(kept["event"]),
            begun_on=date.fromisoformat(kept["begun_on"]),
            contact_email=str(kept["contact_email"]),
            vendor_email=str(kept["vendor_email"]),
            services=tuple(str(code) for code in kept["services"]),
            noted=tuple(StepCode(code) for code in kept["noted"]),
        )
    except (KeyError, ValueError):
        return None


def _customer(reader: LocalReader, customer_id: str) -> Customer:
    found = reader.find("customer", customer_id)
    if not isinstance(found, Customer):
        raise SamverkaError("gone", type="customer")
    return found


def _facts(reader: LocalReader, customer_id: str) -> LifeFacts:
    customer = _customer(reader, customer_id)

    def of(type_name: str, whose: str) -> Sequence[Any]:
        return reader.list_of_customer(type_name, whose)

    registrations = cast("list[Registration]", of("registration", customer_id))
    successor = reader.find_successor(customer_id)
    next_id = successor.id if successor is not None else ""
    return LifeFacts(
        customer=customer,
        contacts=cast("list[Contact]", of("contact", customer_id)),
        engagements=cast("list[Engagement]", of("engagement", customer_id)),
        collaborations=cast("list[Collaboration]", of("collaboration", customer_id)),
        invitations=cast("list[Invitation]", of("invitation", customer_id)),
        registration=registrations[0] if registrations else None,
        successor=successor,
        successor_engagements=cast("list[Engagement]", of("engagement", next_id)) if next_id else (),
        successor_collaborations=cast("list[Collaboration]", of("collaboration", next_id)) if next_id else (),
    )
