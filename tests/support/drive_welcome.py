"""Opens the program on an empty profile, chooses the sample firm as a person would, and says what came of it.

Run as a program of its own: ``python -m tests.support.drive_welcome FOLDER``. `run_application` makes the
QApplication, which a test's process has already.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from app.bootstrap import Start
from app.commandline.sample_profile import KeyInMemory
from app.paths import Profile
from ui.main_window import MainWindow
from ui.program import BootstrapProgram
from ui.running import run_application

POLL_MILLISECONDS = 100


class Person(QObject):
    """Looks at the window now and then and does the next thing."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[dict[str, Any]] = []
        self._seen: MainWindow | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(POLL_MILLISECONDS)

    def _look(self) -> None:
        window = next((w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)), None)
        if window is None:
            return
        if window.current_screen == "welcome":
            button = window.findChild(QPushButton, "welcomeTry")
            if button is not None and button.isEnabled() and not self.windows:
                self.windows.append({"sample": window.sample, "screen": window.current_screen})
                button.click()
        elif window.sample and any("Uppdaterat" in text for text in window.status_line.texts):
            self.windows.append({"sample": window.sample, "screen": window.current_screen})
            self._timer.stop()
            window.close()


class DrivenProgram(BootstrapProgram):
    """The real one; brings the person in when the first window is about to be made."""

    person: Person | None = None

    def load_preferences(self) -> Any:
        if self.person is None:
            self.person = Person()
        return super().load_preferences()


def main(folder: Path) -> int:
    """Open the program and print the windows that were seen as JSON."""
    profile = Profile(folder)
    program = DrivenProgram(Start(profile, key_store=KeyInMemory()))
    status = run_application(profile, language="sv", theme="light", program=program)
    windows = program.person.windows if program.person is not None else []
    print(json.dumps({"status": status, "windows": windows}))
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
