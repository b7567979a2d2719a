"""The dialog *Välj uppdrag* for a new colleague."""

from PySide6.QtWidgets import QWidget

from ui.engagements.substitute_dialog import JoinDialog
from ui.screens import ScreenContext


def create_pane(context: ScreenContext) -> QWidget:
    """The dialog *Välj uppdrag*."""
    return JoinDialog(context)
