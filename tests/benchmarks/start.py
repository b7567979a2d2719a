"""From the start of the process to the first picture with real customers, and until everything is loaded.

The floor shows fifty rows of the same encrypted cache in a bare table, with the key out of the same keyring.
Both are timed from outside: the time before the process is started is taken from the time that it prints.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure
from tests.benchmarks.folders import benchmark_folder
from tests.support.secret_service import secret_service

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
RUNS = 15


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds from before the start of the process, and what the processor worked for it."""

    passed: float
    worked: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A start that is timed."""

    name: str
    screen: str
    until: str
    target: str


CASES = (
    Case(name="first paint, Att göra", screen="today", until="painted", target="ratio at most 1.35"),
    Case(name="first paint, Kunder", screen="customers", until="painted", target="ratio at most 1.35"),
    Case(name="everything loaded", screen="today", until="loaded", target="ratio at most 3.3"),
)


def measure(*, rows: int | None = None, where: bool = False) -> Sequence[Figure]:
    """Start floor and program in turns. ``rows`` is the number of runs (15)."""
    runs = rows or RUNS
    with prepared_profile() as (profile, env):
        key_name = json.loads((profile / "config.json").read_text(encoding="utf-8"))["profile_id"]
        floor = [str(HERE / "floors" / "start_floor.py"), str(profile / "cache.db"), key_name]
        ours = [window_command(profile, case.screen, case.until) for case in CASES]
        for command in (floor, *ours):
            run_timed(command, env)
        turns = [[run_timed(command, env) for command in (floor, *ours)] for _ in range(runs)]
    floors, *each = zip(*turns, strict=True)
    return [say_case(case, found, floors) for case, found in zip(CASES, each, strict=True)]


def say_case(case: Case, found: Sequence[Timed], floors: Sequence[Timed]) -> Figure:
    """Return the medians of a case, and what says more on a busy machine."""
    fastest = min(one.passed for one in found) / min(one.passed for one in floors)
    worked, bare = (statistics.median(one.worked for one in several) for several in (found, floors))
    return Figure(
        name=f"start to {case.name}",
        unit="ms",
        ours=statistics.median(one.passed for one in found),
        floor=statistics.median(one.passed for one in floors),
        target=case.target,
        runs=len(found),
        details={
            "fastest ÷ fastest": round(fastest, 2),
            "processor time": f"{worked:.0f} ms, floor {bare:.0f} ms, ratio {worked / bare:.2f}",
        },
    )


def window_command(profile: Path, screen: str, until: str) -> list[str]:
    """Return the words that start the program on the profile, until it is painted, loaded, or tells its
    modules."""
    return [str(HERE / "timed_window.py"), screen, until, "--profile", str(profile)]


def run_timed(command: Sequence[str], env: Mapping[str, str]) -> Timed:
    """Start a program and return when it told the last thing."""
    began = time.time_ns()
    _, at, worked = run_program(command, env)[-1].split()
    return Timed((int(at) - began) / 1e6, int(worked) / 1e6)


def run_program(command: Sequence[str], env: Mapping[str, str]) -> list[str]:
    """Start a program of Python and return the lines that it prints. Raises CalledProcessError."""
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.splitlines()


@contextmanager
def prepared_profile() -> Iterator[tuple[Path, dict[str, str]]]:
    """Give a profile with the sample firm, and the environment in which its key is found."""
    with benchmark_folder() as folder, secret_service(folder) as found:
        env: dict[str, Any] = {**os.environ, **found}
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        # Whatever the machine's habits are: both sides are compiled once, as in an installed program.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        env["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        command = ["-m", "tests.benchmarks.prepared_profile", str(folder / "profile")]
        run_program(command, env)
        yield folder / "profile", env
