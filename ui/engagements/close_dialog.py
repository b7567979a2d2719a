"""Avsluta uppdrag: without collaborations at once, with them only after an explicit choice."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from app.usecases.engagements import CloseRow, EngagementResult
from ui.screens import ScreenContext
from ui.service_names import short_name
from ui.widgets.bulk_dialog import BulkDialog, PlainRow
from ui.widgets.buttons import Button
from ui.widgets.cells import Cell, Column
from ui.widgets.results import Outcome


class CloseDialog(BulkDialog):
    """`open_with(engagement_ids=[…])`. *Rulla till nytt uppdrag* is one press away."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "close")
        self._rows: dict[str, CloseRow] = {}
        columns = [
            Column(key="customer", title=self.tr("Kund"), width=220, stretch=True, sortable=False),
            Column(key="title", title=self.tr("Uppdrag"), width=200, stretch=True, sortable=False),
            Column(key="services", title=self.tr("Samarbeten"), width=220, stretch=True, sortable=False),
        ]
        self.model.set_columns(columns)
        self.set_title(self.tr("Avsluta uppdrag"))
        self.yes.setText(self.tr("Avsluta uppdragen"))
        self._leave = QCheckBox(self.tr("Lämna samarbetena okopplade"))
        self._leave.setObjectName("closeLeaveUnlinked")
        self._leave.toggled.connect(self.update_accept)
        self._roll = Button(
            context.theme, self.tr("Rulla till nytt uppdrag i stället…"), icon="refresh", name="closeRoll"
        )
        self._roll.clicked.connect(self._roll_instead)
        self.extra.addWidget(self._leave)
        self.extra.addWidget(self._roll)

    def open_with(self, **arguments: Any) -> None:
        """Say which engagements."""
        ids, use_case = tuple(arguments.get("engagement_ids", ())), self.context.samverka.engagements
        self.yes.set_blocked(self.tr("Hämtar …"))
        self.context.background.run(lambda: use_case.preview_close(ids), self._came)

    @Slot(object)
    def _came(self, rows: Sequence[CloseRow]) -> None:
        self._rows = {row.id: row for row in rows}
        language = self.context.messages.language
        plain = []
        for row in rows:
            services = ", ".join(short_name(code, language) for code in row.services if code)
            if row.services and not services:
                services = self.tr("okänd tjänst")
            plain.append(
                PlainRow(
                    row.id,
                    (
                        Cell(text=row.customer, strong=True),
                        Cell(text=row.title),
                        Cell(text=services or self.tr("inga"), muted=not services),
                    ),
                )
            )
        self.set_rows(plain)

    def _linked(self) -> list[CloseRow]:
        return [self._rows[id_] for id_ in self.ticked_ids() if self._rows[id_].services]

    def reason(self) -> str:
        if found := super().reason():
            return found
        if self._linked() and not self._leave.isChecked():
            return self.tr("Rulla uppdragen, eller välj att lämna samarbetena okopplade.")
        return ""

    @Slot()
    def update_accept(self, *arguments: object) -> None:
        super().update_accept(*arguments)
        linked = self._linked()
        for widget in (self._leave, self._roll):
            widget.setVisible(bool(linked))
        if not linked:
            self.summary.setText("")
            return
        lost = sorted({name for row in linked for name in row.lost})
        said = self.tr(
            "%n uppdrag har samarbeten. De fortsätter hos Visma Spcs men blir okopplade här.", "", len(linked)
        )
        loses = self.tr("Förlorar tillgång: %1").replace("%1", ", ".join(lost) or self.tr("ingen")) + "."
        self.summary.setText(f"{said} {loses}")

    @Slot()
    def _roll_instead(self) -> None:
        ids = self.ticked_ids()
        self.reject()
        self.context.navigate("roll", engagement_ids=ids)

    def carry_out(self) -> None:
        rows, leave = [self._rows[id_] for id_ in self.ticked_ids()], self._leave.isChecked()
        use_case, tell = self.context.samverka.engagements, self.meter.tell
        self.context.background.run(
            lambda: use_case.close(rows, leave_unlinked=leave, on_progress=tell), self._closed, self.failed
        )

    @Slot(object)
    def _closed(self, results: Sequence[EngagementResult]) -> None:
        messages = self.context.messages
        outcomes = [
            Outcome(
                f"{one.customer} · {one.title}",
                messages.for_error(one.error).replace("\n", " ") if one.error else self.tr("Avslutat."),
                one.error is None,
            )
            for one in results
        ]
        self.show_outcomes(outcomes, self.tr("%n uppdrag avslutas", "", len(outcomes)))


def create_pane(context: ScreenContext) -> QWidget:
    """The dialog *Avsluta uppdrag*."""
    return CloseDialog(context)
