"""When a remembered decision is to be shown again: the evidence says something else than it did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from app.domain.records import SeenCandidate
from app.matching.suggestions import SHOWN, Candidate

NOTABLY_MORE = 15
"""Points. A candidate that has risen by this much is new, even where the same fields speak for it; one that
has fallen by as much is not what it was taken for."""


_ABOUT_THE_FIRST = frozenset({"no_longer_ours", "duplicate"})
"""Reasons that say who the company is: they hold as long as it is taken for the first candidate."""


def has_lost_ground(
    reason: str,
    seen: Sequence[SeenCandidate],
    now: Iterable[Candidate | SeenCandidate],
    is_customer: Callable[[str], bool],
) -> bool:
    """Tell whether a decision rests on a customer that the company is hardly taken for any more.

    *Has left us* and *duplicate* were said of the first candidate. Where that has lost notably many points,
    or is no candidate any more though it is still a customer (its number was put right, say), a person has
    to look again. A customer that is gone altogether leaves the decision as it is. Other reasons are about
    nobody, and are confirmed by whatever speaks less for a link.
    """
    if reason not in _ABOUT_THE_FIRST or not seen:
        return False
    first = seen[0]
    present = next((one for one in now if one.customer_id == first.customer_id), None)
    if present is None:
        return is_customer(first.customer_id)
    return present.score <= first.score - NOTABLY_MORE


def has_new_evidence(seen: Sequence[SeenCandidate], now: Iterable[Candidate | SeenCandidate]) -> bool:
    """Tell whether a decision not to link has to be shown again.

    ``seen`` are the candidates that the decision was made over, ``now`` those of today, both at most as many
    as a person is shown. New evidence is a candidate that nobody saw (and not just the next in line after one
    that is gone), a field that speaks for a candidate and did not, a field that no longer speaks against it,
    or notably more points. That a candidate is gone or speaks less for itself confirms the decision.
    """
    before = {candidate.customer_id: candidate for candidate in seen}
    lowest = min((candidate.score for candidate in seen), default=0)
    for candidate in now:
        known = before.get(candidate.customer_id)
        if known is None:
            if len(before) < SHOWN or candidate.score > lowest:
                return True
            continue
        now_for, now_against = _sides(candidate)
        was_for, was_against = _sides(known)
        if now_for - was_for or was_against - now_against - {""}:
            return True
        if candidate.score >= known.score + NOTABLY_MORE:
            return True
    return False


def _sides(candidate: Candidate | SeenCandidate) -> tuple[set[str], set[str]]:
    """Return the fields that speak for and against, from reasons written as ``field:points``."""
    reasons = candidate.reasons if isinstance(candidate, SeenCandidate) else candidate.reasons()
    speaking_for: set[str] = set()
    speaking_against: set[str] = set()
    for reason in reasons:
        field, _, points = reason.partition(":")
        (speaking_against if points.startswith("-") else speaking_for).add(field)
    return speaking_for, speaking_against
