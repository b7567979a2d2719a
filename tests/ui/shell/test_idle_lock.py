"""Nobody touches the program: its windows are covered, and everything is there again afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.errors import SamverkaError
from tests.ui.shell.conftest import FakeProgram
from ui.application import Application
from ui.idle_lock import IdleLock
from ui.lock_dialog import LockDialog
from ui.widgets.dialogs import show_modal

Ready = Callable[[int], IdleLock]


@pytest.fixture
def ready(qtbot: QtBot, application: Application, program: FakeProgram) -> Ready:
    """Return what opens the program with a lock after so many minutes."""

    def open_with(minutes: int) -> IdleLock:
        program.preferences.lock_minutes = minutes
        application.show()
        qtbot.waitUntil(lambda: application.samverka is not None)
        found = application.window.findChild(IdleLock)
        assert isinstance(found, IdleLock)
        return found

    return open_with


def wait(program: FakeProgram, lock: IdleLock, minutes: float) -> None:
    """Let time go by, and the lock look at the clock."""
    program.clock.advance(timedelta(minutes=minutes))
    lock.look()


def question(window: QWidget) -> LockDialog:
    found = next((one for one in window.findChildren(LockDialog) if one.isVisible()), None)
    assert found is not None
    return found


def covers(window: QWidget) -> list[QWidget]:
    return [one for one in window.findChildren(QWidget, "lockCover") if one.isVisible()]


def hole_in(dialog: LockDialog) -> int:
    """Return by how many pixels the dialog is higher than what is written in it and shown."""
    layout = dialog.layout()
    shown = [item for at in range(layout.count()) if not (item := layout.itemAt(at)).isEmpty()]
    lines = [one.widget() for one in shown if isinstance(one.widget(), QLabel)]
    assert all(line.text() for line in lines), "a line without a word is a hole, too"
    return dialog.height() - layout.totalHeightForWidth(dialog.width())


def press(dialog: LockDialog) -> None:
    dialog.findChild(QPushButton, "lockContinue").click()


def form(window: QWidget, title: str) -> tuple[QDialog, QLineEdit]:
    dialog = QDialog(window)
    dialog.setWindowTitle(title)
    field = QLineEdit(dialog)
    QVBoxLayout(dialog).addWidget(field)
    show_modal(dialog)
    return dialog, field


def test_it_locks_when_the_minutes_have_gone_and_not_before(
    ready: Ready, application: Application, program: FakeProgram
) -> None:
    lock = ready(10)
    wait(program, lock, 9.9)
    assert not lock.is_locked
    wait(program, lock, 0.1)
    assert lock.is_locked
    [cover] = covers(application.window)
    assert cover.rect() == application.window.rect()
    dialog = question(application.window)
    assert "10 minuter" in dialog.findChild(QLabel, "lockBody").text()
    assert not dialog.field.isVisible()
    assert hole_in(dialog) == 0
    press(dialog)
    assert not lock.is_locked
    assert covers(application.window) == []
    wait(program, lock, 9.9)
    assert not lock.is_locked


def test_a_touch_begins_the_minutes_anew(
    ready: Ready, application: Application, program: FakeProgram
) -> None:
    lock = ready(10)
    handle = application.window.windowHandle()
    for touch in (
        lambda: QTest.keyClick(handle, Qt.Key.Key_Shift),
        lambda: QTest.mouseMove(handle, QPoint(30, 40)),
    ):
        wait(program, lock, 9)
        touch()
    wait(program, lock, 9)
    assert not lock.is_locked
    wait(program, lock, 1)
    assert lock.is_locked
    press(question(application.window))


def test_never_is_never_and_the_command_locks_at_once(
    ready: Ready, application: Application, program: FakeProgram
) -> None:
    lock = ready(0)
    wait(program, lock, 10_000)
    assert not lock.is_locked
    application.context.actions["lock"].trigger()
    assert lock.is_locked
    press(question(application.window))
    application.context.choose("lock_minutes", "5")
    assert program.preferences.lock_minutes == 5
    wait(program, lock, 5)
    assert lock.is_locked
    press(question(application.window))


def test_a_passphrase_is_asked_for_and_another_one_opens_nothing(
    ready: Ready, application: Application, program: FakeProgram, qtbot: QtBot
) -> None:
    program.right_passphrase = "norrsken och kaffe"
    lock = ready(5)
    wait(program, lock, 5)
    dialog = question(application.window)
    for way_out in (dialog.reject, dialog.close, lambda: QTest.keyClick(dialog, Qt.Key.Key_Escape)):
        way_out()
        assert lock.is_locked
        assert dialog.isVisible()
    assert not dialog.go_on.isEnabled()
    assert hole_in(dialog) == 0
    qtbot.keyClicks(dialog.field, "norrsken utan kaffe")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    told = dialog.findChild(QLabel, "lockTold")
    qtbot.waitUntil(lambda: "stämmer inte" in told.text())
    assert lock.is_locked
    assert hole_in(dialog) == 0
    assert dialog.field.text() == ""
    qtbot.keyClicks(dialog.field, "norrsken och kaffe")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not lock.is_locked)
    assert covers(application.window) == []


@pytest.mark.parametrize("error", [SamverkaError("disk_full"), OSError("the folder is gone")])
def test_a_passphrase_that_cannot_be_tried_is_told_and_typed_again(
    ready: Ready, application: Application, program: FakeProgram, qtbot: QtBot, error: Exception
) -> None:
    program.right_passphrase, program.check_error = "norrsken och kaffe", error
    lock = ready(5)
    wait(program, lock, 5)
    dialog = question(application.window)
    told = dialog.findChild(QLabel, "lockTold")
    qtbot.keyClicks(dialog.field, "norrsken och kaffe")
    press(dialog)
    qtbot.waitUntil(lambda: told.text() != "")
    assert lock.is_locked
    assert dialog.field.isEnabled()
    program.check_error = None
    qtbot.keyClicks(dialog.field, "norrsken och kaffe")
    press(dialog)
    qtbot.waitUntil(lambda: not lock.is_locked)


def test_an_open_dialog_is_covered_and_keeps_what_was_typed(
    ready: Ready, application: Application, program: FakeProgram, qtbot: QtBot
) -> None:
    lock = ready(5)
    dialog, field = form(application.window, "Kunden Almgrens Bygg AB")
    qtbot.keyClicks(field, "half")
    field.setFocus()
    menu = QMenu(dialog)
    menu.addAction("Almgrens Bygg AB")
    menu.popup(dialog.mapToGlobal(QPoint(1, 1)))
    wait(program, lock, 5)
    assert not menu.isVisible()
    assert len(covers(dialog)) == 1
    assert dialog.windowTitle() == "Samverka"
    dialog.setWindowTitle("Kunden Almgrens Bygg AB, ändrad")
    assert dialog.windowTitle() == "Samverka"
    dialog.resize(500, 300)
    assert covers(dialog)[0].size() == dialog.size()
    press(question(application.window))
    assert dialog.isVisible()
    assert dialog.windowTitle() == "Kunden Almgrens Bygg AB, ändrad"
    assert covers(dialog) == []
    assert field.text() == "half"
    qtbot.keyClicks(field, " done")
    assert field.text() == "half done"


def test_what_opens_while_it_is_locked_is_covered_and_does_not_take_the_keyboard(
    ready: Ready, application: Application, program: FakeProgram, qtbot: QtBot
) -> None:
    lock = ready(5)
    wait(program, lock, 5)
    later, _ = form(application.window, "Kunden Almgrens Bygg AB")
    assert len(covers(later)) == 1
    asked = question(application.window)
    qtbot.waitUntil(lambda: QWidget.window(asked) is asked and asked.isActiveWindow())
    press(asked)
    assert covers(later) == []
    assert later.windowTitle() == "Kunden Almgrens Bygg AB"
    assert later.isVisible()


def test_a_dialog_that_closes_behind_its_cover_is_no_hindrance(
    ready: Ready, application: Application, program: FakeProgram, qtbot: QtBot
) -> None:
    lock = ready(5)
    dialog, _ = form(application.window, "Kund")
    wait(program, lock, 5)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.accept()
    press(question(application.window))
    assert not lock.is_locked
