"""What a command does: one pure function, run by the server in its transaction and by the client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.domain import (
    activation_effects,
    customer_effects,
    ending_effects,
    engagement_effects,
    first_login,
    linking_effects,
    staff_effects,
)
from app.domain import commands as c
from app.domain.changes import (
    Actor,
    Change,
    ConflictError,
    Context,
    Effect,
    EffectBuilder,
    FieldConflictValue,
    MailRequest,
    Put,
    Reader,
    RejectedError,
    Remove,
    VendorRequest,
)
from app.domain.limits import check_limits

__all__ = [
    "Actor",
    "Change",
    "ConflictError",
    "Context",
    "Effect",
    "FieldConflictValue",
    "MailRequest",
    "Put",
    "Reader",
    "RejectedError",
    "Remove",
    "VendorRequest",
    "apply",
]

_EFFECTS: dict[type[c.Payload], Callable[[EffectBuilder, Any], None]] = {
    c.CreateCustomer: customer_effects.create_customer,
    c.UpdateCustomer: customer_effects.update_customer,
    c.ArchiveCustomer: customer_effects.archive_customer,
    c.RestoreCustomer: customer_effects.restore_customer,
    c.AddContact: customer_effects.add_contact,
    c.UpdateContact: customer_effects.update_contact,
    c.RemoveContact: customer_effects.remove_contact,
    c.CreateEngagement: customer_effects.create_engagement,
    c.UpdateEngagement: customer_effects.update_engagement,
    c.CloseEngagement: customer_effects.close_engagement,
    c.RollEngagement: engagement_effects.roll_engagement,
    c.AddParticipation: customer_effects.add_participation,
    c.EndParticipation: customer_effects.end_participation,
    c.ReplaceParticipation: engagement_effects.replace_participation,
    c.UpdateStaff: staff_effects.update_staff,
    c.LeaveStaff: staff_effects.leave_staff,
    c.UpdateFirm: staff_effects.update_firm,
    c.RevealIdentity: staff_effects.reveal_identity,
    c.SetMainContact: ending_effects.set_main_contact,
    c.CreateActivation: activation_effects.create_activation,
    c.ProceedActivation: activation_effects.proceed_activation,
    c.CancelActivation: activation_effects.cancel_activation,
    c.ResendLoginInstructions: first_login.resend_login_instructions,
    c.RemindInvitation: activation_effects.remind_invitation,
    c.ResendInvitation: activation_effects.resend_invitation,
    c.WithdrawInvitation: activation_effects.withdraw_invitation,
    c.AssignService: linking_effects.assign_service,
    c.LinkCollaboration: linking_effects.link_collaboration,
    c.UnlinkCollaboration: linking_effects.unlink_collaboration,
    c.MoveCollaboration: linking_effects.move_collaboration,
    c.UpdateCollaboration: ending_effects.update_collaboration,
    c.EndCollaboration: ending_effects.end_collaboration,
    c.CancelEndCollaboration: ending_effects.cancel_end,
    c.SetLinkDecision: linking_effects.set_link_decision,
    c.RevokeLinkDecision: linking_effects.revoke_link_decision,
}


def apply(command: c.Command, reader: Reader, context: Context) -> Effect:
    """Return what the command changes, given the records that the reader shows.

    Raises RejectedError where it is not allowed or makes no sense any more, ConflictError where
    somebody else changed a field that it wanted to change. Nothing is written by this function.
    """
    check_limits(command.payload)
    builder = EffectBuilder(reader, context, command.id)
    _EFFECTS[type(command.payload)](builder, command.payload)
    return builder.build()
