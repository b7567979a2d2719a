"""E-mail addresses, telephone numbers and postal codes as people type them.

Nothing raises for what a person typed: the answer is a :class:`ParsedDetail` with an error code.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_LONGEST_EMAIL = 320
_LONGEST_PHONE = 80
_WHITE_SPACE = re.compile(r"\s+")
_EXTENSION = re.compile(r"[\s,(]*\b(?:ankn(?:ytning)?|ext|vx)\b.*$", re.IGNORECASE)
_SWEDISH_POSTAL_CODE = re.compile(r"(?:SE?[- ]?)?([1-9]\d{2}) ?(\d{2})", re.ASCII | re.IGNORECASE)
_POSTAL_CODE_AND_TOWN = re.compile(r"((?:SE?[- ]?)?[1-9]\d{2} ?\d{2})\s+(\S.*)", re.ASCII | re.IGNORECASE)


class DetailError(StrEnum):
    """Why a contact detail cannot be used; the sentences are in resources/messages."""

    INVALID_EMAIL = "invalid_email"
    INVALID_PHONE = "invalid_phone"
    INVALID_POSTAL_CODE = "invalid_postal_code"


@dataclass(frozen=True, slots=True)
class ParsedDetail:
    """A contact detail: ``value`` as it is stored, or ``text`` unchanged beside an error."""

    text: str
    value: str = ""
    error: DetailError | None = None

    @property
    def ok(self) -> bool:
        """Tell whether the detail can be used; an empty one can, it is just missing."""
        return self.error is None


@functools.lru_cache(maxsize=1024)
def parse_email(text: str) -> ParsedDetail:
    """Read an e-mail address; its domain becomes lower case, nothing is looked up on the network."""
    cleaned = text.strip().strip("<>").removeprefix("mailto:").strip()
    if not cleaned:
        return ParsedDetail(text)
    if len(cleaned) > _LONGEST_EMAIL:
        return ParsedDetail(text, error=DetailError.INVALID_EMAIL)
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(cleaned, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return ParsedDetail(text, error=DetailError.INVALID_EMAIL)
    return ParsedDetail(text, found.normalized)


@functools.lru_cache(maxsize=1024)
def parse_phone(text: str) -> ParsedDetail:
    """Read a telephone number in any Swedish or international writing; ``value`` is E.164.

    A number without a country code is Swedish. What follows an extension mark is dropped.
    """
    if len(text) > _LONGEST_PHONE:
        return ParsedDetail(text, error=DetailError.INVALID_PHONE)
    cleaned = _EXTENSION.sub("", unicodedata.normalize("NFKC", text)).strip()
    if not cleaned:
        return ParsedDetail(text)
    import phonenumbers

    try:
        number = phonenumbers.parse(cleaned, "SE")
    except phonenumbers.NumberParseException:
        return ParsedDetail(text, error=DetailError.INVALID_PHONE)
    if not phonenumbers.is_possible_number(number):
        return ParsedDetail(text, error=DetailError.INVALID_PHONE)
    number.extension = None
    return ParsedDetail(text, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def format_phone(e164: str) -> str:
    """Return a stored number as Swedes write it (``08-38 14 73``), a foreign one with its country code."""
    if not e164:
        return ""
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    style = phonenumbers.PhoneNumberFormat
    return str(
        phonenumbers.format_number(
            number, style.NATIONAL if number.country_code == 46 else style.INTERNATIONAL
        )
    )


def parse_postal_code(text: str, country: str = "SE") -> ParsedDetail:
    """Read a postal code; a Swedish one becomes ``NNN NN``, others are kept with single spaces."""
    cleaned = _WHITE_SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    if not cleaned or country.upper() != "SE":
        return ParsedDetail(text, cleaned)
    match = _SWEDISH_POSTAL_CODE.fullmatch(cleaned)
    if match is None:
        return ParsedDetail(text, error=DetailError.INVALID_POSTAL_CODE)
    return ParsedDetail(text, f"{match[1]} {match[2]}")


def is_town(text: str, country: str = "SE") -> bool:
    """Tell whether a town can be called that: no Swedish one is written with figures, or without letters.

    Which town belongs to which postal code is not judged (decision 59).
    """
    if country.upper() != "SE":
        return True
    return any(char.isalpha() for char in text) and not any(char.isdigit() for char in text)


def split_postal_line(line: str) -> tuple[str, str]:
    """Split ``410 10  Göteborg`` into a postal code (``NNN NN``) and a town; one of them may be empty."""
    cleaned = _WHITE_SPACE.sub(" ", line).strip()
    both = _POSTAL_CODE_AND_TOWN.fullmatch(cleaned)
    if both:
        return parse_postal_code(both[1]).value, both[2]
    alone = parse_postal_code(cleaned)
    return (alone.value, "") if alone.value else ("", cleaned)
