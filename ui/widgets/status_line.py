"""The line at the bottom that is always there: how old the data is and what has not been sent.

Four states only: *Uppdaterat 08:14* · *3 ändringar i utkorgen* · *Offline – visar uppgifter från i går
08:14* · *1 ärende att åtgärda*.
"""

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui import assets
from ui.formats import moment_text
from ui.theme import Theme
from ui.widgets.announce import announce
from ui.widgets.buttons import Button
from ui.widgets.texts import label
from ui.widgets.translated import TranslatedFrame


class Status(NamedTuple):
    """What the line says. `pulled_at` is the last completed pull, None before the first."""

    pulled_at: datetime | None = None
    offline: bool = False
    waiting: int = 0
    attention: int = 0
    fetching: bool = False


class StatusLine(TranslatedFrame):
    """Signals say which state a person pressed: the outbox or what needs attention."""

    outbox_pressed = Signal()
    attention_pressed = Signal()
    sync_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setProperty("panel", "status")
        self._theme = theme
        self._status = Status()
        self._now: datetime | None = None
        self._age = Button(theme, kind="link", name="statusAge")
        self._outbox = Button(theme, kind="link", name="statusOutbox")
        self._attention = Button(theme, kind="link", name="statusAttention")
        self._side = label("", "secondary", name="statusSide")
        self._side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 16, 1)
        row.setSpacing(8)
        for button in (self._age, self._outbox, self._attention):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._side, 2)
        self._side.setAlignment(self._side.alignment() | Qt.AlignmentFlag.AlignRight)
        self._age.clicked.connect(self.sync_pressed)
        self._outbox.clicked.connect(self.outbox_pressed)
        self._attention.clicked.connect(self.attention_pressed)
        theme.changed.connect(self.retranslate)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.retranslate()

    @property
    def texts(self) -> list[str]:
        """What is shown, left to right."""
        return [b.text() for b in (self._age, self._outbox, self._attention) if not b.isHidden()]

    def show_status(self, status: Status, now: datetime) -> None:
        """Show a state; `now` decides between 08:14 and *i går 08:14*."""
        changed = (status.offline, status.attention) != (self._status.offline, self._status.attention)
        self._status, self._now = status, now
        self.retranslate()
        if changed:
            announce(self, " · ".join(self.texts))

    def show_side(self, text: str) -> None:
        """What the pane says at the right: rows shown and the like; never a file's name."""
        self._side.setText(text)

    def retranslate(self) -> None:
        status = self._status
        at = moment_text(status.pulled_at, self._now) if status.pulled_at and self._now else ""
        if status.offline:
            text = (
                self.tr("Offline – visar uppgifter från %1").replace("%1", at) if at else self.tr("Offline")
            )
            self._show(self._age, text, "wait", "cloud-off")
        elif status.fetching and not at:
            self._show(self._age, self.tr("Hämtar byråns uppgifter …"), "info", "refresh")
        elif at:
            self._show(self._age, self.tr("Uppdaterat %1").replace("%1", at), "ok", "cloud-check")
        else:
            self._show(self._age, self.tr("Inte uppdaterat än"), "none", "cloud")
        self._age.setToolTip(self.tr("Synkronisera nu (F5)"))
        self._outbox.setVisible(status.waiting > 0)
        self._show(self._outbox, self.tr("%n ändringar i utkorgen", "", status.waiting), "info", "upload")
        self._attention.setVisible(status.attention > 0)
        self._show(
            self._attention,
            self.tr("%n ärenden att åtgärda", "", status.attention),
            "bad",
            "alert-circle-filled",
        )

    def _show(self, button: Button, text: str, kind: str, icon: str) -> None:
        colour = self._theme.tokens.tone(kind).text
        button.setText(text)
        button.setAccessibleName(text)
        button.setStyleSheet(f"color: {colour};")
        button.setIcon(assets.icon(icon, colour, 16))
