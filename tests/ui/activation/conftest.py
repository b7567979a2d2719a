"""A desk to activate at, for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.activation_facts import CustomerFacts
from tests.support.activation_desk import Desk
from ui.activation.dialog import ActivationDialog
from ui.theme import Theme

MakeDesk = Callable[..., Desk]


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """Return the light theme, applied once: it restyles every widget that lives."""
    made = Theme("light")
    made.install(qapp)
    return made


@pytest.fixture
def make_desk(tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[MakeDesk]:
    """Return what makes a desk; all of them are put away at the end."""
    desks: list[Desk] = []

    def make(*facts: CustomerFacts, online: bool = True, language: str = "sv") -> Desk:
        folder = tmp_path / f"desk{len(desks)}"
        folder.mkdir()
        desks.append(Desk(folder, theme, *facts, online=online, language=language))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def open_wizard(qtbot: QtBot) -> Iterator[Callable[..., ActivationDialog]]:
    """Return what opens the wizard at a desk, shown and with its first answers in."""
    opened: list[ActivationDialog] = []

    def make(desk: Desk, **arguments: str) -> ActivationDialog:
        dialog = ActivationDialog(desk.context)
        opened.append(dialog)
        if arguments:
            dialog.open_with(**arguments)
        else:
            dialog.begin_if_idle()
        dialog.show()
        desk.settle()
        return dialog

    yield make
    for dialog in opened:
        dialog.hide()
        dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
