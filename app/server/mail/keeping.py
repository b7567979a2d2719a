"""What goes on beside an e-mail that is being sent: its lease is renewed, and others may go past it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

LOG = logging.getLogger(__name__)
RENEW_SECONDS = 30.0

Beat = Callable[[], bool]
"""Called now and then while an e-mail is being sent. False ends that: there is nothing left to renew."""

Keeping = Callable[[Beat], AbstractContextManager[None]]


@contextmanager
def beating(beat: Beat, *, seconds: float = RENEW_SECONDS) -> Iterator[None]:
    """Call ``beat`` every so many seconds on a thread of its own, from the first so many until the end."""
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(seconds):
            try:
                if not beat():
                    return
            except Exception:  # a thread's top: the database may be back at the next beat
                LOG.exception("the lease of an e-mail could not be renewed")

    thread = threading.Thread(target=run, name="mail lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


class Turns:
    """Whose turn it is to send: one e-mail at a time, until that one is said to be slow."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: object | None = None

    def take(self) -> object | None:
        """Return a turn to give back with ``end``, or None while somebody has it."""
        with self._lock:
            if self._holder is not None:
                return None
            self._holder = object()
            return self._holder

    def end(self, turn: object) -> None:
        """Let the next one. What ended its turn before does no harm to whose turn it is now."""
        with self._lock:
            if self._holder is turn:
                self._holder = None
