"""A machine whose clock is years off: it takes nothing from its person that the server gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.commands import AddParticipation, UpdateCustomer
from app.domain.ids import new_id
from app.domain.records import Customer, Engagement, Participation
from app.swedish_day import swedish_day
from app.sync.engine import LOTS_PER_ROUND
from tests.server.sync_site import ANNA, BO, SyncSite, customer
from tests.support.clocks import MONDAY_MORNING, FixedClock
from tests.sync.desk import Desk, open_desk
from tests.sync.test_rounds import rename

TODAY = swedish_day(MONDAY_MORNING)


@pytest.fixture(params=[timedelta(days=-3650), timedelta(days=3650)], ids=["behind", "ahead"])
def desk(request: pytest.FixtureRequest, site: SyncSite, tmp_path: Path) -> Iterator[Desk]:
    """Give a client of Bo, who sees only his own customers, on a machine that is ten years off."""
    with open_desk(site, BO, tmp_path / "desk", FixedClock(MONDAY_MORNING + request.param)) as running:
        yield running


def works_now(number: int) -> tuple[Customer, Engagement, Participation]:
    """Return a customer that Bo sees because he works there from last week to next week."""
    row = customer(number, account_manager_id=ANNA.id)
    engagement = Engagement(id=new_id("en"), customer_id=row.id, type="bookkeeping", title="Redovisning 2026")
    participation = Participation(
        id=new_id("pa"),
        engagement_id=engagement.id,
        customer_id=row.id,
        staff_id=BO.id,
        role="participant",
        from_on=TODAY - timedelta(days=7),
        to_on=TODAY + timedelta(days=7),
    )
    return row, engagement, participation


def test_what_is_decided_is_shown_and_sent(site: SyncSite, desk: Desk) -> None:
    row, engagement, participation = works_now(1)
    site.write(row, engagement, participation)
    desk.round()
    assert desk.names() == ["Kund 1 AB"]
    desk.workspace.enqueue([rename(row, "Kund 1 i Umeå AB")])
    assert desk.names() == ["Kund 1 i Umeå AB"]
    desk.round()
    assert desk.states() == ["confirmed"]
    assert desk.names() == ["Kund 1 i Umeå AB"]


def test_who_works_there_may_put_a_colleague_on_it(site: SyncSite, desk: Desk) -> None:
    row, engagement, participation = works_now(1)
    site.write(row, engagement, participation)
    desk.round()
    colleague = Participation(
        id=new_id("pa"),
        engagement_id=engagement.id,
        customer_id=row.id,
        staff_id=ANNA.id,
        role="participant",
        from_on=TODAY,
    )
    desk.workspace.enqueue([AddParticipation(participation=colleague)])
    desk.round()
    assert desk.states() == ["confirmed"]


def test_what_the_server_has_not_heard_of_is_still_not_there(site: SyncSite, desk: Desk) -> None:
    """The control: a customer that is not Bo's can be changed on no day."""
    hidden, *_ = works_now(2)
    site.write(*works_now(1), hidden)
    desk.round()
    error = desk.workspace.check(UpdateCustomer(customer_id=hidden.id, set={"name": {"from": "", "to": "X"}}))
    assert error is not None
    assert error.code == "gone"


def test_another_day_at_the_server_runs_what_waits_again(
    site: SyncSite, tmp_path: Path, clock: FixedClock
) -> None:
    """A change that waits is shown on the server's day as last heard, and that day ends."""
    own = customer(2, account_manager_id=BO.id)
    row, engagement, participation = works_now(1)
    site.write(own, row, engagement, replace(participation, to_on=TODAY))
    with open_desk(site, BO, tmp_path / "desk", FixedClock(MONDAY_MORNING - timedelta(days=3650))) as desk:
        desk.round()
        desk.workspace.enqueue([rename(own, "Lot 0 AB")])

        def decide_meanwhile() -> None:
            lot = len(desk.line.pushes)
            if lot == LOTS_PER_ROUND:
                desk.workspace.enqueue([rename(row, "Kund 1 i Umeå AB")])
                assert "Kund 1 i Umeå AB" in desk.names()
            else:
                seen = {"name": {"from": f"Lot {lot - 1} AB", "to": f"Lot {lot} AB"}}
                desk.workspace.enqueue([UpdateCustomer(customer_id=own.id, set=seen)])

        desk.line.before_push = decide_meanwhile
        clock.advance(timedelta(days=1))
        desk.round()
        assert desk.states()[-1] == "queued"
        assert "Kund 1 i Umeå AB" not in desk.names()
        assert desk.shows_what_follows()
