"""What the dialogs about who is on what have in common: rows of duties, and whose access changes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QDate, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit

from app.usecases.staffing import MANAGER, AccessShift, Duty, DutyResult
from ui.background import Latest
from ui.screens import ScreenContext
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.bulk_dialog import BulkDialog, PlainRow
from ui.widgets.cells import Cell, Column
from ui.widgets.combo import Combo
from ui.widgets.results import Outcome

_ROLES = {
    "owner": QT_TRANSLATE_NOOP("Duties", "Uppdragsansvarig"),
    "participant": QT_TRANSLATE_NOOP("Duties", "Deltagare"),
    MANAGER: QT_TRANSLATE_NOOP("Duties", "Kundansvarig"),
}


def role_words(role: str) -> str:
    """Uppdragsansvarig, Deltagare or Kundansvarig; a word of a newer server as it is."""
    return QCoreApplication.translate("Duties", _ROLES[role]) if role in _ROLES else role


class DutiesDialog(BulkDialog):
    """Subclasses build their form, give `make_commands` and call `show_duties` and `ask_preview`."""

    def __init__(self, context: ScreenContext, name: str) -> None:
        super().__init__(context, name)
        self._duties: dict[str, Duty] = {}
        self._previewing = Latest()
        self.model.set_columns(
            [
                Column(key="customer", title=self.tr("Kund"), width=240, stretch=True, sortable=False),
                Column(key="engagement", title=self.tr("Uppdrag"), width=210, stretch=True, sortable=False),
                Column(key="role", title=self.tr("Roll"), width=150, sortable=False),
            ]
        )
        self.model.ticks_changed.connect(self.ask_preview)

    @property
    def use_case(self) -> "object":
        return self.context.samverka.staffing

    def ticked_duties(self) -> list[Duty]:
        """The ticked duties in the order shown."""
        return [self._duties[id_] for id_ in self.ticked_ids()]

    def make_commands(self) -> Callable[[], Sequence[tuple[Duty, object]]] | None:
        """Work for the `db` thread that returns the commands, from values taken now; None for nothing yet."""
        raise NotImplementedError

    def show_duties(self, duties: Sequence[Duty], *, ticked: bool = True) -> None:
        """List these."""
        self._duties = {duty.key: duty for duty in duties}
        rows = []
        for duty in duties:
            second = self.tr("arkiverad kund") if duty.archived else ""
            until = self.tr("till %1").replace("%1", duty.until.isoformat()) if duty.until else ""
            rows.append(
                PlainRow(
                    duty.key,
                    (
                        Cell(text=duty.customer, second=second, strong=True),
                        Cell(text=duty.engagement),
                        Cell(text=role_words(duty.role), second=until, muted=True),
                    ),
                )
            )
        self.set_rows(rows, ticked=ticked)
        self.ask_preview()

    @Slot()
    def ask_preview(self, *_arguments: object) -> None:
        """Ask whose access would change."""
        self.update_accept()
        make, use_case = self.make_commands(), self.context.samverka.staffing
        if make is None:
            self._previewing.cancel()
            self.summary.setText("")
            return
        self.context.background.run(
            lambda: use_case.preview([payload for _, payload in make()]),
            self._preview_came,
            latest=self._previewing,
        )

    @Slot(object)
    def _preview_came(self, shift: AccessShift) -> None:
        if not shift.gained and not shift.lost:
            self.summary.setText(self.tr("Ingen får eller förlorar tillgång i dag."))
            return
        nobody = self.tr("ingen")
        said = self.tr("Får tillgång: %1. Förlorar tillgång: %2.")
        names = said.replace("%1", ", ".join(shift.gained) or nobody)
        names = names.replace("%2", ", ".join(shift.lost) or nobody)
        counted = self.tr("%n tjänster berörs.", "", shift.services)
        self.summary.setText(f"{names} {counted}")

    def carry_out(self) -> None:
        make, use_case = self.make_commands(), self.context.samverka.staffing
        if make is None:
            self.update_accept()
            return
        tell = self.meter.tell
        self.context.background.run(
            lambda: use_case.carry_out(make(), on_progress=tell), self._carried_out, self.failed
        )

    @Slot(object)
    def _carried_out(self, results: Sequence[DutyResult]) -> None:
        self.show_outcomes(self.outcomes(results), self.done_text(len(results)))

    def done_text(self, count: int) -> str:
        """What is said when all went well."""
        return self.tr("%n ändringar är på väg", "", count)

    def outcomes(self, results: Sequence[DutyResult]) -> list[Outcome]:
        """One line per result."""
        messages = self.context.messages
        return [
            Outcome(
                " · ".join(part for part in (one.text, one.second) if part),
                messages.for_error(one.error).replace("\n", " ") if one.error else self.tr("På väg."),
                one.error is None,
            )
            for one in results
        ]


def staff_combo(name: str, accessible: str) -> QComboBox:
    """An empty box for choosing a colleague; `fill_combo` fills it."""
    made = Combo()
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    return made


def day_field(name: str, accessible: str, day: QDate, *, least: QDate | None = None) -> QDateEdit:
    """A field for a day, with a calendar."""
    made = QDateEdit(day)
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    made.setDisplayFormat("yyyy-MM-dd")
    made.setCalendarPopup(True)
    if least is not None:
        made.setMinimumDate(least)
    return made
