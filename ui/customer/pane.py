"""One customer: everything about it, and everything that may be done from here."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QVBoxLayout, QWidget

from app.usecases.customer_page import CustomerView
from app.usecases.life_events import LifeView
from ui.background import Latest
from ui.collaborations.bar import CollaborationBar
from ui.customer.engagement_bar import EngagementBar
from ui.customer.intents import CustomerIntents
from ui.customer.life_words import event_words
from ui.customer.list_models import CollaborationsModel, EngagementsModel
from ui.customer.sections import AccessCard, ContactsCard, HistoryCard, InvitationsCard, LinesCard
from ui.customers.list_model import registered_words
from ui.formats import moment_text
from ui.screens import ScreenContext
from ui.widgets.buttons import Button
from ui.widgets.card import Card, KeyValueGrid
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.info_bar import InfoBar
from ui.widgets.list_model import ListModel
from ui.widgets.pane import Pane
from ui.widgets.table import Table
from ui.widgets.texts import SectionHeader

_AGAIN_MS = 200
_SECTIONS = ("Collaborations", "Facts", "Contacts", "Engagements", "Invitations", "Access", "History")


class CustomerPane(Pane):
    """`navigate("customer", customer_id=…)`. The data follows what is pulled and decided."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "customerPane")
        theme = context.theme
        self._customer_id = ""
        self._view: CustomerView | None = None
        self._life: LifeView | None = None
        self._latest = Latest()
        self._intents = CustomerIntents(context, self)
        self._back = Button(theme, kind="link", icon="chevron-left", name="customerBack")
        self._back.clicked.connect(self._go_back)
        self.column.insertWidget(0, self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.setSpacing(8)
        self._more = self.header.add_action(icon="dots", name="customerMore")
        self._menu = QMenu(self._more)
        self._menu.setToolTipsVisible(True)
        self._more.setMenu(self._menu)
        for key in (
            "check_registration",
            "customer_sheet",
            "responsible",
            "correct_number",
            "life",
            "extract",
            "end_all",
            "archive",
            "restore",
        ):
            self._menu.addAction(context.actions[key])
        self._activate = self.header.add_action(icon="plus", primary=True, name="customerActivate")
        self._activate.clicked.connect(self._activate_service)
        self._facts = KeyValueGrid(columns=2)
        self._contacts = ContactsCard(theme, "customerContacts")
        self._contacts.edit.connect(self._intents.edit_contact)
        self._contacts.remove.connect(self._intents.remove_contact)
        self._invitations = InvitationsCard(theme, "customerInvitations")
        self._invitations.opened.connect(self._open_invitation)
        self._access = AccessCard(theme, "customerAccess")
        self._history = HistoryCard(theme, "customerHistory")
        self._collaborations = CollaborationsModel(
            lambda: context.messages.language, context.samverka.catalogue, context.messages.sentence, self
        )
        self._engagements = EngagementsModel(parent=self)
        self._headers = {name: SectionHeader(theme, name=f"customer{name}") for name in _SECTIONS}
        self._tables = {
            "Collaborations": self._table(self._collaborations, "customerCollaborationList"),
            "Engagements": self._table(self._engagements, "customerEngagementList"),
        }
        self._bar = CollaborationBar(
            context, self._collaborations, self._tables["Collaborations"], self, name="customer"
        )
        self._nothing = {name: LinesCard(theme, f"customerNo{name}") for name in self._tables}
        self._engagement_bar = EngagementBar(context, self._engagements, self._tables["Engagements"], self)
        self._login = Button(theme, kind="link", icon="key", name="customerLogin")
        self._login.clicked.connect(self._resend_login)
        self._guide = InfoBar(theme, "info", name="customerGuide")
        self._guide.action.clicked.connect(self._open_guide)
        self._guide.hide()
        self._gone = EmptyState(theme, name="customerGone")
        self._gone.action.clicked.connect(self._go_back)
        self._lay_out()
        self._headers["Facts"].link.clicked.connect(self._intents.edit_customer)
        self._headers["Contacts"].link.clicked.connect(self._intents.add_contact)
        self._headers["Engagements"].link.clicked.connect(self._intents.add_engagement)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._ask)
        context.events.changed.connect(self._changed)
        context.rights.changed.connect(self._show_blocks)
        self.retranslate()

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {
            "activate": self._activate_service,
            "end_all": self._end_all,
            "responsible": self._change_responsible,
            "archive": self._intents.archive,
            "restore": self._intents.restore,
            "life": self._open_guide,
            "extract": self._print_extract,
            "correct_number": self._intents.correct_number,
            "check_registration": self._intents.check,
            "customer_sheet": self._intents.print_sheet,
            **self._bar.handled_actions(),
        }

    def open_with(self, **arguments: Any) -> None:
        """`customer_id`: the customer to show."""
        self._customer_id = str(arguments.get("customer_id", ""))
        self._collaborations.set_ticked(())
        self._engagements.set_ticked(())
        self._ask()

    def shown(self) -> None:
        self._ask()  # a guide may have been begun or stopped meanwhile
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_blocks()

    def retranslate(self) -> None:
        self._back.setText(self.tr("Kunder"))
        self._back.setAccessibleName(self.tr("Tillbaka till kunderna"))
        self._activate.setText(self.tr("Aktivera tjänst…"))
        self._more.setText(self.tr("Mer"))
        self._more.setAccessibleName(self.tr("Mer att göra med kunden"))
        self._login.setText(self.tr("Skicka inloggningsinstruktioner igen…"))
        self._headers["Facts"].set_texts(self.tr("Uppgifter"), self.tr("Ändra…"))
        self._headers["Collaborations"].set_texts(self.tr("Samarbeten"))
        self._headers["Engagements"].set_texts(self.tr("Uppdrag"), self.tr("Nytt uppdrag…"))
        self._headers["Contacts"].set_texts(self.tr("Kontakter"), self.tr("Lägg till…"))
        self._headers["Invitations"].set_texts(self.tr("Inbjudningar"))
        self._headers["Access"].set_texts(self.tr("Tillgång"))
        self._headers["History"].set_texts(self.tr("Historik"))
        self._tables["Collaborations"].setAccessibleName(self.tr("Samarbeten"))
        self._tables["Engagements"].setAccessibleName(self.tr("Uppdrag"))
        self._bar.retranslate()
        self._engagement_bar.retranslate()
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
        parts: dict[str, tuple[QWidget, ...]] = {
            "Collaborations": (
                self._nothing["Collaborations"],
                self._tables["Collaborations"],
                self._login,
                self._bar,
            ),
            "Facts": (facts,),
            "Contacts": (self._contacts,),
            "Engagements": (
                self._nothing["Engagements"],
                self._tables["Engagements"],
                self._engagement_bar,
            ),
            "Invitations": (self._invitations,),
            "Access": (self._access,),
            "History": (self._history,),
        }
        for name in _SECTIONS:
            body.addWidget(self._headers[name])
            for widget in parts[name]:
                body.addWidget(widget)
            body.addSpacing(8)
        body.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("customerScroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        self._scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.column.addWidget(self._guide)
        self.column.addWidget(self._scroll, 1)
        self.column.addWidget(self._gone, 1)
        self._gone.hide()

    @Slot()
    def _ask(self) -> None:
        customer_id, page = self._customer_id, self.context.samverka.customer_page
        if customer_id:
            life = self.context.samverka.life_events
            self.context.background.run(
                lambda: (page.open(customer_id), life.open(customer_id)),
                self._came,
                self._not_found,
                latest=self._latest,
            )

    @Slot(object)
    def _came(self, answer: tuple[CustomerView, LifeView]) -> None:
        self._view, self._life = answer
        self._intents.view = self._view
        self._show()

    @Slot(object)
    def _not_found(self, error: BaseException) -> None:
        """A customer that is gone is said so calmly; anything else is an error."""
        if getattr(error, "code", "") != "gone":
            self.context.show_error(error)
            return
        self._view = self._intents.view = None
        self._show()

    @Slot(object)
    def _changed(self, value: Any) -> None:
        if self._customer_id in getattr(value, "customers", ()) or getattr(value, "everything", False):
            self._again.start()

    def _show(self) -> None:
        view = self._view
        self._scroll.setVisible(view is not None)
        self._gone.setVisible(view is None and bool(self._customer_id))
        self._show_blocks()
        self._show_guide()
        if view is None:
            self.header.set_title(self.tr("Kund"))
            self.header.set_subtitle("")
            self._gone.say(
                Emptiness.NOTHING_YET,
                self.tr("Kunden finns inte längre"),
                self.tr("Den har tagits bort, eller så får du inte se den."),
                self.tr("Till kunderna"),
            )
            return
        details, language, now = view.details, self.context.messages.language, datetime.now(UTC)
        number = self.tr("kundnr %1").replace("%1", details.number) if details.number else ""
        numbers = [details.identity, number]
        if details.state == "archived":
            numbers.append(self.tr("arkiverad"))
        self.header.set_title(details.name)
        self.header.set_subtitle(" · ".join(part for part in numbers if part))
        self._facts.set_pairs(self._pairs(view))
        self._collaborations.set_rows(details.collaborations)
        self._engagements.set_rows(details.engagements)
        self._show_nothing(
            {
                "Collaborations": ""
                if details.collaborations
                else self.tr("Kunden har inga tjänster hos byrån än."),
                "Engagements": "" if details.engagements else self.tr("Kunden har inget uppdrag än."),
            }
        )
        self._contacts.show_contacts(view.contacts, language)
        self._invitations.show_invitations(view.invitations, language, now)
        self._access.show_access(view.access, language, now)
        self._history.show_history(view.history, language, now)
        waits = next((row for row in details.collaborations if row.login), None)
        self._login.setVisible(waits is not None)
        self._bar.setVisible(bool(details.collaborations))
        self._engagement_bar.setVisible(bool(details.engagements))
        for table in self._tables.values():
            self._fit_height(table)

    @Slot()
    def _show_guide(self) -> None:
        """A guide that is under way says what is left of it."""
        life = self._life if self._view is not None else None
        self._guide.setVisible(life is not None and life.guide is not None)
        if life is None or life.guide is None:
            return
        title, _ = event_words(life.guide.event)
        told = self.tr("%1 av %2 steg är klara.").replace("%1", str(life.done))
        self._guide.set_text(
            self.tr("%1 pågår.").replace("%1", title), told.replace("%2", str(len(life.steps)))
        )
        self._guide.set_action(self.tr("Fortsätt…"))

    def _show_nothing(self, words: Mapping[str, str]) -> None:
        """A head over no rows reads as something that has not been fetched: say that there are none."""
        for name, said in words.items():
            self._tables[name].setVisible(not said)
            card = self._nothing[name]
            card.setVisible(bool(said))
            if not card.is_same(said):
                card.clear_lines()
                card.add_text(said)

    def _show_blocks(self) -> None:
        """The commands about the whole customer, each with the reason why it cannot be given."""
        if not self.isVisible():
            return
        view, set_blocked = self._view, self.context.actions.set_blocked
        for key, reason in self._intents.reasons(view).items():
            set_blocked(key, reason)
        archived = view is not None and view.record.state == "archived"
        self._activate.set_blocked(self.tr("Kunden är arkiverad. Återställ den först.") if archived else "")

    def _pairs(self, view: CustomerView) -> list[tuple[str, str]]:
        details, record = view.details, view.record
        checked = registered_words(details.registered)
        if details.checked_at is not None:
            moment = moment_text(details.checked_at, datetime.now(UTC))
            checked += " · " + self.tr("kontrollerad %1").replace("%1", moment)
        diligence = {
            "not_begun": self.tr("inte påbörjad"),
            "ongoing": self.tr("pågår"),
            "done": self.tr("klar"),
        }.get(record.due_diligence.state, record.due_diligence.state)
        if record.due_diligence.done_on:
            diligence += f" {record.due_diligence.done_on.isoformat()}"
        if record.due_diligence.review_on:
            review = record.due_diligence.review_on.isoformat()
            diligence += ", " + self.tr("ses över senast %1").replace("%1", review)
        letter = {
            "missing": self.tr("saknas"),
            "sent": self.tr("skickat"),
            "done": self.tr("klart"),
        }.get(record.engagement_letter.state, record.engagement_letter.state)
        return [
            (self.tr("Hos Visma Spcs"), checked),
            (self.tr("Kundansvarig"), details.manager),
            (self.tr("Adress"), details.address),
            (self.tr("Kontor"), details.office),
            (self.tr("Räkenskapsårets slut"), details.fiscal_year_end),
            (self.tr("Kundkännedom"), diligence),
            (self.tr("Uppdragsavtal"), letter),
        ]

    def _fit_height(self, table: Table) -> None:
        theme = self.context.theme
        rows = max(1, table.model().rowCount())
        table.setFixedHeight(theme.px(32) + rows * theme.row_height("compact") + 2)

    # Intents

    @Slot()
    def _activate_service(self) -> None:
        if self._customer_id and self._activate.isEnabled():
            self.context.navigate("activation", customer_ids=[self._customer_id])

    @Slot()
    def _end_all(self) -> None:
        self.context.navigate("ending", customer_id=self._customer_id)

    @Slot()
    def _open_guide(self) -> None:
        self.context.navigate("life", customer_id=self._customer_id)

    @Slot()
    def _print_extract(self) -> None:
        self.context.navigate("extract", customer_id=self._customer_id)

    @Slot()
    def _change_responsible(self) -> None:
        self.context.navigate("responsible", customer_ids=[self._customer_id])

    @Slot()
    def _resend_login(self) -> None:
        rows = self._view.details.collaborations if self._view is not None else ()
        waiting = next((row for row in rows if row.login and row.activation_id), None)
        if waiting is not None:
            self._intents.resend_login(waiting.activation_id)

    @Slot(str)
    def _open_invitation(self, invitation_id: str) -> None:
        self.context.navigate("invitations", filter="all", invitation_id=invitation_id)

    @Slot()
    def _go_back(self) -> None:
        self.context.navigate("customers")


def create_pane(context: ScreenContext) -> QWidget:
    """One customer."""
    return CustomerPane(context)
