"""`export`: a list of the firm's to a file."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.commandline.exit_status import ExitStatus
from app.commandline.opened_profile import open_profile
from app.commandline.parser import CommandParser, load_texts
from app.commandline.printing import print_json, print_line
from app.commandline.sentences import say_code
from app.errors import UsageError

if TYPE_CHECKING:
    from app.bootstrap import Samverka

ENDINGS = (".csv", ".xlsx", ".pdf")
TABLES = ("customers", "collaborations", "invitations", "access")


def declare(parser: CommandParser) -> None:
    """Declare the options."""
    parser.add_argument("table", choices=TABLES)
    parser.add_argument("--output", required=True, metavar="FILE.xlsx|.csv|.pdf", type=Path)
    parser.add_argument("--reveal", action="store_true")
    parser.add_shared_options(profile=True, json=True)


def run(arguments: argparse.Namespace) -> int:
    """Write the list; the file appears whole or not at all.

    Raises:
        UsageError: ``unknown_ending``, the file's name does not end in .csv, .xlsx or .pdf.
        ExportError: ``file_not_written``.
    """
    from app.usecases.tables import TableName, Tables

    output: Path = arguments.output
    if output.suffix.lower() not in ENDINGS:
        raise UsageError("unknown_ending", file=output.name)
    with open_profile(arguments) as samverka:
        tables = Tables(samverka.workspace, samverka.catalogue)
        texts = load_texts(arguments.spoken)
        headings = {**texts["columns"], **texts["values"]}
        name, how = TableName(arguments.table), {"language": arguments.spoken, "reveal": arguments.reveal}
        if output.suffix.lower() == ".pdf":
            pages = _pages(samverka, arguments.table, arguments.spoken)
            done = tables.export_with(pages, name, output, headings, **how)
        else:
            done = tables.export(name, output, headings, **how)
    if arguments.json:
        print_json({"file": str(output), "rows": done.rows})
    else:
        print_line(say_code("export_done", {"file": output.name, "rows": done.rows}, arguments.spoken))
    return ExitStatus.DONE


def _pages(samverka: Samverka, table: str, language: str) -> Callable[..., None]:
    """Return what paints the list; Qt is loaded for this ending only."""
    from ui.sheets.command import table_pages

    firm = samverka.workspace.firm()
    return table_pages(table, firm.name if firm is not None else "", samverka.clock.now(), language)
