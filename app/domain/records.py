"""The synchronised types: what the server holds and every client mirrors.

Fields that hold one word of several (states, kinds) are typed ``str``: a newer server may send a word
that this version does not know, and it is kept and shown as it is. The words that are known are
the ``StrEnum`` classes of ``app.domain.vocabulary``, which are found here, too.
Times are aware and in UTC, dates are local days of the firm.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.vocabulary import (
    ACCESS_STATES as ACCESS_STATES,
)
from app.domain.vocabulary import (
    LIVE_COLLABORATION_STATES as LIVE_COLLABORATION_STATES,
)
from app.domain.vocabulary import (
    AccessReason as AccessReason,
)
from app.domain.vocabulary import (
    ActivationState as ActivationState,
)
from app.domain.vocabulary import (
    Branch as Branch,
)
from app.domain.vocabulary import (
    CollaborationSource as CollaborationSource,
)
from app.domain.vocabulary import (
    CollaborationState as CollaborationState,
)
from app.domain.vocabulary import (
    CustomerKind as CustomerKind,
)
from app.domain.vocabulary import (
    CustomerState as CustomerState,
)
from app.domain.vocabulary import (
    EngagementState as EngagementState,
)
from app.domain.vocabulary import (
    InvitationState as InvitationState,
)
from app.domain.vocabulary import (
    LinkDecisionKind as LinkDecisionKind,
)
from app.domain.vocabulary import (
    MailState as MailState,
)
from app.domain.vocabulary import (
    ParticipationRole as ParticipationRole,
)
from app.domain.vocabulary import (
    Payer as Payer,
)
from app.domain.vocabulary import (
    RegistrationAnswer as RegistrationAnswer,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmSettings:
    """The firm's own rules."""

    due_diligence_blocks: bool = False
    invitation_days: int = 30
    reminders_per_day: int = 1
    months_of_history: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """The accounting firm: the tenant.

    ``mail_stopped`` is why no e-mail leaves the server, and since when; empty as a rule.
    """

    id: str
    name: str
    organisation_number: str
    offices: tuple[str, ...] = ()
    settings: FirmSettings = field(default_factory=FirmSettings)
    mail_stopped: str = ""
    mail_stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A staff member. ``sees`` is all, office or own; ``state`` is active, leaving or left."""

    id: str
    name: str
    email: str
    office: str = ""
    full_permission: bool = False
    vendor_administrator: bool = False
    sees: str = "all"
    state: str = "active"
    left_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address; ``country`` is an ISO 3166 two-letter code."""

    street: str = ""
    postal_code: str = ""
    town: str = ""
    country: str = "SE"

    @property
    def is_complete(self) -> bool:
        """Tell whether a letter would arrive: street, postal code and town are there."""
        return bool(self.street.strip() and self.postal_code.strip() and self.town.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDiligence:
    """Customer due diligence (kundkännedom): not_begun, ongoing or done. Never a risk class."""

    state: str = "not_begun"
    done_on: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementLetter:
    """The engagement letter (uppdragsavtal): missing, sent or done."""

    state: str = "missing"
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """The firm's customer. ``organisation_number`` is 12 canonical digits or empty.

    Unique: (organisation_number, kind, serial) where there is a number. ``customer_number`` is text:
    007 is not 7. ``fiscal_year_end`` is MM-DD.
    """

    id: str
    customer_number: str
    name: str
    kind: str = CustomerKind.LEGAL_PERSON
    legal_form: str = ""
    organisation_number: str = ""
    serial: int = 0
    vendor_customer_number: str = ""
    office: str = ""
    parent_id: str | None = None
    fiscal_year_end: str = "12-31"
    address: Address = field(default_factory=Address)
    account_manager_id: str | None = None
    state: str = CustomerState.ACTIVE
    due_diligence: DueDiligence = field(default_factory=DueDiligence)
    engagement_letter: EngagementLetter = field(default_factory=EngagementLetter)
    predecessor_id: str | None = None
    protected: bool = False
    protected_staff_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person at the customer. ``phone`` is E.164 or empty."""

    id: str
    customer_id: str
    name: str
    email: str = ""
    phone: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """An assignment for a customer; ``fiscal_year`` is the year it ends in, where it has one."""

    id: str
    customer_id: str
    type: str
    title: str
    fiscal_year: int | None = None
    state: str = EngagementState.ONGOING


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """A staff member on an engagement from a day to a day (both included, ``None`` is open)."""

    id: str
    engagement_id: str
    customer_id: str
    staff_id: str
    role: str = ParticipationRole.PARTICIPANT
    from_on: date | None = None
    to_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the staff member is on the engagement that day."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredService:
    """A service that the registered company already has at the vendor."""

    code: str
    variant: str = ""
    payer: str = Payer.CUSTOMER
    subscription_owner: str = Payer.CUSTOMER


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A name and an e-mail address, such as an administrator at the vendor.

    ``firm_name`` is the accounting firm where the person works, empty for the company's own people.
    """

    name: str
    email: str
    firm_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFirm:
    """Another accounting firm that collaborates with the company in a service."""

    service: str
    firm_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicencesLeft:
    """How many licences of a service (and kind of licence, such as ``period``) the firm has left."""

    service: str
    left: int
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """The vendor's last answer about a customer. Written by the server only; id follows the customer.

    ``lon_direkt``, ``bank_link``: whether the customer uses Lön Direkt and has a bank link in eEkonomi;
    ``open_reports``: expense reports that are not submitted. None is «not known». ``problem`` is the code of
    what the vendor last refused about the company itself (a new main contact).
    """

    id: str
    customer_id: str
    answer: str = RegistrationAnswer.UNKNOWN
    vendor_customer_numbers: tuple[str, ...] = ()
    services: tuple[RegisteredService, ...] = ()
    administrators: tuple[Person, ...] = ()
    main_contact: Person | None = None
    other_firms: tuple[OtherFirm, ...] = ()
    legal_form: str = ""
    company_state: str = "active"
    checked_at: datetime | None = None
    lon_direkt: bool | None = None
    bank_link: bool | None = None
    open_reports: int | None = None
    licences_left: tuple[LicencesLeft, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivationItem:
    """One service of an activation. ``collaboration_id`` is made by the client with the command."""

    collaboration_id: str
    service: str
    engagement_id: str
    variant: str = ""
    payer: str = ""
    period_months: int | None = None
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivationContact:
    """The contact person that is registered with the vendor when the company is not."""

    name: str
    email: str
    phone: str = ""
    address: Address = field(default_factory=Address)
    contact_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """That the customer was informed (and agreed): which text, who says so, when."""

    text_version: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """The answer that the person was shown when deciding; a changed answer stops the item."""

    answer: str = RegistrationAnswer.UNKNOWN
    services: tuple[RegisteredService, ...] = ()
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """One to eight services started for one customer; it makes one e-mail.

    ``vendor_customer_number`` is the one chosen where the company has several. ``due_diligence_reason`` says
    why it is done all the same where due diligence is not; the audit keeps it.
    """

    id: str
    customer_id: str
    branch: str
    items: tuple[ActivationItem, ...]
    contact: ActivationContact | None = None
    expects: Expectation = field(default_factory=Expectation)
    consent: Consent | None = None
    state: str = ActivationState.RECEIVED
    stopped_because: str = ""
    refused_because: str = ""
    made_by: str = ""
    made_at: datetime | None = None
    invitation_id: str | None = None
    login_mail_state: str = ""
    logged_in_at: datetime | None = None
    language: str = "sv"
    vendor_customer_number: str = ""
    due_diligence_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One person an invitation's e-mail goes to. ``role`` is approver or informed."""

    name: str
    email: str
    role: str = "approver"
    mail_state: str = MailState.QUEUED


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """That somebody reminded the customer."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAnswer:
    """The customer's answer for one service: approved or declined."""

    service: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What waits for the customer's answer; ``words`` are the customer's own at a decline.

    ``withdrawn_because`` is the code of why it was withdrawn where no person did it.
    """

    id: str
    activation_id: str
    customer_id: str
    services: tuple[str, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    state: str = InvitationState.QUEUED
    sent_at: datetime | None = None
    sent_by: str = ""
    expires_on: date | None = None
    reminders: tuple[Reminder, ...] = ()
    answers: tuple[ServiceAnswer, ...] = ()
    answered_at: datetime | None = None
    answered_by: str = ""
    words: str = ""
    locked: bool = False
    withdrawn_at: datetime | None = None
    withdrawn_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The registered company as the vendor names it; ``number`` is as the vendor wrote it (digits)."""

    number: str = ""
    serial: int = 0
    name: str = ""
    vendor_customer_number: str = ""
    email: str = ""
    phone: str = ""
    postal_code: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration:
    """One firm × one registered company × one service.

    ``engagement_id`` None is unlinked; a customer without an engagement is *uppdrag saknas*.
    ``service`` None: the source's product name could not be mapped. ``options`` are the form's other answers
    (licence, pricing). ``problem`` is the code of what the vendor last refused (a change or an end), until it
    is tried again. ``ended_by`` is a staff member's id, ``customer`` or ``vendor``; ``handed_over_on`` the
    day the records were handed over to the customer. An end that was asked for (``end_asked_at``) waits for
    the vendor until ``end_confirmed_at``.
    """

    id: str
    company: Company
    source: str = CollaborationSource.SAMVERKA
    source_product: str = ""
    service: str | None = None
    customer_id: str | None = None
    engagement_id: str | None = None
    unlinked_because: str = ""
    variant: str = ""
    payer: str = ""
    period_months: int | None = None
    period_from: date | None = None
    options: dict[str, str] = field(default_factory=dict)
    state: str = CollaborationState.ACTIVE
    started_on: date | None = None
    ends_on: date | None = None
    ended_by: str = ""
    end_choice: str = ""
    activation_id: str | None = None
    invitation_id: str | None = None
    end_checklist: tuple[str, ...] = ()
    end_asked_by: str = ""
    end_asked_at: datetime | None = None
    end_confirmed_at: datetime | None = None
    handed_over_on: date | None = None
    problem: str = ""

    @property
    def is_unlinked(self) -> bool:
        """Tell whether the firm has yet to say which engagement it belongs to."""
        return self.engagement_id is None and self.state in LIVE_COLLABORATION_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """That a staff member or a contact can open the customer's service; derived by the server."""

    id: str
    collaboration_id: str
    customer_id: str | None = None
    staff_id: str | None = None
    contact_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    because: str = AccessReason.PARTICIPATION


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCandidate:
    """A candidate as it was when the decision was made."""

    customer_id: str
    score: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDecision:
    """A person's decision about the collaborations of one company, with what was seen."""

    id: str
    company_key: str
    collaboration_ids: tuple[str, ...]
    decision: str
    customer_id: str | None = None
    reason: str = ""
    candidates: tuple[SeenCandidate, ...] = ()
    by: str = ""
    at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an event is about."""

    type: str
    id: str
    customer_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, for the readable history. ``by_kind``: staff, customer, vendor, server."""

    id: str
    about: About
    what: str
    by: str = ""
    by_kind: str = "staff"
    at: datetime | None = None
    before: str = ""
    after: str = ""
    correlation_id: str = ""


Record = (
    Firm
    | Staff
    | Customer
    | Contact
    | Engagement
    | Participation
    | Registration
    | Activation
    | Invitation
    | Collaboration
    | Access
    | LinkDecision
    | Event
)

RECORD_TYPES: dict[str, type[Record]] = {
    "firm": Firm,
    "staff": Staff,
    "customer": Customer,
    "contact": Contact,
    "engagement": Engagement,
    "participation": Participation,
    "registration": Registration,
    "activation": Activation,
    "invitation": Invitation,
    "collaboration": Collaboration,
    "access": Access,
    "link_decision": LinkDecision,
    "event": Event,
}
"""Type name on the wire and in the databases → class."""

TYPE_NAMES: dict[type[Record], str] = {cls: name for name, cls in RECORD_TYPES.items()}


def type_of(record: Record) -> str:
    """Return the record's type name, such as ``customer``."""
    return TYPE_NAMES[type(record)]


@dataclass(frozen=True, slots=True)
class Keys:
    """What a store indexes of a record: its customer, its parent, and a value to find it by.

    ``from_on`` and ``to_on`` are the days on which it begins and ends to count by itself, without anybody
    doing anything; None where no day changes anything.
    """

    customer_id: str | None = None
    parent_id: str | None = None
    lookup: str | None = None
    from_on: date | None = None
    to_on: date | None = None


def number_lookup(number: str, kind: str, serial: int) -> str | None:
    """Return the unique key of a customer's number, or None where there is no number."""
    return f"{number}|{kind}|{serial}" if number else None


def keys_of(record: Record) -> Keys:
    """Return what to index for this record, the same on the server and the client."""
    match record:
        case Customer():
            key = number_lookup(record.organisation_number, record.kind, record.serial)
            return Keys(record.id, record.parent_id, key)
        case Contact():
            return Keys(record.customer_id, record.customer_id, record.email.casefold() or None)
        case Engagement():
            return Keys(record.customer_id, record.customer_id, record.type)
        case Participation():
            return Keys(
                record.customer_id, record.engagement_id, record.staff_id, record.from_on, record.to_on
            )
        case Registration() | Activation():
            return Keys(record.customer_id, record.customer_id)
        case Invitation():
            is_open = record.state in (InvitationState.QUEUED, InvitationState.SENT)
            return Keys(
                record.customer_id, record.activation_id, to_on=record.expires_on if is_open else None
            )
        case Collaboration():
            key = company_key(record.company)
            is_ending = record.state == CollaborationState.ENDING and record.end_confirmed_at is not None
            ends_on = record.ends_on if is_ending else None
            return Keys(record.customer_id, record.engagement_id, key, to_on=ends_on)
        case Access():
            return Keys(record.customer_id, record.collaboration_id, record.staff_id or record.contact_id)
        case LinkDecision():
            return Keys(record.customer_id, None, record.company_key)
        case Event():
            return Keys(record.about.customer_id, record.about.id)
        case Staff():
            left_on = record.left_on if record.state == "leaving" else None
            return Keys(None, None, record.email.casefold(), to_on=left_on)
        case _:
            return Keys()


def company_key(company: Company) -> str:
    """Return what tells one registered company from another at the vendor.

    The number where there is one (with its serial), else the vendor's customer number, else the name.
    """
    if company.number:
        return f"no:{company.number}|{company.serial}"
    if company.vendor_customer_number:
        return f"vc:{company.vendor_customer_number}"
    return f"na:{company.name.casefold()}"
