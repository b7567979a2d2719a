"""The application's events as one Qt signal on the GUI thread.

`Samverka.events.subscribe(fn)` calls `fn` with a frozen "what changed" value on whichever thread wrote.
Each screen decides what of it concerns it.
"""

import queue
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ui.bell import Bell


class EventBridge(QObject):
    """Emits `changed(value)` on the GUI thread, in the order in which the values were published."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("eventBridge")
        self._queue: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._unsubscribe: Callable[[], None] | None = None
        self._open = True
        self._bell = Bell(self)
        self._bell.rung.connect(self._emit)

    def listen(self) -> None:
        """From now on what other threads publish is heard of, and what they have published before."""
        self._bell.listen()

    def attach(self, subscribe: Callable[[Callable[[Any], None]], Any]) -> None:
        """Begin to listen. `subscribe` may return a function that ends it."""
        self.listen()
        ended = subscribe(self.publish)
        self._unsubscribe = ended if callable(ended) else None

    def publish(self, value: Any) -> None:
        """Called on any thread."""
        self._queue.put(value)
        if self._open:
            self._bell.ring()

    def close(self) -> None:
        """Stop listening; what has not been emitted is dropped."""
        self._open = False
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._bell.close()

    @Slot()
    def _emit(self) -> None:
        while self._open:
            try:
                value = self._queue.get_nowait()
            except queue.Empty:
                return
            self.changed.emit(value)
