"""Work off the GUI thread, answers on it."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QTimer, Slot
from pytestqt.qtbot import QtBot

from ui.background import Background, Lane, Latest
from ui.event_bridge import EventBridge


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


class _Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []
        self.threads: set[int] = set()

    @Slot(object)
    def take(self, value: object) -> None:
        self.got.append(value)
        self.threads.add(threading.get_ident())


def test_the_answer_comes_on_the_gui_thread(qtbot: QtBot, background: Background) -> None:
    receiver = _Receiver()
    background.run(threading.get_ident, receiver.take)
    qtbot.waitUntil(lambda: bool(receiver.got))
    assert receiver.got != [threading.get_ident()]
    assert receiver.threads == {threading.get_ident()}


def test_the_database_lane_is_one_thread_and_keeps_the_order(qtbot: QtBot, background: Background) -> None:
    receiver = _Receiver()
    for number in range(50):
        background.run(lambda n=number: (n, threading.get_ident()), receiver.take)
    qtbot.waitUntil(lambda: len(receiver.got) == 50)
    assert [got[0] for got in receiver.got] == list(range(50))  # type: ignore[index]
    assert len({got[1] for got in receiver.got}) == 1  # type: ignore[index]


def test_a_late_answer_to_an_older_request_is_dropped(qtbot: QtBot, background: Background) -> None:
    receiver, latest = _Receiver(), Latest()
    started, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        started.set()
        go_on.wait(60)
        return "old"

    background.run(slow, receiver.take, lane=Lane.POOL, latest=latest)
    assert started.wait(60)
    background.run(lambda: "new", receiver.take, latest=latest)
    qtbot.waitUntil(lambda: receiver.got == ["new"])
    go_on.set()
    qtbot.waitUntil(lambda: background.is_idle)
    assert receiver.got == ["new"]


def test_an_error_goes_to_its_receiver_or_to_the_one_for_all(qtbot: QtBot, background: Background) -> None:
    own, common = _Receiver(), _Receiver()
    background.set_unhandled(common.take)

    def fail() -> None:
        raise ValueError("no")

    background.run(fail, on_error=own.take)
    background.run(fail)
    qtbot.waitUntil(lambda: bool(own.got) and bool(common.got))
    assert isinstance(own.got[0], ValueError)
    assert isinstance(common.got[0], ValueError)


def test_an_answer_to_something_deleted_is_dropped(qtbot: QtBot, background: Background) -> None:
    import shiboken6

    receiver = _Receiver()
    got = receiver.got
    go_on = threading.Event()
    background.run(lambda: go_on.wait(60), receiver.take)
    shiboken6.delete(receiver)
    go_on.set()
    qtbot.waitUntil(lambda: background.is_idle)
    assert got == []


def test_after_the_end_no_answer_is_waited_for(background: Background) -> None:
    started, go_on = threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        go_on.wait(60)

    background.run(work)
    background.run(work)
    assert started.wait(60)
    assert not background.is_idle
    go_on.set()
    background.close()
    assert background.is_idle


def test_events_of_other_threads_arrive_on_the_gui_thread_in_order(qtbot: QtBot) -> None:
    bridge, receiver = EventBridge(), _Receiver()
    bridge.changed.connect(receiver.take)
    listeners: list[Callable[[object], None]] = []
    bridge.attach(listeners.append)
    [publish] = listeners
    thread = threading.Thread(target=lambda: [publish(number) for number in range(20)])
    thread.start()
    thread.join()
    assert receiver.got == []
    qtbot.waitUntil(lambda: len(receiver.got) == 20)
    assert receiver.got == list(range(20))
    assert receiver.threads == {threading.get_ident()}
    bridge.close()


class _Turns(QObject):
    """Notes in which turn of the loop each answer was handed out."""

    def __init__(self) -> None:
        super().__init__()
        self.turn = 0
        self.got: list[int] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)
        self._timer.start(0)

    def _next(self) -> None:
        self.turn += 1

    @Slot(object)
    def take(self, _value: object) -> None:
        self.got.append(self.turn)


@pytest.mark.parametrize(("seconds_each", "turns"), [(0.0, 1), (0.1, 3)])
def test_answers_that_take_long_to_show_are_shown_in_several_turns(
    qtbot: QtBot, seconds_each: float, turns: int
) -> None:
    ticks = itertools.count()
    background = Background(clock=lambda: next(ticks) * seconds_each)
    receiver = _Turns()
    for _ in range(3):
        background.run(lambda: None, receiver.take)
    background.call(lambda: None).result()  # all three wait to be handed out
    qtbot.waitUntil(lambda: background.is_idle)
    background.close()
    assert len(receiver.got) == 3
    assert len(set(receiver.got)) == turns
