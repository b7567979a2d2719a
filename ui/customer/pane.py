"""One customer: facts, collaborations, contacts and engagements."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.background import Latest
from ui.customer.list_models import CollaborationsModel, EngagementsModel
from ui.customers.list_model import registered_words
from ui.formats import moment_text
from ui.screens import ScreenContext
from ui.widgets.buttons import Button
from ui.widgets.card import Card, KeyValueGrid
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.list_model import ListModel
from ui.widgets.pane import Pane
from ui.widgets.table import Table
from ui.widgets.texts import SectionHeader, label

_AGAIN_MS = 200


class CustomerPane(Pane):
    """`navigate("customer", customer_id=…)`. The data follows what is pulled and decided."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "customerPane")
        theme = context.theme
        self._customer_id = ""
        self._details: Any = None
        self._latest = Latest()
        self._back = Button(theme, kind="link", icon="chevron-left", name="customerBack")
        self._back.clicked.connect(self._go_back)
        self.column.insertWidget(0, self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.setSpacing(8)
        self._activate = self.header.add_action(icon="plus", primary=True, name="customerActivate")
        self._activate.clicked.connect(self._activate_service)
        self._facts = KeyValueGrid(columns=2)
        self._contacts = QVBoxLayout()
        self._collaborations = CollaborationsModel(
            lambda: context.messages.language, context.samverka.catalogue, self
        )
        self._engagements = EngagementsModel(parent=self)
        self._headers = {
            name: SectionHeader(theme, name=f"customer{name}")
            for name in ("Facts", "Collaborations", "Engagements", "Contacts")
        }
        self._tables = {
            "Collaborations": self._table(self._collaborations, "customerCollaborationList"),
            "Engagements": self._table(self._engagements, "customerEngagementList"),
        }
        self._gone = EmptyState(theme, name="customerGone")
        self._gone.action.clicked.connect(self._go_back)
        self._lay_out()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._ask)
        context.events.changed.connect(self._changed)
        self.retranslate()

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {"activate": self._activate_service}

    def open_with(self, **arguments: Any) -> None:
        """`customer_id`: the customer to show."""
        self._customer_id = str(arguments.get("customer_id", ""))
        self._ask()

    def shown(self) -> None:
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self._back.setText(self.tr("Kunder"))
        self._back.setAccessibleName(self.tr("Tillbaka till kunderna"))
        self._activate.setText(self.tr("Aktivera tjänst…"))
        self._headers["Facts"].set_texts(self.tr("Uppgifter"))
        self._headers["Collaborations"].set_texts(self.tr("Samarbeten"))
        self._headers["Engagements"].set_texts(self.tr("Uppdrag"))
        self._headers["Contacts"].set_texts(self.tr("Kontakter"))
        self._tables["Collaborations"].setAccessibleName(self.tr("Samarbeten"))
        self._tables["Engagements"].setAccessibleName(self.tr("Uppdrag"))
        self._collaborations.rebuild_columns()
        self._engagements.rebuild_columns()
        self._show()

    def _table(self, model: ListModel[Any], name: str) -> Table:
        made = Table(self.context.theme, row_height="compact", name=name)
        made.setModel(model)
        made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def _lay_out(self) -> None:
        content = QWidget()
        content.setProperty("scrolled", "true")
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 4, 8, 8)
        body.setSpacing(8)
        facts = Card(name="customerFacts")
        facts.body.addWidget(self._facts)
        contacts = Card(name="customerContacts")
        contacts.body.addLayout(self._contacts)
        for name, widget in (
            ("Collaborations", self._tables["Collaborations"]),
            ("Facts", facts),
            ("Contacts", contacts),
            ("Engagements", self._tables["Engagements"]),
        ):
            body.addWidget(self._headers[name])
            body.addWidget(widget)
            body.addSpacing(8)
        body.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("customerScroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        self._scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.column.addWidget(self._scroll, 1)
        self.column.addWidget(self._gone, 1)
        self._gone.hide()

    @Slot()
    def _ask(self) -> None:
        customer_id, query = self._customer_id, self.context.samverka.customer_details
        if customer_id:
            self.context.background.run(lambda: query.find(customer_id), self._came, latest=self._latest)

    @Slot(object)
    def _came(self, details: Any) -> None:
        self._details = details
        self._show()

    @Slot(object)
    def _changed(self, value: Any) -> None:
        if self._customer_id in getattr(value, "customers", ()) or getattr(value, "everything", False):
            self._again.start()

    def _show(self) -> None:
        details = self._details
        self._scroll.setVisible(details is not None)
        self._gone.setVisible(details is None and bool(self._customer_id))
        if details is None:
            self.header.set_title(self.tr("Kund"))
            self.header.set_subtitle("")
            self._gone.say(
                Emptiness.NOTHING_YET,
                self.tr("Kunden finns inte längre"),
                self.tr("Den har tagits bort, eller så får du inte se den."),
                self.tr("Till kunderna"),
            )
            return
        numbers = [details.identity, self.tr("kundnr %1").replace("%1", details.number)]
        if details.state == "archived":
            numbers.append(self.tr("arkiverad"))
        self.header.set_title(details.name)
        self.header.set_subtitle(" · ".join(part for part in numbers if part))
        self._facts.set_pairs(self._pairs(details))
        self._collaborations.set_rows(details.collaborations)
        self._engagements.set_rows(details.engagements)
        self._show_contacts(details)
        for table in self._tables.values():
            self._fit_height(table)

    def _pairs(self, details: Any) -> list[tuple[str, str]]:
        checked = registered_words(details.registered)
        if details.checked_at is not None:
            moment = moment_text(details.checked_at, datetime.now(UTC))
            checked += " · " + self.tr("kontrollerad %1").replace("%1", moment)
        return [
            (self.tr("Hos Visma Spcs"), checked),
            (self.tr("Kundansvarig"), details.manager),
            (self.tr("Adress"), details.address),
            (self.tr("Kontor"), details.office),
            (self.tr("Räkenskapsårets slut"), details.fiscal_year_end),
        ]

    def _show_contacts(self, details: Any) -> None:
        while (item := self._contacts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        if not details.contacts:
            self._contacts.addWidget(
                label(self.tr("Ingen kontaktperson. Den behövs när en tjänst aktiveras."), "secondary")
            )
        for contact in details.contacts:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(16)
            name = contact.name + (" · " + self.tr("huvudkontakt") if contact.is_main else "")
            row.addWidget(label(name, "name"), 1)
            row.addWidget(label(contact.email or self.tr("E-post saknas"), "secondary"), 1)
            row.addWidget(label(contact.phone, "secondary"), 1)
            self._contacts.addWidget(line)

    def _fit_height(self, table: Table) -> None:
        theme = self.context.theme
        rows = max(1, table.model().rowCount())
        table.setFixedHeight(theme.px(32) + rows * theme.row_height("compact") + 2)

    def _activate_service(self) -> None:
        if self._customer_id:
            self.context.navigate("activation", customer_ids=[self._customer_id])

    def _go_back(self) -> None:
        self.context.navigate("customers")


def create_pane(context: ScreenContext) -> QWidget:
    """One customer."""
    return CustomerPane(context)
