"""The passphrase of a profile whose computer has no keyring, for commands without a window."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from app.commandline.sentences import say_code, say_problem
from app.errors import SamverkaError

if TYPE_CHECKING:
    from app.bootstrap import Samverka, Start

TRIES = 3


def build_with_passphrase(start: Start, *, from_stdin: bool, language: str) -> Samverka:
    """Build the program; where its profile has a passphrase, read it from standard input or ask for it.

    It is asked for on a terminal only, unseen, three times at most. It is never taken from the words of the
    command, which every process of the machine can read.

    Raises:
        SecretsError: ``passphrase_needed`` where nobody can be asked, ``passphrase_wrong``, and others.
        StorageError: the cache cannot be opened.
    """
    if from_stdin:
        start.use_passphrase(sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n"))
    try:
        return start.build(start=False)
    except SamverkaError as error:
        if from_stdin or error.code != "passphrase_needed" or not sys.stdin.isatty():
            raise
    left = TRIES
    while True:
        start.use_passphrase(getpass.getpass(say_code("passphrase_asked", {}, language) + " "))
        left -= 1
        try:
            return start.build(start=False)
        except SamverkaError as error:
            if error.code != "passphrase_wrong" or not left:
                raise
            sys.stderr.write(say_problem(error, language) + "\n")
