"""The export of a list to csv, a workbook or pages: where to, the writing, and what is told afterwards.

A pane makes one `ListExport`, gives `export` among its `handled_actions` and a button of its header that
follows the action.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.assets import resources
from ui.background import Lane
from ui.formats import moment_text, with_figure
from ui.screens import ScreenContext
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.saving import ask_where

if TYPE_CHECKING:
    from app.usecases.tables import Exported

LIST_NAMES = {
    "customers": QT_TRANSLATE_NOOP("ListExport", "kunder"),
    "collaborations": QT_TRANSLATE_NOOP("ListExport", "samarbeten"),
    "invitations": QT_TRANSLATE_NOOP("ListExport", "inbjudningar"),
    "access": QT_TRANSLATE_NOOP("ListExport", "tillgång"),
}


@dataclass(frozen=True, slots=True)
class _Done:
    file: str
    exported: Exported
    now: datetime


def _headings(language: str) -> dict[str, str]:
    """The words of the columns and of the codes in them, those that the command line writes."""
    import tomllib  # not for the first picture

    with (resources() / "commandline" / f"{language}.toml").open("rb") as file:
        read: dict[str, dict[str, str]] = tomllib.load(file)
    return {**read["columns"], **read["values"]}


class ListExport(QObject):
    """Writes one list whole, whatever filter is on the screen. Personal numbers stay masked."""

    def __init__(self, context: ScreenContext, table: str, pane: QWidget) -> None:
        super().__init__(pane)
        self._context = context
        self._table = table
        self._pane = pane

    def ask(self) -> None:
        """Ask for the file and write it."""
        today = self._context.samverka.clock.today().isoformat()
        dialog = ask_where(
            self._pane,
            self.tr("Exportera"),
            name="exportFile",
            file=f"{self.tr(LIST_NAMES[self._table])} {today}.xlsx",
            filters=[
                self.tr("Excel-arbetsbok") + " (*.xlsx)",
                self.tr("Kommaseparerad lista") + " (*.csv)",
                "PDF (*.pdf)",
            ],
            chosen=self._file_chosen,
        )
        dialog.filterSelected.connect(self._filter_selected)

    @Slot(str)
    def _filter_selected(self, chosen: str) -> None:
        dialog = self.sender()
        if isinstance(dialog, QFileDialog):
            dialog.setDefaultSuffix(chosen.rpartition("*.")[2].rstrip(")"))

    @Slot(str)
    def _file_chosen(self, file: str) -> None:
        self.write(Path(file))

    def write(self, path: Path) -> None:
        """Write the list to this file and say what is in it."""
        samverka, language, table = self._context.samverka, self._context.messages.language, self._table

        title, headings = self.tr(LIST_NAMES[table]).capitalize(), _headings(language)

        def work() -> _Done:
            now = samverka.clock.now()
            if path.suffix.lower() == ".pdf":
                from ui.sheets.table_paper import TablePages

                firm = samverka.workspace.firm()
                pages = TablePages(
                    title, firm.name if firm is not None else "", now, samverka.courtesy.give_way
                )
                exported = samverka.tables.export_with(pages.write, table, path, headings, language=language)
            else:
                exported = samverka.tables.export(table, path, headings, language=language)
            return _Done(path.name, exported, now)

        self._context.background.run(work, self._written, lane=Lane.POOL)

    @Slot(object)
    def _written(self, done: _Done) -> None:
        rows = done.exported.rows
        counted = self.tr("%n rader", "", rows)
        parts = [f"{done.file}: {with_figure(counted, rows)}"]
        pulled_at = done.exported.pulled_at
        if pulled_at is not None:
            parts.append(self.tr("uppgifter från %1").replace("%1", moment_text(pulled_at, done.now)))
        if done.exported.unsent:
            parts.append(self.tr("med %n ändringar som inte är skickade", "", done.exported.unsent))
        self._context.toast(" · ".join(parts))
