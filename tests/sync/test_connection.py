"""The connection is changed on one thread while the program ends on another."""

from __future__ import annotations

import threading
from pathlib import Path

from app.domain.what_changed import SyncState, WhatChanged
from app.storage.opening import open_database
from app.sync.connection import Connection
from tests.support.clocks import FixedClock

KEY = bytes(32)


def make(folder: Path) -> Connection:
    clock = FixedClock()
    database = open_database(
        folder / "cache.db", KEY, set_aside_folder=folder / "aside", now=clock.now()
    ).database

    def publish(_value: WhatChanged | SyncState) -> None:
        return None

    return Connection(database, clock, publish, server_url="http://127.0.0.1:9")


def sync_threads() -> set[threading.Thread]:
    """Return the threads of synchronisations that live, those of programs that other tests keep open too."""
    return {thread for thread in threading.enumerate() if thread.name.startswith("sync")}


def test_the_end_waits_for_a_change_under_way_and_leaves_no_thread(tmp_path: Path) -> None:
    """Without an order of their own, the end stopped a runner whose threads had not begun."""
    before = sync_threads()
    connection = make(tmp_path)
    connection.start()
    in_the_middle, may_go_on = threading.Event(), threading.Event()

    def prepare() -> None:
        in_the_middle.set()
        assert may_go_on.wait(60)

    changing = threading.Thread(
        target=lambda: connection.change(server_url="http://127.0.0.1:10", prepare=prepare)
    )
    changing.start()
    assert in_the_middle.wait(60)
    closing = threading.Thread(target=connection.close)
    closing.start()
    may_go_on.set()
    changing.join(60)
    closing.join(60)
    assert not changing.is_alive()
    assert not closing.is_alive()
    assert sync_threads() - before == set()


def test_after_the_end_a_change_starts_nothing(tmp_path: Path) -> None:
    before = sync_threads()
    connection = make(tmp_path)
    connection.start()
    connection.close()
    prepared: list[str] = []
    connection.change(server_url="http://127.0.0.1:10", prepare=lambda: prepared.append("prepared"))
    assert prepared == []
    assert sync_threads() - before == set()
