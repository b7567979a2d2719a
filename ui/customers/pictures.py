"""The customer list's filters and columns as `main.py screenshot --sample` draws them."""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

from ui.screens import ScreenContext


class Studio(Protocol):
    """What ui.screenshots gives to whoever draws a picture."""

    context: ScreenContext

    def settle(self) -> None:
        """Wait until everything that was asked is answered."""


def _press(studio: Studio, name: str) -> QWidget:
    studio.context.navigate("customers")
    studio.settle()
    window = studio.context.window
    button = window.findChild(QAbstractButton, name)
    if button is not None:
        button.click()
    studio.settle()
    return window


def _filters(studio: Studio) -> QWidget:
    return _press(studio, "customersMoreFilters")


def _columns(studio: Studio) -> QWidget:
    window = _press(studio, "customersColumns")
    return window.findChild(QDialog, "columnsDialog") or window


PICTURES: Final[Mapping[str, Callable[[Studio], QWidget]]] = {"filters": _filters, "columns": _columns}
