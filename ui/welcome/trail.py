"""Three steps in a row: done, the present one, those to come."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import assets
from ui.theme import Theme

_LINE = 56


class StepTrail(QWidget):
    """Painted; what it says is its accessible name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("welcomeTrail")
        self._theme = theme
        self._steps: list[str] = []
        self._present = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_steps(self, steps: Sequence[str], present: int, spoken: str) -> None:
        """Name the steps and say which one it is now, counted from 0."""
        self._steps, self._present = list(steps), present
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        words = QFontMetricsF(self._theme.font("action"))
        width = sum(px(24) + words.horizontalAdvance(step) for step in self._steps)
        return QSize(round(width) + (len(self._steps) - 1) * px(_LINE) + px(4), px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        px, tokens = self._theme.px, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, middle = 0.0, self.height() / 2
        words = QFontMetricsF(self._theme.font("action"))
        for at, step in enumerate(self._steps):
            if at < self._present:
                icon, colour, tint = "circle-check-filled", tokens.ok.text, tokens.text
            elif at == self._present:
                icon, colour, tint = "circle-dot", tokens.accent, tokens.text
            else:
                icon, colour, tint = "circle", tokens.text2, tokens.text2
            side = px(16)
            mark = assets.pixmap(icon, colour, side, self.devicePixelRatioF())
            painter.drawPixmap(round(left), round(middle - side / 2), mark)
            width = words.horizontalAdvance(step)
            painter.setFont(self._theme.font("action" if at == self._present else "body"))
            painter.setPen(QColor(tint))
            box = QRectF(left + px(24), 0, width + px(2), self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, step)
            left = box.right()
            if at + 1 < len(self._steps):
                painter.setPen(QPen(QColor(tokens.border), 1))
                y = round(middle) + 0.5
                painter.drawLine(
                    QRectF(left + px(10), y, px(_LINE - 20), 0).topLeft(),
                    QRectF(left + px(10), y, px(_LINE - 20), 0).topRight(),
                )
                left += px(_LINE)
        painter.end()
