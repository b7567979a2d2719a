"""What goes where: results to standard output, progress and problems to standard error."""

from __future__ import annotations

import json
import os
import sys
from typing import TextIO

from app.commandline.exit_status import ExitStatus


def print_json(document: object) -> None:
    """Print one JSON document, and nothing else belongs on standard output."""
    _print_result(json.dumps(document, ensure_ascii=False, indent=1))


def print_line(text: str) -> None:
    """Print a line of a result for a person."""
    _print_result(text)


def print_progress(text: str) -> None:
    """Print a line that tells how far it has come; the work goes on where nobody reads it."""
    _is_read(sys.stderr, text)


def _print_result(text: str) -> None:
    """Print a line of the result. Where its reader has gone (``| head``) the program ends without a word."""
    if not _is_read(sys.stdout, text):
        raise SystemExit(ExitStatus.FAILED)


def _is_read(stream: TextIO, text: str) -> bool:
    """Write a line and tell whether somebody still reads."""
    try:
        stream.write(text + "\n")
        stream.flush()
    except BrokenPipeError:
        # What is still in the stream goes nowhere: the interpreter writes it as it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return False
    return True
