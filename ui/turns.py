"""Tells the workers when the window works, see app.courtesy.

The signals of Qt's event dispatcher would be the place, but where it stands on GLib what is painted comes
between `aboutToBlock` and `awake`. So what takes long says so itself: painting, showing answers, going to a
screen.
"""

from types import TracebackType

from app.courtesy import Courtesy


class Turns:
    """`with turns:` around the window's work, on its thread, also nested. Before `attach` nobody is told."""

    def __init__(self) -> None:
        self._courtesy: Courtesy | None = None
        self._depth = 0

    def attach(self, courtesy: Courtesy) -> None:
        """The workers are there."""
        self._courtesy = courtesy
        if self._depth:
            courtesy.window_works()

    def detach(self) -> None:
        """The window's work is over: nobody waits for it any more."""
        if self._courtesy is not None:
            self._courtesy.window_rests()
        self._courtesy = None

    def __enter__(self) -> None:
        self._depth += 1
        if self._depth == 1 and self._courtesy is not None:
            self._courtesy.window_works()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._depth == 0 and self._courtesy is not None:
            self._courtesy.window_rests()
