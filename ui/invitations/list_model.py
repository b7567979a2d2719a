"""Sent invitations as cells."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from app.usecases.invitations import InvitationLine
from ui.formats import changed_text
from ui.service_names import short_name
from ui.widgets.cells import Cell, Chip, Column
from ui.widgets.list_model import RowsModel
from ui.widgets.service_chips import mark_words

_ANSWERS = {"approved": ("ok", "circle-check-filled"), "declined": ("none", "x")}


class InvitationListModel(RowsModel[InvitationLine]):
    """Customer, services with their answers, when and by whom, days waiting, reminded."""

    def __init__(self, now: Callable[[], datetime], parent: QObject) -> None:
        self._now = now
        self.language = "sv"
        super().__init__(tickable=True, parent=parent)

    def columns(self) -> list[Column]:
        return [
            Column(key="name", title=self.tr("Kund"), width=230, stretch=True, min_width=160, sortable=False),
            Column(
                key="services",
                title=self.tr("Tjänster"),
                width=230,
                stretch=True,
                min_width=190,
                sortable=False,
            ),
            Column(key="state", title=self.tr("Svar"), width=190, sortable=False),
            Column(key="sent", title=self.tr("Skickad"), width=132, sortable=False, priority=2),
            Column(key="days", title=self.tr("Väntat"), width=124, sortable=False, priority=1),
            Column(key="answered", title=self.tr("Svarade"), width=116, sortable=False, priority=4),
            Column(key="reminded", title=self.tr("Påmind"), width=116, sortable=False, priority=3),
        ]

    def row_id(self, row: InvitationLine) -> str:
        return row.id

    def cell(self, row: InvitationLine, key: str) -> Cell:
        match key:
            case "name":
                to = ", ".join(r.email for r in row.recipients if r.role == "approver")
                return Cell(text=row.name, second=to, strong=True)
            case "services":
                return Cell(chips=self._services(row))
            case "state":
                return Cell(chips=(self._state(row),))
            case "sent":
                when = changed_text(row.sent_at, self._now()) if row.sent_at else self.tr("Inte skickad än")
                return Cell(text=when, second=row.sent_by)
            case "days":
                return Cell(
                    text=self.tr("%n dagar", "", row.days) if row.days is not None else "",
                    second=self._expiry(row),
                )
            case "answered":
                if row.withdrawn_because and row.withdrawn_at is not None:
                    when = changed_text(row.withdrawn_at, self._now())
                    return Cell(text=when, second=self._because(row))
                if row.answered_at is None:
                    return Cell()
                return Cell(text=changed_text(row.answered_at, self._now()), second=row.answered_by)
            case "reminded":
                if row.reminded_at is None:
                    return Cell()
                return Cell(text=changed_text(row.reminded_at, self._now()), second=row.reminded_by)
        return Cell()

    def sentence(self, row: InvitationLine) -> str:
        services = ", ".join(chip.hint for chip in self._services(row))
        state = self._state(row)
        days = self.cell(row, "days").text
        waited = self.tr("väntat %1").replace("%1", days) if days else ""
        sent = self.cell(row, "sent")
        sent_words = self.tr("skickad %1").replace("%1", f"{sent.text} {sent.second}".strip())
        reminded = self.cell(row, "reminded")
        again = self.tr("påmind %1").replace("%1", f"{reminded.text} {reminded.second}".strip())
        parts = [
            row.name,
            services,
            state.hint or state.text,
            sent_words if row.sent_at else "",
            waited,
            again if row.reminded_at else "",
        ]
        return ", ".join(part for part in parts if part) + "."

    def _expiry(self, row: InvitationLine) -> str:
        """The last day to answer, while it waits."""
        if not row.is_open or row.expires_on is None:
            return ""
        return self.tr("till %1").replace("%1", row.expires_on.isoformat())

    def _services(self, row: InvitationLine) -> tuple[Chip, ...]:
        answers = dict(row.answers)
        words = {"approved": self.tr("godkänd"), "declined": self.tr("avböjd")}
        chips: list[Chip] = []
        for code in row.services:
            name = short_name(code, self.language)
            answer = answers.get(code, "")
            kind, icon = _ANSWERS.get(answer, ("wait", "clock") if row.is_open else ("none", "circle"))
            hint = f"{name}: {words[answer]}" if answer in words else name
            chips.append(Chip(name, kind, icon, hint))
        return tuple(chips)

    def _state(self, row: InvitationLine) -> Chip:
        if row.mark in ("queued", "sending"):
            return Chip(mark_words(row.mark), "info", "upload")
        if row.is_open and row.problem:
            problems = {
                "bounced": self.tr("E-posten studsade"),
                "refused": self.tr("Adressen nekades"),
                "locked": self.tr("Låst efter felaktiga svar"),
            }
            return Chip(problems.get(row.problem, row.problem), "bad", "alert-circle-filled")
        match row.state:
            case "queued":
                return Chip(self.tr("Skickas"), "info", "send")
            case "sent":
                return Chip(self.tr("Väntar på kund"), "wait", "clock")
            case "expired":
                return Chip(self.tr("Utgången"), "none", "calendar-off")
            case "withdrawn":
                hint = " – ".join(part for part in (self.tr("Tillbakadragen"), self._because(row)) if part)
                return Chip(self.tr("Tillbakadragen"), "none", "arrow-back-up", hint)
            case "answered":
                return self._answered(row)
        return Chip(row.state, "none", "question-mark")

    def _because(self, row: InvitationLine) -> str:
        """Why it was withdrawn where no person did it."""
        return {
            "company_bankrupt": self.tr("företaget är i konkurs"),
            "company_merged": self.tr("företaget har gått upp i ett annat"),
        }.get(row.withdrawn_because, row.withdrawn_because)

    def _answered(self, row: InvitationLine) -> Chip:
        given = {answer for _, answer in row.answers}
        if given == {"declined"}:
            return Chip(self.tr("Avböjd"), "none", "x", self._with_words(self.tr("Avböjd"), row))
        if "declined" in given:
            text = self.tr("Delvis godkänd")
            return Chip(text, "ok", "circle-check-filled", self._with_words(text, row))
        return Chip(
            self.tr("Godkänd"), "ok", "circle-check-filled", self._with_words(self.tr("Godkänd"), row)
        )

    def _with_words(self, text: str, row: InvitationLine) -> str:
        who = self.tr("av %1").replace("%1", row.answered_by) if row.answered_by else ""
        said = f"”{row.words}”" if row.words else ""
        return " ".join(part for part in (text, who, said) if part)
