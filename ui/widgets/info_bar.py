"""A calm sentence across a pane or a page: what is the case, and what can be done about it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui import assets
from ui.theme import Theme
from ui.widgets.buttons import Button

_ICONS = {
    "info": "info-circle",
    "wait": "alert-triangle",
    "bad": "alert-circle",
    "ok": "rosette-discount-check-filled",
    "none": "info-circle",
}


class InfoBar(QFrame):
    """`kind`: info, wait, bad, ok or none. `action` is a button at the right, hidden until it has a text."""

    def __init__(
        self,
        theme: Theme,
        kind: str = "info",
        *,
        icon: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if name:
            self.setObjectName(name)
        self._theme = theme
        self._kind = kind
        self._icon_name = icon
        self._icon = QLabel()
        self._icon.setFixedSize(20, 20)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.action = Button(theme, name=f"{name}Action" if name else "")
        self.action.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 10, 10)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        row.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self._colour)
        self.set_kind(kind, icon)

    def set_kind(self, kind: str, icon: str = "") -> None:
        self._kind, self._icon_name = kind, icon
        before = self.property("panel")
        self.setProperty("panel", kind)
        if before is not None and before != kind:  # a bar that is new is polished when it is shown
            for widget in (self, self._text):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        self._colour()

    def set_text(self, strong: str, text: str = "") -> None:
        """A sentence in bold and what follows it; both are plain text."""
        import html

        parts = [f"<b>{html.escape(strong)}</b>" if text else html.escape(strong), html.escape(text)]
        self._text.setText(" ".join(part for part in parts if part))
        self.setAccessibleName(f"{strong} {text}".strip())

    def set_action(self, text: str) -> None:
        """What can be done about it, never the primary button: that one belongs to the pane."""
        self.action.setText(text)
        self.action.setVisible(bool(text))

    def _colour(self) -> None:
        name = self._icon_name or _ICONS.get(self._kind, "info-circle")
        colour = self._theme.tokens.tone(self._kind).text
        self._icon.setPixmap(assets.pixmap(name, colour, 20, self.devicePixelRatioF()))
