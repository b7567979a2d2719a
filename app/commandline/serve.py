"""`serve`: the server, until it is told to stop. Loads no Qt."""

from __future__ import annotations

import argparse
import json
import logging
import sys

from app.commandline.parser import CommandParser


def declare(parser: CommandParser) -> None:
    """Declare the server's options."""
    parser.add_argument("--database", required=True, metavar="URL")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, metavar="N")
    parser.add_argument("--public-url", default="", metavar="URL")
    parser.add_argument("--smtp", default="", metavar="URL")
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--key-stdin", action="store_true")
    parser.add_shared_options()


def run(arguments: argparse.Namespace) -> int:
    """Serve; print ``{"url": …}`` on a line of its own when the server answers."""
    from app.server.main import ServeOptions, serve

    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    options = ServeOptions(
        database=arguments.database,
        host=arguments.host,
        port=arguments.port,
        public_url=arguments.public_url,
        smtp=arguments.smtp,
        sample=arguments.sample,
        key_stdin=arguments.key_stdin,
    )
    return serve(options, announce)


def announce(url: str) -> None:
    """Tell whoever started the server where it answers."""
    sys.stdout.write(json.dumps({"url": url}) + "\n")
    sys.stdout.flush()
