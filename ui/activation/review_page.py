"""Everything that happens, before it happens; the consent; and the e-mail as it will look."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout

from app.domain.activation_draft import Step
from app.domain.activation_language import MAIL_LANGUAGES
from app.domain.consequences import Consequences, TextKey
from app.domain.contact_details import format_phone
from app.domain.identity import mask_number
from app.domain.preconditions import Severity
from app.domain.records import Branch, ParticipationRole
from app.usecases.activation_values import PreviewMail
from ui.activation.check_page import ICONS
from ui.activation.mail_languages import LANGUAGE_NAMES
from ui.activation.page import (
    ActivationPage,
    Line,
    LinesCard,
    ProblemBars,
    show_offline,
    show_passage,
    staff_texts,
)
from ui.activation.presenter import ActivationPresenter
from ui.activation.wording import reviewed_branch_text, role_text
from ui.formats import moment_text
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.dialogs import show_modal
from ui.widgets.info_bar import InfoBar
from ui.widgets.texts import SectionHeader, label, rule


class PreviewCard(Card):
    """One e-mail as it will look: to whom, subject, text. Links in it lead nowhere."""

    language_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(name="mailPreview")
        self._theme = theme
        self._mails: tuple[PreviewMail, ...] = ()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.choose = Combo()
        self.choose.setObjectName("mailPreviewChoose")
        # A long address does not make the page wider than the window.
        self.choose.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choose.setMinimumContentsLength(24)
        self.choose.currentIndexChanged.connect(self._show)
        self.subject = label("", "name", name="mailPreviewSubject", wrap=True)
        head = QVBoxLayout()
        head.setContentsMargins(14, 8, 14, 8)
        head.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._to = label("", "secondary")
        self._to.setBuddy(self.choose)
        self.language = Combo()
        self.language.setObjectName("mailPreviewLanguage")
        for code in MAIL_LANGUAGES:
            self.language.addItem(LANGUAGE_NAMES[code], code)
        self.language.activated.connect(self._language_chosen)
        self._in = label("", "secondary")
        self._in.setBuddy(self.language)
        row.addWidget(self._to)
        row.addWidget(self.choose, 1)
        row.addWidget(self._in)
        row.addWidget(self.language)
        head.addLayout(row)
        head.addWidget(self.subject)
        self.body.addLayout(head)
        self.body.addWidget(rule())
        self.text = QTextBrowser()
        self.text.setObjectName("mailPreviewText")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setOpenExternalLinks(False)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The letter names Windows' font first; elsewhere the program's own stands in for it.
        QFont.insertSubstitution("Segoe UI", theme.font("body").family())
        # The paper of the letter, in a dark theme too: this is how it looks to who gets it.
        self.text.setStyleSheet("QTextBrowser { border: none; background: #f4f6f8; color: #1a2027; }")
        self.body.addWidget(self.text)

    def _language_chosen(self, at: int) -> None:
        self.language_chosen.emit(str(self.language.itemData(at)))

    def set_mails(self, mails: tuple[PreviewMail, ...], language: str) -> None:
        """Show these e-mails, one at a time, in the language that they are written in."""
        self._in.setText(self.tr("Språk i mejlen"))
        self.language.setAccessibleName(self._in.text())
        self.language.setCurrentIndex(max(0, self.language.findData(language)))
        self._to.setText(self.tr("Till"))
        self.choose.setAccessibleName(self.tr("Mejl att förhandsgranska"))
        self.text.setAccessibleName(self.tr("Mejlets text"))
        if mails == self._mails:
            return
        self._mails = mails
        at = max(0, self.choose.currentIndex())
        self.choose.blockSignals(True)
        self.choose.clear()
        for mail in mails:
            self.choose.addItem(f"{mail.to.name} <{mail.to.email}> · {role_text(mail.role)}")
        self.choose.setCurrentIndex(min(at, len(mails) - 1))
        self.choose.blockSignals(False)
        self._show(self.choose.currentIndex())

    def _show(self, at: int) -> None:
        if 0 <= at < len(self._mails):
            self.subject.setText(self._mails[at].subject)
            self.text.setHtml(self._mails[at].html)
            self.text.setAccessibleDescription(self._mails[at].text)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the whole letter room, so that only the page scrolls."""
        document = self.text.document()
        document.setTextWidth(max(200, self.text.viewport().width()))
        self.text.setFixedHeight(round(document.size().height()) + 2 * self._theme.px(8))


class ReviewPage(ActivationPage):
    """A view of `Consequences`; each part leads back to the page where it is changed."""

    def __init__(self, theme: Theme, presenter: ActivationPresenter) -> None:
        super().__init__(theme, presenter, "activationReviewPage")
        self.bars = [InfoBar(theme, name=f"reviewBranch{number}") for number in range(4)]
        self.offline = InfoBar(theme, "wait", icon="cloud-off", name="reviewOffline")
        self.refused = InfoBar(theme, "bad", name="reviewRefused")
        self.problems = ProblemBars(theme, "reviewProblems")
        self.heads: dict[str, SectionHeader] = {}
        self.cards: dict[str, LinesCard] = {}
        self.content.setSpacing(4)
        bars = QVBoxLayout()
        bars.setSpacing(8)
        for bar in (*self.bars, self.offline, self.refused, self.problems):
            bars.addWidget(bar)
        self.content.addLayout(bars)
        for name, step in (
            ("Services", Step.SERVICES),
            ("Mails", None),
            ("Registered", Step.CONTACT),
            ("Access", Step.ACCESS),
        ):
            head = SectionHeader(theme, name=f"review{name}")
            head.setMinimumHeight(theme.px(26))
            card = LinesCard(theme, f"review{name}Card")
            self.heads[name], self.cards[name] = head, card
            if step is not None:
                head.link.setProperty("step", str(step))
                head.link.clicked.connect(self._change)
            self.content.addWidget(head)
            self.content.addWidget(card)
        self.access_note = label("", "secondary", wrap=True)
        self.content.addWidget(self.access_note)
        self.preview_head = SectionHeader(theme, name="reviewPreview")
        self.preview = PreviewCard(theme)
        self.preview_head.link.clicked.connect(self._show_brief)
        self.preview.language_chosen.connect(presenter.choose_language)
        self.content.addWidget(self.preview_head)
        self.content.addWidget(self.preview)
        self.content.addStretch(1)
        self.information = label("", "secondary", name="reviewInformation", wrap=True)
        self.consent = QCheckBox()
        self.consent.setObjectName("activationConsent")
        self.consent.toggled.connect(self._consented)
        self.given = label("", "secondary", name="reviewConsentGiven", wrap=True)
        self.foot.addWidget(self.information)
        self.foot.addWidget(self.consent)
        self.foot.addWidget(self.given)
        self.problems.repair_asked.connect(self.repair_asked)
        self.refresh()

    def heading(self) -> str:
        found = self.presenter.consequences
        if found is None or found.offline or found.branch is Branch.UNKNOWN:
            return self.tr("Granska och lägg i utkorgen")
        if found.branch is Branch.NOT_REGISTERED:
            return self.tr("Granska, registrera och aktivera")
        if found.branch is Branch.OWNS_SUBSCRIPTION:
            return self.tr("Granska och begär tillgång")
        return self.tr("Granska och skicka inbjudan")

    def take_focus(self) -> bool:
        self.consent.setFocus()
        return True

    def refresh(self) -> None:
        super().refresh()
        found, customer = self.presenter.consequences, self.presenter.customer
        if found is None or customer is None:
            return
        self._show_bars(found)
        self._show_services(found)
        self._show_mails(found)
        self._show_registered(found)
        self._show_access(found)
        texts, language = self.presenter.catalogue.texts, self.presenter.language
        self.preview_head.set_texts(self.tr("Så ser mejlet ut"), self.tr("Underlag till kund…"))
        self.preview.set_mails(self.presenter.previews, self.presenter.mail_language)
        for widget in (self.preview_head, self.preview):
            widget.setVisible(bool(self.presenter.previews))
        self.information.setText(texts.text("information.always", language))
        self.consent.setText(texts.consent(found.branch, language).plain)
        self.consent.setAccessibleName(self.consent.text())
        self.consent.blockSignals(True)
        self.consent.setChecked(customer.consented)
        self.consent.blockSignals(False)
        self.consent.setEnabled(not self.presenter.is_sending)
        situation = self.presenter.situation
        if situation is not None:
            self.given.setText(
                self.tr("Sparas i loggen: %1, tidpunkten och texten ovan (version %2).")
                .replace("%1", situation.me.name)
                .replace("%2", texts.consent_version)
            )

    def _show_brief(self) -> None:
        """What the customer is told, as a paper to print or to save, before anything is sent."""
        found, facts, situation = self.presenter.consequences, self.presenter.facts, self.presenter.situation
        if found is None or facts is None or situation is None:
            return
        from ui.sheets.brief import customer_brief
        from ui.sheets.preview_dialog import PaperDialog

        dialog = PaperDialog(self.presenter.context, self)
        today = situation.today.isoformat()
        firm, language = situation.firm.name, self.presenter.language
        dialog.show_paper(
            customer_brief(facts.customer, found, firm, today, self.presenter.catalogue, language)
        )
        show_modal(dialog)

    def _show_bars(self, found: Consequences) -> None:
        presenter = self.presenter
        for at, bar in enumerate(self.bars):
            bar.setVisible(at < len(found.branches))
            if at < len(found.branches):
                key = found.branches[at]
                bar.set_kind("none" if key is TextKey.UNKNOWN else "info", ICONS[key])
                show_passage(bar, presenter.catalogue.texts.passage(key, presenter.language))
        now = presenter.situation.now if presenter.situation else None
        old = found.is_check_old and found.checked_at is not None
        self.offline.setVisible(found.offline or old)
        if found.checked_at is not None and now is not None:
            if found.offline:
                show_offline(self.offline, presenter, found.checked_at, now)
            else:
                self.offline.set_text(
                    self.tr("Kontrollen gjordes %1.").replace("%1", moment_text(found.checked_at, now)),
                    self.tr("Den görs om innan något skickas."),
                )
        elif found.offline:
            self.offline.set_text(self.tr("Du är offline."), self.tr("Kontrollen görs innan något skickas."))
        refusal = presenter.refusal if not any(p.blocks for p in presenter.problems) else None
        self.refused.setVisible(refusal is not None)
        if refusal is not None:
            self.refused.set_text(*presenter.context.messages.headline_and_body(refusal))
        shown = [p for p in presenter.problems if p.severity is Severity.WARNS or p.step is not Step.REVIEW]
        self.problems.set_problems(shown, presenter.text_of)

    def _show_services(self, found: Consequences) -> None:
        presenter, language = self.presenter, self.presenter.language
        self.heads["Services"].set_texts(self.tr("Tjänster som aktiveras"), self.tr("Ändra"))
        lines = []
        for one in found.services:
            service = presenter.catalogue.service(one.service)
            answers = []
            for field in service.fields:
                value = one.values.get(field.name, "")
                if value:
                    words = field.option(value).label.text(language)
                    is_payer = field.name == "payer"
                    answers.append(self.tr("%1 betalar").replace("%1", words) if is_payer else words)
            # A new collaboration is what the text above says; the words are for what is otherwise, or alone.
            is_new = one.branch in (Branch.NOT_REGISTERED, Branch.WITHOUT_SERVICE)
            parts = answers if is_new and answers else (reviewed_branch_text(one.branch), *answers)
            details = " · ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts)
            title = one.engagement.title if one.engagement else ""
            lines.append(Line(service.label.text(language), title, details))
        self.cards["Services"].set_lines(lines)

    def _show_mails(self, found: Consequences) -> None:
        self.heads["Mails"].set_texts(self.tr("E-post som skickas av Visma Spcs"))
        lines = [Line(one.person.name, one.person.email, role_text(one.role)) for one in found.mails]
        if found.mails_if_registered:
            lines.append(
                Line(
                    self.tr("Administratörer"),
                    self.tr("på vismaspcs.se"),
                    self.tr("Om kunden redan är registrerad – får frågan i stället"),
                )
            )
        self.cards["Mails"].set_lines(lines)

    def _show_registered(self, found: Consequences) -> None:
        shown = found.registered is not None
        self.heads["Registered"].setVisible(shown)
        self.cards["Registered"].setVisible(shown)
        if found.registered is None:
            return
        title = self.tr("Uppgifter som registreras hos Visma Spcs")
        if found.branch is Branch.UNKNOWN:
            title = self.tr("Uppgifter som registreras om kunden inte är registrerad hos Visma Spcs")
        self.heads["Registered"].set_texts(title, self.tr("Ändra"))
        customer, contact = found.registered.customer, found.registered.contact
        address = contact.address
        number = mask_number(customer.organisation_number)
        if found.registered.gives_personal_number:
            number += "\n" + self.presenter.catalogue.texts.text(
                "consequence.personal_number", self.presenter.language
            )
        phone = format_phone(contact.phone).replace(" ", "\N{NO-BREAK SPACE}")
        reach = " · ".join(part for part in (contact.email, phone) if part)
        self.cards["Registered"].set_lines(
            [
                Line(self.tr("Kund"), customer.name, number),
                Line(
                    self.tr("Kontaktperson"),
                    contact.name,
                    reach + "\n" + self.tr("Blir administratör och huvudkontakt"),
                ),
                Line(self.tr("Postadress"), address.street, f"{address.postal_code} {address.town}".strip()),
            ]
        )

    def _show_access(self, found: Consequences) -> None:
        presenter = self.presenter
        self.heads["Access"].set_texts(
            self.tr("Får tillgång till kundens konto och tjänster"), self.tr("Ändra")
        )
        by_person: dict[str, tuple[str, list[str]]] = {}
        for one in found.access:
            role = (
                self.tr("Uppdragsansvarig på %1")
                if one.role == ParticipationRole.OWNER
                else self.tr("Deltagare på %1")
            )
            _, reasons = by_person.setdefault(one.staff.id, (one.staff.name, []))
            reasons.append(role.replace("%1", one.engagement.title))
        firm = presenter.situation.firm.name if presenter.situation else ""
        offices = {one.staff.id: one.staff.office for one in found.access}
        lines = [
            Line(name, offices[staff_id] or firm, ", ".join(reasons))
            for staff_id, (name, reasons) in by_person.items()
        ]
        if found.branch is Branch.NOT_REGISTERED and found.registered is not None:
            contact = found.registered.contact
            lines.insert(
                0, Line(contact.name, found.registered.customer.name, self.tr("Kontaktperson hos kunden"))
            )
        self.cards["Access"].set_lines(lines or [Line(self.tr("Ingen på byrån"))])
        titles = list(dict.fromkeys(one.engagement.title for one in found.services if one.engagement))
        texts = staff_texts(presenter, found.branch, titles) if titles else []
        self.access_note.setText("\n".join(texts))
        self.access_note.setVisible(bool(texts))

    def _change(self) -> None:
        link = self.sender()
        if link is not None:
            self.presenter.go_to(Step(str(link.property("step"))))

    def _consented(self, given: bool) -> None:
        self.presenter.set_consent(consented=given)
