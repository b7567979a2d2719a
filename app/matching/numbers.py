"""How alike two identity numbers are."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

_DIGITS = "0123456789"


class NumberLevel(StrEnum):
    """Levels of agreement between two numbers; ``veto``: both are right and they differ."""

    EQUAL = "equal"
    SERIAL_DIFFERS = "serial_differs"
    ONE_DIGIT = "one_digit"
    SWAPPED = "swapped"
    DIFFERENT = "different"
    VETO = "veto"
    MISSING = "missing"


def compare_numbers(left: str, right: str, *, left_ok: bool, right_ok: bool) -> NumberLevel:
    """Compare two canonical numbers (12 digits, or empty). ``ok`` says that the check digit is right."""
    if not left or not right:
        return NumberLevel.MISSING
    if left == right:
        return NumberLevel.EQUAL
    if left_ok and right_ok:
        return NumberLevel.VETO
    wrong = [at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b]
    if len(left) == len(right) and len(wrong) == 1:
        return NumberLevel.ONE_DIGIT
    if len(left) == len(right) and len(wrong) == 2:
        first, second = wrong
        if second == first + 1 and left[first] == right[second] and left[second] == right[first]:
            return NumberLevel.SWAPPED
    return NumberLevel.DIFFERENT


def near_numbers(canonical: str) -> Iterator[str]:
    """Yield the numbers with one other digit or two neighbours swapped (the prefix is left alone)."""
    for at in range(2, len(canonical)):
        for digit in _DIGITS:
            if digit != canonical[at]:
                yield canonical[:at] + digit + canonical[at + 1 :]
    for at in range(2, len(canonical) - 1):
        if canonical[at] != canonical[at + 1]:
            yield canonical[:at] + canonical[at + 1] + canonical[at] + canonical[at + 2 :]


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
