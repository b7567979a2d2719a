"""What goes where: results to standard output, progress and problems to standard error."""

from __future__ import annotations

import json
import sys


def print_json(document: object) -> None:
    """Print one JSON document, and nothing else belongs on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    sys.stdout.flush()


def print_line(text: str) -> None:
    """Print a line of a result for a person."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def print_progress(text: str) -> None:
    """Print a line that tells how far it has come, or what went wrong."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
