"""What the person sees goes first: workers let the window finish its turn before they take their next rows.

Threads of one Python program share one interpreter. A list that is painted makes hundreds of calls, and at
each of them a worker may take the interpreter for a moment: two workers that read thousands of rows make a
picture of 20 ms into one of 60, measured. So the window says when a turn of its loop begins and ends, and
whoever reads or writes many rows asks in between.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
LONGEST_SECONDS = 0.030
"""A turn of the window is shorter; what lasts longer is a dialog of the system, or the window waiting for
the worker itself."""
BETWEEN = 50
"""Rows after which a worker asks; fifty take a millisecond or two."""


class Courtesy:
    """Between one window and the workers of its program. Without a window nobody ever waits."""

    def __init__(self, rests: threading.Event | None = None) -> None:
        self._rests = rests or threading.Event()
        self._rests.set()
        self._is_long = False

    @property
    def works(self) -> bool:
        """Whether the window is in the middle of a turn."""
        return not self._rests.is_set()

    def window_works(self) -> None:
        """A turn of the window's loop begins; called on its thread."""
        self._rests.clear()

    def window_rests(self) -> None:
        """The turn is over, the window waits for the next event."""
        self._is_long = False
        self._rests.set()

    def give_way(self) -> bool:
        """Wait until the window rests, 30 ms at most and once per turn; return whether it was waited for.

        Called by workers between rows, with whatever locks they hold: the window's thread takes none.
        """
        if self._rests.is_set() or self._is_long:
            return False
        if not self._rests.wait(LONGEST_SECONDS):
            self._is_long = True
        return True

    def each(self, rows: Iterable[T]) -> Iterator[T]:
        """Give the rows one by one, and way to the window after some of them."""
        for count, row in enumerate(rows):
            if count % BETWEEN == 0:
                self.give_way()
            yield row
