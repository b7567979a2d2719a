"""Which column of a list is what, by its heading in Swedish or English, or by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.contact_details import split_postal_line
from app.domain.identity import parse_number
from app.domain.swedish_order import fold_for_search
from app.exchange.source_row import NumberColumn, Remark, SourceRow
from app.exchange.text_encoding import REPLACEMENT

HEADING_ROWS = 10
"""A heading is looked for in the first rows; lists often begin with a title."""

_HEADINGS: dict[str, tuple[str, ...]] = {
    "number": (
        "organisationsnummer", "orgnummer", "orgnr", "organisationsnr", "organization number",
        "organisation number", "org number", "org no", "orgno", "registration number", "company number",
        "corporate identity number", "organisation_number",
    ),
    "any_number": (
        "identitetsnummer", "person och organisationsnummer",
    ),
    "personal_number": (
        "personnummer", "personnr", "persnr", "pnr", "personal number", "personal identity number",
        "samordningsnummer",
    ),
    "vat_number": ("momsregistreringsnummer", "momsregnr", "momsnr", "vat nr", "vatnr", "vat number",
                   "vat no", "vat"),
    "name": ("namn", "kundnamn", "kundens namn", "foretagsnamn", "foretag", "bolag", "bolagsnamn", "firma",
             "firmanamn", "kund", "klient", "name", "company", "company name", "customer", "customer name",
             "client", "organisation", "organization"),
    "first_name": ("fornamn", "first name", "firstname", "given name"),
    "last_name": ("efternamn", "last name", "lastname", "surname"),
    "email": ("e post", "epost", "e postadress", "epostadress", "e mail", "email", "mail", "mailadress",
              "e mail address", "email address"),
    "phone": ("telefon", "tel", "telefonnummer", "telefonnr", "tfn", "telnr", "phone", "phone number",
              "telephone", "telefon 1"),
    "mobile": ("mobil", "mobiltelefon", "mobilnummer", "mobilnr", "mobile", "mobile phone", "cell phone"),
    "street": ("adress", "gatuadress", "gata", "utdelningsadress", "besoksadress", "postadress 1", "adress 1",
               "adressrad 1", "address", "street", "street address", "address 1", "address line 1"),
    "postal_line": ("postadress", "postnummer och ort", "postnr ort", "postnr och ort", "postnummer ort"),
    "postal_code": ("postnummer", "postnr", "zip", "zip code", "zipcode", "postal code", "postcode"),
    "town": ("ort", "postort", "stad", "city", "town"),
    "country": ("land", "country", "landskod", "country code"),
    "customer_number": ("kundnummer", "kundnr", "kund nr", "kundid", "kund id", "klientnummer", "klientnr",
                        "customer number", "customer no", "customer id", "client number"),
    "vendor_customer_number": ("visma kundnummer", "kundnummer visma", "kundnummer hos visma",
                               "kundnummer spiris", "vendor customer number"),
    "contact": ("kontakt", "kontaktperson", "huvudkontakt", "kontaktnamn", "er referens", "contact",
                "contact person", "contact name", "main contact"),
    "kind": ("typ", "kundtyp", "kundslag", "slag", "type", "customer type", "kind"),
    "legal_form": ("bolagsform", "foretagsform", "juridisk form", "associationsform", "legal form",
                   "company form"),
    "serial": ("lopnummer", "lopnr", "forvarvsnummer", "forvnr", "serial", "serial number"),
    "fiscal_year_end": ("bokslut", "bokslutsdatum", "bokslutsmanad", "rakenskapsarets slut",
                        "rakenskapsar slut", "fiscal year end", "year end"),
    "office": ("kontor", "office"),
    "web_domain": ("webbplats", "hemsida", "webb", "doman", "web domain", "website", "domain", "url"),
}  # fmt: skip
_BY_HEADING = {word.replace("_", " "): name for name, words in _HEADINGS.items() for word in words}
_BY_HEADING |= {word.replace(" ", ""): name for word, name in _BY_HEADING.items()}
_DEFUSED = re.compile(r"^'(?=[=+\-@\d])")
"""The apostrophe that an export puts before what a spreadsheet would take for a formula or a number."""
_SOURCE_FIELDS = frozenset(SourceRow.__dataclass_fields__)
_ALSO_READ = {
    "any_number",
    "personal_number",
    "vat_number",
    "first_name",
    "last_name",
    "mobile",
    "postal_line",
}


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Field → column index, and the headings that nothing was done with."""

    columns: Mapping[str, int]
    unused: tuple[str, ...] = field(default=())

    @property
    def usable(self) -> bool:
        """Tell whether customers can be made of the rows: there is a name or a number."""
        return bool(self.columns.keys() & {"name", "number", "any_number", "personal_number", "last_name"})


def map_headings(cells: Sequence[str]) -> ColumnMap:
    """Find the fields that a heading row names; the first of two columns with one meaning counts."""
    columns: dict[str, int] = {}
    unused: list[str] = []
    for index, cell in enumerate(cells):
        word = fold_for_search(cell)
        name = _BY_HEADING.get(word) or _BY_HEADING.get(word.replace(" ", "")) or _either_number(word)
        if name in _SOURCE_FIELDS | _ALSO_READ and name not in columns:
            columns[name] = index
        elif word:
            unused.append(cell.strip())
    return ColumnMap(columns, tuple(unused))


def _either_number(word: str) -> str | None:
    """Recognise ``Org./personnr`` and its many relatives."""
    parts = word.split()
    both = any(part.startswith("org") for part in parts) and any(part.startswith("pers") for part in parts)
    return "any_number" if both and parts[-1].endswith(("nr", "nummer", "number", "no")) else None


def find_heading(table: Sequence[Sequence[str]]) -> tuple[int, ColumnMap] | None:
    """Return the index of the heading row and its map, or None where no row is a heading.

    A heading has at least two known words, or is the single column of a list of names or numbers.
    """
    for index, cells in enumerate(table[:HEADING_ROWS]):
        found = map_headings(cells)
        filled = sum(1 for cell in cells if cell.strip())
        if found.usable and (len(found.columns) >= 2 or filled == 1):
            return index, found
    return None


def guess_columns(table: Sequence[Sequence[str]]) -> ColumnMap | None:
    """Find number and name in a list without headings: most cells of one column are valid numbers."""
    sample = table[:50]
    width = max((len(cells) for cells in sample), default=0)
    columns: dict[str, int] = {}
    lengths: dict[int, int] = {}
    for index in range(width):
        cells = [cells[index].strip() for cells in sample if index < len(cells) and cells[index].strip()]
        numbers = sum(parse_number(cell).ok for cell in cells)
        if cells and numbers * 2 > len(cells) and "number" not in columns:
            columns["number"] = index
        elif cells:
            lengths[index] = sum(len(cell) for cell in cells if any(char.isalpha() for char in cell))
    if "number" not in columns or not any(lengths.values()):
        return None
    columns["name"] = max(lengths, key=lambda index: (lengths[index], -index))
    return ColumnMap(columns)


def make_row(cells: Sequence[str], columns: ColumnMap, line: int, remarks: tuple[Remark, ...]) -> SourceRow:
    """Make a source row of a table row; columns that are missing or short are empty."""
    values: dict[str, Any] = {
        name: _DEFUSED.sub("", cells[index].strip()) if index < len(cells) else ""
        for name, index in columns.columns.items()
        if name in _SOURCE_FIELDS | _ALSO_READ
    }
    numbers = {
        NumberColumn.ORGANISATION: values.pop("number", ""),
        NumberColumn.EITHER: values.pop("any_number", ""),
        NumberColumn.PERSONAL: values.pop("personal_number", ""),
    }
    column = next((column for column, number in numbers.items() if number), NumberColumn.EITHER)
    vat, mobile = values.pop("vat_number", ""), values.pop("mobile", "")
    whole_name = f"{values.pop('first_name', '')} {values.pop('last_name', '')}".strip()
    postal_code, town = split_postal_line(values.pop("postal_line", ""))
    if town and not postal_code and any(char.isdigit() for char in town):
        # Headed «Postadress», but a street with its number stands there.
        values["street"], town = values.get("street") or town, ""
    values["name"] = values.get("name") or whole_name
    values["postal_code"] = values.get("postal_code") or postal_code
    values["town"] = values.get("town") or town
    values["phone"] = values.get("phone") or mobile
    if any(REPLACEMENT in value for value in values.values()):
        remarks = (*remarks, Remark("unreadable_characters"))
    return SourceRow(
        line=line,
        number=numbers[column] or vat,
        number_column=column,
        remarks=remarks,
        **values,
    )
