"""Wakes the GUI's thread from any other one, without a call into Qt on that thread.

One run of many ended in a segmentation fault in `QMetaObject.invokeMethod`, called on a worker as the window
was being built (decision 109). Here the other thread only writes a byte to a socket, as asyncio's loops do,
and Qt hears it by itself. On Windows these sockets are a connection to the machine itself, which programs
that guard it may forbid or cut: then the window looks now and then.
"""

import contextlib
import logging
import threading
import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

if TYPE_CHECKING:
    from socket import socket

_LOOK_MS = 50
_log = logging.getLogger(__name__)


class Bell(QObject):
    """`rung()` is emitted on the thread that made the bell, once or more after each `ring()`.

    It listens from `listen` on, or from the first `ring` on its own thread: sockets are loaded after the
    first picture.
    """

    rung = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = threading.get_ident()
        self._there: socket | None = None
        self._was_rung = False
        self._is_closed = False
        self._look: QTimer | None = None

    def listen(self) -> None:
        """Begin to listen; called on the thread that made it."""
        if self._there is not None or self._look is not None or self._is_closed:
            return
        import socket

        try:
            self._here, there = socket.socketpair()
        except OSError as error:
            self._look_instead(error)
            return
        for end in (self._here, there):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._heard)
        self._finalizer = weakref.finalize(self, _close, self._here, there)
        self._there = there
        if self._was_rung:
            self.ring()

    def ring(self) -> None:
        """Called on any thread. After `close` nobody hears it."""
        if self._there is None and threading.get_ident() == self._home:
            self.listen()
        self._was_rung = True
        if self._there is not None:
            with contextlib.suppress(OSError):  # full: it is heard all the same; closed, or cut: see _heard
                self._there.send(b"\0")

    def close(self) -> None:
        """Hear no more; called on the thread that made it."""
        if self._look is not None:
            self._look.stop()
        if self._there is not None and not self._is_closed:
            self._notifier.setEnabled(False)
            self._finalizer()
        self._is_closed = True

    @Slot()
    def _heard(self) -> None:
        try:
            while self._here.recv(4096):
                pass
            self._look_instead("the other end is closed")
        except BlockingIOError:
            pass  # nothing more to read
        except OSError as error:
            self._look_instead(error)
        self.rung.emit()

    def _look_instead(self, why: object) -> None:
        """The connection could not be made, or was cut: look whether somebody has rung."""
        _log.warning("the window looks for what other threads have done: %s", why)
        if self._there is not None:
            self._notifier.setEnabled(False)
        self._was_rung = True
        self._look = QTimer(self)
        self._look.timeout.connect(self._look_once)
        self._look.start(_LOOK_MS)

    @Slot()
    def _look_once(self) -> None:
        if self._was_rung:
            self._was_rung = False
            self.rung.emit()


def _close(*ends: "socket") -> None:
    for end in ends:
        end.close()
