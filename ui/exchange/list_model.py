"""Rows of an import as cells. All rows are in memory; the list holds positions and paints what is seen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from app.usecases.importing import ImportRow
from ui.exchange.preview_list import PreviewList
from ui.exchange.wording import difference_words, group_chip, remark_words
from ui.messages import Messages
from ui.widgets.cells import Cell, Column
from ui.widgets.list_model import Index, ListModel

_ROOT = QModelIndex()


class ImportListModel(ListModel[ImportRow]):
    """`show` is quick at any number of rows. Keys are positions in the preview; ids are the same as text.

    A row that makes no command has no tick.
    """

    def __init__(self, messages: Messages, parent: QObject) -> None:
        self._messages = messages
        self._list: PreviewList | None = None
        self._positions: Sequence[int] = ()
        self.is_locked = False
        super().__init__(tickable=True, parent=parent)

    def columns(self) -> list[Column]:
        return [
            Column(
                key="name", title=self.tr("Kund"), second_title=self.tr("Org.nr"), width=240, stretch=True,
                min_width=190, sortable=False,
            ),
            Column(key="group", title=self.tr("Läge"), width=104, sortable=False),
            Column(
                key="why", title=self.tr("Anmärkning"), width=330, stretch=True, min_width=270,
                sortable=False,
            ),
            Column(
                key="town", title=self.tr("Ort"), width=130, sortable=False, priority=2,
                second_title=self.tr("Postnr"),
            ),
            Column(
                key="contact", title=self.tr("Kontakt"), width=190, sortable=False, priority=3,
                second_title=self.tr("E-post"),
            ),
            Column(
                key="line", title=self.tr("Rad"), second_title=self.tr("Fil"), sortable=False, priority=1,
                width=120 if self._has_several_files() else 64,
            ),
        ]  # fmt: skip

    def show(self, listed: PreviewList, positions: Sequence[int]) -> None:
        """Show these positions of the preview, in order."""
        self.beginResetModel()
        self._list, self._positions = listed, positions
        self.endResetModel()

    def _has_several_files(self) -> bool:
        return self._list is not None and len(self._list.preview.files) > 1

    def set_locked(self, locked: bool) -> None:
        """While the rows are on their way the ticks only tell what was chosen."""
        self.is_locked = locked

    @property
    def positions(self) -> Sequence[int]:
        """Positions shown, in order."""
        return self._positions

    def cell(self, row: ImportRow, key: str) -> Cell:
        judged = row.row
        match key:
            case "name":
                return Cell(text=judged.name or "–", second=judged.typed_number, strong=True)
            case "group":
                return Cell(chips=(group_chip(row),))
            case "why":
                return self._why(row)
            case "town":
                return Cell(text=judged.town, second=judged.postal_code, muted=True)
            case "contact":
                return Cell(text=judged.contact or judged.email or judged.phone, muted=True,
                            second=judged.email if judged.contact else "")  # fmt: skip
            case "line":
                return Cell(text=str(judged.line), muted=True)
        return Cell()

    def painted_cell(self, position: int, section: int) -> Cell:
        found = super().painted_cell(position, section)
        listed = self._list
        if listed is None or not self._has_several_files() or self.column_at(section).key != "line":
            return found
        file = listed.files[self._positions[position]]
        return Cell(text=found.text, second=file, muted=True, hint=file)

    def can_tick(self, position: int) -> bool:
        return self.key_at(position) is not None

    def row_id(self, row: ImportRow) -> str:
        raise NotImplementedError  # rows are known by their position

    def sentence(self, row: ImportRow) -> str:
        parts = [row.row.name or self.tr("Rad %1").replace("%1", str(row.row.line)), row.row.typed_number]
        parts += [group_chip(row).text, self._why(row).text]
        return ", ".join(part for part in parts if part) + "."

    def row_at(self, position: int) -> ImportRow | None:
        if self._list is None or not 0 <= position < len(self._positions):
            return None
        return self._list.rows[self._positions[position]]

    def id_at(self, position: int) -> str:
        return str(self._positions[position]) if 0 <= position < len(self._positions) else ""

    def key_at(self, position: int) -> Hashable | None:
        if self._list is None or not 0 <= position < len(self._positions):
            return None
        key = self._positions[position]
        return key if key in self._list.possible else None

    def toggle_tick(self, position: int) -> None:
        if not self.is_locked:
            super().toggle_tick(position)

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        return not self.is_locked and super().setData(index, value, role)

    def position_of(self, row_id: str) -> int:
        if not row_id.isdecimal():
            return -1
        at = bisect_left(self._positions, int(row_id))
        return at if at < len(self._positions) and self._positions[at] == int(row_id) else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._positions)

    def _tick_data(self, position: int, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and self.key_at(position) is None:
            return None
        return super()._tick_data(position, role)

    def _why(self, row: ImportRow) -> Cell:
        sentences = [remark_words(self._messages, remark) for remark in row.remarks]
        changes = [difference_words(each) for each in row.differences]
        hint = "\n".join(sentences + changes)
        if sentences:
            more = f"  (+{len(sentences) - 1})" if len(sentences) > 1 else ""
            kind = "bad" if row.row.invalid else "wait"
            icon = "alert-circle-filled" if row.row.invalid else "alert-triangle"
            return Cell(text=sentences[0] + more, kind=kind, icon=icon, hint=hint)
        return Cell(text=" · ".join(changes), muted=True, hint=hint)
