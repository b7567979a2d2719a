"""What happens to the files under a client: torn, cut, gone, locked, not writable, full; with real files.

Each story says what the bookkeeper sees, goes on as they would, and ends where nothing saved is lost.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.domain.commands import UpdateCustomer
from app.errors import StorageError
from app.storage.database import connect_encrypted
from app.storage.opening import open_database
from tests.reliability.test_failing_writes import FRAME, files_no_longer_than
from tests.server.sync_site import ANNA, SyncSite, create, customer
from tests.support.clocks import FixedClock
from tests.sync.conftest import NewDesk
from tests.sync.conftest import clock as clock  # the same fixtures as where rounds are tested
from tests.sync.conftest import desk as desk
from tests.sync.conftest import new_desk as new_desk
from tests.sync.conftest import site as site
from tests.sync.desk import KEY, Desk, open_desk
from tests.sync.test_rounds import server_names
from ui.messages import Messages

IS_LONG = os.environ.get("SAMVERKA_LONG") == "1"
WAL_HEADER = 32
DECISIONS = 6

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be moved away there")


@contextmanager
def without_rights() -> Iterator[None]:
    """Let this thread be somebody who may only do what a file's mode says: root may do everything."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None)
    libc.setfsuid(65534)
    try:
        yield
    finally:
        libc.setfsuid(0)


def sees(error: StorageError) -> str:
    """Return the first line of what the bookkeeper reads, in Swedish; there must be one in English, too."""
    assert Messages("en").is_known(error.code), error.code
    assert Messages("sv").is_known(error.code), error.code
    return Messages("sv").for_error(error).partition("\n")[0]


@pytest.fixture
def killed(desk: Desk, site: SyncSite, tmp_path: Path) -> Path:
    """Return what is on the disk of a client that was killed: a file, and a log with six decisions."""
    site.write(customer(1, id="cu_one"))
    desk.round()
    desk.database.checkpoint()
    for number in range(DECISIONS):
        desk.workspace.enqueue([create(100 + number)])
    folder = tmp_path / "killed"
    folder.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(desk.folder / f"cache.db{suffix}", folder / f"cache.db{suffix}")
    return folder


def life_of(killed: Path, number: int) -> Path:
    folder = killed.parent / f"life{number}"
    shutil.copytree(killed, folder)
    return folder


def decided(desk: Desk) -> list[str]:
    return [str(entry.command.payload.customer.customer_number) for entry in desk.entries()]  # type: ignore[union-attr]


def frames(killed: Path) -> range:
    size = (killed / "cache.db-wal").stat().st_size - WAL_HEADER
    assert size % FRAME == 0
    assert size // FRAME > DECISIONS
    return range(0, size // FRAME + 1, 1 if IS_LONG else 5)


def test_torn_log_ends_with_a_whole_decision(killed: Path, site: SyncSite, clock: FixedClock) -> None:
    """The power goes in the middle of a write: what was saved is there, and nothing is half there."""
    found: list[list[str]] = []
    for frame in frames(killed):
        for more in (0, 24, 24 + 1000):
            folder = life_of(killed, len(found))
            with (folder / "cache.db-wal").open("r+b") as log:
                log.truncate(WAL_HEADER + frame * FRAME + more)
            with open_desk(site, ANNA, folder, clock) as again:
                found.append(decided(again))
                assert again.names() == [f"Kund {number} AB" for number in ("1", *found[-1])]
                assert again.shows_what_follows()
    whole = [str(100 + number) for number in range(DECISIONS)]
    assert all(those == whole[: len(those)] for those in found)
    assert [len(those) for those in found] == sorted(len(those) for those in found)
    assert (found[0], len({len(those) for those in found}) > DECISIONS // 2) == ([], True)


def test_log_with_noise_in_it_ends_before_the_noise(killed: Path, site: SyncSite, clock: FixedClock) -> None:
    whole = [str(100 + number) for number in range(DECISIONS)]
    for number, frame in enumerate(frames(killed)[:-1]):
        folder = life_of(killed, number)
        with (folder / "cache.db-wal").open("r+b") as log:
            log.seek(WAL_HEADER + frame * FRAME + 24 + 512)
            log.write(os.urandom(64))
        with open_desk(site, ANNA, folder, clock) as again:
            assert decided(again) == whole[: len(decided(again))]
            assert len(decided(again)) < DECISIONS
            assert again.shows_what_follows()


def test_whole_log_is_taken_in_and_sent(killed: Path, site: SyncSite, clock: FixedClock) -> None:
    """The control of the two above: untouched, everything is there; and it goes out."""
    with open_desk(site, ANNA, life_of(killed, 0), clock) as again:
        assert len(decided(again)) == DECISIONS
        again.round()
        assert again.states() == ["confirmed"] * DECISIONS
        assert len(server_names(site)) == DECISIONS + 1


def test_log_that_vanished_leaves_the_last_checkpoint(
    killed: Path, site: SyncSite, clock: FixedClock
) -> None:
    (killed / "cache.db-wal").unlink()
    with open_desk(site, ANNA, killed, clock) as again:
        assert (decided(again), again.names()) == ([], ["Kund 1 AB"])
        again.workspace.enqueue([create(7)])
        again.round()
        assert again.states() == ["confirmed"]


def test_noise_in_the_shared_index_is_made_anew(killed: Path, site: SyncSite, clock: FixedClock) -> None:
    (killed / "cache.db-shm").write_bytes(os.urandom(32768))
    with open_desk(site, ANNA, killed, clock) as again:
        assert len(decided(again)) == DECISIONS
        assert again.shows_what_follows()


def test_log_without_its_file_belongs_to_nothing(killed: Path, site: SyncSite, clock: FixedClock) -> None:
    """The file was deleted and its log was not: the program begins anew, and fetches everything."""
    (killed / "cache.db").unlink()
    with open_desk(site, ANNA, killed, clock) as again:
        assert again.entries() == []
        again.round()
        assert again.names() == server_names(site) == ["Kund 1 AB"]


@pytest.mark.parametrize("part", [0.0, 0.02, 0.3, 0.6, 0.95])
def test_file_that_was_cut_short_is_opened_or_set_aside(
    desk: Desk, site: SyncSite, clock: FixedClock, tmp_path: Path, part: float
) -> None:
    """A copy that was broken off: after two starts at most everything is as the server has it."""
    site.write(*[customer(number, name="x" * 900) for number in range(40)])
    desk.round()
    desk.database.checkpoint()
    desk.database.close()
    path = desk.folder / "cache.db"
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * part))
    seen: list[str] = []
    for _ in range(2):
        try:
            desk.open()
            desk.names()
            desk.round()
            seen.append("")
        except StorageError as error:
            seen.append(sees(error))
            desk.database.close()
    assert seen[-1] == ""
    assert set(seen) <= {"", "Uppgifterna på den här datorn är skadade."}
    assert len(desk.names()) == len(server_names(site)) == 40
    assert desk.shows_what_follows()


@pytest.fixture
def open_to_all(site: SyncSite, clock: FixedClock) -> Iterator[Desk]:
    """Give a client in a folder that everybody may reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        with open_desk(site, ANNA, Path(name) / "desk", clock) as desk:
            desk.folder.chmod(0o755)
            yield desk


def test_file_that_may_only_be_read(open_to_all: Desk, site: SyncSite) -> None:
    """The start says so; when the file may be written again, everything is there."""
    desk = open_to_all
    desk.round()
    desk.workspace.enqueue([create(1)])
    desk.database.checkpoint()
    desk.database.close()
    files = [path for path in desk.folder.iterdir() if path.name.startswith("cache.db")]
    for path in files:
        path.chmod(0o444)
    with without_rights(), pytest.raises(StorageError) as caught:
        desk.open()
    assert sees(caught.value) == "Det går inte att skriva i profilens mapp."
    for path in files:
        path.chmod(0o600)
    desk.open()
    assert desk.names() == ["Kund 1 AB"]
    desk.round()
    assert desk.states() == ["confirmed"]


@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_folder_that_may_not_be_written_or_entered(open_to_all: Desk, site: SyncSite, mode: int) -> None:
    """An administrator has locked the folder: the start says so, and nothing is touched."""
    desk = open_to_all
    desk.round()
    desk.workspace.enqueue([create(1)])
    desk.database.checkpoint()
    desk.database.close()
    before = (desk.folder / "cache.db").read_bytes()
    desk.folder.chmod(mode)
    try:
        with without_rights(), pytest.raises(StorageError) as caught:
            desk.open()
    finally:
        desk.folder.chmod(0o700)
    assert sees(caught.value) == "Det går inte att skriva i profilens mapp."
    assert (desk.folder / "cache.db").read_bytes() == before
    desk.open()
    desk.round()
    assert desk.states() == ["confirmed"]


def test_damage_is_told_where_even_a_note_of_it_cannot_be_written(desk: Desk, site: SyncSite) -> None:
    """Damage is noted beside the file; where that fails, the person is told all the same."""
    site.write(customer(1))
    desk.round()
    desk.database.checkpoint()
    with desk.database.read() as unit:
        page = unit.value("SELECT rootpage FROM sqlite_master WHERE name = 'shown_customer'")
    desk.database.close()
    with (desk.folder / "cache.db").open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(os.urandom(4096))
    (desk.folder / "cache.db.damaged").symlink_to(desk.folder / "nowhere" / "note")
    desk.open()
    with pytest.raises(StorageError) as caught:
        desk.names()
    assert sees(caught.value) == "Uppgifterna på den här datorn är skadade."


def test_file_that_vanishes_while_the_program_runs(desk: Desk, new_desk: NewDesk, site: SyncSite) -> None:
    """Somebody tidies up. What is decided goes on to the server; the next start fetches everything anew."""
    desk.round()
    for path in list(desk.folder.iterdir()):
        path.unlink()
    desk.workspace.enqueue([create(1)])
    desk.round()
    assert desk.states() == ["confirmed"]
    desk.restart()
    assert desk.names() == []
    desk.round()
    assert desk.names() == server_names(site) == ["Kund 1 AB"]


@pytest.mark.case(57)
def test_file_that_another_program_holds(desk: Desk, site: SyncSite) -> None:
    """A backup program has locked it: a decision is refused with a sentence, a round tries again later."""
    desk.round()
    with desk.database.read() as unit:
        unit.value("PRAGMA busy_timeout = 20")  # instead of half a minute
    other = connect_encrypted(desk.folder / "cache.db", KEY)
    other.execute("BEGIN IMMEDIATE")
    for attempt in (lambda: desk.workspace.enqueue([create(1)]), desk.round):
        with pytest.raises(StorageError) as caught:
            attempt()
        assert caught.value.code == "database_locked"
        assert sees(caught.value)
    assert desk.names() == []
    other.execute("ROLLBACK")
    other.close()
    desk.workspace.enqueue([create(1)])
    desk.round()
    assert desk.states() == ["confirmed"]


@pytest.mark.parametrize("pages", range(0, 60, 12))
def test_disk_is_full_at_the_very_first_start(tmp_path: Path, clock: FixedClock, pages: int) -> None:
    """The start says so and leaves nothing that the next one could stumble over."""
    path = tmp_path / "profile" / "cache.db"
    path.parent.mkdir()
    with files_no_longer_than(pages * FRAME + 16), pytest.raises(StorageError) as caught:
        open_database(path, KEY, set_aside_folder=tmp_path / "aside", now=clock.now())
    assert caught.value.code in ("disk_full", "disk_failing")
    assert sees(caught.value)
    opened = open_database(path, KEY, set_aside_folder=tmp_path / "aside", now=clock.now())
    assert opened.set_aside is None
    opened.database.close()


@pytest.mark.case(57)
def test_disk_is_full_in_the_middle_of_the_first_pull(new_desk: NewDesk, site: SyncSite) -> None:
    """What has come is kept where it was written whole; with room again, the pull goes on by itself."""
    site.write(*[customer(number, name=f"{number} " + "x" * 900) for number in range(200)])
    desk = new_desk(page_rows=5)
    desk.engine._ensure_device()  # the limit holds for the server's file, too, which a pull does not write
    failures: list[str] = []
    for pages in range(0, 400, 40):
        with files_no_longer_than((desk.folder / "cache.db").stat().st_size + pages * FRAME):
            try:
                desk.round()
                break
            except StorageError as error:
                failures.append(error.code)
        desk.restart()
    desk.round()
    assert set(failures) <= {"disk_full", "disk_failing"}
    assert failures
    assert sorted(desk.names()) == server_names(site)
    assert desk.shows_what_follows()


def test_old_decisions_stay_where_the_disk_is_full_while_they_are_confirmed(
    desk: Desk, site: SyncSite
) -> None:
    """The server has it, the client cannot write that down: it shows as waiting, and is asked for again."""
    site.write(customer(1, id="cu_one"))
    desk.round()
    change = {"name": {"from": "Kund 1 AB", "to": "Nytt namn AB"}}
    desk.workspace.enqueue([UpdateCustomer(customer_id="cu_one", set=change)])
    desk.database.checkpoint()
    size = (desk.folder / "cache.db-wal").stat().st_size

    def and_then_no_room(results: Any, *_values: Any) -> Any:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        answer = shipped(results, *_values)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + WAL_HEADER, hard))
        return answer

    shipped = desk.line.push
    desk.line.push = and_then_no_room  # type: ignore[method-assign]
    with files_no_longer_than(10**9), pytest.raises(StorageError):
        desk.round()
    del desk.line.push
    assert desk.states() == ["sending"]
    assert desk.names() == ["Nytt namn AB"]
    desk.round()
    assert desk.states() == ["confirmed"]
    assert server_names(site) == ["Nytt namn AB"]
