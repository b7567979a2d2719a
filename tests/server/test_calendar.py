"""What a day brings, on both databases: ends, substitutes, and colleagues who have left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.domain.changes import RejectedError
from app.domain.commands import EndCollaboration, LeaveStaff, ReplaceParticipation, UpdateCustomer
from app.domain.records import Access, Collaboration, Event, Staff
from app.server.audit.sealing import Seal
from app.server.calendar import CalendarWorker
from app.server.identity.issuer import Issuer
from app.server.upkeep import UpkeepWorker
from tests.server.portal_site import ELECTRICIAN, FIRM, KARIN, PortalSite, answer, portal_site

SARA = Staff(id="st_sara", name="Sara Lind", email="sara.lind@byran.example")
ENGAGEMENT = f"en_{ELECTRICIAN.id}"


@pytest.fixture
def site(database: str) -> Iterator[PortalSite]:
    with portal_site(database) as running:
        running.put(SARA)
        _, link, code = running.invite("scanner")
        answer(link, code, {"scanner": "approved"})
        running.side.run_until_quiet()
        yield running


def access(site: PortalSite) -> set[str]:
    return {row.staff_id or "" for row in site.list_all(Access) if row.until is None}


def worker(site: PortalSite) -> CalendarWorker:
    return CalendarWorker(site.store, Issuer(site.store.routing, site.clock, b"r" * 32))


def test_a_day_is_taken_in_once(site: PortalSite) -> None:
    (collaboration,) = site.list_all(Collaboration)
    on = site.clock.today() + timedelta(days=1)
    site.command(EndCollaboration(collaboration_id=collaboration.id, choice="service_ends", on=on))
    site.side.run_until_quiet()
    calendar = worker(site)
    assert calendar.run_once() == 0, "not yet"
    due_at = calendar.next_due_at()
    assert due_at is not None
    assert due_at > site.clock.now()
    site.clock.advance(timedelta(days=1))
    assert calendar.run_once() == 1
    assert site.states() == {"scanner": "ended"}
    assert access(site) == set()
    assert calendar.run_once() == 0
    assert worker(site).run_once() == 0, "nor by another process"
    assert [event.what for event in site.list_all(Event)].count("ended") == 1


def test_a_substitutes_last_day_is_the_last(site: PortalSite) -> None:
    until = site.clock.today() + timedelta(days=1)
    site.command(
        ReplaceParticipation(engagement_id=ENGAGEMENT, staff_id=KARIN.id, by_staff_id=SARA.id, to_on=until)
    )
    assert access(site) == {KARIN.id, SARA.id}
    for names in ({KARIN.id, SARA.id}, {KARIN.id}):
        site.clock.advance(timedelta(days=1))
        worker(site).run_once()
        assert access(site) == names


def test_a_day_on_which_the_calendar_failed_is_made_up_for(site: PortalSite) -> None:
    until = site.clock.today()
    site.command(
        ReplaceParticipation(engagement_id=ENGAGEMENT, staff_id=KARIN.id, by_staff_id=SARA.id, to_on=until)
    )
    upkeep = UpkeepWorker(site.store, Seal(b"s" * 32))
    for _ in range(3):
        site.clock.advance(timedelta(days=1))
        upkeep.run_once()
    assert access(site) == {KARIN.id, SARA.id}, "the server was there, and its calendar did nothing"
    site.clock.advance(timedelta(days=1))
    worker(site).run_once()
    assert access(site) == {KARIN.id}


def test_who_leaves_hands_over_customers_first(site: PortalSite) -> None:
    take = {"account_manager_id": {"from": None, "to": SARA.id}}
    site.command(UpdateCustomer(customer_id=ELECTRICIAN.id, set=take))
    hand_over = ReplaceParticipation(
        engagement_id=ENGAGEMENT, staff_id=KARIN.id, by_staff_id=SARA.id, role="owner"
    )
    site.command(hand_over)
    leave = LeaveStaff(staff_id=SARA.id, left_on=site.clock.today())
    with pytest.raises(RejectedError) as caught:
        site.command(leave)
    assert (caught.value.code, caught.value.data["customers"]) == ("reassign_first", 1)
    give = {"account_manager_id": {"from": SARA.id, "to": KARIN.id}}
    site.command(UpdateCustomer(customer_id=ELECTRICIAN.id, set=give))
    with pytest.raises(RejectedError) as caught:
        site.command(leave)
    assert (caught.value.code, caught.value.data["engagements"]) == ("reassign_first", 1)
    back = ReplaceParticipation(
        engagement_id=ENGAGEMENT,
        staff_id=SARA.id,
        by_staff_id=KARIN.id,
        role="owner",
        from_on=site.clock.today() + timedelta(days=1),
    )
    site.command(back)
    site.command(leave)
    assert SARA.id in access(site)
    site.clock.advance(timedelta(days=1))
    assert worker(site).run_once() >= 1
    with site.store.read(FIRM.id) as snapshot:
        staff = snapshot.reader.find("staff", SARA.id)
    assert isinstance(staff, Staff)
    assert staff.state == "left"
    assert access(site) == {KARIN.id}, "whose first day has come"
