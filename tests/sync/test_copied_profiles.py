"""A profile that was copied to another machine; the age of the journal; who was away for a year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from app.contract.wire import OUTCOME_DAYS
from app.errors import RemoteError
from app.server.upkeep import OUTCOMES_KEPT
from app.storage.journal import JOURNAL_DAYS, LONGEST_ABSENCE
from app.usecases.workspace import Decision
from tests.server.sync_site import BO, FIRM, SyncSite, create, customer
from tests.support.clocks import FixedClock
from tests.sync.desk import Desk, open_desk
from tests.sync.lives import Lives
from tests.sync.test_restored import _lost
from tests.sync.test_rounds import rename, server_names


@pytest.fixture
def copies(site: SyncSite, lives: Lives) -> tuple[Desk, Desk]:
    """Give one profile on two machines; a customer was decided before it was copied, and not sent."""
    here = lives.desk(site, "here")
    here.round()
    here.workspace.enqueue([create(1)])
    return here, lives.copy(here, "there")


class Refused(NamedTuple):
    """A profile on two machines, and the restored server where both sign in."""

    here: Desk
    there: Desk
    again: SyncSite


def test_taken_back_here_is_not_carried_out_from_there(copies: tuple[Desk, Desk], site: SyncSite) -> None:
    here, there = copies
    (made,) = (entry.command.id for entry in here.entries())
    assert here.outbox.withdraw([made]) == (made,)
    assert here.names() == []
    here.round()
    there.round()
    assert server_names(site) == there.names() == []
    assert here.states() == there.states() == ["withdrawn"]
    assert here.outbox.list_attention() == []
    here.round()
    assert sum(len(push) for push in here.line.pushes) == 1, "told once"


def test_taken_back_here_after_the_copy_had_sent_it_needs_a_person(
    copies: tuple[Desk, Desk], site: SyncSite
) -> None:
    here, there = copies
    (made,) = (entry.command.id for entry in here.entries())
    there.round()
    here.outbox.withdraw([made])
    assert here.names() == []
    here.round()
    assert server_names(site) == here.names() == ["Kund 1 AB"]
    assert here.states() == ["confirmed"]
    assert here.shows_what_follows()
    (item,) = here.outbox.list_attention()
    assert (item.kind, item.code, item.subject) == ("withdrawn_too_late", "withdrawn_too_late", "Kund 1 AB")
    assert here.outbox.counts().attention == 1
    here.outbox.dismiss([made])
    assert here.outbox.list_attention() == []
    here.round()
    assert here.outbox.list_attention() == []


def test_withdrawal_waits_for_the_server_however_long_it_takes(
    copies: tuple[Desk, Desk], site: SyncSite, clock: FixedClock
) -> None:
    here, there = copies
    here.outbox.withdraw([entry.command.id for entry in here.entries()])
    here.line.cut = True
    for _ in range(3):
        with pytest.raises(RemoteError):
            here.round()
        clock.advance(timedelta(days=40))
        here.restart()
    here.line.cut = False
    here.line.lose_answer = 1
    with pytest.raises(RemoteError):
        here.round()
    here.round()
    assert here.states() == ["withdrawn"]
    there.round()
    assert server_names(site) == []


def test_restored_server_is_told_of_withdrawals_again(lives: Lives) -> None:
    with lives.first() as site:
        here = lives.desk(site, "here")
        here.round()
        here.workspace.enqueue([create(1)])
        there = lives.copy(here, "there")
        lives.back_up()
        here.outbox.withdraw([entry.command.id for entry in here.entries()])
        here.round()
        assert here.states() == ["withdrawn"]
    with lives.restored() as again:
        here.sign_in_at(again)
        found = here.round()
        assert (found.waiting, found.lost) == (1, 1), "the next round is made at once"
        there.sign_in_at(again)
        for one in (here, there):
            for _ in range(3):
                one.round()
        assert server_names(again) == []
        assert here.states() == there.states() == ["withdrawn"]


@pytest.fixture
def refused(lives: Lives, clock: FixedClock) -> Iterator[Refused]:
    """Give a profile on two machines, with two decisions of which the first was refused here.

    A colleague had renamed the same customer first. In the backup, which the server is restored from, nobody
    has: there the decision would be applied.
    """
    with lives.first() as site:
        first = customer(1)
        site.write(first)
        here = lives.desk(site, "here")
        here.round()
        here.workspace.enqueue([rename(first, "Mitt namn AB"), create(2)])
        there = lives.copy(here, "there")
        lives.back_up()
        site.write(replace(first, name="Deras namn AB"))
        here.round()
        assert here.states() == ["conflict", "confirmed"]
        (refusal,) = here.outbox.list_attention()
        here.outbox.dismiss([refusal.command_id or ""])
        here.round()
    clock.advance(timedelta(days=JOURNAL_DAYS - 10))
    with lives.restored() as again:
        for one in (here, there):
            one.sign_in_at(again)
        yield Refused(here, there, again)


def test_restored_server_is_told_again_of_what_it_had_refused(refused: Refused) -> None:
    """What the person was told to have failed is not carried out from a copy, behind what came after it."""
    here, there, again = refused
    for one in (here, there, here):
        one.round()
        one.round()
    assert server_names(again) == ["Kund 1 AB", "Kund 2 AB"]
    assert here.states() == ["conflict", "confirmed"]
    assert there.states() == ["withdrawn", "confirmed"]
    refusal = here.entries()[0]
    assert (refusal.code, refusal.fields["name"]["theirs"]) == ("conflict", "Deras namn AB")
    assert here.outbox.list_attention() == [], "the person is done with it"
    assert sum(wire.withdraw for push in here.line.pushes for wire in push) == 1, "told once"


def test_what_was_refused_here_and_carried_out_from_a_copy_afterwards_needs_a_person(
    refused: Refused,
) -> None:
    here, there, again = refused
    there.round()
    for _ in range(3):
        here.round()
    assert server_names(again) == here.names() == ["Kund 2 AB", "Mitt namn AB"]
    assert here.states() == ["confirmed", "confirmed"]
    assert here.shows_what_follows()
    (item,) = here.outbox.list_attention()
    assert (item.kind, item.code, item.subject) == (
        "withdrawn_too_late",
        "carried_out_after_all",
        "Mitt namn AB",
    )
    here.outbox.dismiss([item.command_id or ""])
    here.round()
    assert here.outbox.list_attention() == []


def test_what_a_restored_server_was_told_stays_in_the_journal_for_thirty_days_from_then_on(
    refused: Refused, clock: FixedClock
) -> None:
    """That server may be restored, too."""
    here, *_ = refused
    here.round()
    here.round()
    clock.advance(timedelta(days=JOURNAL_DAYS - 10))
    here.round()
    assert here.states() == ["conflict", "confirmed"]
    clock.advance(timedelta(days=11))
    here.round()
    assert here.states() == []


def test_what_only_this_disk_gave_up_is_not_told_as_a_refusal(lives: Lives, clock: FixedClock) -> None:
    """An old disk does not know what became of a decision; another has it as done, and sends it again."""
    with lives.first() as site:
        here = lives.desk(site, "here")
        here.round()
        here.workspace.enqueue([create(1)])
        old = lives.copy(here, "old")
        clock.advance(LONGEST_ABSENCE - timedelta(days=1))
        lives.back_up()
        here.round()
        assert here.states() == ["confirmed"]
    clock.advance(timedelta(days=2))
    with lives.restored() as again:
        for one in (old, here):
            one.sign_in_at(again)
            for _ in range(3):
                one.round()
        assert here.states() == ["confirmed"]
        assert server_names(again) == here.names() == ["Kund 1 AB"]
        assert old.states() == ["rejected"]
        assert [item.code for item in old.outbox.list_attention()] == ["outcome_expired"]


def test_refusal_whose_id_another_has_used_holds_up_nothing(refused: Refused, clock: FixedClock) -> None:
    """The server answers 422 to the withdrawal of it: what is behind it comes through all the same."""
    here, _, again = refused
    id_ = here.entries()[0].command.id
    with open_desk(again, BO, here.folder.parent / "other", clock) as other:
        other.round()
        other.workspace.enqueue([Decision(payload=create(9), command_id=id_)])
        other.round()
        assert other.states() == ["confirmed"]
    here.workspace.enqueue([create(3)])
    for _ in range(3):
        here.round()
    assert here.states() == ["conflict", "confirmed", "confirmed"]
    assert server_names(again) == ["Kund 1 AB", "Kund 2 AB", "Kund 3 AB", "Kund 9 AB"]


def test_what_was_done_and_comes_back_as_taken_back_is_told(refused: Refused, lives: Lives) -> None:
    """The copy carried it out; before this machine heard of that, the server was restored once more."""
    here, there, _ = refused
    there.round()
    assert there.states() == ["confirmed", "confirmed"]
    with lives.restored(epoch="after another restore") as third:
        for one in (here, there):
            one.sign_in_at(third)
            for _ in range(3):
                one.round()
        assert server_names(third) == there.names() == ["Kund 1 AB", "Kund 2 AB"]
        assert there.states() == ["rejected", "confirmed"]
        (item,) = there.outbox.list_attention()
        assert (item.kind, item.code, item.subject) == ("rejected", "withdrawn_elsewhere", "Kund 1 AB")
        there.outbox.retry(item.command_id or "")
        there.round()
        assert server_names(third) == there.names() == ["Kund 2 AB", "Mitt namn AB"]
        assert there.outbox.list_attention() == []


def test_thousands_taken_back_at_once_are_told_in_pieces(copies: tuple[Desk, Desk]) -> None:
    here, _ = copies
    ids = [entry.command.id for entry in here.entries()]
    ids += here.workspace.enqueue([create(n) for n in range(2, 1203)])
    assert len(here.outbox.withdraw(ids)) == 1202
    first = here.round()
    assert (first.withdrawn, first.waiting, first.applied, first.refused) == (1202, 0, 0, 0)
    assert [len(push) for push in here.line.pushes] == [500, 500, 202]


@pytest.mark.parametrize("years", [-10, 10])
def test_journal_is_counted_in_the_servers_time(lives: Lives, clock: FixedClock, years: int) -> None:
    """A clock that jumps ahead must not empty the journal, nor one that falls back keep it for ever."""
    mine = FixedClock()
    with lives.first() as site:
        desk = lives.desk(site, clock=mine)
        desk.round()
        lives.back_up()
        desk.workspace.enqueue([create(1)])
        desk.round()
        assert desk.states() == ["confirmed"]
        mine.advance(timedelta(days=365 * years))
        desk.round()
        assert desk.states() == ["confirmed"]
    with lives.restored() as again:
        desk.sign_in_at(again)
        for _ in range(3):
            desk.round()
        assert server_names(again) == ["Kund 1 AB"]
        clock.advance(timedelta(days=JOURNAL_DAYS + 1))
        desk.sign_in_at(again)
        desk.round()
        assert desk.states() == []


def forget_outcomes(site: SyncSite, clock: FixedClock) -> None:
    clock.advance(OUTCOMES_KEPT + timedelta(days=1))
    with site.store.write(FIRM) as transaction:
        assert transaction.devices.prune_outcomes(transaction.now - OUTCOMES_KEPT)


def test_old_disk_does_not_carry_out_a_second_time_what_the_server_has_forgotten(
    copies: tuple[Desk, Desk], site: SyncSite, clock: FixedClock
) -> None:
    """The disk is thirteen months old; its first command has a number that the server gave to another."""
    here, old = copies
    here.round()
    archived = here.entries()[0].command.id
    forget_outcomes(site, clock)
    here.workspace.enqueue([create(2)])
    here.round()
    old.engine._register()  # as after a fork: numbers begin anew, and tell nothing
    for _ in range(2):
        old.round()
    assert server_names(site) == ["Kund 1 AB", "Kund 2 AB"]
    assert old.states() == ["rejected"]
    (item,) = old.outbox.list_attention()
    assert (item.code, item.command_id) == ("outcome_expired", archived)


def test_restored_server_is_not_sent_again_what_it_has_and_has_forgotten(
    lives: Lives, clock: FixedClock
) -> None:
    """The backup holds what was done, and no outcome of it any more: nobody can ask for it."""
    with lives.first() as site:
        row = customer(1)
        site.write(row)
        here = lives.desk(site, "here")
        here.round()
        here.workspace.enqueue([rename(row, "Ny AB")])
        here.round()
        assert here.states() == ["confirmed"]
        site.write(row)  # a colleague has set it back since
        forget_outcomes(site, clock)
        lives.back_up()
    with lives.restored() as again:
        here.sign_in_at(again)
        for _ in range(2):
            here.round()
        assert server_names(again) == here.names() == ["Kund 1 AB"]
        assert sum(len(push) for push in here.line.pushes) == 1


def test_what_was_taken_back_just_now_stays_in_the_history(
    copies: tuple[Desk, Desk], clock: FixedClock
) -> None:
    """Old is what was over when the server was last heard, and not what has come to its end since."""
    _, old = copies
    clock.advance(OUTCOMES_KEPT)
    old.outbox.withdraw([entry.command.id for entry in old.entries()])
    old.line.pull = _lost  # type: ignore[method-assign]
    with pytest.raises(RemoteError):
        old.round()
    del old.line.pull
    old.engine._register()
    old.round()
    assert old.states() == ["withdrawn"]


def test_who_was_away_for_less_sends_what_waits(
    copies: tuple[Desk, Desk], site: SyncSite, clock: FixedClock
) -> None:
    """The control: nobody is asked to decide again without need."""
    _, old = copies
    clock.advance(timedelta(days=OUTCOME_DAYS - JOURNAL_DAYS - 1))
    old.engine._register()
    old.round()
    assert old.states() == ["confirmed"]
    assert server_names(site) == ["Kund 1 AB"]


def test_wrong_clock_here_does_not_look_like_a_year_away(lives: Lives, site: SyncSite) -> None:
    wrong = FixedClock(datetime(2046, 1, 1, tzinfo=UTC))
    desk = lives.desk(site, clock=wrong)
    desk.round()
    desk.workspace.enqueue([create(1)])
    desk.engine._register()
    desk.round()
    assert desk.states() == ["confirmed"]
