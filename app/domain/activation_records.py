"""What the vendor has answered, activations and their invitations, as they are synchronised."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.customer_records import Address
from app.domain.vocabulary import ActivationState, InvitationState, MailState, Payer, RegistrationAnswer


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
