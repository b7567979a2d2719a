"""`server take-bounce`: one message of the sender's mailbox, read from standard input."""

from __future__ import annotations

import argparse
import os
import sys

from app.commandline.exit_status import ExitStatus
from app.commandline.parser import CommandParser
from app.commandline.printing import print_json, print_line
from app.commandline.sentences import say_code


def declare(parser: CommandParser) -> None:
    """Declare the options; the database may stand in the server's settings, as for `serve`."""
    parser.add_argument("--config", default="", metavar="FILE")
    parser.add_argument("--database", metavar="URL")
    parser.add_shared_options(json=True)


def run(arguments: argparse.Namespace) -> int:
    """Take the message in and say what it was. Whatever it was, the mail program is done with it."""
    from app.server.mail.bounces import take_bounce
    from app.server.options import read_options
    from app.server.store import open_store

    options = read_options({"database": arguments.database}, os.environ, arguments.config)
    content = sys.stdin.buffer.read()
    store = open_store(options.database)
    try:
        result = take_bounce(store, content)
    finally:
        store.close()
    if arguments.json:
        print_json({"result": result.value})
    else:
        print_line(say_code(f"bounce_{result.value}", {}, arguments.spoken))
    return ExitStatus.DONE
