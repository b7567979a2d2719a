"""Översikt: the figures are those of the lists, and each bar leads to what it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from app.domain.records import (
    Collaboration,
    CollaborationState,
    Company,
    Customer,
    Firm,
    Invitation,
    Staff,
)
from app.storage.opening import open_database
from app.usecases.collaborations import CollaborationFilter
from app.usecases.events import Events
from app.usecases.overview import Overview
from app.usecases.workspace import Workspace
from tests.support.cache import KEY, pull, sign_in
from tests.support.clocks import FixedClock
from tests.ui.screens.conftest import Desk
from ui.overview.charts import Columns
from ui.overview.pane import create_pane

TODAY = date(2026, 11, 23)
RUNNING = Collaboration(
    id="cl_1",
    company=Company(name="Björk AB"),
    service="scanner",
    customer_id="cu_1",
    engagement_id="en_1",
    started_on=date(2026, 3, 1),
)


@pytest.fixture
def overview(tmp_path: Path) -> Overview:
    """Return the use case on a cache of two customers with a few collaborations and invitations."""
    clock = FixedClock()
    database = open_database(
        tmp_path / "cache.db", KEY, set_aside_folder=tmp_path / "aside", now=clock.now()
    ).database
    sign_in(database, "st_1", "fi_1")
    waits = [
        Invitation(
            id=f"in_{days}",
            activation_id=f"ac_{days}",
            customer_id="cu_1",
            services=("scanner",),
            state="sent",
            sent_at=datetime(2026, 11, 23, 7, tzinfo=UTC) - timedelta(days=days),
        )
        for days in (0, 7, 8, 14, 15, 30, 31)
    ]
    pull(
        database,
        [
            Firm(id="fi_1", name="Byrån", organisation_number=""),
            Staff(id="st_1", name="Anna Ek", email="anna@byran.example"),
            Customer(id="cu_1", customer_number="1", name="Björk AB"),
            Customer(id="cu_2", customer_number="2", name="Ek AB"),
            RUNNING,
            replace(RUNNING, id="cl_2", service="eekonomi", started_on=date(2026, 11, 2)),
            replace(RUNNING, id="cl_3", state="ended", ends_on=date(2026, 9, 30)),
            replace(RUNNING, id="cl_4", service="utlagg", state="ending", ends_on=date(2026, 12, 31)),
            replace(RUNNING, id="cl_5", service="utlagg", state="ended", ends_on=None),
            replace(RUNNING, id="cl_6", state="pending", started_on=None),
            replace(RUNNING, id="cl_7", service=None, source="byrastod", engagement_id=None),
            *waits,
        ],
    )
    return Overview(Workspace(database, clock, Events()))


def test_collaborations_are_counted_by_service_and_state(overview: Overview) -> None:
    found = {one.service: one for one in overview.read().services}
    assert (found["scanner"].active, found["scanner"].waiting) == (1, 1)
    assert (found["eekonomi"].active, found["eekonomi"].total) == (1, 1)
    assert (found["utlagg"].active, found["utlagg"].ending) == (0, 1)
    assert found[""].total == 1
    assert [one.service for one in overview.read().services][-1] == "", "the unknown one comes last"


def test_a_month_counts_what_ran_on_its_last_day(overview: Overview) -> None:
    months = {one.last_day: one for one in overview.read().months}
    assert next(iter(months)) == date(2025, 12, 31)
    assert list(months)[-1] == TODAY
    assert months[date(2026, 2, 28)].active == 0
    assert (months[date(2026, 3, 31)].active, months[date(2026, 3, 31)].began) == (4, 5)
    # What ends on 30 September does not run that day.
    assert (months[date(2026, 8, 31)].active, months[date(2026, 9, 30)].active) == (4, 3)
    assert months[date(2026, 9, 30)].ended == 1
    assert (months[TODAY].active, months[TODAY].began) == (4, 1)


def test_the_months_are_narrowed_to_one_service(overview: Overview) -> None:
    assert [one.active for one in overview.read("eekonomi").months][-2:] == [0, 1]
    assert overview.read("").months[-1].active == 1
    assert overview.read("eekonomi").services == overview.read().services


def test_invitations_are_counted_by_how_long_they_wait(overview: Overview) -> None:
    assert overview.read().waiting == (2, 2, 2, 1)


def test_what_is_left(overview: Overview) -> None:
    found = overview.read()
    assert found.unlinked == (("byrastod", 1),)
    assert found.missing_engagement == 1
    assert (found.customers, found.never_checked, found.oldest_check) == (2, 2, None)


def test_the_screen_shows_the_lists_figures_and_leads_to_them(desk: Desk) -> None:
    active = len(
        desk.samverka.collaborations.list_keys(
            CollaborationFilter(states=(CollaborationState.ACTIVE, CollaborationState.ENDING))
        )
    )
    desk.open(create_pane)
    desk.until(lambda: f"{active} aktiva samarbeten" in desk.seen())
    bar = desk.find(QPushButton, "overviewService_eekonomi")
    in_list = len(
        desk.samverka.collaborations.list_keys(CollaborationFilter(service="eekonomi", states=("active",)))
    )
    assert f"eEkonomi: {in_list} aktiva" in bar.accessibleName()
    desk.press("overviewService_eekonomi")
    desk.press("overviewWaiting_0")
    desk.press("overviewUnlinked_byrastod")
    assert desk.went == [
        ("collaborations", {"service": "eekonomi"}),
        ("invitations", {"filter": "waiting"}),
        ("unlinked", {}),
    ]
    said = desk.find(Columns, "overviewMonths").accessibleDescription()
    assert f"2026: {active} aktiva" in said.rpartition("; ")[2]
