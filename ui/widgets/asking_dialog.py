"""A dialog that asks for what it shows."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog

from ui.screens import ScreenContext


class AskingDialog(QDialog):
    """Where its first question fails there is nothing to show: the error is said, and the dialog closes."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context

    @Slot(object)
    def could_not_open(self, error: BaseException) -> None:
        """Say why, and close."""
        self._context.show_error(error)
        self.reject()
