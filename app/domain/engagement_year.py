"""Engagements through the year: what the next one is called, and when the present one is due to be rolled."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

from app.domain.records import Engagement, EngagementState
from app.domain.retention import fiscal_year_end_on_or_after

_YEARS = re.compile(r"(?<!\d)(\d{4})(?:([/–-])(\d{4}|\d{2}))?(?!\d)")


def next_title(title: str, year: int) -> str:
    """Return the title of the engagement that follows the one of fiscal year ``year``.

    The year in the title moves on by one, *2025/2026* and *2025/26* too; a title without it gets the new year
    at its end. Other figures (a customer's own number) stay.
    """
    following = str(year + 1)
    found = False

    def move(match: re.Match[str]) -> str:
        nonlocal found
        first, separator, last = match.group(1), match.group(2), match.group(3)
        if last and year % 10 ** len(last) == int(last) and int(first) in (year - 1, year):
            found = True
            return f"{int(first) + 1}{separator}{following[-len(last) :]}"
        if not last and int(first) == year:
            found = True
            return following
        return match.group(0)

    moved = _YEARS.sub(move, title)
    return moved if found else f"{title.strip()} {following}".strip()


def next_engagement(engagement: Engagement, new_id: str) -> Engagement:
    """Return the engagement of the following fiscal year; of a type without years, a copy to start anew."""
    year = engagement.fiscal_year
    return dataclasses.replace(
        engagement,
        id=new_id,
        title=next_title(engagement.title, year) if year else engagement.title,
        fiscal_year=year + 1 if year else None,
        state=EngagementState.ONGOING,
    )


def fiscal_year_ends_on(fiscal_year: int, fiscal_year_end: str) -> date:
    """Return the last day of the fiscal year that ends in this year; ``fiscal_year_end`` is MM-DD."""
    return fiscal_year_end_on_or_after(fiscal_year_end, date(fiscal_year, 1, 1))
