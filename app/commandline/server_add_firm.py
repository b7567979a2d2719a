"""`server add-firm`: a new accounting firm on the server."""

from __future__ import annotations

import argparse

from app.commandline.exit_status import ExitStatus
from app.commandline.parser import CommandParser
from app.commandline.printing import print_json, print_line
from app.commandline.sentences import say_code
from app.commandline.server_admin import declare_database, open_database


def declare(parser: CommandParser) -> None:
    """Declare the options."""
    parser.add_argument("--name", required=True)
    parser.add_argument("--organisation-number", default="", metavar="NNNNNN-NNNN")
    parser.add_argument("--office", action="append", default=[])
    declare_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Add the firm and print its id."""
    from app.server.administration import add_firm

    with open_database(arguments) as store:
        firm = add_firm(
            store,
            name=arguments.name,
            organisation_number=arguments.organisation_number,
            offices=tuple(arguments.office),
        )
    if arguments.json:
        print_json({"firm_id": firm.id, "name": firm.name})
    else:
        print_line(say_code("server_firm_added", {"name": firm.name, "firm": firm.id}, arguments.spoken))
    return ExitStatus.DONE
