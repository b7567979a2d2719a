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


FIELDS = ("number", "vendor_customer_number", "name", "email", "phone", "postal_code")
"""In the order in which they are shown."""


class Weighed(NamedTuple):
    """What one field says: its level, and bits for (positive) or against a link."""

    field: str
    level: str
    bits: float = 0.0


Said = tuple[str, float]
"""The level and the bits of one field."""


class Comparison(NamedTuple):
    """A company compared with a customer. ``said`` is in the order of ``FIELDS``.

    A record is compared with a dozen customers of which three are shown: the fields get their names then.
    """

    said: tuple[Said, ...]
    name: NameAgreement
    number: NumberLevel
    bits: float

    @property
    def fields(self) -> tuple[Weighed, ...]:
        """Return what each field says, in the order in which they are shown."""
        return tuple(Weighed(field, *said) for field, said in zip(FIELDS, self.said, strict=True))


# Looked up once: a member of an enumeration costs as much as a comparison of two words, and there are many.
_EQUAL, _SIMILAR, _DIFFERENT = FieldLevel.EQUAL, FieldLevel.SIMILAR, FieldLevel.DIFFERENT
_DOMAIN, _CODE, _NEAR, _TOWN = FieldLevel.DOMAIN, FieldLevel.CODE, FieldLevel.NEAR, FieldLevel.TOWN
_NOTHING: Said = (FieldLevel.MISSING, 0.0)
_SAME_NUMBER, _OTHER_SERIAL = NumberLevel.EQUAL, NumberLevel.SERIAL_DIFFERS
_NO_NAME, _OTHER_NAME = NameLevel.MISSING, NameLevel.DIFFERENT


def number_level(company: Side, customer: Side) -> NumberLevel:
    """Compare the numbers with their serials."""
    level = compare_numbers(
        company.number, customer.number, left_ok=company.number_ok, right_ok=customer.number_ok
    )
    if level is _SAME_NUMBER and company.serial and company.serial != customer.serial:
        return _OTHER_SERIAL
    return level


def weigh(
    company: Side,
    customer: Side,
    frequencies: Frequencies,
    model: Model,
    *,
    number: NumberLevel | None = None,
) -> Comparison:
    """Compare every field. What is missing on one side says nothing.

    ``number`` is how the numbers agree where that is known already.
    """
    if number is None:
        number = number_level(company, customer)
    place = _weigh_place(company, customer, frequencies, model)
    name = compare_names(
        company.form,
        customer.form,
        frequencies.word_bits,
        left_town=company.town_key,
        right_town=customer.town_key,
    )
    if place[0] is _DIFFERENT and number is not _SAME_NUMBER and _are_branches(company, customer):
        name = name._replace(level=NameLevel.CONFLICT)
    said = (
        _weigh_number(company, number, frequencies, model),
        _weigh_vendor_number(company, customer, frequencies, model),
        _weigh_name(company, customer, name, model),
        _weigh_email(company, customer, frequencies, model),
        _weigh_phone(company, customer, frequencies, model),
        place,
    )
    return Comparison(said, name, number, sum([bits for _, bits in said]))


def _are_branches(company: Side, customer: Side) -> bool:
    """Tell whether one is called after the town where it is and the other neither is there nor called so."""
    if not company.form.words or not customer.form.words:
        return False
    for one, other in ((company, customer), (customer, company)):
        town = one.town_key
        if town and other.town_key and town in one.form.words and town not in other.form.words:
            return True
    return False


def _weigh_number(company: Side, level: NumberLevel, frequencies: Frequencies, model: Model) -> Said:
    bits = model.weights["number"].get(level, 0.0)
    if level is _SAME_NUMBER or level is _OTHER_SERIAL:
        bits = min(bits, frequencies.value_bits(f"no:{company.number}", bits))
    return level, bits


def _weigh_vendor_number(company: Side, customer: Side, frequencies: Frequencies, model: Model) -> Said:
    ours, theirs = company.vendor_number, customer.vendor_number
    if not ours or not theirs:
        return _NOTHING
    weights = model.weights["vendor_customer_number"]
    if ours == theirs:
        rare = frequencies.value_bits(f"vc:{ours}", _MOST_VENDOR_NUMBER)
        return _EQUAL, weights["equal"] + rare
    if min(len(ours), len(theirs)) >= 6 and OSA.distance(ours, theirs, score_cutoff=1) == 1:
        return _SIMILAR, weights["similar"]
    return _DIFFERENT, weights["different"]


def _weigh_name(company: Side, customer: Side, name: NameAgreement, model: Model) -> Said:
    if name.level is _NO_NAME:
        return name.level, 0.0
    bits = min(model.weights["name"][name.level] + model.rarity * name.shared, _MOST_NAME)
    ours, theirs = company.form.legal_form, customer.form.legal_form
    if ours and theirs and name.level is not _OTHER_NAME:
        bits += model.weights["legal_form"]["equal" if ours == theirs else "different"]
    return name.level, bits


def _weigh_email(company: Side, customer: Side, frequencies: Frequencies, model: Model) -> Said:
    if not company.emails or not (customer.emails or customer.hosts):
        return _NOTHING
    weights = model.weights["email"]
    same = _in_both(company.emails, customer.emails)
    if same:
        rare = max([frequencies.value_bits(f"em:{email}", _MOST_IDENTIFYING) for email in same])
        return _EQUAL, weights["equal"] + rare
    for ours in company.emails:
        for theirs in customer.emails:
            if _is_same_mailbox(ours, theirs):
                return _SIMILAR, weights["similar"] + _SIMILAR_ADDRESS
    hosts = _in_both(company.hosts, customer.hosts)
    if hosts:
        rare = max([frequencies.value_bits(f"do:{host}", _MOST_HOST) for host in hosts])
        return _DOMAIN, weights["domain"] + rare
    if not customer.emails:
        return _NOTHING
    return _DIFFERENT, weights["different"]


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


def _weigh_phone(company: Side, customer: Side, frequencies: Frequencies, model: Model) -> Said:
    if not company.phones or not customer.phones:
        return _NOTHING
    weights = model.weights["phone"]
    same = _in_both(company.phones, customer.phones)
    if same:
        rare = max([frequencies.value_bits(f"ph:{phone}", _MOST_IDENTIFYING) for phone in same])
        return _EQUAL, weights["equal"] + rare
    for ours in company.phones:
        for theirs in customer.phones:
            if _is_same_line(ours, theirs):
                return _SIMILAR, weights["similar"] + _SIMILAR_ADDRESS
    return _DIFFERENT, weights["different"]


def _is_same_line(ours: str, theirs: str) -> bool:
    if ours[-_SHARED_DIGITS:] == theirs[-_SHARED_DIGITS:]:
        return True
    return len(ours) >= 8 and len(theirs) >= 8 and OSA.distance(ours, theirs, score_cutoff=1) == 1


def _in_both(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    return [one for one in ours if one in theirs]  # one or two of each: no set is worth its making


def _weigh_place(company: Side, customer: Side, frequencies: Frequencies, model: Model) -> Said:
    weights = model.weights["postal_code"]
    code, other_code = company.postal_code, customer.postal_code
    town, other_town = company.town_key, customer.town_key
    if code and code == other_code:
        rare = frequencies.value_bits(f"pc:{code}", _MOST_CODE)
        return _CODE, weights["code"] + rare
    same_town = bool(town and other_town) and is_same_town(town, other_town)
    if code and other_code and _is_near_code(code, other_code):
        bits = frequencies.value_bits(f"to:{other_town}", _MOST_TOWN) if same_town else _NEAR_CODE
        return _NEAR, weights["near"] + bits
    if same_town:
        rare = frequencies.value_bits(f"to:{other_town}", _MOST_TOWN)
        return _TOWN, weights["town"] + rare
    if (code and other_code) or (town and other_town):
        return _DIFFERENT, weights["different"]
    return _NOTHING


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
