"""Ctrl+K: customers, screens and commands by their words, with their shortcuts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.cells import Cell, Column
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.list_model import RowsModel
from ui.widgets.search_field import SearchField
from ui.widgets.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteEntry:
    """One thing to go to or do. `reason` tells why it cannot be done now; it is shown but not chosen.

    `also` are other words by which it is found.
    """

    key: str
    text: str
    second: str = ""
    icon: str = "command"
    shortcut: str = ""
    reason: str = ""
    also: str = ""


FindMore = Callable[[str, Callable[[Sequence[PaletteEntry]], None]], None]


class _EntryModel(RowsModel[PaletteEntry]):
    def columns(self) -> list[Column]:
        return [
            Column(key="text", title="", stretch=True, width=300, sortable=False),
            Column(key="shortcut", title="", width=150, right=True, sortable=False),
        ]

    def cell(self, row: PaletteEntry, key: str) -> Cell:
        if key == "shortcut":
            return Cell(text=row.reason or row.shortcut, muted=True, right=True, hint=row.reason)
        return Cell(text=row.text, second=row.second, icon=row.icon, muted=bool(row.reason))

    def row_id(self, row: PaletteEntry) -> str:
        return row.key

    def sentence(self, row: PaletteEntry) -> str:
        return ", ".join(part for part in (row.text, row.second, row.reason or row.shortcut) if part)


class CommandPalette(QDialog):
    """`chosen(key)` after it has closed. `find_more(text, receiver)` finds services and customers."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        entries: Sequence[PaletteEntry],
        find_more: FindMore | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("commandPalette")
        self.setWindowTitle(self.tr("Gå till kund eller kommando"))
        self._entries = list(entries)
        self._find = find_more
        self._more: list[PaletteEntry] = []
        self._field = SearchField(theme, name="paletteSearch")
        self._field.set_hint(self.tr("Sök kund, skärm eller kommando"))
        self._field.setPlaceholderText(self.tr("Sök kund, skärm eller kommando"))
        self._model = _EntryModel(parent=self)
        self._table = Table(theme, row_height="compact", name="paletteList")
        self._table.setModel(self._model)
        self._table.horizontalHeader().hide()
        self._table.setAccessibleName(self.tr("Träffar"))
        self._empty = EmptyState(theme, name="paletteEmpty")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._field)
        column.addWidget(self._stack)
        self.resize(theme.px(640), theme.px(440))
        self._field.searched.connect(self._searched)
        self._field.installEventFilter(self)
        self._table.activated_id.connect(self._choose)
        self._searched("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self._move(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self._model.id_at(self._table.currentIndex().row()))
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _searched(self, text: str) -> None:
        self._more = []
        self._show(text)
        if self._find is not None and text.strip():
            self._find(text, self._more_came)

    @Slot(object)
    def _more_came(self, found: Sequence[PaletteEntry]) -> None:
        self._more = list(found)
        self._show(self._field.text())
        if not self._model.rowCount():
            self._empty.say(
                Emptiness.NOTHING_MATCHES,
                self.tr("Inget hittades"),
                self.tr("Här finns skärmar, kommandon, tjänster och kunder."),
            )
            self._stack.setCurrentWidget(self._empty)

    def _show(self, text: str) -> None:
        words = text.casefold().split()
        fitting = [e for e in self._entries if all(word in f"{e.text} {e.also}".casefold() for word in words)]
        self._model.set_rows([*fitting[:12], *self._more[:30]] if words else fitting)
        self._stack.setCurrentWidget(self._table)
        if self._model.rowCount():
            self._table.selectRow(0)

    def _move(self, step: int) -> None:
        rows = self._model.rowCount()
        if rows:
            self._table.selectRow((self._table.currentIndex().row() + step) % rows)

    @Slot(str)
    def _choose(self, key: str) -> None:
        entry = next((row for row in self._model.rows if row.key == key), None)
        if entry is None or entry.reason:
            return
        self.accept()
        self.chosen.emit(key)
