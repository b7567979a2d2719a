"""Hands for the activation wizard: named widgets, mouse and keyboard, and what the person reads."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from app.domain.activation_draft import Step
from app.domain.records import Activation
from app.storage.local_reader import LocalReader
from app.storage.outbox import list_all_live
from tests.support.activation_desk import Desk
from ui.activation.dialog import ActivationDialog
from ui.widgets.info_bar import InfoBar

W = TypeVar("W", bound=QWidget)


def find(dialog: QWidget, kind: type[W], name: str) -> W:
    """Return the widget of that name; a missing one is an error of the test."""
    found = dialog.findChild(kind, name)
    assert found is not None, name
    return found


def press(desk: Desk, dialog: ActivationDialog, name: str) -> None:
    """Press a button as a mouse does, and let what follows happen."""
    button = find(dialog, QPushButton, name)
    assert button.isVisible(), name
    assert button.isEnabled(), f"{name}: {button.toolTip()}"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()


def tick(desk: Desk, dialog: ActivationDialog, name: str) -> None:
    box = find(dialog, QCheckBox, name)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    desk.settle()


def go_on_to(desk: Desk, dialog: ActivationDialog, step: Step) -> None:
    """Press Nästa until the page is there."""
    for _ in range(8):
        if dialog.presenter.step is step:
            return
        press(desk, dialog, "activationNext")
    raise AssertionError(f"stands on {dialog.presenter.step}")


def shown_text(widget: QWidget) -> str:
    """Return every text that is visible in the widget."""
    parts = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    parts += [one.accessibleName() for one in widget.findChildren(InfoBar) if one.isVisible()]
    return "\n".join(parts)


def live_activations(desk: Desk) -> list[Activation]:
    """Return the activations that lie in the outbox."""
    with desk.database.read() as unit:
        entries = [entry for entry in list_all_live(unit) if entry.command.type == "activation.create"]
        reader = LocalReader(unit)
        found = [reader.find("activation", entry.command.entity) for entry in entries]
    return [one for one in found if isinstance(one, Activation)]
