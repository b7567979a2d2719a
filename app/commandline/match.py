"""`match`: suggestions for many unlinked collaborations without a window, from csv to csv."""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.catalogue import Catalogue, load_catalogue
from app.commandline.exit_status import ExitStatus
from app.commandline.parser import CommandParser
from app.commandline.printing import print_json, print_line, print_progress
from app.domain.contact_details import parse_phone
from app.domain.identity import guess_kind, parse_number
from app.domain.records import (
    Address,
    Collaboration,
    CollaborationSource,
    Company,
    Contact,
    Customer,
    Engagement,
)
from app.errors import SamverkaError
from app.exchange.text_encoding import decode_text
from app.matching.index import CustomerIndex
from app.matching.suggestions import Band, Suggestion, suggest

OUTPUT_COLUMNS = ("collaboration_id", "rank", "customer_id", "score", "band", "reasons")

_DELIMITERS = ",;\t|"
_BETWEEN_ENGAGEMENTS = re.compile(r"[;|,]")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_PROGRESS_EVERY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer of the file with what hangs on it."""

    customer: Customer
    contacts: tuple[Contact, ...]
    engagements: tuple[Engagement, ...]
    web_domain: str


def declare(parser: CommandParser) -> None:
    """Declare the two files that are compared and the one that is written."""
    parser.add_argument("--customers", required=True, metavar="CSV")
    parser.add_argument("--unlinked", required=True, metavar="CSV")
    parser.add_argument("--output", required=True, metavar="CSV")
    parser.add_shared_options(json=True)


def run(arguments: argparse.Namespace) -> int:
    """Compare, write up to three candidates for each collaboration, and tell how many are in each band.

    Raises:
        SamverkaError: ``file_not_found``, ``file_not_readable``, ``unreadable_encoding``, ``no_columns`` or
            ``file_not_written``.
    """
    catalogue = load_catalogue()
    customers = list(read_customers(_read_named(arguments.customers), catalogue))
    unlinked = list(read_unlinked(_read_named(arguments.unlinked), catalogue))
    counts: Counter[str] = Counter()
    suggestions = _with_progress(match(customers, unlinked, catalogue), len(unlinked))
    try:
        with Path(arguments.output).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(OUTPUT_COLUMNS)
            for suggestion in suggestions:
                counts[suggestion.band] += 1
                writer.writerows(output_rows(suggestion))
    except OSError as error:
        raise SamverkaError("file_not_written", file=arguments.output, reason=error.strerror or "") from error
    bands = {str(band): counts[band] for band in Band}
    if arguments.json:
        print_json({"customers": len(customers), "unlinked": len(unlinked), "bands": bands})
    else:
        words = _BAND_WORDS[arguments.spoken]
        print_line(" · ".join(f"{words[band]} {count}" for band, count in bands.items()))
    return ExitStatus.DONE


def match(
    customers: Iterable[CustomerRow], unlinked: Iterable[Collaboration], catalogue: Catalogue
) -> Iterator[Suggestion]:
    """Yield the suggestion for each collaboration, in order."""
    index = CustomerIndex()
    engagements: dict[str, tuple[Engagement, ...]] = {}
    for row in customers:
        index.put(row.customer, row.contacts, web_domain=row.web_domain)
        engagements[row.customer.id] = row.engagements
    for collaboration in unlinked:
        yield suggest(collaboration, index, catalogue, lambda customer_id: engagements[customer_id])


def output_rows(suggestion: Suggestion) -> Iterator[tuple[str | int, ...]]:
    """Yield the lines of one suggestion; without any candidate one line that says so."""
    for rank, candidate in enumerate(suggestion.candidates, start=1):
        yield (
            suggestion.collaboration_id,
            rank,
            candidate.customer_id,
            candidate.score,
            str(suggestion.band),
            ";".join(candidate.reasons()),
        )
    if not suggestion.candidates:
        yield suggestion.collaboration_id, "", "", 0, str(suggestion.band), ""


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the file's rows by column name, whatever its encoding and delimiter.

    Raises:
        SamverkaError: ``file_not_found``, ``file_not_readable``, ``unreadable_encoding`` or ``no_columns``.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SamverkaError("file_not_found", file=str(path)) from error
    except OSError as error:
        raise SamverkaError("file_not_readable", file=str(path), reason=error.strerror or "") from error
    decoded = decode_text(data, usual="utf-8")
    if decoded is None:
        raise SamverkaError("unreadable_encoding", file=str(path))
    lines = decoded.text.splitlines(keepends=True)
    heading = lines[0] if lines else ""
    delimiter = max(_DELIMITERS, key=heading.count)
    reader = csv.DictReader(lines, delimiter=delimiter, restval="")
    names = {name.strip().casefold() for name in reader.fieldnames or ()}
    if not names & {"name", "organisation_number", "vendor_customer_number"}:
        raise SamverkaError("no_columns", file=str(path))
    return [
        {key.strip().casefold(): (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        for row in reader
    ]


def read_customers(rows: Iterable[Mapping[str, str]], catalogue: Catalogue) -> Iterator[CustomerRow]:
    """Yield the customers; one without an id is known by its number, else by its line."""
    for line, row in enumerate(rows, start=2):
        number = parse_number(row.get("organisation_number", ""))
        id_ = row.get("customer_id") or row.get("organisation_number") or f"line {line}"
        customer = Customer(
            id=id_,
            customer_number=id_,
            name=row.get("name", ""),
            kind=guess_kind(number),
            organisation_number=number.canonical,
            serial=_whole_number(row.get("serial", "")),
            vendor_customer_number=row.get("vendor_customer_number", ""),
            address=Address(postal_code=row.get("postal_code", ""), town=row.get("town", "")),
        )
        email, phone = row.get("email", ""), _phone(row.get("phone", ""))
        contact = Contact(id=f"{id_} contact", customer_id=id_, name="", email=email, phone=phone)
        yield CustomerRow(
            customer=customer,
            contacts=(contact,) if email or phone else (),
            engagements=tuple(_read_engagements(row.get("engagements", ""), id_, catalogue)),
            web_domain=row.get("web_domain", ""),
        )


def read_unlinked(rows: Iterable[Mapping[str, str]], catalogue: Catalogue) -> Iterator[Collaboration]:
    """Yield the collaborations; their service is a code of the catalogue or the source's product name."""
    for line, row in enumerate(rows, start=2):
        service = row.get("service", "")
        is_code = catalogue.service(service).known
        yield Collaboration(
            id=row.get("collaboration_id") or f"line {line}",
            source=CollaborationSource.BYRASTOD,
            source_product="" if is_code else service,
            service=service if is_code else None,
            company=Company(
                number=row.get("organisation_number", ""),
                serial=_whole_number(row.get("serial", "")),
                name=row.get("name", ""),
                vendor_customer_number=row.get("vendor_customer_number", ""),
                email=row.get("email", ""),
                phone=_phone(row.get("phone", "")),
                postal_code=row.get("postal_code", ""),
                town=row.get("town", ""),
            ),
        )


def _read_named(file: str) -> list[dict[str, str]]:
    """Read the file, and name it where something is wrong: there are two of them."""
    try:
        return read_rows(Path(file))
    except SamverkaError:
        print_progress(f"{file}:")
        raise


def _read_engagements(text: str, customer_id: str, catalogue: Catalogue) -> Iterator[Engagement]:
    """Yield ongoing engagements from words such as ``bookkeeping 2026; Lön``: codes or labels."""
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


def _phone(text: str) -> str:
    parsed = parse_phone(text)
    return parsed.value if parsed.ok else ""


def _whole_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _with_progress(suggestions: Iterator[Suggestion], total: int) -> Iterator[Suggestion]:
    shown_at = time.monotonic()
    for done, suggestion in enumerate(suggestions, start=1):
        if time.monotonic() - shown_at > _PROGRESS_EVERY_SECONDS:
            shown_at = time.monotonic()
            print_progress(f"{done} / {total}")
        yield suggestion


_BAND_WORDS = {
    "sv": {"certain": "Säkra", "likely": "Troliga", "unclear": "Oklara", "none": "Utan förslag"},
    "en": {"certain": "Certain", "likely": "Likely", "unclear": "Unclear", "none": "No suggestion"},
}
