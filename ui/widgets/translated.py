"""Widgets that say their texts anew when the language is changed at run time.

Subclasses set every text in `retranslate` and call it once themselves when they are built.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QFrame, QWidget

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object  # two classes of Qt among the bases crash: the mixin is a plain one at run time


class Retranslating(_Base):
    """Mixed in before a class of Qt."""

    def retranslate(self) -> None:
        """Set every text."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class Translated(Retranslating, QWidget):
    """A widget with texts of its own."""


class TranslatedFrame(Retranslating, QFrame):
    """A frame with texts of its own."""


class TranslatedDialog(Retranslating, QDialog):
    """A dialog with texts of its own."""
