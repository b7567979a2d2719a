"""Widgets that say their texts anew when the language is changed at run time."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Translated(QWidget):
    """Mixed into, or the base of, every widget with texts of its own: all of them are set in `retranslate`.
    """

    def retranslate(self) -> None:
        """Set every text; called by the subclass when it is built and by Qt when the language changes."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
