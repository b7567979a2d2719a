"""One customer's page: everything about it, its history, and what may be done from there."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from app.domain import commands as c
from app.domain.changes import changes_between
from app.domain.ids import PREFIXES, new_id
from app.domain.records import (
    Access,
    Activation,
    Contact,
    Customer,
    Engagement,
    Event,
    Firm,
    Invitation,
    Participation,
    Registration,
    Staff,
)
from app.domain.shown import problem_of
from app.domain.swedish_order import sort_key
from app.errors import SamverkaError
from app.storage.local_reader import LocalReader
from app.storage.overlay import who_acts
from app.usecases.customer_details import CustomerDetails, CustomerDetailsQuery
from app.usecases.workspace import Workspace

Checker = Callable[[Sequence[str]], Sequence[Registration]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One thing that happened. ``what`` has its words in ui; ``by`` is a name where it is known."""

    at: datetime | None
    what: str
    by: str
    by_kind: str
    about_type: str
    about_id: str
    before: str
    after: str
    correlation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLine:
    """Who can open which of the customer's services, and why. ``until`` is None while it holds."""

    collaboration_id: str
    service: str
    name: str
    because: str
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationSummary:
    """An invitation of the customer; ``problem`` is empty, bounced, refused or locked."""

    id: str
    activation_id: str
    services: tuple[str, ...]
    state: str
    sent_at: datetime | None
    expires_on: date | None
    answered_at: datetime | None
    words: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerView:
    """What the page shows. ``record`` and ``contacts`` are what its forms start from."""

    details: CustomerDetails
    record: Customer
    contacts: tuple[Contact, ...]
    engagements: tuple[Engagement, ...]
    participations: tuple[Participation, ...]
    invitations: tuple[InvitationSummary, ...]
    access: tuple[AccessLine, ...]
    history: tuple[HistoryLine, ...]
    staff: tuple[tuple[str, str], ...]
    offices: tuple[str, ...]


class CustomerPage:
    """Queries and commands of the page. Commands raise RejectedError and ConflictError with their codes."""

    def __init__(self, workspace: Workspace, check_online: Checker) -> None:
        self._workspace = workspace
        self._details = CustomerDetailsQuery(workspace)
        self._check_online = check_online

    def open(self, customer_id: str) -> CustomerView:
        """Return everything about the customer. Raises SamverkaError ``gone``."""
        details = self._details.find(customer_id)
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            record = reader.find("customer", customer_id)
            if details is None or not isinstance(record, Customer):
                raise SamverkaError("gone", type="customer")
            firm = reader.find("firm", who_acts(unit)[1])
            staff = {row.id: row.name for row in reader.list_all(Staff)}
            contacts = cast("list[Contact]", reader.list_of_customer("contact", customer_id))
            engagements = cast("list[Engagement]", reader.list_of_customer("engagement", customer_id))
            participations = cast(
                "list[Participation]", reader.list_of_customer("participation", customer_id)
            )
            invitations = cast("list[Invitation]", reader.list_of_customer("invitation", customer_id))
            access = cast("list[Access]", reader.list_of_customer("access", customer_id))
            events = cast("list[Event]", reader.list_of_customer("event", customer_id))
        services = {row.id: row.service for row in details.collaborations}
        people = staff | {row.id: row.name for row in contacts}
        return CustomerView(
            details=details,
            record=record,
            contacts=tuple(sorted(contacts, key=lambda row: (not row.is_main, sort_key(row.name)))),
            engagements=tuple(
                sorted(
                    engagements, key=lambda row: (row.state != "ongoing", -(row.fiscal_year or 0), row.title)
                )
            ),
            participations=tuple(participations),
            invitations=tuple(_summary(row) for row in sorted(invitations, key=_sent, reverse=True)),
            access=tuple(_access_line(row, services, people) for row in access),
            history=tuple(_history_line(row, people) for row in sorted(events, key=_at, reverse=True)),
            offices=firm.offices if isinstance(firm, Firm) else (),
            staff=tuple(sorted(staff.items(), key=lambda item: sort_key(item[1]))),
        )

    def check_registration(self, customer_id: str) -> Registration | None:
        """Ask the vendor again; the answer also arrives by pull. Raises RemoteError, SignInError."""
        answers = self._check_online([customer_id])
        return answers[0] if answers else None

    def update(self, before: Customer, **fields: Any) -> str | None:
        """Change fields of the customer as it was shown. Returns the command's id, None for no change."""
        changes = changes_between(before, dataclasses.replace(before, **fields))
        if not changes:
            return None
        return self._decide(c.UpdateCustomer(customer_id=before.id, set=changes))

    def archive(self, customer_id: str) -> str:
        """Archive the customer (``has_collaborations``)."""
        return self._decide(c.ArchiveCustomer(customer_id=customer_id))

    def restore(self, customer_id: str) -> str:
        """Bring the customer back from the archive."""
        return self._decide(c.RestoreCustomer(customer_id=customer_id))

    def add_contact(
        self, customer_id: str, *, name: str, email: str = "", phone: str = "", is_main: bool = False
    ) -> str:
        """Add a contact; ``phone`` is E.164 or empty."""
        contact = Contact(
            id=new_id(PREFIXES["contact"]),
            customer_id=customer_id,
            name=name,
            email=email,
            phone=phone,
            is_main=is_main,
        )
        return self._decide(c.AddContact(contact=contact))

    def update_contact(self, before: Contact, **fields: Any) -> str | None:
        """Change fields of a contact as it was shown."""
        changes = changes_between(before, dataclasses.replace(before, **fields))
        if not changes:
            return None
        return self._decide(c.UpdateContact(contact_id=before.id, set=changes))

    def remove_contact(self, contact_id: str) -> str:
        """Remove a contact (``main_contact_needed``)."""
        return self._decide(c.RemoveContact(contact_id=contact_id))

    def create_engagement(
        self,
        customer_id: str,
        *,
        type_code: str,
        title: str,
        fiscal_year: int | None = None,
        owner_id: str | None = None,
    ) -> str:
        """Create an engagement, with its owner where one is chosen. Returns the engagement's id."""
        engagement = Engagement(
            id=new_id(PREFIXES["engagement"]),
            customer_id=customer_id,
            type=type_code,
            title=title,
            fiscal_year=fiscal_year,
        )
        owners: tuple[Participation, ...] = ()
        if owner_id:
            owner = Participation(
                id=new_id(PREFIXES["participation"]),
                engagement_id=engagement.id,
                customer_id=customer_id,
                staff_id=owner_id,
                role="owner",
                from_on=self._workspace.clock.today(),
            )
            owners = (owner,)
        self._decide(c.CreateEngagement(engagement=engagement, participations=owners))
        return engagement.id

    def close_engagement(self, engagement_id: str, *, leave_unlinked: bool = False) -> str:
        """Close an engagement (``has_collaborations`` unless they are left unlinked on purpose)."""
        return self._decide(c.CloseEngagement(engagement_id=engagement_id, leave_unlinked=leave_unlinked))

    def add_participant(self, engagement: Engagement, staff_id: str, *, until: date | None = None) -> str:
        """Put a colleague on an engagement, from today."""
        participation = Participation(
            id=new_id(PREFIXES["participation"]),
            engagement_id=engagement.id,
            customer_id=engagement.customer_id,
            staff_id=staff_id,
            from_on=self._workspace.clock.today(),
            to_on=until,
        )
        return self._decide(c.AddParticipation(participation=participation))

    def end_participation(self, participation_id: str, last_day: date) -> str:
        """Let a colleague leave an engagement after that day."""
        return self._decide(c.EndParticipation(participation_id=participation_id, to_on=last_day))

    def login_address(self, activation_id: str) -> str:
        """Return the address that the login instructions went to, or an empty text."""
        with self._workspace.read() as unit:
            activation = LocalReader(unit).find("activation", activation_id)
        contact = activation.contact if isinstance(activation, Activation) else None
        return contact.email if contact is not None else ""

    def resend_login(self, activation_id: str, email: str = "") -> str:
        """Send the login instructions again, to a corrected address where one is given."""
        return self._decide(c.ResendLoginInstructions(activation_id=activation_id, email=email))

    def _decide(self, payload: c.Payload) -> str:
        (command_id,) = self._workspace.enqueue([payload])
        return command_id


def _summary(row: Invitation) -> InvitationSummary:
    return InvitationSummary(
        id=row.id,
        activation_id=row.activation_id,
        services=row.services,
        state=row.state,
        sent_at=row.sent_at,
        expires_on=row.expires_on,
        answered_at=row.answered_at,
        words=row.words,
        problem=problem_of(row),
    )


def _access_line(row: Access, services: dict[str, str], people: dict[str, str]) -> AccessLine:
    return AccessLine(
        collaboration_id=row.collaboration_id,
        service=services.get(row.collaboration_id, ""),
        name=people.get(row.staff_id or row.contact_id or "", ""),
        because=row.because,
        since=row.since,
        until=row.until,
    )


def _history_line(row: Event, people: dict[str, str]) -> HistoryLine:
    return HistoryLine(
        at=row.at,
        what=row.what,
        by=people.get(row.by, row.by),
        by_kind=row.by_kind,
        about_type=row.about.type,
        about_id=row.about.id,
        before=row.before,
        after=row.after,
        correlation_id=row.correlation_id,
    )


def _sent(row: Invitation) -> tuple[str, str]:
    return (row.sent_at.isoformat() if row.sent_at else "9999", row.id)


def _at(row: Event) -> tuple[str, str]:
    return (row.at.isoformat() if row.at else "", row.id)
