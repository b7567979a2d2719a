"""What was just done, with an undo: over the bottom of the window, gone by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui.theme import Theme
from ui.widgets.announce import announce
from ui.widgets.buttons import Button
from ui.widgets.texts import label

_SHOWN_MS = 8_000
_ABOVE_BOTTOM = 56
_AWAY = 8


class Toast(QFrame):
    """One at a time; stays while the pointer is over it or its button has the focus. It covers no button."""

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
        if parent is None:
            return
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bottom = parent.height() - self.height() - _ABOVE_BOTTOM
        middle = QPoint((parent.width() - self.width()) // 2, bottom)
        in_the_way = [QRect(one.mapTo(parent, QPoint()), one.size()) for one in self._buttons_of(parent)]

        def covered(at: QPoint) -> list[QRect]:
            # What was decided by the button that it would cover is decided by it again on the next row.
            return [one for one in in_the_way if one.intersects(QRect(at, self.size()))]

        first = covered(middle)
        beside = min((one.left() for one in first), default=0) - self.width() - _AWAY
        above = min((one.top() for one in first), default=0) - self.height() - _AWAY
        places = (middle, QPoint(beside, bottom), QPoint(_AWAY, bottom), QPoint(middle.x(), above))
        self.move(next((at for at in places if at.x() >= _AWAY and not covered(at)), middle))

    def _buttons_of(self, parent: QWidget) -> list[QPushButton]:
        return [
            one for one in parent.findChildren(QPushButton) if one.isVisible() and not self.isAncestorOf(one)
        ]
