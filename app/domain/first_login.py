"""What follows when the contact person of a newly registered company has been to the set-up page."""

from __future__ import annotations

import dataclasses

from app.domain.changes import Context, Effect, EffectBuilder, Reader
from app.domain.records import Activation, ActivationState


def contact_logged_in(activation_id: str, reader: Reader, context: Context) -> Effect:
    """Take in that the contact has logged in; the first time counts, and the vendor is told (``login``)."""
    builder = EffectBuilder(reader, context, f"{activation_id}:logged_in")
    present = builder.find(Activation, activation_id)
    if present is None or present.state != ActivationState.DONE or present.logged_in_at is not None:
        return builder.build()
    after = dataclasses.replace(present, logged_in_at=context.now)
    builder.put(after)
    builder.vendor("login", after.id)
    builder.event(after, "contact_logged_in")
    return builder.build()


def set_up_locked(activation_id: str, reader: Reader, context: Context) -> Effect:
    """Take in that the code was wrong too many times on the set-up page: the staff are told."""
    builder = EffectBuilder(reader, context, f"{activation_id}:set_up_locked:{context.now.isoformat()}")
    present = builder.find(Activation, activation_id)
    if present is not None:
        builder.event(present, "set_up_locked")
    return builder.build()
