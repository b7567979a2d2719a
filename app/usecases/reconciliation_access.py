"""Who gains and loses access by a link, a move or an unlink: asked for before it happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.access import access_change
from app.domain.changes import Context
from app.domain.records import Staff
from app.storage.local_reader import LocalReader
from app.usecases.reconciliation_reading import get_collaboration, sort_names
from app.usecases.reconciliation_values import AccessPreview, LinkWish


def preview_wish(reader: LocalReader, context: Context, wish: LinkWish) -> AccessPreview:
    """Return who would gain and lose access by the links of a company. Raises SamverkaError ``gone``."""
    gained: dict[str, list[str]] = {}
    lost: dict[str, list[str]] = {}
    for line in wish.lines:
        collaboration = get_collaboration(reader, line.collaboration_id)
        owner = line.new_engagement.staff_id if line.new_engagement else ""
        change = access_change(
            reader,
            context,
            collaboration,
            customer_id=wish.customer_id or None,
            # One that is created has nobody but the person it is created for.
            engagement_id="new" if line.new_engagement else line.engagement_id,
        )
        service = line.service or ""
        for staff_id in change.gained:
            gained.setdefault(staff_id, []).append(service)
        for staff_id in set(change.lost) - {owner}:
            lost.setdefault(staff_id, []).append(service)
        if owner and not _has_access(reader, collaboration.id, owner):
            gained.setdefault(owner, []).append(service)
    names = {s.id: s.name for s in reader.list_all(Staff)}
    return AccessPreview(
        gained=sort_names(gained, names),
        lost=sort_names(lost, names),
        gained_to=_partly(gained, names, len(wish.lines)),
        lost_to=_partly(lost, names, len(wish.lines)),
    )


def _partly(
    found: Mapping[str, Sequence[str]], names: Mapping[str, str], lines: int
) -> dict[str, tuple[str, ...]]:
    return {names.get(i, i): tuple(s for s in codes if s) for i, codes in found.items() if len(codes) < lines}


def preview_change(
    reader: LocalReader, context: Context, collaboration_id: str, **changes: object
) -> AccessPreview:
    """Return who would gain and lose access if the collaboration's fields were these."""
    change = access_change(reader, context, get_collaboration(reader, collaboration_id), **changes)
    return as_preview(reader, set(change.gained), set(change.lost))


def as_preview(reader: LocalReader, gained: set[str], lost: set[str]) -> AccessPreview:
    """Return the names of these staff members."""
    names = {s.id: s.name for s in reader.list_all(Staff)}
    return AccessPreview(gained=sort_names(gained, names), lost=sort_names(lost, names))


def _has_access(reader: LocalReader, collaboration_id: str, staff_id: str) -> bool:
    from app.domain.records import Access

    return any(
        isinstance(row, Access) and row.staff_id == staff_id and row.until is None
        for row in reader.list_children("access", collaboration_id)
    )
