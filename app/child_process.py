"""A child process of ours with a pipe to it: how it begins, is watched, and ends.

It is started afresh (spawn), also in a frozen program. Nobody waits for it for ever.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

_LAST_SECONDS = 5.0
_PATIENCE_AT_THE_END = 5.0
_HERE = b"here"
_log = logging.getLogger(__name__)


class ChildProcess:
    """A process that does ``work(connection)``, a function of a module, until it is ended.

    Use it on one thread. ``patience`` is how many seconds, and at most twice as many, it may take to begin,
    to take in one message, or to give one: choose it from what one of these costs on a slow machine. After
    that it is killed. All that gives or takes raises OSError or EOFError where the process is gone.
    """

    def __init__(self, work: Callable[[Connection], None], name: str, *, patience: float) -> None:
        """Start it.

        Raises:
            OSError: it cannot be started.
        """
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_begin, args=(work, there), name=name, daemon=True)
        self._patience = patience
        self._has_begun = self._is_over = False
        try:
            self._process.start()
        except BaseException:
            self._here.close()
            raise
        finally:
            there.close()
        self._watchdog = Watchdog(self._process, patience)

    @property
    def pid(self) -> int:
        """The process's number."""
        assert self._process.pid is not None  # noqa: S101 - it has been started
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Tell whether it runs; False after ``end``."""
        return not self._is_over and self._process.is_alive()

    def send(self, something: Any) -> None:
        """Give it an object."""
        with self._waiting():
            self._here.send(something)

    def send_bytes(self, something: bytes) -> None:
        """Give it bytes."""
        with self._waiting():
            self._here.send_bytes(something)

    def recv(self) -> Any:
        """Take an object from it."""
        with self._waiting():
            return self._here.recv()

    def recv_bytes(self) -> bytes:
        """Take bytes from it."""
        with self._waiting():
            return self._here.recv_bytes()

    def kill(self) -> None:
        """End it at once, as a system without memory does."""
        self._process.kill()
        self._process.join()

    def end(self, *, at_once: bool) -> None:
        """Let go of it: it has nothing more to do, or what it does is not wanted any more."""
        if self._is_over:
            return
        self._is_over = True
        self._watchdog.end()
        self._here.close()
        end_process(self._process, 0 if at_once else _PATIENCE_AT_THE_END)

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        self._wait_for_its_beginning()
        with self._watchdog.waiting():
            yield

    def _wait_for_its_beginning(self) -> None:
        # On Windows this process holds a copy of the pipe's other end until the child has fetched it: one
        # that dies before breaks nothing, and to write to it or to read would have no end.
        if self._has_begun:
            return
        if self._here not in wait([self._here, self._process.sentinel], self._patience):
            self._process.kill()
            raise EOFError
        self._has_begun = self._here.recv_bytes() == _HERE


def _begin(work: Callable[[Connection], None], connection: Connection) -> None:
    """Say that the pipe is held, and work until nobody asks any more."""
    with suppress(EOFError, OSError):  # the asker is gone or has what it wanted
        connection.send_bytes(_HERE)
        work(connection)


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
            # Windows may refuse it to one that is ending just now; else it is ended at the next look.
            with suppress(OSError):
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
