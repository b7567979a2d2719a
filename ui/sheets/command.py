"""Lists as pages without a window, for the command line."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from ui.exchange.export import LIST_NAMES
from ui.sheets.table_paper import TablePages
from ui.theme import Theme
from ui.translation import Languages


class _Pages(TablePages):
    """Keeps Qt's application and the language for as long as pages are painted."""

    def __init__(
        self, application: QCoreApplication, languages: Languages, title: str, firm: str, now: datetime
    ) -> None:
        super().__init__(title, firm, now)
        self._kept = (application, languages)


def table_pages(table: str, firm: str, now: datetime, language: str) -> Callable[..., None]:
    """Return the function that writes this list as a PDF; nothing is shown on a display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QCoreApplication.instance() or QApplication(["samverka"])
    if isinstance(application, QApplication):
        Theme("light").install(application)
    languages = Languages()
    languages.choose(language)
    title = QCoreApplication.translate("ListExport", LIST_NAMES[table]).capitalize()
    return _Pages(application, languages, title, firm, now).write
