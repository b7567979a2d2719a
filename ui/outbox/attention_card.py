"""One thing that needs a person: what happened, mine and theirs, and the ways on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.usecases.attention import AttentionItem
from ui.messages import Messages
from ui.outbox.wording import command_words, field_words, value_words
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.texts import label
from ui.widgets.translated import Translated


class AttentionCard(Translated):
    """Emits one signal per way on; the pane carries it out."""

    keep_mine = Signal()
    take_theirs = Signal()
    retry = Signal()
    dismiss = Signal()
    copy = Signal()
    open_activation = Signal()
    open_invitation = Signal()

    def __init__(self, theme: Theme, messages: Messages) -> None:
        super().__init__()
        self.setObjectName("attentionCard")
        self._theme = theme
        self._messages = messages
        self._item: AttentionItem | None = None
        panel = QFrame()
        panel.setProperty("panel", "side")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(panel)
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)
        self._title = label("", "card", name="attentionTitle", wrap=True)
        self._what = label("", "secondary", name="attentionWhat", wrap=True)
        self._what.setProperty("muted", "true")
        self._headline = label("", "section", name="attentionHeadline", wrap=True)
        self._body = label("", "body", name="attentionBody", wrap=True)
        self._also = label("", "secondary", name="attentionAlso", wrap=True)
        self._fields = QWidget()
        self._grid = QGridLayout(self._fields)
        self._grid.setContentsMargins(0, 8, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        for at in (1, 2, 3):
            self._grid.setColumnStretch(at, 1)
        content = QWidget()
        content.setProperty("scrolled", "true")
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.setSpacing(8)
        for widget in (self._title, self._what, self._headline, self._body, self._also, self._fields):
            inside.addWidget(widget)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        column.addWidget(area, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._buttons = {
            "keep_mine": Button(theme, kind="primary", name="attentionKeep"),
            "take_theirs": Button(theme, name="attentionTheirs"),
            "open_activation": Button(theme, kind="primary", name="attentionActivation"),
            "open_invitation": Button(theme, kind="primary", name="attentionInvitation"),
            "retry": Button(theme, kind="primary", name="attentionRetry"),
            "copy": Button(theme, icon="copy", name="attentionCopy"),
            "dismiss": Button(theme, name="attentionDismiss"),
        }
        for key, button in self._buttons.items():
            button.clicked.connect(getattr(self, key))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.retranslate()

    def retranslate(self) -> None:
        words = {
            "keep_mine": self.tr("Behåll mitt"),
            "take_theirs": self.tr("Ta deras"),
            "open_activation": self.tr("Se vad som ändrats…"),
            "open_invitation": self.tr("Visa inbjudan"),
            "retry": self.tr("Försök igen"),
            "copy": self.tr("Kopiera"),
            "dismiss": self.tr("Lägg åt sidan"),
        }
        for key, text in words.items():
            self._buttons[key].setText(text)
        if self._item is not None:
            self.show_item(self._item)

    def show_item(self, item: AttentionItem) -> None:
        """Show one item with the ways on that it has."""
        self._item = item
        self._title.setText(item.subject or command_words(item.type))
        self._what.setText(command_words(item.type) if item.type else "")
        self._what.setVisible(bool(item.type))
        headline, _, body = self._messages.sentence(item.code, **(item.data or {})).partition("\n")
        self._headline.setText(headline)
        self._body.setText(body.strip())
        self._body.setVisible(bool(body.strip()))
        also = len(item.also)
        self._also.setText(self.tr("%n beslut till väntar på det här.", "", also) if also else "")
        self._also.setVisible(also > 0)
        self._show_fields(item)
        shown = {
            "conflict": {"keep_mine", "take_theirs", "copy"},
            "rejected": {"retry", "copy", "dismiss"},
            "activation_stopped": {"open_activation"},
            "activation_refused": {"open_activation", "dismiss"},
            "invitation_problem": {"open_invitation", "dismiss"},
        }.get(item.kind, {"dismiss"})
        for key, button in self._buttons.items():
            button.setVisible(key in shown)
        self._buttons["open_activation"].setText(
            self.tr("Se vad som ändrats…") if item.kind == "activation_stopped" else self.tr("Börja om…")
        )

    def _show_fields(self, item: AttentionItem) -> None:
        while (taken := self._grid.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._fields.setVisible(bool(item.fields))
        if not item.fields:
            return
        for at, text in enumerate(("", self.tr("Mitt"), self.tr("Deras"), self.tr("Vad jag såg"))):
            head = label(text, "column")
            head.setProperty("muted", "true")
            self._grid.addWidget(head, 0, at)
        for at, field in enumerate(item.fields, start=1):
            self._grid.addWidget(label(field_words(field.name), "strong_secondary"), at, 0)
            for column, value in enumerate((field.mine, field.theirs, field.seen), start=1):
                self._grid.addWidget(label(value_words(value), "body", wrap=True), at, column)
