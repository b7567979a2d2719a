"""What a person may command, as frozen values.

A command is one intention. Its payload is one of the classes here; ``Command`` is the envelope that the
outbox stores and the protocol carries. Fields of a record change by ``{"field": {"from": …, "to": …}}``
with values as they are on the wire, so that the server can compare with what the person saw.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.domain.records import (
    Activation,
    Contact,
    Customer,
    Engagement,
    Participation,
    Recipient,
    RegisteredService,
    SeenCandidate,
)

FieldChanges = dict[str, dict[str, Any]]
"""Field name → {"from": the value the person saw, "to": the value wanted}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCustomer:
    """customer.create: a new customer, with the contacts that came in the same file or form."""

    customer: Customer
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateCustomer:
    """customer.update."""

    customer_id: str
    set: FieldChanges = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveCustomer:
    """customer.archive."""

    customer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreCustomer:
    """customer.restore: back from the archive."""

    customer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddContact:
    """contact.add."""

    contact: Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateContact:
    """contact.update."""

    contact_id: str
    set: FieldChanges = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveContact:
    """contact.remove."""

    contact_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateEngagement:
    """engagement.create, with its owner and participants in the same step."""

    engagement: Engagement
    participations: tuple[Participation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateEngagement:
    """engagement.update (title, type, fiscal year)."""

    engagement_id: str
    set: FieldChanges = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEngagement:
    """engagement.close; ``leave_unlinked`` is the explicit choice to leave its collaborations unlinked."""

    engagement_id: str
    leave_unlinked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddParticipation:
    """participation.add."""

    participation: Participation


@dataclass(frozen=True, slots=True, kw_only=True)
class EndParticipation:
    """participation.end: the last day the staff member is on the engagement."""

    participation_id: str
    to_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateActivation:
    """activation.create: 1–8 services for one customer."""

    activation: Activation


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceedActivation:
    """activation.proceed: go on with the new answer, which the person has now seen."""

    activation_id: str
    answer: str
    services: tuple[RegisteredService, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelActivation:
    """activation.cancel: nothing more is done for a stopped or waiting activation."""

    activation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindInvitation:
    """invitation.remind."""

    invitation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendInvitation:
    """invitation.resend: with corrected addresses and a new link; the old link stops working."""

    invitation_id: str
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawInvitation:
    """invitation.withdraw."""

    invitation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignService:
    """collaboration.assign_service: a person says which service an unmapped product is."""

    collaboration_id: str
    service: str
    seen_service: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCollaboration:
    """collaboration.link: to customer and engagement; ``service`` where it was proposed or chosen here.

    ``engagement_id`` None says only which customer it is (*uppdrag saknas*). ``decision_id`` names the
    link_decision row that is written with it.
    """

    collaboration_id: str
    customer_id: str
    engagement_id: str | None = None
    service: str | None = None
    decision_id: str | None = None
    candidates: tuple[SeenCandidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkCollaboration:
    """collaboration.unlink: the collaboration goes on at the vendor without a link here.

    ``keep_customer`` leaves the customer and removes only the engagement.
    """

    collaboration_id: str
    seen_engagement_id: str | None = None
    keep_customer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCollaboration:
    """collaboration.move: to another engagement of the same customer."""

    collaboration_id: str
    engagement_id: str
    seen_engagement_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLinkDecision:
    """link_decision.set: none of these, or later, with the reason."""

    decision_id: str
    company_key: str
    collaboration_ids: tuple[str, ...]
    decision: str
    reason: str = ""
    candidates: tuple[SeenCandidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeLinkDecision:
    """link_decision.revoke."""

    decision_id: str


Payload = (
    CreateCustomer
    | UpdateCustomer
    | ArchiveCustomer
    | RestoreCustomer
    | AddContact
    | UpdateContact
    | RemoveContact
    | CreateEngagement
    | UpdateEngagement
    | CloseEngagement
    | AddParticipation
    | EndParticipation
    | CreateActivation
    | ProceedActivation
    | CancelActivation
    | RemindInvitation
    | ResendInvitation
    | WithdrawInvitation
    | AssignService
    | LinkCollaboration
    | UnlinkCollaboration
    | MoveCollaboration
    | SetLinkDecision
    | RevokeLinkDecision
)

COMMAND_TYPES: dict[str, type[Payload]] = {
    "customer.create": CreateCustomer,
    "customer.update": UpdateCustomer,
    "customer.archive": ArchiveCustomer,
    "customer.restore": RestoreCustomer,
    "contact.add": AddContact,
    "contact.update": UpdateContact,
    "contact.remove": RemoveContact,
    "engagement.create": CreateEngagement,
    "engagement.update": UpdateEngagement,
    "engagement.close": CloseEngagement,
    "participation.add": AddParticipation,
    "participation.end": EndParticipation,
    "activation.create": CreateActivation,
    "activation.proceed": ProceedActivation,
    "activation.cancel": CancelActivation,
    "invitation.remind": RemindInvitation,
    "invitation.resend": ResendInvitation,
    "invitation.withdraw": WithdrawInvitation,
    "collaboration.assign_service": AssignService,
    "collaboration.link": LinkCollaboration,
    "collaboration.unlink": UnlinkCollaboration,
    "collaboration.move": MoveCollaboration,
    "link_decision.set": SetLinkDecision,
    "link_decision.revoke": RevokeLinkDecision,
}
"""Command type on the wire → payload class."""

COMMAND_NAMES: dict[type[Payload], str] = {cls: name for name, cls in COMMAND_TYPES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One intention of a person.

    ``needs`` are ids of commands that created what this one refers to; if one of them was not applied,
    this one is rejected ``depends``. The sequence number is given later, by the sync engine, and
    belongs to the device and not to the intention.
    """

    id: str
    payload: Payload
    made_at: datetime
    needs: tuple[str, ...] = ()
    v: int = 1

    @property
    def type(self) -> str:
        """Return the command's type name, such as ``customer.update``."""
        return COMMAND_NAMES[type(self.payload)]

    @property
    def entity(self) -> str:
        """Return the id of the record that the command is mainly about."""
        return entity_of(self.payload)


def entity_of(payload: Payload) -> str:
    """Return the id of the record that the payload is mainly about."""
    match payload:
        case CreateCustomer():
            return payload.customer.id
        case AddContact():
            return payload.contact.id
        case CreateEngagement():
            return payload.engagement.id
        case AddParticipation():
            return payload.participation.id
        case CreateActivation():
            return payload.activation.id
        case UpdateCustomer() | ArchiveCustomer() | RestoreCustomer():
            return payload.customer_id
        case UpdateContact() | RemoveContact():
            return payload.contact_id
        case UpdateEngagement() | CloseEngagement():
            return payload.engagement_id
        case EndParticipation():
            return payload.participation_id
        case ProceedActivation() | CancelActivation():
            return payload.activation_id
        case RemindInvitation() | ResendInvitation() | WithdrawInvitation():
            return payload.invitation_id
        case AssignService() | LinkCollaboration() | UnlinkCollaboration() | MoveCollaboration():
            return payload.collaboration_id
        case SetLinkDecision() | RevokeLinkDecision():
            return payload.decision_id
