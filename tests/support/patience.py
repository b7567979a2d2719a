"""pytest-qt's robot with the patience that a machine with other work to do needs.

Its own five seconds are a guess about the machine's speed: a wait ends as soon as what it waits for is so,
and only a test that fails takes the whole time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

PATIENCE_MILLISECONDS = 60_000


class PatientBot(QtBot):
    """Every wait for a state or a signal has at least PATIENCE_MILLISECONDS.

    No wait at all stays none: ``assertNotEmitted`` asks in that way for what has been emitted already.
    """

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MILLISECONDS) -> None:
        """Return when the callback says so. Raises TimeoutError."""
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MILLISECONDS))

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MILLISECONDS, **more: Any) -> Any:
        """Return a context that is left when the signal has come. Raises TimeoutError."""
        patient = max(timeout, PATIENCE_MILLISECONDS) if timeout else 0
        return super().waitSignal(signal, timeout=patient, **more)

    def waitSignals(self, signals: list[Any], *, timeout: int = PATIENCE_MILLISECONDS, **more: Any) -> Any:
        """Return a context that is left when all signals have come. Raises TimeoutError."""
        return super().waitSignals(signals, timeout=max(timeout, PATIENCE_MILLISECONDS), **more)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MILLISECONDS) -> Any:
        """Return a context that is left when the widget is on the screen. Raises TimeoutError."""
        return super().waitExposed(widget, timeout=max(timeout, PATIENCE_MILLISECONDS))

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE_MILLISECONDS) -> Any:
        """Return a context that is left when the widget is the active window. Raises TimeoutError."""
        return super().waitActive(widget, timeout=max(timeout, PATIENCE_MILLISECONDS))
