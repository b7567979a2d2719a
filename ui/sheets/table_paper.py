"""A list on paper: lying pages with the firm, the age of the data and page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.formats import moment_text, number_text
from ui.sheets.paper import Paper, table_html, title_html, write_pdf
from ui.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from app.usecases.tables import Exported, Table

MOST_COLUMNS = 9
"""So many columns fit on a lying page; the first ones are those that tell the rows apart."""


def _tr(source: str) -> str:
    return QCoreApplication.translate("TablePaper", source)


def table_paper(
    title: str, firm: str, words: Sequence[str], table: Table, exported: Exported, now: datetime
) -> Paper:
    """The whole list, columns without any value left out, with how old it is and what is unsent in it."""
    used = [at for at in range(len(words)) if any(row[at] for row in table.rows)][:MOST_COLUMNS]
    rows = [[row[at] for at in used] for row in table.rows]
    rows_said = _tr(QT_TRANSLATE_NOOP("TablePaper", "Rader: %1"))
    told = [rows_said.replace("%1", number_text(exported.rows))]
    if exported.pulled_at is not None:
        age = _tr(QT_TRANSLATE_NOOP("TablePaper", "uppgifter från %1"))
        told.append(age.replace("%1", moment_text(exported.pulled_at, now)))
    if exported.unsent:
        unsent = _tr(QT_TRANSLATE_NOOP("TablePaper", "ändringar som inte är skickade: %1"))
        told.append(unsent.replace("%1", number_text(exported.unsent)))
    day = now.astimezone().date().isoformat()
    body = title_html(title, " · ".join([firm, *told])) + table_html([words[at] for at in used], rows)
    return Paper(title=title, body=body, foot=f"{firm} · {title} · {day}", landscape=True)


class TablePages:
    """Writes lists as pages; for ``Tables.export_with``."""

    def __init__(self, title: str, firm: str, now: datetime) -> None:
        self._title = title
        self._firm = firm
        self._now = now

    def write(self, path: Path, words: Sequence[str], table: Table, exported: Exported) -> None:
        """Write the PDF. Raises PaperError."""
        write_pdf(table_paper(self._title, self._firm, words, table, exported, self._now), path)
