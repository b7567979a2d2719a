"""Rows of the outbox as cells: what waits and what has gone, and what needs a person."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from app.usecases.attention import AttentionItem
from app.usecases.outbox import OutboxLine
from ui.formats import changed_text
from ui.messages import Messages
from ui.outbox.wording import OUTCOMES, attention_look, command_words, outcome_words
from ui.widgets.cells import Cell, Chip, Column
from ui.widgets.list_model import RowsModel


class OutboxListModel(RowsModel[OutboxLine]):
    """Waiting or history."""

    def __init__(self, now: Callable[[], datetime], messages: Messages, parent: QObject) -> None:
        self._now = now
        self._messages = messages
        self._is_offline = False
        super().__init__(parent=parent)

    def set_offline(self, *, offline: bool) -> None:
        """While the server is out of reach nothing is on its way, whatever has been tried."""
        if offline is not self._is_offline:
            self._is_offline = offline
            self.repaint_rows()

    def columns(self) -> list[Column]:
        return [
            Column(key="what", title=self.tr("Beslut"), width=230, stretch=True, sortable=False),
            Column(key="state", title=self.tr("Läge"), width=200, sortable=False),
            Column(key="made", title=self.tr("Beslutat"), width=130, sortable=False),
            Column(key="sent", title=self.tr("Skickat"), width=130, sortable=False, priority=1),
        ]

    def row_id(self, row: OutboxLine) -> str:
        return row.command_id

    def cell(self, row: OutboxLine, key: str) -> Cell:
        match key:
            case "what":
                return Cell(text=row.subject or "–", second=command_words(row.type), strong=True)
            case "state":
                return Cell(chips=(self._state(row),))
            case "made":
                return Cell(text=changed_text(row.made_at, self._now()), muted=True)
            case "sent":
                if self._waits(row):
                    return Cell()
                return Cell(text=changed_text(row.sent_at, self._now()) if row.sent_at else "", muted=True)
        return Cell()

    def sentence(self, row: OutboxLine) -> str:
        return f"{command_words(row.type)}, {row.subject}, {self._state(row).text}."

    def _state(self, row: OutboxLine) -> Chip:
        if row.is_withdrawing:
            return Chip(self.tr("Ångras"), "info", "arrow-back-up")
        if row.stuck:
            return Chip(self.tr("Har fastnat"), "bad", "alert-circle-filled")
        state = "queued" if self._waits(row) else row.state
        kind, icon, _ = OUTCOMES.get(state, ("none", "question-mark", ""))
        hint = self._messages.sentence(row.code) if row.code else ""
        if not hint and state != row.state and row.sent_at:
            tried = self.tr("Servern svarade inte %1. Det skickas igen när den nås, och räknas bara en gång.")
            hint = tried.replace("%1", changed_text(row.sent_at, self._now()))
        return Chip(outcome_words(state), kind, icon, hint)

    def _waits(self, row: OutboxLine) -> bool:
        """Tell whether it was tried and could not be delivered."""
        return self._is_offline and row.state == "sending"


class AttentionListModel(RowsModel[AttentionItem]):
    """What waits for a person's decision."""

    def __init__(self, messages: Messages, parent: QObject) -> None:
        self._messages = messages
        super().__init__(parent=parent)

    def columns(self) -> list[Column]:
        return [Column(key="what", title=self.tr("Att åtgärda"), width=300, stretch=True, sortable=False)]

    def row_id(self, row: AttentionItem) -> str:
        return row.key

    def cell(self, row: AttentionItem, key: str) -> Cell:
        kind, icon = attention_look(row.kind)
        text = row.subject or command_words(row.type)
        return Cell(text=text, second=self.headline(row), icon=icon, kind=kind, strong=True)

    def sentence(self, row: AttentionItem) -> str:
        return f"{row.subject}: {self.headline(row)}"

    def headline(self, row: AttentionItem) -> str:
        """The first line of the sentence of what happened."""
        return self._messages.sentence(row.code, **(row.data or {})).partition("\n")[0]
