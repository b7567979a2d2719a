"""Work off the GUI thread, answers on it.

One thread named `db` runs the use cases' commands and queries in order; a small pool runs what takes long
(imports, exports, matching), and one thread counts what nobody waits for. Answers travel through a queue and
are handed out by a slot of a QObject that lives in the GUI thread: a lambda connected to a worker's signal
would run on the worker (measured).
"""

import logging
import queue
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QThread, QTimer, Slot

from ui.bell import Bell
from ui.turns import Turns

_TURN_SECONDS = 0.008
_log = logging.getLogger(__name__)
T = TypeVar("T")


class Lane(StrEnum):
    """Where work runs: the one database thread, in order, the pool, or where rows are counted.

    What is counted over all rows grows with them, and nobody waits for it: on ``db`` the next key would, and
    in the pool it would wait itself for an import.
    """

    DB = "db"
    POOL = "pool"
    COUNTS = "counts"


class Latest:
    """Keeps only the newest of several requests: the answers to the older ones are dropped.

    One per thing that is asked again and again (a search, a side panel). A request that has not begun when
    a newer one is made is never run at all.
    """

    def __init__(self) -> None:
        self._number = 0

    def next(self) -> int:
        """Take the number of a new request; all earlier ones become late."""
        self._number += 1
        return self._number

    def is_current(self, number: int) -> bool:
        return number == self._number

    def cancel(self) -> None:
        """Make what is under way late."""
        self._number += 1


class _Answer(NamedTuple):
    deliver: Callable[[Any], None] | None
    value: Any
    owner: QObject | None
    latest: Latest | None
    number: int


class Background(QObject):
    """`run(work, on_done, on_error)`; made and called on the GUI thread only."""

    def __init__(
        self,
        pool_size: int = 2,
        *,
        on_unhandled: Callable[[BaseException], None] | None = None,
        clock: Callable[[], float] = time.perf_counter,
        turns: Turns | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("background")
        self._lanes = {
            Lane.DB: ThreadPoolExecutor(1, thread_name_prefix="db"),
            Lane.POOL: ThreadPoolExecutor(pool_size, thread_name_prefix="pool"),
            Lane.COUNTS: ThreadPoolExecutor(1, thread_name_prefix="counts"),
        }
        self._answers: queue.SimpleQueue[_Answer] = queue.SimpleQueue()
        self._bell = Bell(self)
        self._bell.rung.connect(self._hand_out)
        self._on_unhandled = on_unhandled
        self._clock = clock
        self.turns = turns or Turns()
        self._open = True
        self._waiting = 0
        self._goes_on_later = False

    def set_unhandled(self, on_unhandled: Callable[[BaseException], None]) -> None:
        """Who is told of an error for which `run` was given no receiver."""
        self._on_unhandled = on_unhandled

    @property
    def is_idle(self) -> bool:
        """True when every request has been answered, or none will be any more; for tests and pictures."""
        return self._waiting == 0 or not self._open

    def run(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
        *,
        lane: Lane = Lane.DB,
        latest: Latest | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run `work` on a thread; `on_done(result)` or `on_error(error)` is called on the GUI thread.

        `owner` is the QObject that the answer is for (found by itself when a receiver is its method); if it
        has been deleted meanwhile the answer is dropped. With `latest`, the answer to an older request is
        dropped too. Only frozen values may pass in and out. After `close` nothing is run and nothing
        answered.
        """
        if QThread.currentThread() is not self.thread():
            raise RuntimeError("Background.run is called on the GUI thread")
        if not self._open:
            return
        self._bell.listen()
        receiver = owner or _owner_of(on_done) or _owner_of(on_error)
        number = latest.next() if latest is not None else 0
        self._waiting += 1

        def task() -> None:
            if latest is not None and not latest.is_current(number):
                self._put(_Answer(None, None, None, None, 0))
                return
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - the top of a thread: every error is delivered
                self._put(_Answer(on_error or self._unhandled, error, receiver, latest, number))
            else:
                self._put(_Answer(on_done, result, receiver, latest, number))

        self._lanes[lane].submit(task)

    def call(self, work: Callable[[], T], *, lane: Lane = Lane.DB) -> "Future[T]":
        """Run `work` without an answer to the GUI thread; for shutdown, which waits for the future."""
        return self._lanes[lane].submit(work)

    def close(self) -> None:
        """Wait for what is running and drop what is queued; part of the one shutdown order."""
        self._open = False
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._bell.close()

    def _put(self, answer: _Answer) -> None:
        self._answers.put(answer)
        self._bell.ring()

    @Slot()
    def _hand_out(self) -> None:
        """Answers that came together are shown in several turns: the window takes keys in between."""
        if self._goes_on_later:
            return
        until = self._clock() + _TURN_SECONDS
        while True:
            try:
                answer = self._answers.get_nowait()
            except queue.Empty:
                return
            self._waiting -= 1
            with self.turns:
                self._deliver(answer)
            if self._clock() > until and not self._answers.empty():
                self._goes_on_later = True
                QTimer.singleShot(0, self, self._go_on)
                return

    @Slot()
    def _go_on(self) -> None:
        self._goes_on_later = False
        self._hand_out()

    def _deliver(self, answer: _Answer) -> None:
        if not self._open or answer.deliver is None:
            return
        if answer.latest is not None and not answer.latest.is_current(answer.number):
            return
        if answer.owner is not None and not shiboken6.isValid(answer.owner):
            return
        answer.deliver(answer.value)

    def _unhandled(self, error: BaseException) -> None:
        if self._on_unhandled is None:
            _log.error("Work in the background failed", exc_info=error)
        else:
            self._on_unhandled(error)


def _owner_of(receiver: Callable[..., Any] | None) -> QObject | None:
    owner = getattr(receiver, "__self__", None)
    return owner if isinstance(owner, QObject) else None
