"""A child process that answers, one that is stopped at any point, and one that never begins."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

import pytest

from app.child_process import ChildProcess
from tests.support.stopped_processes import needs_signals, stop_process

LARGE = 2_000_000
"""More than a pipe takes."""


def echo(connection: Connection) -> None:
    while True:
        connection.send_bytes(connection.recv_bytes())


def stop_after_one(connection: Connection) -> None:
    assert sys.platform != "win32"
    connection.send_bytes(connection.recv_bytes())
    os.kill(os.getpid(), signal.SIGSTOP)


def give_up(connection: Connection) -> None:
    raise OSError(connection.fileno())


def ask_thrice(child: ChildProcess, something: bytes) -> None:
    for _ in range(3):
        child.send_bytes(something)
        child.recv_bytes()


class DiesWhenItIsUnpacked:
    """A piece of work with which the other process dies before it has fetched its end of the pipe."""

    def __call__(self, connection: Connection) -> None:
        """Do nothing."""

    def __reduce__(self) -> tuple[Callable[[int], object], tuple[int]]:
        """Return what is called where it is unpacked."""
        return os._exit, (3,)


@pytest.fixture
def child() -> Iterator[ChildProcess]:
    one = ChildProcess(echo, "echo", patience=60)
    yield one
    one.end(at_once=True)


@pytest.fixture
def impatient() -> Iterator[ChildProcess]:
    one = ChildProcess(echo, "echo", patience=0.2)
    yield one
    one.end(at_once=True)


def test_it_answers_and_is_let_go_of(child: ChildProcess) -> None:
    child.send_bytes(b"ett")
    assert child.recv_bytes() == b"ett"
    child.send("två")
    assert child.recv() == "två"
    assert child.is_alive
    child.end(at_once=False)
    assert not child.is_alive
    child.end(at_once=True)  # a second time does no harm


@needs_signals
@pytest.mark.parametrize("size", [1, LARGE], ids=["nothing is answered", "the pipe is full"])
def test_one_that_is_stopped_half_way_is_ended(size: int) -> None:
    one = ChildProcess(stop_after_one, "stops", patience=0.7)
    with pytest.raises((EOFError, OSError)):  # a very slow machine has not even begun, which is the same
        ask_thrice(one, b"x" * size)
    one.end(at_once=True)
    assert not one.is_alive


@needs_signals
def test_one_that_is_stopped_as_it_begins_is_ended(impatient: ChildProcess) -> None:
    stop_process(impatient.pid)
    with pytest.raises((EOFError, OSError)):
        impatient.send_bytes(b"ett")


@needs_signals
def test_one_that_is_stopped_at_the_end_is_let_go_of(child: ChildProcess) -> None:
    stop_process(child.pid)
    child.end(at_once=True)
    assert not child.is_alive


def test_one_that_dies_before_it_has_its_pipe_is_not_waited_for() -> None:
    one = ChildProcess(DiesWhenItIsUnpacked(), "dies", patience=60)
    with pytest.raises((EOFError, OSError)):
        one.recv_bytes()
    one.end(at_once=True)


def test_one_whose_work_fails_is_gone() -> None:
    one = ChildProcess(give_up, "gives-up", patience=60)
    with pytest.raises((EOFError, OSError)):
        one.recv_bytes()
    one.end(at_once=True)
