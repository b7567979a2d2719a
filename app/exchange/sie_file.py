"""The company in a SIE file (types 1–4): who it is, not its accounts.

Reads the identification records of the standard "SIE filformat", version 4B (SIE-Gruppen): #FNAMN,
#ORGNR (number, acquisition number, activity number), #ADRESS, #FTYP, #RAR, #PROGRAM, #SIETYP. Real
exports differ from it in every way, so nothing here is strict: fields are separated by spaces or tabs,
quoted or not, padded, in another order, or left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.contact_details import split_postal_line
from app.exchange.source_row import NumberColumn, Remark, SourceRow
from app.exchange.text_encoding import REPLACEMENT, decode_text

_LABEL = re.compile(r"[ \t]*#([A-Za-zÅÄÖåäö]+)(?:[ \t].*)?")
_RECORD = re.compile(
    r"^[ \t]*#(FNAMN|ORGNR|ADRESS|FTYP|RAR|PROGRAM|SIETYP)(?:[ \t]([^\n]*))?$", re.IGNORECASE | re.MULTILINE
)
_FIELD = re.compile(r'"((?:\\(?!"$).|[^"\\])*)(?:"|\\?"?$)|([^ \t"]+)')
_ESCAPED = re.compile(r'\\(["\\])')
_KNOWN = frozenset(
    {"FLAGGA", "PROGRAM", "FORMAT", "GEN", "SIETYP", "PROSA", "FNR", "ORGNR", "ADRESS", "FNAMN", "FTYP",
     "RAR", "TAXAR", "VALUTA", "KONTO", "VER", "TRANS"}
)  # fmt: skip
_LONGEST_RECORD = 4_000
_PHONE_LIKE = re.compile(r"\+?[\d()][\d\s()/-]{5,}")
_POSTAL_CODE_ALONE = re.compile(r"\d{3} ?\d{2}")
_WHITE_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class SieCompany:
    """What a SIE file says about its company; fields as they stand, blanks trimmed."""

    encoding: str
    row: SourceRow
    sie_type: str = ""
    program: str = ""


def looks_like_sie(text: str) -> bool:
    """Tell whether the first lines are SIE records; ``text`` may be a beginning of the file."""
    labels = [match[1].upper() for line in text.splitlines()[:40] if (match := _LABEL.fullmatch(line))]
    return "FLAGGA" in labels[:3] or sum(label in _KNOWN for label in labels) >= 3


def read_sie(data: bytes) -> SieCompany | None:
    """Return the company of a SIE file, or None where its text cannot be read.

    The encoding is decided by the bytes and not by #FORMAT, which says PC8 also where it is not true.
    """
    decoded = decode_text(data, usual="cp437")
    if decoded is None:
        return None
    found: dict[str, list[str]] = {}
    name_line = 1
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    for match in _RECORD.finditer(text):
        label = match[1].upper()
        fields = split_fields((match[2] or "")[:_LONGEST_RECORD])
        if label == "RAR" and fields[:1] != ["0"]:
            continue
        if any(fields) and not any(found.get(label, ())):
            found[label] = fields
            if label == "FNAMN":
                name_line = text.count("\n", 0, match.start()) + 1
    return SieCompany(
        encoding=decoded.encoding,
        row=_row(found, name_line),
        sie_type=_at(found.get("SIETYP", ()), 0),
        program=" ".join(found.get("PROGRAM", ())[:2]),
    )


def split_fields(text: str) -> list[str]:
    """Split a record's fields: quoted (with ``\\"`` inside) or plain; blanks around them are dropped."""
    fields = []
    for match in _FIELD.finditer(text.strip(" \t")):
        raw = match[1] if match[2] is None else match[2]
        fields.append(_WHITE_SPACE.sub(" ", _ESCAPED.sub(r"\1", raw)).strip())
    return fields


def _row(found: dict[str, list[str]], line: int) -> SourceRow:
    name = _at(found.get("FNAMN", ()), 0)
    number = found.get("ORGNR", [])
    contact, street, postal_code, town, phone = _address(found.get("ADRESS", []))
    damaged = any(REPLACEMENT in field for fields in found.values() for field in fields)
    return SourceRow(
        line=line,
        name=name,
        number=_at(number, 0),
        number_column=NumberColumn.EITHER,
        serial=_at(number, 1),
        legal_form=_at(found.get("FTYP", ()), 0),
        contact=contact,
        phone=phone,
        street=street,
        postal_code=postal_code,
        town=town,
        fiscal_year_end=_month_and_day(_at(found.get("RAR", ()), 2)),
        remarks=(Remark("unreadable_characters"),) if damaged else (),
    )


def _address(fields: Sequence[str]) -> tuple[str, str, str, str, str]:
    """Return contact, street, postal code, town, phone of an #ADRESS in the shapes that exist.

    The standard says contact, street, postal line, phone. Avendo writes street, postal code, town, phone;
    Mamut leaves the postal line out, and the phone comes third.
    """
    first, second, third, fourth = (_at(fields, index) for index in range(4))
    if _POSTAL_CODE_ALONE.fullmatch(second) and third and not any(char.isdigit() for char in third):
        return "", first, split_postal_line(second)[0], third, fourth
    if not fourth and _PHONE_LIKE.fullmatch(third) and not split_postal_line(third)[0]:
        return first, second, "", "", third
    postal_code, town = split_postal_line(third)
    return first, second, postal_code, town, fourth


def _month_and_day(day: str) -> str:
    match = re.fullmatch(r"\d{4}-?(\d{2})-?(\d{2})", day, re.ASCII)
    return f"{match[1]}-{match[2]}" if match else ""


def _at(fields: Sequence[str], index: int) -> str:
    return fields[index] if index < len(fields) else ""
