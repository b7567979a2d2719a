"""Effects of commands that carry engagements through the year: roll over, and one colleague for another."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from app.domain.access import derive_access
from app.domain.changes import EffectBuilder, RejectedError, customer_of
from app.domain.commands import ReplaceParticipation, RollEngagement
from app.domain.customer_effects import check_may_change, derive_for_engagement, get_working
from app.domain.ids import PREFIXES, derived_id
from app.domain.records import (
    LIVE_COLLABORATION_STATES,
    Collaboration,
    Engagement,
    EngagementState,
    Participation,
    ParticipationRole,
)


def roll_engagement(builder: EffectBuilder, payload: RollEngagement) -> None:
    """engagement.roll: close the old engagement and let a new one take over its live collaborations.

    Access follows the new engagement's participants. Rejected: ``gone``, ``engagement_closed``, ``exists``,
    ``invalid``, ``staff_left``.
    """
    old = builder.get(Engagement, payload.engagement_id)
    customer_of(builder, old.customer_id)
    if old.state != EngagementState.ONGOING:
        raise RejectedError("engagement_closed")
    new = payload.engagement
    builder.check_new(Engagement, new.id)
    if new.customer_id != old.customer_id:
        raise RejectedError("engagement_of_other_customer")
    if not new.title.strip() or not new.type:
        raise RejectedError("invalid", field="title")
    if sum(p.role == ParticipationRole.OWNER for p in payload.participations) > 1:
        raise RejectedError("invalid", field="participations")
    new = dataclasses.replace(new, state=EngagementState.ONGOING)
    builder.put(new)
    builder.event(new, "engagement_created", before=old.id)
    for participation in payload.participations:
        if participation.engagement_id != new.id or participation.customer_id != new.customer_id:
            raise RejectedError("invalid", field="participations")
        get_working(builder, participation.staff_id)
        builder.check_new(Participation, participation.id)
        builder.put(participation)
        builder.event(participation, "participation_added", after=participation.staff_id)
    builder.put(dataclasses.replace(old, state=EngagementState.CLOSED))
    builder.event(old, "engagement_rolled", after=new.id)
    for collaboration in builder.list_children(Collaboration, old.id):
        if collaboration.state not in LIVE_COLLABORATION_STATES:
            continue
        moved = dataclasses.replace(collaboration, engagement_id=new.id, unlinked_because="")
        builder.put(moved)
        derive_access(builder, moved)
        builder.event(moved, "moved", before=old.id, after=new.id)


def replace_participation(builder: EffectBuilder, payload: ReplaceParticipation) -> None:
    """participation.replace: a colleague takes a place on an engagement, for good or until a day.

    With ``to_on`` the new one is a substitute, a participant for that time, and who is replaced stays.
    Rejected: ``gone``, ``full_permission_needed``, ``staff_left``, ``same_person``, ``dates_reversed``,
    ``date_in_past``, ``participation_missing`` (who is to be replaced is not there).
    """
    engagement = builder.get(Engagement, payload.engagement_id)
    customer_of(builder, engagement.customer_id)
    check_may_change(builder, engagement)
    if payload.staff_id == payload.by_staff_id:
        raise RejectedError("same_person")
    today = builder.context.today
    from_on = payload.from_on or today
    if payload.to_on is not None and payload.to_on < from_on:
        raise RejectedError("dates_reversed")
    if payload.to_on is not None and payload.to_on < today:
        raise RejectedError("date_in_past")
    get_working(builder, payload.by_staff_id)
    rows = builder.list_children(Participation, engagement.id)
    takes_owner = payload.role == ParticipationRole.OWNER
    present = [
        row
        for row in rows
        if row.staff_id == payload.staff_id
        and (row.to_on is None or row.to_on >= from_on)
        # An owner's place is taken as an owner's: otherwise the engagement would have none.
        and (row.role == payload.role or (payload.to_on is not None and not takes_owner))
    ]
    if not present:
        raise RejectedError("participation_missing")
    if payload.to_on is None:
        for row in present:
            _end_before(builder, row, from_on)
    _add(builder, engagement, payload, from_on)
    derive_for_engagement(builder, engagement.id)


def _end_before(builder: EffectBuilder, row: Participation, day: date) -> None:
    last = day - timedelta(days=1)
    if row.from_on is not None and row.from_on > last:
        builder.remove(Participation, row.id)
    else:
        builder.put(dataclasses.replace(row, to_on=last))
    builder.event(row, "participation_ended", before=row.staff_id, after=last.isoformat())


def _add(
    builder: EffectBuilder, engagement: Engagement, payload: ReplaceParticipation, from_on: date
) -> None:
    takes_over = payload.to_on is None
    role = payload.role if takes_over else ParticipationRole.PARTICIPANT
    own = [
        row
        for row in builder.list_children(Participation, engagement.id)
        if row.staff_id == payload.by_staff_id
        and row.holds_on(from_on)
        and (row.to_on is None or (payload.to_on is not None and row.to_on >= payload.to_on))
    ]
    if any(row.role == role or role == ParticipationRole.PARTICIPANT for row in own):
        return
    for row in own:
        _end_before(builder, row, from_on)
    new = Participation(
        id=derived_id(PREFIXES["participation"], builder.source_id, engagement.id, payload.by_staff_id),
        engagement_id=engagement.id,
        customer_id=engagement.customer_id,
        staff_id=payload.by_staff_id,
        role=role,
        from_on=from_on,
        to_on=payload.to_on,
    )
    builder.put(new)
    what = "participation_added" if takes_over else "substitute_added"
    builder.event(new, what, before=payload.staff_id, after=payload.by_staff_id)
