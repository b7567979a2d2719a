"""A disk that fails when it is read: every read of a file is refused by the system for a while.

The open files of the databases are exchanged, under the engines that have them open, for ones that may only
be written: their size is right and each read ends in an error, as on a disk with bad sectors or a drive of
the network that is away for a moment.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app.errors import RemoteError, SamverkaError, StorageError
from app.server.store import open_store
from app.storage.opening import open_database
from app.sync.policy import Verdict, judge
from tests.reliability.test_damaged_files import sees
from tests.server.sync_site import ANNA, SyncSite, create, customer, sync_site
from tests.support.clocks import FixedClock
from tests.sync.conftest import NewDesk
from tests.sync.conftest import clock as clock  # the same fixtures as where rounds are tested
from tests.sync.conftest import desk as desk
from tests.sync.conftest import new_desk as new_desk
from tests.sync.conftest import site as site
from tests.sync.desk import KEY, Desk, open_desk
from tests.sync.test_rounds import server_names

ROWS = 300

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="open files are found through /proc"
)


def open_files(folder: Path) -> dict[int, Path]:
    """Return what this process has open in the folder, by its number."""
    found = {}
    for each in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the listing's own, which is closed by now
            found[int(each.name)] = each.readlink()
    return {number: path for number, path in found.items() if path.parent == folder}


@contextmanager
def reads_fail(folder: Path) -> Iterator[int]:
    """Let every read fail of the databases that this process has open there, and every opening of another.

    Gives how many files those are.
    """
    opened = {n: path for n, path in open_files(folder).items() if not path.name.endswith("-shm")}
    kept = {number: os.dup(number) for number in opened}
    for number, path in opened.items():
        only_written = os.open(path, os.O_WRONLY)
        os.dup2(only_written, number)
        os.close(only_written)
    away = folder.with_name(f"{folder.name} away")
    folder.rename(away)
    try:
        yield len(kept)
    finally:
        away.rename(folder)
        now = open_files(folder)
        for number, whole in kept.items():
            if now.get(number) == opened[number]:  # otherwise the engine has closed it
                os.dup2(whole, number)
            os.close(whole)


@pytest.fixture
def full(site: SyncSite, new_desk: NewDesk) -> Desk:
    """Give a client that has much more on the disk than in its memory, and a decision that waits."""
    site.write(*[customer(number, name=f"{number:03} " + "x" * 900) for number in range(ROWS)])
    desk = new_desk()
    desk.round()
    desk.database.checkpoint()
    desk.restart()
    desk.workspace.enqueue([create(1000)])
    return desk


@pytest.mark.case(57)
def test_reads_of_a_client_fail_for_a_while(full: Desk, site: SyncSite) -> None:
    """Each attempt ends with a sentence. Nothing is taken for damaged, and nothing is fetched anew."""
    told = []
    with reads_fail(full.folder) as count:
        assert count
        for attempt in (full.names, lambda: full.workspace.enqueue([create(1001)]), full.round, full.names):
            with pytest.raises(StorageError) as caught:
                attempt()
            told.append(sees(caught.value))
    failing, away = "Det går inte att läsa eller skriva på datorns disk just nu.", "Det går inte att skriva"
    assert told[0] == failing
    assert all(each == failing or each.startswith(away) for each in told)
    pulls = full.line.pulls
    assert len(full.names()) == ROWS + 1
    full.restart()
    assert not list(full.folder.glob("aside*")), "nothing was set aside"
    full.round()
    assert full.line.pulls == pulls + 1, "a change was fetched, and not everything"
    assert set(full.states()) == {"confirmed"}
    assert sorted(full.names()) == server_names(site)
    assert full.shows_what_follows()


def test_reads_of_an_embedded_server_fail_for_a_while(tmp_path: Path) -> None:
    """Whoever asks is told to come again; afterwards it answers without a new start, and nothing is lost."""
    folder = tmp_path / "server"
    path = folder / "server.db"
    store = open_store(f"sqlite:///{path}", key=KEY, clock=FixedClock())
    try:
        with sync_site(store) as site:
            site.write(*[customer(number, name=f"{number:03} " + "x" * 900) for number in range(ROWS)])
            with open_desk(site, ANNA, tmp_path / "desk", FixedClock()) as desk:
                desk.round()
                store.engine.dispose()  # no page is in its memory
                site.write(customer(999))
                desk.workspace.enqueue([create(1000)])
                failed = []
                with reads_fail(folder) as count:
                    assert count
                    for _ in range(3):
                        with pytest.raises(SamverkaError) as caught:
                            desk.round()
                        failed.append(caught.value)
                for error in failed:
                    assert isinstance(error, RemoteError), error
                    assert judge(error).verdict == Verdict.RETRY
                    assert not judge(error).counts_as_try, "a disk is not the command's fault"
                desk.round()
                assert desk.states() == ["confirmed"]
                assert len(desk.names()) == ROWS + 2
    finally:
        store.close()


def test_content_that_is_wrong_is_damage(full: Desk, tmp_path: Path) -> None:
    """The control: content that is wrong is damage, and is put aside; that is not what happened above."""
    full.database.close()
    with full.database.path.open("r+b") as file:
        file.seek(100)
        file.write(os.urandom(3000))
    opened = open_database(full.database.path, KEY, set_aside_folder=tmp_path / "aside", now=full.clock.now())
    assert opened.set_aside is not None
    opened.database.close()
