"""`server init`: creates the database, or brings it to this version."""

from __future__ import annotations

import argparse

from app.commandline.exit_status import ExitStatus
from app.commandline.parser import CommandParser
from app.commandline.printing import print_json, print_line
from app.commandline.sentences import say_code
from app.commandline.server_admin import declare_database, open_database


def declare(parser: CommandParser) -> None:
    """Declare the options."""
    declare_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Create the tables and the keys that the server's processes share."""
    from app.server.administration import initialise

    with open_database(arguments) as store:
        firms = initialise(store)
    if arguments.json:
        print_json({"database": "ready", "firms": firms})
    else:
        print_line(say_code("server_initialised", {"firms": len(firms)}, arguments.spoken))
    return ExitStatus.DONE
