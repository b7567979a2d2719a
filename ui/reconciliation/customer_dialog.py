"""A customer that is created from the company at the vendor and linked in the same step."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.changes import RejectedError
from app.domain.records import CustomerKind
from app.usecases.reconciliation_customer import NewCustomerForm, make_new_customer, prefill
from app.usecases.reconciliation_values import CandidateView, DecisionCard, LinkWish
from ui.reconciliation.link_lines import LinkLines
from ui.screens import ScreenContext
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.buttons import Button
from ui.widgets.combo import Combo
from ui.widgets.dialogs import cancel_text
from ui.widgets.info_bar import InfoBar
from ui.widgets.texts import SectionHeader, label

_KINDS = {
    CustomerKind.LEGAL_PERSON: QT_TRANSLATE_NOOP("CustomerDialog", "Juridisk person"),
    CustomerKind.SOLE_FIRM: QT_TRANSLATE_NOOP("CustomerDialog", "Enskild firma"),
    CustomerKind.PRIVATE_PERSON: QT_TRANSLATE_NOOP("CustomerDialog", "Privatperson"),
    CustomerKind.ESTATE: QT_TRANSLATE_NOOP("CustomerDialog", "Dödsbo"),
    CustomerKind.ASSOCIATION_WITHOUT_NUMBER: QT_TRANSLATE_NOOP(
        "CustomerDialog", "Förening utan organisationsnummer"
    ),
    CustomerKind.FOREIGN: QT_TRANSLATE_NOOP("CustomerDialog", "Utländskt företag"),
}


class CustomerDialog(QDialog):
    """`wanted(LinkWish)`; it stays open until the decision is made, and says why when it is refused."""

    wanted = Signal(object)

    def __init__(
        self, context: ScreenContext, card: DecisionCard, services: Sequence[str | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._card = card
        theme = context.theme
        self.setObjectName("customerDialog")
        self.setWindowTitle(self.tr("Skapa kund och koppla"))
        self.setMinimumWidth(theme.px(560))
        form = prefill(card.company)
        self._name = self._line("newCustomerName", form.name)
        self._number = self._line("newCustomerNumber", form.number)
        self._customer_number = self._line("newCustomerCustomerNumber", form.customer_number)
        self._contact = self._line("newCustomerContact", form.contact_name)
        self._email = self._line("newCustomerEmail", form.email)
        self._phone = self._line("newCustomerPhone", form.phone)
        self._postal = self._line("newCustomerPostal", form.postal_code)
        self._postal.setMaximumWidth(theme.px(90))
        self._town = self._line("newCustomerTown", form.town)
        self._kind = Combo()
        self._kind.setObjectName("newCustomerKind")
        for code, words in _KINDS.items():
            self._kind.addItem(QCoreApplication.translate("CustomerDialog", words), code)
        self._kind.setCurrentIndex(max(0, self._kind.findData(form.kind)))
        self._lines = LinkLines(theme, context.samverka.catalogue)
        self._lines.show_lines(
            card.lines,
            card.new_engagements,
            card.row.source,
            context.messages.language,
            is_missing_engagement=False,
        )
        self._lines.choose_services(services)
        self._lines.show_candidate(_nobody(card))
        self._problem = InfoBar(theme, "bad", name="newCustomerProblem")
        self._problem.hide()
        self._accept = Button(theme, kind="primary", icon="link", name="newCustomerAccept")
        self._accept.setText(self.tr("Skapa och koppla"))
        self._lay_out()
        self._lines.changed.connect(self._allow)
        self._accept.clicked.connect(self._accepted)
        self._accept.setDefault(True)
        self._allow()
        self._name.setFocus()

    def _lay_out(self) -> None:
        theme = self._context.theme
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self._postal)
        place.addWidget(self._town, 1)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._town.setAccessibleName(self.tr("Ort"))
        for words, field, row in (
            (self.tr("Namn"), self._name, self._name),
            (self.tr("Kundtyp"), self._kind, self._kind),
            (self.tr("Org.nr eller personnr"), self._number, self._number),
            (self.tr("Kundnr"), self._customer_number, self._customer_number),
            (self.tr("Kontaktperson"), self._contact, self._contact),
            (self.tr("E-post"), self._email, self._email),
            (self.tr("Telefon"), self._phone, self._phone),
            (self.tr("Postnr och ort"), self._postal, place),
        ):
            head = label(words, "strong_secondary")
            head.setBuddy(field)
            field.setAccessibleName(words)
            if isinstance(row, QHBoxLayout):
                form.addRow(head, row)
            else:
                form.addRow(head, row)
        links = SectionHeader(theme, caps=True)
        links.set_texts(self.tr("Kopplas till"))
        cancel = Button(theme, cancel_text(), name="newCustomerCancel")
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Skapa kund och koppla"), "wizard"))
        said = self.tr(
            "Uppgifterna är hämtade från samarbetet hos Visma. Kund, uppdrag och koppling ångras i ett steg."
        )
        column.addWidget(label(said, "body", wrap=True))
        column.addLayout(form)
        column.addWidget(links)
        column.addWidget(self._lines)
        column.addWidget(self._problem)
        column.addLayout(buttons)

    def show_refusal(self, error: BaseException) -> None:
        """Say why it was refused; everything that was filled in is still there."""
        if not isinstance(error, RejectedError):
            self._context.show_error(error)
            return
        self._problem.set_text(self._context.messages.for_error(error))
        self._problem.show()
        self._allow()

    def _form(self) -> NewCustomerForm:
        return NewCustomerForm(
            name=self._name.text(),
            kind=str(self._kind.currentData()),
            number=self._number.text(),
            customer_number=self._customer_number.text(),
            contact_name=self._contact.text(),
            email=self._email.text(),
            phone=self._phone.text(),
            postal_code=self._postal.text(),
            town=self._town.text(),
        )

    @Slot()
    def _left(self) -> None:
        """Say what is wrong with what is written as a field is left; that a name is needed, at the end."""
        try:
            make_new_customer(self._form(), self._card.company)
        except RejectedError as error:
            if error.code != "customer_name_missing":
                self.show_refusal(error)
                return
        self._problem.hide()

    def _accepted(self) -> None:
        try:
            made = make_new_customer(self._form(), self._card.company)
        except RejectedError as error:
            self.show_refusal(error)
            return
        self._problem.hide()
        self._accept.set_blocked(self.tr("Sparar …"))
        self.wanted.emit(LinkWish(lines=self._lines.wishes(), new_customer=made, seen=self._card.seen))

    def _allow(self) -> None:
        self._accept.set_blocked(self._lines.why_not())

    def _line(self, name: str, text: str) -> QLineEdit:
        field = QLineEdit(text)
        field.setObjectName(name)
        field.editingFinished.connect(self._left)
        return field


def _nobody(card: DecisionCard) -> CandidateView:
    """A customer without engagements: what is created has none yet."""
    return CandidateView(
        customer_id="",
        name=card.company.name,
        customer_number="",
        identity=card.company.shown_number,
        town="",
        score=0,
        rows=(),
        warnings=(),
        engagements=(),
    )
