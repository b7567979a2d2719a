"""What a screen reader finds on each screen, page and dialog that can be drawn: name, role and state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.whole.conftest import OpenStudio
from ui.screenshots import screen_keys

ROLE = QAccessible.Role
WITHOUT_MEANING = {ROLE.NoRole, ROLE.Client, ROLE.Pane, ROLE.Grouping}
# Their cells say whole sentences (tests/ui/shell/test_lists.py) and are made as they are asked for.
WITH_ROWS = {ROLE.Table, ROLE.List, ROLE.Tree}
KEYS = screen_keys(sample=True)
# One test for a screen and everything that is drawn of it: opening the program takes longer than looking.
SCREENS = sorted({key.partition(".")[0] for key in KEYS}, key=KEYS.index)


def walk(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Return what a screen reader can reach: what is shown, without the rows of lists."""
    state = interface.state()
    if state.invisible:
        return
    yield interface
    if interface.role() not in WITH_ROWS:
        for at in range(interface.childCount()):
            child = interface.child(at)
            if child is not None and child.isValid():
                yield from walk(child)


def list_faults(top: QWidget) -> list[str]:
    """Return what can have the focus and does not say what it is."""
    root = QAccessible.queryAccessibleInterface(top)
    assert root is not None
    faults = []
    for found in walk(root):
        if not found.state().focusable:
            continue
        owner = found.object()
        name = owner.objectName() if owner is not None else ""
        if name.startswith("qt_") or found.role() in {ROLE.Window, ROLE.Dialog}:
            continue
        place = f"{type(owner).__name__} {name} ({found.role().name})"
        if not found.text(QAccessible.Text.Name).strip():
            faults.append(f"{place} has no name")
        if found.role() in WITHOUT_MEANING:
            faults.append(f"{place} has no role")
        if found.state().disabled and not found.text(QAccessible.Text.Description).strip():
            faults.append(f"{place} {found.text(QAccessible.Text.Name)!r} does not say why it is disabled")
    return faults


@pytest.mark.parametrize("screen", SCREENS)
def test_everything_that_takes_the_focus_says_what_it_is(open_studio: OpenStudio, screen: str) -> None:
    studio = open_studio("sv")
    faults = {}
    for key in (key for key in KEYS if key.partition(".")[0] == screen):
        if found := list_faults(studio.visit(key)):
            faults[key] = sorted(set(found))
    assert faults == {}


def test_what_says_nothing_is_found(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    column = QVBoxLayout(top)
    blocked = QPushButton("Skicka")
    blocked.setEnabled(False)
    for widget in (QLineEdit(), QSpinBox(), QPushButton("Stäng"), blocked):
        column.addWidget(widget)
    top.show()
    found = list_faults(top)
    assert any("QLineEdit" in fault and "no name" in fault for fault in found)
    assert any("QSpinBox" in fault for fault in found)
    assert not any("Stäng" in fault for fault in found)
    blocked.setAccessibleDescription("Inget är valt.")
    assert not any("Skicka" in fault for fault in list_faults(top))
