"""Pictures of what a button opens, for the `PICTURES` of screens (see ui.screenshots)."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.screenshots import Studio
from ui.widgets.table import Table

W = TypeVar("W", bound=QWidget)
Draw = Callable[[Studio], QWidget]


def pressed(screen: str, *buttons: str, row: str = "", ticked: str = "", **arguments: Any) -> Draw:
    """Go to the screen, choose the first row of the list `row`, tick three of `ticked`, press the buttons.

    `arguments` open the screen; without any it is opened with what the studio has for it. Draws the dialog
    that stands open then, or the window. Raises LookupError where there is no such button or list.
    """

    def draw(studio: Studio) -> QWidget:
        window = studio.context.window
        studio.context.navigate(screen, **(arguments or studio.arguments_for(screen)))
        studio.settle()
        if row:
            found(window, Table, row).selectRow(0)
        if ticked:
            rows = found(window, Table, ticked).rows
            first = [rows.key_at(at) for at in range(min(3, rows.rowCount()))]
            rows.set_ticked([key for key in first if key is not None])
        for name in buttons:
            studio.settle()
            found(window, QAbstractButton, name).click()
        studio.settle()
        return shown(studio)

    return draw


def shown(studio: Studio) -> QWidget:
    """The dialog that stands open on top, or the window."""
    dialogs = studio.dialogs()
    return dialogs[-1] if dialogs else studio.context.window


def found(window: QWidget, kind: type[W], name: str) -> W:
    """The widget with this name. Raises LookupError."""
    widget = window.findChild(kind, name)
    if widget is None:
        raise LookupError(name)
    return widget
