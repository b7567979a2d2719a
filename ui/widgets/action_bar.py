"""The bar under a list: what is chosen, and what can be done with it."""

from itertools import pairwise

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.texts import ElidedLabel

_LEAST_WORDS = 140
_MOST_WORDS = 240


class ActionBar(QFrame):
    """Words on the left and buttons on the right; under each other where there is no room for both.

    `chosen` says what is chosen and `words` something about it. Neither keeps a window from being small.
    """

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("panel", "bar")
        self._widest = 0
        self.chosen = ElidedLabel("", "strong_secondary")
        self.chosen.setObjectName(f"{name}Chosen")
        self.words = ElidedLabel("", "secondary")
        self.words.setObjectName(f"{name}Words")
        self.words.setProperty("muted", "true")
        self.words.hide()
        self._words = QWidget()
        said = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._words)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(8)
        # As wide as its text, and cut where there is no room for it; what is said about it follows.
        self.chosen.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.chosen.setMinimumWidth(theme.px(_LEAST_WORDS) // 2)
        said.addWidget(self.chosen)
        said.addWidget(self.words, 1000)
        said.addStretch(1)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, spacing=8)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._buttons.setSizePolicy(policy)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(12, 8, 8, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._buttons)
        # Never lower than its rows of buttons; a fixed height would be that of one row.
        own = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        own.setHeightForWidth(True)
        self.setSizePolicy(own)

    def add_button(self, button: QWidget) -> None:
        """Put a button at the right; the primary one last."""
        self._flow.addWidget(button)

    def lead_with(self, button: Button) -> None:
        """Make this one primary, and put it last: what helps with what is chosen is always in that place."""
        if self._flow.last() is button:
            return
        for other in self._buttons.findChildren(Button):
            other.set_kind("primary" if other is button else "")
        for before, after in pairwise(self._flow.move_last(button)):
            QWidget.setTabOrder(before, after)

    def say(self, chosen: str, words: str = "") -> None:
        """Say what is chosen, and something about it; the whole text is in the tooltips."""
        for label, text in ((self.chosen, chosen), (self.words, words)):
            label.setText(text)
            label.setToolTip(text)
        self.words.setVisible(bool(words))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._row.spacing()
        # The widest that has been said: the bar keeps its form from one row of the list to the next.
        said = self.chosen.fontMetrics().horizontalAdvance(self.chosen.text()) + 1
        self._widest = max(self._widest, min(said, self._theme.px(_MOST_WORDS)))
        words = max(self._widest, self._theme.px(_LEAST_WORDS))
        is_wide = room - self._flow.sizeHint().width() >= words
        wanted = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() is not wanted:
            self._row.setDirection(wanted)
            self.updateGeometry()
