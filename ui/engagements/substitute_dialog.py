"""Lägg till vikarie, and a new colleague's engagements: more people on them, for a time or for good."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QDate, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from app.usecases.staffing import MANAGER, Duty
from ui.engagements.duties_dialog import DutiesDialog, day_field, staff_combo
from ui.screens import ScreenContext
from ui.widgets.combo import fill_combo
from ui.widgets.dependent import depend_on
from ui.widgets.search_field import SearchField

_DAYS = 30


class SubstituteDialog(DutiesDialog):
    """`open_with(staff_id=…)`: whose engagements the substitute gets until a day."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "substitute")
        self._staff_id = ""
        self.set_title(
            self.tr("Lägg till vikarie"),
            self.tr(
                "Vikarien deltar i kollegans uppdrag till och med en dag. "
                "Sedan upphör tillgången av sig själv."
            ),
        )
        self.yes.setText(self.tr("Lägg till vikarie"))
        self._who = staff_combo("substituteWho", self.tr("Vikarie"))
        today = QDate(*context.samverka.clock.today().timetuple()[:3])
        words = self.tr("Till och med")
        self._until = day_field("substituteUntil", words, today.addDays(_DAYS), least=today)
        self.form.addRow(self.tr("Vikarie"), self._who)
        self.form.addRow(words, self._until)
        self._who.currentIndexChanged.connect(self.ask_preview)
        self._until.dateChanged.connect(self.ask_preview)

    def open_with(self, **arguments: Any) -> None:
        """Say whose engagements."""
        self._staff_id = str(arguments.get("staff_id", ""))
        staff_id, samverka = self._staff_id, self.context.samverka

        def work() -> tuple[Sequence[tuple[str, str]], Sequence[Duty]]:
            return samverka.engagements.list_staff(), samverka.staffing.list_duties(staff_id)

        self.context.background.run(work, self._came)
        self.update_accept()

    @Slot(object)
    def _came(self, answer: tuple[Sequence[tuple[str, str]], Sequence[Duty]]) -> None:
        staff, duties = answer
        name = next((name for id_, name in staff if id_ == self._staff_id), "")
        if name:
            self.set_title(self.tr("Lägg till vikarie för %1").replace("%1", name), self.about.text())
        others = [(other, id_) for id_, other in staff if id_ != self._staff_id]
        fill_combo(self._who, [(self.tr("Välj kollega"), ""), *others], "")
        self.show_duties([duty for duty in duties if duty.role != MANAGER])

    def reason(self) -> str:
        return super().reason() if self._who.currentData() else self.tr("Välj vem som är vikarie.")

    def make_commands(self) -> Callable[[], Sequence[tuple[Duty, object]]] | None:
        who, duties, staff_id = str(self._who.currentData() or ""), self.ticked_duties(), self._staff_id
        until, use_case = self._until.date().toPython(), self.context.samverka.staffing
        if not who or not duties:
            return None
        to = dict.fromkeys(("owner", "participant"), who)
        return lambda: use_case.commands_to_hand_over(staff_id, duties, to, until=until)


class JoinDialog(DutiesDialog):
    """`open_with(staff_id=…)`: the engagements that a colleague joins, chosen in one list."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "join")
        self._staff_id = ""
        self._all: Sequence[Duty] = ()
        self.set_title(self.tr("Välj uppdrag"))
        self.yes.setText(self.tr("Lägg till"))
        self._search = SearchField(context.theme, name="joinSearch")
        self._search.set_hint(self.tr("Sök kund eller uppdrag"))
        self._search.searched.connect(self._narrow)
        self._search.left_downwards.connect(self.table.setFocus)
        today = QDate(*context.samverka.clock.today().timetuple()[:3])
        self._limited = QCheckBox(self.tr("Bara till och med"))
        self._limited.setObjectName("joinLimited")
        self._until = day_field("joinUntil", self.tr("Till och med"), today.addDays(_DAYS), least=today)
        depend_on(self._until, self._limited, self.tr("Kryssa för Bara till och med först."))
        self.form.addRow(self._search)
        self.form.addRow(self._limited, self._until)

    def open_with(self, **arguments: Any) -> None:
        """Say who joins."""
        self._staff_id = str(arguments.get("staff_id", ""))
        staff_id, samverka = self._staff_id, self.context.samverka

        def work() -> tuple[Sequence[tuple[str, str]], Sequence[Duty], Sequence[Duty]]:
            staffing = samverka.staffing
            return (
                samverka.engagements.list_staff(),
                staffing.list_open_engagements(),
                staffing.list_duties(staff_id),
            )

        self.context.background.run(work, self._came)
        self.update_accept()

    @Slot(object)
    def _came(self, answer: tuple[Sequence[tuple[str, str]], Sequence[Duty], Sequence[Duty]]) -> None:
        staff, everything, own = answer
        name = next((name for id_, name in staff if id_ == self._staff_id), "")
        if name:
            self.set_title(self.tr("Välj uppdrag för %1").replace("%1", name))
        has = {duty.engagement_id for duty in own}
        self._all = [duty for duty in everything if duty.engagement_id not in has]
        self.show_duties(self._all, ticked=False)
        self._search.setFocus()

    @Slot(str)
    def _narrow(self, text: str) -> None:
        """What is ticked stays in the list, so that nothing ticked is out of sight."""
        words = text.casefold().split()
        ticked = self.model.ticked
        self.show_duties(
            [
                duty
                for duty in self._all
                if duty.key in ticked
                or all(word in f"{duty.customer} {duty.engagement}".casefold() for word in words)
            ],
            ticked=False,
        )

    def make_commands(self) -> Callable[[], Sequence[tuple[Duty, object]]] | None:
        duties, staff_id, use_case = self.ticked_duties(), self._staff_id, self.context.samverka.staffing
        until = self._until.date().toPython() if self._limited.isChecked() else None
        return (lambda: use_case.commands_to_join(staff_id, duties, until=until)) if duties else None


def create_pane(context: ScreenContext) -> QWidget:
    """The dialog *Lägg till vikarie*."""
    return SubstituteDialog(context)
