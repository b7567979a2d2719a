"""The side panel of the customer list."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.customers.list_model import registered_words
from ui.formats import moment_text
from ui.open_service import open_address
from ui.screens import ScreenContext
from ui.service_names import short_name
from ui.widgets.buttons import Button
from ui.widgets.card import KeyValueGrid
from ui.widgets.chip import ChipLabel
from ui.widgets.service_chips import MISSING_ENGAGEMENT, state_chip, state_words, translate_state
from ui.widgets.side_panel import SidePanel
from ui.widgets.texts import SectionHeader, label

if TYPE_CHECKING:
    from app.usecases.service_links import ServiceLink


class CustomerPanel(SidePanel):
    """`open_pressed(customer_id)` and `activate_pressed(customer_id)`."""

    open_pressed = Signal(str)
    activate_pressed = Signal(str)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context.theme, width=360, name="customerPanel")
        self._context = context
        self._details: Any = None
        self._openers: dict[str, Button] = {}
        self._links: dict[str, ServiceLink] = {}
        self._open = Button(context.theme, name="panelOpen")
        self._activate = Button(context.theme, name="panelActivate")
        self._open.clicked.connect(self._open_clicked)
        self._activate.clicked.connect(self._activate_clicked)
        self.foot.addWidget(self._open)
        self.foot.addWidget(self._activate)
        self.foot.addStretch(1)

    def show_details(self, details: Any, now: datetime) -> None:
        """Show a customer (app.usecases.customer_details.CustomerDetails)."""
        self._details = details
        self._openers = {}
        self.clear()
        number = self.tr("kundnr %1").replace("%1", details.number) if details.number else ""
        numbers = [details.identity, number]
        self.set_heading(details.name, " · ".join(part for part in numbers if part))
        self._open.setText(self.tr("Öppna kunden"))
        self._activate.setText(self.tr("Aktivera tjänst…"))
        self.close_button.setAccessibleName(self.tr("Stäng panelen"))
        self.close_button.setToolTip(self.tr("Stäng panelen"))
        self._add_facts(details, now)
        self._add_collaborations(details)
        self._add_contacts(details)
        self._add_engagements(details)

    def _add_facts(self, details: Any, now: datetime) -> None:
        checked = registered_words(details.registered)
        if details.checked_at is not None:
            checked += " · " + self.tr("kontrollerad %1").replace("%1", moment_text(details.checked_at, now))
        facts = KeyValueGrid()
        facts.set_pairs(
            [
                (self.tr("Hos Visma Spcs"), checked),
                (self.tr("Kundansvarig"), details.manager),
                (self.tr("Adress"), details.address),
            ]
        )
        self.body.addWidget(facts)

    def _add_collaborations(self, details: Any) -> None:
        self._section(self.tr("Samarbeten"))
        if not details.collaborations:
            self._say(self.tr("Kunden har inga tjänster hos byrån än."))
        language = self._context.messages.language
        for row in details.collaborations:
            name = short_name(row.service, language) if row.service else row.product
            chip = state_chip(
                name,
                row.state,
                mark=row.mark,
                missing_engagement=row.is_missing_engagement,
                ends_on=row.ends_on,
            )
            words = state_words(row.state, row.ends_on, row.mark)
            about = translate_state(MISSING_ENGAGEMENT) if row.is_missing_engagement else row.engagement
            self._chip_line(
                chip, " · ".join(part for part in (words, about) if part), self._opener(row, name)
            )
        self._show_openers()

    def _add_contacts(self, details: Any) -> None:
        self._section(self.tr("Kontakter"))
        if not details.contacts:
            self._say(self.tr("Ingen kontaktperson. Den behövs när en tjänst aktiveras."))
        for contact in details.contacts:
            name = contact.name
            if contact.is_main:
                name += " · " + self.tr("huvudkontakt")
            self.body.addWidget(label(name, "name", wrap=True))
            reach = " · ".join(part for part in (contact.email, contact.phone) if part)
            self._say(reach or self.tr("E-post saknas"))

    def _add_engagements(self, details: Any) -> None:
        self._section(self.tr("Uppdrag"))
        ongoing = [row for row in details.engagements if row.is_ongoing]
        if not ongoing:
            self._say(self.tr("Inget pågående uppdrag."))
        for row in ongoing:
            self.body.addWidget(label(row.title, "name", wrap=True))
            self._say(", ".join(row.staff) or self.tr("Ingen deltar: då får ingen tillgång."))

    def _section(self, text: str) -> None:
        header = SectionHeader(self._context.theme, text, caps=True)
        header.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(header)

    def _say(self, text: str) -> None:
        said = label(text, "secondary", wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(said)

    def _opener(self, row: Any, name: str) -> Button:
        """The button that opens the service; it says why where it cannot be."""
        button = Button(self._context.theme, kind="icon", icon="external-link", name=f"panelService_{row.id}")
        button.setAccessibleName(f"{self.tr('Öppna tjänsten')}: {name}")
        button.clicked.connect(self._opener_clicked)
        self._openers[row.id] = button
        return button

    def show_links(self, links: "Sequence[ServiceLink]") -> None:
        """Show which services can be opened (app.usecases.service_links)."""
        self._links = {link.collaboration_id: link for link in links}
        self._show_openers()

    def _show_openers(self) -> None:
        for row_id, button in self._openers.items():
            link = self._links.get(row_id)
            button.setProperty("address", link.address if link is not None else "")
            code = link.blocked if link is not None else ""
            reason = " ".join(self._context.messages.sentence(code).split()) if code else ""
            button.set_blocked(reason or ("" if link is not None else self.tr("Hämtar …")))
            if not reason:
                button.setToolTip(self.tr("Öppna tjänsten"))

    @Slot()
    def _opener_clicked(self) -> None:
        open_address(str(self.sender().property("address")))

    def _chip_line(self, chip: Any, words: str, opener: Button | None = None) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(ChipLabel(self._context.theme, (chip,)))
        row.addWidget(label(words, "secondary", wrap=True), 1)
        if opener is not None:
            row.addWidget(opener)
        self.body.addWidget(line)

    def _open_clicked(self) -> None:
        if self._details is not None:
            self.open_pressed.emit(self._details.id)

    def _activate_clicked(self) -> None:
        if self._details is not None:
            self.activate_pressed.emit(self._details.id)
