"""A server that loses its last commits in the same life, where numbers do not tell who has lost what."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.server.store import open_store
from tests.server.sync_site import ANNA, BO, FIRM, create, customer, sync_site
from tests.support.clocks import FixedClock
from tests.sync.desk import Desk
from tests.sync.test_restored import back_up, restored
from tests.sync.test_rounds import server_names


def names(*numbers: int) -> list[str]:
    return [f"Kund {number} AB" for number in numbers]


@pytest.mark.parametrize("page_rows", [3, 2000])
def test_a_colleague_fetches_anew_what_was_lost_though_others_have_written_as_much_since(
    tmp_path: Path, clock: FixedClock, page_rows: int
) -> None:
    """The colleague has lost nothing themselves, and the firm's version has passed what they had fetched."""
    path, backup = tmp_path / "server.db", tmp_path / "backup.db"
    store = open_store(f"sqlite:///{path}", clock=clock)
    with sync_site(store) as site:
        colleague = Desk(site, ANNA, tmp_path / "colleague", clock, page_rows=page_rows)
        site.client().push(create(1))
        colleague.round()
        back_up(path, backup)
        site.client().push(create(2), create(3))
        colleague.round()
        assert colleague.names() == names(1, 2, 3)
        lost_head = store.find_head(FIRM) or 0
    store.close()
    with restored(path, backup, clock, epoch="") as again:
        again.client().push(*(create(number) for number in range(4, 9)))
        assert (again.store.find_head(FIRM) or 0) > lost_head
        colleague.sign_in_at(again)
        for _ in range(2):
            colleague.round()
        assert colleague.names() == server_names(again) == names(1, 4, 5, 6, 7, 8)
        assert colleague.shows_what_follows()
        pulls = colleague.line.pulls
        colleague.round()
        assert colleague.line.pulls == pulls + 1, "its place is one of the present life again"
        colleague.close()


def test_what_an_earlier_device_of_this_disk_had_sent_is_sent_again(
    tmp_path: Path, clock: FixedClock
) -> None:
    """After a fork what was done has no number: the new device's last number tells nothing about it."""
    path, backup = tmp_path / "server.db", tmp_path / "backup.db"
    store = open_store(f"sqlite:///{path}", clock=clock)
    with sync_site(store) as site:
        desk = Desk(site, ANNA, tmp_path / "desk", clock)
        desk.round()
        back_up(path, backup)
        desk.workspace.enqueue([create(1)])
        desk.round()
        desk.copy_profile(tmp_path / "disk")
        desk.workspace.enqueue([create(2)])
        desk.round()
        # The disk is restored: the next number has been used.
        desk.database.close()
        shutil.rmtree(desk.folder)
        shutil.copytree(tmp_path / "disk", desk.folder)
        desk.open()
        device = desk.engine.head()[0]
        desk.workspace.enqueue([create(3)])
        desk.round()
        assert desk.engine.head()[0] != device
        assert desk.states() == ["confirmed"] * 2
    store.close()
    with restored(path, backup, clock, epoch="") as again:
        desk.sign_in_at(again)
        for _ in range(3):
            desk.round()
        assert server_names(again) == desk.names() == names(1, 3)
        assert desk.states() == ["confirmed"] * 2
        assert desk.shows_what_follows()
        desk.close()


@pytest.mark.parametrize("waiting", [0, 1])
def test_lost_commands_whose_numbers_a_copy_of_the_profile_has_used_since_are_sent_again(
    tmp_path: Path, clock: FixedClock, waiting: int
) -> None:
    """The device's last number is as high as before, and the commands behind it are others."""
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
    with restored(path, backup, clock, epoch="") as again:
        copy.sign_in_at(again)
        copy.round()
        desk.workspace.enqueue([create(6)] * waiting)
        desk.sign_in_at(again)
        for _ in range(3):
            desk.round()
        expected = names(*range(1, 6 + waiting))
        assert server_names(again) == desk.names() == expected
        assert desk.states() == ["confirmed"] * (2 + waiting)
        assert [entry.replayed for entry in desk.entries()][:2] == [True, True]
        copy.round()
        assert copy.names() == expected
        assert copy.shows_what_follows()
        assert desk.shows_what_follows()
        copy.close()
        desk.close()


def test_a_colleague_who_sees_less_now_and_has_lost_commits_gets_both(
    tmp_path: Path, clock: FixedClock
) -> None:
    """Two reasons at once for which a place in the changes is gone."""
    path, backup = tmp_path / "server.db", tmp_path / "backup.db"
    store = open_store(f"sqlite:///{path}", clock=clock)
    with sync_site(store) as site:
        desk = Desk(site, BO, tmp_path / "desk", clock)
        first = customer(1, account_manager_id=BO.id)
        site.write(first)
        desk.round()
        desk.copy_profile(tmp_path / "copy")
        back_up(path, backup)
        desk.workspace.enqueue([create(2, account_manager_id=BO.id)])
        desk.round()
        assert desk.states() == ["confirmed"]
        copy = Desk(site, BO, tmp_path / "copy", clock)
        copy.workspace.enqueue([create(3, account_manager_id=BO.id)])
    store.close()
    with restored(path, backup, clock, epoch="") as again:
        copy.sign_in_at(again)
        copy.round()
        again.write(replace(first, account_manager_id=ANNA.id))
        desk.sign_in_at(again)
        for _ in range(3):
            desk.round()
        assert server_names(again) == names(1, 2, 3)
        assert desk.names() == names(2, 3)
        assert desk.states() == ["confirmed"]
        assert desk.shows_what_follows()
        copy.close()
        desk.close()
