"""The benchmark of the panel, with a list short enough for every run: it measures what it says."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.benchmarks import panel


@pytest.fixture
def switch_interval() -> Iterator[None]:
    """Leave the interpreter as it was: a benchmark runs it as the program does."""
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("qapp", "switch_interval")
def test_everything_a_person_does_is_measured_in_three_ways() -> None:
    assert QApplication.instance() is not None
    figures = panel.measure(rows=600)
    names = [figure.name.partition(",")[0] for figure in figures]
    assert (
        names[::3]
        == names[1::3]
        == names[2::3]
        == [
            "opening",
            "arrow down to the next card",
            "page down",
            "filter by band",
            "search in the queue",
            "decision (S) to the next card",
            "undo",
            "a delta of 100 rows",
        ]
    )
    assert all(figure.ours > 0 and figure.floor > 0 and figure.runs >= 2 for figure in figures)
