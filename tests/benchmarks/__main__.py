"""`python -m tests.benchmarks NAME … | all [--json]`."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys

NAMES = (
    "start",
    "search",
    "responsiveness",
    "first",
    "linking",
    "panel",
    "sync",
    "push",
    "pull",
    "memory",
    "activation",
    "peers",
)


def main() -> int:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="+", choices=(*NAMES, "all"), metavar="NAME")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.add_argument("--rows", type=int, help="customers to import (all of the list)")
    parser.add_argument("--where", action="store_true", help="tell what ran when the window did not answer")
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted = NAMES if "all" in asked.names else tuple(dict.fromkeys(asked.names))
    figures = [
        figure
        for name in wanted
        for figure in importlib.import_module(f"tests.benchmarks.{name}").measure(
            rows=asked.rows, where=asked.where
        )
    ]
    if asked.json:
        print(json.dumps([figure.as_json() for figure in figures], ensure_ascii=False, indent=2))
    else:
        for figure in figures:
            print("\n".join(figure.lines()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
