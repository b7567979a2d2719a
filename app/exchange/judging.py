"""What a row of a file means: the number, the kind of customer, and what is wrong with the row.

Only an empty name and a number that cannot be one make a row invalid. A wrong check digit, a personal
number among organisation numbers, an odd telephone number and the like are told beside the row, and the
row is read (domain document, "Identity"; case 25).
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from app.domain.contact_details import ParsedDetail, parse_email, parse_phone, parse_postal_code
from app.domain.identity import MASK, NumberError, ParsedNumber, guess_kind, mask_number, parse_number
from app.domain.limits import NAME, letters_of
from app.domain.records import CustomerKind
from app.domain.swedish_order import fold_for_search
from app.exchange.legal_forms import name_says_legal_person, read_kind, read_legal_form
from app.exchange.source_row import NumberColumn, Remark, SourceRow

_INVALID_NUMBERS = frozenset(
    {
        NumberError.NOT_A_NUMBER,
        NumberError.WRONG_LENGTH,
        NumberError.IMPOSSIBLE_DATE,
        NumberError.BIRTH_NUMBER_ZERO,
        NumberError.NOT_AN_ORGANISATION_NUMBER,
        NumberError.PHONE,
    }
)
_NUMBERLESS = frozenset({CustomerKind.ASSOCIATION_WITHOUT_NUMBER, CustomerKind.FOREIGN})
_MAYBE_PERSONAL = re.compile(r"((?:\d\d)?\d\d[01]\d{3}[-+ ]?)\d{4}", re.ASCII)
_SHOWN = 40
_DECIMAL_ZERO = re.compile(r"^(\d{9,12})[.,]0$", re.ASCII)
_SPOILED_BY_SPREADSHEET = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)
_FOREIGN_PREFIX = re.compile(
    r"(?:NO|DK|FI|AX|IS|DE|FR|GB|UK|IE|NL|BE|LU|ES|PT|IT|AT|CH|PL|EE|LV|LT|CZ|SK|HU|RO|BG|GR|EL|HR|SI|US)"
    r"[- ]?\d"
)
_COUNTRIES = {
    "sverige": "SE", "sweden": "SE", "norge": "NO", "norway": "NO", "danmark": "DK", "denmark": "DK",
    "finland": "FI", "island": "IS", "iceland": "IS", "tyskland": "DE", "germany": "DE",
    "storbritannien": "GB", "united kingdom": "GB", "england": "GB", "polen": "PL", "poland": "PL",
    "nederlanderna": "NL", "netherlands": "NL", "estland": "EE", "estonia": "EE", "lettland": "LV",
    "latvia": "LV", "litauen": "LT", "lithuania": "LT", "frankrike": "FR", "france": "FR", "spanien": "ES",
    "spain": "ES", "italien": "IT", "italy": "IT", "schweiz": "CH", "switzerland": "CH", "usa": "US",
    "osterrike": "AT", "austria": "AT", "belgien": "BE", "belgium": "BE", "irland": "IE", "ireland": "IE",
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januari january jan", "februari february feb", "mars march mar", "april apr", "maj may",
         "juni june jun", "juli july jul", "augusti august aug", "september sep sept",
         "oktober october okt oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    """A row in the program's own terms.

    ``number`` is canonical or empty, ``phone`` E.164, ``postal_code`` as ``NNN NN``. ``kind_is_certain``
    says that the file named the kind; otherwise it follows from the number. ``typed_number`` is what stood
    in the file, with a person's last four digits hidden.
    """

    line: int
    name: str
    kind: CustomerKind
    kind_is_certain: bool
    number: str = ""
    typed_number: str = ""
    serial: int = 0
    legal_form: str = ""
    customer_number: str = ""
    vendor_customer_number: str = ""
    contact: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    postal_code: str = ""
    town: str = ""
    country: str = "SE"
    fiscal_year_end: str = ""
    office: str = ""
    invalid: bool = False
    remarks: tuple[Remark, ...] = field(default=())


def judge_row(row: SourceRow, *, today: date) -> JudgedRow:
    """Judge one row. Never raises for what stands in it."""
    remarks = list(row.remarks)
    name = _tidy(row.name)
    invalid = False
    if not any(char.isalnum() for char in name):
        remarks.append(Remark("empty_name"))
        invalid = True
    elif len(name) > NAME.most:
        remarks.append(Remark("long_name", {"most": str(NAME.most)}))
        invalid = True
    country = _country(row.country, remarks)
    declared = read_kind(row.kind) or read_kind(row.legal_form)
    number, kind = _number_and_kind(row, declared, country, today)
    typed = _hide_person(_tidy(row.number), number, today)
    if number.error is not None:
        remarks.append(Remark(number.error.value, {"number": typed}))
        invalid = invalid or number.error in _INVALID_NUMBERS
    elif _is_surprising_person(row, number, declared, name):
        remarks.append(Remark(NumberError.PERSONAL_AS_ORGANISATION.value, {"number": typed}))
    phone = row.phone
    if number.error == NumberError.PHONE and not phone.strip():
        phone = row.number
    return JudgedRow(
        line=row.line,
        name=name,
        kind=kind,
        kind_is_certain=declared == kind,
        number="" if number.error in _INVALID_NUMBERS else number.canonical,
        typed_number=typed,
        serial=_serial(row.serial, remarks),
        legal_form=_fitting("legal_form", read_legal_form(row.legal_form), remarks),
        customer_number=_fitting("customer_number", row.customer_number, remarks),
        vendor_customer_number=_fitting("vendor_customer_number", row.vendor_customer_number, remarks),
        contact=_fitting("contact", row.contact, remarks),
        email=_detail(parse_email(_tidy(row.email)), remarks),
        phone=_detail(parse_phone(_tidy(phone)), remarks),
        street=_fitting("street", row.street, remarks),
        postal_code=_postal_code(_fitting("postal_code", row.postal_code, remarks), country, remarks),
        town=_fitting("town", row.town, remarks),
        country=country,
        fiscal_year_end=_fiscal_year_end(_tidy(row.fiscal_year_end), remarks),
        office=_fitting("office", row.office, remarks),
        invalid=invalid,
        remarks=tuple(remarks),
    )


def _number_and_kind(
    row: SourceRow, declared: CustomerKind | None, country: str, today: date
) -> tuple[ParsedNumber, CustomerKind]:
    text = _DECIMAL_ZERO.sub(r"\1", _tidy(row.number))
    if not any(char.isdigit() for char in text):
        text = ""
    if _SPOILED_BY_SPREADSHEET.fullmatch(text):
        return ParsedNumber(text, error=NumberError.NOT_A_NUMBER), declared or CustomerKind.LEGAL_PERSON
    foreign = declared is None and (country != "SE" or _FOREIGN_PREFIX.match(text.upper()) is not None)
    number = parse_number(text, CustomerKind.FOREIGN if foreign else declared, today=today)
    if foreign:
        return number, guess_kind(number) if text else CustomerKind.FOREIGN
    if number.error == NumberError.WRONG_LENGTH:
        number = _with_leading_zeros(text, declared, today) or number
    if not number.canonical:
        return number, declared or CustomerKind.LEGAL_PERSON
    kind = declared or _kind_by_column(row, number)
    if number.error == NumberError.NOT_EXPECTED:
        # An association that has a number after all: the number is right, the word was not.
        return ParsedNumber(text, number.canonical, number.form), guess_kind(number)
    if number.error in {NumberError.PERSONAL_AS_ORGANISATION, NumberError.ORGANISATION_AS_PERSONAL}:
        kind = guess_kind(number)
    return number, kind


def _with_leading_zeros(text: str, declared: CustomerKind | None, today: date) -> ParsedNumber | None:
    """Give back the zeros that a spreadsheet takes from the front of a number."""
    if not re.fullmatch(r"[1-9]\d{7,8}", text, re.ASCII):
        return None
    number = parse_number(text.zfill(10)[:6] + "-" + text[-4:], declared, today=today)
    return number if number.ok else None


def _kind_by_column(row: SourceRow, number: ParsedNumber) -> CustomerKind:
    if number.is_personal and row.number_column == NumberColumn.PERSONAL:
        return CustomerKind.PRIVATE_PERSON
    return guess_kind(number)


def _is_surprising_person(
    row: SourceRow, number: ParsedNumber, declared: CustomerKind | None, name: str
) -> bool:
    """Tell whether a right personal number stands where an organisation's was to be expected."""
    if not number.is_personal or declared is not None or row.number_column == NumberColumn.PERSONAL:
        return False
    return row.number_column == NumberColumn.ORGANISATION or name_says_legal_person(name)


def _hide_person(text: str, number: ParsedNumber, today: date) -> str:
    """Return what was typed, fit for a list: nothing that may be a personal number is shown whole."""
    if number.canonical:
        return mask_number(number.canonical, today=today)
    if number.error in {NumberError.PHONE, NumberError.PLACEHOLDER}:
        return text[:_SHOWN]
    return _MAYBE_PERSONAL.sub(rf"\1{MASK}", text[: 2 * _SHOWN])[:_SHOWN]


def _fitting(field: str, text: str, remarks: list[Remark]) -> str:
    """Return the text on one line; nothing where no command could carry it, which is said."""
    tidy = _tidy(text)
    most = NAME.most if field == "contact" else letters_of(field)
    if len(tidy) > most:
        remarks.append(Remark("long_detail", {"field": field, "most": str(most)}))
        return ""
    return tidy


def _detail(parsed: ParsedDetail, remarks: list[Remark]) -> str:
    if parsed.error is not None:
        remarks.append(Remark(parsed.error.value, {"value": parsed.text[:80]}))
    return parsed.value


def _postal_code(text: str, country: str, remarks: list[Remark]) -> str:
    parsed = parse_postal_code(text, country)
    if parsed.error is not None:
        remarks.append(Remark(parsed.error.value, {"value": text}))
        return text
    return parsed.value


def _country(text: str, remarks: list[Remark]) -> str:
    cleaned = _tidy(text)
    if not cleaned:
        return "SE"
    known = _COUNTRIES.get(fold_for_search(cleaned))
    if known is None and re.fullmatch(r"[A-Za-z]{2}", cleaned):
        known = cleaned.upper()
    if known is None:
        remarks.append(Remark("unknown_country", {"value": cleaned[:40]}))
    return known or "SE"


def _serial(text: str, remarks: list[Remark]) -> int:
    cleaned = _tidy(text)
    if re.fullmatch(r"\d{1,3}", cleaned, re.ASCII):
        return int(cleaned)
    if cleaned:
        remarks.append(Remark("invalid_serial", {"value": cleaned[:20]}))
    return 0


def _fiscal_year_end(text: str, remarks: list[Remark]) -> str:
    """Return MM-DD of a day, a month's number or a month's name; the month's last day is meant."""
    if not text:
        return ""
    month = day = 0
    if match := re.fullmatch(r"(?:\d{4}-?)?(\d{2})-?(\d{2})", text, re.ASCII):
        month, day = int(match[1]), int(match[2])
    elif match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})", text, re.ASCII):
        month, day = int(match[2]), int(match[1])
    elif re.fullmatch(r"\d{1,2}", text, re.ASCII):
        month = int(text)
    else:
        month = _MONTHS.get(fold_for_search(text), 0)
    if not 1 <= month <= 12 or day > calendar.monthrange(2024, month)[1]:
        remarks.append(Remark("invalid_fiscal_year_end", {"value": text[:20]}))
        return ""
    last = calendar.monthrange(2023, month)[1]
    return f"{month:02d}-{min(day or last, last):02d}"


def _tidy(text: str) -> str:
    """Return the text on one line, without control characters and doubled blanks."""
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return " ".join(text.split())
