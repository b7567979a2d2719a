"""What the start screen says of ends, renewals and refusals, out of columns of the list."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.records import About, Collaboration, Company, Customer, Event, Record
from app.storage.database import Database
from app.usecases import today
from tests.support.cache import pull
from tests.support.clocks import MONDAY_MORNING

DAY = MONDAY_MORNING.date()
KUND = Customer(id="cu_1", customer_number="1", name="Åkeri Norr AB")


def running(id_: str, **fields: object) -> Collaboration:
    about: dict[str, object] = {"company": Company(name="x"), "service": "scanner", "customer_id": "cu_1"}
    return Collaboration(id=id_, **{**about, "state": "active", **fields})  # type: ignore[arg-type]


def ended_elsewhere(id_: str, days_ago: int) -> Event:
    return Event(
        id=f"ev_{id_}",
        about=About(type="collaboration", id=id_, customer_id="cu_1"),
        what="ended_elsewhere",
        at=MONDAY_MORNING - timedelta(days=days_ago),
    )


def test_what_renews_within_a_month_comes_by_day(database: Database) -> None:
    in_a_week, in_two_months = DAY + timedelta(days=7), DAY + timedelta(days=61)
    rows: list[Record] = [
        KUND,
        running("cl_year", period_months=12, period_from=in_a_week.replace(year=DAY.year - 2)),
        running("cl_month", period_months=1, period_from=date(DAY.year - 1, 1, 1)),
        running("cl_later", period_months=12, period_from=in_two_months.replace(year=DAY.year - 2)),
        running("cl_over", period_months=12, period_from=in_a_week.replace(year=DAY.year - 2), state="ended"),
        running(
            "cl_loose", period_months=12, period_from=in_a_week.replace(year=DAY.year - 2), customer_id=None
        ),
        running("cl_none"),
    ]
    pull(database, rows)
    with database.read() as unit:
        found = today._renewing(unit, DAY, DAY + timedelta(days=30))
    assert {one.collaboration_id for one in found} == {"cl_year", "cl_month"}
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert next(one for one in found if one.collaboration_id == "cl_year").day == in_a_week.isoformat()


def test_what_the_vendor_refused_stands_until_it_is_tried_again(database: Database) -> None:
    pull(database, [KUND, running("cl_1", problem="main_contact_missing"), running("cl_2")])
    with database.read() as unit:
        assert [(one.collaboration_id, one.problem) for one in today._refused(unit)] == [
            ("cl_1", "main_contact_missing")
        ]
    pull(database, [running("cl_1")], rev=2)
    with database.read() as unit:
        assert today._refused(unit) == []


def test_what_others_have_ended_is_news_for_some_days(database: Database) -> None:
    over = {"state": "ended", "ends_on": DAY}
    rows: list[Record] = [
        KUND,
        running("cl_customer", ended_by="customer", **over),
        running("cl_vendor", ended_by="vendor", **over),
        running("cl_long_ago", ended_by="vendor", **over),
        running("cl_ours", ended_by="st_1", **over),
        ended_elsewhere("cl_customer", 1),
        ended_elsewhere("cl_vendor", 2),
        ended_elsewhere("cl_long_ago", 60),
        ended_elsewhere("cl_ours", 1),
    ]
    pull(database, rows)
    since = (MONDAY_MORNING - timedelta(days=7)).isoformat()
    with database.read() as unit:
        found = today._ended_by_others(unit, since)
    assert [(one.collaboration_id, one.by) for one in found] == [
        ("cl_customer", "customer"),
        ("cl_vendor", "vendor"),
    ]
