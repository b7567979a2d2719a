"""What is known about a customer and the moment, read from the local cache with the outbox over it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar, cast

from app.domain.activation_draft import CustomerDraft
from app.domain.activation_facts import CustomerFacts, Situation
from app.domain.lifecycle import registration_id
from app.domain.records import (
    TYPE_NAMES,
    Collaboration,
    Company,
    Contact,
    Customer,
    Engagement,
    Firm,
    Invitation,
    Participation,
    Record,
    Registration,
    Staff,
    company_key,
)
from app.domain.swedish_order import sort_key
from app.errors import SamverkaError
from app.storage.database import Unit
from app.storage.local_reader import LocalReader
from app.storage.outbox import WAITING, list_entries
from app.storage.overlay import who_acts
from app.usecases.workspace import Workspace

R = TypeVar("R", bound=Record)


class Answers:
    """Answers that were given and have not arrived by pull: the mirror waits for those."""

    def __init__(self) -> None:
        self._given: dict[str, Registration] = {}

    def keep(self, registrations: Iterable[Registration]) -> None:
        """Remember what the server answered."""
        for registration in registrations:
            self._given[registration.customer_id] = registration

    def newer(self, customer_id: str, known: Registration | None) -> Registration | None:
        """Return the later of what is known and what was answered."""
        given = self._given.get(customer_id)
        if given is None or given.checked_at is None:
            return known
        if known is not None and known.checked_at is not None and known.checked_at >= given.checked_at:
            return known
        return given


def read_situation(unit: Unit, workspace: Workspace, *, online: bool) -> Situation:
    """Return the moment. Raises SamverkaError ``not_signed_in`` before the first sign-in."""
    reader = LocalReader(unit)
    staff_id, firm_id = who_acts(unit)
    me, firm = reader.find("staff", staff_id), reader.find("firm", firm_id)
    if not isinstance(me, Staff) or not isinstance(firm, Firm):
        raise SamverkaError("not_signed_in")
    staff = [person for person in reader.list_all(Staff) if person.state != "left"]
    return Situation(
        firm=firm,
        me=me,
        staff=tuple(sorted(staff, key=lambda person: sort_key(person.name))),
        online=online,
        now=workspace.clock.now(),
        today=workspace.clock.today(),
    )


def read_facts(reader: LocalReader, customer_id: str, answers: Answers) -> CustomerFacts:
    """Return what is known about the customer. Raises SamverkaError ``gone``."""
    customer = reader.find("customer", customer_id)
    if not isinstance(customer, Customer):
        raise SamverkaError("gone", type="customer")
    registration = reader.find("registration", registration_id(customer_id))
    known = registration if isinstance(registration, Registration) else None

    def all_of(cls: type[R]) -> tuple[R, ...]:
        name = TYPE_NAMES[cast("type[Record]", cls)]
        return cast("tuple[R, ...]", tuple(reader.list_of_customer(name, customer_id)))

    return CustomerFacts(
        customer=customer,
        contacts=tuple(sorted(all_of(Contact), key=lambda c: (not c.is_main, sort_key(c.name)))),
        engagements=all_of(Engagement),
        participations=all_of(Participation),
        registration=answers.newer(customer_id, known),
        collaborations=all_of(Collaboration),
        invitations=all_of(Invitation),
        unlinked=_unlinked(reader, customer),
    )


def _unlinked(reader: LocalReader, customer: Customer) -> tuple[Collaboration, ...]:
    if not customer.organisation_number:
        return ()
    company = Company(number=customer.organisation_number, serial=customer.serial)
    found = reader.list_by_lookup(TYPE_NAMES[Collaboration], company_key(company))
    return tuple(one for one in found if isinstance(one, Collaboration) and one.customer_id is None)


def needed_commands(unit: Unit, customer: CustomerDraft) -> tuple[str, ...]:
    """Return ids of unsent commands that create what this activation refers to."""
    about = {customer.customer_id, customer.contact.contact_id or ""}
    about |= {choice.engagement_id for choice in customer.choices}
    marks = ", ".join("?" * len(WAITING))
    entries = list_entries(
        unit,
        f"customer_id = ? AND state IN ({marks}) AND type IN ('customer.create', 'engagement.create',"
        " 'contact.add')",
        (customer.customer_id, *WAITING),
    )
    return tuple(entry.command.id for entry in entries if entry.command.entity in about)
