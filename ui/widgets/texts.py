"""Labels with a role, rules and headings."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.buttons import Button


def label(text: str = "", role: str = "body", *, name: str = "", wrap: bool = False) -> QLabel:
    """A label in a role of `theme.TYPE_SCALE`; plain text unless the caller says otherwise."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if name:
        made.setObjectName(name)
    return made


def plain_tooltip(text: str) -> str:
    """Return what a tooltip shows as just this text: Qt takes what looks like HTML as such, and would fetch
    the picture that a company's name says."""
    return GuiQt.convertFromPlainText(text) if GuiQt.mightBeRichText(text) else text


class ElidedLabel(QLabel):
    """One line that ends in … where there is no room for all of it; the tooltip has the whole."""

    def __init__(self, text: str = "", role: str = "body") -> None:
        super().__init__(text)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setToolTip(self, text: str) -> None:
        super().setToolTip(plain_tooltip(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.contentsRect(), int(self.alignment()), shown)
        painter.end()


def rule() -> QFrame:
    """A hair line."""
    made = QFrame()
    made.setProperty("rule", "true")
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour a label by meaning: ok, wait, bad, info, none, or "" for its own colour."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is when it is first shown
            widget.style().unpolish(widget)
            widget.style().polish(widget)


class SectionHeader(QWidget):
    """A heading over a card, with an optional link at its right."""

    def __init__(
        self, theme: Theme, text: str = "", link: str = "", *, caps: bool = False, name: str = ""
    ) -> None:
        super().__init__()
        self.label = label(text, "caps" if caps else "section")
        self._caps = caps
        self.link = Button(theme, link, kind="link", name=f"{name}Link" if name else "")
        self.link.setVisible(bool(link))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label)
        row.addStretch(1)
        row.addWidget(self.link)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_texts(text, link)

    def set_texts(self, text: str, link: str = "", *, blocked: str = "") -> None:
        """Say these; `blocked` is why the link cannot be used now."""
        self.label.setText(text.upper() if self._caps else text)
        self.label.setAccessibleName(text)
        self.link.setText(link)
        self.link.setAccessibleName(f"{link}: {text}" if link else "")
        self.link.set_blocked(blocked)
        self.link.setVisible(bool(link))
