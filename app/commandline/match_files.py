"""Reads the two files of `match`: customers and unlinked collaborations, a row at a time."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.catalogue import Catalogue
from app.domain.identity import parse_number
from app.domain.records import Collaboration, CollaborationSource, Company, Engagement
from app.errors import SamverkaError
from app.exchange.columns import map_headings
from app.exchange.csv_table import find_delimiter, read_table
from app.exchange.text_encoding import decode_text
from app.matching.sides import Side, make_side
from app.system_causes import explain_cause

Row = Mapping[str, str]

_COLUMNS = frozenset({"customer_id", "collaboration_id", "service", "name", "organisation_number", "serial"})
_COLUMNS |= {"email", "phone", "postal_code", "town", "web_domain", "vendor_customer_number", "engagements"}
_BY_FIELD = {"number": "organisation_number", "any_number": "organisation_number", "mobile": "phone"}
"""Columns of other programs' exports, by what app.exchange reads their headings as."""
_IDENTIFYING = frozenset({"name", "organisation_number", "vendor_customer_number", "email", "phone"})
_BETWEEN_ENGAGEMENTS = re.compile(r"[;|,]")
_BETWEEN_ADDRESSES = re.compile(r"[;,\s]+")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(slots=True)
class CustomerRow:
    """A customer of the file in comparable form, with its ongoing engagements."""

    id: str
    side: Side
    engagements: tuple[Engagement, ...]


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the file's rows by column name, whatever its encoding, delimiter and order of columns.

    Raises:
        SamverkaError: ``file_not_found``, ``file_not_readable``, ``empty_file``, ``unreadable_encoding`` or
            ``no_columns``; all before the first row.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SamverkaError("file_not_found", file=str(path)) from error
    except OSError as error:
        raise SamverkaError("file_not_readable", file=str(path), **explain_cause(error)) from error
    if not data.strip():
        raise SamverkaError("empty_file", file=str(path))
    decoded = decode_text(data, usual="utf-8")
    if decoded is None:
        raise SamverkaError("unreadable_encoding", file=str(path))
    rows = _cells(decoded.text)
    _, heading = next(rows, (0, []))
    columns = _columns(heading)
    if not columns.keys() & _IDENTIFYING:
        raise SamverkaError("no_columns", file=str(path))
    return _named(rows, columns)


def count_lines(path: Path) -> int:
    """Return about how many rows the file has, to tell how far one has come."""
    with path.open("rb") as stream:
        return sum(lot.count(b"\n") for lot in iter(lambda: stream.read(1 << 20), b""))


def _named(rows: Iterator[tuple[int, list[str]]], columns: Mapping[str, int]) -> Iterator[dict[str, str]]:
    for line, cells in rows:
        if any(map(str.strip, cells)):
            row = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
            row["line"] = str(line)
            yield row


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield line numbers and cells; a file with a quotation mark that is never closed is read with care."""
    if text.count('"') % 2 or "\x00" in text:
        yield from ((line, cells) for line, cells, _ in read_table(text))
        return
    start = 0
    delimiter = ""
    if text[:4].casefold() == "sep=" and text[5:6] in "\r\n":
        delimiter, start = text[4], text.index("\n") + 1 if "\n" in text else len(text)
    stream = io.StringIO(text[start:] if start else text, newline="")
    if not delimiter:
        delimiter = find_delimiter([line for line, _ in zip(stream, range(20), strict=False)])
        stream.seek(0)
    reader = csv.reader(stream, delimiter=delimiter)
    before = 1 if start else 0
    for cells in reader:
        yield before + 1, cells
        before = reader.line_num + (1 if start else 0)


def _columns(heading: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, cell in enumerate(heading):
        name = cell.strip().strip("'\"").casefold().replace(" ", "_").replace("-", "_")
        if name in _COLUMNS:
            columns.setdefault(name, at)
    for field, at in map_headings(heading).columns.items():
        name = _BY_FIELD.get(field, field)
        if name in _COLUMNS and at not in columns.values():
            columns.setdefault(name, at)
    return columns


def read_customers(rows: Iterator[dict[str, str]], catalogue: Catalogue) -> dict[str, CustomerRow]:
    """Return the customers by id; rows with one id are one customer with all that they say.

    A customer without an id is known by its organisation number where no other row has it and it is nobody's
    personal number, else by its line.
    """
    customers: dict[str, CustomerRow] = {}
    for row in rows:
        id_ = row.get("customer_id") or _own_number(row)
        if not id_ or (not row.get("customer_id") and id_ in customers):
            id_ = f"line {row['line']}"
        side = _side(row)
        engagements = tuple(_read_engagements(row.get("engagements", ""), id_, catalogue))
        before = customers.get(id_)
        if before is not None:
            side = _both(before.side, side)
            engagements = tuple({e.title: e for e in (*before.engagements, *engagements)}.values())
        customers[id_] = CustomerRow(id_, side, engagements)
    return customers


def _own_number(row: Row) -> str:
    text = row.get("organisation_number", "")
    return "" if parse_number(text).is_personal else text


def _side(row: Row) -> Side:
    return make_side(
        number=row.get("organisation_number", ""),
        serial=_whole_number(row.get("serial", "")),
        vendor_number=row.get("vendor_customer_number", ""),
        name=row.get("name", ""),
        emails=_BETWEEN_ADDRESSES.split(row.get("email", "")),
        phones=row.get("phone", "").split(";"),
        postal_code=row.get("postal_code", ""),
        town=row.get("town", ""),
        web_domain=row.get("web_domain", ""),
    )


def _both(first: Side, second: Side) -> Side:
    """Return one side of two rows about one customer: what the first lacks is taken from the second."""
    number = first if first.number_ok or not second.number else second
    named = first if first.form.words else second
    placed = first if first.postal_code or first.town else second
    return Side(
        number=number.number,
        number_ok=number.number_ok,
        serial=number.serial,
        vendor_number=first.vendor_number or second.vendor_number,
        name=named.name,
        form=named.form,
        emails=tuple(dict.fromkeys((*first.emails, *second.emails))),
        phones=tuple(dict.fromkeys((*first.phones, *second.phones))),
        hosts=tuple(dict.fromkeys((*first.hosts, *second.hosts))),
        postal_code=placed.postal_code,
        town=placed.town,
        town_key=placed.town_key,
    )


def read_unlinked(rows: Iterator[dict[str, str]], catalogue: Catalogue) -> Iterator[Collaboration]:
    """Yield the collaborations; their service is a code of the catalogue or the source's product name."""
    for row in rows:
        service = row.get("service", "")
        is_code = catalogue.service(service).known
        yield Collaboration(
            id=row.get("collaboration_id") or f"line {row['line']}",
            source=CollaborationSource.BYRASTOD,
            source_product="" if is_code else service,
            service=service if is_code else None,
            company=Company(
                number=row.get("organisation_number", ""),
                serial=_whole_number(row.get("serial", "")),
                name=row.get("name", ""),
                vendor_customer_number=row.get("vendor_customer_number", ""),
                email=row.get("email", ""),
                phone=row.get("phone", ""),
                postal_code=row.get("postal_code", ""),
                town=row.get("town", ""),
            ),
        )


def _read_engagements(text: str, customer_id: str, catalogue: Catalogue) -> Iterator[Engagement]:
    """Yield ongoing engagements from words such as ``bookkeeping 2026; Lön``: codes or labels."""
    if not text:
        return
    for position, words in enumerate(filter(None, map(str.strip, _BETWEEN_ENGAGEMENTS.split(text)))):
        year = _YEAR.search(words)
        named = _YEAR.sub("", words).strip(" :-()").casefold()
        code = next(
            (
                kind.code
                for kind in catalogue.engagement_types
                if named in (kind.code, kind.label.sv.casefold(), kind.label.en.casefold())
            ),
            named,
        )
        yield Engagement(
            id=f"{customer_id} engagement {position}",
            customer_id=customer_id,
            type=code,
            title=words,
            fiscal_year=int(year[0]) if year else None,
        )


def _whole_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
