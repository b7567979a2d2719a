"""Which day and which time it is for the firm: they are Sweden's, wherever it is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")


def swedish_day(moment: datetime) -> date:
    """Return the Swedish calendar day of an aware moment.

    Raises:
        ValueError: the moment says nothing about its zone.
    """
    return swedish_time(moment).date()


def swedish_time(moment: datetime) -> datetime:
    """Return the same moment as a clock in Sweden shows it: what screens, lists and papers say.

    Raises:
        ValueError: the moment says nothing about its zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone has no day")
    return moment.astimezone(SWEDEN)


def next_swedish_midnight(moment: datetime) -> datetime:
    """Return, in UTC, when the next Swedish day begins: a day is 23 or 25 hours long twice a year."""
    tomorrow = swedish_day(moment) + timedelta(days=1)
    return datetime.combine(tomorrow, time(), SWEDEN).astimezone(UTC)
