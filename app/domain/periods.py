"""Agreement periods: whole months from a day, one after another."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later; where the month has no such day, its last one."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def period_end(start: date, months: int, today: date) -> date:
    """Return the last day of the period that ``today`` falls in; the first period begins on ``start``.

    Periods of three months from 31 January end on 29 April, 30 July …: each is counted from the start, so
    that a short month does not move those after it.
    """
    number = max(1, ((today.year - start.year) * 12 + today.month - start.month) // months)
    while True:
        ends = add_months(start, months * number) - timedelta(days=1)
        if ends >= today:
            return ends
        number += 1
