"""Who gains and loses access when many companies are linked at once: told in the review, beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from app.catalogue import Catalogue
from app.domain.records import Collaboration
from app.errors import SamverkaError
from app.matching.suggestions import service_of
from app.storage import linking_queue as stored
from app.storage.linking_queue import StoredRow
from app.storage.local_reader import LocalReader, chunks
from app.usecases.reconciliation_access import preview_wish
from app.usecases.reconciliation_reading import list_engagements
from app.usecases.reconciliation_values import AccessOfMany, AccessPreview, LineWish, LinkWish
from app.usecases.workspace import Workspace

_LOT = 100


def preview_many(
    workspace: Workspace,
    catalogue: Catalogue,
    reviewed: Mapping[int, str],
    is_cancelled: Callable[[], bool] = lambda: False,
) -> dict[int, AccessPreview]:
    """Return handle → who gains and loses access by linking that company to the customer.

    Fewer where ``is_cancelled`` says so between two lots; rows that are gone are left out.
    """
    found: dict[int, AccessPreview] = {}
    for part in chunks(map(str, reviewed), _LOT):
        if is_cancelled():
            break
        with workspace.read() as unit:
            reader, context = LocalReader(unit), workspace.context(unit)
            for row in stored.fetch_rows(unit, [int(handle) for handle in part]):
                wish = _wish(reader, catalogue, row, reviewed[row.row])
                try:
                    found[row.row] = preview_wish(reader, context, wish)
                except SamverkaError:
                    continue  # gone since the list was made; linking it says so by name
    return found


def sum_up(previews: Iterable[AccessPreview]) -> AccessOfMany:
    """Return each name once, with for how many companies; who is concerned most comes first."""
    gained: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for preview in previews:
        gained.update(preview.gained)
        lost.update(preview.lost)
    return AccessOfMany(gained=tuple(gained.most_common()), lost=tuple(lost.most_common()))


def _wish(reader: LocalReader, catalogue: Catalogue, row: StoredRow, customer_id: str) -> LinkWish:
    members = reader.get_many(Collaboration, [member.collaboration_id for member in row.members])
    engagements = list_engagements(reader, customer_id)
    lines: list[LineWish] = []
    for member in members.values():
        service = service_of(member, catalogue)
        fits = catalogue.propose_engagement(service, engagements).engagement if service else None
        if fits is not None:
            lines.append(LineWish(collaboration_id=member.id, service=service, engagement_id=fits.id))
    return LinkWish(lines=tuple(lines), customer_id=customer_id)
