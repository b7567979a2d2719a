"""Rulla till nytt uppdrag: old → new, what moves along, and whose access changes."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.usecases.engagements import EngagementResult, RollRow
from ui.screens import ScreenContext
from ui.service_names import short_name
from ui.widgets.bulk_dialog import BulkDialog, PlainRow
from ui.widgets.cells import Cell, Column
from ui.widgets.results import Outcome


class RollDialog(BulkDialog):
    """`open_with(engagement_ids=[…])`."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "roll")
        self._rows: dict[str, RollRow] = {}
        columns = [
            Column(key="customer", title=self.tr("Kund"), width=200, stretch=True, sortable=False),
            Column(key="before", title=self.tr("Från"), width=210, stretch=True, sortable=False),
            Column(key="after", title=self.tr("Till"), width=220, stretch=True, sortable=False),
            Column(key="services", title=self.tr("Följer med"), width=170, stretch=True, sortable=False),
        ]
        self.model.set_columns(columns)
        self.set_title(
            self.tr("Rulla till nytt uppdrag"),
            self.tr(
                "Det gamla uppdraget avslutas. Ett nytt skapas för nästa räkenskapsår med samma ansvarig och "
                "deltagare, och samarbetena följer med: ingen blir okopplad vid årsskiftet."
            ),
        )
        self.yes.setText(self.tr("Rulla"))

    def open_with(self, **arguments: Any) -> None:
        """Say which engagements."""
        ids, use_case = tuple(arguments.get("engagement_ids", ())), self.context.samverka.engagements
        self.yes.set_blocked(self.tr("Hämtar …"))
        self.context.background.run(lambda: use_case.preview_roll(ids), self._came)

    @Slot(object)
    def _came(self, rows: Sequence[RollRow]) -> None:
        self._rows = {row.id: row for row in rows if not row.refused}
        left_out = len(rows) - len(self._rows)
        if left_out:
            self.bar.set_text(self.tr("%n uppdrag är redan avslutade och rullas inte.", "", left_out))
            self.bar.show()
        self.set_rows([self._plain(row) for row in self._rows.values()])

    def _plain(self, row: RollRow) -> PlainRow:
        language = self.context.messages.language
        services = ", ".join(short_name(code, language) for code in row.services if code)
        staff = ", ".join(row.staff) or self.tr("ingen deltar")
        exists = self.tr("finns redan") if row.exists else staff
        return PlainRow(
            row.id,
            (
                Cell(text=row.customer, strong=True),
                Cell(text=row.before),
                Cell(text=row.after.title, second=exists),
                Cell(text=services or self.tr("inga samarbeten"), muted=not services),
            ),
        )

    @Slot()
    def update_accept(self, *arguments: object) -> None:
        super().update_accept(*arguments)
        chosen = [self._rows[id_] for id_ in self.ticked_ids()]
        count = len(chosen)
        self.yes.setText(self.tr("Rulla %n uppdrag", "", count) if count else self.tr("Rulla"))
        gained = sorted({name for row in chosen for name in row.gained})
        lost = sorted({name for row in chosen for name in row.lost})
        if not gained and not lost:
            self.summary.setText(self.tr("Ingen får eller förlorar tillgång.") if count else "")
            return
        nobody = self.tr("ingen")
        said = self.tr("Får tillgång: %1. Förlorar tillgång: %2.")
        self.summary.setText(
            said.replace("%1", ", ".join(gained) or nobody).replace("%2", ", ".join(lost) or nobody)
        )

    def carry_out(self) -> None:
        rows, use_case = [self._rows[id_] for id_ in self.ticked_ids()], self.context.samverka.engagements
        tell = self.meter.tell
        self.context.background.run(lambda: use_case.roll(rows, on_progress=tell), self._rolled, self.failed)

    @Slot(object)
    def _rolled(self, results: Sequence[EngagementResult]) -> None:
        messages = self.context.messages
        outcomes = [
            Outcome(
                f"{one.customer} · {one.title}",
                messages.for_error(one.error).replace("\n", " ") if one.error else self.tr("Rullat."),
                one.error is None,
            )
            for one in results
        ]
        self.show_outcomes(outcomes, self.tr("%n uppdrag rullas", "", len(outcomes)))


def create_pane(context: ScreenContext) -> QWidget:
    """The dialog *Rulla till nytt uppdrag*."""
    return RollDialog(context)
