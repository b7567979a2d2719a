"""The seven-year rule."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.retention import fiscal_year_end_on_or_after, keep_until


@pytest.mark.case(44)
@pytest.mark.parametrize(
    ("fiscal_year_end", "end_on", "until"),
    [
        ("06-30", date(2025, 6, 30), date(2032, 12, 31)),
        ("06-30", date(2025, 7, 1), date(2033, 12, 31)),
        ("12-31", date(2026, 11, 23), date(2033, 12, 31)),
        ("12-31", date(2026, 1, 1), date(2033, 12, 31)),
        ("04-30", date(2024, 2, 29), date(2031, 12, 31)),
    ],
)
def test_records_are_kept_through_the_seventh_year(fiscal_year_end: str, end_on: date, until: date) -> None:
    assert keep_until(fiscal_year_end, end_on) == until


@pytest.mark.parametrize(
    ("fiscal_year_end", "day", "ends"),
    [
        ("02-28", date(2028, 2, 1), date(2028, 2, 29)),
        ("02-29", date(2027, 2, 1), date(2027, 2, 28)),
        ("04-31", date(2026, 4, 30), date(2026, 4, 30)),
        ("", date(2026, 5, 1), date(2026, 12, 31)),
        ("13-01", date(2026, 5, 1), date(2026, 12, 31)),
    ],
)
def test_the_fiscal_year_that_a_day_falls_in(fiscal_year_end: str, day: date, ends: date) -> None:
    assert fiscal_year_end_on_or_after(fiscal_year_end, day) == ends
