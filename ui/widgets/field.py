"""A line to write in, with its label over it and what is wrong under it."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit

from ui.widgets.texts import label, set_tone


class FieldLine(QLineEdit):
    """A line that says when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Field(QObject):
    """A line with its label and, under it, what is wrong: said when the field is left, not while typing."""

    left = Signal()

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = label("", "secondary")
        self.title.setContentsMargins(0, 6, 0, 0)
        self.line = FieldLine()
        self.line.setObjectName(name)
        self.line.left.connect(self._was_left)
        self.title.setBuddy(self.line)
        self.error = label("", "secondary", name=f"{name}_error", wrap=True)
        set_tone(self.error, "bad")
        self.error.hide()
        self.was_left = False

    def place(self, grid: QGridLayout, row: int, column: int, span: int = 1) -> None:
        """Put label, line and error under each other."""
        grid.addWidget(self.title, row, column, 1, span)
        grid.addWidget(self.line, row + 1, column, 1, span)
        grid.addWidget(self.error, row + 2, column, 1, span)

    def show_error(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.line.setAccessibleDescription(text)
        if bool(self.line.property("invalid")) != bool(text):
            self.line.setProperty("invalid", "true" if text else None)
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)

    @Slot()
    def _was_left(self) -> None:
        self.was_left = True
        self.left.emit()
