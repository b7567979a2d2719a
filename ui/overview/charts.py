"""Bars and columns, painted in the theme's tones; what they show is also said in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolTip, QWidget

from ui.formats import number_text
from ui.theme import Theme

_ROW = 30
_BAR = 12
_LABEL = 150
_FIGURE = 56
_CHART = 190


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a bar: how many of what kind (a tone of the theme), and what it is called."""

    kind: str
    count: int
    words: str


class BarRow(QPushButton):
    """One bar with its name and its figure; pressing it goes to what it counts.

    Behaves as a button: Tab reaches it, and a screen reader says the name and every part.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        segments: Sequence[Segment],
        most: int,
        *,
        name: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "row")
        self.setProperty("lines", "1")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._text = text
        self._segments = tuple(segments)
        self._most = max(1, most)
        self._total = sum(part.count for part in segments)
        parts = [f"{number_text(part.count)} {part.words}" for part in segments if part.count]
        said = ", ".join(parts) or number_text(0)
        self.setAccessibleName(f"{text}: {said}")
        self.setToolTip(f"{text}: {said}")

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(280), self._theme.px(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(theme.px(8), 0, -theme.px(8), 0)
        wide = min(theme.px(_LABEL), whole.width() * 0.42)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        shown = theme.metrics("body").elidedText(self._text, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(
            QRectF(whole.left(), whole.top(), wide, whole.height()), Qt.AlignmentFlag.AlignVCenter, shown
        )
        figure = theme.px(_FIGURE)
        room = QRectF(
            whole.left() + wide + theme.px(8), 0, whole.width() - wide - figure - theme.px(8), theme.px(_BAR)
        )
        room.moveTop((self.height() - room.height()) / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(room, 3, 3)
        left = room.left()
        for part in self._segments:
            width = room.width() * part.count / self._most
            if part.count:
                painter.setBrush(QColor(theme.tokens.tone(part.kind).text))
                painter.drawRect(QRectF(left, room.top(), max(1.0, width - 1), room.height()))
            left += width
        painter.setFont(theme.font("name"))
        painter.setPen(theme.colour("text"))
        painter.drawText(
            QRectF(whole.right() - figure, whole.top(), figure, whole.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            number_text(self._total),
        )
        painter.end()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its figure, what stands under it, and the whole of it in words."""

    figure: int
    under: str
    words: str


class Columns(QWidget):
    """Columns side by side from zero; the figure stands over each, its words are its tooltip."""

    def __init__(self, theme: Theme, *, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self._columns: tuple[Column, ...] = ()
        self.setMinimumHeight(theme.px(_CHART))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def set_columns(self, columns: Sequence[Column], title: str) -> None:
        """Show these; `title` begins what a screen reader says."""
        self._columns = tuple(columns)
        self.setAccessibleName(title)
        self.setAccessibleDescription("; ".join(one.words for one in columns))
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._columns:
            at = min(len(self._columns) - 1, max(0, int(event.pos().x() / self._step())))
            QToolTip.showText(event.globalPos() + QPoint(0, 12), self._columns[at].words, self)
            return True
        return super().event(event)

    def _step(self) -> float:
        return self.width() / max(1, len(self._columns))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = theme.metrics("secondary").height()
        top, bottom = line + 4, self.height() - line - 6
        most = max([one.figure for one in self._columns], default=0) or 1
        step = self._step()
        for at, one in enumerate(self._columns):
            height = (bottom - top) * one.figure / most
            box = QRectF(at * step + step * 0.18, bottom - height, step * 0.64, height)
            is_last = at == len(self._columns) - 1
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent") if is_last else QColor(theme.tokens.info.edge))
            painter.drawRect(box)
            painter.setFont(theme.font("strong_secondary" if is_last else "secondary"))
            painter.setPen(theme.colour("text"))
            over = QRectF(at * step, box.top() - line - 2, step, line)
            painter.drawText(over, Qt.AlignmentFlag.AlignCenter, number_text(one.figure))
            painter.setPen(theme.colour("text2"))
            painter.drawText(
                QRectF(at * step, bottom + 4, step, line), Qt.AlignmentFlag.AlignCenter, one.under
            )
        painter.setPen(theme.colour("border"))
        painter.drawLine(0, round(bottom), self.width(), round(bottom))
        painter.end()
