"""Known problems as calm sentences, bugs with details to copy; never two dialogs about one cause."""

import logging
import queue
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget

from ui.bell import Bell
from ui.messages import Messages
from ui.theme import Theme

_log = logging.getLogger(__name__)


class Failures(QObject):
    """`report(error)` may be called on any thread; the dialog opens on the GUI thread.

    `install` takes over `sys.excepthook` and `threading.excepthook`, `uninstall` gives them back.
    """

    def __init__(self, theme: Theme, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("failures")
        self._theme = theme
        self._messages = messages
        self._queue: queue.SimpleQueue[BaseException] = queue.SimpleQueue()
        self._open_causes: set[str] = set()
        self._window: QWidget | None = None
        self._hooks = (sys.excepthook, threading.excepthook)
        self._bell = Bell(self)
        self._bell.rung.connect(self._show)

    def set_window(self, window: QWidget) -> None:
        """The window over which dialogs open."""
        self._window = window

    def install(self) -> None:
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread

    def uninstall(self) -> None:
        sys.excepthook, threading.excepthook = self._hooks

    def listen(self) -> None:
        """From now on errors of other threads are heard of; before the first picture there are no others."""
        self._bell.listen()

    def report(self, error: BaseException) -> None:
        """Show the error; a bug is written to the log with its traceback as well."""
        if not hasattr(error, "code"):
            _log.error("Unexpected error", exc_info=error)
        self._queue.put(error)
        self._bell.ring()

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.report(error)

    def _uncaught_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)

    @Slot()
    def _show(self) -> None:
        while True:
            try:
                error = self._queue.get_nowait()
            except queue.Empty:
                return
            cause = str(getattr(error, "code", "")) or repr(error)
            if cause not in self._open_causes:
                self._open_causes.add(cause)
                self._open(error, cause)

    def _open(self, error: BaseException, cause: str) -> None:
        from ui.widgets.dialogs import MessageDialog, show_modal

        headline, body = self._messages.headline_and_body(error)
        details = self._details(error)
        dialog = MessageDialog(self._theme, headline, body, details=details, parent=self._window)
        dialog.finished.connect(lambda: self._open_causes.discard(cause))
        show_modal(dialog)

    def _details(self, error: BaseException) -> str:
        code = getattr(error, "code", None)
        if isinstance(code, str) and self._messages.is_known(code):
            from app.system_causes import UNKNOWN

            data = getattr(error, "data", {})
            correlation = data.get("correlation_id")
            technical = data.get("technical", "") if data.get("cause") == UNKNOWN else ""
            return f"{code} {correlation or technical}" if correlation or technical else ""
        import traceback

        return "".join(traceback.format_exception(error)).strip()
