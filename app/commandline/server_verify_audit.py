"""`server verify-audit`: is every firm's audit chain as it was written?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commandline.exit_status import ExitStatus
from app.commandline.parser import CommandParser
from app.commandline.printing import print_json, print_line
from app.commandline.sentences import say_code
from app.commandline.server_admin import declare_database, open_database
from app.errors import UsageError

if TYPE_CHECKING:
    from app.server.store import SealedHead


def declare(parser: CommandParser) -> None:
    """Declare the options."""
    declare_database(parser)
    parser.add_argument("--firm", default="", metavar="FIRM")
    parser.add_argument("--against", default="", metavar="FILE")


def run(arguments: argparse.Namespace) -> int:
    """Verify the chains; exit status 3 where one is broken. With --json the signed heads are told, too."""
    from app.server.administration import name_firms, verify_audit

    copies = _read_heads(Path(arguments.against)) if arguments.against else []
    with open_database(arguments) as store:
        public_key, verified = verify_audit(store, arguments.firm, copies)
        names = name_firms(store)
    if arguments.json:
        firms = [_as_json(firm_id, found) for firm_id, found in verified.items()]
        print_json({"public_key": public_key, "firms": firms})
    else:
        for firm_id, found in verified.items():
            data: dict[str, Any] = {"name": names[firm_id]}
            if found.first_break is None:
                code = "server_audit_whole"
                data |= {"entries": found.entries, "erased": found.erased, "heads": len(found.heads)}
            else:
                code = "server_audit_broken"
                data |= {"number": found.first_break.number, "what": found.first_break.what}
            print_line(say_code(code, data, arguments.spoken))
    whole = all(found.first_break is None for found in verified.values())
    return ExitStatus.DONE if whole else ExitStatus.FAILED


def _as_json(firm_id: str, found: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return {"firm_id": firm_id, "whole": found.first_break is None, **asdict(found)}


def _read_heads(path: Path) -> list[SealedHead]:
    from app.server.store import SealedHead

    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        return [SealedHead(**head) for firm in written["firms"] for head in firm["heads"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError("server_heads_unreadable", path=str(path)) from error
