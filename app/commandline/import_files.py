"""`import`: customers from csv, xlsx and SIE files, or a report of what importing them would do."""

from __future__ import annotations

import argparse
import glob
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.clock import SystemClock
from app.commandline.exit_status import ExitStatus
from app.commandline.opened_profile import open_profile
from app.commandline.parser import CommandParser
from app.commandline.printing import print_json, print_line, print_progress
from app.commandline.sentences import say_code
from app.domain.identity import format_number, mask_number
from app.exchange.preview import ImportPreview, ImportRow, PreviewedFile, RowGroup, preview_files
from app.exchange.reading import read_file
from app.exchange.source_row import Remark

if TYPE_CHECKING:
    from app.usecases.importing import AcceptedImport


def declare(parser: CommandParser) -> None:
    """Declare the options of the import."""
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--reveal", action="store_true")
    parser.add_shared_options(profile=True, json=True)


def run(arguments: argparse.Namespace) -> int:
    """Read the files and report; without ``--dry-run`` the customers become commands in the outbox.

    Raises:
        ProfileBusyError, SecretsError, StorageError: the profile cannot be opened.
        RejectedError: ``import_needs_full_permission``.
    """
    paths = expand_patterns(arguments.files)
    if arguments.dry_run:
        preview = preview_files(paths, today=SystemClock().today())
        report(arguments, preview, None)
        return exit_status(preview)
    with open_profile(arguments) as samverka:
        preview = samverka.importing.preview([read_file(path) for path in paths])
        accepted = samverka.importing.accept(preview.rows, on_progress=tell_progress)
    report(arguments, preview, accepted)
    return ExitStatus.PROBLEMS if accepted.refused else exit_status(preview)


def report(arguments: argparse.Namespace, preview: ImportPreview, accepted: AcceptedImport | None) -> None:
    """Print what was found in the files and, after an import, what has been put into the outbox."""
    language: str = arguments.spoken
    today = SystemClock().today()
    if arguments.json:
        document = describe(preview, language=language, reveal=arguments.reveal, today=today)
        if accepted is not None:
            document["outbox"] = describe_outbox(accepted)
        print_json(document)
        return
    print_report(preview, language=language, reveal=arguments.reveal, today=today)
    if accepted is not None:
        told = {"created": accepted.created, "updated": accepted.updated}
        print_line(say_code("import_done", told, language))
        for refused in accepted.refused:
            reason = say_code(refused.error.code, refused.error.data, language).split("\n")[0]
            row = refused.row.row
            told_row = {"line": row.line, "name": row.name, "reason": reason}
            print_line(say_code("import_refused", told_row, language))


def describe_outbox(accepted: AcceptedImport) -> dict[str, Any]:
    """Return the part of the document that only a real import has."""
    return {
        "created": accepted.created,
        "updated": accepted.updated,
        "refused": [
            {"name": each.row.row.name, "line": each.row.row.line, "code": each.error.code}
            for each in accepted.refused
        ],
    }


def tell_progress(done: int, total: int) -> None:
    """Tell on standard error how far it has come."""
    print_progress(f"{done}/{total}")


def expand_patterns(words: Iterable[str]) -> list[Path]:
    """Return the files that the words name; ``*`` is expanded where the shell has not done it (Windows)."""
    paths: list[Path] = []
    for word in words:
        if not Path(word).exists() and any(sign in word for sign in "*?["):
            found = sorted(glob.glob(word))  # noqa: PTH207  # a pattern with a drive or a root in it
            paths.extend(Path(each) for each in found or [word])
        else:
            paths.append(Path(word))
    return paths


def exit_status(preview: ImportPreview) -> ExitStatus:
    """Return *done*, *problems* where a file or a row was refused, *failed* where nothing could be read."""
    refused = any(file.problems for file in preview.files) or preview.count(RowGroup.INVALID) > 0
    if refused and not preview.rows:
        return ExitStatus.FAILED
    return ExitStatus.PROBLEMS if refused else ExitStatus.DONE


def describe(preview: ImportPreview, *, language: str, reveal: bool, today: date) -> dict[str, Any]:
    """Return the stable JSON document of ``import --json``; files are named as they were asked for."""
    return {
        "files": [
            {
                "file": file.path,
                "format": file.format,
                "encoding": file.encoding or None,
                "rows": [_describe_row(row, reveal=reveal, today=today) for row in file.rows],
                "problems": [
                    {"code": problem.code, "detail": _say(problem, language)} for problem in file.problems
                ],
            }
            for file in preview.files
        ]
    }


def _describe_row(row: ImportRow, *, reveal: bool, today: date) -> dict[str, Any]:
    found = row.row
    return {
        "name": found.name,
        "organisation_number": _shown_number(row, reveal=reveal, today=today),
        "kind": str(found.kind),
        "serial": found.serial,
        "contact": found.contact,
        "address": found.street,
        "postal_code": found.postal_code,
        "town": found.town,
        "email": found.email,
        "phone": found.phone,
        "group": str(row.group),
        "warnings": list(row.codes),
    }


def _shown_number(row: ImportRow, *, reveal: bool, today: date) -> str | None:
    number = row.row.number
    if not number:
        return None
    return format_number(number, today=today) if reveal else mask_number(number, today=today)


DUPLICATES = frozenset({"duplicate_in_file", "duplicate_in_import"})


def print_report(preview: ImportPreview, *, language: str, reveal: bool, today: date) -> None:
    """Print the same for a person: each file, its counts, and the rows that something is said about."""
    for file in preview.files:
        print_line(_headline(file, language))
        for problem in file.problems:
            print_line("  " + " ".join(_say(problem, language).split("\n")))
        for row in file.rows:
            number = _shown_number(row, reveal=reveal, today=today) or "–"
            if len(file.rows) == 1 or row.remarks:
                print_line(f"  {row.row.line:>6}  {number:<14}{row.row.name}")
            for remark in row.remarks:
                print_line(f"          {_say(remark, language)}")


def _headline(file: PreviewedFile, language: str) -> str:
    words = {
        "sv": {
            "new": "nya",
            "changed": "ändrade",
            "same": "oförändrade",
            "invalid": "ogiltiga",
            "": "dubbletter",
        },
        "en": {
            "new": "new",
            "changed": "changed",
            "same": "unchanged",
            "invalid": "invalid",
            "": "duplicates",
        },
    }[language]
    # A duplicate is read as new or changed, and left out all the same: a person counts it apart.
    counts: dict[str, int] = dict.fromkeys((*RowGroup, ""), 0)
    for row in file.rows:
        is_double = any(remark.code in DUPLICATES for remark in row.remarks)
        counts["" if is_double and row.group != RowGroup.INVALID else row.group] += 1
    parts = [f"{words[group]} {count}" for group, count in counts.items() if count]
    kind = f" ({', '.join(filter(None, (file.format, file.encoding)))})" if file.rows else ""
    return f"{file.file}{kind}: {', '.join(parts)}" if parts else f"{file.file}:"


def _say(remark: Remark, language: str) -> str:
    return say_code(remark.code, remark.data, language)
