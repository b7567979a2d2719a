"""The search field of a pane: answers as one types, Ctrl+F puts the cursor there, Escape empties it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from ui import assets
from ui.theme import Theme

_AROUND_TEXT = 56
"""The icon before the text, the clear button after it, and the edges."""


class SearchField(QLineEdit):
    """`searched(text)` is emitted once per burst of keys, in the same turn of the event loop."""

    searched = Signal(str)
    left_downwards = Signal()

    def __init__(self, theme: Theme, *, name: str = "search", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hint = ""
        self._keys = ""
        self.setObjectName(name)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(theme.px(200))
        self._lead = QAction(self)
        self.addAction(self._lead, QLineEdit.ActionPosition.LeadingPosition)
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(0)
        self._burst.timeout.connect(self._say)
        self.textChanged.connect(self._burst.start)
        theme.changed.connect(self._colour)
        self._colour()

    def set_hint(self, text: str, more: str = "", *, keys: str = "") -> None:
        """What can be searched for; the shortcut is added to it where there is room. `more` says all of it,
        in the tooltip and as the accessible name. `keys` is the shortcut where it is not Ctrl+F, which is the
        window's: a dialog's field has none."""
        self._hint, self._keys = text, keys
        self.setToolTip(more)
        self.setAccessibleName(more or text)
        self._show_hint()

    def _show_hint(self) -> None:
        find = QKeySequence(QKeySequence.StandardKey.Find)
        of_window = find.toString(QKeySequence.SequenceFormat.NativeText)
        keys = self._keys or ("" if isinstance(self.window(), QDialog) else of_window)
        whole = f"{self._hint}   ({keys})" if keys else self._hint
        has_room = self.fontMetrics().horizontalAdvance(whole) <= self.width() - self._theme.px(_AROUND_TEXT)
        self.setPlaceholderText(whole if has_room else self._hint)

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def clear_silently(self) -> None:
        """Empty it without a search: what it was about is no longer shown."""
        self.clear()
        self._burst.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._hint:
            self._show_hint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        self.searched.emit(self.text())

    def _colour(self) -> None:
        self._lead.setIcon(assets.icon("search", self._theme.tokens.text2, 16))
