"""The base of every list on the screen.

`Table(theme, row_height="customers")` shows a `ListModel`. Rows have one constant height; columns have the
widths of their `Column` and one of them takes the rest. Copy puts TSV and HTML on the clipboard. Space
ticks, Ctrl+A ticks all that are shown, Enter or a double click activates.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QHeaderView, QTableView, QWidget

from ui import assets
from ui.theme import Theme
from ui.widgets.cell_delegate import CellDelegate
from ui.widgets.cells import ID_ROLE, TICK_KEY, Cell
from ui.widgets.list_model import ListModel

_TD = "<td style=\"mso-number-format:'\\@'\">{}</td>"


class TableHeader(QHeaderView):
    """Column heads in the tokens, with a sort mark; a click asks the model to sort."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.folded: Mapping[int, int] = {}
        """Sections and the hidden one whose title stands at their end, as its words do in the rows."""
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(32)

    def sizeHint(self) -> QSize:
        # The base class asks the model about every section for a width that a table never looks at.
        return QSize(self.length(), self._theme.px(32))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        if not isinstance(model, ListModel):
            return
        column = model.column_at(section)
        tokens = self._theme.tokens
        painter.save()
        box = QRectF(rect)
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        pad = self._theme.px(8)
        room = box.adjusted(pad, 0, -pad, 0)
        font = self._theme.font("column")
        metrics = QFontMetricsF(font)
        sorted_by = model.sort_key == column.key and bool(column.key)
        painter.setFont(font)
        if (folded := self.folded.get(section)) is not None:
            title = model.column_at(folded).title
            painter.setPen(QColor(tokens.text2))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, title)
            room.adjust(0, 0, -(metrics.horizontalAdvance(title) + pad), 0)
        painter.setPen(QColor(tokens.text if sorted_by else tokens.text2))
        shown = metrics.elidedText(column.title, Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
        if sorted_by:
            name = "chevron-down" if model.sort_descending else "chevron-up"
            mark = assets.pixmap(name, tokens.text2, 14, painter.device().devicePixelRatio())
            left = room.left() + metrics.horizontalAdvance(shown) + 4
            if left + 14 <= box.right():
                painter.drawPixmap(round(left), round(box.center().y() - 7), mark)
        painter.restore()


class Table(QTableView):
    """A list with painted cells.

    Signals carry the row's id: `activated_id` (Enter, double click), `current_id` (selection moved, "" for
    none).
    """

    activated_id = Signal(str)
    current_id = Signal(str)

    def __init__(
        self,
        theme: Theme,
        *,
        row_height: str = "customers",
        name: str = "table",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._fitted: tuple[object, ...] = ()
        self._following = -1
        self._shift = 0
        self._row_height = row_height
        # A viewport of our own: to wrap the one that Qt makes, Qt for Python looks at every class of widgets
        # that there is, 7 ms before the first picture.
        viewport = QWidget(self)
        viewport.setObjectName("qt_scrollarea_viewport")
        self.setViewport(viewport)
        self._delegate = CellDelegate(theme, self, row_height)
        self.setItemDelegate(self._delegate)
        header = TableHeader(theme, self)
        self.setHorizontalHeader(header)
        self._header = header
        header.sectionClicked.connect(self._header_clicked)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self._double_clicked)
        theme.changed.connect(self._theme_changed)
        self._set_heights()

    def setModel(self, model: Any) -> None:
        super().setModel(model)
        self._fitted = ()
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        model.rowsRemoved.connect(self._choose_what_follows)
        model.rowsAboutToBeInserted.connect(self._keep_place_of_chosen)
        model.modelReset.connect(self._forget_shift)
        model.modelReset.connect(self._fit_columns)
        self._fit_columns()

    @property
    def rows(self) -> "ListModel[Any]":
        """The model, typed."""
        model = self.model()
        if not isinstance(model, ListModel):
            raise TypeError("a Table shows a ListModel")
        return model

    def selected_ids(self) -> list[str]:
        """Ids of the selected rows in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [found for row in rows if (found := self.rows.id_at(row))]

    def select_id(self, row_id: str) -> bool:
        """Make the row current and visible; False where it is not in the list."""
        position = self.rows.position_of(row_id)
        if position < 0:
            return False
        self._choose_row(position)
        return True

    def copy_selection(self) -> None:
        """Selected rows (or the ticked ones shown, where none is selected) as TSV and HTML with heads."""
        positions = sorted(index.row() for index in self.selectionModel().selectedRows())
        self.copy_positions(positions)

    def copy_positions(self, positions: Sequence[int]) -> None:
        """The rows at these positions that have been fetched."""
        rows = [row for position in positions if (row := self.rows.row_at(position)) is not None]
        self.copy_rows(rows)

    def copy_rows(self, rows: Sequence[Any]) -> None:
        """Organisation numbers stay text: the HTML marks every cell as such for spreadsheets.

        A cell with two lines becomes two columns, so that the number can be sorted by.
        """
        if not rows:
            return
        import html

        model = self.rows
        columns = [model.column_at(section) for section in range(model.columnCount())]
        columns = [column for column in columns if column.key != TICK_KEY]
        lines = [_flat([model.cell(row, column.key) for column in columns]) for row in rows]
        two_lines = [any(line[at][1] for line in lines) for at in range(len(columns))]
        table = [_with_seconds([(c.title, c.second_title) for c in columns], two_lines)]
        table += [_with_seconds(line, two_lines) for line in lines]
        mime = QMimeData()
        mime.setText("\n".join("\t".join(line) for line in table))
        html_rows = ("".join(_TD.format(html.escape(text)) for text in line) for line in table)
        mime.setHtml("<table>" + "".join(f"<tr>{row}</tr>" for row in html_rows) + "</table>")
        QGuiApplication.clipboard().setMimeData(mime)

    # Behaviour

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.matches(QKeySequence.StandardKey.SelectAll) and self.rows.section_of(TICK_KEY) >= 0:
            self.rows.tick_all()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not self._activate(self.currentIndex()):
                event.ignore()  # a row that is still being fetched: whoever is around may know what is meant
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            # Rows are chosen here, not cells: Qt would go to the row's first or last cell.
            last = self.model().rowCount() - 1
            self._choose_row(0 if event.key() == Qt.Key.Key_Home else last)
        elif event.key() == Qt.Key.Key_Space and self.rows.section_of(TICK_KEY) >= 0:
            for index in self.selectionModel().selectedRows():
                self.rows.toggle_tick(index.row())
        elif event.text() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # no type-ahead over pages that are not loaded; single letters belong to the pane
        else:
            super().keyPressEvent(event)

    def rowsAboutToBeRemoved(self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int) -> None:
        """The row that a person has decided about leaves the list: what follows is the next to decide about.

        Qt goes to the row before it, and chooses none.
        """
        chosen = self.selectionModel().selectedRows()
        self._following = start if len(chosen) == 1 and start <= chosen[0].row() <= end else -1
        above = min(end + 1, self._first_seen()) - start
        if above > 0:  # what goes from the view closes up; what goes above it is not seen to go
            self._shift -= above * self.verticalHeader().defaultSectionSize()
        super().rowsAboutToBeRemoved(parent, start, end)

    def doItemsLayout(self) -> None:
        """Move the view by what has come and gone above it, before it is painted."""
        scrolled, self._shift = self.verticalScrollBar().value() + self._shift, 0
        super().doItemsLayout()
        self.verticalScrollBar().setValue(scrolled)

    def _first_seen(self) -> int:
        """Return the first row in the view, as it will be when it has been laid out."""
        scrolled = self.verticalScrollBar().value() + self._shift
        return scrolled // self.verticalHeader().defaultSectionSize()

    @Slot(QModelIndex, int, int)
    def _keep_place_of_chosen(self, _parent: QModelIndex, start: int, end: int) -> None:
        """Rows come: the chosen one stays where it is on the screen, or what is seen where it is elsewhere.

        At the top of a list in which none is chosen, what is new is what a person wants to see.
        """
        height = self.verticalHeader().defaultSectionSize()
        first = self._first_seen()
        last = first + self.viewport().height() // height
        current = self.currentIndex().row()
        stays = current if first <= current <= last else first
        if start <= stays and (stays == current or first > 0):
            self._shift += (end + 1 - start) * height

    @Slot()
    def _forget_shift(self) -> None:
        self._shift = 0

    @Slot()
    def _choose_what_follows(self, *_rows: object) -> None:
        row, self._following = min(self._following, self.model().rowCount() - 1), -1
        self._choose_row(row)

    def _choose_row(self, row: int) -> None:
        if row < 0:
            return
        # Said outright: the view's own way asks which keys are held, and Ctrl of Ctrl+5 would unchoose it.
        index, flags = self.model().index(row, 0), QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hovered(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Without a current row none is made: Qt would take the first one, without selecting it."""
        if self.currentIndex().isValid():
            super().focusInEvent(event)
        else:
            QAbstractScrollArea.focusInEvent(self, event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hovered(-1)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _set_hovered(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            self._delegate.hovered_row = row
            self.viewport().update()

    def _double_clicked(self, index: QModelIndex) -> None:
        if self.rows.column_at(index.column()).key != TICK_KEY:
            self._activate(index)

    def _activate(self, index: QModelIndex) -> bool:
        row_id = index.data(ID_ROLE) if index.isValid() else ""
        if row_id:
            self.activated_id.emit(row_id)
        return bool(row_id)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.viewport().update()
        self.current_id.emit(current.data(ID_ROLE) or "" if current.isValid() else "")

    def _header_clicked(self, section: int) -> None:
        self.rows.request_sort(section)
        self.horizontalHeader().viewport().update()

    def _theme_changed(self) -> None:
        self._set_heights()
        self._fit_columns()
        self.viewport().update()

    def _set_heights(self) -> None:
        vertical = self.verticalHeader()
        vertical.setMinimumSectionSize(20)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(self._theme.row_height(self._row_height))

    def _fit_columns(self) -> None:
        model = self.model()
        room = self.viewport().width()
        if not isinstance(model, ListModel) or not model.columnCount():
            return
        columns = [model.column_at(section) for section in range(model.columnCount())]
        fitted = (room, self._theme.generation, tuple((c.key, c.width, c.min_width) for c in columns))
        if fitted == self._fitted:
            return
        self._fitted = fitted
        px = self._theme.px
        hidden: set[str] = set()
        for column in sorted((c for c in columns if c.priority), key=lambda c: -c.priority):
            needed = sum(px(c.min_width if c.stretch else c.width) for c in columns if c.key not in hidden)
            if needed <= room:
                break
            hidden.add(column.key)
        fixed = sum(px(c.width) for c in columns if not c.stretch and c.key not in hidden)
        stretching = [c for c in columns if c.stretch and c.key not in hidden]
        widths = _share(room - fixed, [(c.width, px(c.min_width)) for c in stretching])
        by_key = {column.key: width for column, width in zip(stretching, widths, strict=True)}
        self._header.folded = self._delegate.folded = {
            model.section_of(column.folds_into): section
            for section, column in enumerate(columns)
            if column.key in hidden and column.folds_into
        }
        for section, column in enumerate(columns):
            self.setColumnHidden(section, column.key in hidden)
            self.setColumnWidth(section, by_key.get(column.key, px(column.width)))


def _share(room: int, wanted: Sequence[tuple[int, int]]) -> list[int]:
    """Share `room` by (weight, least): those that would get too little get their least, the rest share on."""
    least = [minimum for _, minimum in wanted]
    sharing = set(range(len(wanted)))
    while sharing:
        left = room - sum(least[at] for at in range(len(wanted)) if at not in sharing)
        weight = sum(wanted[at][0] for at in sharing) or 1
        shares = {at: left * wanted[at][0] // weight for at in sharing}
        short = {at for at in sharing if shares[at] < least[at]}
        if not short:
            return [shares.get(at, least[at]) for at in range(len(wanted))]
        sharing -= short
    return least


def _flat(cells: Sequence[Cell]) -> list[tuple[str, str]]:
    return [(" ".join(cell.copied().split()), " ".join(cell.second.split())) for cell in cells]


def _with_seconds(line: Sequence[tuple[str, str]], two_lines: Sequence[bool]) -> list[str]:
    """The texts of a line, with a column of its own for the second line where any row has one."""
    texts: list[str] = []
    for (text, second), has_second in zip(line, two_lines, strict=True):
        texts += [text, second] if has_second else [text]
    return texts
