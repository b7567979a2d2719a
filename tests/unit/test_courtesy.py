"""What the person sees goes first: workers wait between rows while the window works."""

from __future__ import annotations

import threading

import pytest

from app.courtesy import BETWEEN, LONGEST_SECONDS, Courtesy


class _Rests(threading.Event):
    """Notes who waits; the window comes to rest while it is waited for, or does not."""

    def __init__(self, *, comes: bool) -> None:
        super().__init__()
        self.comes = comes
        self.waited: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout)
        if self.comes:
            self.set()
        return self.comes


def test_without_a_window_nobody_waits() -> None:
    rests = _Rests(comes=True)
    courtesy = Courtesy(rests)
    assert not courtesy.give_way()
    assert list(courtesy.each("abc")) == ["a", "b", "c"]
    assert rests.waited == []


def test_a_worker_waits_while_the_window_works() -> None:
    rests = _Rests(comes=True)
    courtesy = Courtesy(rests)
    courtesy.window_works()
    assert courtesy.give_way()
    assert not courtesy.give_way(), "the window rests now"
    assert rests.waited == [LONGEST_SECONDS]


def test_a_turn_that_does_not_end_is_waited_for_once() -> None:
    rests = _Rests(comes=False)
    courtesy = Courtesy(rests)
    courtesy.window_works()
    assert [courtesy.give_way() for _ in range(3)] == [True, False, False]
    courtesy.window_rests()
    courtesy.window_works()
    assert courtesy.give_way(), "the next turn is another"
    assert len(rests.waited) == 2


@pytest.mark.parametrize(("count", "asked"), [(0, 0), (1, 1), (BETWEEN, 1), (BETWEEN + 1, 2)])
def test_rows_are_given_with_a_question_after_some_of_them(count: int, asked: int) -> None:
    rests = _Rests(comes=True)
    courtesy = Courtesy(rests)
    given = []
    for row in courtesy.each(range(count)):
        given.append(row)
        courtesy.window_works()
    # Before the first row the window rests.
    assert given == list(range(count))
    assert len(rests.waited) == max(0, asked - 1)
