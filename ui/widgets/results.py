"""What became of each of several things: an icon, what it was, and how it went."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import assets
from ui.theme import Theme
from ui.widgets.texts import label


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line: `text` is what it was about, `second` how it went in words."""

    text: str
    second: str
    is_done: bool


class ResultList(QScrollArea):
    """Those that failed come first: they are what there is to read."""

    def __init__(self, theme: Theme, *, name: str = "results") -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._content = QWidget()
        self._content.setProperty("scrolled", "true")
        self._content.setAutoFillBackground(False)
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(10)
        self.setWidget(self._content)

    def show_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Replace what is listed."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for outcome in sorted(outcomes, key=lambda one: one.is_done):
            self._column.addWidget(self._line(outcome))
        self._column.addStretch(1)

    def _line(self, outcome: Outcome) -> QWidget:
        line = QWidget()
        line.setAccessibleName(f"{outcome.text}: {outcome.second}")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        icon, kind = ("circle-check-filled", "ok") if outcome.is_done else ("alert-circle-filled", "bad")
        mark = QLabel()
        mark.setPixmap(assets.pixmap(icon, self._theme.tokens.tone(kind).text, 18, self.devicePixelRatioF()))
        mark.setFixedWidth(18)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(outcome.text, "name", wrap=True))
        if outcome.second:
            texts.addWidget(label(outcome.second, "secondary", wrap=True))
        row.addLayout(texts, 1)
        return line
