"""What speaks for and against one customer being the company, field by field, in points."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from app.domain.contact_details import format_phone
from app.matching.name_comparison import NameLevel
from app.matching.names import fold, name_words
from app.matching.numbers import NumberLevel, differing_digits
from app.matching.sides import Side, shown_number
from app.matching.weighing import Comparison, FieldLevel, Weighed

MAXIMUM = 100
POINTS_PER_BIT = 2.5
"""40 bits are 100 points: that is a right number and a right name, or a name, an address and a telephone."""


_SWEDISH_DIGITS = 9
_MARKED_BY_LETTER = 0.7


class Level(StrEnum):
    """How a field agrees, for the mark before the row."""

    EQUAL = "equal"
    SIMILAR = "similar"
    AGAINST = "against"
    MISSING = "missing"


Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One field: what stands on either side, how it agrees, and its points. Spans mark what differs.

    ``detail`` is a reason code for what is worth a word: ``one_digit``, ``swapped``, ``two_digits``,
    ``serial_differs``, ``wrong_check_digit``; of names ``order``, ``spelling``, ``part``, ``conflict``; of
    e-mail ``domain``; of places ``near`` and ``town``.
    """

    field: str
    level: str
    points: int
    left: str
    right: str
    left_spans: Spans = ()
    right_spans: Spans = ()
    detail: str = ""


_LEVELS: dict[str, Level] = {
    **dict.fromkeys(NumberLevel, Level.SIMILAR),
    **dict.fromkeys(NameLevel, Level.SIMILAR),
    **dict.fromkeys(FieldLevel, Level.SIMILAR),
    "equal": Level.EQUAL,
    "same": Level.EQUAL,
    "order": Level.EQUAL,
    "code": Level.EQUAL,
    "different": Level.AGAINST,
    "conflict": Level.AGAINST,
    "veto": Level.AGAINST,
    "missing": Level.MISSING,
}
_DETAILS = frozenset(
    {"one_digit", "swapped", "two_digits", "serial_differs", "order", "spelling", "part", "conflict"}
    | {"domain", "near", "town"}
)


def explain(company: Side, customer: Side, comparison: Comparison) -> tuple[EvidenceRow, ...]:
    """Return the rows of evidence; their points sum to the score, 0–100."""
    points = share_points(comparison)
    rows: list[EvidenceRow] = []
    for field, share in zip(comparison.fields, points, strict=True):
        row = _row(field, company, customer)
        if row is not None:
            rows.append(dataclasses.replace(row, points=share))
    return tuple(rows)


def share_points(comparison: Comparison) -> list[int]:
    """Return the points of each field of the comparison; their sum is the score."""
    return share_out([bits * POINTS_PER_BIT for _, bits in comparison.said])


def score(comparison: Comparison) -> int:
    """Return the points of all fields together, 0–100."""
    return _total(_scaled([bits * POINTS_PER_BIT for _, bits in comparison.said]))


def _total(scaled: Sequence[float]) -> int:
    return min(max(round(sum(scaled)), 0), MAXIMUM)


def _scaled(points: Sequence[float]) -> Sequence[float]:
    up = down = 0.0
    for point in points:
        if point > 0:
            up += point
        else:
            down -= point
    if up - down > MAXIMUM:
        return [p * (MAXIMUM + down) / up if p > 0 else p for p in points]
    if up < down:
        return [p * up / down if p < 0 else p for p in points]
    return points


def share_out(points: Sequence[float]) -> list[int]:
    """Return whole numbers that sum to the rounded sum, held within 0–100.

    Where the sum is beyond, what speaks that way is scaled down; a row without points gets none.
    """
    points = _scaled(points)
    total = _total(points)
    whole = [int(p) for p in points]
    left = total - sum(whole)
    step = 1 if left > 0 else -1
    order = sorted(
        (at for at, p in enumerate(points) if p), key=lambda at: (-step * (points[at] - whole[at]), at)
    )
    for turn in range(abs(left)):
        whole[order[turn % len(order)]] += step
    return whole


def _row(field: Weighed, company: Side, customer: Side) -> EvidenceRow | None:
    if field.field == "number":
        return _number_row(field, company, customer)
    if field.field == "name":
        return _name_row(field, company, customer)
    if field.field == "postal_code":
        return _place_row(field, company, customer)
    left, right = _shown(field, company, customer)
    if not left or not right:
        return None
    if field.field == "phone":
        left, right = shown_phone(left), shown_phone(right)
    same = field.level == FieldLevel.EQUAL
    host_only = field.level == FieldLevel.DOMAIN
    return EvidenceRow(
        field=field.field,
        level=_LEVELS[field.level],
        points=0,
        left=left,
        right=right,
        left_spans=() if same else _before_host(left) if host_only else differing_letters(left, right),
        right_spans=() if same else _before_host(right) if host_only else differing_letters(right, left),
        detail=field.level if field.level in _DETAILS else "",
    )


def _shown(field: Weighed, company: Side, customer: Side) -> tuple[str, str]:
    """Return the pair of values that the weight is about, of all that the customer's contacts have."""
    if field.field == "vendor_customer_number":
        return company.vendor_number, customer.vendor_number
    ours = company.emails if field.field == "email" else company.phones
    theirs = customer.emails or customer.hosts if field.field == "email" else customer.phones
    if not ours or not theirs:
        return "", ""
    same = sorted(set(ours) & set(theirs))
    if same:
        return same[0], same[0]
    if field.level == FieldLevel.DOMAIN:
        pairs = [(o, t) for o in ours for t in theirs if o.rpartition("@")[2] == t.rpartition("@")[2]]
    else:
        pairs = [(o, t) for o in ours for t in theirs]
    pairs = pairs or [(ours[0], theirs[0])]
    return min(pairs, key=lambda pair: (Levenshtein.distance(*pair), pair))


def shown_phone(digits: str) -> str:
    """Return comparable digits of a telephone as a person writes them."""
    return format_phone(f"+46{digits}" if len(digits) <= _SWEDISH_DIGITS else f"+{digits}")


def _number_row(field: Weighed, company: Side, customer: Side) -> EvidenceRow:
    left, right = shown_number(company), shown_number(customer)
    both = bool(left and right) and left != right
    return EvidenceRow(
        field="number",
        level=_LEVELS[field.level],
        points=0,
        left=left,
        right=right,
        left_spans=differing_digits(left, right) if both else (),
        right_spans=differing_digits(right, left) if both else (),
        detail=number_detail(company, field.level),
    )


def number_detail(company: Side, level: str) -> str:
    """Return the reason code of the number's row, or ""."""
    if level in _DETAILS:
        return level
    is_swedish = company.number.isdigit() and not company.number_ok
    return "wrong_check_digit" if is_swedish else ""


def _name_row(field: Weighed, company: Side, customer: Side) -> EvidenceRow:
    return EvidenceRow(
        field="name",
        level=_LEVELS[field.level],
        points=0,
        left=company.name,
        right=customer.name,
        left_spans=differing_in_names(company.name, customer.name),
        right_spans=differing_in_names(customer.name, company.name),
        detail=field.level if field.level in _DETAILS else "",
    )


def _place_row(field: Weighed, company: Side, customer: Side) -> EvidenceRow | None:
    left, right = _shown_place(company), _shown_place(customer)
    if not left and not right:
        return None
    same = field.level == FieldLevel.CODE or not left or not right
    return EvidenceRow(
        field="postal_code",
        level=_LEVELS[field.level],
        points=0,
        left=left,
        right=right,
        left_spans=() if same else differing_in_names(left, right),
        right_spans=() if same else differing_in_names(right, left),
        detail=field.level if field.level in _DETAILS else "",
    )


def _shown_place(side: Side) -> str:
    code = side.postal_code
    shown = f"{code[:3]} {code[3:]}" if len(code) == 5 and code.isdigit() else code
    return " ".join(part for part in (shown, side.town) if part)


def _before_host(text: str) -> Spans:
    at = text.find("@")
    return ((0, at),) if at > 0 else ()


def differing_letters(text: str, other: str) -> Spans:
    """Return where ``text`` has letters that ``other`` has not in that place; runs are joined."""
    spans: list[tuple[int, int]] = []
    for edit in Levenshtein.opcodes(text, other):
        if edit.tag != "equal" and edit.src_end > edit.src_start:
            spans.append((edit.src_start, edit.src_end))
    return tuple(spans)


def differing_in_names(text: str, other: str) -> Spans:
    """Return where ``text`` has words that ``other`` has not; of a word with a slip only its letters."""
    theirs = name_words(other)
    known = {word for word, _, _ in theirs}
    spans: list[tuple[int, int]] = []
    for word, start, end in name_words(text):
        if word in known:
            continue
        written = text[start:end]
        near = [
            other[a:b]
            for _, a, b in theirs
            if Levenshtein.normalized_similarity(fold(written), fold(other[a:b])) >= _MARKED_BY_LETTER
        ]
        if near and len(written) == end - start and len(fold(written)) == len(written):
            nearest = max(
                near, key=lambda one: (Levenshtein.normalized_similarity(fold(written), fold(one)), one)
            )
            letters = differing_letters(fold(written), fold(nearest))
            spans += [(start + a, start + b) for a, b in letters]
        else:
            spans.append((start, end))
    return tuple(spans)
