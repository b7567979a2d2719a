"""Who has access to a customer's services, derived from who is on the engagement.

Linking, moving, unlinking and a change of participants change it; what is gained and lost can be asked
for before it happens.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from app.domain.changes import Context, EffectBuilder, Reader
from app.domain.ids import PREFIXES, derived_id
from app.domain.records import (
    ACCESS_STATES,
    Access,
    AccessReason,
    Collaboration,
    Engagement,
    EngagementState,
    Participation,
    Staff,
)


@dataclass(frozen=True, slots=True)
class AccessChange:
    """Ids of staff who gain and lose access to one collaboration's services."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]


def staff_on(builder: EffectBuilder, engagement_id: str | None) -> list[str]:
    """Return ids of the staff who are on the ongoing engagement today, the owner first."""
    engagement = builder.find(Engagement, engagement_id)
    if engagement is None or engagement.state != EngagementState.ONGOING:
        return []
    today = builder.context.today
    rows = [p for p in builder.list_children(Participation, engagement.id) if p.holds_on(today)]
    rows.sort(key=lambda p: (p.role != "owner", p.staff_id))
    found: dict[str, None] = {}
    for row in rows:
        staff = builder.find(Staff, row.staff_id)
        if staff is not None and staff.state != "left":
            found.setdefault(row.staff_id)
    return list(found)


def derive_access(builder: EffectBuilder, collaboration: Collaboration) -> AccessChange:
    """Bring the collaboration's access rows in line with its engagement; return what changed.

    While it is unlinked, what the vendor reports holds; a link replaces that by the participants, and
    removing the link brings the vendor's rows back.
    """
    existing = builder.list_children(Access, collaboration.id)
    open_before = {row.staff_id for row in existing if row.staff_id and row.until is None}
    is_open = collaboration.state in ACCESS_STATES
    wanted = set(staff_on(builder, collaboration.engagement_id)) if is_open else set()
    vendor_holds = is_open and collaboration.engagement_id is None
    now = builder.context.now
    after: set[str] = set()
    by_id = {row.id: row for row in existing}
    for staff_id in sorted(wanted):
        row_id = derived_id(PREFIXES["access"], collaboration.id, staff_id, AccessReason.PARTICIPATION)
        row = by_id.pop(row_id, None)
        after.add(staff_id)
        if row is None or row.until is not None or row.customer_id != collaboration.customer_id:
            since = row.since if row is not None and row.until is None else now
            builder.put(
                Access(
                    id=row_id,
                    collaboration_id=collaboration.id,
                    customer_id=collaboration.customer_id,
                    staff_id=staff_id,
                    since=since,
                    because=AccessReason.PARTICIPATION,
                )
            )
    for row in by_id.values():
        if row.because == AccessReason.CONTACT:
            holds = is_open
        else:
            holds = row.because == AccessReason.VENDOR and vendor_holds and _works_here(builder, row)
        if holds and row.staff_id:
            after.add(row.staff_id)
        changed = dataclasses.replace(
            row, until=None if holds else (row.until or now), customer_id=collaboration.customer_id
        )
        if changed != row:
            builder.put(changed)
    return AccessChange(gained=tuple(sorted(after - open_before)), lost=tuple(sorted(open_before - after)))


def _works_here(builder: EffectBuilder, row: Access) -> bool:
    staff = builder.find(Staff, row.staff_id)
    return staff is None or staff.state != "left"


def access_change(
    reader: Reader, context: Context, collaboration: Collaboration, **changes: object
) -> AccessChange:
    """Return who would gain and lose access if the collaboration's fields were these. Writes nothing.

    ``changes`` are fields of Collaboration, such as ``engagement_id="en_…"`` and ``customer_id="cu_…"``.
    """
    builder = EffectBuilder(reader, context, "preview")
    return derive_access(builder, dataclasses.replace(collaboration, **changes))  # type: ignore[arg-type]
