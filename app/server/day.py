"""Notices that the firm's local day has changed, for workers that have something to do once a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from app.clock import Clock


class DayWatch:
    """Remembers for which day the work is done."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._done_for: date | None = None

    @property
    def is_done(self) -> bool:
        """Tell whether today's work is done."""
        return self._done_for == self._clock.today()

    def note_done(self) -> None:
        """Say that it is."""
        self._done_for = self._clock.today()

    def next_due_at(self) -> datetime:
        """Return when to look again."""
        now = self._clock.now()
        if not self.is_done:
            return now
        # The firm's midnight is within the hour after one of these looks, whatever its zone.
        return datetime.combine(now.date(), time(now.hour), now.tzinfo) + timedelta(hours=1)
