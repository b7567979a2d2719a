"""The top of a pane: its title, a line beside it, and actions on the right of which one is primary."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.texts import ElidedLabel, label


class PageHeader(QWidget):
    """`add_action` puts a button at the right; call it for the primary one last.

    The line stands under the title where there is no room for it between title and actions.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageHeader")
        self._theme = theme
        self._text = ""
        self._title = label("", "page", name="pageTitle")
        self._subtitle = ElidedLabel("", "body")
        self._subtitle.setObjectName("pageSubtitle")
        self._subtitle.setProperty("muted", "true")
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._below = ElidedLabel("", "secondary")
        self._below.setObjectName("pageSubtitleBelow")
        self._below.setProperty("muted", "true")
        self._below.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        self._row = QHBoxLayout()
        rows.addLayout(self._row)
        rows.addWidget(self._below)
        self._row.setSpacing(8)
        self._row.addWidget(self._title)
        self._row.addSpacing(6)
        self._row.addWidget(self._subtitle, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_title(self, text: str) -> None:
        self._title.setText(text)

    def set_subtitle(self, text: str) -> None:
        """One short line, for example "2 148 kunder · 42 okopplade samarbeten"."""
        self._text = text
        for line in (self._subtitle, self._below):
            line.setToolTip(text)
        self._below.setText(text)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()  # an action has other words now
        return super().event(event)

    def _arrange(self) -> None:
        """Put the line where all of it can be read."""
        taken = self._title.sizeHint().width() + 6
        for at in range(self._row.count()):
            item = self._row.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None and widget not in (self._title, self._subtitle) and not widget.isHidden():
                taken += widget.sizeHint().width()
        room = self.width() - taken - self._row.spacing() * self._row.count()
        fits = not self._text or self._subtitle.fontMetrics().horizontalAdvance(self._text) <= room
        self._subtitle.setText(
            self._text if fits else ""
        )  # it keeps its place: the actions stay at the right
        if self._below.isHidden() != fits:
            self._below.setVisible(not fits)

    def take_in(self, field: QWidget) -> None:
        """Put a field between title and actions, where a pane has little room under them."""
        self._row.insertWidget(self._row.indexOf(self._subtitle) + 1, field, 1000)
        self._arrange()

    def add_action(self, text: str = "", *, icon: str = "", primary: bool = False, name: str = "") -> Button:
        """A button at the right; its text may come from an action through `Button.follow`."""
        made = Button(self._theme, text, kind="primary" if primary else "", icon=icon, name=name)
        self._row.addWidget(made)
        return made
