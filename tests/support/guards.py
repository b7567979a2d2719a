"""Guards around every test: what a test may not do, whoever wrote it.

A guard watches from outside (audit hooks, the list of threads, the list of child processes), so that code
under test cannot avoid it by importing a name early. tests/house/test_guards.py shows that each can fail.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REAL_HOME = Path.home().resolve()
MAY_BE_WRITTEN = (
    ROOT / ".pytest_cache",
    ROOT / ".hypothesis",
    ROOT / ".mypy_cache",
    ROOT / ".ruff_cache",
    ROOT / ".import_linter_cache",
    ROOT / "build",
)
SECONDS_TO_END = 60.0
INTERNET = {socket.AF_INET, socket.AF_INET6}


class ForbiddenError(BaseException):
    """A test reached for something that tests leave alone.

    It is no Exception, so that no ``except Exception`` at the top of a thread can swallow it.
    """


class Watch:
    """What the audit hook allows at this moment, and what it has seen."""

    def __init__(self) -> None:
        self.active = False
        self.seen: list[str] = []

    def refuse(self, what: str) -> None:
        """Remember the deed and stop it."""
        self.seen.append(what)
        raise ForbiddenError(what)


WATCH = Watch()

BEGUN_BY: weakref.WeakKeyDictionary[threading.Thread, threading.Thread] = weakref.WeakKeyDictionary()
"""Which thread has begun which, both Python's."""

LENT: weakref.WeakSet[threading.Thread] = weakref.WeakSet()
"""What a thread that is older than the test began while it ran, and has still to end with that one."""


def is_loopback(host: object) -> bool:
    """Say whether a host name or address never leaves the machine. No host at all means every address."""
    if isinstance(host, bytes | bytearray):
        host = bytes(host).decode("ascii", "replace")
    if not isinstance(host, str):
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def is_protected(path: object) -> bool:
    """Say whether a test has no business writing there: the working tree and the person's own folders."""
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    text = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  Path.resolve would ask the disk, inside a hook
    if f"{os.sep}__pycache__{os.sep}" in text or text == os.devnull:
        return False
    place = Path(text)
    if any(place.is_relative_to(allowed) for allowed in MAY_BE_WRITTEN):
        return False
    return place.is_relative_to(ROOT) or place.is_relative_to(REAL_HOME)


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if not WATCH.active:
        return
    if event in {"socket.connect", "socket.bind", "socket.sendto"}:
        family, address = getattr(arguments[0], "family", None), arguments[1]
        if family in INTERNET and isinstance(address, tuple) and not is_loopback(address[0]):
            WATCH.refuse(f"{event} to {address[0]!r}: tests use loopback only")
    elif event == "socket.getaddrinfo":
        if arguments[0] is not None and not is_loopback(arguments[0]):
            WATCH.refuse(f"looked up {arguments[0]!r}: tests use loopback only")
    elif event == "open":
        flags = arguments[2]
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes and is_protected(arguments[0]):
            WATCH.refuse(f"wrote to {arguments[0]!r}: tests write to temporary folders only")
    elif event == "sqlite3.connect" and is_protected(arguments[0]):
        WATCH.refuse(f"opened the database {arguments[0]!r}: tests write to temporary folders only")


sys.addaudithook(_audit)

_start = threading.Thread.start


def _start_and_note(thread: threading.Thread) -> None:
    # Python 3.11 tells an audit hook nothing of threads. Not current_thread: it would take a thread of Qt's
    # for one of Python's from then on.
    by = threading._active.get(threading.get_ident())  # type: ignore[attr-defined]
    if by is not None:
        BEGUN_BY[thread] = by
    _start(thread)


threading.Thread.start = _start_and_note  # type: ignore[assignment]


def list_children() -> set[int]:
    """Return the process ids of this process' children; empty where the system has no /proc."""
    found: set[int] = set()
    for task in Path("/proc/self/task").glob("*/children"):
        try:
            found.update(int(number) for number in task.read_text().split())
        except OSError:  # the thread has ended between the listing and the reading
            continue
    return {pid for pid in found if not _ends_with_the_session(pid)}


def _ends_with_the_session(pid: int) -> bool:
    # multiprocessing starts its tracker with the first spawned process, and the cluster of the session begins
    # with the first test on PostgreSQL; its watch stops it when the session ends, or is killed.
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return b"multiprocessing.resource_tracker" in words or b"tests.support.postgresql_cluster" in words


def list_living_threads(before: set[threading.Thread]) -> list[str]:
    """Return the names of the threads that a test began and that do not end by themselves.

    A program that many tests share begins threads for itself, whenever it likes: each request has one that
    watches over it, for as long as the server keeps the request. They are nothing of the test's, and must be
    gone when what began them is.

    Threads that Python did not start (a pool of Qt's) have no end that could be waited for; closing those is
    the business of the program's own shutdown test.
    """
    living = []
    for thread in threading.enumerate():
        if isinstance(thread, threading._DummyThread) or (thread in before and thread not in LENT):
            continue
        # Another thread is beginning it: it cannot be joined yet.
        thread._started.wait(SECONDS_TO_END)  # type: ignore[attr-defined]
        if _is_of_an_older(thread, before):
            LENT.add(thread)
            continue
        thread.join(SECONDS_TO_END)
        if thread.is_alive():
            living.append(thread.name)
    return living


def _is_of_an_older(thread: threading.Thread, before: set[threading.Thread]) -> bool:
    by = BEGUN_BY.get(thread)
    while by is not None and by is not threading.current_thread():
        if by in before and by.is_alive():
            return True
        by = BEGUN_BY.get(by)
    return False


@pytest.fixture(autouse=True)
def only_temporary_paths(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Give every test a home of its own, and stop it from writing to the real one or to the working tree."""
    home = tmp_path_factory.mktemp("home")
    for variable, folder in (
        ("HOME", home),
        ("USERPROFILE", home),
        ("APPDATA", home / "AppData" / "Roaming"),
        ("LOCALAPPDATA", home / "AppData" / "Local"),
        ("XDG_CONFIG_HOME", home / ".config"),
        ("XDG_DATA_HOME", home / ".local" / "share"),
        ("XDG_STATE_HOME", home / ".local" / "state"),
        ("XDG_CACHE_HOME", home / ".cache"),
    ):
        monkeypatch.setenv(variable, str(folder))
    # Nobody's own keyring: a test that needs one starts it (tests/support/secret_service.py).
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    return home


@pytest.fixture(autouse=True)
def only_loopback_and_nothing_left_behind(only_temporary_paths: Path) -> Iterator[None]:
    """Watch what the test does while it runs, and what of it still lives when it has ended."""
    threads = set(threading.enumerate())
    children = list_children()
    WATCH.seen.clear()
    WATCH.active = True
    try:
        yield
    finally:
        WATCH.active = False
    problems = list(WATCH.seen)
    problems += [f"left the thread {name} running" for name in list_living_threads(threads)]
    problems += [f"left the process {pid} behind" for pid in sorted(list_children() - children)]
    if problems:
        pytest.fail("; ".join(problems), pytrace=False)
