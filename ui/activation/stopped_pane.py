"""An activation that stopped: the answer that was shown, the one there is now, and the two ways on."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.catalogue import load_catalogue
from app.domain.branches import branch_of, branch_of_activation
from app.domain.consequences import branch_texts, list_administrators
from app.domain.records import Branch, RegisteredService
from app.usecases.activation_values import StoppedActivation
from ui.activation.check_page import ICONS
from ui.activation.page import Line, LinesCard, show_passage
from ui.activation.wording import answer_text, branch_text, checked_text, role_text
from ui.background import Lane
from ui.screens import ScreenContext
from ui.widgets.buttons import Button
from ui.widgets.info_bar import InfoBar
from ui.widgets.texts import SectionHeader, label, rule
from ui.widgets.translated import Translated


class StoppedPane(Translated):
    """The old answer beside the new one, with the consequences of going on; nothing has been sent."""

    left = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.setObjectName("stoppedPane")
        self._context = context
        self._catalogue = load_catalogue()
        self._stopped: StoppedActivation | None = None
        theme = context.theme
        self._heading = label("", "wizard", name="stoppedHeading", wrap=True)
        self.why = InfoBar(theme, "wait", name="stoppedWhy")
        self.before_head = SectionHeader(theme, name="stoppedBefore")
        self.before = LinesCard(theme, "stoppedBeforeCard")
        self.now_head = SectionHeader(theme, name="stoppedNow")
        self.now = LinesCard(theme, "stoppedNowCard")
        self.consequence = InfoBar(theme, "info", name="stoppedConsequence")
        self.mails_head = SectionHeader(theme, name="stoppedMails")
        self.mails = LinesCard(theme, "stoppedMailsCard")
        self.note = label("", "secondary", name="stoppedNote", wrap=True)
        self.later = Button(theme, name="stoppedLater")
        self.again = Button(theme, icon="refresh", name="stoppedCheckAgain")
        self.cancel = Button(theme, name="stoppedCancel")
        self.proceed = Button(theme, kind="primary", icon="send", name="stoppedProceed")
        self.later.clicked.connect(self.left)
        self.again.clicked.connect(self._check_again)
        self.cancel.clicked.connect(self._cancel)
        self.proceed.clicked.connect(self._proceed)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 14)
        column.setSpacing(8)
        for widget in (
            self._heading,
            self.why,
            self.before_head,
            self.before,
            self.now_head,
            self.now,
            self.consequence,
            self.mails_head,
            self.mails,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        column.addSpacing(4)
        column.addWidget(rule())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.later)
        row.addStretch(1)
        row.addWidget(self.again)
        row.addWidget(self.cancel)
        row.addWidget(self.proceed)
        column.addLayout(row)
        column.addWidget(self.note)

    def open(self, activation_id: str) -> None:
        """Show this activation."""
        cases = self._context.samverka.activation
        self._context.background.run(lambda: cases.stopped.open(activation_id), self._opened, self._failed)

    @Slot(object)
    def _opened(self, stopped: StoppedActivation) -> None:
        self._stopped = stopped
        self.retranslate()
        (self.proceed if stopped.may_proceed else self.cancel).setFocus()

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        self._context.show_error(error)
        self.left.emit()

    def _check_again(self) -> None:
        """Ask the vendor once more: the answer that is there may be unknown, or old."""
        stopped, cases = self._stopped, self._context.samverka.activation
        if stopped is None:
            return
        activation_id, customer_id = stopped.activation.id, stopped.activation.customer_id
        self.again.set_blocked(self.tr("Kontrollen pågår."))

        def work() -> StoppedActivation:
            cases.check((customer_id,))
            found: StoppedActivation = cases.stopped.open(activation_id)
            return found

        self._context.background.run(work, self._opened, self._not_asked, lane=Lane.POOL)

    @Slot(object)
    def _not_asked(self, error: BaseException) -> None:
        self.retranslate()
        self._context.show_error(error)

    def retranslate(self) -> None:
        self.again.setText(self.tr("Kontrollera igen"))
        self.later.setText(self.tr("Bestäm senare"))
        self.cancel.setText(self.tr("Avbryt ärendet"))
        self.proceed.setText(self.tr("Fortsätt med det nya svaret"))
        stopped = self._stopped
        for widget in (self.again, self.cancel, self.proceed):
            widget.set_blocked("" if stopped is not None else self.tr("Hämtar uppgifter…"))
        if stopped is None:
            self._heading.setText(self.tr("Ärendet väntar på dig"))
            return
        name = stopped.facts.customer.name
        self._heading.setText(self.tr("Ärendet för %1 väntar på dig").replace("%1", name))
        headline, _, body = self._context.messages.sentence(stopped.because, customer=name).partition("\n")
        self.why.set_text(headline, body)
        self.before_head.set_texts(self.tr("Svaret när du bestämde dig"))
        self.now_head.set_texts(self.tr("Svaret nu"))
        expects = stopped.activation.expects
        registration = stopped.facts.registration
        self.before.set_lines(self._lines(expects.answer, expects.services, expects.checked_at))
        self.now.set_lines(
            self._lines(
                stopped.answer_now,
                stopped.services_now,
                registration.checked_at if registration is not None else None,
            )
        )
        self._show_consequence(stopped)

    def _lines(
        self, answer: str, services: tuple[RegisteredService, ...], checked_at: datetime | None
    ) -> list[Line]:
        stopped = self._stopped
        if stopped is None:
            return []
        language = self._context.messages.language
        lines = [Line(self.tr("Svar"), answer_text(answer), checked_text(checked_at, stopped.now))]
        for item in stopped.activation.items:
            words = branch_text(branch_of(answer, services, item.service))
            lines.append(Line(self._catalogue.service(item.service).label.text(language), words))
        return lines

    def _show_consequence(self, stopped: StoppedActivation) -> None:
        language = self._context.messages.language
        codes = [item.service for item in stopped.activation.items]
        branch = Branch(branch_of_activation(stopped.answer_now, stopped.services_now, codes))
        key = branch_texts(branch)[0]
        self.consequence.set_kind("info", ICONS[key])
        show_passage(self.consequence, self._catalogue.texts.passage(key, language))
        contact = stopped.activation.contact
        if branch is Branch.NOT_REGISTERED and contact is not None:
            people = [Line(contact.name, contact.email, self.tr("Får inloggningsinstruktioner"))]
        else:
            people = [
                Line(line.person.name, line.person.email, role_text(line.role))
                for line in list_administrators(stopped.facts)
            ]
        self.mails_head.set_texts(self.tr("E-post som då skickas av Visma Spcs"))
        self.mails.set_lines(people)
        for widget in (self.consequence, self.mails_head, self.mails):
            widget.setVisible(stopped.may_proceed and bool(people))
        reason = ""
        if not stopped.may_proceed:
            reason = (
                self.tr("Det går inte att fortsätta utan ett svar från Visma Spcs.")
                if branch is Branch.UNKNOWN
                else self.tr("Det går inte att fortsätta utan kontaktperson.")
            )
        self.proceed.set_blocked(reason)
        self.note.setText(
            reason or self.tr("Ingenting har skickats. Kontrollen görs om innan något skickas.")
        )

    def _proceed(self) -> None:
        stopped, cases = self._stopped, self._context.samverka.activation
        if stopped is not None:
            self.proceed.set_blocked(self.tr("Sparar i utkorgen…"))
            self._context.background.run(lambda: cases.stopped.proceed(stopped), self._went_on, self._failed)

    @Slot(object)
    def _went_on(self, _result: object) -> None:
        self._context.toast(self.tr("Ärendet fortsätter med det nya svaret."))
        self.left.emit()

    def _cancel(self) -> None:
        stopped, cases = self._stopped, self._context.samverka.activation
        if stopped is not None:
            self.cancel.set_blocked(self.tr("Sparar i utkorgen…"))
            activation_id = stopped.activation.id
            self._context.background.run(
                lambda: cases.stopped.cancel(activation_id), self._was_cancelled, self._failed
            )

    @Slot(object)
    def _was_cancelled(self, _result: object) -> None:
        self._context.toast(self.tr("Ärendet är avbrutet. Ingenting har skickats."))
        self.left.emit()
