"""Benchmarks that need little are run with next to nothing: they measure the program as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 600


def run(name: str) -> subprocess.CompletedProcess[str]:
    """Run a benchmark as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", name, "--rows", "40", "--json"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.mark.parametrize(("name", "figures"), [("search", 1), ("sync", 4)])
def test_a_benchmark_starts_on_the_program_as_it_is(name: str, figures: int) -> None:
    """It was a benchmark that stood on a program of its own that nobody noticed to be broken."""
    done = run(name)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert len(told) == figures
    assert all(float(str(figure["ours"])) > 0 for figure in told)


def test_one_that_does_not_start_is_seen() -> None:
    """A control: a failure comes through the command."""
    assert run("no such benchmark").returncode != 0
