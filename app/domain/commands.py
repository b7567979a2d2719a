"""What a person may command, as frozen values.

A command is one intention. Its payload is one of the classes of ``customer_commands`` and
``service_commands``, which are found here, too; ``Command`` is the envelope that the outbox stores and the
protocol carries. Fields of a record change by ``{"field": {"from": …, "to": …}}`` with values as they are on
the wire, so that the server can compare with what the person saw.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from app.domain.customer_commands import (
    AddContact,
    AddParticipation,
    ArchiveCustomer,
    CloseEngagement,
    CreateCustomer,
    CreateEngagement,
    EndParticipation,
    FieldChanges,
    LeaveStaff,
    RemoveContact,
    ReplaceParticipation,
    RestoreCustomer,
    RevealIdentity,
    RollEngagement,
    UpdateContact,
    UpdateCustomer,
    UpdateEngagement,
    UpdateFirm,
    UpdateStaff,
)
from app.domain.service_commands import (
    AssignService,
    CancelActivation,
    CancelEndCollaboration,
    CreateActivation,
    EndCollaboration,
    LinkCollaboration,
    MoveCollaboration,
    ProceedActivation,
    RemindInvitation,
    ResendInvitation,
    ResendLoginInstructions,
    RevokeLinkDecision,
    SetLinkDecision,
    SetMainContact,
    UnlinkCollaboration,
    UpdateCollaboration,
    WithdrawInvitation,
)

__all__ = [
    "COMMAND_NAMES",
    "COMMAND_TYPES",
    "AddContact",
    "AddParticipation",
    "ArchiveCustomer",
    "AssignService",
    "CancelActivation",
    "CancelEndCollaboration",
    "CloseEngagement",
    "Command",
    "CreateActivation",
    "CreateCustomer",
    "CreateEngagement",
    "EndCollaboration",
    "EndParticipation",
    "FieldChanges",
    "LeaveStaff",
    "LinkCollaboration",
    "MoveCollaboration",
    "Payload",
    "ProceedActivation",
    "RemindInvitation",
    "RemoveContact",
    "ReplaceParticipation",
    "ResendInvitation",
    "ResendLoginInstructions",
    "RestoreCustomer",
    "RevealIdentity",
    "RevokeLinkDecision",
    "RollEngagement",
    "SetLinkDecision",
    "SetMainContact",
    "UnlinkCollaboration",
    "UpdateCollaboration",
    "UpdateContact",
    "UpdateCustomer",
    "UpdateEngagement",
    "UpdateFirm",
    "UpdateStaff",
    "WithdrawInvitation",
    "entity_of",
]

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
