"""Commands about services: activations, invitations, collaborations and links."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.domain.customer_commands import FieldChanges
from app.domain.records import Activation, Recipient, RegisteredService, SeenCandidate


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
