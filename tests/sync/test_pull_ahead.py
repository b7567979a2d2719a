"""Pages that are fetched while those before them are written."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import cast

import pytest

from app.contract.wire import PullAnswer
from app.errors import RemoteError
from app.remote.pull_ahead import PullAhead
from app.remote.server import Server
from tests.support.clocks import MONDAY_MORNING

LIMIT = 10


def page(number: int, of: int) -> PullAnswer:
    return PullAnswer(
        epoch="e",
        cursor=f"c{number}",
        more=number < of,
        last_seq=0,
        head=number,
        server_time=MONDAY_MORNING,
        changes=(),
    )


class Pages:
    """Stands where a server is: pages 1, 2, 3 … by their cursors, and what was asked for."""

    def __init__(self, of: int, before: Callable[[int], None] = lambda _number: None) -> None:
        self._of = of
        self._before = before
        self.asked: list[str | None] = []
        self.places: list[str] = []
        self.left: list[str] = []

    def pull(self, _device: str, cursor: str | None, _limit: int, place: str = "") -> PullAnswer:
        self.places.append(place)
        self.asked.append(cursor)
        number = 1 if cursor is None else int(cursor[1:]) + 1
        self._before(number)
        return page(number, self._of)

    def leave(self) -> None:
        self.left.append(threading.current_thread().name)


def ahead_of(pages: Pages, *, most: int = 3) -> PullAhead:
    return PullAhead(cast("Server", pages), pages=most)


def test_each_page_comes_once_and_in_order() -> None:
    pages = Pages(20)
    ahead = ahead_of(pages)
    cursor: str | None = None
    heads = []
    while True:
        answer = ahead.pull("d", cursor, LIMIT, "" if cursor else "p")
        heads.append(answer.head)
        cursor = answer.cursor
        if not answer.more:
            break
    assert heads == list(range(1, 21))
    assert pages.asked == [None, *(f"c{n}" for n in range(1, 20))]
    assert pages.places == ["p", *[""] * 19], "each cursor is from a newer moment"
    assert pages.left == ["pull-ahead"]


def test_a_snapshots_last_page_is_followed_by_the_changes() -> None:
    class Snapshot(Pages):
        def pull(self, device: str, cursor: str | None, limit: int, place: str = "") -> PullAnswer:
            super().pull(device, cursor, limit, place)
            last = PullAnswer(
                epoch="e",
                cursor="c1",
                more=False,
                last_seq=0,
                head=1,
                server_time=MONDAY_MORNING,
                changes=(),
                snapshot=True,
            )
            return page(2, 2) if cursor else last

    ahead = ahead_of(Snapshot(2))
    assert ahead.pull("d", None, LIMIT).snapshot
    assert not ahead.pull("d", "c1", LIMIT).snapshot


def test_no_more_pages_wait_than_allowed() -> None:
    taken = 0
    most_waiting = 0

    def note(number: int) -> None:
        nonlocal most_waiting
        most_waiting = max(most_waiting, number - 1 - taken)

    ahead = ahead_of(Pages(200, note), most=3)
    cursor: str | None = None
    while True:
        answer = ahead.pull("d", cursor, LIMIT)
        taken += 1
        cursor = answer.cursor
        if not answer.more:
            break
    # What is being asked for now comes on top, and one may have been handed over and not counted yet.
    assert most_waiting <= 4


def test_a_failure_is_told_when_its_page_is_asked_for_and_then_asked_again() -> None:
    fails = [True]

    def fail(number: int) -> None:
        if number == 3 and fails:
            fails.clear()
            raise RemoteError("server_unreachable")

    ahead = ahead_of(Pages(3, fail))
    assert ahead.pull("d", None, LIMIT).head == 1
    assert ahead.pull("d", "c1", LIMIT).head == 2
    with pytest.raises(RemoteError):
        ahead.pull("d", "c2", LIMIT)
    assert ahead.pull("d", "c2", LIMIT).head == 3


def test_a_pull_from_elsewhere_is_asked_of_the_server() -> None:
    pages = Pages(9)
    ahead = ahead_of(pages)
    ahead.pull("d", None, LIMIT)
    assert ahead.pull("d", "c7", LIMIT).head == 8
    assert ahead.pull("another", None, LIMIT).head == 1
    ahead.close()


def test_cancelling_ends_a_pull_that_waits() -> None:
    asked, goes_on = threading.Event(), threading.Event()

    def wait(number: int) -> None:
        if number == 2:
            asked.set()
            goes_on.wait()

    ahead = ahead_of(Pages(9, wait))
    ahead.pull("d", None, LIMIT)
    told: list[str] = []

    def take() -> None:
        try:
            ahead.pull("d", "c1", LIMIT)
        except RemoteError as error:
            told.append(error.code)

    taker = threading.Thread(target=take)
    taker.start()
    asked.wait()
    ahead.cancel()
    taker.join()
    assert told == ["server_unreachable"]
    with pytest.raises(RemoteError):
        ahead.pull("d", None, LIMIT)
    goes_on.set()
    ahead.close()
