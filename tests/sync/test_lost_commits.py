"""A server that loses its last commits in the same life, where numbers do not tell who has lost what."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from app.contract.wire import PullAnswer, PushAnswer, WireCommand
from app.errors import RemoteError
from app.storage.keyvalues import get_session, put_session
from app.storage.pulling import restart_mirror
from tests.server.sync_site import ANNA, BO, FIRM, SyncSite, create, customer
from tests.sync.desk import Desk, Line
from tests.sync.lives import Lives
from tests.sync.test_rounds import server_names


def names(*numbers: int) -> list[str]:
    return [f"Kund {number} AB" for number in numbers]


@pytest.mark.parametrize("page_rows", [3, 2000])
def test_a_colleague_fetches_anew_what_was_lost_though_others_have_written_as_much_since(
    lives: Lives, page_rows: int
) -> None:
    """The colleague has lost nothing themselves, and the firm's version has passed what they had fetched."""
    with lives.first() as site:
        colleague = lives.desk(site, "colleague", page_rows=page_rows)
        site.client().push(create(1))
        colleague.round()
        lives.back_up()
        site.client().push(create(2), create(3))
        colleague.round()
        assert colleague.names() == names(1, 2, 3)
        lost_head = site.store.find_head(FIRM) or 0
    with lives.gone_back() as again:
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


def test_what_an_earlier_device_of_this_disk_had_sent_is_sent_again(lives: Lives, tmp_path: Path) -> None:
    """After a fork what was done has no number: the new device's last number tells nothing about it."""
    with lives.first() as site:
        desk = lives.desk(site)
        desk.round()
        lives.back_up()
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
    with lives.gone_back() as again:
        desk.sign_in_at(again)
        for _ in range(3):
            desk.round()
        assert server_names(again) == desk.names() == names(1, 3)
        assert desk.states() == ["confirmed"] * 2
        assert desk.shows_what_follows()


@pytest.mark.parametrize("waiting", [0, 1])
def test_lost_commands_whose_numbers_a_copy_of_the_profile_has_used_since_are_sent_again(
    lives: Lives, waiting: int
) -> None:
    """The device's last number is as high as before, and the commands behind it are others."""
    with lives.first() as site:
        desk = lives.desk(site)
        desk.round()
        copy = lives.copy(desk)
        lives.back_up()
        desk.workspace.enqueue([create(1), create(2)])
        desk.round()
        assert desk.states() == ["confirmed"] * 2
        copy.workspace.enqueue([create(3), create(4), create(5)])
    with lives.gone_back() as again:
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


def test_a_colleague_who_sees_less_now_and_has_lost_commits_gets_both(lives: Lives) -> None:
    """Two reasons at once for which a place in the changes is gone."""
    with lives.first() as site:
        desk = lives.desk(site, "desk", BO)
        first = customer(1, account_manager_id=BO.id)
        site.write(first)
        desk.round()
        copy = lives.copy(desk)
        lives.back_up()
        desk.workspace.enqueue([create(2, account_manager_id=BO.id)])
        desk.round()
        assert desk.states() == ["confirmed"]
        copy.workspace.enqueue([create(3, account_manager_id=BO.id)])
    with lives.gone_back() as again:
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


def applied_at(desk: Desk) -> list[int]:
    """Return the firm's version after each of the desk's commands, in the order of the decisions."""
    made = [entry.command.id for entry in desk.entries()]
    told = {result.id: result.head for result in desk.line.outcomes(desk.engine.head()[0], made).results}
    return [told[id_] for id_ in made]


def place_of(desk: Desk) -> str:
    with desk.database.read() as unit:
        return str(get_session(unit, "place", ""))


@pytest.mark.parametrize("is_fetched", [False, True])
@pytest.mark.parametrize("used", [2, 3])
def test_what_was_lost_comes_before_what_is_sent_next_though_a_copy_has_used_its_numbers(
    lives: Lives, used: int, *, is_fetched: bool
) -> None:
    """With two the next number is free: the server would take it, and what was lost would come behind it."""
    with lives.first() as site:
        desk = lives.desk(site)
        desk.round()
        copy = lives.copy(desk)
        lives.back_up()
        desk.workspace.enqueue([create(1), create(2)])
        desk.line.cut_calls = frozenset() if is_fetched else frozenset({"pull"})
        with suppress(RemoteError):
            desk.round()
        assert desk.states() == (["confirmed"] * 2 if is_fetched else ["acknowledged"] * 2)
        desk.line.cut_calls = frozenset()
        copy.workspace.enqueue([create(number) for number in range(7, 7 + used)])
    with lives.gone_back() as again:
        copy.sign_in_at(again)
        copy.round()
        desk.workspace.enqueue([create(3)])
        desk.sign_in_at(again)
        for _ in range(3):
            desk.round()
        assert applied_at(desk) == sorted(applied_at(desk))
        assert [entry.replayed for entry in desk.entries()] == [True, True, False]
        assert desk.names() == server_names(again) == names(1, 2, 3, *range(7, 7 + used))
        assert desk.states() == ["confirmed"] * 3
        assert desk.shows_what_follows()


def test_the_order_stays_where_the_loss_was_told_and_what_there_is_could_not_be_fetched(lives: Lives) -> None:
    """The program ends, or the line breaks, after 410: what is decided then waits for what was lost."""
    with lives.first() as site:
        desk = lives.desk(site)
        desk.round()
        copy = lives.copy(desk)
        lives.back_up()
        desk.workspace.enqueue([create(1)])
        desk.round()
        copy.workspace.enqueue([create(2)])
    with lives.gone_back() as again:
        copy.sign_in_at(again)
        copy.round()
        desk.sign_in_at(again)
        desk.line.cut_calls = frozenset({"outcomes"})
        with pytest.raises(RemoteError):
            desk.round()
        desk.line.cut_calls = frozenset()
        assert desk.states() == ["confirmed"]
        desk.restart()
        desk.workspace.enqueue([create(3)])
        for _ in range(2):
            desk.round()
        assert applied_at(desk) == sorted(applied_at(desk))
        assert desk.names() == server_names(again) == names(1, 2, 3)
        assert desk.states() == ["confirmed"] * 2


@pytest.mark.parametrize("page_rows", [3, 2000])
def test_what_was_acknowledged_and_not_fetched_is_missed_by_the_next_fetch(
    lives: Lives, page_rows: int
) -> None:
    """Its place in the changes is from before what was lost, and the device's last number is as high."""
    with lives.first() as site:
        desk = lives.desk(site, page_rows=page_rows)
        desk.round()
        copy = lives.copy(desk)
        lives.back_up()
        desk.workspace.enqueue([create(1)])
        desk.line.cut_calls = frozenset({"pull"})
        with pytest.raises(RemoteError):
            desk.round()
        desk.line.cut_calls = frozenset()
        assert desk.states() == ["acknowledged"]
        copy.workspace.enqueue([create(2)])
    with lives.gone_back() as again:
        copy.sign_in_at(again)
        copy.round()
        desk.sign_in_at(again)
        assert [desk.round().lost for _ in range(3)] == [1, 0, 0]
        assert desk.names() == server_names(again) == names(1, 2)
        assert desk.states() == ["confirmed"]
        assert desk.shows_what_follows()


def test_what_was_asked_for_after_a_loss_is_a_place_to_be_lost_again(lives: Lives) -> None:
    """Two losses, and between them nothing but the question of what is still there."""
    with lives.first() as site:
        desk = lives.desk(site)
        desk.round()
        copy = lives.copy(desk)
        lives.back_up("first")
        desk.workspace.enqueue([create(1)])
        desk.round()
        lives.back_up("second")
        site.client().push(create(5))
        desk.round()
        copy.workspace.enqueue([create(2)])
    with lives.gone_back("second") as again:
        desk.sign_in_at(again)
        desk.workspace.enqueue([create(3)])
        pushed = len(desk.line.pushes)

        def cut_the_second() -> None:
            desk.line.cut = len(desk.line.pushes) > pushed + 1

        desk.line.before_push = cut_the_second
        with pytest.raises(RemoteError):
            desk.round()
        desk.line.before_push, desk.line.cut = None, False
        assert desk.states() == ["confirmed", "sending"], "the first is known to be there"
    with lives.gone_back("first") as last:
        copy.sign_in_at(last)
        copy.round()
        desk.sign_in_at(last)
        for _ in range(3):
            desk.round()
        assert applied_at(desk) == sorted(applied_at(desk))
        assert desk.names() == server_names(last) == names(1, 2, 3)
        assert desk.states() == ["confirmed"] * 2


def test_a_place_is_kept_where_a_cursor_is_gone_for_another_reason(desk: Desk) -> None:
    """A scope that changed, or a new device: the history is the same, and what is known of it stays known."""
    desk.workspace.enqueue([create(1)])
    desk.round()
    known = place_of(desk)
    assert known
    with desk.database.write() as unit:
        unit.run("UPDATE session SET value = '\"not a cursor of this server\"' WHERE key = 'cursor'")
    desk.line.cut_calls = frozenset({"snapshot"})
    with pytest.raises(RemoteError):
        desk.round()
    assert desk.line.places[-2:] == [known, known], "with the cursor that is gone, and with none"
    assert place_of(desk) == known
    desk.line.cut_calls = frozenset()
    desk.round()
    assert desk.line.places[-2:] == [known, ""], "the second page's cursor names a later one"
    assert desk.names() == names(1)


def test_a_place_that_cannot_be_read_says_nothing(desk: Desk, site: SyncSite) -> None:
    """Signed with keys that are gone, or by a server of another kind: neither a loss nor a failure."""
    desk.workspace.enqueue([create(1)])
    desk.round()
    with desk.database.write() as unit:
        put_session(unit, place="of another server")
    assert desk.round().lost == 0
    with desk.database.write() as unit:
        put_session(unit, place="of another server")
    desk.workspace.enqueue([create(2)])
    assert desk.round().applied == 1
    assert desk.states() == ["confirmed"] * 2
    assert place_of(desk) != "of another server"
    assert desk.names() == server_names(site) == names(1, 2)


def test_another_person_is_not_known_by_the_place_of_who_was_there(site: SyncSite, desk: Desk) -> None:
    desk.workspace.enqueue([create(1)])
    desk.round()
    assert place_of(desk)
    with desk.database.write() as unit:
        restart_mirror(unit)
    assert place_of(desk) == ""


class LineOfBefore(Line):
    """A line to a server that knows of no places: it passes over what it is told, and tells of none."""

    def push(self, device: str, epoch: str, commands: Sequence[WireCommand], place: str = "") -> PushAnswer:
        return msgspec.structs.replace(super().push(device, epoch, commands), place="")

    def pull(self, device: str, cursor: str | None, limit: int, place: str = "") -> PullAnswer:
        return super().pull(device, cursor, limit)

    def outcomes(self, device: str, command_ids: Sequence[str]) -> PushAnswer:
        return msgspec.structs.replace(super().outcomes(device, command_ids), place="")


def test_a_server_that_knows_of_no_places_is_served_as_before(lives: Lives) -> None:
    with lives.first() as site:
        desk = lives.desk(site, make_line=LineOfBefore)
        desk.round()
        lives.back_up()
        desk.workspace.enqueue([create(1)])
        desk.round()
        desk.workspace.enqueue([create(2)])
        desk.round()
        assert desk.states() == ["confirmed"] * 2
    with lives.gone_back() as again:
        desk.sign_in_at(again)
        desk.workspace.enqueue([create(3)])
        for _ in range(2):
            desk.round()
        assert applied_at(desk) == sorted(applied_at(desk))
        assert desk.names() == server_names(again) == names(1, 2, 3)
        assert desk.states() == ["confirmed"] * 3
        # It is updated: its places are taken up, and what was known before does not stand in the way.
        desk.line = Line(desk.line.server)
        desk.restart()
        desk.workspace.enqueue([create(4)])
        for _ in range(2):
            desk.round()
        assert desk.line.places[0]
        assert len(desk.line.pushes) == 1
        assert desk.states() == ["confirmed"] * 4
