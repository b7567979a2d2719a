"""What a picture leaves behind goes on the GUI thread: on a worker's it can stop the whole process."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from ui.screenshots import Studio

MANY = 20_000


class Knot:
    """Refers to itself: only a collector frees it."""

    def __init__(self) -> None:
        self.me = self


def tie() -> weakref.ref[Knot]:
    return weakref.ref(Knot())


@pytest.fixture(scope="module", autouse=True)
def cycles_end_on_this_thread() -> None:
    """Python collects by itself here, as in the process that draws pictures."""


def test_cycles_of_a_picture_are_collected_when_it_is_closed(qapp: QApplication, samverka: Any) -> None:
    knot = tie()
    assert len([[] for _ in range(MANY)]) == MANY
    assert knot() is None, "the control: so many new objects have Python collect by itself"
    studio = Studio(samverka, "light", "sv", (1024, 700), 1.0)
    try:
        knot = tie()
        made: list[list[int]] = []
        studio.context.background.run(lambda: made.extend([] for _ in range(MANY)))
        studio.settle()
        assert len(made) == MANY
        assert knot() is not None
    finally:
        studio.close()
    assert knot() is None
    assert gc.isenabled()
