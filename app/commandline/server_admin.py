"""What the commands of `server` share: the database, its key, and what is read from standard input."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.commandline.parser import CommandParser
from app.commandline.printing import print_progress
from app.commandline.sentences import say_code
from app.errors import UsageError

if TYPE_CHECKING:
    from app.server.options import ServeOptions
    from app.server.store import Store


def declare_database(parser: CommandParser) -> None:
    """Declare the options that say which database is meant; it may stand in the server's settings."""
    parser.add_argument("--config", default="", metavar="FILE")
    parser.add_argument("--database", metavar="URL")
    parser.add_argument("--key-stdin", action="store_true")
    parser.add_shared_options(json=True)


def read_settings(arguments: argparse.Namespace) -> ServeOptions:
    """Return the settings that `serve` would have: a password in an address belongs among no arguments.

    Raises:
        UsageError: ``server_database_missing`` and others of the file's.
    """
    from app.server.options import read_options

    return read_options({"database": arguments.database}, os.environ, arguments.config)


@contextmanager
def open_database(arguments: argparse.Namespace) -> Iterator[Store]:
    """Open the database, create or upgrade its tables; the key is the first line of standard input.

    Says so where firms are not kept apart by it.
    """
    from app.server.start_keys import read_start_keys
    from app.server.store import open_store

    settings = read_settings(arguments)
    key = read_start_keys(sys.stdin.buffer).key if arguments.key_stdin else None
    store = open_store(settings.database, key=key)
    try:
        if store.passes_row_security():
            print_progress(say_code("server_superuser", {}, arguments.spoken))
        yield store
    finally:
        store.close()


def read_password() -> str:
    """Return the next line of standard input.

    Raises:
        UsageError: ``password_missing``.
    """
    password = sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")
    if not password:
        raise UsageError("password_missing")
    return password
