"""A server restored from a backup, a client's disk restored from a backup, and copied profiles."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from app.contract.wire import PullAnswer
from app.errors import RemoteError
from app.server.application import build_application
from app.server.assembly import assemble
from app.server.store import open_store
from app.storage.keyvalues import get_session
from tests.server.sync_site import ANNA, FIRM, SyncSite, create, sync_site
from tests.support.clocks import FixedClock
from tests.support.http_server import serving
from tests.sync.desk import Desk, open_desk
from tests.sync.test_rounds import server_names


@contextmanager
def restored(
    path: Path, backup: Path, clock: FixedClock, *, epoch: str = "after the restore"
) -> Iterator[SyncSite]:
    """Serve yesterday's file, in a new epoch, as the restore command leaves it; with none in the same one."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copy(backup, path)
    if epoch:
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE firm_head SET epoch = ?", (epoch,))
        connection.close()
    store = open_store(f"sqlite:///{path}", clock=clock)
    try:
        assembly = assemble(store, version="test", local_url="http://127.0.0.1", with_threads=False)
        application = build_application(assembly.parts)
        with serving(application.asgi) as url:
            try:
                yield SyncSite(url, store, assembly)
            finally:
                application.board.release()
    finally:
        store.close()


def back_up(path: Path, to: Path) -> None:
    source, target = sqlite3.connect(path), sqlite3.connect(to)
    with target:
        source.backup(target)
    source.close()
    target.close()


def epoch_of(desk: Desk) -> str:
    with desk.database.read() as unit:
        return str(get_session(unit, "epoch"))


def test_what_a_restored_server_has_lost_is_sent_again(tmp_path: Path, clock: FixedClock) -> None:
    path, backup = tmp_path / "server.db", tmp_path / "backup.db"
    store = open_store(f"sqlite:///{path}", clock=clock)
    with sync_site(store) as site:
        desk = Desk(site, ANNA, tmp_path / "desk", clock)
        desk.round()
        desk.workspace.enqueue([create(1)])
        desk.round()
        back_up(path, backup)
        desk.workspace.enqueue([create(2), create(3)])
        desk.round()
        assert desk.states() == ["confirmed"] * 3
        desk.line.cut = True
        desk.workspace.enqueue([create(4)])
    store.close()
    with restored(path, backup, clock) as again:
        desk.sign_in_at(again)
        desk.line.cut = False
        desk.changes.clear()
        for _ in range(3):
            desk.round()
        # The lists are told at once that what was lost waits again, and once more when all is fetched anew.
        assert sum(change.everything for change in desk.changes) == 2
        assert server_names(again) == ["Kund 1 AB", "Kund 2 AB", "Kund 3 AB", "Kund 4 AB"]
        assert desk.names() == server_names(again)
        assert desk.states() == ["confirmed"] * 4
        assert [entry.replayed for entry in desk.entries()] == [False, True, True, False]
        assert desk.shows_what_follows()
        desk.close()


def test_who_has_nothing_to_send_learns_of_the_restore_from_what_is_fetched(
    tmp_path: Path, clock: FixedClock
) -> None:
    path, backup = tmp_path / "server.db", tmp_path / "backup.db"
    store = open_store(f"sqlite:///{path}", clock=clock)
    with sync_site(store) as site:
        desk = Desk(site, ANNA, tmp_path / "desk", clock)
        desk.workspace.enqueue([create(1)])
        desk.round()
        back_up(path, backup)
        desk.workspace.enqueue([create(2)])
        desk.round()
        assert desk.states() == ["confirmed"] * 2
    store.close()
    with restored(path, backup, clock) as again:
        desk.sign_in_at(again)
        pushes = len(desk.line.pushes)
        # The runner is told, which sends it at once and not when it next looks for changes.
        assert desk.round().lost == 1
        assert (desk.states(), epoch_of(desk)) == (["confirmed", "queued"], "after the restore")
        desk.round()
        # In the new life's name and with its number at the first attempt.
        [[sent]] = desk.line.pushes[pushes:]
        assert (sent.seq, sent.replayed) == (2, True)
        desk.round()
        assert server_names(again) == desk.names() == ["Kund 1 AB", "Kund 2 AB"]
        assert [(entry.state, entry.replayed) for entry in desk.entries()] == [
            ("confirmed", False),
            ("confirmed", True),
        ]
        assert desk.shows_what_follows()
        desk.close()


@pytest.mark.parametrize("waiting", [0, 2])
@pytest.mark.parametrize("is_overtaken", [False, True])
def test_a_server_that_lost_its_last_commits_in_the_same_life_gets_them_again(
    tmp_path: Path, clock: FixedClock, waiting: int, *, is_overtaken: bool
) -> None:
    """A stand-by took over that had not heard of them: no epoch tells, only the device's last number."""
    path, backup = tmp_path / "server.db", tmp_path / "backup.db"
    store = open_store(f"sqlite:///{path}", clock=clock)
    with sync_site(store) as site:
        desk, other = (Desk(site, ANNA, tmp_path / name, clock) for name in ("desk", "other"))
        desk.workspace.enqueue([create(1)])
        desk.round()
        other.round()
        back_up(path, backup)
        desk.workspace.enqueue([create(2), create(3)])
        desk.round()
        other.round()
        assert desk.states() == ["confirmed"] * 3
        desk.workspace.enqueue([create(number) for number in range(4, 4 + waiting)])
        lost_head = store.find_head(FIRM)
    store.close()
    with restored(path, backup, clock, epoch="") as again:
        if is_overtaken:
            again.client().push(*(create(number) for number in range(7, 12)))
            assert (again.store.find_head(FIRM) or 0) > (lost_head or 0)
        for _ in range(3):
            for one in (desk, other):
                one.sign_in_at(again)
                one.round()
        assert {f"Kund {number} AB" for number in range(1, 4 + waiting)} <= set(server_names(again))
        assert sorted(desk.names()) == server_names(again)
        assert desk.states() == ["confirmed"] * (3 + waiting)
        assert [entry.replayed for entry in desk.entries()] == [False, True, True] + [False] * waiting
        assert desk.shows_what_follows()
        # It has learnt that what it had fetched is gone, and fetched what took its place.
        assert sorted(other.names()) == server_names(again)
        assert other.shows_what_follows()
        desk.close()
        other.close()


@pytest.mark.parametrize("is_overtaken", [False, True])
def test_a_server_that_lost_the_device_in_the_same_life_gets_its_commands_again(
    tmp_path: Path, clock: FixedClock, *, is_overtaken: bool
) -> None:
    path, backup = tmp_path / "server.db", tmp_path / "backup.db"
    store = open_store(f"sqlite:///{path}", clock=clock)
    with sync_site(store) as site:
        back_up(path, backup)
        desk = Desk(site, ANNA, tmp_path / "desk", clock)
        desk.workspace.enqueue([create(1), create(2)])
        desk.round()
        lost_head = store.find_head(FIRM)
    store.close()
    with restored(path, backup, clock, epoch="") as again:
        others = range(3, 8) if is_overtaken else range(0)
        if is_overtaken:
            # Its place in the changes is one that the server has had again, with something else.
            again.client().push(*(create(number) for number in others))
            assert (again.store.find_head(FIRM) or 0) > (lost_head or 0)
        desk.sign_in_at(again)
        assert [desk.round().lost for _ in range(3)] == [2, 0, 0]
        expected = [f"Kund {number} AB" for number in (1, 2, *others)]
        assert (server_names(again), desk.names()) == (expected, expected)
        assert desk.states() == ["confirmed"] * 2
        assert desk.shows_what_follows()
        desk.close()


def test_server_restored_from_before_this_device_was_known(tmp_path: Path, clock: FixedClock) -> None:
    path, backup = tmp_path / "server.db", tmp_path / "backup.db"
    store = open_store(f"sqlite:///{path}", clock=clock)
    with sync_site(store) as site:
        back_up(path, backup)
        desk = Desk(site, ANNA, tmp_path / "desk", clock)
        desk.round()
        desk.workspace.enqueue([create(1), create(2)])
        desk.round()
        device = desk.engine.head()[0]
    store.close()
    with restored(path, backup, clock) as again:
        desk.sign_in_at(again)
        pushes = len(desk.line.pushes)
        desk.round()
        desk.round()
        # With the new device's own numbers at the first attempt.
        assert [[one.seq for one in sent] for sent in desk.line.pushes[pushes:]] == [[1, 2]]
        desk.round()
        assert server_names(again) == desk.names() == ["Kund 1 AB", "Kund 2 AB"]
        assert desk.states() == ["confirmed"] * 2
        assert desk.engine.head()[0] != device
        assert epoch_of(desk) == "after the restore"
        assert desk.shows_what_follows()
        desk.close()


def test_what_was_never_confirmed_is_sent_again_however_old_it_is(tmp_path: Path, clock: FixedClock) -> None:
    """It is on the screen still: without an outcome it would stay there for ever."""
    path, backup = tmp_path / "server.db", tmp_path / "backup.db"
    store = open_store(f"sqlite:///{path}", clock=clock)
    with sync_site(store) as site:
        desk = Desk(site, ANNA, tmp_path / "desk", clock)
        desk.round()
        back_up(path, backup)
        desk.workspace.enqueue([create(1)])
        desk.line.pull = _lost  # type: ignore[method-assign]
        with pytest.raises(RemoteError):
            desk.round()
        del desk.line.pull
        assert desk.states() == ["acknowledged"]
    store.close()
    clock.advance(timedelta(days=44))
    with restored(path, backup, clock) as again:
        desk.sign_in_at(again)
        for _ in range(3):
            desk.round()
        assert desk.states() == ["confirmed"]  # the journal counts from now
        assert server_names(again) == ["Kund 1 AB"]
        desk.close()


def test_restored_server_that_a_copy_of_the_profile_reached_first(tmp_path: Path, clock: FixedClock) -> None:
    """The copy has used the device's numbers in the new life: they do not tell what was lost."""
    path, backup = tmp_path / "server.db", tmp_path / "backup.db"
    store = open_store(f"sqlite:///{path}", clock=clock)
    with sync_site(store) as site:
        desk = Desk(site, ANNA, tmp_path / "desk", clock)
        desk.round()
        desk.copy_profile(tmp_path / "copy")
        back_up(path, backup)
        desk.workspace.enqueue([create(1), create(2)])
        desk.round()
        assert desk.states() == ["confirmed"] * 2
        copy = Desk(site, ANNA, tmp_path / "copy", clock)
        copy.workspace.enqueue([create(3), create(4), create(5)])
    store.close()
    with restored(path, backup, clock) as again:
        for one in (copy, desk):
            one.sign_in_at(again)
            for _ in range(3):
                one.round()
        assert server_names(again) == [f"Kund {n} AB" for n in range(1, 6)]
        assert desk.states() == ["confirmed"] * 2
        assert [entry.replayed for entry in desk.entries()] == [True, True]
        copy.close()
        desk.close()


def _lost(*_values: object) -> PullAnswer:
    raise RemoteError("server_unreachable", host="test")


def test_journal_is_kept_for_thirty_days(desk: Desk, clock: FixedClock) -> None:
    desk.round()
    desk.workspace.enqueue([create(1)])
    desk.round()
    clock.advance(timedelta(days=29))
    desk.round()
    assert desk.states() == ["confirmed"]
    clock.advance(timedelta(days=2))
    desk.round()
    assert desk.states() == []


def test_copied_profile_becomes_a_device_of_its_own(
    desk: Desk, site: SyncSite, tmp_path: Path, clock: FixedClock
) -> None:
    desk.round()
    desk.workspace.enqueue([create(1)])
    desk.round()
    desk.copy_profile(tmp_path / "copy")
    with open_desk(site, desk.staff, tmp_path / "copy", clock) as copy:
        desk.workspace.enqueue([create(2)])
        desk.round()
        copy.workspace.enqueue([create(3), create(4)])
        copy.round()
        copy.round()
        assert copy.states() == ["confirmed"] * 3
        assert copy.names() == ["Kund 1 AB", "Kund 2 AB", "Kund 3 AB", "Kund 4 AB"]
        assert copy.engine.head()[0] != desk.engine.head()[0]
    assert server_names(site) == ["Kund 1 AB", "Kund 2 AB", "Kund 3 AB", "Kund 4 AB"]


@pytest.mark.case(49)
@pytest.mark.parametrize("waiting", [False, True])
def test_cursor_that_is_gone_leads_to_a_snapshot(desk: Desk, site: SyncSite, *, waiting: bool) -> None:
    site.write(*[create(n).customer for n in range(3)])
    desk.round()
    with desk.database.write() as unit:
        unit.run("UPDATE session SET value = '\"not a cursor of this server\"' WHERE key = 'cursor'")
        unit.run(
            "INSERT INTO mirror (type, id, rev, data) SELECT 'customer', 'cu_gone', 1, data FROM mirror"
            " WHERE type = 'customer' LIMIT 1"
        )
    if waiting:
        desk.workspace.enqueue([create(9)])
    desk.round()
    assert desk.mirrored("customer", "cu_gone") is None
    assert desk.shows_what_follows()
    assert site.store.find_head(FIRM) == desk.engine.head()[1]
