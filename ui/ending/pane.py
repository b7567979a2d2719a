"""The screen *Avsluta samarbeten*: a dialog."""

from PySide6.QtWidgets import QWidget

from ui.ending.dialog import EndingDialog
from ui.screens import ScreenContext


def create_pane(context: ScreenContext) -> QWidget:
    """Make the dialog; the window shows it."""
    return EndingDialog(context)
