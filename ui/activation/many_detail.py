"""The chosen row of the grid in full: what is wrong, each with its repair; who gets e-mail and access."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.activation_language import language_of
from app.domain.activation_many import ReviewedCustomer
from app.domain.consequences import TextKey, branch_texts
from app.domain.identity import is_personal, mask_number
from app.domain.records import Branch
from ui.activation.check_page import ICONS
from ui.activation.mail_languages import MailLanguages
from ui.activation.many_models import GridModel, problems_of
from ui.activation.many_presenter import ManyPresenter
from ui.activation.page import Line, LinesCard, ProblemBars, show_passage
from ui.activation.wording import branch_text, role_text
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.info_bar import InfoBar
from ui.widgets.texts import SectionHeader, label
from ui.widgets.translated import Translated

HEIGHT = 184


class ManyDetail(Translated):
    """`repair_asked(problem)`, `edit_asked`, `drop_asked` are about the row that is shown."""

    repair_asked = Signal(object)
    edit_asked = Signal()
    drop_asked = Signal()

    def __init__(self, theme: Theme, presenter: ManyPresenter, model: GridModel) -> None:
        super().__init__()
        self.setObjectName("manyDetail")
        self._presenter = presenter
        self._model = model
        self._row: ReviewedCustomer | None = None
        self.name = label("", "card", name="manyDetailName")
        self.edit = Button(theme, icon="pencil", name="manyEdit")
        self.drop = Button(theme, name="manyDrop")
        self.edit.clicked.connect(self.edit_asked)
        self.drop.clicked.connect(self.drop_asked)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.name, 1)
        head.addWidget(self.drop)
        head.addWidget(self.edit)
        inner = QWidget()
        inner.setProperty("scrolled", "true")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        self.passages = [InfoBar(theme, name=f"manyDetailBranch{number}") for number in range(3)]
        self.says_branch = False
        self.problems = ProblemBars(theme, "manyProblems")
        self.problems.repair_asked.connect(self.repair_asked)
        self.services_head = SectionHeader(theme, name="manyDetailServices")
        self.services = LinesCard(theme, "manyDetailServicesCard")
        self.mails_head = SectionHeader(theme, name="manyDetailMails")
        self.mails = LinesCard(theme, "manyDetailMailsCard")
        self.language = MailLanguages(theme, "manyDetailLanguage", for_all=False)
        self.language.chosen.connect(self._language_chosen)
        self.registered_head = SectionHeader(theme, name="manyDetailRegistered")
        self.registered = LinesCard(theme, "manyDetailRegisteredCard")
        self.access_head = SectionHeader(theme, name="manyDetailAccess")
        self.access = LinesCard(theme, "manyDetailAccessCard")
        for widget in (
            self.problems,
            *self.passages,
            self.services_head,
            self.services,
            self.mails_head,
            self.mails,
            self.language,
            self.registered_head,
            self.registered,
            self.access_head,
            self.access,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self._scroller = QScrollArea()
        self._scroller.setObjectName("manyDetailScroll")
        self._scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller.setWidgetResizable(True)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroller.setWidget(inner)
        self._scroller.setFixedHeight(theme.px(HEIGHT))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addLayout(head)
        outer.addWidget(self._scroller)
        self.retranslate()

    @property
    def row(self) -> ReviewedCustomer | None:
        """Return the row that is shown."""
        return self._row

    def show_row(self, row: ReviewedCustomer | None) -> None:
        """Show this row; the scroll begins anew for another customer."""
        before = self._row.customer.customer_id if self._row is not None else ""
        is_other = row is None or row.customer.customer_id != before
        self._row = row
        if is_other:
            self._scroller.verticalScrollBar().setValue(0)
        self.retranslate()

    def retranslate(self) -> None:
        row = self._row
        self.edit.setText(self.tr("Ändra…"))
        self.drop.setText(self.tr("Ta bort från listan"))
        reason = "" if row is not None else self.tr("Välj en kund i listan.")
        for button in (self.edit, self.drop):
            button.set_blocked(reason)
        self.name.setText(row.facts.customer.name if row is not None else self.tr("Välj en kund i listan"))
        self._scroller.setVisible(row is not None)
        if row is None:
            return
        self.problems.set_problems(problems_of(row), lambda problem: self._model.sentence_of(problem, row))
        self._show_branch(row)
        self._show_services(row)
        self._show_people(row)

    def _show_branch(self, row: ReviewedCustomer) -> None:
        """Say what the row's branch means, where the page has no room to say it for all of them."""
        keys = branch_texts(row.branch)
        texts, language = self._presenter.catalogue.texts, self._presenter.context.messages.language
        for at, bar in enumerate(self.passages):
            shown = self.says_branch and at < len(keys)
            bar.setVisible(shown)
            if shown:
                bar.set_kind("none" if keys[at] is TextKey.UNKNOWN else "info", ICONS[keys[at]])
                show_passage(bar, texts.passage(keys[at], language))

    def _show_services(self, row: ReviewedCustomer) -> None:
        presenter, language = self._presenter, self._presenter.context.messages.language
        self.services_head.set_texts(self.tr("Tjänster"))
        lines = []
        for choice in row.customer.choices:
            service = presenter.catalogue.service(choice.service)
            branch = row.facts.branch_for(choice.service)
            answers = []
            for field in service.fields_for(branch):
                value = choice.values.get(field.name, "")
                if value:
                    words = field.option(value).label.text(language)
                    answers.append(
                        self.tr("%1 betalar").replace("%1", words) if field.name == "payer" else words
                    )
            engagement = row.facts.find_engagement(choice.engagement_id)
            title = engagement.title if engagement is not None else self.tr("uppdrag saknas")
            lines.append(
                Line(service.label.text(language), title, " · ".join((branch_text(branch), *answers)))
            )
        self.services.set_lines(lines or [Line(self.tr("Inga tjänster"))])

    def _show_people(self, row: ReviewedCustomer) -> None:
        presenter = self._presenter
        self.mails_head.set_texts(self.tr("E-post som skickas av Visma Spcs"))
        mails = [Line(one.person.name, one.person.email, role_text(one.role)) for one in row.mails]
        self.mails.set_lines(mails or [Line(self.tr("Ingen"))])
        self.language.setVisible(bool(row.mails))
        if presenter.run is not None:
            self.language.show_language(language_of(presenter.run.draft, row.customer))
        registers = row.branch in (Branch.NOT_REGISTERED, Branch.UNKNOWN)
        for widget in (self.registered_head, self.registered):
            widget.setVisible(registers)
        if registers:
            self._show_registered(row)
        self.access_head.set_texts(self.tr("Får tillgång till kundens konto och tjänster"))
        roles = {"owner": self.tr("Uppdragsansvarig på %1")}
        run = presenter.run
        firm = run.situation.firm.name if run is not None else ""
        self.access.set_lines(
            [
                Line(
                    one.staff.name,
                    one.staff.office or firm,
                    roles.get(one.role, self.tr("Deltagare på %1")).replace("%1", one.engagement.title),
                )
                for one in row.access
            ]
            or [Line(self.tr("Ingen på byrån"))]
        )

    def _language_chosen(self, language: str) -> None:
        if self._row is not None:
            self._presenter.choose_language(language, [self._row.customer.customer_id])

    def _show_registered(self, row: ReviewedCustomer) -> None:
        texts, language = self._presenter.catalogue.texts, self._presenter.context.messages.language
        is_unknown = row.branch is Branch.UNKNOWN
        self.registered_head.set_texts(
            self.tr("Uppgifter som registreras om kunden inte är registrerad hos Visma Spcs")
            if is_unknown
            else self.tr("Uppgifter som registreras hos Visma Spcs")
        )
        customer, contact = row.facts.customer, row.customer.contact
        number = mask_number(customer.organisation_number)
        if is_personal(customer.organisation_number):
            number += "\n" + texts.text("consequence.personal_number", language)
        reach = " · ".join(part for part in (contact.email, contact.phone) if part)
        town = f"{contact.postal_code} {contact.town}".strip()
        self.registered.set_lines(
            [
                Line(self.tr("Kund"), customer.name, number),
                Line(self.tr("Kontaktperson"), contact.name, reach),
                Line(self.tr("Postadress"), contact.street, town),
            ]
        )
