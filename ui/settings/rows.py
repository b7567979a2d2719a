"""A line of the settings: what it is about at the left, the choice or the value at the right."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.texts import label

_NAMES_WIDTH = 132


class SettingsCard(Card):
    """A heading and lines; every text is set by the pane."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(name=name)
        self._theme = theme
        self.body.setContentsMargins(20, 14, 20, 16)
        self.body.setSpacing(10)
        self.title = label("", "card", name=f"{name}Title")
        self.body.addWidget(self.title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnMinimumWidth(0, theme.px(_NAMES_WIDTH))
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)

    def add_choice(self, widget: QWidget, *, note: QLabel | None = None, wide: bool = False) -> QLabel:
        """A control with its name at the left, over all of the width if `wide`; returns the name's label."""
        name = label("", "body")
        name.setProperty("muted", "true")
        name.setMinimumHeight(self._theme.px(30))
        name.setBuddy(widget)
        row = self._grid.rowCount()
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        if note is None:
            self._grid.addWidget(widget, row, 1)
        else:
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(widget, 0, Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignLeft)
            column.addWidget(note)
            self._grid.addLayout(column, row, 1)
        return name

    def add_value(self, name: str) -> tuple[QLabel, QLabel]:
        """A fact that can be copied; returns the labels of its name and of its value."""
        title = label("", "body")
        title.setProperty("muted", "true")
        value = label("", "body", name=name, wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        title.setBuddy(value)
        row = self._grid.rowCount()
        self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        return title, value

    def add_buttons(self, *buttons: QWidget) -> QHBoxLayout:
        """Buttons under the lines, from the left."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.body.addSpacing(2)
        self.body.addLayout(row)
        return row


class TwoColumns(QWidget):
    """Cards side by side where there is room, otherwise under each other."""

    def __init__(self, left: list[QWidget], right: list[QWidget]) -> None:
        super().__init__()
        self.setProperty("scrolled", "true")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 4, 0)
        self._row.setSpacing(16)
        for cards in (left, right):
            column = QVBoxLayout()
            column.setSpacing(16)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._row.addLayout(column, 1)

    def minimumSizeHint(self) -> QSize:
        """No height: wrapped labels ask for more than they need at the width they get."""
        return QSize(super().minimumSizeHint().width(), 0)

    def set_narrow(self, *, narrow: bool) -> None:
        """Under each other where there is no room for two columns."""
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != direction:
            self._row.setDirection(direction)
            for at in (0, 1):
                self._row.setStretch(at, 0 if narrow else 1)
