"""`server restore`: tells the server that its database was put back from a backup."""

from __future__ import annotations

import argparse

from app.commandline.exit_status import ExitStatus
from app.commandline.parser import CommandParser
from app.commandline.printing import print_json, print_line
from app.commandline.sentences import say_code
from app.commandline.server_admin import declare_database, open_database, read_settings


def declare(parser: CommandParser) -> None:
    """Declare the options."""
    declare_database(parser)
    parser.add_argument("--state", default="", metavar="DIR")


def run(arguments: argparse.Namespace) -> int:
    """Begin a new life of the database and print what it means for each firm."""
    from app.server.store.restoring import StateFile, begin_new_life, state_path

    settings = read_settings(arguments)
    remembered = state_path(settings.database, arguments.state or settings.state)
    with open_database(arguments) as store:
        firms = begin_new_life(store, StateFile(remembered))
    if arguments.json:
        print_json(
            {
                "firms": [
                    {
                        "firm_id": firm.firm_id,
                        "name": firm.name,
                        "lost_versions": firm.lost_versions,
                        "open_invitations": firm.open_invitations,
                    }
                    for firm in firms
                ]
            }
        )
        return ExitStatus.DONE
    for firm in firms:
        known = {"name": firm.name, "lost": firm.lost_versions, "invitations": firm.open_invitations}
        print_line(say_code("server_firm_restored", known, arguments.spoken))
    return ExitStatus.DONE
