"""The n-th write fails: files may not grow beyond a limit, which is moved on page by page through a story.

The limit is the process's own (RLIMIT_FSIZE), so that the real engine with its cipher meets a write that the
system refuses. It holds for the server's file as well, in the same process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest

from app.domain.changes import RejectedError
from app.domain.commands import AddContact, UpdateCustomer
from app.domain.ids import new_id
from app.domain.records import Contact
from app.errors import SamverkaError, StorageError
from app.server.store import open_store
from tests.server.sync_site import ANNA, create, customer, sync_site
from tests.support.clocks import FixedClock
from tests.sync.desk import Desk, open_desk
from tests.sync.test_rounds import server_names

IS_LONG = os.environ.get("SAMVERKA_LONG") == "1"
FRAME = 4096 + 24
"""Bytes of one page in the write-ahead log."""

POINTS = range(400) if IS_LONG else range(0, 60, 4)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of this kind are POSIX")


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Let every write beyond that many bytes of a file fail; Python ignores the signal that comes with it."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def story(desk: Desk, number: int) -> int:
    """Decide and synchronise; what cannot be written is tried later. Return how many steps failed."""
    failed, new = 0, create(1000 + number)
    change = {"name": {"from": "Kund 1 AB", "to": "Nytt namn AB"}}
    contact = Contact(id=new_id("ct"), customer_id=new.customer.id, name="Örjan Fält")
    for payload in (new, AddContact(contact=contact), UpdateCustomer(customer_id="cu_one", set=change)):
        try:
            desk.workspace.enqueue([payload])
        except (StorageError, RejectedError):
            failed += 1
    for _ in range(2):
        try:
            desk.round()
        except SamverkaError:
            failed += 1
    return failed


def live_through(folder: Path, limit: AbstractContextManager[None]) -> int:
    """Live the story in the folder under a limit, and see that nothing is lost when it has gone.

    Returns how many steps the limit made fail.
    """
    folder.mkdir()
    store = open_store(f"sqlite:///{folder / 'server.db'}", clock=FixedClock())
    with sync_site(store) as site, open_desk(site, ANNA, folder / "desk", FixedClock()) as desk:
        site.write(customer(1, id="cu_one"))
        desk.round()
        desk.database.checkpoint()
        with limit:
            failures = story(desk, int(folder.name.removeprefix("life")))
        saved = [entry.command.id for entry in desk.entries()]
        desk.restart()
        for _ in range(3):
            with suppress(SamverkaError):
                desk.round()
        assert [entry.command.id for entry in desk.entries()] == saved
        assert set(desk.states()) <= {"confirmed"}, (folder.name, desk.states())
        assert desk.names() == server_names(site)
        assert desk.shows_what_follows()
    store.close()
    return failures


def test_nth_write_fails_and_nothing_is_lost(tmp_path: Path) -> None:
    failures = sum(
        live_through(tmp_path / f"life{point}", files_no_longer_than(point * FRAME + 32)) for point in POINTS
    )
    assert failures > len(POINTS) // 2


def test_limit_makes_writes_fail(tmp_path: Path) -> None:
    """The control: the limit reaches the encrypted engine, and is told as what it is."""
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=FixedClock())
    with sync_site(store) as site, open_desk(site, ANNA, tmp_path / "desk", FixedClock()) as desk:
        desk.round()
        with files_no_longer_than(100), pytest.raises(StorageError) as caught:
            desk.workspace.enqueue([create(1)])
        assert caught.value.code in ("disk_full", "disk_failing")
        desk.workspace.enqueue([create(1)])
    store.close()
