"""The small forms of the customer's page: the customer, a contact, an engagement, who works on it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QDateEdit, QLineEdit, QWidget

from app.domain.contact_details import (
    format_phone,
    parse_email,
    parse_phone,
    parse_postal_code,
    split_postal_line,
)
from app.domain.limits import letters_of
from app.domain.records import Address, Contact, Customer, DueDiligence, EngagementLetter
from ui.customer.form_dialog import (
    FormDialog,
    judge_email,
    judge_name,
    judge_needed_email,
    judge_phone,
    judge_postal,
    judge_year_end,
    tidy_email,
    tidy_phone,
    tidy_year_end,
)
from ui.theme import Theme
from ui.widgets.combo import Combo, fill_combo
from ui.widgets.dependent import depend_on


class ContactForm(FormDialog):
    """A person at the customer; values: name, email, phone (E.164), is_main."""

    def __init__(
        self, theme: Theme, contact: Contact | None, parent: QWidget | None, *, is_main: bool = False
    ) -> None:
        title = self.tr("Ändra kontakt") if contact else self.tr("Lägg till kontakt")
        super().__init__(theme, "contactForm", title, self.tr("Spara"), parent)
        has = contact or Contact(id="", customer_id="", name="")
        self._name = self.add_judged(
            self.tr("Namn"), has.name, "contactName", judge_name, most=letters_of("name")
        )
        self._email = self.add_judged(
            self.tr("E-post"), has.email, "contactEmail", judge_email, tidy=tidy_email
        )
        self._phone = self.add_judged(
            self.tr("Telefon"), format_phone(has.phone), "contactPhone", judge_phone, tidy=tidy_phone
        )
        self._main = QCheckBox(self.tr("Huvudkontakt hos byrån"))
        self._main.setObjectName("contactMain")
        self._main.setChecked(contact.is_main if contact else is_main)
        self._main.setEnabled(not (contact and contact.is_main))
        self.form.addRow("", self._main)
        self.check()

    def values(self) -> dict[str, Any]:
        email, phone = self._email.text().strip(), self._phone.text().strip()
        return {
            "name": self._name.text().strip(),
            "email": parse_email(email).value if email else "",
            "phone": parse_phone(phone).value if phone else "",
            "is_main": self._main.isChecked(),
        }


class EngagementForm(FormDialog):
    """A new engagement; values: type_code, title, fiscal_year, owner_id."""

    def __init__(
        self,
        theme: Theme,
        types: Sequence[tuple[str, str, bool]],
        staff: Sequence[tuple[str, str]],
        today: date,
        parent: QWidget | None,
    ) -> None:
        super().__init__(theme, "engagementForm", self.tr("Nytt uppdrag"), self.tr("Skapa uppdrag"), parent)
        self._with_year = {code for code, _, has_year in types if has_year}
        self._types = {code: text for code, text, _ in types}
        self._type = self.add(self.tr("Typ"), Combo(), "engagementType")
        fill_combo(self._type, [(text, code) for code, text, _ in types], None)
        self._year = self.add(self.tr("Räkenskapsår"), Combo(), "engagementYear")
        years = range(today.year + 1, today.year - 3, -1)
        fill_combo(self._year, [(str(year), year) for year in years], today.year)
        self._title = self.add(self.tr("Benämning"), QLineEdit(), "engagementTitle", most=letters_of("title"))
        self._owner = self.add(self.tr("Uppdragsansvarig"), Combo(), "engagementOwner")
        fill_combo(self._owner, [(self.tr("Ingen än"), ""), *((name, id_) for id_, name in staff)], "")
        self._suggested = ""
        self._type.currentIndexChanged.connect(self._suggest)
        self._year.currentIndexChanged.connect(self._suggest)
        self._suggest()

    def _suggest(self) -> None:
        code = str(self._type.currentData())
        has_year = code in self._with_year
        self.form.setRowVisible(self._year, has_year)
        suggested = f"{self._types[code]} {self._year.currentText()}" if has_year else self._types[code]
        if self._title.text() in ("", self._suggested):
            self._title.setText(suggested)
        self._suggested = suggested
        self.check()

    def problem(self) -> str:
        return "" if self._title.text().strip() else self.tr("Skriv en benämning.")

    def values(self) -> dict[str, Any]:
        code = str(self._type.currentData())
        return {
            "type_code": code,
            "title": self._title.text().strip(),
            "fiscal_year": int(self._year.currentData()) if code in self._with_year else None,
            "owner_id": str(self._owner.currentData() or "") or None,
        }


class CustomerForm(FormDialog):
    """The customer's own fields; values are those of the record that may have changed."""

    def __init__(
        self,
        theme: Theme,
        customer: Customer,
        staff: Sequence[tuple[str, str]],
        offices: Sequence[str],
        today: date,
        parent: QWidget | None,
    ) -> None:
        super().__init__(theme, "customerForm", self.tr("Ändra kund"), self.tr("Spara"), parent)
        self._customer = customer
        self._name = self.add_judged(
            self.tr("Namn"), customer.name, "customerName", judge_name, most=letters_of("name")
        )
        self._number = self.add(
            self.tr("Kundnr"),
            QLineEdit(customer.customer_number),
            "customerNumber",
            most=letters_of("customer_number"),
        )
        address = customer.address
        self._street = self.add(
            self.tr("Gatuadress"), QLineEdit(address.street), "customerStreet", most=letters_of("street")
        )
        self._postal = self.add_judged(
            self.tr("Postnummer"),
            address.postal_code,
            "customerPostal",
            self._judge_postal,
            tidy=self._tidy_postal,
            most=letters_of("postal_code"),
        )
        self._town = self.add(
            self.tr("Ort"), QLineEdit(address.town), "customerTown", most=letters_of("town")
        )
        self._office = self.add(self.tr("Kontor"), Combo(), "customerOffice")
        known = list(dict.fromkeys(["", *offices, customer.office]))
        fill_combo(self._office, [(office, office) for office in known], customer.office)
        self._year_end = self.add_judged(
            self.tr("Räkenskapsårets slut (månad-dag)"),
            customer.fiscal_year_end,
            "customerYearEnd",
            judge_year_end,
            tidy=tidy_year_end,
        )
        self._manager = self.add(self.tr("Kundansvarig"), Combo(), "customerManager")
        choices = [(self.tr("Ingen"), ""), *((name, id_) for id_, name in staff)]
        fill_combo(self._manager, choices, customer.account_manager_id or "")
        self._diligence = self.add(self.tr("Kundkännedom"), Combo(), "customerDiligence")
        fill_combo(
            self._diligence,
            [
                (self.tr("Inte påbörjad"), "not_begun"),
                (self.tr("Pågår"), "ongoing"),
                (self.tr("Klar"), "done"),
            ],
            customer.due_diligence.state,
        )
        self._done_on = self._day("customerDiligenceDone", customer.due_diligence.done_on or today)
        self._review_on = self._day(
            "customerDiligenceReview",
            customer.due_diligence.review_on or today.replace(year=today.year + 1, day=1),
        )
        self._reviewed = QCheckBox(self.tr("Ses över senast"))
        self._reviewed.setObjectName("customerDiligenceReviewed")
        self._reviewed.setChecked(customer.due_diligence.review_on is not None)
        depend_on(self._review_on, self._reviewed, self.tr("Kryssa för Ses över senast först."))
        self.form.addRow(self.tr("Klar den"), self._done_on)
        self._review_on.setAccessibleName(self._reviewed.text())
        self.form.addRow(self._reviewed, self._review_on)
        self._letter = self.add(self.tr("Uppdragsavtal"), Combo(), "customerLetter")
        fill_combo(
            self._letter,
            [(self.tr("Saknas"), "missing"), (self.tr("Skickat"), "sent"), (self.tr("Klart"), "done")],
            customer.engagement_letter.state,
        )
        self._letter_on = self._day("customerLetterDone", customer.engagement_letter.done_on or today)
        self.form.addRow(self.tr("Avtalet klart den"), self._letter_on)
        self._letter.currentIndexChanged.connect(self._show_days)
        self._diligence.currentIndexChanged.connect(self._show_days)
        self._show_days()
        self.check()

    def _day(self, name: str, day: date) -> QDateEdit:
        made = QDateEdit(QDate(day.year, day.month, day.day))
        made.setObjectName(name)
        made.setDisplayFormat("yyyy-MM-dd")
        made.setCalendarPopup(True)
        return made

    def _show_days(self) -> None:
        done = self._diligence.currentData() == "done"
        self.form.setRowVisible(self._done_on, done)
        self.form.setRowVisible(self._review_on, done)
        self.form.setRowVisible(self._letter_on, self._letter.currentData() == "done")

    def _judge_postal(self, text: str) -> str:
        return judge_postal(text, self._customer.address.country)

    def _tidy_postal(self, text: str) -> str:
        """A postal code with the town behind it fills both fields."""
        code, town = split_postal_line(text)
        if town and not self._town.text().strip():
            self._town.setText(town)
        return parse_postal_code(code or text, self._customer.address.country).value

    def _postal_code(self) -> str:
        text = self._postal.text().strip()
        return self._tidy_postal(text) if text else ""

    def values(self) -> dict[str, Any]:
        customer = self._customer
        diligence = str(self._diligence.currentData())
        done = diligence == "done"
        review: Any = self._review_on.date().toPython() if done and self._reviewed.isChecked() else None
        done_on: Any = self._done_on.date().toPython() if done else None
        letter = str(self._letter.currentData())
        letter_on: Any = self._letter_on.date().toPython() if letter == "done" else None
        return {
            "name": self._name.text().strip(),
            "customer_number": self._number.text().strip(),
            "address": Address(
                street=self._street.text().strip(),
                postal_code=self._postal_code(),
                town=self._town.text().strip(),
                country=customer.address.country,
            ),
            "office": str(self._office.currentData() or ""),
            "fiscal_year_end": tidy_year_end(self._year_end.text().strip()),
            "account_manager_id": str(self._manager.currentData() or "") or None,
            "due_diligence": DueDiligence(state=diligence, done_on=done_on, review_on=review),
            "engagement_letter": EngagementLetter(state=letter, done_on=letter_on),
        }


class LoginForm(FormDialog):
    """Send login instructions again, to the same or a corrected address; values: email."""

    def __init__(self, theme: Theme, email: str, parent: QWidget | None) -> None:
        title = self.tr("Skicka inloggningsinstruktioner igen")
        super().__init__(theme, "loginForm", title, self.tr("Skicka igen"), parent)
        self._email = self.add_judged(
            self.tr("E-post"), email, "loginEmail", judge_needed_email, tidy=tidy_email
        )
        self.check()

    def values(self) -> dict[str, Any]:
        return {"email": parse_email(self._email.text()).value}
