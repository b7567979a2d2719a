"""What follows when the vendor answers about a running collaboration: changed, ended, refused.

The server's vendor worker calls these and writes the effect in a transaction of the firm. Each is safe to
call again, and an answer that comes after somebody has decided otherwise changes nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.domain.access import derive_access
from app.domain.changes import Context, Effect, EffectBuilder, Reader
from app.domain.end_letters import tell_administrators
from app.domain.ending_effects import without_end
from app.domain.records import (
    ACCESS_STATES,
    Activation,
    ActivationState,
    Collaboration,
    CollaborationState,
    Invitation,
    InvitationState,
    Registration,
)

APPROVED = "approved"


def end_confirmed(collaboration_id: str, asked_at: datetime, reader: Reader, context: Context) -> Effect:
    """Take in that the vendor ends it on the day that was asked for; a day that has come ends it now.

    ``asked_at`` tells which of several ends was confirmed: one that was cancelled meanwhile stays cancelled.
    """
    builder = EffectBuilder(reader, context, f"{collaboration_id}:end_confirmed:{asked_at.isoformat()}")
    present = builder.find(Collaboration, collaboration_id)
    if present is None or not _waits_for(present, asked_at):
        return builder.build()
    confirmed = dataclasses.replace(present, end_confirmed_at=context.now)
    builder.put(confirmed)
    builder.event(confirmed, "end_confirmed", after=_iso(confirmed.ends_on))
    tell_administrators(builder, confirmed, "ended")
    _end_if_due(builder, confirmed)
    return builder.build()


def end_refused(
    collaboration_id: str, asked_at: datetime, code: str, reader: Reader, context: Context
) -> Effect:
    """Take in that the vendor does not end it: it goes on as before, and ``code`` says why."""
    builder = EffectBuilder(reader, context, f"{collaboration_id}:end_refused:{asked_at.isoformat()}")
    present = builder.find(Collaboration, collaboration_id)
    if present is None or not _waits_for(present, asked_at):
        return builder.build()
    after = dataclasses.replace(
        without_end(present),
        end_choice=present.end_choice,
        end_checklist=present.end_checklist,
        problem=code,
    )
    builder.put(after)
    derive_access(builder, after)
    builder.event(after, "end_refused", before=_iso(present.ends_on), after=code)
    return builder.build()


def cancel_refused(
    collaboration_id: str, code: str, before: Mapping[str, Any], reader: Reader, context: Context
) -> Effect:
    """Take in that the vendor does not call the end off: it is ending as before, or has ended.

    ``before`` is the end as it was (``ending_effects.end_values``).
    """
    builder = EffectBuilder(reader, context, f"{collaboration_id}:cancel_refused:{before['end_asked_at']}")
    present = builder.find(Collaboration, collaboration_id)
    if present is None or present.state != CollaborationState.ACTIVE:
        return builder.build()
    after = dataclasses.replace(
        present,
        state=CollaborationState.ENDING,
        ends_on=_date(before["ends_on"]),
        ended_by=before["ended_by"],
        end_choice=before["end_choice"],
        end_checklist=tuple(before["end_checklist"]),
        end_asked_by=before["end_asked_by"],
        end_asked_at=_time(before["end_asked_at"]),
        end_confirmed_at=_time(before["end_confirmed_at"]) or context.now,
        problem=code,
    )
    builder.put(after)
    builder.event(after, "cancel_end_refused", after=code)
    tell_administrators(builder, after, "ended")
    _end_if_due(builder, after)
    return builder.build()


def change_refused(
    collaboration_id: str, code: str, before: Mapping[str, Any], reader: Reader, context: Context
) -> Effect:
    """Take in that the vendor does not change the terms: they are as before, and ``code`` says why."""
    builder = EffectBuilder(reader, context, f"{collaboration_id}:change_refused:{context.correlation_id}")
    present = builder.find(Collaboration, collaboration_id)
    if present is None or present.state not in ACCESS_STATES:
        return builder.build()
    after = dataclasses.replace(
        present,
        variant=before["variant"],
        payer=before["payer"],
        period_months=before["period_months"],
        period_from=_date(before["period_from"]),
        options=dict(before["options"]),
        problem=code,
    )
    if after != present:
        builder.put(after)
        builder.event(after, "agreement_change_refused", after=code)
    return builder.build()


def main_contact_answered(registration: Registration, code: str, reader: Reader, context: Context) -> Effect:
    """Take in what the vendor says after the main contact was set: its answer as it is now.

    ``code`` says why the vendor refused, or is empty where it did not.
    """
    builder = EffectBuilder(reader, context, f"{registration.id}:main_contact:{context.correlation_id}")
    present = builder.find(Registration, registration.id)
    if present is None:
        return builder.build()
    after = dataclasses.replace(registration, problem=code)
    builder.put(after)
    if code:
        builder.event(after, "main_contact_refused", after=code)
    return builder.build()


def contact_correction_refused(activation_id: str, code: str, reader: Reader, context: Context) -> Effect:
    """Take in that the vendor does not take the contact person's corrected address."""
    builder = EffectBuilder(reader, context, f"{activation_id}:contact:{context.correlation_id}")
    present = builder.find(Activation, activation_id)
    if present is not None and present.refused_because != code:
        after = dataclasses.replace(present, refused_because=code)
        builder.put(after)
        builder.event(after, "contact_correction_refused", after=code)
    return builder.build()


def answer_refused(invitation: Invitation, code: str, reader: Reader, context: Context) -> Effect:
    """Take in that the vendor does not start what the customer approved: nobody has access to it.

    What the customer said stays, and what was declined stays declined.
    """
    builder = EffectBuilder(reader, context, f"{invitation.id}:answer_refused")
    present = builder.find(Invitation, invitation.id)
    activation = builder.find(Activation, invitation.activation_id)
    if present is None or activation is None or activation.state == ActivationState.REFUSED:
        return builder.build()
    approved = {a.service for a in present.answers if a.answer == APPROVED}
    refused = dataclasses.replace(activation, state=ActivationState.REFUSED, refused_because=code)
    builder.put(refused)
    for item in refused.items:
        collaboration = builder.find(Collaboration, item.collaboration_id)
        if item.service not in approved or collaboration is None or collaboration.state not in ACCESS_STATES:
            continue
        after = dataclasses.replace(collaboration, state=CollaborationState.REFUSED, started_on=None)
        builder.put(after)
        derive_access(builder, after)
    builder.event(refused, "answer_refused", after=code)
    return builder.build()


def invitation_refused(invitation: Invitation, code: str, reader: Reader, context: Context) -> Effect:
    """Take in that the vendor does not know of the invitation and will not: it is called off.

    Who may already have got its e-mail is told that it no longer holds. One that has been answered stays.
    """
    builder = EffectBuilder(reader, context, f"{invitation.id}:invitation_refused")
    present = builder.find(Invitation, invitation.id)
    if present is None or present.state not in (InvitationState.QUEUED, InvitationState.SENT):
        return builder.build()
    builder.put(dataclasses.replace(present, state=InvitationState.WITHDRAWN))
    activation = builder.find(Activation, present.activation_id)
    if activation is not None:
        refused = dataclasses.replace(activation, state=ActivationState.REFUSED, refused_because=code)
        builder.put(refused)
        for item in refused.items:
            collaboration = builder.find(Collaboration, item.collaboration_id)
            if collaboration is not None and collaboration.state == CollaborationState.PENDING:
                builder.put(dataclasses.replace(collaboration, state=CollaborationState.REFUSED))
        builder.event(refused, "activation_refused", after=code)
    for recipient in present.recipients:
        if recipient.role == "approver" and recipient.mail_state == "sent":
            builder.mail("withdrawn", present.id, recipient)
    return builder.build()


def ended_elsewhere(collaboration_id: str, on: date, by: str, reader: Reader, context: Context) -> Effect:
    """Take in that the customer (``by`` is the person's name) or the vendor ends it on a day.

    The context's actor says which of the two. An end of the firm's own for an earlier day stays.
    """
    builder = EffectBuilder(reader, context, f"{collaboration_id}:ended_elsewhere:{on.isoformat()}")
    present = builder.find(Collaboration, collaboration_id)
    if present is None or present.state not in ACCESS_STATES:
        return builder.build()
    if present.ends_on is not None and present.ends_on <= on:
        return builder.build()
    after = dataclasses.replace(
        without_end(present),
        state=CollaborationState.ENDING,
        ends_on=on,
        ended_by=context.actor.kind,
        end_confirmed_at=context.now,
        problem="",
    )
    builder.put(after)
    builder.event(after, "ended_elsewhere", before=by, after=on.isoformat())
    _end_if_due(builder, after)
    return builder.build()


def end_if_due(collaboration_id: str, reader: Reader, context: Context) -> Effect:
    """Take in that a day has come: a confirmed end on or before it is carried out, and access ends."""
    builder = EffectBuilder(reader, context, f"{collaboration_id}:ended:{context.today.isoformat()}")
    present = builder.find(Collaboration, collaboration_id)
    if present is not None and present.state == CollaborationState.ENDING and present.end_confirmed_at:
        _end_if_due(builder, present)
    return builder.build()


def _end_if_due(builder: EffectBuilder, collaboration: Collaboration) -> None:
    if collaboration.ends_on is None or collaboration.ends_on > builder.context.today:
        return
    ended = dataclasses.replace(collaboration, state=CollaborationState.ENDED)
    builder.put(ended)
    derive_access(builder, ended)
    builder.event(ended, "ended", before=collaboration.ended_by, after=_iso(collaboration.ends_on))


def _waits_for(collaboration: Collaboration, asked_at: datetime) -> bool:
    return (
        collaboration.state == CollaborationState.ENDING
        and collaboration.end_asked_at == asked_at
        and collaboration.end_confirmed_at is None
    )


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
