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
    from app.server.audit.verifying import Verified
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
            for sentence in _sentences(names.get(firm_id, firm_id), found, arguments.spoken):
                print_line(sentence)
    whole = all(found.first_break is None for found in verified.values())
    return ExitStatus.DONE if whole else ExitStatus.FAILED


def _sentences(name: str, found: Verified, language: str) -> list[str]:
    if found.first_break is not None:
        reason = say_code(f"server_audit_break_{found.first_break.what}", {}, language)
        data = {"name": name, "number": found.first_break.number, "reason": reason}
        return [say_code("server_audit_broken", data, language)]
    data = {"name": name, "entries": found.entries, "erased": found.erased, "compared": found.compared}
    sentences = [say_code("server_audit_whole", data, language)]
    if found.heads:
        last = max(found.heads, key=lambda head: head.number)
        signed = {"day": last.day, "number": last.number, "after": found.entries - last.number}
        sentences.append("  " + say_code("server_audit_signed", signed, language))
    else:
        sentences.append("  " + say_code("server_audit_unsigned", data, language))
    if found.compared:
        sentences.append("  " + say_code("server_audit_compared", data, language))
    return sentences


def _as_json(firm_id: str, found: Verified) -> dict[str, Any]:
    from dataclasses import asdict

    return {"firm_id": firm_id, "whole": found.first_break is None, **asdict(found)}


def _read_heads(path: Path) -> list[SealedHead]:
    """Return the heads of a file that --json wrote, or of the server's log, as text or as JSON."""
    from app.server.audit.sealing import heads_in_log
    from app.server.store import SealedHead

    try:
        written = path.read_text(encoding="utf-8", errors="replace")
        heads = heads_in_log(written) or [
            SealedHead(**head) for firm in json.loads(written)["firms"] for head in firm["heads"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError("server_heads_unreadable", path=str(path)) from error
    if not heads:
        raise UsageError("server_heads_unreadable", path=str(path))
    return heads
