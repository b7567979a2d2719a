"""Collects Python's reference cycles on the GUI thread, when nobody waits for the window.

Python's own collector starts on whichever thread happens to make the next object, and everything stands
still meanwhile: 65 to 110 ms for a full collection of this program while it imports customers. On another
thread it would also delete Qt's objects there, which Qt does not allow.
"""

import gc
import time

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

YOUNG = 700
"""So many new objects are worth looking at: what Python's own collector begins at, too."""
BUSY_MS = 100
IDLE_MS = 1000
AWAY_SECONDS = 120.0
RECENT_SECONDS = 600.0


class Collector(QObject):
    """Takes over from Python's collector between `begin` and `end`.

    What is young is collected often. All that has come since the start is collected every ten minutes, and
    everything when the person is in another program: what was there before is set aside (`gc.freeze`), so
    that the collection in between has little to look at.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("collector")
        self._was_enabled = gc.isenabled()
        self._recent_at = self._everything_at = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.setInterval(IDLE_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Everything is loaded: set that aside, and begin."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def end(self) -> None:
        """Give the work back to Python's own collector, if it had it before."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def _tick(self) -> None:
        self.collect(time.monotonic(), away=self._is_away())

    def collect(self, now: float, *, away: bool) -> str:
        """Collect what is due at this time of the monotonic clock; return what that was, or nothing."""
        young = gc.get_count()[0]
        self._timer.setInterval(BUSY_MS if young > YOUNG else IDLE_MS)
        if young > YOUNG:
            # Never the middle generation while something is under way: all that has come would be in it.
            gc.collect(0)
            return "young"
        if away and now - self._everything_at > AWAY_SECONDS:
            self._recent_at = self._everything_at = now
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            return "everything"
        if now - self._recent_at > RECENT_SECONDS:
            self._recent_at = now
            gc.collect()
            gc.freeze()
            return "recent"
        return ""

    def _is_away(self) -> bool:
        return QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive
