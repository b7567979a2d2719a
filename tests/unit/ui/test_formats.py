"""Times on the screen are Swedish, whatever zone the machine stands in."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from ui.formats import changed_text, day_text, moment_text, time_text


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Tokyo"])
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A machine that stands in another zone: a terminal server in UTC, a laptop abroad."""
    monkeypatch.setenv("TZ", request.param)
    if sys.platform != "win32":  # there the zone is the whole machine's, and no process can have another
        time.tzset()
        assert datetime(2026, 1, 5, 12, tzinfo=UTC).astimezone().hour != 13, "the machine's zone is another"
    yield request.param
    monkeypatch.undo()
    if sys.platform != "win32":
        time.tzset()


@pytest.mark.usefixtures("elsewhere")
def test_the_clock_is_swedish_in_winter_and_in_summer() -> None:
    assert time_text(datetime(2026, 1, 5, 8, 41, tzinfo=UTC)) == "09:41"
    assert time_text(datetime(2026, 7, 5, 7, 41, tzinfo=UTC)) == "09:41"


@pytest.mark.usefixtures("elsewhere")
def test_yesterday_begins_at_the_swedish_midnight_as_the_reminders_day_does() -> None:
    yesterday = day_text(date(2026, 11, 23), date(2026, 11, 24))
    now = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # half past midnight on the 24th in Sweden
    assert moment_text(datetime(2026, 11, 23, 23, 5, tzinfo=UTC), now) == "00:05"
    assert moment_text(datetime(2026, 11, 23, 22, 50, tzinfo=UTC), now) == f"{yesterday} 23:50"
    assert changed_text(datetime(2026, 11, 23, 22, 50, tzinfo=UTC), now) == yesterday
    assert moment_text(datetime(2026, 11, 22, 22, 50, tzinfo=UTC), now) == "2026-11-22 23:50"
