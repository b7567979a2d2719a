"""`serve`: the server, until it is told to stop. Loads no Qt."""

from __future__ import annotations

import argparse
import json
import os
import sys

from app.commandline.parser import CommandParser


def declare(parser: CommandParser) -> None:
    """Declare the server's options; those that are not given come from the environment or the file."""
    parser.add_argument("--config", default="", metavar="FILE")
    parser.add_argument("--database", metavar="URL")
    parser.add_argument("--host")
    parser.add_argument("--port", type=int, metavar="N")
    parser.add_argument("--public-url", metavar="URL")
    parser.add_argument("--smtp", metavar="URL")
    parser.add_argument("--state", metavar="DIR")
    parser.add_argument("--log-format", choices=["text", "json"])
    parser.add_argument("--sample", action="store_true", default=None)
    parser.add_argument("--key-stdin", action="store_true", default=None)
    parser.add_shared_options()


def run(arguments: argparse.Namespace) -> int:
    """Serve; print ``{"url": …}`` on a line of its own when the server answers."""
    from app.server.logs import set_up_logging
    from app.server.main import serve
    from app.server.options import read_options

    names = ("database", "host", "port", "public_url", "smtp", "state", "log_format", "sample", "key_stdin")
    given = {name: getattr(arguments, name) for name in names}
    options = read_options(given, os.environ, arguments.config)
    set_up_logging(options.log_format)
    return serve(options, announce)


def announce(url: str) -> None:
    """Tell whoever started the server where it answers."""
    sys.stdout.write(json.dumps({"url": url}) + "\n")
    sys.stdout.flush()
