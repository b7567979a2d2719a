"""Tells the workers when the window works, see app.courtesy.

The signals of Qt's event dispatcher would be the place, but where it stands on GLib what is painted comes
between `aboutToBlock` and `awake`. So what takes long says so itself: painting, showing answers, going to a
screen.
"""

from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QWidget

from app.courtesy import Courtesy

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object  # mixed in before a class of Qt, see ui.widgets.translated


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


class PaintedInTurns(_Base):
    """Mixed in before a window's class of Qt: workers wait while it is painted, with all that is in it.

    ``_turns`` is set before Qt's own beginning, which has events already.
    """

    _turns: Turns

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            with self._turns:
                return super().event(event)
        return super().event(event)


def paint_next_turn(widget: QWidget) -> None:
    """What has just been made or filled has taken a turn of its own; its picture is the next one's."""
    if widget.isVisible():
        widget.setUpdatesEnabled(False)
        QTimer.singleShot(0, widget, partial(widget.setUpdatesEnabled, True))
