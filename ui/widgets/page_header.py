"""The top of a pane: its title, a line beside it, and actions on the right of which one is primary."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.texts import ElidedLabel, label


class PageHeader(QWidget):
    """`add_action` puts a button at the right; call it for the primary one last."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageHeader")
        self._theme = theme
        self._title = label("", "page", name="pageTitle")
        self._subtitle = ElidedLabel("", "body")
        self._subtitle.setObjectName("pageSubtitle")
        self._subtitle.setProperty("muted", "true")
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._title)
        self._row.addSpacing(6)
        self._row.addWidget(self._subtitle, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_title(self, text: str) -> None:
        self._title.setText(text)

    def set_subtitle(self, text: str) -> None:
        """One short line, for example "2 148 kunder · 42 okopplade samarbeten"."""
        self._subtitle.setText(text)
        self._subtitle.setToolTip(text)

    def add_action(self, text: str = "", *, icon: str = "", primary: bool = False, name: str = "") -> Button:
        """A button at the right; its text may come from an action through `Button.follow`."""
        made = Button(self._theme, text, kind="primary" if primary else "", icon=icon, name=name)
        self._row.addWidget(made)
        return made
