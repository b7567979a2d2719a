"""What speaks for and against one customer being the company, field by field, with points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from app.domain.identity import mask_number
from app.matching.names import NameForm, differing_words, normalise_name
from app.matching.numbers import NumberLevel, compare_numbers, differing_digits

MAXIMUM = 100
CLEARLY_DIFFERENT = 50.0
"""Two names less alike than this (0–100) with no rare word in common speak against each other."""

FREE_MAIL_HOSTS = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.se",
        "outlook.com",
        "live.se",
        "live.com",
        "msn.com",
        "icloud.com",
        "me.com",
        "yahoo.com",
        "yahoo.se",
        "telia.com",
        "bredband.net",
        "bahnhof.se",
        "comhem.se",
        "spray.se",
        "passagen.se",
        "protonmail.com",
        "proton.me",
    }
)

_NUMBER_POINTS = {
    NumberLevel.EQUAL: 45,
    NumberLevel.SERIAL_DIFFERS: 25,
    NumberLevel.ONE_DIGIT: 30,
    NumberLevel.SWAPPED: 30,
    NumberLevel.DIFFERENT: -10,
    NumberLevel.VETO: -MAXIMUM,
    NumberLevel.MISSING: 0,
}
_VENDOR_NUMBER_POINTS = 45
_NAME_POINTS = 35
_NAME_AGAINST = -20
_EMAIL_POINTS = 15
_DOMAIN_POINTS = 8
_PHONE_POINTS = 10
_POSTAL_CODE_POINTS = 5


class Level(StrEnum):
    """How a field agrees, for the mark before the row."""

    EQUAL = "equal"
    SIMILAR = "similar"
    AGAINST = "against"
    MISSING = "missing"


Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One field: what stands on either side, how it agrees, and its points. Spans mark what differs."""

    field: str
    level: str
    points: int
    left: str
    right: str
    left_spans: Spans = ()
    right_spans: Spans = ()
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a comparison in comparable form. ``number`` is canonical; ``phone`` is E.164."""

    number: str = ""
    number_ok: bool = False
    serial: int = 0
    vendor_number: str = ""
    name: str = ""
    form: NameForm
    email: str = ""
    domain: str = ""
    phone: str = ""
    postal_code: str = ""
    town: str = ""
    web_domain: str = ""


def make_side(
    *,
    number: str = "",
    number_ok: bool = False,
    serial: int = 0,
    vendor_number: str = "",
    name: str = "",
    email: str = "",
    phone: str = "",
    postal_code: str = "",
    town: str = "",
    web_domain: str = "",
) -> Side:
    """Return a side with the derived parts filled in."""
    email = email.strip().casefold()
    host = email.rpartition("@")[2]
    return Side(
        number=number,
        number_ok=number_ok,
        serial=serial,
        vendor_number=vendor_number.strip(),
        name=name,
        form=normalise_name(name),
        email=email,
        domain="" if host in FREE_MAIL_HOSTS else host,
        phone=phone.strip(),
        postal_code="".join(c for c in postal_code if c.isdigit()),
        town=town.strip(),
        web_domain=web_domain.strip().casefold().removeprefix("www."),
    )


def number_level(company: Side, customer: Side) -> NumberLevel:
    """Compare the numbers with their serials."""
    level = compare_numbers(
        company.number, customer.number, left_ok=company.number_ok, right_ok=customer.number_ok
    )
    if level == NumberLevel.EQUAL and company.serial and company.serial != customer.serial:
        return NumberLevel.SERIAL_DIFFERS
    return level


def name_likeness(company: Side, customer: Side) -> float:
    """Return 0–100: 100 is the same core name, whatever the legal form, case and accents."""
    left, right = company.form.core, customer.form.core
    if not left or not right:
        return 0.0
    if left == right:
        return 100.0
    joined = fuzz.ratio(left.replace(" ", ""), right.replace(" ", ""))
    return max(fuzz.token_sort_ratio(left, right), joined, 0.92 * fuzz.token_set_ratio(left, right))


def is_name_against(company: Side, customer: Side, likeness: float) -> bool:
    """Tell whether the names are clearly different: not alike, and no longer word in common."""
    if not company.form.core or not customer.form.core or likeness >= CLEARLY_DIFFERENT:
        return False
    shared = set(company.form.words) & set(customer.form.words)
    return not any(len(word) >= 4 for word in shared)


def compare(company: Side, customer: Side) -> tuple[EvidenceRow, ...]:
    """Return the rows of evidence; their points sum to the score (0–100)."""
    rows = [
        _number_row(company, customer),
        _vendor_number_row(company, customer),
        _name_row(company, customer),
        _email_row(company, customer),
        _plain_row("phone", company.phone, customer.phone, _PHONE_POINTS),
        _postal_row(company, customer),
    ]
    kept: list[EvidenceRow] = []
    total = 0
    for row in rows:
        if row is None:
            continue
        points = max(-total, min(row.points, MAXIMUM - total))
        total += points
        kept.append(_with_points(row, points))
    return tuple(kept)


def _with_points(row: EvidenceRow, points: int) -> EvidenceRow:
    if row.points == points:
        return row
    return EvidenceRow(
        field=row.field,
        level=row.level,
        points=points,
        left=row.left,
        right=row.right,
        left_spans=row.left_spans,
        right_spans=row.right_spans,
        detail=row.detail,
    )


def _shown_number(number: str) -> str:
    return mask_number(number) if number else ""


def _number_row(company: Side, customer: Side) -> EvidenceRow:
    level = number_level(company, customer)
    left, right = _shown_number(company.number), _shown_number(customer.number)
    mark = {
        NumberLevel.EQUAL: Level.EQUAL,
        NumberLevel.MISSING: Level.MISSING,
        NumberLevel.DIFFERENT: Level.AGAINST,
        NumberLevel.VETO: Level.AGAINST,
    }.get(level, Level.SIMILAR)
    detail = level if mark == Level.SIMILAR else ""
    if company.number and not company.number_ok:
        detail = detail or "wrong_check_digit"
    return EvidenceRow(
        field="number",
        level=mark,
        points=_NUMBER_POINTS[level],
        left=left,
        right=right,
        left_spans=differing_digits(left, right) if left and right else (),
        right_spans=differing_digits(right, left) if left and right else (),
        detail=detail,
    )


def _vendor_number_row(company: Side, customer: Side) -> EvidenceRow | None:
    if not company.vendor_number or not customer.vendor_number:
        return None
    return _plain_row(
        "vendor_customer_number", company.vendor_number, customer.vendor_number, _VENDOR_NUMBER_POINTS
    )


def _name_row(company: Side, customer: Side) -> EvidenceRow:
    likeness = name_likeness(company, customer)
    if not company.name or not customer.name:
        level, points = Level.MISSING, 0
    elif likeness >= 100:
        level, points = Level.EQUAL, _NAME_POINTS
    elif is_name_against(company, customer, likeness):
        level, points = Level.AGAINST, _NAME_AGAINST
    else:
        level = Level.SIMILAR
        points = round(_NAME_POINTS * max(0.0, (likeness - CLEARLY_DIFFERENT) / CLEARLY_DIFFERENT) * 0.9)
    return EvidenceRow(
        field="name",
        level=level,
        points=points,
        left=company.name,
        right=customer.name,
        left_spans=differing_words(company.name, customer.name),
        right_spans=differing_words(customer.name, company.name),
    )


def _email_row(company: Side, customer: Side) -> EvidenceRow | None:
    if not company.email:
        return None
    if customer.email and company.email == customer.email:
        return EvidenceRow(
            field="email",
            level=Level.EQUAL,
            points=_EMAIL_POINTS,
            left=company.email,
            right=customer.email,
        )
    hosts = {h for h in (customer.domain, customer.web_domain) if h}
    same_domain = bool(company.domain) and company.domain in hosts
    if not customer.email and not same_domain:
        return None
    right = customer.email or customer.web_domain
    return EvidenceRow(
        field="email",
        level=Level.SIMILAR if same_domain else Level.AGAINST,
        points=_DOMAIN_POINTS if same_domain else 0,
        left=company.email,
        right=right,
        left_spans=((0, company.email.find("@")),) if same_domain else ((0, len(company.email)),),
        right_spans=((0, max(right.find("@"), 0)),) if same_domain else ((0, len(right)),),
    )


def _postal_row(company: Side, customer: Side) -> EvidenceRow | None:
    if not company.postal_code and not company.town:
        return None
    left = " ".join(part for part in (_shown_code(company.postal_code), company.town) if part)
    right = " ".join(part for part in (_shown_code(customer.postal_code), customer.town) if part)
    if not right:
        return EvidenceRow(field="postal_code", level=Level.MISSING, points=0, left=left, right="")
    same = bool(company.postal_code) and company.postal_code == customer.postal_code
    return EvidenceRow(
        field="postal_code",
        level=Level.EQUAL if same else Level.AGAINST,
        points=_POSTAL_CODE_POINTS if same else 0,
        left=left,
        right=right,
        left_spans=() if same else differing_words(left, right),
        right_spans=() if same else differing_words(right, left),
    )


def _shown_code(code: str) -> str:
    return f"{code[:3]} {code[3:]}" if len(code) == 5 else code


def _plain_row(field: str, left: str, right: str, points: int) -> EvidenceRow | None:
    if not left or not right:
        return None
    if left == right:
        return EvidenceRow(field=field, level=Level.EQUAL, points=points, left=left, right=right)
    return EvidenceRow(
        field=field,
        level=Level.AGAINST,
        points=0,
        left=left,
        right=right,
        left_spans=differing_digits(left, right),
        right_spans=differing_digits(right, left),
    )
