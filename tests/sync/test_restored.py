"""A server restored from a backup, a client's disk restored from a backup, and copied profiles."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.contract.wire import PullAnswer
from app.errors import RemoteError
from app.storage.keyvalues import get_session
from tests.server.sync_site import FIRM, SyncSite, create
from tests.support.clocks import FixedClock
from tests.sync.desk import Desk, open_desk
from tests.sync.lives import Lives
from tests.sync.test_rounds import server_names


def epoch_of(desk: Desk) -> str:
    with desk.database.read() as unit:
        return str(get_session(unit, "epoch"))


def test_what_a_restored_server_has_lost_is_sent_again(lives: Lives) -> None:
    with lives.first() as site:
        desk = lives.desk(site)
        desk.round()
        desk.workspace.enqueue([create(1)])
        desk.round()
        lives.back_up()
        desk.workspace.enqueue([create(2), create(3)])
        desk.round()
        assert desk.states() == ["confirmed"] * 3
        desk.line.cut = True
        desk.workspace.enqueue([create(4)])
    with lives.restored() as again:
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


def test_who_has_nothing_to_send_learns_of_the_restore_from_what_is_fetched(lives: Lives) -> None:
    with lives.first() as site:
        desk = lives.desk(site)
        desk.workspace.enqueue([create(1)])
        desk.round()
        lives.back_up()
        desk.workspace.enqueue([create(2)])
        desk.round()
        assert desk.states() == ["confirmed"] * 2
    with lives.restored() as again:
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


@pytest.mark.parametrize("waiting", [0, 2])
@pytest.mark.parametrize("is_overtaken", [False, True])
def test_a_server_that_lost_its_last_commits_in_the_same_life_gets_them_again(
    lives: Lives, waiting: int, *, is_overtaken: bool
) -> None:
    """A stand-by took over that had not heard of them: no epoch tells, only the device's last number."""
    with lives.first() as site:
        desk, other = lives.desk(site), lives.desk(site, "other")
        desk.workspace.enqueue([create(1)])
        desk.round()
        other.round()
        lives.back_up()
        desk.workspace.enqueue([create(2), create(3)])
        desk.round()
        other.round()
        assert desk.states() == ["confirmed"] * 3
        desk.workspace.enqueue([create(number) for number in range(4, 4 + waiting)])
        lost_head = site.store.find_head(FIRM)
    with lives.gone_back() as again:
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


@pytest.mark.parametrize("is_overtaken", [False, True])
def test_a_server_that_lost_the_device_in_the_same_life_gets_its_commands_again(
    lives: Lives, *, is_overtaken: bool
) -> None:
    with lives.first() as site:
        lives.back_up()
        desk = lives.desk(site)
        desk.workspace.enqueue([create(1), create(2)])
        desk.round()
        lost_head = site.store.find_head(FIRM)
    with lives.gone_back() as again:
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


def test_server_restored_from_before_this_device_was_known(lives: Lives) -> None:
    with lives.first() as site:
        lives.back_up()
        desk = lives.desk(site)
        desk.round()
        desk.workspace.enqueue([create(1), create(2)])
        desk.round()
        device = desk.engine.head()[0]
    with lives.restored() as again:
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


def test_what_was_never_confirmed_is_sent_again_however_old_it_is(lives: Lives, clock: FixedClock) -> None:
    """It is on the screen still: without an outcome it would stay there for ever."""
    with lives.first() as site:
        desk = lives.desk(site)
        desk.round()
        lives.back_up()
        desk.workspace.enqueue([create(1)])
        desk.line.pull = _lost  # type: ignore[method-assign]
        with pytest.raises(RemoteError):
            desk.round()
        del desk.line.pull
        assert desk.states() == ["acknowledged"]
    clock.advance(timedelta(days=44))
    with lives.restored() as again:
        desk.sign_in_at(again)
        for _ in range(3):
            desk.round()
        assert desk.states() == ["confirmed"]  # the journal counts from now
        assert server_names(again) == ["Kund 1 AB"]


def test_restored_server_that_a_copy_of_the_profile_reached_first(lives: Lives) -> None:
    """The copy has used the device's numbers in the new life: they do not tell what was lost."""
    with lives.first() as site:
        desk = lives.desk(site)
        desk.round()
        copy = lives.copy(desk)
        lives.back_up()
        desk.workspace.enqueue([create(1), create(2)])
        desk.round()
        assert desk.states() == ["confirmed"] * 2
        copy.workspace.enqueue([create(3), create(4), create(5)])
    with lives.restored() as again:
        for one in (copy, desk):
            one.sign_in_at(again)
            for _ in range(3):
                one.round()
        assert server_names(again) == [f"Kund {n} AB" for n in range(1, 6)]
        assert desk.states() == ["confirmed"] * 2
        assert [entry.replayed for entry in desk.entries()] == [True, True]


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
