"""Notices that the firm's day has changed, for workers that have something to do once a day."""

from __future__ import annotations

from datetime import date, datetime

from app.clock import Clock
from app.swedish_day import next_swedish_midnight


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
        return next_swedish_midnight(now)
