"""Whether the company is registered with the vendor: asked, answered, or not known."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout

from app.domain.activation_draft import Step, vendor_number_of
from app.domain.consequences import TextKey, branch_texts
from app.domain.identity import mask_number
from app.domain.preconditions import Problem, Repair
from app.domain.records import Branch, RegistrationAnswer
from app.errors import RemoteError
from ui.activation.page import ActivationPage, Line, LinesCard, ProblemBars, show_offline, show_passage
from ui.activation.presenter import ActivationPresenter
from ui.activation.wording import branch_text, checked_text
from ui.formats import moment_text
from ui.theme import Theme
from ui.widgets.announce import announce
from ui.widgets.buttons import Button
from ui.widgets.info_bar import InfoBar
from ui.widgets.texts import SectionHeader, label

ICONS = {
    TextKey.NOT_REGISTERED: "user-plus",
    TextKey.REGISTERED: "info-circle",
    TextKey.UNKNOWN: "help-circle",
    TextKey.OWNS_SUBSCRIPTION: "key",
}


class CheckPage(ActivationPage):
    """The answer with its time and what it means, and what the vendor knows about the company."""

    def __init__(self, theme: Theme, presenter: ActivationPresenter) -> None:
        super().__init__(theme, presenter, "activationCheckPage")
        self._said = ""
        self.waiting = QProgressBar()
        self.waiting.setObjectName("activationChecking")
        self.waiting.setRange(0, 0)
        self.waiting.setTextVisible(False)
        self.bars = [InfoBar(theme, name=f"checkAnswer{number}") for number in range(3)]
        self.offline = InfoBar(theme, "wait", icon="cloud-off", name="checkOffline")
        self.checked = label("", "secondary", name="checkedAt")
        self.about = label("", "secondary", name="checkAbout", wrap=True)
        self.again = Button(theme, icon="refresh", name="checkAgain")
        self.again.clicked.connect(presenter.check)
        self.refused = InfoBar(theme, "wait", name="checkRefused")
        row = QHBoxLayout()
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.checked)
        said.addWidget(self.about)
        row.addLayout(said, 1)
        row.addWidget(self.again)
        self.problems = ProblemBars(theme, "checkProblems")
        self.known_head = SectionHeader(theme, name="checkKnown")
        self.known = LinesCard(theme, "checkKnownCard")
        self.people_head = SectionHeader(theme, name="checkPeople")
        self.people = LinesCard(theme, "checkPeopleCard")
        self.content.addWidget(self.waiting)
        for bar in self.bars:
            self.content.addWidget(bar)
        self.content.addWidget(self.offline)
        self.content.addWidget(self.refused)
        self.content.addWidget(self.problems)
        self.content.addLayout(row)
        for widget in (self.known_head, self.known, self.people_head, self.people):
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self.problems.repair_asked.connect(self.repair_asked)
        self.known_head.link.clicked.connect(self._other_number)
        self.refresh()

    def heading(self) -> str:
        return self.tr("Är kunden registrerad hos Visma Spcs?")

    def refresh(self) -> None:
        super().refresh()
        presenter = self.presenter
        asked = presenter.facts is not None and presenter.facts.checked_at is not None
        self.again.setText(self.tr("Kontrollera igen") if asked else self.tr("Kontrollera nu"))
        self.again.set_blocked(self.tr("Kontrollen pågår.") if presenter.is_checking else "")
        self.waiting.setVisible(presenter.is_checking)
        self.waiting.setAccessibleName(self.tr("Kontrollerar hos Visma Spcs"))
        facts, situation = presenter.facts, presenter.situation
        if facts is None or situation is None:
            for bar in (*self.bars, self.offline, self.refused):
                bar.hide()
            return
        self._show_answer()
        number = mask_number(facts.customer.organisation_number)
        self.about.setText(
            self.tr("Frågan gäller %1 (%2)").replace("%1", facts.customer.name).replace("%2", number)
        )
        self.about.setVisible(bool(number))
        self._show_refusal()
        self.checked.setText(
            self.tr("Kontrollerar hos Visma Spcs…")
            if presenter.is_checking
            else checked_text(facts.checked_at, situation.now)
        )
        old = facts.checked_at is not None and not facts.is_check_fresh(situation.now)
        is_offline = not situation.online and not presenter.is_checking
        self.offline.setVisible(is_offline or (old and not presenter.is_checking))
        if is_offline and facts.checked_at is not None:
            show_offline(self.offline, presenter, facts.checked_at, situation.now)
        elif is_offline:
            self.offline.set_text(self.tr("Du är offline."), self.tr("Kontrollen görs innan något skickas."))
        elif old and facts.checked_at is not None:
            when = moment_text(facts.checked_at, situation.now)
            self.offline.set_text(
                self.tr("Kontrollen gjordes %1.").replace("%1", when),
                self.tr("Den görs om innan något skickas."),
            )
        found = [p for p in presenter.problems if p.step is Step.CHECK]
        self.problems.set_problems(found, presenter.text_of)
        self._show_known()

    def _show_refusal(self) -> None:
        """Say why the check was not made, where it is something else than that the server is not reached."""
        error = self.presenter.check_error
        is_away = isinstance(error, RemoteError) or getattr(error, "code", "") == "server_unreachable"
        self.refused.setVisible(error is not None and not is_away)
        if error is not None:
            self.refused.set_text(*self.presenter.context.messages.headline_and_body(error))

    def _show_answer(self) -> None:
        presenter, facts = self.presenter, self.presenter.facts
        if facts is None:
            return
        branch = {
            RegistrationAnswer.REGISTERED: Branch.WITHOUT_SERVICE,
            RegistrationAnswer.NOT_REGISTERED: Branch.NOT_REGISTERED,
        }.get(facts.answer, Branch.UNKNOWN)
        keys = branch_texts(branch)
        hidden = presenter.is_checking and facts.registration is None
        for at, bar in enumerate(self.bars):
            bar.setVisible(at < len(keys) and not hidden)
            if at < len(keys):
                passage = presenter.catalogue.texts.passage(keys[at], presenter.language)
                bar.set_kind("info" if keys[at] is not TextKey.UNKNOWN else "none", ICONS[keys[at]])
                show_passage(bar, passage)
        said = f"{facts.answer} {facts.checked_at}"
        if self.isVisible() and not presenter.is_checking and said != self._said:
            self._said = said
            announce(self, presenter.catalogue.texts.text(keys[0], presenter.language))

    def _show_known(self) -> None:
        presenter, facts = self.presenter, self.presenter.facts
        registration = facts.registration if facts is not None else None
        is_registered = facts is not None and facts.answer is RegistrationAnswer.REGISTERED
        for widget in (self.known_head, self.known, self.people_head, self.people):
            widget.setVisible(is_registered)
        if facts is None or registration is None or not is_registered:
            return
        lines = []
        for held in registration.services:
            service = presenter.catalogue.service(held.code)
            field = service.find_field("variant")
            variant = field.option(held.variant).label.text(presenter.language) if field else held.variant
            name = service.label.text(presenter.language)
            lines.append(Line(name, variant, branch_text(facts.branch_for(held.code))))
        if not lines:
            lines.append(Line(self.tr("Inga tjänster")))
        numbers = registration.vendor_customer_numbers
        chosen = vendor_number_of(presenter.customer, facts) if presenter.customer is not None else ""
        if numbers:
            used = self.tr("Används: %1").replace("%1", chosen) if chosen else ""
            lines.append(Line(self.tr("Kundnr hos Visma Spcs"), ", ".join(numbers), used))
        self.known.set_lines(lines)
        self.known_head.set_texts(
            self.tr("Kundens tjänster hos Visma Spcs"), self.tr("Byt kundnummer…") if chosen else ""
        )
        self.people_head.set_texts(self.tr("Administratörer på vismaspcs.se"))
        main = registration.main_contact.email.casefold() if registration.main_contact else ""
        self.people.set_lines(
            [
                Line(
                    person.name,
                    person.email,
                    self.tr("Huvudkontakt") if person.email.casefold() == main else "",
                )
                for person in registration.administrators
            ]
            or [Line(self.tr("Ingen administratör"))]
        )

    def _other_number(self) -> None:
        self.repair_asked.emit(
            Problem(code="vendor_number_not_chosen", step=Step.CHECK, repair=Repair.CHOOSE_VENDOR_NUMBER)
        )
