"""Agreement periods."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.periods import add_months, period_end


@pytest.mark.parametrize(
    ("start", "months", "today", "ends"),
    [
        (date(2026, 1, 1), 12, date(2026, 11, 23), date(2026, 12, 31)),
        (date(2025, 12, 1), 12, date(2026, 11, 30), date(2026, 11, 30)),
        (date(2025, 12, 1), 12, date(2026, 12, 1), date(2027, 11, 30)),
        (date(2026, 1, 31), 3, date(2026, 2, 1), date(2026, 4, 29)),
        (date(2026, 1, 31), 3, date(2026, 5, 1), date(2026, 7, 30)),
        (date(2024, 2, 29), 12, date(2024, 3, 1), date(2025, 2, 27)),
        (date(2027, 1, 1), 3, date(2026, 11, 23), date(2027, 3, 31)),
    ],
)
def test_the_period_that_a_day_falls_in(start: date, months: int, today: date, ends: date) -> None:
    assert period_end(start, months, today) == ends


def test_a_month_without_that_day_has_its_last() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
