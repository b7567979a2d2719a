"""What companies of one family share tells nothing where another customer is the one of the name or the town.

Sister companies share an owner, a telephone and a mailbox; branches of one organisation share their name and
their mail host, and are told apart by their towns. A candidate is compared alone first; here the candidates
are seen together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.matching.model import Model
from app.matching.name_comparison import NameLevel
from app.matching.numbers import NumberLevel
from app.matching.weighing import FIELDS, Comparison, FieldLevel, Said
from app.matching.words import load_words

if TYPE_CHECKING:
    from app.matching.index import IndexedCustomer
    from app.matching.sides import Side

    Found = tuple[IndexedCustomer, Comparison]

THE_SAME_NAME = frozenset({NameLevel.SAME, NameLevel.ORDER, NameLevel.SPELLING})
_SAME_NUMBER = frozenset({NumberLevel.EQUAL, NumberLevel.ONE_DIGIT, NumberLevel.SWAPPED})
_NAME, _PLACE = FIELDS.index("name"), FIELDS.index("postal_code")
_SHARED = (FIELDS.index("email"), FIELDS.index("phone"))
_HERE = frozenset({FieldLevel.CODE, FieldLevel.NEAR, FieldLevel.TOWN})


def give_way(company: Side, found: list[Found], model: Model) -> list[Found]:
    """Return the candidates with what others of a family share left out, where one of them is meant.

    A sister's telephone and mailbox say nothing beside a customer of the very name that is in the place, or
    that nothing speaks against. A mail host says nothing of a namesake elsewhere beside one in the place.
    Where the name says a town and a namesake is there, a namesake elsewhere is another branch. A number that
    agrees always counts.
    """
    namesakes = [one for one in found if one[1].name.level in THE_SAME_NAME]
    if not namesakes or len(found) < 2:
        return found
    is_here = any(_place(comparison) in _HERE for _, comparison in namesakes)
    is_one = is_here or any(_speaks_against(comparison) == 0 for _, comparison in namesakes)
    towns = {word for word in company.form.words if word in load_words().town_words}
    told = {town for town in towns if any(_is_of(entry.side, town) for entry, _ in namesakes)}
    changed: list[Found] = []
    for entry, comparison in found:
        level = comparison.name.level
        if comparison.number not in _SAME_NUMBER:
            if level == NameLevel.PART and any(_is_elsewhere(entry.side, town) for town in told):
                comparison = _without(_as_another(comparison, model), FieldLevel.DOMAIN)
            elif level == NameLevel.CONFLICT and is_one:
                comparison = _without(comparison, FieldLevel.DOMAIN, FieldLevel.SIMILAR, FieldLevel.EQUAL)
            elif level in THE_SAME_NAME and is_here and _place(comparison) == FieldLevel.DIFFERENT:
                comparison = _without(comparison, FieldLevel.DOMAIN)
        changed.append((entry, comparison))
    return changed


def _place(comparison: Comparison) -> str:
    return comparison.said[_PLACE][0]


def _speaks_against(comparison: Comparison) -> int:
    return sum(level == FieldLevel.DIFFERENT for level, _ in comparison.said)


def _is_of(side: Side, town: str) -> bool:
    """Tell whether a customer is in a town or called after it; ``town`` may have the s of *Lunds*."""
    return side.town_key in {town, town.removesuffix("s")} or town in side.form.words


def _is_elsewhere(side: Side, town: str) -> bool:
    return bool(side.town_key) and not _is_of(side, town)


def _without(comparison: Comparison, *levels: FieldLevel) -> Comparison:
    """Return the comparison without what the e-mail and the telephone speak for at these levels."""
    return _with(
        comparison,
        [
            (level, 0.0) if bits > 0 and level in levels and at in _SHARED else (level, bits)
            for at, (level, bits) in enumerate(comparison.said)
        ],
    )


def _as_another(comparison: Comparison, model: Model) -> Comparison:
    """Return the comparison with the name as that of another branch."""
    weights = model.weights["name"]
    said = list(comparison.said)
    level, bits = said[_NAME]
    said[_NAME] = (NameLevel.CONFLICT, bits + weights[NameLevel.CONFLICT] - weights[level])
    return _with(comparison._replace(name=comparison.name._replace(level=NameLevel.CONFLICT)), said)


def _with(comparison: Comparison, said: Sequence[Said]) -> Comparison:
    return comparison._replace(said=tuple(said), bits=sum([bits for _, bits in said]))
