"""What a person may command, as frozen values.

A command is one intention. Its payload is one of the classes here; ``Command`` is the envelope that the
outbox stores and the protocol carries. Fields of a record change by ``{"field": {"from": …, "to": …}}``
with values as they are on the wire, so that the server can compare with what the person saw.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from app.domain.records import (
    Activation,
    Contact,
    Customer,
    Engagement,
    Participation,
    ParticipationRole,
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
class RollEngagement:
    """engagement.roll: the old engagement closes, a new one takes over its live collaborations.

    ``participations`` are those of the new engagement. In bulk it is one command per engagement, so that
    each has a result of its own.
    """

    engagement_id: str
    engagement: Engagement
    participations: tuple[Participation, ...] = ()


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
class ReplaceParticipation:
    """participation.replace: one staff member takes a colleague's place on an engagement.

    ``role`` is the place taken (owner or participant). With ``to_on`` the new one is a substitute until
    that day and the colleague stays; without it the colleague's participation ends the day before
    ``from_on`` (a day of the firm; None is today).
    """

    engagement_id: str
    staff_id: str
    by_staff_id: str
    role: str = ParticipationRole.PARTICIPANT
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateStaff:
    """staff.update: office, what the person sees, permissions."""

    staff_id: str
    set: FieldChanges = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveStaff:
    """staff.leave: ``left_on`` is the last day; access ends everywhere after it."""

    staff_id: str
    left_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateFirm:
    """firm.update: name, offices and the firm's own rules."""

    firm_id: str
    set: FieldChanges = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealIdentity:
    """identity.reveal: a masked personal number was shown; ``reason`` is needed for lists."""

    customer_ids: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMainContact:
    """registration.set_main_contact: the repair of a missing main contact at the vendor.

    One of the company's users, or somebody new, becomes administrator and main contact there.
    """

    customer_id: str
    name: str
    email: str
    phone: str = ""


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
class ResendLoginInstructions:
    """activation.resend_login: login instructions again, to a corrected address where one is given."""

    activation_id: str
    email: str = ""


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

    ``keep_customer`` leaves the customer and removes only the engagement; ``forget_service`` takes back also
    the service that was chosen with the link.
    """

    collaboration_id: str
    seen_engagement_id: str | None = None
    keep_customer: bool = False
    forget_service: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCollaboration:
    """collaboration.move: to another engagement of the same customer."""

    collaboration_id: str
    engagement_id: str
    seen_engagement_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateCollaboration:
    """collaboration.update: variant, payer, period_months; what the vendor must be told."""

    collaboration_id: str
    set: FieldChanges = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCollaboration:
    """collaboration.end, now (``on`` None: the day on which the server takes it in) or on a later day.

    From that day on the firm has no access.

    ``choice`` is one of the service's end choices in the catalogue, ``checklist`` the codes ticked,
    ``typed`` what was typed where data is deleted (the customer's name), ``handed_over_on`` the day on
    which the records were handed over to the customer. Everything with a customer at once is one command
    per service, in the catalogue's ending order: what must end first is then ending already.
    """

    collaboration_id: str
    choice: str
    on: date | None = None
    checklist: tuple[str, ...] = ()
    typed: str = ""
    handed_over_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelEndCollaboration:
    """collaboration.cancel_end: before the day, the collaboration goes on."""

    collaboration_id: str


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
    | RollEngagement
    | AddParticipation
    | EndParticipation
    | ReplaceParticipation
    | UpdateStaff
    | LeaveStaff
    | UpdateFirm
    | RevealIdentity
    | SetMainContact
    | CreateActivation
    | ProceedActivation
    | CancelActivation
    | ResendLoginInstructions
    | RemindInvitation
    | ResendInvitation
    | WithdrawInvitation
    | AssignService
    | LinkCollaboration
    | UnlinkCollaboration
    | MoveCollaboration
    | UpdateCollaboration
    | EndCollaboration
    | CancelEndCollaboration
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
    "engagement.roll": RollEngagement,
    "participation.add": AddParticipation,
    "participation.end": EndParticipation,
    "participation.replace": ReplaceParticipation,
    "staff.update": UpdateStaff,
    "staff.leave": LeaveStaff,
    "firm.update": UpdateFirm,
    "identity.reveal": RevealIdentity,
    "registration.set_main_contact": SetMainContact,
    "activation.create": CreateActivation,
    "activation.proceed": ProceedActivation,
    "activation.cancel": CancelActivation,
    "activation.resend_login": ResendLoginInstructions,
    "invitation.remind": RemindInvitation,
    "invitation.resend": ResendInvitation,
    "invitation.withdraw": WithdrawInvitation,
    "collaboration.assign_service": AssignService,
    "collaboration.link": LinkCollaboration,
    "collaboration.unlink": UnlinkCollaboration,
    "collaboration.move": MoveCollaboration,
    "collaboration.update": UpdateCollaboration,
    "collaboration.end": EndCollaboration,
    "collaboration.cancel_end": CancelEndCollaboration,
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
    """Return the id of the record that the payload is mainly about: its first field names or holds it."""
    about = getattr(payload, fields(payload)[0].name)
    if isinstance(about, tuple):
        about = about[0] if about else ""
    return about if isinstance(about, str) else str(about.id)
