"""A person at the window: finds widgets by name, presses, types, waits and reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Start
from app.config import change_config
from app.paths import Profile
from app.remote.one_click import click_sample_sign_in
from ui.application import Application
from ui.program import BootstrapProgram
from ui.widgets.info_bar import InfoBar
from ui.widgets.table import Table

W = TypeVar("W", bound=QWidget)
PATIENCE = 60_000


class Person:
    """Opens the program on a profile and works in it. Close it at the end."""

    def __init__(
        self,
        qtbot: QtBot,
        qapp: QApplication,
        folder: Path,
        *,
        server_url: str = "",
        files: Sequence[Path] = (),
    ) -> None:
        self._qtbot = qtbot
        self._closed = False
        profile = Profile(folder)
        if server_url:
            profile.prepare()
            change_config(profile, server_url=server_url, sample=False, welcome_done=True)
        self.start = Start(profile, demo=not server_url)
        program = BootstrapProgram(self.start)
        program.lock()
        self.application = Application(qapp, program, language="sv", theme="light", files=files)
        self.window = self.application.window
        self.window.resize(1440, 900)

    def open(self) -> None:
        """Show the window and wait until the use cases are there."""
        self.application.show()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "the window has the keyboard")
        self.until(lambda: self.application.samverka is not None, "the use cases are there")

    @property
    def samverka(self) -> Any:
        """The use cases, for reading what the person cannot see and for the browser's part of sign-in."""
        return self.application.samverka

    def close(self) -> None:
        """Close the window as a person does and wait until everything is down; twice is once."""
        if self._closed:
            return
        self._closed = True
        self.window.hide()
        self.application.shut_down()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # Waiting and finding

    def until(self, holds: Callable[[], object], what: str) -> None:
        """Wait until something holds; says what did not where it never does."""

        def holds_or_failed() -> bool:
            return self.has("messageDetails") or bool(holds())

        try:
            self._qtbot.waitUntil(holds_or_failed, timeout=PATIENCE)
        except BaseException as error:
            raise AssertionError(f"never happened: {what}\n{self.seen()}") from error
        assert not self.has("messageDetails"), f"an error instead of: {what}\n{self.seen()}"

    def find(self, kind: type[W], name: str) -> W:
        """Return the visible widget of that name, in whichever window it is."""
        for top in self._windows():
            for found in top.findChildren(kind, name):
                if found.isVisible():
                    return found
        raise AssertionError(f"{name} is not shown\n{self.seen()}")

    def has(self, name: str) -> bool:
        """Tell whether a widget of that name is visible."""
        return any(w.isVisible() for top in self._windows() for w in top.findChildren(QWidget, name))

    def seen(self) -> str:
        """Return every text that is visible now."""
        parts: list[str] = []
        for top in self._windows():
            parts += [one.text() for one in top.findChildren(QLabel) if one.isVisible()]
            parts += [one.accessibleName() for one in top.findChildren(InfoBar) if one.isVisible()]
            parts += [one.text() for one in top.findChildren(QPushButton) if one.isVisible()]
        return "\n".join(part for part in parts if part)

    def sees(self, text: str) -> bool:
        """Tell whether the text is visible."""
        return text in self.seen()

    def dialog(self) -> QDialog:
        """Return the dialog that is open."""
        found = [top for top in self._windows() if isinstance(top, QDialog)]
        assert found, "no dialog is open"
        return found[-1]

    def rows(self, table_name: str) -> list[str]:
        """Return the sentence of each row that is loaded, as a screen reader says it."""
        model = self.find(Table, table_name).rows
        loaded = (model.row_at(at) for at in range(model.rowCount()))
        return [model.sentence(row) for row in loaded if row is not None]

    def ids(self, table_name: str) -> list[str]:
        """Return the ids of the rows in order."""
        model = self.find(Table, table_name).rows
        return [model.id_at(at) for at in range(model.rowCount())]

    # Doing

    def go(self, screen: str) -> None:
        """Go to a screen by its shortcut, as from any place of the window."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "the window has the keyboard")
        numbers = [spec.key for spec in self.window.list_screens() if spec.place == "navigation"]
        key = Qt.Key(Qt.Key.Key_1.value + numbers.index(screen))
        QTest.keyClick(self.window, key, Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: self.window.current_screen == screen, f"{screen} is shown")

    def press(self, name: str) -> None:
        """Press a button with the mouse when it can be pressed."""
        self.until(lambda: self.has(name), f"{name} is shown")
        button = self.find(QPushButton, name)
        self.until(button.isEnabled, f"{name} can be pressed ({button.toolTip()})")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def key(self, name: str, key: Qt.Key) -> None:
        """Press a key in a widget."""
        widget = self.find(QWidget, name)
        widget.setFocus()
        QTest.keyClick(widget, key)

    def type(self, name: str, text: str) -> None:
        """Empty a field and type into it."""
        widget = self.find(QWidget, name)
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(widget, Qt.Key.Key_Delete)
        for char in text:
            # QTest knows the keys of ASCII only and aborts at å; the widget gets what a keyboard sends.
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, char))

    def tick(self, name: str) -> None:
        """Tick a box with the space bar."""
        self.until(lambda: self.has(name), f"{name} is shown")
        self.key(name, Qt.Key.Key_Space)

    def choose_row(self, table_name: str, row_id: str) -> None:
        """Click a row of a list."""
        table = self.find(Table, table_name)
        self.until(lambda: row_id in self.ids(table_name), f"{row_id} is in {table_name}")
        position = table.rows.position_of(row_id)
        index = table.model().index(position, table.rows.columnCount() - 1)
        table.scrollTo(index)
        QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center() - QPoint(0, 0)
        )

    def choose(self, name: str, text: str) -> None:
        """Choose in a combo box by its text."""
        box = self.find(QComboBox, name)
        at = next((i for i in range(box.count()) if text in box.itemText(i)), -1)
        assert at >= 0, [box.itemText(i) for i in range(box.count())]
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Home)
        while box.currentIndex() < at:
            QTest.keyClick(box, Qt.Key.Key_Down)

    def sign_in(self) -> None:
        """Sign in to the sample firm: a click in the browser, the same path as for everybody."""
        self.application.background.run(
            lambda: self.samverka.session.sign_in(click_sample_sign_in), lane="pool"
        )
        self.until(lambda: self.samverka.session.who_am_i().is_signed_in, "signed in")

    def _windows(self) -> list[QWidget]:
        return [top for top in QApplication.topLevelWidgets() if top.isVisible()]
