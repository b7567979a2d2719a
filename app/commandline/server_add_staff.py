"""`server add-staff`: a staff member who can sign in; the password, if any, is read from standard input."""

from __future__ import annotations

import argparse

from app.commandline.exit_status import ExitStatus
from app.commandline.parser import CommandParser
from app.commandline.printing import print_json, print_line
from app.commandline.sentences import say_code
from app.commandline.server_admin import declare_database, open_database, read_password


def declare(parser: CommandParser) -> None:
    """Declare the options."""
    parser.add_argument("--firm", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--email", required=True)
    parser.add_argument("--role", choices=["staff", "full", "administrator"], default="staff")
    parser.add_argument("--sees", choices=["all", "office", "own"], default="all")
    parser.add_argument("--office", default="")
    # They sign in at the firm's own provider (OpenID).
    parser.add_argument("--no-password", action="store_true")
    declare_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Add the staff member, or give one who is there a new password."""
    from app.server.administration import NewStaff, add_staff

    with open_database(arguments) as store:
        staff = add_staff(
            store,
            arguments.firm,
            NewStaff(
                name=arguments.name,
                email=arguments.email,
                role=arguments.role,
                sees=arguments.sees,
                office=arguments.office,
            ),
            None if arguments.no_password else read_password(),
        )
    if arguments.json:
        print_json({"staff_id": staff.id, "name": staff.name})
    else:
        print_line(say_code("server_staff_added", {"name": staff.name, "staff": staff.id}, arguments.spoken))
    return ExitStatus.DONE
