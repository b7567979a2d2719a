"""The window from its first line to its last: the QApplication, the profile's lock, and opening anew."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from app.errors import ProfileBusyError
from ui.application import Application
from ui.theme import STYLE, STYLE_PROPERTY

if TYPE_CHECKING:
    from ui.program import Program


def make_qt(arguments: Sequence[str] = ()) -> QApplication:
    """The QApplication, named so that settings and window managers find it."""
    # As words: it would make the platform's own style first and throw it away, and whoever touches a QStyle
    # from Python pays 6 ms for its enumerations, which the first picture does not need.
    qt = QApplication([sys.argv[0], "-style", STYLE, *arguments])
    qt.setProperty(STYLE_PROPERTY, STYLE)
    qt.setApplicationName("Samverka")
    qt.setApplicationDisplayName("Samverka")
    qt.setDesktopFileName("samverka")
    qt.setQuitOnLastWindowClosed(False)
    return qt


def run_application(
    profile: Any,
    *,
    demo: bool = False,
    language: str | None = None,
    theme: str | None = None,
    files: Sequence[Path] = (),
    program: "Program | None" = None,
) -> int:
    """Open the window and stay until it is closed; 0 when it was, 3 when the profile could not be had."""
    if program is None:
        from app.bootstrap import Start
        from ui.program import BootstrapProgram

        program = BootstrapProgram(Start(profile, demo=demo))
    try:
        program.lock()
    except ProfileBusyError:
        from PySide6.QtCore import QCoreApplication

        from ui.single_instance import hand_over

        _sockets_need_it = QCoreApplication([sys.argv[0]])
        if hand_over(program.folder, files):
            return 0
        raise
    qt = make_qt()
    while True:
        application = Application(qt, program, language=language, theme=theme, files=files)
        application.show()
        status = qt.exec()
        application.shut_down()
        if not application.wants_restart:
            return status
        application.dispose()
        program.lock()
