"""A heartbeat on the GUI thread: how long the window did not answer.

The floor is the same heartbeat in a process of its own that does nothing else, at the same time: what is
late there is late because of the machine.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Slot

INTERVAL_MS = 5
BLOCK_SECONDS = 0.050
LATE_SECONDS = 0.030


@dataclass
class Beats:
    """Gaps between beats beyond the interval, in seconds, by what was going on."""

    phase: str = ""
    late: dict[str, list[float]] = field(default_factory=dict)
    worked: dict[str, float] = field(default_factory=dict)

    def add(self, gap: float, worked: float) -> None:
        """Note one gap, and how long the thread itself worked in it (without waiting for the machine)."""
        self.worked[self.phase] = max(worked, self.worked.get(self.phase, 0.0))
        if gap > 0.005:
            self.late.setdefault(self.phase, []).append(gap)

    def worst(self) -> float:
        """Return the longest gap, in milliseconds."""
        return 1000 * max((max(gaps) for gaps in self.late.values() if gaps), default=0.0)

    def blocks(self) -> int:
        """Return how often the thread did not answer for more than 50 ms."""
        return sum(gap > BLOCK_SECONDS for gaps in self.late.values() for gap in gaps)

    def summary(self) -> dict[str, str]:
        """Return worst gap and blocks of each phase."""
        found = {}
        for phase, gaps in self.late.items():
            over = sum(gap > BLOCK_SECONDS for gap in gaps)
            own = 1000 * self.worked.get(phase, 0.0)
            found[f"worst block, {phase}"] = (
                f"{1000 * max(gaps):.0f} ms ({over} over 50 ms; most work of the thread itself {own:.0f} ms)"
            )
        return found


class Heartbeat(QObject):
    """Beats while it lives. With `where`, a thread of its own notes what runs while a beat is late."""

    def __init__(self, *, where: bool = False) -> None:
        super().__init__()
        self.beats = Beats()
        self.seen: list[str] = []
        self._last = time.perf_counter()
        self._worked = time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._over = threading.Event()
        self._gui = threading.get_ident()
        self._watcher = threading.Thread(target=self._watch, daemon=True) if where else None
        if self._watcher is not None:
            self._watcher.start()

    def begin(self, phase: str) -> None:
        """What follows is counted under this name."""
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self.beats.phase = phase

    def stop(self) -> Beats:
        """End, and return what was counted."""
        self._timer.stop()
        self._over.set()
        return self.beats

    @Slot()
    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.beats.add(now - self._last - INTERVAL_MS / 1000, worked - self._worked)
        self._last, self._worked = now, worked

    def _watch(self) -> None:
        while not self._over.wait(0.010):
            late = time.perf_counter() - self._last - INTERVAL_MS / 1000
            if late < LATE_SECONDS:
                continue
            frames = sys._current_frames()
            names = {thread.ident: thread.name for thread in threading.enumerate()}
            told = [f"--- late by {1000 * late:.0f} ms, {self.beats.phase}"]
            for ident, frame in frames.items():
                if ident == threading.get_ident():
                    continue
                name = "GUI" if ident == self._gui else names.get(ident, "?")
                stack = traceback.extract_stack(frame)[-(12 if name == "GUI" else 4) :]
                told += [f"  [{name}]", *(f"    {s.filename[-50:]}:{s.lineno} {s.name}" for s in stack)]
            self.seen.append("\n".join(told))


def beat_alone() -> None:
    """The floor: beat until standard input ends, then print the worst gap and the blocks."""
    qt = QCoreApplication([])
    heart = Heartbeat()
    heart.begin("alone")

    def wait() -> None:
        sys.stdin.read()
        qt.quit()

    threading.Thread(target=wait, daemon=True).start()
    qt.exec()
    beats = heart.stop()
    print(f"{beats.worst():.3f} {beats.blocks()}")


if __name__ == "__main__":
    beat_alone()
