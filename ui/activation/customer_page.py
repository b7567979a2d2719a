"""Which customer: searched for, or the one that was chosen before the wizard was opened."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.domain.activation_draft import Step
from app.domain.contact_details import format_phone
from app.domain.identity import mask_number
from app.usecases.activation_values import CustomerHit
from ui.activation.draft_list import DraftList
from ui.activation.page import ActivationPage, Line, LinesCard, ProblemBars
from ui.activation.presenter import ActivationPresenter
from ui.background import Latest
from ui.theme import Theme
from ui.widgets.cells import Cell, Column
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.list_model import RowsModel
from ui.widgets.table import Table
from ui.widgets.texts import SectionHeader

TYPING_PAUSE_MILLISECONDS = 120


class HitsModel(RowsModel[CustomerHit]):
    """The customers that were found."""

    def columns(self) -> list[Column]:
        return [
            Column(key="name", title=self.tr("Kund"), stretch=True, sortable=False),
            Column(key="number", title=self.tr("Kundnr"), width=90, sortable=False),
            Column(key="identity", title=self.tr("Org.nr/pers.nr"), width=130, sortable=False),
            Column(key="town", title=self.tr("Ort"), width=140, sortable=False),
        ]

    def cell(self, row: CustomerHit, key: str) -> Cell:
        match key:
            case "name":
                return Cell(text=row.name, strong=True)
            case "number":
                return Cell(text=row.customer_number, muted=True)
            case "identity":
                return Cell(text=row.identity, muted=True)
            case _:
                return Cell(text=row.town, muted=True)

    def row_id(self, row: CustomerHit) -> str:
        return row.id

    def sentence(self, row: CustomerHit) -> str:
        parts = (row.name, row.customer_number, row.identity, row.town)
        return ", ".join(part for part in parts if part)


class SearchLine(QLineEdit):
    """A search field from which Down leads into the list and Enter takes the first row.

    Enter in an empty field is left to the wizard's default button.
    """

    down_pressed = Signal()
    enter_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text():
            self.enter_pressed.emit()
            return
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
            return
        super().keyPressEvent(event)


class CustomerPage(ActivationPage):
    """Search and list, with the chosen customer's details and what stands in the way above.

    `draft_asked(draft_id)`: go on with a draft that was kept, of one customer or of many.
    """

    draft_asked = Signal(str)

    def __init__(self, theme: Theme, presenter: ActivationPresenter) -> None:
        super().__init__(theme, presenter, "activationCustomerPage")
        self._latest = Latest()
        self._shown_customer = ""
        self.problems = ProblemBars(theme, "customerProblems")
        self.chosen_head = SectionHeader(theme, name="chosenCustomer")
        self.chosen = LinesCard(theme, "chosenCustomerCard")
        self.search = SearchLine()
        self.search.setObjectName("activationCustomerSearch")
        self.search.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._ask)
        self.search.textChanged.connect(self._pause.start)
        self.search.down_pressed.connect(self._into_list)
        self.search.enter_pressed.connect(self._take_first)
        self.model = HitsModel(parent=self)
        self.table = Table(theme, row_height="compact", name="activationCustomers")
        self.table.setModel(self.model)
        self.table.activated_id.connect(presenter.take_customer)
        self.table.clicked.connect(self._take)
        self.empty = EmptyState(theme, name="activationNoCustomers")
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout()
        column.setSpacing(8)
        for widget in (self.chosen_head, self.chosen, self.problems):
            column.addWidget(widget)
        self.drafts = DraftList(presenter.context)
        self.drafts.chosen.connect(self.draft_asked)
        self.content.addLayout(column)
        self.content.addWidget(self.drafts)
        self.content.addWidget(self.search)
        self.content.addWidget(holder, 1)
        self.problems.repair_asked.connect(self.repair_asked)
        self.refresh()
        self._ask()
        self.drafts.ask()

    def heading(self) -> str:
        return self.tr("Vilken kund gäller det?")

    def take_focus(self) -> bool:
        self.search.setFocus()
        return True

    def refresh(self) -> None:
        super().refresh()
        self.search.setPlaceholderText(self.tr("Sök på namn, nummer, kontakt eller ort"))
        self.search.setAccessibleName(self.tr("Sök kund"))
        self.table.setAccessibleName(self.tr("Kunder"))
        self.model.rebuild_columns()
        facts = self.presenter.facts
        for widget in (self.chosen_head, self.chosen):
            widget.setVisible(facts is not None)
        found = [p for p in self.presenter.problems if p.step is Step.CUSTOMERS]
        self.problems.set_problems(found, self.presenter.text_of)
        if facts is None:
            return
        customer, contact = facts.customer, facts.main_contact
        if self._shown_customer != customer.id:
            self._shown_customer = customer.id
            self.table.select_id(customer.id)
        self.chosen_head.set_texts(self.tr("Vald kund"))
        lines = [
            Line(customer.name, customer.customer_number, mask_number(customer.organisation_number)),
        ]
        if contact is not None:
            details = " · ".join(part for part in (contact.email, format_phone(contact.phone)) if part)
            lines.append(Line(self.tr("Huvudkontakt"), contact.name, details))
        self.chosen.set_lines(lines)

    @Slot()
    def _ask(self) -> None:
        cases, text = self.presenter.cases, self.search.text()
        self.presenter.context.background.run(
            lambda: cases.find_customers(text),
            self._found,
            self.presenter.context.show_error,
            latest=self._latest,
        )

    @Slot(object)
    def _found(self, hits: tuple[CustomerHit, ...]) -> None:
        self.model.set_rows(list(hits))
        if hits and self._shown_customer:
            self.table.select_id(self._shown_customer)
        if hits:
            self._stack.setCurrentWidget(self.table)
            return
        self._stack.setCurrentWidget(self.empty)
        if self.search.text():
            self.presenter.context.say_empty(
                self.empty,
                Emptiness.NOTHING_MATCHES,
                self.tr("Ingen kund passar"),
                self.tr("Sök på en del av namnet, kundnumret eller organisationsnumret."),
            )
        else:
            self.presenter.context.say_empty(self.empty, Emptiness.NOTHING_YET, self.tr("Inga kunder än"))

    def _into_list(self) -> None:
        if self.model.rowCount():
            self.table.setFocus()
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _take_first(self) -> None:
        if self.model.rowCount():
            self._take(self.model.index(0, 0))

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        customer_id = self.model.id_at(index.row())
        if customer_id:
            self.presenter.take_customer(customer_id)
