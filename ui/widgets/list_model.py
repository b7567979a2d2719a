"""The base of every list: columns, ticks, and the roles that painting, copying and screen readers need.

`ListModel` knows nothing of where the rows come from. `RowsModel` holds some hundred rows in memory;
`WindowedModel` (windowed_model.py) holds ids and a cache of pages.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.widgets.cells import CELL_ROLE, EMPTY_CELL, EMPTY_COLUMN, ID_ROLE, TICK_KEY, Cell, Column

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TICK_FLAGS = _FLAGS | Qt.ItemFlag.ItemIsUserCheckable


class ListModel(QAbstractTableModel, Generic[Row]):
    """Subclasses give `columns()`, `cell(row, key)`, `row_id(row)`, `sentence(row)` and where rows come from.

    `ticks_changed(count)` is emitted when a person ticks; ticks are kept by id and survive sorting and
    filtering.
    """

    ticks_changed = Signal(int)
    sort_requested = Signal(str, bool)

    def __init__(self, *, tickable: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tickable = tickable
        self._ticked: set[Hashable] = set()
        self._columns: list[Column] = []
        self.sort_key = ""
        self.sort_descending = False
        self.rebuild_columns()

    def columns(self) -> list[Column]:
        """The columns in order, titles translated. The tick column is added by the base."""
        raise NotImplementedError

    def cell(self, row: Row, key: str) -> Cell:
        """What is painted for one row and column; only formats, never asks anything."""
        raise NotImplementedError

    def row_id(self, row: Row) -> str:
        raise NotImplementedError

    def sentence(self, row: Row) -> str:
        """A whole sentence about the row: the first column's text for a screen reader."""
        raise NotImplementedError

    def row_at(self, position: int) -> Row | None:
        """The row, or None while it is being fetched."""
        raise NotImplementedError

    def id_at(self, position: int) -> str:
        """The row's id, "" while it is being fetched."""
        raise NotImplementedError

    def key_at(self, position: int) -> Hashable | None:
        """What ticks are kept by: known also for rows that are not fetched."""
        return self.id_at(position) or None

    def position_of(self, row_id: str) -> int:
        """Where the row is, -1 where it is not in the list."""
        raise NotImplementedError

    def rebuild_columns(self) -> None:
        """After a change of language or choice of columns."""
        tick = [Column(key=TICK_KEY, title="", width=40, min_width=40, sortable=False)]
        columns = (tick if self._tickable else []) + self.columns()
        if [c.key for c in columns] == [c.key for c in self._columns]:
            self._columns = columns
            if columns:
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)
                self.repaint_rows()
            return
        self.beginResetModel()
        self._columns = columns
        self.endResetModel()

    def repaint_rows(self) -> None:
        """Say that every cell may look different (language, masking) though no row has changed."""
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def column_at(self, section: int) -> Column:
        return self._columns[section] if 0 <= section < len(self._columns) else EMPTY_COLUMN

    def section_of(self, key: str) -> int:
        return next((at for at, column in enumerate(self._columns) if column.key == key), -1)

    # Ticks

    @property
    def ticked(self) -> frozenset[Any]:
        """Keys (ids, or handles of a windowed list) of the ticked rows, also outside the present filter."""
        return frozenset(self._ticked)

    def set_ticked(self, keys: Iterable[Hashable]) -> None:
        self._ticked = set(keys)
        self._ticks_moved()

    def tick_all(self) -> None:
        """Tick every row of the present list, fetched or not."""
        self.set_ticked(key for at in range(self.rowCount()) if (key := self.key_at(at)) is not None)

    def toggle_tick(self, position: int) -> None:
        key = self.key_at(position)
        if key is not None:
            self._ticked ^= {key}
            self._ticks_moved()

    def _ticks_moved(self) -> None:
        if self._tickable and self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
        self.ticks_changed.emit(len(self._ticked))

    # For the delegate, which paints some hundred cells at a time and does without Qt's detour

    def is_tick_column(self, section: int) -> bool:
        return self._tickable and section == 0

    def is_ticked(self, position: int) -> bool:
        return self.key_at(position) in self._ticked

    def can_tick(self, position: int) -> bool:
        """False for a row that has no box to tick."""
        return True

    def painted_cell(self, position: int, section: int) -> Cell:
        """The cell at a place; an empty one while its row is being fetched."""
        row = self.row_at(position)
        return self.cell(row, self._columns[section].key) if row is not None else EMPTY_CELL

    # Qt's interface

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == ID_ROLE:
            return self.id_at(index.row())
        key = self._columns[index.column()].key
        if key == TICK_KEY:
            return self._tick_data(index.row(), role)
        if role not in _ROLES:
            return None
        row = self.row_at(index.row())
        if row is None:
            return EMPTY_CELL if role == CELL_ROLE else None
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return self.sentence(row)
        cell = self.cell(row, key)
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.hint or ("\n".join(c.hint for c in cell.chips if c.hint) if cell.chips else None)
        return cell.spoken()

    def _tick_data(self, position: int, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole:
            ticked = self.key_at(position) in self._ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row_at(position)
            return self.sentence(row) if row is not None else None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or self.column_at(index.column()).key != TICK_KEY:
            return False
        key = self.key_at(index.row())
        if key is not None and (Qt.CheckState(value) is Qt.CheckState.Checked) != (key in self._ticked):
            self._ticked ^= {key}
            self._ticks_moved()
        return key is not None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _TICK_FLAGS if self.is_tick_column(index.column()) else _FLAGS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.column_at(section)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def request_sort(self, section: int) -> None:
        """A person clicked a header: the presenter orders the rows (in SQL, never here)."""
        column = self.column_at(section)
        if not column.sortable:
            return
        self.sort_descending = not self.sort_descending if self.sort_key == column.key else False
        self.sort_key = column.key
        self.sort_requested.emit(self.sort_key, self.sort_descending)


_ROLES = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        CELL_ROLE,
    }
)


class RowsModel(ListModel[Row]):
    """A list of some hundred rows in memory, updated row by row: what is equal is not touched."""

    def __init__(self, *, tickable: bool = False, parent: QObject | None = None) -> None:
        self._rows: list[Row] = []
        self._at: dict[str, int] = {}
        super().__init__(tickable=tickable, parent=parent)

    @property
    def rows(self) -> Sequence[Row]:
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows: removed, inserted and changed ones only; selection and scroll stay."""
        wanted = {self.row_id(row) for row in rows}
        # In runs: each signal costs the view as much for one row as for a hundred.
        last = len(self._rows) - 1
        while last >= 0:
            first = last
            while first >= 0 and self.row_id(self._rows[first]) not in wanted:
                first -= 1
            if first < last:
                self.beginRemoveRows(_ROOT, first + 1, last)
                del self._rows[first + 1 : last + 1]
                self.endRemoveRows()
            last = first - 1
        present = [self.row_id(row) for row in self._rows]
        kept = set(present)
        if present != [i for row in rows if (i := self.row_id(row)) in kept]:
            self.beginResetModel()
            self._rows = list(rows)
            self._number()
            self.endResetModel()
        else:
            self._merge(rows, kept)
        gone = self._ticked - wanted
        if gone:
            self._ticked -= gone
            self._ticks_moved()

    def _merge(self, rows: Sequence[Row], kept: set[str]) -> None:
        position = 0
        while position < len(rows):
            row = rows[position]
            if self.row_id(row) in kept:
                if self._rows[position] != row:
                    self._rows[position] = row
                    self.dataChanged.emit(
                        self.index(position, 0), self.index(position, max(0, self.columnCount() - 1))
                    )
                position += 1
                continue
            end = position
            while end < len(rows) and self.row_id(rows[end]) not in kept:
                end += 1
            self.beginInsertRows(_ROOT, position, end - 1)
            self._rows[position:position] = rows[position:end]
            self.endInsertRows()
            position = end
        self._number()

    def _number(self) -> None:
        self._at = {self.row_id(row): at for at, row in enumerate(self._rows)}

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def row_at(self, position: int) -> Row | None:
        return self._rows[position] if 0 <= position < len(self._rows) else None

    def id_at(self, position: int) -> str:
        row = self.row_at(position)
        return self.row_id(row) if row is not None else ""

    def position_of(self, row_id: str) -> int:
        return self._at.get(row_id, -1)
