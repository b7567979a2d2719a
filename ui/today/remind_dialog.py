"""Påminn alla: the invitations that have waited long, all ticked, and one result per row."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.usecases.invitations import InvitationLine, InvitationList
from ui.formats import changed_text
from ui.screens import ScreenContext
from ui.service_names import short_name
from ui.widgets.bulk_dialog import BulkDialog, PlainRow
from ui.widgets.cells import Cell, Column
from ui.widgets.results import Outcome

if TYPE_CHECKING:
    from app.usecases.workspace import Enqueued


class RemindDialog(BulkDialog):
    """`open_with(invitation_ids=[…])`."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "remind")
        self._rows: dict[str, InvitationLine] = {}
        self.model.set_columns(
            [
                Column(key="customer", title=self.tr("Kund"), width=230, stretch=True, sortable=False),
                Column(key="services", title=self.tr("Tjänster"), width=210, stretch=True, sortable=False),
                Column(key="days", title=self.tr("Väntat"), width=110, sortable=False),
                Column(key="reminded", title=self.tr("Påmind"), width=150, sortable=False),
            ]
        )
        self.set_title(
            self.tr("Påminn kunder"),
            self.tr("De som kan godkänna får ett nytt mejl. Högst en påminnelse om dagen skickas."),
        )
        self.yes.setText(self.tr("Påminn"))

    def open_with(self, **arguments: Any) -> None:
        """Say which invitations."""
        ids, use_case = frozenset(arguments.get("invitation_ids", ())), self.context.samverka.invitations
        self.yes.set_blocked(self.tr("Hämtar …"))

        def work() -> list[InvitationLine]:
            found: InvitationList = use_case.list_sent(wanted="waiting")
            return [row for row in found.rows if not ids or row.id in ids]

        self.context.background.run(work, self._came)

    @Slot(object)
    def _came(self, rows: Sequence[InvitationLine]) -> None:
        self._rows = {row.id: row for row in rows if "remind" not in row.blocked}
        language, now = self.context.messages.language, self.context.samverka.clock.now()
        plain = []
        for row in sorted(self._rows.values(), key=lambda one: -(one.days or 0)):
            to = ", ".join(one.email for one in row.recipients if one.role == "approver")
            reminded = changed_text(row.reminded_at, now) if row.reminded_at else self.tr("aldrig")
            plain.append(
                PlainRow(
                    row.id,
                    (
                        Cell(text=row.name, second=to, strong=True),
                        Cell(text=", ".join(short_name(code, language) for code in row.services)),
                        Cell(text=self.tr("%n dagar", "", row.days or 0)),
                        Cell(text=reminded, second=row.reminded_by, muted=row.reminded_at is None),
                    ),
                )
            )
        self.set_rows(plain)

    @Slot()
    def update_accept(self, *arguments: object) -> None:
        super().update_accept(*arguments)
        count = len(self.ticked_ids())
        self.yes.setText(self.tr("Påminn %n kunder", "", count) if count else self.tr("Påminn"))

    def carry_out(self) -> None:
        ids, use_case = self.ticked_ids(), self.context.samverka.invitations

        def work() -> tuple[list[str], "list[Enqueued]"]:
            return ids, use_case.remind(ids)

        self.context.background.run(work, self._reminded, self.failed)

    @Slot(object)
    def _reminded(self, answer: "tuple[list[str], list[Enqueued]]") -> None:
        messages = self.context.messages
        outcomes = [
            Outcome(
                self._rows[id_].name,
                messages.for_error(one.error).replace("\n", " ") if one.error else self.tr("På väg."),
                one.error is None,
            )
            for id_, one in zip(*answer, strict=True)
        ]
        self.show_outcomes(outcomes, self.tr("%n kunder får en påminnelse", "", len(outcomes)))


def create_pane(context: ScreenContext) -> QWidget:
    """The dialog *Påminn alla*."""
    return RemindDialog(context)
