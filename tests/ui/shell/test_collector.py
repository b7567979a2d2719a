"""Reference cycles are collected on the GUI thread, and only when nobody waits for the window."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.collector import AWAY_SECONDS, BUSY_MS, IDLE_MS, RECENT_SECONDS, YOUNG, Collector


class Knot:
    """Refers to itself: only a collector frees it."""

    def __init__(self) -> None:
        self.me = self
        self.freed_on: list[int] = []


@pytest.fixture(scope="module", autouse=True)
def cycles_end_on_this_thread() -> None:
    """Python collects by itself here: what happens without that is what is tested."""


def tie() -> weakref.ref[Knot]:
    return weakref.ref(Knot())


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    gc.collect()
    made = Collector()
    made.begin()
    yield made
    made.end()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_python_collects_nothing_by_itself_meanwhile(collector: Collector) -> None:
    knot = tie()
    kept = [[] for _ in range(20 * YOUNG)]
    assert knot() is not None, "control: without the collector this many objects free it"
    collector.collect(0.0, away=False)
    assert knot() is None
    assert len(kept) == 20 * YOUNG


def test_the_control_pythons_own_collector_would_have_freed_it() -> None:
    knot = tie()
    kept = [[] for _ in range(20 * YOUNG)]
    assert knot() is None
    assert kept


def test_it_looks_again_soon_while_much_is_made(collector: Collector) -> None:
    kept = [[] for _ in range(2 * YOUNG)]
    assert collector.collect(0.0, away=False) == "young"
    assert collector._timer.interval() == BUSY_MS
    assert collector.collect(0.0, away=False) == ""
    assert collector._timer.interval() == IDLE_MS
    assert kept


def test_all_that_has_come_since_the_start_is_collected_after_ten_minutes(collector: Collector) -> None:
    now = collector._recent_at
    old = tie()
    kept = [[] for _ in range(2 * YOUNG)]
    gc.collect(0)
    assert old() is None, "young enough to be found at once"
    survivor = Knot()
    gc.collect(0)
    gc.collect(1)
    found = weakref.ref(survivor)
    del survivor, kept
    assert collector.collect(now + RECENT_SECONDS - 1, away=False) == ""
    assert found() is not None
    assert collector.collect(now + RECENT_SECONDS + 1, away=False) == "recent"
    assert found() is None


def test_what_was_set_aside_is_collected_when_the_person_is_elsewhere(collector: Collector) -> None:
    now = collector._everything_at
    survivor = Knot()
    gc.freeze()
    found = weakref.ref(survivor)
    del survivor
    assert collector.collect(now + RECENT_SECONDS + 1, away=False) == "recent"
    assert found() is not None
    assert collector.collect(now + AWAY_SECONDS + 1, away=True) == "everything"
    assert found() is None


def test_it_collects_on_the_gui_thread(collector: Collector, qtbot: QtBot) -> None:
    threads: list[int] = []

    def note(phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            threads.append(threading.get_ident())

    gc.callbacks.append(note)
    try:
        kept: list[list[int]] = []
        maker = threading.Thread(target=lambda: kept.extend([] for _ in range(20 * YOUNG)))
        maker.start()
        maker.join()
        qtbot.waitUntil(lambda: bool(threads), timeout=5000)
    finally:
        gc.callbacks.remove(note)
    assert set(threads) == {threading.get_ident()}
