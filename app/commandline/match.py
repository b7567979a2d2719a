"""`match`: suggestions for many unlinked collaborations without a window, from csv to csv."""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from app.catalogue import Catalogue, load_catalogue
from app.commandline.exit_status import ExitStatus
from app.commandline.match_files import CustomerRow, count_lines, read_customers, read_rows, read_unlinked
from app.commandline.parser import CommandParser
from app.commandline.printing import print_json, print_line, print_progress
from app.commandline.sentences import say_code
from app.domain.records import Collaboration, Company
from app.errors import SamverkaError, UsageError
from app.matching.index import CustomerIndex
from app.matching.many import LOT, collection_paused, find_customers
from app.matching.suggestions import Band, FoundCustomer, Suggestion, suggest_with
from app.system_causes import explain_cause

OUTPUT_COLUMNS = ("collaboration_id", "rank", "customer_id", "score", "band", "reasons")

_PROGRESS_EVERY_SECONDS = 2.0
_REMEMBERED = 20_000
"""Companies whose customer is kept: collaborations of one company mostly stand near each other."""


def declare(parser: CommandParser) -> None:
    """Declare the two files that are compared and the one that is written."""
    parser.add_argument("--customers", required=True, metavar="CSV")
    parser.add_argument("--unlinked", required=True, metavar="CSV")
    parser.add_argument("--output", required=True, metavar="CSV")
    parser.add_shared_options(json=True)


def run(arguments: argparse.Namespace) -> int:
    """Compare, write up to three candidates for each collaboration, and tell how many are in each band.

    Raises:
        UsageError: ``output_is_input``: the list that is read would be lost.
        SamverkaError: ``file_not_found``, ``file_not_readable``, ``empty_file``, ``unreadable_encoding``,
            ``no_columns`` or ``file_not_written``.
    """
    output = Path(arguments.output)
    for read in (arguments.customers, arguments.unlinked):
        if output.exists() and Path(read).exists() and output.samefile(read):
            raise UsageError("output_is_input", file=arguments.output)
    catalogue = load_catalogue()
    unlinked = read_unlinked(_read_named(arguments.unlinked), catalogue)
    customers = read_customers(_read_named(arguments.customers), catalogue)
    total = count_lines(Path(arguments.unlinked))
    counts: Counter[str] = Counter()
    try:
        with output.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(OUTPUT_COLUMNS)
            for suggestion in _with_progress(match(customers, unlinked, catalogue), total):
                counts[suggestion.band] += 1
                writer.writerows(output_rows(suggestion))
    except OSError as error:
        raise SamverkaError("file_not_written", file=arguments.output, **explain_cause(error)) from error
    bands = {str(band): counts[band] for band in Band}
    if arguments.json:
        print_json({"customers": len(customers), "unlinked": counts.total(), "bands": bands})
    else:
        words = _BAND_WORDS[arguments.spoken]
        print_line(" · ".join(f"{words[band]} {count}" for band, count in bands.items()))
    empty = [
        file
        for file, rows in ((arguments.customers, len(customers)), (arguments.unlinked, counts.total()))
        if not rows
    ]
    for file in empty:
        print_progress(f"{file}: {say_code('no_rows', {}, arguments.spoken)}")
    if not empty and not any(row.engagements for row in customers.values()):
        # Who moves a whole firm would otherwise wonder why nothing at all is certain.
        print_progress(say_code("no_engagements_in_list", {"file": arguments.customers}, arguments.spoken))
    # Nothing to link is no problem; nobody to link to is.
    return ExitStatus.DONE if customers else ExitStatus.PROBLEMS


def match(
    customers: Mapping[str, CustomerRow], unlinked: Iterable[Collaboration], catalogue: Catalogue
) -> Iterator[Suggestion]:
    """Yield the suggestion for each collaboration, in order."""
    index = CustomerIndex()
    with collection_paused():
        for row in customers.values():
            index.put_side(row.id, row.side)
    found: dict[Company, FoundCustomer] = {}
    waiting = iter(unlinked)
    while lot := list(islice(waiting, LOT)):
        unknown = [one for one in dict.fromkeys(row.company for row in lot) if one not in found]
        answers = dict(zip(unknown, find_customers(unknown, index), strict=True))
        for collaboration in lot:
            company = collaboration.company
            yield suggest_with(
                answers.get(company) or found[company],
                collaboration,
                catalogue,
                lambda customer_id: customers[customer_id].engagements,
            )
        found.update(answers)
        for company in list(islice(found, max(len(found) - _REMEMBERED, 0))):
            del found[company]


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


def _read_named(file: str) -> Iterator[dict[str, str]]:
    """Read the file, and name it where something is wrong: there are two of them."""
    try:
        return read_rows(Path(file))
    except SamverkaError:
        print_progress(f"{file}:")
        raise


def _with_progress(suggestions: Iterator[Suggestion], total: int) -> Iterator[Suggestion]:
    shown_at = time.monotonic()
    for done, suggestion in enumerate(suggestions, start=1):
        if time.monotonic() - shown_at > _PROGRESS_EVERY_SECONDS:
            shown_at = time.monotonic()
            print_progress(f"{done} / {max(done, total)}")
        yield suggestion


_BAND_WORDS = {
    "sv": {"certain": "Säkra", "likely": "Troliga", "unclear": "Oklara", "none": "Utan förslag"},
    "en": {"certain": "Certain", "likely": "Likely", "unclear": "Unclear", "none": "No suggestion"},
}
