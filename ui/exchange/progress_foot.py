"""The bar at the bottom of the import: what is chosen, how far it has come, what came of it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.texts import label


class ProgressFoot(QFrame):
    """`say` sets the words, `advance` the bar; the three buttons are shown when they have a text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("importFoot")
        self.setProperty("panel", "bar")
        self._strong = label("", "action", name="importFootText")
        self._text = label("", "secondary", name="importFootHint", wrap=True)
        self._text.setProperty("muted", "true")
        self._bar = QProgressBar()
        self._bar.setObjectName("importProgress")
        self._bar.setTextVisible(False)
        self.stop = Button(theme, icon="player-stop", name="importStop")
        self.second = Button(theme, name="importSecond")
        self.primary = Button(theme, kind="primary", name="importCommit")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._strong)
        words.addWidget(self._bar)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (self.stop, self.second, self.primary):
            row.addWidget(button)

    def say(self, strong: str, text: str = "") -> None:
        """What stands at the left: a short line, and a sentence below it."""
        self._strong.setText(strong)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._bar.setAccessibleName(strong)

    def advance(self, done: int, total: int) -> None:
        """Show how much is done; a total of 0 hides the bar."""
        self._bar.setVisible(total > 0)
        self._bar.setMaximum(max(1, total))
        self._bar.setValue(min(done, total))

    def offer(self, *, stop: str = "", second: str = "", primary: str = "") -> None:
        """The verbs that there are now."""
        for button, text in ((self.stop, stop), (self.second, second), (self.primary, primary)):
            button.setText(text)
            button.setVisible(bool(text))
