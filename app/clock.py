"""Time as a part that is passed in, so that tests decide what the clock says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Where the program gets the time from."""

    def now(self) -> datetime:
        """Return the present time, aware and in UTC."""
        ...

    def today(self) -> date:
        """Return the day in Sweden: deadlines and end dates are days, not instants."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the present time, aware and in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the day in Sweden: the server of an office may stand in another zone."""
        from app.swedish_day import swedish_day  # reads the zones' data: not before it is needed

        return swedish_day(self.now())
