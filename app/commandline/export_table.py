"""`export`: a list of the firm's to a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commandline.exit_status import ExitStatus
from app.commandline.opened_profile import open_profile
from app.commandline.parser import CommandParser, load_texts
from app.commandline.printing import print_json, print_line
from app.commandline.sentences import say_code
from app.errors import UsageError

TABLES = ("customers", "collaborations", "invitations", "access")


def declare(parser: CommandParser) -> None:
    """Declare the options."""
    parser.add_argument("table", choices=TABLES)
    parser.add_argument("--output", required=True, metavar="FILE.csv", type=Path)
    parser.add_argument("--reveal", action="store_true")
    parser.add_shared_options(profile=True, json=True)


def run(arguments: argparse.Namespace) -> int:
    """Write the list; the file appears whole or not at all.

    Raises:
        UsageError: ``unknown_ending``, the file's name does not end in .csv.
        ExportError: ``file_not_written``.
    """
    from app.usecases.tables import TableName, Tables

    output: Path = arguments.output
    if output.suffix.lower() != ".csv":
        raise UsageError("unknown_ending", file=output.name)
    with open_profile(arguments) as samverka:
        tables = Tables(samverka.workspace, samverka.catalogue)
        headings = load_texts(arguments.spoken)["columns"]
        done = tables.export(
            TableName(arguments.table), output, headings, language=arguments.spoken, reveal=arguments.reveal
        )
    if arguments.json:
        print_json({"file": str(output), "rows": done.rows})
    else:
        print_line(say_code("export_done", {"file": output.name, "rows": done.rows}, arguments.spoken))
    return ExitStatus.DONE
