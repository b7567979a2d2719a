"""How long accounting records must be kept: 7 kap. 2 § bokföringslagen (1999:1078).

Through the seventh year after the calendar year in which the fiscal year ended. The duty is the company's.
"""

from __future__ import annotations

import calendar
from datetime import date

YEARS = 7


def fiscal_year_end_on_or_after(fiscal_year_end: str, day: date) -> date:
    """Return the last day of the fiscal year that the day falls in.

    ``fiscal_year_end`` is MM-DD; a day past the month's end (02-29, 02-30) means its last day. What cannot
    be read counts as 12-31.
    """
    month, last = _month_and_day(fiscal_year_end)
    this_year = _day_of(day.year, month, last)
    return this_year if this_year >= day else _day_of(day.year + 1, month, last)


def keep_until(fiscal_year_end: str, end_on: date) -> date:
    """Return the last day on which the records of the fiscal year that holds ``end_on`` must be kept."""
    ends = fiscal_year_end_on_or_after(fiscal_year_end, end_on)
    return date(ends.year + YEARS, 12, 31)


def _month_and_day(text: str) -> tuple[int, int]:
    month, _, day = text.partition("-")
    if month.isdigit() and day.isdigit() and 1 <= int(month) <= 12 and int(day) >= 1:
        return int(month), int(day)
    return 12, 31


def _day_of(year: int, month: int, day: int) -> date:
    last = calendar.monthrange(year, month)[1]
    # February's last day moves in leap years: a fiscal year that ends 02-28 ends 02-29 then.
    if month == 2 and day >= 28:
        return date(year, month, last)
    return date(year, month, min(day, last))
