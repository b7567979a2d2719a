"""How alike two identity numbers are."""

from __future__ import annotations

import re
from enum import StrEnum

from rapidfuzz.distance import OSA

_DIGITS = "0123456789"
_CENTURIES = ("18", "19", "20")
_FOREIGN = re.compile(r"([A-Z]{2,3})?([0-9]{7,12})([A-Z]{0,3})")


class NumberLevel(StrEnum):
    """Levels of agreement between two numbers; ``veto``: both are right and they differ."""

    EQUAL = "equal"
    SERIAL_DIFFERS = "serial_differs"
    ONE_DIGIT = "one_digit"
    SWAPPED = "swapped"
    TWO_DIGITS = "two_digits"
    DIFFERENT = "different"
    VETO = "veto"
    MISSING = "missing"


# Looked up once: they are asked for with every comparison.
_EQUAL, _DIFFERENT = NumberLevel.EQUAL, NumberLevel.DIFFERENT
_VETO, _MISSING = NumberLevel.VETO, NumberLevel.MISSING


def compare_numbers(left: str, right: str, *, left_ok: bool, right_ok: bool) -> NumberLevel:
    """Compare two numbers (12 canonical digits, what was written instead, or empty).

    ``ok`` says that the check digit is right. A digit that is wrong, missing or too many is *one digit*.
    """
    if not left or not right:
        return _MISSING
    if left == right:
        return _EQUAL
    if left_ok and right_ok:
        # A person's number of ten digits does not say the century.
        is_of_century = left[2:] == right[2:] and "16" not in (left[:2], right[:2])
        return NumberLevel.ONE_DIGIT if is_of_century else _VETO
    if not (left.isdigit() and right.isdigit()) and _is_same_foreign(left, right):
        return _EQUAL
    if len(left) == 12 and len(right) == 12 and left[:2] != right[:2] and left[2:] == right[2:]:
        # A person's number written with another century, or as an organisation's.
        return NumberLevel.ONE_DIGIT
    one, other = _without_prefix(left), _without_prefix(right)
    distance = OSA.distance(one, other, score_cutoff=2)
    if distance == 1:
        return NumberLevel.SWAPPED if sorted(one) == sorted(other) else NumberLevel.ONE_DIGIT
    return NumberLevel.TWO_DIGITS if distance == 2 and len(one) == len(other) else _DIFFERENT


def other_centuries(canonical: str) -> tuple[str, ...]:
    """Return a person's number with each other century: ten digits with a hyphen do not say which."""
    if len(canonical) != 12 or canonical[:2] not in _CENTURIES:
        return ()
    return tuple(f"{century}{canonical[2:]}" for century in _CENTURIES if century != canonical[:2])


def foreign_digits(number: str) -> str:
    """Return the digits of a foreign number that has its country or a suffix written with it, or ""."""
    found = _FOREIGN.fullmatch(number)
    return found[2] if found and (found[1] or found[3]) else ""


def _is_same_foreign(left: str, right: str) -> bool:
    """Tell whether two foreign numbers are one: NO914778271MVA, NO914778271 and 914778271."""
    one, other = _FOREIGN.fullmatch(left), _FOREIGN.fullmatch(right)
    if one is None or other is None or one[2] != other[2]:
        return False
    return not one[1] or not other[1] or one[1] == other[1]


def _without_prefix(number: str) -> str:
    return number[2:] if len(number) == 12 else number


def near_numbers(canonical: str, *, prefix: str = "") -> list[str]:
    """Return the numbers with one other digit or two neighbours swapped (the century is left alone).

    A number of another length than 12 (a digit is missing or too many) is near those with one digit more or
    less, as an organisation's. Each has ``prefix`` before it.
    """
    if len(canonical) != 12:
        return [f"{prefix}16{ten}" for ten in _of_right_length(canonical)]
    near: list[str] = []
    for at in range(2, len(canonical)):
        before, digit, after = prefix + canonical[:at], canonical[at], canonical[at + 1 :]
        near += [before + other + after for other in _DIGITS if other != digit]
    for at in range(2, len(canonical) - 1):
        one, other = canonical[at], canonical[at + 1]
        if one != other:
            near.append(prefix + canonical[:at] + other + one + canonical[at + 2 :])
    return near


def _of_right_length(raw: str) -> list[str]:
    if not (raw.isascii() and raw.isdigit()):
        return []
    if len(raw) == 9:
        return [raw[:at] + digit + raw[at:] for at in range(10) for digit in _DIGITS]
    return [raw[:at] + raw[at + 1 :] for at in range(11)] if len(raw) == 11 else []


def differing_digits(text: str, other: str) -> tuple[tuple[int, int], ...]:
    """Return where ``text`` differs from ``other``, sign by sign, as (start, end); runs are joined."""
    spans: list[tuple[int, int]] = []
    for at, char in enumerate(text):
        if at < len(other) and other[at] == char:
            continue
        if spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return tuple(spans)
