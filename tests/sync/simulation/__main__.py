"""`python -m tests.sync.simulation --schedules N [--seed S] [--mutants all|NAME] [--json]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time

from tests.sync.simulation.mutants import MUTANTS
from tests.sync.simulation.running import Summary, hunt_all, run_many, run_seeds

MOST_PER_MUTANT = 200


def main() -> int:
    """Run what was asked for. Exit 0 where everything held and every mutant was seen, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.sync.simulation")
    parser.add_argument("--schedules", type=int, help=f"how many ({MOST_PER_MUTANT} at most for a mutant)")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--mutants", choices=(*MUTANTS, "all"), metavar="all|NAME")
    parser.add_argument("--processes", type=int, default=min(4, os.cpu_count() or 1))
    parser.add_argument("--trace", action="store_true", help="print what happened in the schedule of --seed")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    asked = parser.parse_args()
    if asked.mutants:
        return _mutants(asked)
    if asked.trace:
        (outcome,) = run_seeds([asked.seed])
        print("\n".join(outcome.trace))
        return 1 if outcome.violation else 0
    return _schedules(asked)


def _schedules(asked: argparse.Namespace) -> int:
    summary, began = Summary(), time.monotonic()
    for outcome in run_many(asked.seed, asked.schedules or 1000, asked.processes):
        summary.add(outcome)
        if outcome.violation:
            print(f"seed {outcome.seed}: {outcome.violation}", file=sys.stderr)
        if summary.schedules % 200 == 0:
            _progress(f"{summary.schedules} schedules, {summary.faults} faults")
    _progress(f"{time.monotonic() - began:.0f} s; {dict(summary.kinds.most_common())}")
    if asked.json:
        content = {
            "schedules": summary.schedules,
            "commands": summary.commands,
            "faults": summary.faults,
            "violations": len(summary.violations),
            "seed": asked.seed,
        }
        print(json.dumps(content))
    else:
        print(
            f"{summary.schedules} schedules from seed {asked.seed}: {summary.commands} commands,"
            f" {summary.faults} faults, {len(summary.violations)} violations"
        )
    return 1 if summary.violations else 0


def _mutants(asked: argparse.Namespace) -> int:
    names = list(MUTANTS) if asked.mutants == "all" else [asked.mutants]
    found = []
    for killed in hunt_all(names, asked.seed, asked.schedules or MOST_PER_MUTANT, asked.processes):
        found.append({"name": killed.name, "killed": killed.schedules > 0, "schedules": killed.schedules})
        _progress(f"{killed.name}: {killed.schedules or 'SURVIVES'} (seed {killed.seed}) {killed.violation}")
    if asked.json:
        print(json.dumps({"mutants": found}))
    else:
        print(f"{sum(bool(m['killed']) for m in found)} of {len(found)} mutants were seen")
    return 0 if all(mutant["killed"] for mutant in found) else 1


def _progress(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
