"""A combo box that says when its text is cut, and what several screens do with combo boxes."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QToolTip


class Combo(QComboBox):
    """Qt cuts a choice that has no room in the middle of a letter; here it ends in … and the tooltip has the
    whole. `closed` is emitted when the list of choices has been put away, whatever was chosen.
    """

    closed = Signal()

    def showPopup(self) -> None:
        self.view().removeEventFilter(self)
        self.view().installEventFilter(self)
        super().showPopup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # hidePopup() is not called for every way out: Escape hides the list itself.
        if event.type() == QEvent.Type.Hide:
            self.closed.emit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.shown_text()
        if shown == self.currentText():
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = shown
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def shown_text(self) -> str:
        """The choice as it is painted."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        room = field.width() - (0 if self.itemIcon(self.currentIndex()).isNull() else self.iconSize().width())
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            QToolTip.showText(
                event.globalPos(), self.currentText() if self.shown_text() != self.currentText() else "", self
            )
            return True
        return super().event(event)


def fill_combo(box: QComboBox, wanted: Sequence[tuple[str, Any]], chosen: Any) -> None:
    """Offer these (text, value) without telling that anything was chosen."""
    present = [(box.itemText(at), box.itemData(at)) for at in range(box.count())]
    if present == list(wanted):
        return
    box.blockSignals(True)
    box.clear()
    for text, value in wanted:
        box.addItem(text, value)
    at = next((place for place, (_, value) in enumerate(wanted) if value == chosen), 0)
    box.setCurrentIndex(at)
    box.blockSignals(False)
