"""Cards, and names with their values in a grid."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ui.widgets.texts import label


class Card(QFrame):
    """A white panel with a thin edge; add to `body`."""

    def __init__(self, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "card")
        if name:
            self.setObjectName(name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(8)


class KeyValueGrid(QWidget):
    """Names at the left, values that can be copied at the right. Each value's name is its label."""

    def __init__(self, *, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)

    def set_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show these (name, value); values are plain text, an empty one is shown as a dash."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for at, (name, value) in enumerate(pairs):
            row, column = divmod(at, self._columns)
            title = label(name, "secondary")
            shown = label(value or "–", "body", wrap=True)
            shown.setAccessibleName(f"{name}: {value}")
            shown.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            title.setAlignment(Qt.AlignmentFlag.AlignTop)
            shown.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(title, row, column * 2)
            self._grid.addWidget(shown, row, column * 2 + 1)
            self._grid.setColumnStretch(column * 2 + 1, 1)
