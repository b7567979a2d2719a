"""Medarbetaren slutar: what hangs on the person is given to others first, then access ends everywhere."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, Slot
from PySide6.QtWidgets import QWidget

from app.domain.records import Firm
from app.usecases.staffing import MANAGER, Colleague, Duty, DutyResult
from ui.engagements.duties_dialog import DutiesDialog, day_field, staff_combo
from ui.screens import ScreenContext
from ui.widgets.buttons import Button
from ui.widgets.combo import fill_combo
from ui.widgets.dialogs import show_modal

_ROLES = ("owner", "participant", MANAGER)


class LeaveDialog(DutiesDialog):
    """`open_with(staff_id=…)`. Engagements owned and customers managed must get somebody else."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "leave")
        self._staff_id = ""
        self._name = ""
        self._found: Sequence[Duty] = ()
        self._may = ""
        self.set_title(self.tr("Medarbetaren slutar"))
        self.yes.setText(self.tr("Lämna över och avsluta tillgången"))
        self._takers = {
            "owner": staff_combo("leaveOwner", self.tr("Tar över som uppdragsansvarig")),
            "participant": staff_combo("leaveParticipant", self.tr("Tar över som deltagare")),
            MANAGER: staff_combo("leaveManager", self.tr("Tar över som kundansvarig")),
        }
        today = QDate(*context.samverka.clock.today().timetuple()[:3])
        self._last = day_field("leaveLast", self.tr("Sista dag"), today)
        self.form.addRow(self.tr("Sista dag"), self._last)
        for box in self._takers.values():
            self.form.addRow(box.accessibleName(), box)
            box.currentIndexChanged.connect(self.ask_preview)
        self._last.dateChanged.connect(self.ask_preview)
        self._list = Button(context.theme, self.tr("Överlämningslista…"), icon="printer", name="leaveList")
        self._list.clicked.connect(self._show_list)
        self.extra.addWidget(self._list)

    def open_with(self, **arguments: Any) -> None:
        """Say who leaves."""
        self._staff_id = str(arguments.get("staff_id", ""))
        staff_id, samverka = self._staff_id, self.context.samverka

        def work() -> tuple[Sequence[Colleague], Sequence[Duty], str]:
            staffing = samverka.staffing
            return staffing.list_colleagues(), staffing.list_duties(staff_id), staffing.may_administer()

        self.context.background.run(work, self._came)
        self.update_accept()

    @Slot(object)
    def _came(self, answer: tuple[Sequence[Colleague], Sequence[Duty], str]) -> None:
        colleagues, self._found, self._may = answer
        self._name = next((one.name for one in colleagues if one.id == self._staff_id), "")
        self.set_title(
            self.tr("%1 slutar").replace("%1", self._name),
            self.tr(
                "Ge först uppdrag och kunder till andra. "
                "Efter sista dagen har %1 inte tillgång till någon kund."
            ).replace("%1", self._name),
        )
        others = [
            (one.name, one.id) for one in colleagues if one.id != self._staff_id and one.state != "left"
        ]
        roles = {duty.role for duty in self._found}
        for role, box in self._takers.items():
            first = self.tr("Ingen: deltagandet upphör") if role == "participant" else self.tr("Välj kollega")
            fill_combo(box, [(first, ""), *others], "")
            self.form.setRowVisible(box, role in roles)
        self.show_duties(self._found)
        if self._may:
            self.bar.set_text(*self.context.rights.parts(self._may))
            self.bar.show()

    def reason(self) -> str:
        if self._may:
            return self.context.rights.sentence(self._may)
        if not self._name:
            return self.tr("Hämtar …")
        needed = {duty.role for duty in self._found if duty.role != "participant"}
        for role in ("owner", MANAGER):
            if role in needed and not self._takers[role].currentData():
                return self.tr("Välj vem som tar över uppdrag och kunder.")
        kept = {duty.key for duty in self._found if duty.role != "participant"} - set(self.ticked_ids())
        if kept:
            return self.tr("%n uppdrag och kunder har ingen ny ansvarig.", "", len(kept))
        return ""

    def _to(self) -> dict[str, str]:
        chosen = {role: str(box.currentData() or "") for role, box in self._takers.items()}
        return {role: id_ for role, id_ in chosen.items() if id_}

    def make_commands(self) -> Callable[[], Sequence[tuple[Duty, object]]] | None:
        duties, to, staff_id = self.ticked_duties(), self._to(), self._staff_id
        use_case, last = self.context.samverka.staffing, self._last.date().toPython()
        today = self.context.samverka.clock.today()
        if not duties or not to:
            return None
        from_on = max(last + timedelta(days=1), today)  # type: ignore[operator]  # a QDate's day is a date
        return lambda: use_case.commands_to_hand_over(staff_id, duties, to, from_on=from_on)

    @Slot()
    def _show_list(self) -> None:
        """The list to go through with those who take over, as it is chosen now."""
        samverka = self.context.samverka
        self.context.background.run(samverka.workspace.firm, self._show_paper)

    @Slot(object)
    def _show_paper(self, firm: Firm | None) -> None:
        from ui.sheets.duties_paper import duties_paper
        from ui.sheets.preview_dialog import PaperDialog

        takers = {role: box.currentText() for role, box in self._takers.items() if box.currentData()}
        today, name = self.context.samverka.clock.today(), firm.name if firm is not None else ""
        last = self._last.date()
        day = date(last.year(), last.month(), last.day())
        dialog = PaperDialog(self.context, self)
        dialog.show_paper(duties_paper(self._name, self._found, takers, day, name, today))
        show_modal(dialog)

    def carry_out(self) -> None:
        make, staff_id = self.make_commands(), self._staff_id
        use_case, last = self.context.samverka.staffing, self._last.date().toPython()
        tell = self.meter.tell

        def work() -> list[DutyResult]:
            if make is None:
                use_case.leave(staff_id, last)
                return []
            results: list[DutyResult] = use_case.carry_out(make(), on_progress=tell)
            if all(one.error is None for one in results):
                use_case.leave(staff_id, last)
            return results

        self.context.background.run(work, self._carried_out, self.failed)

    def done_text(self, count: int) -> str:
        last = self._last.date().toString("yyyy-MM-dd")
        said = self.tr("%1 har tillgång till och med %2")
        return said.replace("%1", self._name).replace("%2", last)


def create_pane(context: ScreenContext) -> QWidget:
    """The dialog *Medarbetaren slutar*."""
    return LeaveDialog(context)
