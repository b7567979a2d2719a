"""The company that comes after a customer: its name and its own number."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.identity import format_number, parse_number
from app.domain.limits import letters_of
from app.domain.records import Customer, CustomerKind
from ui.customer.form_dialog import FormDialog, judge_name
from ui.messages import Messages
from ui.number_words import number_problem
from ui.theme import Theme


class SuccessorForm(FormDialog):
    """Values: name, number (12 canonical digits), legal_form."""

    def __init__(
        self, theme: Theme, messages: Messages, customer: Customer, today: date, parent: QWidget | None
    ) -> None:
        super().__init__(theme, "successorForm", self.tr("Efterträdare"), self.tr("Skapa kund"), parent)
        self._messages = messages
        self._today = today
        self._old = customer.organisation_number
        self._name = self.add_judged(
            self.tr("Namn"), customer.name, "successorName", judge_name, most=letters_of("name")
        )
        self._number = self.add_judged(
            self.tr("Organisationsnummer"), "", "successorNumber", self._judge, tidy=self._tidy
        )
        self._form = self.add(
            self.tr("Bolagsform"), QLineEdit("AB"), "successorForm_", most=letters_of("legal_form")
        )
        self.check()

    def _judge(self, text: str) -> str:
        if not text:
            return self._messages.sentence("number_missing").partition("\n")[0]
        found = parse_number(text, CustomerKind.LEGAL_PERSON, today=self._today)
        if found.error is not None:
            return number_problem(self._messages, found)
        if found.canonical == self._old:
            return self.tr("Efterträdaren har ett eget nummer, ett annat än kundens.")
        return ""

    def _tidy(self, text: str) -> str:
        return format_number(parse_number(text, CustomerKind.LEGAL_PERSON, today=self._today).canonical)

    def values(self) -> dict[str, Any]:
        number = parse_number(self._number.text(), CustomerKind.LEGAL_PERSON, today=self._today)
        return {
            "name": self._name.text().strip(),
            "number": number.canonical,
            "legal_form": self._form.text().strip(),
        }
