"""What was just done is said where it covers no button."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.toast import Toast


def area(widget: QWidget) -> QRect:
    return QRect(widget.pos(), widget.size())


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def button(window: QWidget, x: int, y: int) -> QPushButton:
    made = QPushButton("Koppla", window)
    made.setGeometry(x, y, 140, 32)
    made.show()
    return made


def test_it_stands_in_the_middle_where_nothing_is_in_the_way(window: QWidget) -> None:
    toast = Toast(Theme("light"), window)
    button(window, 10, 10)
    toast.show_text("Alkistan kopplas", "Ångra", lambda: None)
    assert abs(area(toast).center().x() - 500) <= 1
    assert window.height() - area(toast).bottom() < 80


@pytest.mark.parametrize("places", [[(480, 610)], [(480, 610), (20, 610)]])
def test_it_covers_no_button(window: QWidget, places: list[tuple[int, int]]) -> None:
    toast = Toast(Theme("light"), window)
    buttons = [button(window, x, y) for x, y in places]
    toast.show_text("Alkistan kopplas", "Ångra", lambda: None)
    assert not any(area(toast).intersects(area(one)) for one in buttons)
    assert window.rect().contains(area(toast))


def test_a_button_that_is_not_shown_is_not_in_the_way(window: QWidget) -> None:
    toast = Toast(Theme("light"), window)
    button(window, 480, 610).hide()
    toast.show_text("Alkistan kopplas", "Ångra", lambda: None)
    assert abs(area(toast).center().x() - 500) <= 1
    assert toast.button.mapTo(window, QPoint()).x() > 500  # its own button is not in its way
