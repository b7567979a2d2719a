"""What became of it: a mark per service that follows what happens, and what is to be done next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from app.domain.consequences import CommitVerb
from app.domain.records import ActivationState, Branch
from app.usecases.activation_values import Mark, Sending
from ui.activation.page import ActivationPage, clear
from ui.activation.presenter import ActivationPresenter
from ui.activation.wording import state_text
from ui.theme import Theme
from ui.widgets.announce import announce
from ui.widgets.card import Card
from ui.widgets.cells import Chip
from ui.widgets.chip import ChipLabel
from ui.widgets.info_bar import InfoBar
from ui.widgets.texts import SectionHeader, label


class ResultPage(ActivationPage):
    """The marks are *I utkorgen* → *Skickas* → *Genomfört*, then the state of each collaboration.

    `leave_asked`: another screen takes over.
    """

    leave_asked = Signal()

    def __init__(self, theme: Theme, presenter: ActivationPresenter) -> None:
        super().__init__(theme, presenter, "activationResultPage")
        self._said = ""
        self.bar = InfoBar(theme, "info", icon="upload", name="resultBar")
        self.head = SectionHeader(theme, name="resultServices")
        self.card = Card(name="resultCard")
        self.card.body.setContentsMargins(14, 8, 14, 8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.card.body.addLayout(self._grid)
        self.after = label("", "secondary", name="resultAfter", wrap=True)
        self.next_head = SectionHeader(theme, name="resultNext")
        self.next_card = Card(name="resultNextCard")
        self._next = QVBoxLayout()
        self._next.setSpacing(6)
        self.next_card.body.addLayout(self._next)
        for widget in (self.bar, self.head, self.card, self.after, self.next_head, self.next_card):
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self._shown: object = None
        self.bar.action.clicked.connect(self._act)
        self.refresh()

    def heading(self) -> str:
        sending, found = self.presenter.sending, self.presenter.consequences
        if sending is None or sending.mark is Mark.QUEUED:
            return self.tr("Klart – ärendet ligger i utkorgen")
        if sending.mark is Mark.SENDING:
            return self.tr("Skickas")
        if sending.mark is Mark.NEEDS_PERSON:
            return self.tr("Ärendet väntar på dig")
        states = {one.state for one in sending.collaborations}
        if "active" in states and "pending" not in states:
            return self.tr("Klart – samarbetet är aktivt")
        if "pending" in states:
            return self.tr("Klart – inbjudan väntar på kunden")
        verb = found.commit if found is not None else CommitVerb.OUTBOX
        if verb is CommitVerb.REGISTER:
            return self.tr("Klart – kunden registreras")
        return self.tr("Klart – servern har tagit emot ärendet")

    def refresh(self) -> None:
        super().refresh()
        sending = self.presenter.sending
        if sending is None:
            return
        self._show_bar(sending)
        self.head.set_texts(self.tr("Tjänster"))
        shown = (sending, self.presenter.language, self._theme_generation())
        if shown != self._shown:
            self._shown = shown
            self._show_services(sending)
            self._show_next()
        found = self.presenter.consequences
        asks = found is not None and found.branch is not Branch.NOT_REGISTERED
        texts = self.presenter.catalogue.texts
        self.after.setText(texts.text("after.invitation", self.presenter.language) if asks else "")
        self.after.setVisible(asks)
        said = f"{sending.mark} {[one.state for one in sending.collaborations]}"
        if self.isVisible() and said != self._said:
            self._said = said
            announce(self, self.heading())

    def _theme_generation(self) -> int:
        return self.theme.generation

    def _show_bar(self, sending: Sending) -> None:
        name = sending.customer_name
        self.bar.set_action(self._action_text(sending))
        match sending.mark:
            case Mark.QUEUED:
                self.bar.set_kind("info", "upload")
                self.bar.set_text(
                    self.tr("I utkorgen."),
                    self.tr(
                        "Ärendet för %1 är sparat och skickas så snart servern nås. "
                        "Det finns kvar om du stänger programmet."
                    ).replace("%1", name),
                )
            case Mark.SENDING:
                self.bar.set_kind("info", "send")
                self.bar.set_text(self.tr("Skickas."), self.tr("Du kan stänga det här fönstret."))
            case Mark.NEEDS_PERSON:
                self.bar.set_kind("wait", "alert-triangle")
                text = self.presenter.context.messages.sentence(
                    sending.code or "answer_changed", customer=name
                )
                headline, _, body = text.partition("\n")
                self.bar.set_text(headline, body)
            case Mark.DONE:
                self.bar.set_kind("ok", "circle-check-filled")
                self.bar.set_text(self.tr("Genomfört."), self._done_text(sending))

    def _action_text(self, sending: Sending) -> str:
        """What a person can do about an item that waits; nothing where it goes on by itself."""
        if sending.mark is not Mark.NEEDS_PERSON or sending.activation is None:
            return ""
        if sending.activation.state == ActivationState.STOPPED:
            return self.tr("Se vad som har ändrats…")
        if sending.activation.state == ActivationState.REFUSED:
            return self.tr("Gör om ärendet…")
        return self.tr("Öppna utkorgen")

    def _act(self) -> None:
        sending, context = self.presenter.sending, self.presenter.context
        if sending is None or sending.activation is None:
            return
        self.leave_asked.emit()
        if sending.activation.state in (ActivationState.STOPPED, ActivationState.REFUSED):
            context.navigate("activation", activation_id=sending.activation_id)
        else:
            context.navigate("outbox")

    def _done_text(self, sending: Sending) -> str:
        states = {one.state for one in sending.collaborations}
        if sending.invitation is not None:
            names = ", ".join(r.name for r in sending.invitation.recipients if r.role == "approver")
            return self.tr("Inbjudan skickas till %1.").replace("%1", names)
        if "active" in states:
            return self.tr(
                "Samarbetet är aktivt och inloggningsinstruktionerna skickas till kontaktpersonen."
            )
        return self.tr("Servern har tagit emot ärendet. Visma Spcs kontrolleras nu innan något skickas.")

    def _show_services(self, sending: Sending) -> None:
        clear(self._grid)
        customer = self.presenter.customer
        facts = self.presenter.facts
        for row, choice in enumerate(customer.choices if customer else ()):
            service = self.presenter.catalogue.service(choice.service).label.text(self.presenter.language)
            engagement = facts.find_engagement(choice.engagement_id) if facts else None
            state = next((one.state for one in sending.collaborations if one.service == choice.service), "")
            chip = self._chip(sending.mark, state)
            name = label(service, "name")
            name.setAccessibleName(f"{service}: {chip.text}")
            self._grid.addWidget(name, row, 0)
            title = label(engagement.title if engagement else "", "body")
            title.setProperty("muted", "true")
            self._grid.addWidget(title, row, 1)
            shown = ChipLabel(self.theme, (chip,))
            shown.setObjectName(f"result_{choice.service}")
            self._grid.addWidget(shown, row, 2)

    def _chip(self, mark: Mark, state: str) -> Chip:
        if mark is Mark.QUEUED:
            return Chip(self.tr("I utkorgen"), "info")
        if mark is Mark.SENDING:
            return Chip(self.tr("Skickas"), "info", "send")
        if mark is Mark.NEEDS_PERSON:
            return Chip(self.tr("Väntar på dig"), "wait")
        if state in ("", "received"):
            return Chip(self.tr("Genomfört"), "ok")
        words, kind = state_text(state)
        return Chip(words, kind)

    def _show_next(self) -> None:
        clear(self._next)
        language = self.presenter.language
        customer = self.presenter.customer
        items = [
            (self.presenter.catalogue.service(choice.service).short.text(language), item.text.text(language))
            for choice in (customer.choices if customer else ())
            for item in self.presenter.catalogue.service(choice.service).checklist_at("after_start")
        ]
        self.next_head.set_texts(self.tr("Att göra när tjänsten är igång"))
        self.next_head.setVisible(bool(items))
        self.next_card.setVisible(bool(items))
        for name, text in items:
            row = label(f"{name}: {text}", "body", wrap=True)
            self._next.addWidget(row)
