"""One thing to do as a row that can be pressed: icon, what, more about it, and something at the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import assets
from ui.theme import Theme
from ui.widgets.texts import ElidedLabel, label, set_tone


class TodayRow(QPushButton):
    """Behaves as a button (Enter, Space, screen reader); the whole row is pressed."""

    def __init__(
        self,
        theme: Theme,
        *,
        icon: str,
        kind: str,
        text: str,
        second: str = "",
        right: str = "",
        name: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "row")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("lines", "2" if second else "1")
        self.setAccessibleName(", ".join(part for part in (text, second, right) if part))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(12)
        mark = QLabel()
        mark.setPixmap(assets.pixmap(icon, theme.tokens.tone(kind).text, 18, self.devicePixelRatioF()))
        mark.setFixedWidth(18)
        row.addWidget(mark)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addStretch(1)
        for shown, role in ((text, "name"), (second, "secondary")):
            if not shown:
                continue
            made = ElidedLabel(shown, role)
            if role == "secondary":
                made.setProperty("muted", "true")
            texts.addWidget(made)
        texts.addStretch(1)
        row.addLayout(texts, 1)
        if right:
            at_right = label(right, "strong_secondary")
            set_tone(at_right, kind)
            row.addWidget(at_right)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def opening(row: TodayRow, go: Callable[[], None]) -> TodayRow:
    """The row, which goes there when it is pressed."""
    row.clicked.connect(lambda: go())
    return row
