"""The export of a list to a csv file: where to, the writing on the pool, and what is told afterwards.

A pane makes one `ListExport`, gives `export` among its `handled_actions` and a button of its header that
follows the action.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.assets import resources
from ui.background import Lane
from ui.formats import moment_text, with_figure
from ui.screens import ScreenContext
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.dialogs import show_modal

if TYPE_CHECKING:
    from app.usecases.tables import Exported

_NAMES = {
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
    """The columns' words, those that the command line writes."""
    import tomllib  # not for the first picture

    with (resources() / "commandline" / f"{language}.toml").open("rb") as file:
        read: dict[str, str] = tomllib.load(file)["columns"]
    return read


class ListExport(QObject):
    """Writes one list whole, whatever filter is on the screen. Personal numbers stay masked."""

    def __init__(self, context: ScreenContext, table: str, pane: QWidget) -> None:
        super().__init__(pane)
        self._context = context
        self._table = table
        self._pane = pane

    def ask(self) -> None:
        """Ask for the file and write it."""
        dialog = QFileDialog(self._pane, self.tr("Exportera som csv"))
        dialog.setObjectName("exportFile")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Kommaseparerad lista") + " (*.csv)")
        dialog.setDefaultSuffix("csv")
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        if folder:
            dialog.setDirectory(folder)
        today = self._context.samverka.clock.today().isoformat()
        name = self.tr(_NAMES[self._table])
        dialog.selectFile(f"{name} {today}.csv")
        dialog.fileSelected.connect(self._file_chosen)
        show_modal(dialog)

    @Slot(str)
    def _file_chosen(self, file: str) -> None:
        self.write(Path(file))

    def write(self, path: Path) -> None:
        """Write the list to this file and say what is in it."""
        samverka, language, table = self._context.samverka, self._context.messages.language, self._table

        def work() -> _Done:
            exported = samverka.tables.export(table, path, _headings(language), language=language)
            return _Done(path.name, exported, samverka.clock.now())

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
