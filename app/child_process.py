"""How a child process of ours is watched, and how it ends."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess

_LAST_SECONDS = 5.0
_log = logging.getLogger(__name__)


class Watchdog:
    """Kills a child process that lets somebody wait too long.

    One that is stopped and not dead (by a debugger, by what looks for viruses) neither answers nor breaks the
    pipe: who sends to it or receives from it would wait for ever. Killed between one and two times
    ``patience`` seconds after the wait began; who waits is then told by the pipe, as where any process died.
    """

    def __init__(self, process: BaseProcess, patience: float) -> None:
        self._process = process
        self._patience = patience
        self._waits = 0
        self._seen = 0
        self._is_waiting = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="child watchdog", daemon=True)
        self._thread.start()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Say that somebody waits for the process meanwhile."""
        self._waits += 1
        self._is_waiting = True
        try:
            yield
        finally:
            self._is_waiting = False

    def end(self) -> None:
        """Stop watching; before the process is let go of."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(self._patience):
            self.look()

    def look(self) -> None:
        """Kill the process where somebody has been waiting since the last look."""
        if self._is_waiting and self._waits == self._seen:
            _log.warning("the process %s does not go on, and is ended", self._process.name)
            self._process.kill()
        self._seen = self._waits


def end_process(process: BaseProcess, patience: float, last: float = _LAST_SECONDS) -> None:
    """Wait so many seconds for a process that has nothing more to do, then stop it, and let go of it.

    One that is not stopped within ``last`` seconds (it may not be running at all) is killed.
    """
    process.join(patience)
    if process.is_alive():
        process.terminate()
        process.join(last)
    if process.is_alive():
        process.kill()
        process.join()
    process.close()
