"""One thing that needs a person: what happened, mine and theirs, and the ways on."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.usecases.attention import AttentionItem
from ui.formats import moment_text
from ui.messages import Messages
from ui.outbox.conflict_fields import ConflictFields
from ui.outbox.wording import actor_words, command_words, field_words, value_words
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.fitted_area import FittedArea
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.texts import label
from ui.widgets.translated import Translated

_WAYS_ON = {
    "conflict": {"keep_mine", "take_theirs", "copy"},
    "rejected": {"retry", "copy", "dismiss"},
    "withdrawn_too_late": {"copy", "dismiss"},
    "stuck": {"send_again", "withdraw", "copy"},
    "activation_stopped": {"open_activation"},
    "activation_refused": {"open_activation", "dismiss"},
    "invitation_problem": {"open_invitation", "dismiss"},
}


class AttentionCard(Translated):
    """Emits one signal per way on; the pane carries it out. `mine_chosen` has the fields that stay mine."""

    keep_mine = Signal()
    take_theirs = Signal()
    mine_chosen = Signal(list)
    retry = Signal()
    send_again = Signal()
    withdraw = Signal()
    dismiss = Signal()
    copy = Signal()
    open_activation = Signal()
    open_invitation = Signal()
    open_customer = Signal()

    def __init__(self, theme: Theme, messages: Messages, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("attentionCard")
        self._theme = theme
        self._messages = messages
        self._now = now
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
        self._customer = Button(theme, kind="link", name="attentionCustomer")
        self._customer.clicked.connect(self.open_customer)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._customer, 0, Qt.AlignmentFlag.AlignTop)
        self._what = label("", "secondary", name="attentionWhat", wrap=True)
        self._what.setProperty("muted", "true")
        self._headline = label("", "section", name="attentionHeadline", wrap=True)
        self._body = label("", "body", name="attentionBody", wrap=True)
        self._also = label("", "secondary", name="attentionAlso", wrap=True)
        self._who = label("", "secondary", name="attentionWho", wrap=True)
        self._decided = label("", "body", name="attentionDecided", wrap=True)
        self._decided_head = label("", "caps", name="attentionDecidedHead")
        self._decided_head.setProperty("muted", "true")
        self._fields = ConflictFields()
        self._fields.chosen.connect(self._update_save)
        content = QWidget()
        content.setProperty("scrolled", "true")
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.setSpacing(8)
        inside.addLayout(head)
        for widget in (self._what, self._headline, self._body, self._also, self._who, self._fields):
            inside.addWidget(widget)
        inside.addSpacing(8)
        inside.addWidget(self._decided_head)
        inside.addWidget(self._decided)
        area = FittedArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        column.addWidget(area)
        column.addWidget(self._make_buttons())
        column.addStretch(1)
        self.retranslate()

    def _make_buttons(self) -> QWidget:
        theme = self._theme
        buttons = QWidget()
        row = FlowLayout(buttons, spacing=8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        buttons.setSizePolicy(policy)
        self._save = Button(theme, kind="primary", name="attentionSave")
        self._save.clicked.connect(lambda: self.mine_chosen.emit(self._fields.list_mine()))
        row.addWidget(self._save)
        self._buttons = {
            "keep_mine": Button(theme, name="attentionKeep"),
            "take_theirs": Button(theme, name="attentionTheirs"),
            "open_activation": Button(theme, kind="primary", name="attentionActivation"),
            "open_invitation": Button(theme, kind="primary", name="attentionInvitation"),
            "retry": Button(theme, kind="primary", name="attentionRetry"),
            "send_again": Button(theme, kind="primary", name="attentionSendAgain"),
            "withdraw": Button(theme, name="attentionWithdraw"),
            "copy": Button(theme, icon="copy", name="attentionCopy"),
            "dismiss": Button(theme, name="attentionDismiss"),
        }
        for key, button in self._buttons.items():
            button.clicked.connect(getattr(self, key))
            row.addWidget(button)
        for button in (self._save, *self._buttons.values()):
            button.hide()  # until there is an item that says which ways on there are
        return buttons

    def retranslate(self) -> None:
        words = {
            "keep_mine": self.tr("Behåll mitt"),
            "take_theirs": self.tr("Ta deras"),
            "open_activation": self.tr("Se vad som ändrats…"),
            "open_invitation": self.tr("Visa inbjudan"),
            "retry": self.tr("Försök igen"),
            "send_again": self.tr("Skicka igen"),
            "withdraw": self.tr("Ångra beslutet"),
            "copy": self.tr("Kopiera"),
            "dismiss": self.tr("Lägg åt sidan"),
        }
        for key, text in words.items():
            self._buttons[key].setText(text)
        self._save.setText(self.tr("Spara valet"))
        self._customer.setText(self.tr("Visa kunden"))
        if self._item is not None:
            self.show_item(self._item)

    def show_item(self, item: AttentionItem) -> None:
        """Show one item with the ways on that it has; what is being chosen for it is kept."""
        is_another = self._item is None or (item.key, item.fields) != (self._item.key, self._item.fields)
        self._item = item
        self._title.setText(item.subject or command_words(item.type))
        self._customer.setVisible(item.customer_id is not None)
        self._what.setText(self._what_words(item))
        self._what.setVisible(bool(self._what.text()))
        headline, _, body = self._messages.sentence(item.code, **(item.data or {})).partition("\n")
        body = body.strip()
        if not body and item.kind == "rejected":
            body = self.tr(
                "Beslutet är inte genomfört. Försök igen när hindret är borta, eller lägg det åt sidan."
            )
        self._headline.setText(headline)
        self._body.setText(body)
        self._body.setVisible(bool(body))
        also = len(item.also)
        self._also.setText(self.tr("%n beslut till väntar på det här.", "", also) if also else "")
        self._also.setVisible(also > 0)
        self._who.setText(self._who_words(item))
        self._who.setVisible(bool(self._who.text()))
        if is_another:
            self._fields.show_fields(item.fields)
        self._show_decided(item)
        shown = _WAYS_ON.get(item.kind, {"dismiss"})
        for key, button in self._buttons.items():
            button.setVisible(key in shown)
        self._save.setVisible(self._fields.has_choice)
        self._update_save()
        self._buttons["open_activation"].setText(
            self.tr("Se vad som ändrats…") if item.kind == "activation_stopped" else self.tr("Börja om…")
        )

    def _show_decided(self, item: AttentionItem) -> None:
        """What the person had written or chosen, so that nothing has to be remembered."""
        known = [(field_words(name), value_words(name, value)) for name, value in self._told(item)]
        self._decided.setText("\n".join(f"{words}: {value}" for words, value in known))
        heads = {
            "activation_stopped": self.tr("Det som skulle aktiveras"),
            "activation_refused": self.tr("Det som skulle aktiveras"),
            "invitation_problem": self.tr("Skickat"),
        }
        self._decided_head.setText(heads.get(item.kind, self.tr("Det du beslutade")).upper())
        for widget in (self._decided_head, self._decided):
            widget.setVisible(bool(known) and not item.fields)

    def _told(self, item: AttentionItem) -> list[tuple[str, object]]:
        return [(name, value) for name, value in item.decided if field_words(name) != name]

    def text(self) -> str:
        """The whole item as text, to be pasted elsewhere."""
        item = self._item
        if item is None:
            return ""
        lines = [self._title.text(), self._what.text(), self._headline.text(), self._who.text()]
        for field in item.fields:
            mine, theirs, seen = (
                value_words(field.name, value) for value in (field.mine, field.theirs, field.seen)
            )
            lines.append(f"{field_words(field.name)}:")
            lines += [f"  {self.tr('Mitt')}: {mine}", f"  {self.tr('Deras')}: {theirs}"]
            lines.append(f"  {self.tr('Vad jag såg')}: {seen}")
        if not item.fields:
            lines += [f"{field_words(name)}: {value_words(name, v)}" for name, v in self._told(item)]
        return "\n".join(line for line in lines if line)

    def _what_words(self, item: AttentionItem) -> str:
        words = command_words(item.type) if item.type else ""
        if item.made_at is None:
            return words
        sent = item.kind == "invitation_problem"
        made = self.tr("Inbjudan skickad %1") if sent else self.tr("beslutat %1")
        made = made.replace("%1", moment_text(item.made_at, self._now()))
        return f"{words} · {made}" if words else made

    def _who_words(self, item: AttentionItem) -> str:
        """Who changed it meanwhile and when: the server tells it once for the whole record."""
        told = next((field for field in item.fields if field.by), None)
        if told is None:
            return ""
        when = moment_text(datetime.fromisoformat(told.at), self._now()) if told.at else ""
        text = self.tr("Senast ändrat av %1").replace("%1", actor_words(told.by))
        return f"{text}, {when}" if when else text

    def _update_save(self) -> None:
        waiting = self.tr("Välj mitt eller deras för varje uppgift först.")
        self._save.set_blocked("" if self._fields.is_decided else waiting)
