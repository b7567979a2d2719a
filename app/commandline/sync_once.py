"""`sync`: one round of synchronisation."""

from __future__ import annotations

import argparse

from app.commandline.exit_status import ExitStatus
from app.commandline.opened_profile import open_profile
from app.commandline.parser import CommandParser
from app.commandline.printing import print_json, print_line
from app.commandline.sentences import say_code


def declare(parser: CommandParser) -> None:
    """Declare the options."""
    parser.add_shared_options(profile=True, json=True)


def run(arguments: argparse.Namespace) -> int:
    """Send what waits, fetch what has changed and say how much it was.

    Raises:
        RemoteError: ``no_server``, or the server cannot be reached; the outbox is kept.
        SignInError: nobody is signed in.
    """
    with open_profile(arguments) as samverka:
        samverka.connection.ensure_server()
        result = samverka.connection.engine.round()
    told = {
        "sent": result.applied,
        "received": result.received,
        "refused": result.refused,
        "waiting": result.waiting,
    }
    if arguments.json:
        print_json(told)
    else:
        print_line(say_code("sync_done", told, arguments.spoken))
    return ExitStatus.PROBLEMS if result.refused else ExitStatus.DONE
