"""What draws pictures waits for what a screen is about to do, and leaves no window."""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.ui.whole.conftest import OpenStudio
from ui.screenshots import SOON_MS, Studio


def test_what_a_screen_is_about_to_do_is_waited_for(open_studio: OpenStudio) -> None:
    studio = open_studio("sv")
    done: list[str] = []
    timer = QTimer(studio.context.window)
    timer.setSingleShot(True)
    timer.timeout.connect(lambda: studio.context.background.run(lambda: "asked", done.append))
    timer.start(SOON_MS)
    studio.settle()
    assert done == ["asked"]


def test_a_studio_that_is_closed_leaves_no_window(qapp: QApplication, samverka: Any) -> None:
    studio = Studio(samverka, "light", "sv", (1024, 700), 1.0)
    try:
        window = studio.context.window
        assert shiboken6.isValid(window)
    finally:
        studio.close()
    assert not shiboken6.isValid(window)
