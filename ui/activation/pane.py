"""The screen *Aktivera tjänst*."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui.activation.dialog import ActivationDialog
from ui.screens import ScreenContext


def create_pane(context: ScreenContext) -> QWidget:
    """The wizard; `open_with(customer_id=…)` or `open_with(draft_id=…)` before it is opened."""
    dialog = ActivationDialog(context)
    # `open_with` comes before the dialog's event loop; without it the wizard begins with no customer.
    QTimer.singleShot(0, dialog, dialog.begin_if_idle)
    return dialog
