"""A suggestion for one unlinked collaboration: candidates in order, the band, and why."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.catalogue.catalogue import Catalogue, EngagementProposal, EngagementProposalKind
from app.domain.identity import is_personal
from app.domain.records import Collaboration, Company, Engagement, EngagementState, company_key
from app.matching.evidence import EvidenceRow, explain, number_detail, score, share_points
from app.matching.index import CustomerIndex
from app.matching.name_comparison import NameAgreement, NameLevel, are_other_names
from app.matching.numbers import NumberLevel, other_centuries
from app.matching.ranking import Ranked, rank
from app.matching.sides import Side, company_side
from app.matching.weighing import FIELDS, Comparison, FieldLevel, weigh
from app.matching.words import load_words

NO_ENGAGEMENT = EngagementProposal(EngagementProposalKind.CREATE)
SHOWN = 3
LIKELY_PROBABILITY = 0.8
"""A candidate is *likely* from this probability on, among all candidates and nobody."""
LIKELY_BITS = 10.0
UNCLEAR_BITS = 4.0
"""Below this a customer is no candidate: as much speaks for many others."""
COMMON_WORD_BITS = 9.0
IDENTIFYING_BITS = 5.0
ALIKE = 0.2


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
    ``company`` and ``customer`` are what was compared: what a person reads of it is put together when it is
    asked for, and not for each of the thousands that nobody opens.
    """

    customer_id: str
    score: int
    company: Side
    customer: Side
    comparison: Comparison
    engagements: EngagementProposal = NO_ENGAGEMENT
    warnings: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[EvidenceRow, ...]:
        """Return the evidence field by field, worked out anew each time."""
        return explain(self.company, self.customer, self.comparison)

    def reasons(self) -> tuple[str, ...]:
        """Return ``field:points`` for every field with points, for a decision's record and for files."""
        points = share_points(self.comparison)
        return tuple(
            f"{field.field}:{share}"
            for field, share in zip(self.comparison.fields, points, strict=True)
            if share
        )


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


@dataclass(frozen=True, slots=True)
class FoundCustomer:
    """Who of the customers a company may be: a band with its reason, and at most three candidates."""

    band: str
    reason: str
    candidates: tuple[Candidate, ...]


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
    found = find_customer(first.company, index, excluded=excluded)
    suggestions: list[Suggestion] = []
    for collaboration in collaborations:
        decided = found
        if collaboration.customer_id is not None:
            decided = known_customer(first.company, collaboration.customer_id, index)
        suggestions.append(suggest_with(decided, collaboration, catalogue, engagements_of))
    return CompanySuggestion(
        company_key=company_key(first.company),
        band=found.band,
        reason=found.reason,
        candidates=found.candidates,
        collaborations=tuple(suggestions),
    )


def suggest_with(
    found: FoundCustomer,
    collaboration: Collaboration,
    catalogue: Catalogue,
    engagements_of: Callable[[str], Sequence[Engagement]],
) -> Suggestion:
    """Return the suggestion for one collaboration of a company whose customer has been looked for."""
    service = service_of(collaboration, catalogue)
    candidates = tuple(
        dataclasses.replace(c, engagements=_propose(c.customer_id, service, catalogue, engagements_of))
        for c in found.candidates
    )
    is_known = collaboration.customer_id is not None
    band, reason = _band_with_engagement(found, candidates, service, known=is_known)
    return Suggestion(
        collaboration_id=collaboration.id, band=band, candidates=candidates, reason=reason, service=service
    )


def find_customer(
    company: Company, index: CustomerIndex, *, excluded: frozenset[str] = frozenset()
) -> FoundCustomer:
    """Return who of the customers the company may be, before any service or engagement is looked at."""
    side = company_side(company)
    ranked = [one for one in rank(side, index, excluded=excluded) if _is_worth_showing(one)]
    band, reason = _band(side, ranked, index)
    return FoundCustomer(band, reason, tuple(_candidate(side, one) for one in ranked[:SHOWN]))


def known_customer(company: Company, customer_id: str, index: CustomerIndex) -> FoundCustomer:
    """Return the customer that is known already, compared like any candidate."""
    entry = index.get(customer_id)
    if entry is None:
        return FoundCustomer(Band.NONE, "no_candidate", ())
    side = company_side(company)
    comparison = weigh(side, entry.side, index.frequencies, index.model)
    candidate = _candidate(side, Ranked(entry, comparison, 1.0))
    if entry.is_archived:
        return FoundCustomer(Band.UNCLEAR, "customer_archived", (candidate,))
    return FoundCustomer(Band.LIKELY, "customer_known", (candidate,))


def _is_worth_showing(one: Ranked) -> bool:
    comparison = one.comparison
    return comparison.bits >= UNCLEAR_BITS or comparison.number == NumberLevel.EQUAL


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
    found: FoundCustomer, candidates: Sequence[Candidate], service: str | None, *, known: bool
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


def _candidate(company: Side, ranked: Ranked) -> Candidate:
    entry = ranked.customer
    detail = number_detail(company, ranked.comparison.number)
    warnings = [detail] if detail else []
    if entry.is_archived:
        warnings.append("customer_archived")
    if is_name_against(ranked.comparison.name):
        warnings.append("name_against")
    return Candidate(
        customer_id=entry.id,
        score=score(ranked.comparison),
        company=company,
        customer=entry.side,
        comparison=ranked.comparison,
        warnings=tuple(warnings),
    )


def is_name_against(name: NameAgreement) -> bool:
    """Tell whether two names are so different that they speak against one company, whatever the number says.

    That is nothing in common, another town or number in the name, or no more in common than a common word.
    """
    if name.level == NameLevel.LOW:
        return name.shared < COMMON_WORD_BITS
    return name.level in {NameLevel.DIFFERENT, NameLevel.CONFLICT}


def _band(company: Side, ranked: Sequence[Ranked], index: CustomerIndex) -> tuple[str, str]:
    if not ranked:
        return Band.NONE, _why_nobody(company, index)
    best = ranked[0]
    if best.customer.is_archived:
        return Band.UNCLEAR, "customer_archived"
    if company.number and company.number_ok:
        same = index.with_number(company.number)
        others = [index.with_number(number) for number in other_centuries(company.number)]
        if len(same) > 1 or (same and any(others)):
            return Band.UNCLEAR, "several_with_number"
        if best.customer.id in same:
            return _band_of_equal_number(best)
    is_likely = best.probability >= LIKELY_PROBABILITY and best.comparison.bits >= LIKELY_BITS
    if best.comparison.name.level in _HALF_A_NAME:
        # Who has a trade and a postal code in common and another name is a neighbour.
        place = not are_other_names(company.form, best.customer.side.form)
        is_likely = is_likely and _is_backed(best, by=1, place=place)
    if is_likely and not _is_backed(best, by=1) and load_words().town_words.issuperset(company.form.words):
        is_likely = False  # a town alone is no name
    if best.comparison.number == NumberLevel.DIFFERENT:
        # A number with a right check digit is no slip: it is somebody's, and maybe another's.
        is_checked = company.number_ok or best.customer.side.number_ok
        is_likely = is_likely and _is_backed(best, by=2 if is_checked else 1)
    name = best.comparison.name
    is_other = name.level in {NameLevel.DIFFERENT, NameLevel.CONFLICT}
    if is_other and best.comparison.number not in _SAME_NUMBER:
        # What companies of one owner share cannot tell which of them it is.
        return Band.UNCLEAR, "other_name" if is_likely else "weak"
    if is_likely and _is_one_of_many_elsewhere(best, index):
        return Band.UNCLEAR, "namesake_elsewhere"
    is_against = is_name_against(name)
    is_equal = best.comparison.number == NumberLevel.EQUAL
    if is_against and not (is_likely and _is_backed(best)):
        return Band.UNCLEAR, "name_against" if is_equal else "weak"
    if is_likely:
        reason = _LIKELY_REASONS.get(best.comparison.number, "")
        if is_equal and not (len(company.number) == 12 and company.number.isdigit()):
            reason = "number_unchecked"  # a foreign company's
        if is_against:
            reason = "name_against" if is_equal else "other_name"
        return Band.LIKELY, reason
    if is_equal:
        return Band.UNCLEAR, "wrong_check_digit"
    if len(ranked) > 1 and ranked[1].probability >= ALIKE * best.probability:
        return Band.UNCLEAR, "several_alike"
    return Band.UNCLEAR, "weak"


def _is_backed(best: Ranked, *, by: int = 2, place: bool = True) -> bool:
    """Tell whether so many things that have nothing to do with the name say that it is this customer.

    ``place``: the postal code is one of them. Many companies of one trade have one code.
    """
    left_out = _NAME if place else _NAME_AND_PLACE
    said = zip(FIELDS, best.comparison.said, strict=True)
    return len([field for field, (_, b) in said if b >= IDENTIFYING_BITS and field not in left_out]) >= by


def _is_one_of_many_elsewhere(best: Ranked, index: CustomerIndex) -> bool:
    """Tell whether the customer is in another place, has namesakes, and nothing says that it is this one.

    Branches of one organisation have one name and one mail host, and are told apart by their towns.
    """
    if best.comparison.number in _SAME_NUMBER:
        return False
    levels = dict(zip(FIELDS, [level for level, _ in best.comparison.said], strict=True))
    if levels["postal_code"] != FieldLevel.DIFFERENT:
        return False
    if any(levels[field] == FieldLevel.EQUAL for field in ("vendor_customer_number", "email", "phone")):
        return False
    form = best.customer.side.form
    # The name of a company is registered for one; those of associations and their branches are not.
    return form.legal_form not in _REGISTERED and len(index.with_name(form)) > 1


def _why_nobody(company: Side, index: CustomerIndex) -> str:
    """Return why there is no candidate: nothing to go by, a namesake with another number, or nobody."""
    said = (company.form.words, company.number, company.emails, company.phones, company.vendor_number)
    if not any(said):
        return "nothing_to_compare"
    namesakes = index.with_name(company.form) if company.number_ok else []
    return "other_number" if any(entry.side.number_ok for entry in namesakes) else "no_candidate"


def _band_of_equal_number(best: Ranked) -> tuple[str, str]:
    if best.comparison.number == NumberLevel.SERIAL_DIFFERS:
        return Band.UNCLEAR, "serial_differs"
    if is_name_against(best.comparison.name):
        # A company of quite another name with the only number of its kind has been renamed: a person sees the
        # warning and decides. But a sister's number is soon taken for another's, and a person may have firms
        # of several names.
        is_other = best.comparison.name.level == NameLevel.CONFLICT
        may_be_other = is_other or is_personal(best.customer.side.number)
        return Band.UNCLEAR if may_be_other and not _is_backed(best) else Band.LIKELY, "name_against"
    return Band.CERTAIN, ""


_HALF_A_NAME = frozenset({NameLevel.MIDDLE, NameLevel.LOW})
"""Each name has words that the other has not: however rare the rest is, that alone is not *likely*."""
_NAME, _NAME_AND_PLACE = frozenset({"name"}), frozenset({"name", "postal_code"})
_REGISTERED = frozenset({"ab", "hb", "kb", "ekf", "ef", "brf"})
_SAME_NUMBER = frozenset({NumberLevel.EQUAL, NumberLevel.ONE_DIGIT, NumberLevel.SWAPPED})
_LIKELY_REASONS = {
    NumberLevel.EQUAL: "wrong_check_digit",
    NumberLevel.ONE_DIGIT: "number_near",
    NumberLevel.SWAPPED: "number_near",
}
