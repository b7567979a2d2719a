"""The lists of a run for many customers: the check, the review's grid, the results."""

from datetime import datetime

from PySide6.QtCore import QObject

from app.catalogue import Catalogue
from app.domain.activation_many import ReviewedCustomer
from app.domain.consequences import list_mails
from app.domain.identity import mask_number
from app.domain.preconditions import Problem
from app.domain.records import Branch, RegistrationAnswer
from app.usecases.activation_values import Mark, SentOne
from ui.activation.wording import answer_text, branch_text, checked_text, problem_text, state_text
from ui.messages import Messages
from ui.widgets.cells import Cell, Chip, Column
from ui.widgets.list_model import RowsModel

_ANSWER_KINDS = {
    RegistrationAnswer.REGISTERED: ("info", "circle-check"),
    RegistrationAnswer.NOT_REGISTERED: ("info", "user-plus"),
    RegistrationAnswer.UNKNOWN: ("none", "help-circle"),
}


class ChecksModel(RowsModel[ReviewedCustomer]):
    """Each customer with the vendor's answer and its time."""

    def __init__(self, parent: QObject | None = None) -> None:
        self.now: datetime | None = None
        super().__init__(parent=parent)

    def columns(self) -> list[Column]:
        return [
            Column(key="name", title=self.tr("Kund"), stretch=True, sortable=False),
            Column(key="number", title=self.tr("Kundnr"), width=80, sortable=False),
            Column(key="answer", title=self.tr("Svar"), width=230, sortable=False),
            Column(key="checked", title=self.tr("Kontroll"), width=190, sortable=False),
        ]

    def cell(self, row: ReviewedCustomer, key: str) -> Cell:
        facts = row.facts
        match key:
            case "name":
                return Cell(text=facts.customer.name, strong=True)
            case "number":
                return Cell(text=facts.customer.customer_number, muted=True)
            case "answer":
                kind, icon = _ANSWER_KINDS[facts.answer]
                return Cell(text=answer_text(facts.answer), kind=kind, icon=icon)
            case _:
                when = facts.checked_at
                return Cell(text=checked_text(when, self.now or when) if when is not None else "", muted=True)

    def row_id(self, row: ReviewedCustomer) -> str:
        return row.customer.customer_id

    def sentence(self, row: ReviewedCustomer) -> str:
        return f"{row.facts.customer.name}: {answer_text(row.facts.answer)}"


class GridModel(RowsModel[ReviewedCustomer]):
    """The review's grid: branch, services with engagements, who gets the e-mail, and what is wrong."""

    def __init__(self, catalogue: Catalogue, messages: Messages, parent: QObject | None = None) -> None:
        self._catalogue = catalogue
        self._messages = messages
        super().__init__(parent=parent)

    def columns(self) -> list[Column]:
        return [
            Column(key="name", title=self.tr("Kund"), width=150, stretch=True, sortable=False),
            Column(key="branch", title=self.tr("Det här händer"), width=165, sortable=False),
            Column(key="services", title=self.tr("Tjänster och uppdrag"), width=175, sortable=False),
            Column(key="mail", title=self.tr("E-post till"), width=150, sortable=False, priority=1),
            Column(key="problems", title=self.tr("Att åtgärda"), width=230, stretch=True, sortable=False),
        ]

    def cell(self, row: ReviewedCustomer, key: str) -> Cell:
        facts = row.facts
        match key:
            case "name":
                number = mask_number(facts.customer.organisation_number)
                return Cell(text=facts.customer.name, second=number, strong=True)
            case "branch":
                return Cell(text=self._branch(row))
            case "services":
                return self._services(row)
            case "mail":
                mails = list_mails(row.customer, facts)
                if not mails:
                    return Cell()
                more = f" +{len(mails) - 1}" if len(mails) > 1 else ""
                return Cell(text=mails[0].person.name + more, second=mails[0].person.email)
            case _:
                return self._problems(row)

    def row_id(self, row: ReviewedCustomer) -> str:
        return row.customer.customer_id

    def sentence(self, row: ReviewedCustomer) -> str:
        parts = [row.facts.customer.name, self._branch(row), self._services(row).spoken()]
        return ", ".join((*parts, self._problems(row).spoken()))

    def words_of(self, row: ReviewedCustomer) -> list[str]:
        """Return every problem of the row as a line, what stops it first."""
        found = sorted(row.problems, key=lambda problem: not problem.blocks)
        return [self._sentence(problem, row) for problem in (*found, *row.skipped)]

    def _branch(self, row: ReviewedCustomer) -> str:
        if row.branch is Branch.WITHOUT_SERVICE or row.branch is Branch.WITH_SERVICE:
            return self.tr("Kunden bjuds in")
        if row.branch is Branch.OWNS_SUBSCRIPTION:
            return self.tr("Tillgång begärs")
        return branch_text(row.branch)

    def _services(self, row: ReviewedCustomer) -> Cell:
        language = self._messages.language
        names = [self._catalogue.service(one.service).short.text(language) for one in row.customer.choices]
        found = [row.facts.find_engagement(one.engagement_id) for one in row.customer.choices]
        titles = dict.fromkeys(engagement.title for engagement in found if engagement is not None)
        return Cell(text=", ".join(names) or "–", second=", ".join(titles))

    def _problems(self, row: ReviewedCustomer) -> Cell:
        words = self.words_of(row)
        if not words:
            return Cell(text=self.tr("Klar att skicka"), kind="ok", icon="circle-check-filled")
        blocks = not row.is_ready
        more = self.tr("och %1 till").replace("%1", str(len(words) - 1)) if len(words) > 1 else ""
        kind, icon = ("bad", "alert-circle-filled") if blocks else ("wait", "alert-triangle")
        return Cell(text=words[0], second=more, kind=kind, icon=icon, hint="\n".join(words))

    def _sentence(self, problem: Problem, row: ReviewedCustomer) -> str:
        choice = row.customer.find_choice(problem.service)
        values = choice.values if choice is not None else {}
        return problem_text(problem, self._catalogue, self._messages, values).partition("\n")[0]


class ResultsModel(RowsModel[SentOne]):
    """What became of each customer, with a chip for each service."""

    def __init__(self, catalogue: Catalogue, messages: Messages, parent: QObject | None = None) -> None:
        self._catalogue = catalogue
        self._messages = messages
        super().__init__(parent=parent)

    def columns(self) -> list[Column]:
        return [
            Column(key="name", title=self.tr("Kund"), width=220, stretch=True, sortable=False),
            Column(key="services", title=self.tr("Tjänster"), width=420, stretch=True, sortable=False),
        ]

    def cell(self, row: SentOne, key: str) -> Cell:
        if key == "name":
            return Cell(text=row.name or (row.sending.customer_name if row.sending else ""), strong=True)
        if row.sending is None:
            words = self._messages.for_error(row.error).partition("\n")[0] if row.error else ""
            return Cell(text=words, kind="bad", icon="alert-circle-filled")
        return Cell(chips=tuple(self._chips(row)))

    def row_id(self, row: SentOne) -> str:
        return row.customer_id

    def sentence(self, row: SentOne) -> str:
        return f"{self.cell(row, 'name').spoken()}: {self.cell(row, 'services').spoken()}"

    def _chips(self, row: SentOne) -> list[Chip]:
        chips = []
        sending = row.sending
        for item in sending.activation.items if sending is not None and sending.activation else ():
            name = self._catalogue.service(item.service).short.text(self._messages.language)
            mark = sending.mark if sending is not None else Mark.QUEUED
            states = {one.service: one.state for one in sending.collaborations} if sending else {}
            words, kind = {
                Mark.QUEUED: (self.tr("I utkorgen"), "info"),
                Mark.SENDING: (self.tr("Skickas"), "info"),
                Mark.NEEDS_PERSON: (self.tr("Väntar på dig"), "wait"),
            }.get(mark, (self.tr("Genomfört"), "ok"))
            state = states.get(item.service, "")
            if mark is Mark.DONE and state not in ("", "received"):
                words, kind = state_text(state)
            chips.append(Chip(f"{name}: {words}", kind))
        return chips
