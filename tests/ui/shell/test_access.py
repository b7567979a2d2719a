"""What a screen reader and a keyboard find in the window and the customer list."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shell.conftest import FakeProgram
from ui.application import Application


def focusable(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        internal = widget.objectName().startswith("qt_")
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not internal:
            yield widget


def test_everything_that_takes_the_focus_has_a_name(
    qtbot: QtBot, application: Application, program: FakeProgram
) -> None:
    application.show()
    qtbot.waitUntil(lambda: application.samverka is not None)
    nameless = []
    for widget in focusable(application.window):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        if not name and not isinstance(widget, QAbstractButton):
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
        if isinstance(widget, QAbstractButton) and not name and widget.isVisible():
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []


def test_the_focus_moves_between_the_parts_of_the_window(qtbot: QtBot, application: Application) -> None:
    application.show()
    qtbot.waitUntil(lambda: application.samverka is not None)
    window = application.window
    window.actions_registry["next_pane"].trigger()
    first = window.focusWidget()
    window.actions_registry["next_pane"].trigger()
    assert window.focusWidget() is not first


def test_arrows_and_enter_choose_in_the_navigation(qtbot: QtBot, application: Application) -> None:
    application.show()
    qtbot.waitUntil(lambda: application.samverka is not None)
    navigation = application.window.navigation
    navigation.take_focus()
    today = navigation.findChild(QAbstractButton, "navigation_today")
    assert today.hasFocus() or application.window.focusWidget() is today
    qtbot.keyClick(today, Qt.Key.Key_Down)
    outbox = navigation.findChild(QAbstractButton, "navigation_outbox")
    assert application.window.focusWidget() is outbox
    qtbot.keyClick(outbox, Qt.Key.Key_Return)
    assert application.window.current_screen == "outbox"
