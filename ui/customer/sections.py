"""The parts of the customer's page that are lines of text: contacts, invitations, access and history."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.contact_details import format_phone
from app.domain.records import Contact
from app.usecases.customer_page import AccessLine, HistoryLine, InvitationSummary
from ui.customer.history import what_words, who_words
from ui.formats import moment_text
from ui.service_names import short_name
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.texts import label

_HISTORY = 12


class LinesCard(Card):
    """Lines that are made anew when they say something else."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(name=name)
        self.theme = theme
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)
        self._shown: object = None

    def is_same(self, what: object) -> bool:
        """Tell whether this is what is shown already, and note it."""
        same, self._shown = what == self._shown, what
        return same

    def clear_lines(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()

    def add_text(self, text: str) -> None:
        self._lines.addWidget(label(text, "secondary", wrap=True))

    def add_line(self, *texts: str, buttons: Sequence[Button] = ()) -> None:
        """One line: the first text is a name, the others share the rest."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for at, text in enumerate(texts):
            row.addWidget(label(text, "secondary" if at else "name", wrap=True), 1)
        for button in buttons:
            row.addWidget(button)
        self._lines.addWidget(line)


class ContactsCard(LinesCard):
    """`edit(contact)` and `remove(contact)`."""

    edit = Signal(object)
    remove = Signal(object)

    def show_contacts(self, contacts: Sequence[Contact], language: str) -> None:
        """List them, the main one first."""
        if self.is_same((tuple(contacts), language)):
            return
        self.clear_lines()
        if not contacts:
            self.add_text(self.tr("Ingen kontaktperson. Den behövs när en tjänst aktiveras."))
        for contact in contacts:
            name = contact.name + (" · " + self.tr("huvudkontakt") if contact.is_main else "")
            edit = Button(self.theme, self.tr("Ändra…"), kind="link", name=f"contactEdit_{contact.id}")
            edit.setAccessibleName(self.tr("Ändra %1").replace("%1", contact.name))
            edit.clicked.connect(self._emit(self.edit, contact))
            remove = Button(self.theme, self.tr("Ta bort"), kind="link", name=f"contactRemove_{contact.id}")
            remove.setAccessibleName(self.tr("Ta bort %1").replace("%1", contact.name))
            remove.clicked.connect(self._emit(self.remove, contact))
            if contact.is_main and len(contacts) > 1:
                remove.set_blocked(self.tr("Gör en annan person till huvudkontakt först."))
            reach = (contact.email or self.tr("E-post saknas"), format_phone(contact.phone))
            self.add_line(name, *reach, buttons=(edit, remove))

    def _emit(self, signal: Any, contact: Contact) -> Callable[[], None]:
        return lambda: signal.emit(contact)


class InvitationsCard(LinesCard):
    """The customer's invitations, newest first; `opened(invitation_id)`."""

    opened = Signal(str)

    def show_invitations(
        self, invitations: Sequence[InvitationSummary], language: str, now: datetime
    ) -> None:
        if self.is_same((tuple(invitations), language, now.date())):
            return
        self.clear_lines()
        if not invitations:
            self.add_text(self.tr("Kunden har inte fått någon inbjudan."))
        states = {
            "queued": self.tr("Skickas"),
            "sent": self.tr("Väntar på kund"),
            "answered": self.tr("Besvarad"),
            "expired": self.tr("Utgången"),
            "withdrawn": self.tr("Tillbakadragen"),
        }
        problems = {
            "bounced": self.tr("e-posten studsade"),
            "refused": self.tr("adressen nekades"),
            "locked": self.tr("låst efter felaktiga svar"),
        }
        for row in invitations:
            services = ", ".join(short_name(code, language) for code in row.services)
            state = states.get(row.state, row.state)
            if row.problem and row.state in ("queued", "sent"):
                state = f"{state} · {problems.get(row.problem, row.problem)}"
            when = moment_text(row.sent_at, now) if row.sent_at else ""
            show = Button(self.theme, self.tr("Visa"), kind="link", name=f"invitationShow_{row.id}")
            show.setAccessibleName(self.tr("Visa inbjudan till %1").replace("%1", services))
            show.clicked.connect(self._open(row.id))
            words = f"”{row.words}”" if row.words else ""
            self.add_line(services, " ".join(p for p in (state, words) if p), when, buttons=(show,))

    def _open(self, invitation_id: str) -> Callable[[], None]:
        return lambda: self.opened.emit(invitation_id)


class AccessCard(LinesCard):
    """Who has access to which of the customer's services, and why."""

    def show_access(self, rows: Sequence[AccessLine], language: str, now: datetime) -> None:
        open_rows = tuple(row for row in rows if row.until is None)
        if self.is_same((open_rows, language, now.date())):
            return
        self.clear_lines()
        if not open_rows:
            self.add_text(self.tr("Ingen på byrån har tillgång till kundens tjänster."))
        because = {
            "participation": self.tr("deltar i uppdraget"),
            "contact": self.tr("kundens kontaktperson"),
            "vendor": self.tr("enligt Visma Spcs"),
        }
        by_name: dict[tuple[str, str], list[str]] = {}
        for row in open_rows:
            service = short_name(row.service, language) or self.tr("okänd tjänst")
            by_name.setdefault((row.name, row.because), []).append(service)
        for (name, why), services in sorted(by_name.items()):
            self.add_line(name, ", ".join(sorted(set(services))), because.get(why, why))


class HistoryCard(LinesCard):
    """The last things that happened."""

    def show_history(self, rows: Sequence[HistoryLine], language: str, now: datetime) -> None:
        latest = tuple(rows[:_HISTORY])
        if self.is_same((latest, language, now.date())):
            return
        self.clear_lines()
        if not latest:
            self.add_text(self.tr("Ingenting har hänt än."))
        for row in latest:
            when = moment_text(row.at, now) if row.at is not None else ""
            self.add_line(what_words(row.what), who_words(row.by, row.by_kind), when)
        if len(rows) > _HISTORY:
            more = len(rows) - _HISTORY
            self.add_text(self.tr("och %n äldre händelser", "", more))
