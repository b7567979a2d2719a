"""A field that counts only while a box or a choice before it is ticked."""

from PySide6.QtWidgets import QAbstractButton, QWidget


def depend_on(field: QWidget, tick: QAbstractButton, reason: str) -> None:
    """Let the field be enabled while `tick` is; otherwise it says why it is not, to eyes and to ears."""

    def show(is_ticked: bool) -> None:
        field.setEnabled(is_ticked)
        field.setToolTip("" if is_ticked else reason)
        field.setAccessibleDescription("" if is_ticked else reason)

    tick.toggled.connect(show)
    show(tick.isChecked())
