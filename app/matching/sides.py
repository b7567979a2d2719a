"""The two sides of a comparison in comparable form: the vendor's company and the firm's customer."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.identity import (
    ORGANISATION_PREFIX,
    NumberError,
    has_right_check_digit,
    mask_number,
    parse_number,
)
from app.domain.records import Company, Contact, Customer
from app.matching.names import NameForm, fold, normalise_name
from app.matching.words import load_words

_NOT_DIGITS = re.compile(r"\D+")
_NOT_ALNUM = re.compile(r"[\W_]+")
_ORGANISATION = re.compile(r"(\d{2}[2-9]\d{3})-?(\d{4})", re.ASCII)
_SHORTEST_RAW, _LONGEST_RAW = 5, 20
_NUMBER_WITHIN = re.compile(r"(?<![A-Za-z0-9.,])(?:SE|16|18|19|20)?[0-9]{6}[-+ ]?[0-9]{4}(?![0-9A-Za-z])")
_NOT_SEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_LONGEST_AROUND = 60
_SHORTEST_PHONE = 6
_NO_FOREIGN_NAME = re.compile(r"^(?:www\.|https?://)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side. ``number`` is canonical, or letters and digits as written where it is no Swedish number.

    ``emails`` and ``phones`` have one entry for each contact (comparable form; the best of them counts),
    ``hosts`` the mail and web hosts that are not free for all.
    """

    number: str = ""
    number_ok: bool = False
    serial: int = 0
    vendor_number: str = ""
    name: str = ""
    form: NameForm
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    postal_code: str = ""
    town: str = ""
    town_key: str = ""


def make_side(
    *,
    number: str = "",
    serial: int = 0,
    vendor_number: str = "",
    name: str = "",
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    postal_code: str = "",
    town: str = "",
    web_domain: str = "",
) -> Side:
    """Return a side with the derived parts filled in; everything is as a person or a program wrote it."""
    comparable, number_ok = comparable_number(number) if number else ("", False)
    mails = _distinct([email.strip().casefold() for email in emails if email])
    hosts = [mail.rpartition("@")[2] for mail in mails if "@" in mail]
    if web_domain:
        hosts.append(_NO_FOREIGN_NAME.sub("", web_domain.strip().casefold()).partition("/")[0])
    if hosts:
        free = load_words().free_hosts
        hosts = [host for host in hosts if host not in free]
    return Side(
        number=comparable,
        number_ok=number_ok,
        serial=serial,
        vendor_number=_NOT_ALNUM.sub("", vendor_number).casefold() if vendor_number else "",
        name=name.strip(),
        form=normalise_name(name),
        emails=mails,
        phones=_distinct([comparable_phone(phone) for phone in phones if phone]),
        hosts=_distinct(hosts),
        postal_code=comparable_postal_code(postal_code) if postal_code else "",
        town=town.strip(),
        town_key=_town_key(town) if town else "",
    )


def _distinct(texts: list[str]) -> tuple[str, ...]:
    """Return each text that is not empty once, in order."""
    if len(texts) > 1:
        return tuple(dict.fromkeys(filter(None, texts)))
    return (texts[0],) if texts and texts[0] else ()


def company_side(company: Company) -> Side:
    """Return the vendor's company in comparable form."""
    return make_side(
        number=company.number,
        serial=company.serial,
        vendor_number=company.vendor_customer_number,
        name=company.name,
        emails=(company.email,),
        phones=(company.phone,),
        postal_code=company.postal_code,
        town=company.town,
    )


def customer_side(customer: Customer, contacts: Iterable[Contact] = (), web_domain: str = "") -> Side:
    """Return the firm's customer in comparable form, with the e-mail and telephone of all its contacts."""
    contacts = tuple(contacts)
    return make_side(
        number=customer.organisation_number,
        serial=customer.serial,
        vendor_number=customer.vendor_customer_number,
        name=customer.name,
        emails=(contact.email for contact in contacts),
        phones=(contact.phone for contact in contacts),
        postal_code=customer.address.postal_code,
        town=customer.address.town,
        web_domain=web_domain,
    )


def comparable_number(text: str) -> tuple[str, bool]:
    """Return the canonical number and whether it is right; else what can be compared of what was written."""
    # The two commonest writings are told by their shape. With a zero first it may be a telephone number.
    if not text.startswith("0"):
        if found := _ORGANISATION.fullmatch(text):
            digits = found[1] + found[2]
            return ORGANISATION_PREFIX + digits, has_right_check_digit(digits)
        if text.isascii() and text.isdigit() and len(text) not in {10, 12}:
            return _comparable_raw(text), False
    return _read_number(text)


@functools.lru_cache(maxsize=4096)
def _read_number(text: str) -> tuple[str, bool]:
    parsed = parse_number(text)
    if not parsed.ok:
        # A program or a person wrote something around it: Org.nr 556036-0793, ="5560360793".
        within = _NUMBER_WITHIN.findall(_NOT_SEEN.sub("", text[:_LONGEST_AROUND]))
        found = parse_number(within[0]) if len(within) == 1 else parsed
        parsed = found if found.ok else parsed
    if parsed.canonical:
        return parsed.canonical, parsed.ok
    if parsed.error in {NumberError.EMPTY, NumberError.PLACEHOLDER, NumberError.PHONE}:
        return "", False
    return _comparable_raw(text), False


def _comparable_raw(text: str) -> str:
    raw = text if text.isdecimal() else _NOT_ALNUM.sub("", text).upper()
    digits = raw if text.isdecimal() else _NOT_DIGITS.sub("", raw)
    if len(digits) < _SHORTEST_RAW or len(set(digits)) == 1 or len(raw) > _LONGEST_RAW:
        return ""
    return raw


def comparable_phone(text: str) -> str:
    """Return a telephone number's digits without country code and leading zeros; too short ones are none.

    Only to compare: E.164 and all Swedish writings come out the same. What can be called is judged by
    app.domain.contact_details.
    """
    digits = text if text.isascii() and text.isdigit() else _NOT_DIGITS.sub("", text)
    if digits.startswith("0046"):
        digits = digits[4:]
    elif digits.startswith("46") and len(digits) > 9 and text.lstrip().startswith(("+", "46")):
        digits = digits[2:]
    digits = digits.lstrip("0")
    return digits if _SHORTEST_PHONE <= len(digits) <= 15 and len(set(digits)) > 1 else ""


def comparable_postal_code(text: str) -> str:
    """Return the digits (and letters of foreign codes) of a postal code without country prefix."""
    code = (text if text.isalnum() else _NOT_ALNUM.sub("", text)).upper()
    return code[2:] if code.startswith("SE") else code.removeprefix("S") if len(code) == 6 else code


@functools.lru_cache(maxsize=8192)
def _town_key(town: str) -> str:
    folded = _NOT_ALNUM.sub(" ", fold(town)).strip()
    for double, letter in (("aa", "a"), ("ae", "a"), ("oe", "o")):
        folded = folded.replace(double, letter)
    return load_words().same.get(folded, folded)


def shown_number(side: Side) -> str:
    """Return the number as shown: a personal number masked, also one that is too short or too long."""
    number = side.number
    if len(number) == 12 and number.isdigit():
        return mask_number(number)
    digits = _NOT_DIGITS.sub("", number)
    maybe_personal = digits[:2] in {"19", "20"} or digits[2:3] in {"0", "1"}
    return number[:-4] + "••••" if digits and maybe_personal else number
