"""Every benchmark can be called; tests/reliability runs those that need little with next to nothing."""

from __future__ import annotations

import importlib
import inspect

import pytest

from tests.benchmarks.__main__ import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_benchmark_is_there_and_takes_what_the_command_gives(name: str) -> None:
    measure = importlib.import_module(f"tests.benchmarks.{name}").measure
    inspect.signature(measure).bind(rows=1, where=False)
