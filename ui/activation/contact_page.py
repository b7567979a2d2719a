"""The contact person of a company that is not registered, and its postal address; checked field by field."""

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from app.domain.activation_draft import ContactForm, Step, change_contact, prefilled_contact
from app.domain.contact_details import (
    format_phone,
    parse_email,
    parse_phone,
    parse_postal_code,
    split_postal_line,
)
from app.domain.preconditions import Problem
from app.domain.records import RegistrationAnswer
from ui.activation.page import ActivationPage
from ui.activation.presenter import ActivationPresenter
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.info_bar import InfoBar
from ui.widgets.texts import label

PLACES = (
    ("name", 0, 0, 2),
    ("email", 3, 0, 1),
    ("phone", 3, 1, 1),
    ("street", 6, 0, 2),
    ("postal_code", 9, 0, 1),
    ("town", 9, 1, 1),
)
"""Field, and its row, column and width in columns; each takes three rows: label, line, error."""

FIELDS = tuple(name for name, *_ in PLACES)


class ContactPage(ActivationPage):
    """Choose one of the customer's contacts or type another; the details can be kept on the customer."""

    keep_asked = Signal()

    def __init__(self, theme: Theme, presenter: ActivationPresenter) -> None:
        super().__init__(theme, presenter, "activationContactPage")
        self._filling = False
        self.why = InfoBar(theme, "info", icon="user-plus", name="contactWhy")
        self.choose_label = label("", "secondary")
        self.choose = Combo()
        self.choose.setObjectName("contactChoose")
        self.choose.activated.connect(self._chosen)
        self.choose_label.setBuddy(self.choose)
        self.fields = {name: Field(f"contact_{name}", self) for name in FIELDS}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        for name, row, column, span in PLACES:
            self.fields[name].place(grid, row, column, span)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card = Card(name="contactCard")
        card.body.setContentsMargins(16, 12, 16, 14)
        chooser = QVBoxLayout()
        chooser.setSpacing(4)
        chooser.addWidget(self.choose_label)
        chooser.addWidget(self.choose)
        card.body.addLayout(chooser)
        card.body.addLayout(grid)
        self.keep = Button(theme, icon="user-plus", name="contactKeep")
        self.keep.clicked.connect(self.keep_asked)
        self.kept = label("", "secondary", name="contactKept", wrap=True)
        keeping = QHBoxLayout()
        keeping.addWidget(self.keep)
        keeping.addWidget(self.kept, 1)
        self.content.addWidget(self.why)
        self.content.addWidget(card)
        self.content.addLayout(keeping)
        self.content.addStretch(1)
        for name, field in self.fields.items():
            field.line.textEdited.connect(self._edited)
            field.left.connect(self._left)
            field.line.setProperty("field", name)
        self.refresh()

    def heading(self) -> str:
        return self.tr("Vem är kontaktperson hos kunden?")

    def take_focus(self) -> bool:
        wrong = {p.field_name for p in self._problems()}
        first = next((self.fields[name] for name in FIELDS if name in wrong), self.fields["name"])
        first.line.setFocus()
        return True

    def refresh(self) -> None:
        super().refresh()
        self._texts()
        presenter = self.presenter
        if presenter.customer is None or presenter.facts is None:
            return
        contact = presenter.customer.contact
        self._filling = True
        for name, field in self.fields.items():
            text = str(getattr(contact, name))
            if field.line.text() != text:
                field.line.setText(text)
        self._fill_choices(contact)
        self._filling = False
        self._show_errors()
        stored = prefilled_contact(presenter.facts.customer, presenter.facts.find_contact(contact.contact_id))
        differs = stored.to_contact() != contact.to_contact()
        self.keep.setVisible(differs)
        self.keep.set_blocked(presenter.text_of(self._problems()[0]) if differs and self._problems() else "")
        self.kept.setText(
            self.tr("Uppgifterna sparas då även på kunden här i programmet.") if differs else ""
        )

    def _texts(self) -> None:
        facts = self.presenter.facts
        unknown = facts is not None and facts.answer is RegistrationAnswer.UNKNOWN
        if unknown:
            self.why.set_text(
                self.tr("Uppgifterna behövs bara om kunden inte är registrerad hos Visma Spcs."),
                self.tr("Är kunden redan registrerad används de inte."),
            )
        else:
            self.why.set_text(
                self.tr("Kontaktpersonen blir administratör och huvudkontakt hos Visma Spcs."),
                self.tr("Uppgifterna sparas på vismaspcs.se och inloggningsinstruktionerna skickas hit."),
            )
        self.choose_label.setText(self.tr("Kontakt"))
        self.choose.setAccessibleName(self.tr("Kontakt"))
        self.keep.setText(self.tr("Spara på kunden"))
        for name, words in (
            ("name", self.tr("Namn")),
            ("email", self.tr("E-post")),
            ("phone", self.tr("Telefon (frivilligt)")),
            ("street", self.tr("Gatuadress")),
            ("postal_code", self.tr("Postnummer")),
            ("town", self.tr("Ort")),
        ):
            self.fields[name].title.setText(words)
            self.fields[name].line.setAccessibleName(words)

    def _fill_choices(self, contact: ContactForm) -> None:
        facts = self.presenter.facts
        rows = [
            (found.id, " · ".join(part for part in (found.name, found.email) if part))
            for found in (facts.contacts if facts is not None else ())
        ]
        rows.append(("", self.tr("Ny kontaktperson")))
        present = [(self.choose.itemData(at), self.choose.itemText(at)) for at in range(self.choose.count())]
        if present != rows:
            self.choose.clear()
            for key, words in rows:
                self.choose.addItem(words, key)
        self.choose.setCurrentIndex(max(0, self.choose.findData(contact.contact_id or "")))

    def _problems(self) -> list[Problem]:
        return [p for p in self.presenter.problems if p.step is Step.CONTACT]

    def _show_errors(self) -> None:
        wrong: dict[str, Problem] = {}
        for problem in self._problems():
            wrong.setdefault(problem.field_name, problem)
        for name, field in self.fields.items():
            found = wrong.get(name)
            is_due = field.was_left or not field.line.isModified()
            text = self.presenter.text_of(found).partition("\n")[0] if found is not None and is_due else ""
            field.show_error(text)

    def _edited(self) -> None:
        customer, line = self.presenter.customer, self.sender()
        if self._filling or customer is None or not isinstance(line, QLineEdit):
            return
        self.fields[str(line.property("field"))].was_left = False
        values = {key: field.line.text() for key, field in self.fields.items()}
        self._put(dataclasses.replace(customer.contact, **values))

    def _put(self, contact: ContactForm) -> None:
        self.presenter.change(lambda draft: change_contact(draft, contact))

    def _left(self) -> None:
        field = self.sender()
        customer = self.presenter.customer
        if not isinstance(field, Field) or customer is None or self._filling:
            return
        contact = customer.contact
        tidy = contact
        if field is self.fields["postal_code"]:
            code, town = split_postal_line(contact.postal_code)
            if code and town and not contact.town.strip():
                # Both were written, or pasted, into the first of the two.
                tidy = dataclasses.replace(contact, postal_code=code, town=town)
            else:
                parsed = parse_postal_code(contact.postal_code, contact.country)
                tidy = dataclasses.replace(contact, postal_code=parsed.value or contact.postal_code)
        elif field is self.fields["email"]:
            tidy = dataclasses.replace(contact, email=parse_email(contact.email).value or contact.email)
        elif field is self.fields["phone"] and parse_phone(contact.phone).ok:
            tidy = dataclasses.replace(contact, phone=format_phone(parse_phone(contact.phone).value))
        if tidy != contact:
            self._put(tidy)
        else:
            self._show_errors()

    def _chosen(self, at: int) -> None:
        facts, customer = self.presenter.facts, self.presenter.customer
        if facts is None or customer is None:
            return
        found = facts.find_contact(str(self.choose.itemData(at)))
        filled = prefilled_contact(facts.customer, found)
        address = customer.contact
        self._put(
            dataclasses.replace(
                filled,
                street=address.street,
                postal_code=address.postal_code,
                town=address.town,
                country=address.country,
            )
        )
        if found is None:
            self.fields["name"].line.setFocus()
