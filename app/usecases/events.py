"""One frozen value per write, delivered to everybody who listens, on the thread that wrote."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.domain.what_changed import SyncState, WhatChanged

__all__ = ["Event", "Events", "SyncState", "WhatChanged"]

Event = WhatChanged | SyncState
Listener = Callable[[Event], None]


class Events:
    """Delivers what changed. Listeners are quick and never raise: ui only puts the value in a queue."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every value from now on; the function that is returned ends it."""
        with self._lock:
            self._listeners.append(listener)

        def end() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return end

    def publish(self, event: Event) -> None:
        """Deliver a value. Called after the transaction has been committed, never inside it."""
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(event)
