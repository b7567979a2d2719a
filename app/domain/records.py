"""The synchronised types: what the server holds and every client mirrors.

Fields that hold one word of several (states, kinds) are typed ``str``: a newer server may send a word
that this version does not know, and it is kept and shown as it is. The words that are known are
the ``StrEnum`` classes of ``app.domain.vocabulary``. They are found here, too, and so are the records, which
have modules by what they are about.
Times are aware and in UTC, dates are local days of the firm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.domain.activation_records import (
    Activation,
    ActivationContact,
    ActivationItem,
    Consent,
    Expectation,
    Invitation,
    LicencesLeft,
    OtherFirm,
    Person,
    Recipient,
    RegisteredService,
    Registration,
    Reminder,
    ServiceAnswer,
)
from app.domain.collaboration_records import (
    About,
    Access,
    Collaboration,
    Company,
    Event,
    LinkDecision,
    SeenCandidate,
)
from app.domain.customer_records import (
    Address,
    Contact,
    Customer,
    DueDiligence,
    Engagement,
    EngagementLetter,
    Participation,
)
from app.domain.firm_records import (
    Firm,
    FirmSettings,
    Staff,
)
from app.domain.vocabulary import (
    ACCESS_STATES,
    LIVE_COLLABORATION_STATES,
    AccessReason,
    ActivationState,
    Branch,
    CollaborationSource,
    CollaborationState,
    CustomerKind,
    CustomerState,
    EngagementState,
    InvitationState,
    LinkDecisionKind,
    MailState,
    ParticipationRole,
    Payer,
    RegistrationAnswer,
)

__all__ = [
    "ACCESS_STATES",
    "LIVE_COLLABORATION_STATES",
    "RECORD_TYPES",
    "TYPE_NAMES",
    "About",
    "Access",
    "AccessReason",
    "Activation",
    "ActivationContact",
    "ActivationItem",
    "ActivationState",
    "Address",
    "Branch",
    "Collaboration",
    "CollaborationSource",
    "CollaborationState",
    "Company",
    "Consent",
    "Contact",
    "Customer",
    "CustomerKind",
    "CustomerState",
    "DueDiligence",
    "Engagement",
    "EngagementLetter",
    "EngagementState",
    "Event",
    "Expectation",
    "Firm",
    "FirmSettings",
    "Invitation",
    "InvitationState",
    "Keys",
    "LicencesLeft",
    "LinkDecision",
    "LinkDecisionKind",
    "MailState",
    "OtherFirm",
    "Participation",
    "ParticipationRole",
    "Payer",
    "Person",
    "Recipient",
    "Record",
    "RegisteredService",
    "Registration",
    "RegistrationAnswer",
    "Reminder",
    "SeenCandidate",
    "ServiceAnswer",
    "Staff",
    "company_key",
    "keys_of",
    "number_lookup",
    "type_of",
]

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


class CompanyKeyed(Protocol):
    """What tells a registered company from others; a company is one, and so is what is read of it alone."""

    @property
    def number(self) -> str:
        """Return its number as the vendor writes it, or nothing."""
        ...

    @property
    def serial(self) -> int:
        """Return which of several with the number it is."""
        ...

    @property
    def vendor_customer_number(self) -> str:
        """Return its customer number at the vendor, or nothing."""
        ...

    @property
    def name(self) -> str:
        """Return its name."""
        ...


def company_key(company: CompanyKeyed) -> str:
    """Return what tells one registered company from another at the vendor.

    The number where there is one (with its serial), else the vendor's customer number, else the name.
    """
    if company.number:
        return f"no:{company.number}|{company.serial}"
    if company.vendor_customer_number:
        return f"vc:{company.vendor_customer_number}"
    return f"na:{company.name.casefold()}"
