"""A suggestion for one unlinked collaboration: candidates in order, the band, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.catalogue.catalogue import Catalogue, EngagementProposal, EngagementProposalKind
from app.domain.records import Collaboration, Engagement
from app.matching.evidence import (
    EvidenceRow,
    Level,
    Side,
    compare,
    is_name_against,
    name_likeness,
    number_level,
)
from app.matching.index import CustomerIndex, IndexedCustomer, company_side
from app.matching.numbers import NumberLevel

SHOWN = 3
LIKELY_SCORE = 35
LIKELY_LEAD = 15
UNCLEAR_SCORE = 18


class Band(StrEnum):
    """How sure a suggestion is; *certain* is a rule and not a number of points."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNCLEAR = "unclear"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A customer that the company may be. The points of ``rows`` sum to ``score`` (0–100)."""

    customer_id: str
    score: int
    rows: tuple[EvidenceRow, ...]
    engagements: EngagementProposal
    warnings: tuple[str, ...] = ()

    def reasons(self) -> tuple[str, ...]:
        """Return ``field:points`` for every field with points, for a decision's record and for files."""
        return tuple(f"{row.field}:{row.points}" for row in self.rows if row.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What to propose for one collaboration. ``reason`` says why the band is not higher, or ""."""

    collaboration_id: str
    band: str
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""
    service: str | None = None

    @property
    def best(self) -> Candidate | None:
        """Return the first candidate where the suggestion is clear enough to be shown as one."""
        if self.band in (Band.CERTAIN, Band.LIKELY) and self.candidates:
            return self.candidates[0]
        return None


def service_of(collaboration: Collaboration, catalogue: Catalogue) -> str | None:
    """Return the collaboration's service, or the one that its source's product name means without doubt."""
    return collaboration.service or catalogue.map_product(collaboration.source_product).service


def suggest(
    collaboration: Collaboration,
    index: CustomerIndex,
    catalogue: Catalogue,
    engagements_of: Callable[[str], Sequence[Engagement]],
    *,
    excluded: frozenset[str] = frozenset(),
) -> Suggestion:
    """Return the suggestion for one collaboration.

    ``engagements_of`` gives a customer's engagements; ``excluded`` are customers that a person has already
    said it is not. A collaboration whose customer is known has that customer as its only candidate.
    """
    company = company_side(collaboration.company)
    service = service_of(collaboration, catalogue)
    known = collaboration.customer_id
    ids = [known] if known else [i for i in index.candidates(company) if i not in excluded]
    entries = [entry for entry in map(index.get, ids) if entry is not None]
    candidates: list[Candidate] = []
    for entry in entries:
        candidate = _compare(company, entry, service, catalogue, engagements_of, known=known is not None)
        if candidate is not None:
            candidates.append(candidate)
    candidates.sort(key=lambda c: (-c.score, c.customer_id))
    band, reason = _band(company, candidates, index, service, known=known is not None)
    kept = tuple(candidates[:SHOWN]) if band != Band.NONE else ()
    return Suggestion(
        collaboration_id=collaboration.id, band=band, candidates=kept, reason=reason, service=service
    )


def _compare(
    company: Side,
    entry: IndexedCustomer,
    service: str | None,
    catalogue: Catalogue,
    engagements_of: Callable[[str], Sequence[Engagement]],
    *,
    known: bool,
) -> Candidate | None:
    if not known and any(number_level(company, side) == NumberLevel.VETO for side in entry.sides):
        return None
    rows = max((compare(company, side) for side in entry.sides), key=lambda r: sum(row.points for row in r))
    score = sum(row.points for row in rows)
    if score < UNCLEAR_SCORE and not known:
        return None
    engagements = engagements_of(entry.id)
    proposal = (
        catalogue.propose_engagement(service, engagements)
        if service
        else EngagementProposal(
            EngagementProposalKind.ASK, tuple(e for e in engagements if e.state == "ongoing")
        )
    )
    warnings = [row.detail for row in rows if row.detail]
    if entry.is_archived:
        warnings.append("customer_archived")
    if any(row.field == "name" and row.level == Level.AGAINST for row in rows):
        warnings.append("name_against")
    return Candidate(
        customer_id=entry.id, score=score, rows=rows, engagements=proposal, warnings=tuple(warnings)
    )


def _band(
    company: Side,
    candidates: Sequence[Candidate],
    index: CustomerIndex,
    service: str | None,
    *,
    known: bool,
) -> tuple[str, str]:
    if not candidates:
        return Band.NONE, "no_candidate"
    best = candidates[0]
    if "customer_archived" in best.warnings:
        return Band.UNCLEAR, "customer_archived"
    if known:
        if best.engagements.kind == EngagementProposalKind.PROPOSED:
            return Band.LIKELY, "customer_known"
        return Band.UNCLEAR, "several_engagements" if best.engagements.fitting else "no_engagement"
    if company.number and company.number_ok:
        same = index.with_number(company.number)
        if len(same) > 1:
            return Band.UNCLEAR, "several_with_number"
        if len(same) == 1 and best.customer_id in same:
            return _band_of_equal_number(company, best, index, service)
    if "name_against" in best.warnings:
        return Band.UNCLEAR, "name_against"
    runner_up = candidates[1].score if len(candidates) > 1 else 0
    if best.score >= LIKELY_SCORE and best.score - runner_up >= LIKELY_LEAD:
        return (
            Band.LIKELY,
            "number_near" if "one_digit" in best.warnings or "swapped" in best.warnings else "",
        )
    if best.score - runner_up < LIKELY_LEAD and len(candidates) > 1:
        return Band.UNCLEAR, "several_alike"
    return Band.UNCLEAR, "weak"


def _band_of_equal_number(
    company: Side, best: Candidate, index: CustomerIndex, service: str | None
) -> tuple[str, str]:
    entry = index.get(best.customer_id)
    if entry is None:
        return Band.UNCLEAR, "weak"
    side = entry.sides[0]
    if number_level(company, side) == NumberLevel.SERIAL_DIFFERS:
        return Band.UNCLEAR, "serial_differs"
    if is_name_against(company, side, name_likeness(company, side)):
        return Band.UNCLEAR, "name_against"
    if not side.number_ok:
        return Band.LIKELY, "wrong_check_digit"
    if service is None:
        return Band.LIKELY, "service_unknown"
    if best.engagements.kind == EngagementProposalKind.ASK:
        return Band.LIKELY, "several_engagements"
    if best.engagements.kind == EngagementProposalKind.CREATE:
        return Band.LIKELY, "no_engagement"
    return Band.CERTAIN, ""
