"""Searches for the customer of one company: the suggestion for all its collaborations together."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.catalogue import Catalogue
from app.domain.records import Collaboration, Engagement
from app.matching.index import CustomerIndex
from app.matching.suggestions import (
    Band,
    Candidate,
    FoundCustomer,
    Suggestion,
    suggest,
    suggest_company,
    suggest_with,
)
from app.storage.local_reader import LocalReader
from app.usecases.reconciliation_reading import list_engagements
from app.usecases.reconciliation_values import LineWish

_WEAKER_FIRST = (Band.NONE, Band.UNCLEAR, Band.LIKELY, Band.CERTAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanySuggestion:
    """The suggestion for a company: that of its weakest collaboration. ``places`` are engagements' titles.

    ``lines`` say service and engagement of each collaboration, where all of them are decided by a rule.
    """

    band: str
    reason: str
    candidates: tuple[Candidate, ...]
    places: tuple[str, ...]
    lines: tuple[LineWish, ...] = ()

    @property
    def best(self) -> Candidate | None:
        """Return the first candidate where the suggestion is clear enough to be shown as one."""
        if self.band in (Band.CERTAIN, Band.LIKELY) and self.candidates:
            return self.candidates[0]
        return None


NOT_SEARCHED = CompanySuggestion(band=Band.NONE, reason="", candidates=(), places=())
"""What is known of a company whose search failed."""


class Search(Protocol):
    """What finds a suggestion; tests pass one that fails."""

    def __call__(
        self,
        members: Sequence[Collaboration],
        index: CustomerIndex,
        catalogue: Catalogue,
        reader: LocalReader,
    ) -> CompanySuggestion:
        """Return the suggestion for collaborations of one company."""
        ...


def suggest_for_company(
    members: Sequence[Collaboration], index: CustomerIndex, catalogue: Catalogue, reader: LocalReader
) -> CompanySuggestion:
    """Return the suggestion for collaborations of one company: customer first, then each engagement."""
    found = suggest_company(
        members, index, catalogue, lambda customer_id: list_engagements(reader, customer_id)
    ).collaborations
    return _together(found)


def suggest_from(
    found: FoundCustomer,
    members: Sequence[Collaboration],
    catalogue: Catalogue,
    engagements_of: Callable[[str], Sequence[Engagement]],
) -> CompanySuggestion:
    """Return the suggestion for collaborations of one company whose customer has been looked for already."""
    return _together([suggest_with(found, member, catalogue, engagements_of) for member in members])


def _together(found: Sequence[Suggestion]) -> CompanySuggestion:
    weakest = min(found, key=lambda one: _WEAKER_FIRST.index(Band(one.band)))
    return CompanySuggestion(
        band=weakest.band,
        reason=weakest.reason,
        candidates=weakest.candidates,
        places=_places(found),
        lines=_lines(found),
    )


def compare_with(
    collaboration: Collaboration,
    customer_id: str,
    index: CustomerIndex,
    catalogue: Catalogue,
    reader: LocalReader,
) -> Candidate | None:
    """Return the customer, chosen by hand, compared with the company like any candidate."""
    as_if = dataclasses.replace(collaboration, customer_id=customer_id)
    found = suggest(as_if, index, catalogue, lambda i: list_engagements(reader, i))
    return found.candidates[0] if found.candidates else None


def _places(found: Sequence[Suggestion]) -> tuple[str, ...]:
    titles: dict[str, None] = {}
    for one in found:
        engagement = one.best.engagements.engagement if one.best else None
        if engagement is None:
            return ()
        titles.setdefault(engagement.title)
    return tuple(titles)


def _lines(found: Sequence[Suggestion]) -> tuple[LineWish, ...]:
    lines: list[LineWish] = []
    for one in found:
        engagement = one.candidates[0].engagements.engagement if one.candidates else None
        if engagement is None or one.service is None:
            return ()
        lines.append(
            LineWish(collaboration_id=one.collaboration_id, service=one.service, engagement_id=engagement.id)
        )
    return tuple(lines)
