"""`server erase-person`: takes a person out of a firm's data, for good."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from app.commandline.exit_status import ExitStatus
from app.commandline.parser import CommandParser
from app.commandline.printing import print_json, print_line
from app.commandline.sentences import say_code
from app.commandline.server_admin import declare_database, open_database


def declare(parser: CommandParser) -> None:
    """Declare the options."""
    declare_database(parser)
    parser.add_argument("--firm", required=True, metavar="FIRM")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--number", default="", metavar="NUMBER")
    who.add_argument("--email", default="", metavar="EMAIL")
    parser.add_argument("--confirm", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Erase the person, or tell what would go; a number given as ``-`` is the next line of standard input."""
    from app.server.administration import get_firm
    from app.server.audit.erasing import erase_person

    with open_database(arguments) as store:
        number = arguments.number
        if number == "-":
            number = sys.stdin.buffer.readline().decode("utf-8").strip()
        firm = get_firm(store, arguments.firm)
        erased = erase_person(
            store, firm.id, number=number, email=arguments.email, rehearse=not arguments.confirm
        )
    if arguments.json:
        print_json({"erased": arguments.confirm, **asdict(erased)})
        return ExitStatus.DONE
    code = "server_erased" if arguments.confirm else "server_erasure_planned"
    print_line(say_code(code, asdict(erased), arguments.spoken))
    if erased.at_vendor:
        print_line(say_code("server_erased_at_vendor", asdict(erased), arguments.spoken))
    return ExitStatus.DONE
