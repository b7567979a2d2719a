"""What was just done, with an undo: over the bottom of the window, gone by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.announce import announce
from ui.widgets.buttons import Button
from ui.widgets.texts import label

_SHOWN_MS = 8_000


class Toast(QFrame):
    """One at a time; stays while the pointer is over it or its button has the focus."""

    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setProperty("panel", "toast")
        self._undo: Callable[[], None] | None = None
        self._text = label("", "name", name="toastText")
        self.button = Button(theme, name="toastUndo")
        self._row = QHBoxLayout(self)
        self._row.setSpacing(16)
        self._row.addWidget(self._text)
        self._row.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.dismiss)
        self.button.clicked.connect(self._pressed)
        parent.installEventFilter(self)
        self.hide()

    def show_text(self, text: str, undo_text: str = "", undo: Callable[[], None] | None = None) -> None:
        """Show `text`; with `undo` a button that calls it (its verb names what happens: "Ångra")."""
        self._undo = undo
        self._text.setText(text)
        self.button.setText(undo_text)
        has_button = undo is not None and bool(undo_text)
        self.button.setVisible(has_button)
        self._row.setContentsMargins(16, 8, 8 if has_button else 16, 8)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, text)

    def dismiss(self) -> None:
        self._undo = None
        self.hide()
        self.dismissed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def _pressed(self) -> None:
        undo = self._undo
        self.dismiss()
        if undo is not None:
            undo()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - 56)
