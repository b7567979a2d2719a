"""What an empty list says. Four different things, never mixed up."""

from enum import StrEnum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import assets
from ui.background import Latest
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.texts import label


class Emptiness(StrEnum):
    """Why a list is empty."""

    NOTHING_YET = "nothing_yet"
    NOTHING_MATCHES = "nothing_matches"
    NOT_FETCHED = "not_fetched"
    ALL_DONE = "all_done"


_ICONS = {
    Emptiness.NOTHING_YET: "inbox",
    Emptiness.NOTHING_MATCHES: "search",
    Emptiness.NOT_FETCHED: "cloud-off",
    Emptiness.ALL_DONE: "circle-check",
}


class EmptyState(QWidget):
    """An icon, a heading, a line and perhaps one button (`action`), centred."""

    def __init__(self, theme: Theme, *, name: str = "emptyState", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._kind = Emptiness.NOTHING_YET
        self.asking = Latest()
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = label("", "card", wrap=True)
        self._text = label("", "secondary", wrap=True)
        for text in (self._title, self._text):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.action = Button(theme, name=f"{name}Action")
        # Until something has been said: what is not said must not be pressed.
        self.action.hide()
        middle = QWidget()
        # Never so wide that a list's emptiness keeps the window from being small.
        middle.setMinimumWidth(theme.px(200))
        middle.setMaximumWidth(theme.px(440))
        said = QVBoxLayout(middle)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(8)
        for widget in (self._icon, self._title, self._text):
            said.addWidget(widget)
        said.addSpacing(4)
        said.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle, 1000)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(across)
        column.addStretch(3)
        theme.changed.connect(self._colour)

    @property
    def kind(self) -> Emptiness:
        return self._kind

    def say(self, kind: str, title: str, text: str = "", action: str = "") -> None:
        """Show why the list is empty; the button is shown when it has a text."""
        self.asking.cancel()
        self._kind = Emptiness(kind)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.action.setText(action)
        if not action and self.window().focusWidget() is self.action:
            self.setFocus()  # kept here: the list takes it over again when it is shown
        self.action.setVisible(bool(action))
        self.setAccessibleName(f"{title} {text}".strip())
        self._colour()

    def say_not_fetched(self) -> None:
        """Say that what belongs here has never come from the server: nobody knows whether there is any."""
        self.say(
            Emptiness.NOT_FETCHED,
            self.tr("Byråns uppgifter har inte hämtats än"),
            self.tr("De visas här så snart de har kommit från servern."),
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._kind is Emptiness.NOT_FETCHED:
            self.say_not_fetched()

    def _colour(self) -> None:
        tokens = self._theme.tokens
        colour = tokens.ok.text if self._kind is Emptiness.ALL_DONE else tokens.control_edge
        self._icon.setPixmap(assets.pixmap(_ICONS[self._kind], colour, 40, self.devicePixelRatioF()))
