"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from app.swedish_day import swedish_day

MONDAY_MORNING = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)


class FixedClock:
    """Follows ``app.clock.Clock``; the time changes only through ``advance`` and ``set_to``."""

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        self.set_to(now)

    def now(self) -> datetime:
        """Return the time that was set, in UTC."""
        return self._now

    def today(self) -> date:
        """Return the day of that time in Sweden, as the clock of the program does."""
        return swedish_day(self._now)

    def advance(self, step: timedelta) -> datetime:
        """Move the clock and return the new time."""
        self._now += step
        return self._now

    def set_to(self, now: datetime) -> None:
        """Let the clock show this time.

        Raises:
            ValueError: the time says nothing about its zone.
        """
        if now.tzinfo is None:
            raise ValueError("a time without a zone")
        self._now = now.astimezone(UTC)
