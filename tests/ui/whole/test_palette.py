"""The palette finds screens, commands, services by every name that they have had, and customers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.whole.conftest import OpenStudio
from ui.main_window import MainWindow
from ui.palette_search import PaletteSearch
from ui.widgets.command_palette import CommandPalette
from ui.widgets.table import Table


def open_palette(open_studio: OpenStudio) -> tuple[MainWindow, CommandPalette]:
    studio = open_studio("sv")
    window = studio.context.window
    assert isinstance(window, MainWindow)
    window.set_palette_search(PaletteSearch(studio.context).find)
    studio.visit("today")
    window.open_palette()
    palette = window.findChild(CommandPalette)
    assert palette is not None
    return window, palette


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("utk", "screen:outbox"),
        ("underhåll", "screen:unlinked"),
        ("Spiris Bokföring", "service:eekonomi"),
        ("eAccounting", "service:eekonomi"),
        ("Lön Smart", "service:lon_smart"),
        ("synkronisera", "action:sync"),
    ],
)
def test_a_place_is_found_by_old_and_new_names(
    qtbot: QtBot, open_studio: OpenStudio, typed: str, key: str
) -> None:
    _, palette = open_palette(open_studio)
    palette.findChild(QLineEdit, "paletteSearch").setText(typed)
    rows = palette.findChild(Table, "paletteList").rows
    qtbot.waitUntil(lambda: key in [rows.id_at(at) for at in range(rows.rowCount())])


def test_a_service_opens_its_collaborations(qtbot: QtBot, open_studio: OpenStudio) -> None:
    window, palette = open_palette(open_studio)
    field = palette.findChild(QLineEdit, "paletteSearch")
    field.setText("spiris")
    rows = palette.findChild(Table, "paletteList").rows
    qtbot.waitUntil(lambda: rows.rowCount() > 0 and rows.id_at(0) == "service:eekonomi")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.current_screen == "collaborations"
    box = window.findChild(QComboBox, "collaborationsService")
    qtbot.waitUntil(lambda: box.currentData() == "eekonomi")


def test_what_is_not_found_is_said(qtbot: QtBot, open_studio: OpenStudio) -> None:
    _, palette = open_palette(open_studio)
    palette.findChild(QLineEdit, "paletteSearch").setText("zzqq")
    empty = palette.findChild(QWidget, "paletteEmpty")
    qtbot.waitUntil(empty.isVisible)
    palette.findChild(QLineEdit, "paletteSearch").setText("utk")
    qtbot.waitUntil(lambda: not empty.isVisible())
