"""What follows when a company goes bankrupt or is merged: nobody may answer its open invitations any more.

Source: domain.md, "A customer's life" (*Konkurs*: the administrator in bankruptcy represents the company) and
case 28. The links stop working; no letter goes to those who represented the company before.
"""

from __future__ import annotations

import dataclasses

from app.domain.activation_effects import set_states
from app.domain.changes import EffectBuilder
from app.domain.effects import Context, Effect, Reader
from app.domain.obstacles import CLOSED_COMPANIES
from app.domain.records import (
    Activation,
    ActivationState,
    CollaborationState,
    Invitation,
    InvitationState,
    Registration,
)

OPEN_INVITATIONS = frozenset({InvitationState.QUEUED, InvitationState.SENT})


def take_registration(registration: Registration, reader: Reader, context: Context) -> Effect:
    """Keep what the vendor answered; a company that is closed by it takes its open invitations with it."""
    builder = EffectBuilder(reader, context, f"{registration.id}:{registration.checked_at}")
    builder.put(registration)
    withdraw_if_closed(builder, registration)
    return builder.build()


def withdraw_if_closed(builder: EffectBuilder, registration: Registration) -> None:
    """Withdraw the customer's open invitations where its company is closed; each says why."""
    if registration.company_state not in CLOSED_COMPANIES:
        return
    because = f"company_{registration.company_state}"
    for invitation in builder.list_of_customer(Invitation, registration.customer_id):
        if invitation.state not in OPEN_INVITATIONS:
            continue
        after = dataclasses.replace(
            invitation,
            state=InvitationState.WITHDRAWN,
            withdrawn_at=builder.context.now,
            withdrawn_because=because,
        )
        builder.put(after)
        activation = builder.find(Activation, invitation.activation_id)
        if activation is not None:
            builder.put(dataclasses.replace(activation, state=ActivationState.CANCELLED))
            set_states(builder, activation, CollaborationState.WITHDRAWN, only=CollaborationState.PENDING)
        builder.vendor("withdraw", invitation.id)
        builder.event(after, "invitation_withdrawn", after=because)
