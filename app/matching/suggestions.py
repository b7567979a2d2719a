"""A suggestion for one unlinked collaboration: candidates in order, the band, and why."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.catalogue.catalogue import Catalogue, EngagementProposal, EngagementProposalKind
from app.domain.records import Collaboration, Engagement, EngagementState, company_key
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

NO_ENGAGEMENT = EngagementProposal(EngagementProposalKind.CREATE)
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
    """A customer that the company may be. The points of ``rows`` sum to ``score`` (0–100).

    ``engagements`` are those for one collaboration's service, and nothing on the level of the company.
    """

    customer_id: str
    score: int
    rows: tuple[EvidenceRow, ...]
    engagements: EngagementProposal = NO_ENGAGEMENT
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanySuggestion:
    """What to propose for one registered company at the vendor and all its collaborations together.

    ``band``, ``reason`` and ``candidates`` are about the customer alone; each of ``collaborations`` has the
    same candidates with the engagements that fit *its* service, and a band that is never higher.
    """

    company_key: str
    band: str
    reason: str
    candidates: tuple[Candidate, ...]
    collaborations: tuple[Suggestion, ...]


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
    return suggest_company(
        (collaboration,), index, catalogue, engagements_of, excluded=excluded
    ).collaborations[0]


def suggest_company(
    collaborations: Sequence[Collaboration],
    index: CustomerIndex,
    catalogue: Catalogue,
    engagements_of: Callable[[str], Sequence[Engagement]],
    *,
    excluded: frozenset[str] = frozenset(),
) -> CompanySuggestion:
    """Return the suggestion for all collaborations of one company: first its customer, then each engagement.

    ``collaborations`` have one company (the same ``company_key``) and are at least one; the first one's
    particulars count. Those whose customer is known keep it, whatever is found for the others.
    """
    first = collaborations[0]
    company = company_side(first.company)
    found = _find_customer(company, index, excluded)
    suggestions: list[Suggestion] = []
    for collaboration in collaborations:
        service = service_of(collaboration, catalogue)
        if collaboration.customer_id is not None:
            decided = _known_customer(company, collaboration.customer_id, index)
        else:
            decided = found
        candidates = tuple(
            dataclasses.replace(c, engagements=_propose(c.customer_id, service, catalogue, engagements_of))
            for c in decided.candidates
        )
        band, reason = _band_with_engagement(
            decided, candidates, service, known=collaboration.customer_id is not None
        )
        suggestions.append(
            Suggestion(
                collaboration_id=collaboration.id,
                band=band,
                candidates=candidates,
                reason=reason,
                service=service,
            )
        )
    return CompanySuggestion(
        company_key=company_key(first.company),
        band=found.band,
        reason=found.reason,
        candidates=found.candidates,
        collaborations=tuple(suggestions),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    band: str
    reason: str
    candidates: tuple[Candidate, ...]


def _find_customer(company: Side, index: CustomerIndex, excluded: frozenset[str]) -> _Found:
    entries = [index.get(i) for i in index.candidates(company) if i not in excluded]
    compared = [_compare(company, entry, known=False) for entry in entries if entry is not None]
    candidates = [candidate for candidate in compared if candidate is not None]
    candidates.sort(key=lambda c: (-c.score, c.customer_id))
    band, reason = _band(company, candidates, index)
    return _Found(band, reason, tuple(candidates[:SHOWN]) if band != Band.NONE else ())


def _known_customer(company: Side, customer_id: str, index: CustomerIndex) -> _Found:
    entry = index.get(customer_id)
    candidate = _compare(company, entry, known=True) if entry is not None else None
    if candidate is None:
        return _Found(Band.NONE, "no_candidate", ())
    if "customer_archived" in candidate.warnings:
        return _Found(Band.UNCLEAR, "customer_archived", (candidate,))
    return _Found(Band.LIKELY, "customer_known", (candidate,))


def _propose(
    customer_id: str,
    service: str | None,
    catalogue: Catalogue,
    engagements_of: Callable[[str], Sequence[Engagement]],
) -> EngagementProposal:
    engagements = engagements_of(customer_id)
    if service:
        return catalogue.propose_engagement(service, engagements)
    ongoing = tuple(e for e in engagements if e.state == EngagementState.ONGOING)
    return EngagementProposal(EngagementProposalKind.ASK, ongoing)


def _band_with_engagement(
    found: _Found, candidates: Sequence[Candidate], service: str | None, *, known: bool
) -> tuple[str, str]:
    """Lower the customer's band where the service or the engagement is not decided by a rule."""
    if not candidates or found.band == Band.UNCLEAR:
        return found.band, found.reason
    proposal = candidates[0].engagements
    if known:
        if proposal.kind == EngagementProposalKind.PROPOSED:
            return found.band, found.reason
        return Band.UNCLEAR, "several_engagements" if proposal.fitting else "no_engagement"
    if found.band != Band.CERTAIN:
        return found.band, found.reason
    if service is None:
        return Band.LIKELY, "service_unknown"
    if proposal.kind == EngagementProposalKind.ASK:
        return Band.LIKELY, "several_engagements"
    if proposal.kind == EngagementProposalKind.CREATE:
        return Band.LIKELY, "no_engagement"
    return Band.CERTAIN, ""


def _compare(company: Side, entry: IndexedCustomer, *, known: bool) -> Candidate | None:
    if not known and any(number_level(company, side) == NumberLevel.VETO for side in entry.sides):
        return None
    rows = max((compare(company, side) for side in entry.sides), key=lambda r: sum(row.points for row in r))
    score = sum(row.points for row in rows)
    if score < UNCLEAR_SCORE and not known:
        return None
    warnings = [row.detail for row in rows if row.detail]
    if entry.is_archived:
        warnings.append("customer_archived")
    if any(row.field == "name" and row.level == Level.AGAINST for row in rows):
        warnings.append("name_against")
    return Candidate(customer_id=entry.id, score=score, rows=rows, warnings=tuple(warnings))


def _band(company: Side, candidates: Sequence[Candidate], index: CustomerIndex) -> tuple[str, str]:
    if not candidates:
        return Band.NONE, "no_candidate"
    best = candidates[0]
    if "customer_archived" in best.warnings:
        return Band.UNCLEAR, "customer_archived"
    if company.number and company.number_ok:
        same = index.with_number(company.number)
        if len(same) > 1:
            return Band.UNCLEAR, "several_with_number"
        if len(same) == 1 and best.customer_id in same:
            return _band_of_equal_number(company, best, index)
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


def _band_of_equal_number(company: Side, best: Candidate, index: CustomerIndex) -> tuple[str, str]:
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
    return Band.CERTAIN, ""
