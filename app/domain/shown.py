"""What the lists show of a customer, a collaboration and an invitation: one flat row each, computed here.

Pure: the client's store hands in the records as the person sees them (mirror with live commands over it)
and writes what comes back to its ``shown_*`` tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from app.domain.identity import mask_number
from app.domain.records import (
    LIVE_COLLABORATION_STATES,
    Activation,
    ActivationState,
    Collaboration,
    CollaborationState,
    Contact,
    Customer,
    Engagement,
    Invitation,
    InvitationState,
    MailState,
    Participation,
    Registration,
    RegistrationAnswer,
    Staff,
)
from app.domain.swedish_order import fold_for_search, sort_key

MARKS = ("queued", "sending", "acknowledged")
"""How far an unsent change has come, the least first: *I utkorgen*, *Skickas*, *Genomfört*."""

WAITING_STATES = frozenset({CollaborationState.PENDING})
_CHIP_STATES = LIVE_COLLABORATION_STATES | {CollaborationState.REFUSED}
_STOPPED = frozenset({ActivationState.STOPPED, ActivationState.REFUSED})
_ON_THEIR_WAY = frozenset({InvitationState.QUEUED, InvitationState.SENT})
PROBLEM_MAILS = (MailState.BOUNCED, MailState.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One service on a customer's row. ``mark`` is one of MARKS or empty; ``missing_engagement`` is grey."""

    service: str
    state: str
    mark: str = ""
    missing_engagement: bool = False
    ends_on: str = ""


@dataclass(slots=True, kw_only=True)
class CustomerRecords:
    """What hangs on a customer, each list in the order of ids; one is filled for every customer there is.

    ``marks`` is (type, id) → mark of a live command; ``refused`` counts outcomes that wait for a person.
    """

    contacts: list[Contact] = field(default_factory=list)
    engagements: list[Engagement] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    registrations: list[Registration] = field(default_factory=list)
    activations: list[Activation] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    collaborations: list[Collaboration] = field(default_factory=list)
    changed_at: str = ""
    refused: int = 0
    marks: dict[tuple[str, str], str] = field(default_factory=dict)


class ShownCustomer(NamedTuple):
    """A row of the customer list. Sort keys compare by code point; ``search`` is folded.

    A tuple, as the other rows here: a first synchronisation makes hundreds of thousands and stores them as
    they are.
    """

    id: str
    name: str
    name_key: str
    number: str
    number_key: str
    identity: str
    kind: str
    state: str
    office: str
    town: str
    group_id: str | None
    year_end: str
    manager_id: str | None
    manager: str
    manager_key: str
    registered: str
    checked_at: str | None
    collaborations: int
    waiting: int
    unlinked: int
    attention: int
    mark: str
    changed_at: str | None
    search: str


class ShownCollaboration(NamedTuple):
    """A row of the collaboration lists. ``problem`` is the code of what the vendor last refused, or empty."""

    id: str
    name: str
    name_key: str
    identity: str
    customer_id: str | None
    engagement_id: str | None
    engagement: str
    service: str | None
    source: str
    source_product: str
    state: str
    unlinked: bool
    variant: str
    payer: str
    period_months: int | None
    period_from: str | None
    started_on: str | None
    ends_on: str | None
    ended_by: str
    problem: str
    mark: str
    search: str


class ShownInvitation(NamedTuple):
    """A row of the sent invitations. ``problem`` is empty, bounced, refused or locked."""

    id: str
    customer_id: str
    activation_id: str
    name: str
    name_key: str
    state: str
    sent_at: str | None
    sent_by: str
    expires_on: str | None
    reminded_at: str | None
    reminded_by: str
    answered_at: str | None
    problem: str
    mark: str


def weakest(marks: Iterable[str]) -> str:
    """Return the mark of the change that has come least far, or nothing."""
    return min((mark for mark in marks if mark), key=MARKS.index, default="")


def show_customer(customer: Customer, records: CustomerRecords, staff: Mapping[str, Staff]) -> ShownCustomer:
    """Return the customer's row of the list."""
    manager = staff.get(customer.account_manager_id) if customer.account_manager_id else None
    manager_name = manager.name if manager else ""
    registration = records.registrations[0] if records.registrations else None
    live = [row for row in records.collaborations if row.state in LIVE_COLLABORATION_STATES]
    return ShownCustomer(
        id=customer.id,
        name=customer.name,
        name_key=sort_key(customer.name),
        number=customer.customer_number,
        number_key=sort_key(customer.customer_number),
        identity=mask_number(customer.organisation_number),
        kind=customer.kind,
        state=customer.state,
        office=customer.office,
        town=customer.address.town,
        group_id=customer.parent_id,
        year_end=customer.fiscal_year_end,
        manager_id=customer.account_manager_id,
        manager=manager_name,
        manager_key=sort_key(manager_name),
        registered=str(registration.answer if registration else RegistrationAnswer.UNKNOWN),
        checked_at=_instant(registration.checked_at) if registration else None,
        collaborations=len(live),
        waiting=len([row for row in live if row.state in WAITING_STATES]),
        unlinked=len([row for row in live if row.engagement_id is None]),
        attention=_attention(records),
        mark=weakest(records.marks.values()) if records.marks else "",
        changed_at=records.changed_at or None,
        search=_search_text(customer, records.contacts),
    )


def show_collaboration(
    collaboration: Collaboration, customer: Customer | None, engagement: Engagement | None, mark: str
) -> ShownCollaboration:
    """Return the collaboration's row; customer and engagement may be missing or not have come yet."""
    company = collaboration.company
    name = customer.name if customer else company.name
    number = customer.organisation_number if customer else _canonical(company.number)
    words = [name, company.name, company.number, company.vendor_customer_number, company.email, company.town]
    if customer:
        words += [customer.customer_number, *_number_words(customer.organisation_number)]
    return ShownCollaboration(
        id=collaboration.id,
        name=name,
        name_key=sort_key(name),
        identity=mask_number(number),
        customer_id=collaboration.customer_id,
        engagement_id=collaboration.engagement_id,
        engagement=engagement.title if engagement else "",
        service=collaboration.service,
        source=collaboration.source,
        source_product=collaboration.source_product,
        state=collaboration.state,
        unlinked=collaboration.is_unlinked,
        variant=collaboration.variant,
        payer=collaboration.payer,
        period_months=collaboration.period_months,
        period_from=collaboration.period_from.isoformat() if collaboration.period_from else None,
        started_on=collaboration.started_on.isoformat() if collaboration.started_on else None,
        ends_on=collaboration.ends_on.isoformat() if collaboration.ends_on else None,
        ended_by=collaboration.ended_by,
        problem=collaboration.problem,
        mark=mark,
        search=_fold(words),
    )


def show_invitation(invitation: Invitation, customer: Customer | None, mark: str) -> ShownInvitation:
    """Return the invitation's row."""
    name = customer.name if customer else ""
    last = max(invitation.reminders, key=lambda reminder: reminder.at, default=None)
    return ShownInvitation(
        id=invitation.id,
        customer_id=invitation.customer_id,
        activation_id=invitation.activation_id,
        name=name,
        name_key=sort_key(name),
        state=invitation.state,
        sent_at=_instant(invitation.sent_at),
        sent_by=invitation.sent_by,
        expires_on=invitation.expires_on.isoformat() if invitation.expires_on else None,
        reminded_at=_instant(last.at) if last else None,
        reminded_by=last.by if last else "",
        answered_at=_instant(invitation.answered_at),
        problem=problem_of(invitation),
        mark=mark,
    )


def problem_of(invitation: Invitation) -> str:
    """Return what a person has to do something about: bounced, refused or locked, or nothing."""
    if invitation.state not in _ON_THEIR_WAY:
        return ""
    if invitation.locked:
        return "locked"
    states = {recipient.mail_state for recipient in invitation.recipients if recipient.role == "approver"}
    return next((str(state) for state in PROBLEM_MAILS if state in states), "")


def _attention(records: CustomerRecords) -> int:
    if not (records.activations or records.invitations):
        return records.refused
    stopped = sum(row.state in _STOPPED for row in records.activations)
    mails = sum(bool(problem_of(row)) for row in records.invitations)
    return stopped + mails + records.refused


def list_chips(records: CustomerRecords) -> list[Chip]:
    """Return the chips of a customer's row: one per service, in the order of their codes."""
    by_service: dict[str, Collaboration] = {}
    for row in records.collaborations:
        if row.state not in _CHIP_STATES:
            continue
        present = by_service.get(row.service or "")
        if present is None or _weight(row) > _weight(present):
            by_service[row.service or ""] = row
    return [
        _chip(
            service,
            row.state,
            records.marks.get(("collaboration", row.id), ""),
            row.ends_on.isoformat() if row.ends_on else "",
            missing_engagement=row.engagement_id is None and row.state in LIVE_COLLABORATION_STATES,
        )
        for service, row in sorted(by_service.items())
    ]


# A few dozen different ones stand on a hundred thousand rows.
@lru_cache(maxsize=512)
def _chip(service: str, state: str, mark: str, ends_on: str, *, missing_engagement: bool) -> Chip:
    return Chip(
        service=service, state=state, mark=mark, missing_engagement=missing_engagement, ends_on=ends_on
    )


def list_services(records: CustomerRecords) -> list[tuple[str, str]]:
    """Return service and state of each of a customer's collaborations, once."""
    return sorted({(row.service or "", row.state) for row in records.collaborations})


def list_staff(customer: Customer, records: CustomerRecords) -> list[tuple[str, str]]:
    """Return staff and role of who is on a customer's ongoing engagements, and of its manager."""
    found: set[tuple[str, str]] = set()
    if records.participations:
        ongoing = {row.id for row in records.engagements if row.state == "ongoing"}
        found = {(row.staff_id, row.role) for row in records.participations if row.engagement_id in ongoing}
    if customer.account_manager_id:
        found.add((customer.account_manager_id, "manager"))
    return sorted(found)


def _weight(row: Collaboration) -> int:
    return 2 if row.state in LIVE_COLLABORATION_STATES else 1


def _search_text(customer: Customer, contacts: Sequence[Contact]) -> str:
    words = [customer.name, customer.customer_number, *_number_words(customer.organisation_number)]
    words += [customer.vendor_customer_number, customer.address.town]
    for contact in contacts:
        words += [contact.name, contact.email]
    return _fold(words)


def _number_words(canonical: str) -> list[str]:
    """Return a number as people type it: all digits, and with the hyphen before the last four."""
    if not canonical:
        return []
    return [canonical, f"{canonical[-10:-4]}-{canonical[-4:]}"] if len(canonical) == 12 else [canonical]


def _fold(words: Sequence[str]) -> str:
    return fold_for_search(" ".join(words))


def _canonical(number: str) -> str:
    """Return the vendor's writing of a number as 12 digits. A wrong century is never seen: it is masked."""
    digits = "".join(char for char in number if char.isdigit())
    if len(digits) != 10:
        return digits
    return f"16{digits}" if digits[2] >= "2" else f"19{digits}"


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
