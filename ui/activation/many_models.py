"""The lists of a run for many customers: the check, the review's grid, the results."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject

from app.catalogue import Catalogue
from app.domain.activation_many import ReviewedCustomer
from app.domain.identity import mask_number
from app.domain.preconditions import Problem, Severity
from app.domain.records import Branch, RegistrationAnswer
from app.usecases.activation_values import Mark, SentOne
from ui.activation.wording import answer_text, branch_text, checked_text, problem_text, state_text
from ui.messages import Messages
from ui.widgets.cells import Cell, Chip, Column
from ui.widgets.list_model import RowsModel

NEVER = datetime.min.replace(tzinfo=UTC)
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
            Column(key="number", title=self.tr("Kundnr"), width=72, sortable=False),
            Column(key="answer", title=self.tr("Svar"), width=236, sortable=False),
            Column(key="checked", title=self.tr("Kontroll"), width=206, sortable=False),
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
                when, now = facts.checked_at, self.now
                words = checked_text(when, now or when) if when is not None else checked_text(None, NEVER)
                is_old = when is not None and now is not None and not facts.is_check_fresh(now)
                if is_old:
                    return Cell(text=words, kind="wait", icon="clock")
                return Cell(text=words, muted=True)

    def row_id(self, row: ReviewedCustomer) -> str:
        return row.customer.customer_id

    def sentence(self, row: ReviewedCustomer) -> str:
        words = (answer_text(row.facts.answer), self.cell(row, "checked").text)
        return f"{row.facts.customer.name}: {', '.join(words)}"


class GridModel(RowsModel[ReviewedCustomer]):
    """The review's grid: branch, services with engagements, who gets the e-mail, and what is wrong."""

    def __init__(self, catalogue: Catalogue, messages: Messages, parent: QObject | None = None) -> None:
        self._catalogue = catalogue
        self._messages = messages
        super().__init__(parent=parent)

    def columns(self) -> list[Column]:
        return [
            Column(key="name", title=self.tr("Kund"), width=170, min_width=160, stretch=True, sortable=False),
            Column(key="branch", title=self.tr("Det här händer"), width=150, sortable=False, priority=2),
            Column(key="services", title=self.tr("Tjänster och uppdrag"), width=190, sortable=False),
            Column(key="mail", title=self.tr("E-post till"), width=180, sortable=False, priority=1),
            Column(
                key="problems",
                title=self.tr("Att åtgärda"),
                width=250,
                min_width=220,
                stretch=True,
                sortable=False,
            ),
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
                mails = row.mails
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
        return [self.sentence_of(problem, row).partition("\n")[0] for problem in problems_of(row)]

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

    def sentence_of(self, problem: Problem, row: ReviewedCustomer) -> str:
        """Return the whole sentence of one of the row's problems."""
        choice = row.customer.find_choice(problem.service)
        values = choice.values if choice is not None else {}
        return problem_text(problem, self._catalogue, self._messages, values)


def problems_of(row: ReviewedCustomer) -> list[Problem]:
    """Return what is wrong with a row: what stops it first, what is left out last."""
    found = sorted(row.problems, key=lambda problem: not problem.blocks)
    # What is left out stops nothing: the rest is sent all the same.
    left_out = [dataclasses.replace(problem, severity=Severity.WARNS) for problem in row.skipped]
    return [*found, *left_out]


class ResultsModel(RowsModel[SentOne]):
    """What became of each customer, with a chip for each service."""

    def __init__(self, catalogue: Catalogue, messages: Messages, parent: QObject | None = None) -> None:
        self._catalogue = catalogue
        self._messages = messages
        self.name_of: Callable[[str], str] = str
        self.has_notes = False
        super().__init__(parent=parent)

    def columns(self) -> list[Column]:
        columns = [
            Column(key="name", title=self.tr("Kund"), width=220, min_width=180, stretch=True, sortable=False),
            Column(
                key="services",
                title=self.tr("Resultat per tjänst"),
                width=400,
                min_width=400,
                stretch=True,
                sortable=False,
            ),
        ]
        if self.has_notes:
            why = self.tr("Anmärkning")
            columns.append(Column(key="why", title=why, width=260, stretch=True, sortable=False))
        return columns

    def cell(self, row: SentOne, key: str) -> Cell:
        if key == "name":
            return Cell(text=row.name or self.name_of(row.customer_id), strong=True)
        if key == "why":
            return self._why(row)
        if row.sending is None:
            return Cell(text=self.tr("Inte skickat"), kind="bad", icon="alert-circle-filled")
        chips = tuple(self._chips(row))
        # Of eight services some are behind "+5": the pointer says them all.
        return Cell(chips=chips, hint="\n".join(chip.text for chip in chips))

    def row_id(self, row: SentOne) -> str:
        return row.customer_id

    def sentence(self, row: SentOne) -> str:
        parts = (self.cell(row, "services").spoken(), self.cell(row, "why").spoken())
        return f"{self.cell(row, 'name').spoken()}: {', '.join(part for part in parts if part)}"

    def _why(self, row: SentOne) -> Cell:
        """Why it was not sent, or why it waits for a person."""
        sending, words = row.sending, ""
        if row.error is not None:
            words = self._messages.for_error(row.error)
        elif sending is not None and sending.mark is Mark.NEEDS_PERSON:
            words = self._messages.sentence(sending.code or "answer_changed", customer=row.name)
        return Cell(text=words.partition("\n")[0], muted=row.error is None, hint=words)

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
