"""The customers that a company may be, compared and put in order, each with how probable it is."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence, Set
from typing import NamedTuple

from app.matching.families import THE_SAME_NAME, give_way
from app.matching.index import CONSIDERED, CustomerIndex, IndexedCustomer
from app.matching.numbers import NumberLevel
from app.matching.sides import Side
from app.matching.weighing import Comparison, number_level, weigh

_DECIDED_AFTER = {3: True, 10: False}
"""After how many customers it may be decided who it is; the sooner, only for the very name."""
_DECIDED = 0.998
_VETO = NumberLevel.VETO
_FEWEST = 20
"""Customers that are assumed at least: with a single customer not every company is that one."""


class Ranked(NamedTuple):
    """A customer compared with the company. ``probability`` that it is the one, among all and nobody."""

    customer: IndexedCustomer
    comparison: Comparison
    probability: float


def rank(
    company: Side, index: CustomerIndex, *, excluded: Set[str] = frozenset(), limit: int = CONSIDERED
) -> list[Ranked]:
    """Return the candidates, the most probable first; those with another valid number are none."""
    found: list[tuple[IndexedCustomer, Comparison]] = []
    chances: list[float] = []
    compared = 0
    for lot, entries in enumerate(index.lots(company, limit=limit)):
        for entry in entries:
            if lot and compared in _DECIDED_AFTER:
                chances = _chances(found, index)
                if _is_decided(found, chances, names_agree=_DECIDED_AFTER[compared]):
                    break
            compared += 1
            if entry.id in excluded:
                continue
            number = number_level(company, entry.side)
            if number is not _VETO:
                found.append(
                    (entry, weigh(company, entry.side, index.frequencies, index.model, number=number))
                )
        if not lot:
            chances = _chances(found, index)
            if _is_decided(found, chances, names_agree=True):
                break
    given = give_way(company, found, index.model) if len(found) > 1 else found
    if given is not found or len(chances) < len(found):
        found = given
        chances = _chances(found, index)
    ranked = [Ranked(*one, chance) for one, chance in zip(found, chances, strict=True)]
    if len(ranked) > 1:
        ranked.sort(key=lambda one: (-one.comparison.bits, one.customer.id))
    return ranked


def _is_decided(
    found: Sequence[tuple[IndexedCustomer, Comparison]],
    chances: Sequence[float],
    *,
    names_agree: bool = False,
) -> bool:
    """Tell whether the rest, with names ever less alike, cannot change who is first.

    ``names_agree``: names have not been looked up yet, so that the first must have the very name as well.
    Whoever else has it is among those with a key in common, and others can only have less.
    """
    highest = max(chances, default=0.0)
    if highest <= _DECIDED:
        return False
    return not names_agree or found[chances.index(highest)][1].name.level in THE_SAME_NAME


def _chances(found: Sequence[tuple[IndexedCustomer, Comparison]], index: CustomerIndex) -> list[float]:
    bits = [comparison.bits for _, comparison in found]
    return probabilities(bits, customers=len(index), matched=index.model.matched)


@functools.lru_cache(maxsize=16)
def _priors(customers: int, matched: float) -> tuple[float, float]:
    """Return log₂ of how probable nobody and each single customer is before anything is compared."""
    return math.log2(1 - matched), math.log2(matched / max(customers, _FEWEST))


def probabilities(bits: Sequence[float], *, customers: int, matched: float) -> list[float]:
    """Return how probable each candidate is: one of them or nobody is right.

    ``matched`` is the share of companies that are somebody's customers; before anything is compared, each of
    the ``customers`` is equally probable.
    """
    if not bits:
        return []
    nobody, each = _priors(customers, matched)
    highest = max(nobody, each + max(bits))
    odds = [2.0 ** (each + one - highest) for one in bits]
    total = sum(odds) + 2.0 ** (nobody - highest)
    return [one / total for one in odds]
