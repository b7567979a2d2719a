"""The one delegate of all lists: paints a `Cell` with the theme's tokens. No cell widgets."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ui import assets
from ui.theme import Theme, qcolor
from ui.widgets.cells import Cell
from ui.widgets.chip import paint_chips
from ui.widgets.list_model import ListModel

_PAD = 8
_TICK = 16
_ICON = 16
_METER_WIDTH = 42
_METER_HEIGHT = 5
_TWO_LINES = 38
_LONG_LINE = 80
_LINE_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
_LINE_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight) | int(
    Qt.TextFlag.TextSingleLine
)
Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Selected row: fill and a bar at its left edge; current cell's row: a focus ring when the list has
    focus. What is cut is told whole by the tooltip."""

    def __init__(self, theme: Theme, view: QAbstractItemView, row_height: str) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._row_height = row_height
        self.hovered_row = -1
        self.folded: Mapping[int, int] = {}
        """Sections and the hidden one whose word stands at the end of their second line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._theme.row_height(self._row_height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._view.model()
        if not isinstance(model, ListModel):
            return
        painter.save()
        box = QRectF(option.rect)
        row, column = index.row(), index.column()
        selected = self._view.selectionModel().isSelected(index)
        self._paint_background(painter, box, row, column, selected=selected)
        if model.is_tick_column(column):
            if model.can_tick(row):
                self._paint_tick(painter, box, ticked=model.is_ticked(row))
        else:
            folded = self.folded.get(column)
            end = model.painted_cell(row, folded) if folded is not None else None
            self._paint_cell(painter, box, model.painted_cell(row, column), end, selected=selected)
        painter.restore()

    def editorEvent(  # the tick column: a click anywhere in its cell
        self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease:
            check = index.data(Qt.ItemDataRole.CheckStateRole)
            if check is not None:
                ticked = Qt.CheckState(check) is Qt.CheckState.Checked
                wanted = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
                return index.model().setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
        return False

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show the cell's own hint, otherwise the whole of what is cut; as plain text, whatever is in it."""
        model = self._view.model()
        if event.type() != QEvent.Type.ToolTip or not isinstance(model, ListModel) or not index.isValid():
            return super().helpEvent(event, view, option, index)
        told = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        row, column = index.row(), index.column()
        if not told and not model.is_tick_column(column):
            folded = self.folded.get(column)
            end = model.painted_cell(row, folded) if folded is not None else None
            told = self._whole_of_cut(QRectF(option.rect), model.painted_cell(row, column), end)
        QToolTip.showText(event.globalPos(), _as_tooltip(told), view, view.visualRect(index))
        return bool(told)

    def _whole_of_cut(self, box: QRectF, cell: Cell, end: Cell | None) -> str:
        """Return both lines where `_paint_cell` has no room for one of them, otherwise ""."""
        if cell.chips:
            return ""
        room = self._room(box, cell)
        width, kept = room.width(), self._end_room(end)
        if self._has_two_lines(room, cell):
            is_cut = self._is_cut(cell.text, "name", width) or self._is_cut(
                cell.second, "secondary", width - kept
            )
        else:
            role = _role(cell)
            width -= kept
            used = self._theme.metrics(role).horizontalAdvance(cell.text) + self._theme.px(10)
            is_cut = self._is_cut(cell.text, role, width) or bool(
                cell.second and (cell.right or self._is_cut(cell.second, "secondary", width - used))
            )
        return "\n".join(line for line in (cell.text, cell.second) if line) if is_cut else ""

    def _is_cut(self, text: str, role: str, width: float) -> bool:
        return self._theme.metrics(role).horizontalAdvance(text) > width

    def _has_two_lines(self, room: QRectF, cell: Cell) -> bool:
        return bool(cell.second) and room.height() >= self._theme.px(_TWO_LINES)

    def _room(self, box: QRectF, cell: Cell) -> QRectF:
        """Return where the cell's words are: beside its meter and icon."""
        px = self._theme.px
        left = px(_PAD)
        if cell.meter is not None:
            left += px(_METER_WIDTH) + px(8)
        if cell.icon:
            left += px(_ICON) + px(6)
        return box.adjusted(left, 0, -px(_PAD), -1)

    def _end_room(self, end: Cell | None) -> float:
        """Return how much of a line the word of a hidden column takes at its end."""
        if end is None:
            return 0.0
        width = self._theme.metrics(_end_role(end)).horizontalAdvance(end.text) + self._theme.px(10)
        return width + (self._theme.px(_ICON) - 2 + self._theme.px(4) if end.icon else 0)

    def _paint_background(
        self, painter: QPainter, box: QRectF, row: int, column: int, *, selected: bool
    ) -> None:
        tokens = self._theme.tokens
        if selected:
            _fill(painter, box, tokens.selection)
        elif row == self.hovered_row:
            _fill(painter, box, tokens.hover)
        left, right, bottom = box.left(), box.right(), box.bottom()
        _fill(painter, QRectF(left, bottom - 1, box.width(), 1), tokens.border)
        if selected and column == 0:
            _fill(painter, QRectF(left, box.top(), 3, box.height()), tokens.accent)
        if row == self._view.currentIndex().row() and self._view.hasFocus():
            painter.setPen(QPen(qcolor(tokens.accent), 2))
            painter.drawLine(QPointF(left, box.top() + 1), QPointF(right, box.top() + 1))
            painter.drawLine(QPointF(left, bottom - 1), QPointF(right, bottom - 1))

    def _paint_tick(self, painter: QPainter, box: QRectF, *, ticked: bool) -> None:
        tokens = self._theme.tokens
        side = self._theme.px(_TICK)
        square = QRectF(0, 0, side, side)
        square.moveCenter(box.center())
        square.moveTo(round(square.left()) + 0.5, round(square.top()) + 0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qcolor(tokens.accent if ticked else tokens.control_edge), 1.4))
        painter.setBrush(qcolor(tokens.accent if ticked else tokens.surface))
        painter.drawRoundedRect(square, 4, 4)
        if ticked:
            ratio = painter.device().devicePixelRatio()
            mark = assets.pixmap("check", tokens.on_accent, side - 2, ratio)
            painter.drawPixmap(QPointF(square.left() + 1, square.top() + 1), mark)

    def _paint_cell(
        self, painter: QPainter, box: QRectF, cell: Cell, end: Cell | None = None, *, selected: bool
    ) -> None:
        pad = self._theme.px(_PAD)
        room = box.adjusted(pad, 0, -pad, -1)
        if cell.chips:
            paint_chips(painter, room, cell.chips, self._theme)
            return
        if cell.meter is not None:
            room = self._paint_meter(painter, room, cell)
        colour = self._text_colour(cell, selected=selected)
        if cell.icon:
            self._paint_icon(painter, room, cell, colour)
        room = self._room(box, cell)
        if self._has_two_lines(room, cell):
            self._paint_two_lines(painter, room, cell, colour, end, selected=selected)
            return
        if end is not None:
            room = self._paint_end(painter, room, end, selected=selected)
        role = _role(cell)
        painter.setFont(self._theme.font(role))
        metrics = self._theme.metrics(role)
        painter.setPen(colour)
        shown = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LINE_RIGHT if cell.right else _LINE_LEFT, shown)
        if cell.second and not cell.right:
            used = metrics.horizontalAdvance(shown) + self._theme.px(10)
            self._paint_beside(painter, room.adjusted(used, 0, 0, 0), cell.second, selected=selected)

    def _paint_beside(self, painter: QPainter, room: QRectF, text: str, *, selected: bool) -> None:
        """The second line of a compact row, after the first, where there is room for all of it."""
        if self._is_cut(text, "secondary", room.width()):
            return
        tokens = self._theme.tokens
        painter.setFont(self._theme.font("secondary"))
        painter.setPen(qcolor(tokens.selection_text if selected else tokens.text2))
        painter.drawText(room, _LINE_LEFT, text)

    def _text_colour(self, cell: Cell, *, selected: bool) -> QColor:
        tokens = self._theme.tokens
        if cell.kind:
            return qcolor(tokens.tone(cell.kind).text)
        if selected:
            return qcolor(tokens.selection_text)
        return qcolor(tokens.text2 if cell.muted else tokens.text)

    def _paint_icon(self, painter: QPainter, room: QRectF, cell: Cell, colour: QColor) -> None:
        side = self._theme.px(_ICON)
        ratio = painter.device().devicePixelRatio()
        top = room.top() + (room.height() - side) / 2
        painter.drawPixmap(QPointF(room.left(), round(top)), assets.pixmap(cell.icon, colour, side, ratio))

    def _paint_two_lines(
        self,
        painter: QPainter,
        room: QRectF,
        cell: Cell,
        colour: QColor,
        end: Cell | None,
        *,
        selected: bool,
    ) -> None:
        upper, lower = self._theme.metrics("name"), self._theme.metrics("secondary")
        height = upper.height() + lower.height()
        top = room.top() + (room.height() - height) / 2
        flags = _LINE_RIGHT if cell.right else _LINE_LEFT
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(self._theme.font("name"))
        painter.setPen(colour)
        painter.drawText(
            QRectF(room.left(), top, room.width(), upper.height()),
            flags,
            upper.elidedText(cell.text, elide, room.width()),
        )
        line = QRectF(room.left(), top + upper.height(), room.width(), lower.height())
        if end is not None:
            line = self._paint_end(painter, line, end, selected=selected)
        painter.setFont(self._theme.font("secondary"))
        tokens = self._theme.tokens
        painter.setPen(qcolor(tokens.selection_text if selected else tokens.text2))
        painter.drawText(line, flags, lower.elidedText(cell.second, elide, line.width()))

    def _paint_end(self, painter: QPainter, line: QRectF, end: Cell, *, selected: bool) -> QRectF:
        """Paint the word of a hidden column at the line's end, and return what is left of the line."""
        role = _end_role(end)
        width = self._theme.metrics(role).horizontalAdvance(end.text)
        painter.setFont(self._theme.font(role))
        painter.setPen(self._text_colour(end, selected=selected))
        painter.drawText(line, _LINE_RIGHT, end.text)
        if end.icon:
            side = self._theme.px(_ICON) - 2
            width += side + self._theme.px(4)
            at = QPointF(line.right() - width, round(line.center().y() - side / 2))
            ratio = painter.device().devicePixelRatio()
            painter.drawPixmap(
                at, assets.pixmap(end.icon, self._text_colour(end, selected=selected), side, ratio)
            )
        return line.adjusted(0, 0, -self._end_room(end), 0)

    def _paint_meter(self, painter: QPainter, room: QRectF, cell: Cell) -> QRectF:
        if cell.meter is None:
            return room
        tokens = self._theme.tokens
        width, height = self._theme.px(_METER_WIDTH), self._theme.px(_METER_HEIGHT)
        bar = QRectF(room.left(), room.center().y() - height / 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(tokens.border))
        painter.drawRoundedRect(bar, height / 2, height / 2)
        share = min(1.0, max(0.0, cell.meter.share))
        if share > 0:
            painter.setBrush(qcolor(tokens.tone(cell.meter.kind).text))
            filled = QRectF(bar.left(), bar.top(), max(height, width * share), height)
            painter.drawRoundedRect(filled, height / 2, height / 2)
        return room.adjusted(width + self._theme.px(8), 0, 0, 0)


def _as_tooltip(text: str) -> str:
    """Return what Qt shows as just this text: it takes what looks like HTML as such, a customer's name too.

    It wraps HTML alone, and short lines of it too early.
    """
    if not GuiQt.mightBeRichText(text) and max(map(len, text.split("\n"))) <= _LONG_LINE:
        return text
    return GuiQt.convertFromPlainText(text, Qt.WhiteSpaceMode.WhiteSpaceNormal)


def _role(cell: Cell) -> str:
    """Return the type of the only line, or of the first."""
    return "name" if cell.strong or cell.meter or cell.second else "body"


def _end_role(end: Cell) -> str:
    return "strong_secondary" if end.kind else "secondary"


def _fill(painter: QPainter, area: QRectF, colour: str) -> None:
    # Not fillRect: to choose among its overloads Qt for Python makes the 180 names of QGradient.Preset first.
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qcolor(colour))
    painter.drawRect(area)
