"""How child processes are watched and ended: real ones, that are stopped and not dead."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

import pytest

from app.child_process import Watchdog, end_process

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that stops a process")
LARGE = bytes(5_000_000)
"""More than a pipe holds: whoever sends it waits until the other end reads."""


def answer_all(connection: Connection) -> None:
    """Answer each message with itself until nobody asks any more."""
    try:
        while True:
            connection.send_bytes(connection.recv_bytes())
    except (EOFError, OSError):
        return


@contextmanager
def a_child() -> Iterator[tuple[SpawnProcess, Connection]]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=answer_all, args=(there,), daemon=True)
    process.start()
    there.close()
    here.send_bytes(b"are you there?")
    here.recv_bytes()
    try:
        yield process, here
    finally:
        here.close()
        end_process(process, 0, last=0)


def stop(process: SpawnProcess) -> None:
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)


def test_a_child_that_stands_still_is_ended_for_who_waits_for_its_answer() -> None:
    with a_child() as (process, here):
        watchdog = Watchdog(process, patience=0.1)
        stop(process)
        with pytest.raises((EOFError, OSError)), watchdog.waiting():
            here.recv_bytes()
        watchdog.end()


def test_a_child_that_stands_still_is_ended_for_who_sends_to_it() -> None:
    with a_child() as (process, here):
        watchdog = Watchdog(process, patience=0.1)
        stop(process)
        with pytest.raises(OSError), watchdog.waiting():  # noqa: PT011 - which one is the system's
            here.send_bytes(LARGE)
        watchdog.end()


def test_a_child_that_answers_is_left_alone() -> None:
    with a_child() as (process, here):
        watchdog = Watchdog(process, patience=30)
        with watchdog.waiting():
            here.send_bytes(b"once more")
            assert here.recv_bytes() == b"once more"
        watchdog.end()
        assert process.is_alive()


def test_nobody_waits_and_the_child_may_stand_still() -> None:
    with a_child() as (process, here):
        watchdog = Watchdog(process, patience=3600)
        for _ in range(3):  # another wait each time
            with watchdog.waiting():
                watchdog.look()
        stop(process)
        watchdog.look()
        watchdog.look()
        assert process.is_alive()
        with watchdog.waiting():
            watchdog.look()
            assert process.is_alive()
            watchdog.look()  # a control: the same wait as at the last look
            with pytest.raises((EOFError, OSError)):
                here.recv_bytes()
        watchdog.end()


def test_a_stopped_child_can_be_ended() -> None:
    with a_child() as (process, _):
        stop(process)
        pid = process.pid
        assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
