"""What the commands of `server` share: the database, its key, and what is read from standard input."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.commandline.parser import CommandParser
from app.errors import UsageError

if TYPE_CHECKING:
    from app.server.store import Store


def declare_database(parser: CommandParser) -> None:
    """Declare the options that say which database is meant."""
    parser.add_argument("--database", required=True, metavar="URL")
    parser.add_argument("--key-stdin", action="store_true")
    parser.add_shared_options(json=True)


@contextmanager
def open_database(arguments: argparse.Namespace) -> Iterator[Store]:
    """Open the database, create or upgrade its tables; the key is the first line of standard input."""
    from app.server.start_keys import read_start_keys
    from app.server.store import open_store

    key = read_start_keys(sys.stdin.buffer).key if arguments.key_stdin else None
    store = open_store(arguments.database, key=key)
    try:
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
