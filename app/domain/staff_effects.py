"""Effects of commands about the firm itself, its staff, and what was revealed to whom."""

from __future__ import annotations

import dataclasses
from datetime import date

from app.domain.access import derive_access
from app.domain.changes import EffectBuilder, RejectedError, change_fields, customer_of
from app.domain.commands import LeaveStaff, RevealIdentity, UpdateFirm, UpdateStaff
from app.domain.records import (
    Access,
    Collaboration,
    CustomerState,
    Engagement,
    EngagementState,
    Firm,
    Participation,
    ParticipationRole,
    Staff,
)
from app.domain.rights import Action, why_not

STAFF_FIELDS = frozenset({"name", "office", "full_permission", "vendor_administrator", "sees"})
FIRM_FIELDS = frozenset({"name", "offices", "settings"})
SEES = frozenset({"all", "office", "own"})
LONGEST_INVITATION_DAYS = 365
MOST_REMINDERS_PER_DAY = 5
LONGEST_HISTORY_MONTHS = 120


def update_staff(builder: EffectBuilder, payload: UpdateStaff) -> None:
    """staff.update. Nobody changes their own permissions, so that somebody always has them all.

    Rejected: ``gone``, ``full_permission_needed``, ``own_permission``, ``invalid``, ``staff_left``.
    """
    _check(builder, Action.STAFF)
    before = builder.get(Staff, payload.staff_id)
    if before.state == "left":
        raise RejectedError("staff_left", name=before.name)
    after = change_fields(before, payload.set, STAFF_FIELDS)
    if after == before:
        return
    if after.sees not in SEES:
        raise RejectedError("invalid", field="sees")
    if not after.name.strip():
        raise RejectedError("invalid", field="name")
    is_own = before.id == builder.context.actor.staff_id
    lost = before.full_permission and not after.full_permission
    if is_own and (lost or after.sees != before.sees):
        raise RejectedError("own_permission")
    builder.put(after)
    builder.event(after, "staff_updated", after=", ".join(sorted(payload.set)))


def leave_staff(builder: EffectBuilder, payload: LeaveStaff) -> None:
    """staff.leave: ``left_on`` is the last day. Their places are given to others first.

    A day that has passed ends the access at once. Rejected: ``gone``, ``full_permission_needed``,
    ``own_permission``, ``staff_left``, ``reassign_first`` with how many engagements and customers.
    """
    _check(builder, Action.STAFF)
    staff = builder.get(Staff, payload.staff_id)
    if staff.id == builder.context.actor.staff_id:
        raise RejectedError("own_permission")
    if staff.state == "left":
        raise RejectedError("staff_left", name=staff.name)
    engagements = list_owned(builder, staff.id, payload.left_on)
    managed = [c for c in builder.list_managed_by(staff.id) if c.state == CustomerState.ACTIVE]
    if engagements or managed:
        raise RejectedError(
            "reassign_first", name=staff.name, engagements=len(engagements), customers=len(managed)
        )
    leaving = dataclasses.replace(staff, state="leaving", left_on=payload.left_on)
    builder.put(leaving)
    builder.event(leaving, "staff_leaving", after=payload.left_on.isoformat())
    end_staff(builder, leaving)


def list_owned(builder: EffectBuilder, staff_id: str, last_day: date) -> list[Engagement]:
    """Return the ongoing engagements that the staff member owns beyond that day."""
    owned: dict[str, Engagement] = {}
    for row in builder.list_by_lookup(Participation, staff_id):
        if row.role != ParticipationRole.OWNER or (row.to_on is not None and row.to_on <= last_day):
            continue
        engagement = builder.find(Engagement, row.engagement_id)
        if engagement is not None and engagement.state == EngagementState.ONGOING:
            owned[engagement.id] = engagement
    return list(owned.values())


def end_staff(builder: EffectBuilder, staff: Staff) -> None:
    """End a leaving staff member's participations with the last day, and after it the access everywhere."""
    last_day = staff.left_on
    if last_day is None:
        return
    for row in builder.list_by_lookup(Participation, staff.id):
        if row.to_on is None or row.to_on > last_day:
            if row.from_on is not None and row.from_on > last_day:
                builder.remove(Participation, row.id)
            else:
                builder.put(dataclasses.replace(row, to_on=last_day))
    if last_day >= builder.context.today:
        return
    left = dataclasses.replace(staff, state="left")
    builder.put(left)
    builder.event(left, "staff_left", after=last_day.isoformat())
    concerned = {row.collaboration_id for row in builder.list_by_lookup(Access, staff.id)}
    for collaboration_id in sorted(concerned):
        collaboration = builder.find(Collaboration, collaboration_id)
        if collaboration is not None:
            derive_access(builder, collaboration)


def update_firm(builder: EffectBuilder, payload: UpdateFirm) -> None:
    """firm.update. Rejected: ``gone``, ``full_permission_needed``, ``invalid``; conflicts per field."""
    _check(builder, Action.FIRM_SETTINGS)
    before = builder.get(Firm, payload.firm_id)
    after = change_fields(before, payload.set, FIRM_FIELDS)
    if after == before:
        return
    if not after.name.strip():
        raise RejectedError("invalid", field="name")
    settings = after.settings
    for name, value, most in (
        ("invitation_days", settings.invitation_days, LONGEST_INVITATION_DAYS),
        ("reminders_per_day", settings.reminders_per_day, MOST_REMINDERS_PER_DAY),
        ("months_of_history", settings.months_of_history, LONGEST_HISTORY_MONTHS),
    ):
        if not 1 <= value <= most:
            raise RejectedError("invalid", field=name)
    builder.put(after)
    builder.event(after, "firm_updated", after=", ".join(sorted(payload.set)))


def reveal_identity(builder: EffectBuilder, payload: RevealIdentity) -> None:
    """identity.reveal: note who saw the personal numbers.

    Rejected: ``gone``, ``invalid``, ``reason_missing`` (for more than one customer).
    """
    if not payload.customer_ids:
        raise RejectedError("invalid", field="customer_ids")
    reason = payload.reason.strip()
    if len(payload.customer_ids) > 1 and not reason:
        raise RejectedError("reason_missing")
    for customer_id in dict.fromkeys(payload.customer_ids):
        builder.event(customer_of(builder, customer_id), "identity_revealed", after=reason)


def _check(builder: EffectBuilder, action: Action) -> None:
    reason = why_not(action, builder.context.actor)
    if reason:
        raise RejectedError(reason)
