"""How each field of a company and a customer agrees, and how many bits that speaks for or against a link."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA

from app.matching.frequencies import Frequencies
from app.matching.model import Model
from app.matching.name_comparison import NameAgreement, NameLevel, compare_names
from app.matching.numbers import NumberLevel, compare_numbers
from app.matching.sides import Side
from app.matching.words import load_words

_MOST_IDENTIFYING = 20.0
"""Bits that an e-mail address or a telephone number can speak for a link: one in a million has it."""
_MOST_HOST = 17.0
_MOST_CODE = 13.0
_MOST_TOWN = 9.0
_MOST_NAME = 26.0
_NEAR_CODE = 5.0
_SIMILAR_ADDRESS = 14.0
_SHARED_DIGITS = 7
_ALIKE_TOWN = 0.8
_MOST_VENDOR_NUMBER = 20.0


class FieldLevel(StrEnum):
    """Levels of agreement of the fields besides number and name."""

    EQUAL = "equal"
    SIMILAR = "similar"
    DOMAIN = "domain"
    CODE = "code"
    NEAR = "near"
    TOWN = "town"
    DIFFERENT = "different"
    MISSING = "missing"


class Weighed(NamedTuple):
    """What one field says: its level, and bits for (positive) or against a link."""

    field: str
    level: str
    bits: float = 0.0


class Comparison(NamedTuple):
    """A company compared with a customer. ``fields`` are in the order in which they are shown."""

    fields: tuple[Weighed, ...]
    name: NameAgreement
    number: NumberLevel
    bits: float


_NO_VENDOR_NUMBER = Weighed("vendor_customer_number", FieldLevel.MISSING)
_NO_EMAIL = Weighed("email", FieldLevel.MISSING)
_NO_PHONE = Weighed("phone", FieldLevel.MISSING)
_NO_PLACE = Weighed("postal_code", FieldLevel.MISSING)


def number_level(company: Side, customer: Side) -> NumberLevel:
    """Compare the numbers with their serials."""
    level = compare_numbers(
        company.number, customer.number, left_ok=company.number_ok, right_ok=customer.number_ok
    )
    if level == NumberLevel.EQUAL and company.serial and company.serial != customer.serial:
        return NumberLevel.SERIAL_DIFFERS
    return level


def weigh(company: Side, customer: Side, frequencies: Frequencies, model: Model) -> Comparison:
    """Compare every field. What is missing on one side says nothing."""
    number = number_level(company, customer)
    place = _weigh_place(company, customer, frequencies, model)
    name = compare_names(
        company.form,
        customer.form,
        frequencies.word_bits,
        left_town=company.town_key,
        right_town=customer.town_key,
    )
    if (
        place.level is FieldLevel.DIFFERENT
        and number is not NumberLevel.EQUAL
        and _are_branches(company, customer)
    ):
        name = name._replace(level=NameLevel.CONFLICT)
    fields = (
        _weigh_number(company, number, frequencies, model),
        _weigh_vendor_number(company, customer, frequencies, model),
        _weigh_name(company, customer, name, model),
        _weigh_email(company, customer, frequencies, model),
        _weigh_phone(company, customer, frequencies, model),
        place,
    )
    return Comparison(fields, name, number, sum([field.bits for field in fields]))


def _are_branches(company: Side, customer: Side) -> bool:
    """Tell whether one is called after the town where it is and the other neither is there nor called so."""
    if not company.form.words or not customer.form.words:
        return False
    for one, other in ((company, customer), (customer, company)):
        town = one.town_key
        if town and other.town_key and town in one.form.words and town not in other.form.words:
            return True
    return False


def _weigh_number(company: Side, level: NumberLevel, frequencies: Frequencies, model: Model) -> Weighed:
    bits = model.weights["number"].get(level, 0.0)
    if level is NumberLevel.EQUAL or level is NumberLevel.SERIAL_DIFFERS:
        bits = min(bits, frequencies.value_bits(f"no:{company.number}", bits))
    return Weighed("number", level, bits)


def _weigh_vendor_number(company: Side, customer: Side, frequencies: Frequencies, model: Model) -> Weighed:
    ours, theirs = company.vendor_number, customer.vendor_number
    if not ours or not theirs:
        return _NO_VENDOR_NUMBER
    field = "vendor_customer_number"
    weights = model.weights[field]
    if ours == theirs:
        rare = frequencies.value_bits(f"vc:{ours}", _MOST_VENDOR_NUMBER)
        return Weighed(field, FieldLevel.EQUAL, weights["equal"] + rare)
    if min(len(ours), len(theirs)) >= 6 and OSA.distance(ours, theirs, score_cutoff=1) == 1:
        return Weighed(field, FieldLevel.SIMILAR, weights["similar"])
    return Weighed(field, FieldLevel.DIFFERENT, weights["different"])


def _weigh_name(company: Side, customer: Side, name: NameAgreement, model: Model) -> Weighed:
    if name.level == NameLevel.MISSING:
        return Weighed("name", name.level)
    bits = min(model.weights["name"][name.level] + model.rarity * name.shared, _MOST_NAME)
    ours, theirs = company.form.legal_form, customer.form.legal_form
    if ours and theirs and name.level != NameLevel.DIFFERENT:
        bits += model.weights["legal_form"]["equal" if ours == theirs else "different"]
    return Weighed("name", name.level, bits)


def _weigh_email(company: Side, customer: Side, frequencies: Frequencies, model: Model) -> Weighed:
    if not company.emails or not (customer.emails or customer.hosts):
        return _NO_EMAIL
    weights = model.weights["email"]
    same = _in_both(company.emails, customer.emails)
    if same:
        rare = max([frequencies.value_bits(f"em:{email}", _MOST_IDENTIFYING) for email in same])
        return Weighed("email", FieldLevel.EQUAL, weights["equal"] + rare)
    for ours in company.emails:
        for theirs in customer.emails:
            if _is_same_mailbox(ours, theirs):
                return Weighed("email", FieldLevel.SIMILAR, weights["similar"] + _SIMILAR_ADDRESS)
    hosts = _in_both(company.hosts, customer.hosts)
    if hosts:
        rare = max([frequencies.value_bits(f"do:{host}", _MOST_HOST) for host in hosts])
        return Weighed("email", FieldLevel.DOMAIN, weights["domain"] + rare)
    if not customer.emails:
        return _NO_EMAIL
    return Weighed("email", FieldLevel.DIFFERENT, weights["different"])


def _is_same_mailbox(ours: str, theirs: str) -> bool:
    """Tell whether two addresses are one but for a slip or two."""
    if len(ours) < 10 or len(theirs) < 10 or OSA.distance(ours, theirs, score_cutoff=2) > 2:
        return False
    local, _, _ = ours.rpartition("@")
    other, _, _ = theirs.rpartition("@")
    if local != other and min(len(local), len(other)) < 5:
        return False
    if [char for char in ours if char.isdigit()] != [char for char in theirs if char.isdigit()]:
        return False  # eva78 and eva79 are two people, and no slip
    allowed = 1 if local in load_words().shared_locals or local != other else 2
    return bool(OSA.distance(ours, theirs, score_cutoff=allowed) <= allowed)


def _weigh_phone(company: Side, customer: Side, frequencies: Frequencies, model: Model) -> Weighed:
    if not company.phones or not customer.phones:
        return _NO_PHONE
    weights = model.weights["phone"]
    same = _in_both(company.phones, customer.phones)
    if same:
        rare = max([frequencies.value_bits(f"ph:{phone}", _MOST_IDENTIFYING) for phone in same])
        return Weighed("phone", FieldLevel.EQUAL, weights["equal"] + rare)
    for ours in company.phones:
        for theirs in customer.phones:
            if _is_same_line(ours, theirs):
                return Weighed("phone", FieldLevel.SIMILAR, weights["similar"] + _SIMILAR_ADDRESS)
    return Weighed("phone", FieldLevel.DIFFERENT, weights["different"])


def _is_same_line(ours: str, theirs: str) -> bool:
    if ours[-_SHARED_DIGITS:] == theirs[-_SHARED_DIGITS:]:
        return True
    return len(ours) >= 8 and len(theirs) >= 8 and OSA.distance(ours, theirs, score_cutoff=1) == 1


def _in_both(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    return [one for one in ours if one in theirs]  # one or two of each: no set is worth its making


def _weigh_place(company: Side, customer: Side, frequencies: Frequencies, model: Model) -> Weighed:
    weights = model.weights["postal_code"]
    code, other_code = company.postal_code, customer.postal_code
    town, other_town = company.town_key, customer.town_key
    if code and code == other_code:
        rare = frequencies.value_bits(f"pc:{code}", _MOST_CODE)
        return Weighed("postal_code", FieldLevel.CODE, weights["code"] + rare)
    same_town = bool(town and other_town) and is_same_town(town, other_town)
    if code and other_code and _is_near_code(code, other_code):
        bits = frequencies.value_bits(f"to:{other_town}", _MOST_TOWN) if same_town else _NEAR_CODE
        return Weighed("postal_code", FieldLevel.NEAR, weights["near"] + bits)
    if same_town:
        rare = frequencies.value_bits(f"to:{other_town}", _MOST_TOWN)
        return Weighed("postal_code", FieldLevel.TOWN, weights["town"] + rare)
    if (code and other_code) or (town and other_town):
        return Weighed("postal_code", FieldLevel.DIFFERENT, weights["different"])
    return _NO_PLACE


def _is_near_code(code: str, other: str) -> bool:
    if len(code) >= 5 and len(other) >= 5 and code[:3] == other[:3]:
        return True
    return len(code) == len(other) >= 4 and OSA.distance(code, other, score_cutoff=1) == 1


def is_same_town(town: str, other: str) -> bool:
    """Tell whether two folded towns are one: the same, cut short, or with a slip."""
    if town == other:
        return True
    short, long = (town, other) if len(town) <= len(other) else (other, town)
    if len(short) < 4:
        return False
    if long.startswith(short):
        return True
    return OSA.normalized_similarity(short, long) >= _ALIKE_TOWN
