"""What the icons of a list mean, in one quiet line under it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui import assets
from ui.theme import Theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.texts import label


class Legend(QWidget):
    """`set_entries` takes (icon, kind, words)."""

    def __init__(self, theme: Theme, *, name: str = "legend") -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self._entries: tuple[tuple[str, str, str], ...] = ()
        self._icons: list[QLabel] = []
        self._row = FlowLayout(self, spacing=8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._colour)

    def set_entries(self, entries: tuple[tuple[str, str, str], ...]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._entries, self._icons = entries, []
        for _icon, _kind, words in entries:
            icon = QLabel()
            self._icons.append(icon)
            entry = QWidget()
            pair = QHBoxLayout(entry)
            pair.setContentsMargins(4, 0, 8, 0)
            pair.setSpacing(6)
            pair.addWidget(icon)
            pair.addWidget(label(words, "secondary"))
            self._row.addWidget(entry)
        self._colour()

    def _colour(self) -> None:
        for icon, (name, kind, _words) in zip(self._icons, self._entries, strict=True):
            colour = self._theme.tokens.tone(kind).text
            icon.setPixmap(assets.pixmap(name, colour, 14, self.devicePixelRatioF()))
