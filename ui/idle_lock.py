"""Lås efter: every window is covered when nobody has touched the program for a while.

A cover protects from eyes, not from thieves: what lies on the disk is encrypted all the time. Where the key
is in the system's keyring the person's sign-in at the computer protects it, and *Fortsätt* is enough; where
a passphrase takes the keyring's place, it is asked for.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ui.background import Lane
from ui.lock_dialog import Cover, LockDialog
from ui.screens import ScreenContext
from ui.widgets.dialogs import show_modal

_log = logging.getLogger(__name__)
_LOOK_MS = 5_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)
_NO_WINDOWS = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)


class IdleLock(QObject):
    """`set_minutes(0)` never locks. `asks()` tells whether a passphrase opens it, `opens(passphrase)` whether
    this one does; that takes a while and is asked on a worker."""

    def __init__(
        self,
        context: ScreenContext,
        *,
        now: Callable[[], datetime],
        asks: Callable[[], bool],
        opens: Callable[[str], bool],
    ) -> None:
        super().__init__(context.window)
        self._window = context.window
        self._theme = context.theme
        self._messages = context.messages
        self._background = context.background
        self._now = now
        self._asks = asks
        self._opens = opens
        self._minutes = 0
        self._touched: datetime = now()
        self._covers: list[Cover] = []
        self._focused: QWidget | None = None
        self._dialog: LockDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def is_locked(self) -> bool:
        """True while the windows are covered."""
        return self._dialog is not None

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many minutes without a touch from now on; 0 is never."""
        self._minutes = max(0, minutes)
        self._touched = self._now()
        if self._minutes:
            self._watch()
            self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Lock if it is time; also after the computer has slept."""
        self._watch()
        if self._minutes and self._now() - self._touched >= timedelta(minutes=self._minutes):
            self.lock(minutes=self._minutes)

    def lock(self, *, minutes: int = 0) -> None:
        """Cover everything now; `minutes` is how long nobody touched it, 0 where the person asked for it."""
        if self._dialog is not None:
            return
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass
        QToolTip.hideText()
        self._focused = QApplication.focusWidget()
        for window in QApplication.topLevelWidgets():
            self._cover(window)
        dialog = LockDialog(self._theme, self._window, minutes=minutes, asks=self._asks())
        dialog.continued.connect(self._continued)
        self._dialog = dialog
        application = QApplication.instance()
        if application is not None:
            # All events pass Python only while it is locked: what opens meanwhile is covered, too.
            application.installEventFilter(self)
        show_modal(dialog)

    def end(self) -> None:
        """The program ends."""
        self._timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a touch of a window; cover what opens while it is locked."""
        kind = event.type()
        if kind in _TOUCHES and isinstance(watched, QWindow):
            self._touched = self._now()
        elif (
            kind == QEvent.Type.Show
            and self._dialog is not None
            and watched is not self._dialog
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and self._cover(watched)
        ):
            QTimer.singleShot(0, self, self._bring_forward)
        return False

    def _watch(self) -> None:
        """Windows come and go; a filter that is there already is not doubled."""
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)

    def _cover(self, window: QWidget) -> bool:
        if window.windowType() in _NO_WINDOWS or not window.isVisible():
            return False
        if any(shiboken6.isValid(cover) and cover.parent() is window for cover in self._covers):
            return False
        self._covers.append(Cover(self._theme, window))
        return True

    @Slot()
    def _bring_forward(self) -> None:
        """The modal dialog that was shown last has the keyboard: that is to be this one."""
        if self._dialog is not None:
            self._dialog.hide()
            self._dialog.show()

    @Slot(str)
    def _continued(self, passphrase: str) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        if not self._asks():
            self._unlock()
            return
        opens = self._opens
        self._background.run(lambda: opens(passphrase), self._was_tried, self._was_not_tried, lane=Lane.POOL)

    @Slot(object)
    def _was_tried(self, is_right: bool) -> None:
        if self._dialog is None:
            return
        if is_right:
            self._unlock()
        else:
            self._dialog.refuse(self._messages.sentence("passphrase_wrong").strip().replace("\n", " "))

    @Slot(object)
    def _was_not_tried(self, error: BaseException) -> None:
        """It could not be found out: said in the question itself, and the person may type again."""
        if not hasattr(error, "code"):
            _log.error("The passphrase could not be tried", exc_info=error)
        if self._dialog is not None:
            self._dialog.refuse(" ".join(self._messages.for_error(error).split()))

    def _unlock(self) -> None:
        dialog, self._dialog = self._dialog, None
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        for cover in self._covers:
            if shiboken6.isValid(cover):
                cover.lift()
        self._covers = []
        if dialog is not None:
            dialog.hide()
            dialog.deleteLater()
        focused, self._focused = self._focused, None
        if focused is not None and shiboken6.isValid(focused) and focused.isVisible():
            focused.window().activateWindow()
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        self._touched = self._now()
