"""Days are Swedish days, also where a server's machine has another zone, and when the clocks are changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.clock import SystemClock
from app.server.day import DayWatch
from app.swedish_day import next_swedish_midnight, swedish_day
from tests.support.clocks import FixedClock


@pytest.mark.case(56)
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 11, 24, 8, 30, tzinfo=timezone(timedelta(hours=10))), date(2026, 11, 23)),
    ],
    ids=["winter", "winter midnight", "summer", "summer midnight", "spring", "after", "autumn", "Brisbane"],
)
def test_the_day_of_a_moment(moment: datetime, day: date) -> None:
    assert swedish_day(moment) == day
    assert FixedClock(moment).today() == day


def test_a_moment_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="zone"):
        swedish_day(datetime(2026, 11, 23, 12, 0))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("begins", "hours"),
    [
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), 23),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), 25),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), 24),
    ],
)
def test_a_day_is_as_long_as_it_is(begins: datetime, hours: int) -> None:
    assert next_swedish_midnight(begins) - begins == timedelta(hours=hours)
    assert next_swedish_midnight(begins + timedelta(hours=hours, seconds=-1)) == begins + timedelta(
        hours=hours
    )


def test_the_daily_work_is_looked_at_again_when_the_day_begins() -> None:
    clock = FixedClock(datetime(2026, 10, 24, 21, 59, tzinfo=UTC))
    watch = DayWatch(clock)
    watch.note_done()
    assert watch.next_due_at() == datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    clock.set_to(watch.next_due_at())
    assert not watch.is_done
    watch.note_done()
    assert watch.next_due_at() == datetime(2026, 10, 25, 23, 0, tzinfo=UTC)


def test_the_clock_of_the_program_tells_the_swedish_day() -> None:
    clock = SystemClock()
    before, day, after = clock.now(), clock.today(), clock.now()
    assert swedish_day(before) <= day <= swedish_day(after)
