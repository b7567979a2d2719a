"""Byt ansvarig: another engagement owner or account manager, for one or for many, archived ones included."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.usecases.staffing import Duty
from ui.background import Latest
from ui.engagements.duties_dialog import DutiesDialog, staff_combo
from ui.screens import ScreenContext
from ui.widgets.combo import fill_combo
from ui.widgets.empty_state import Emptiness


class ResponsibleDialog(DutiesDialog):
    """`open_with(customer_ids=[…])` or `engagement_ids=[…]` with the customers they belong to.

    With engagements only their owner can be changed.
    """

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "responsible")
        self._customer_ids: tuple[str, ...] = ()
        self._engagement_ids: tuple[str, ...] = ()
        self._listing = Latest()
        self.set_title(
            self.tr("Byt ansvarig"),
            self.tr(
                "Den nya ansvariga tar över från i dag. Pågående uppdrag och arkiverade kunder följer med."
            ),
        )
        self.yes.setText(self.tr("Byt ansvarig"))
        self._owner = staff_combo("responsibleOwner", self.tr("Ny uppdragsansvarig"))
        self._manager = staff_combo("responsibleManager", self.tr("Ny kundansvarig"))
        self.form.addRow(self.tr("Ny uppdragsansvarig"), self._owner)
        self.form.addRow(self.tr("Ny kundansvarig"), self._manager)
        self._owner.currentIndexChanged.connect(self._list)
        self._manager.currentIndexChanged.connect(self._list)

    def open_with(self, **arguments: Any) -> None:
        """Say whose."""
        self._customer_ids = tuple(arguments.get("customer_ids", ()))
        self._engagement_ids = tuple(arguments.get("engagement_ids", ()))
        if self._engagement_ids:
            self.form.setRowVisible(self._manager, False)
        self.set_rows([])
        self._owner.setFocus()
        use_case = self.context.samverka.engagements
        self.context.background.run(use_case.list_staff, self._staff_came)
        self.update_accept()

    @Slot(object)
    def _staff_came(self, staff: Sequence[tuple[str, str]]) -> None:
        choices = [(self.tr("Oförändrat"), ""), *((name, id_) for id_, name in staff)]
        fill_combo(self._owner, choices, "")
        fill_combo(self._manager, choices, "")

    def _wanted(self) -> tuple[str, str]:
        return str(self._owner.currentData() or ""), str(self._manager.currentData() or "")

    @Slot()
    def _list(self) -> None:
        owner, manager = self._wanted()
        customers, engagements = self._customer_ids, self._engagement_ids
        use_case = self.context.samverka.staffing

        def work() -> list[Duty]:
            commands = use_case.commands_to_change(customers, engagements, owner_id=owner, manager_id=manager)
            return [duty for duty, _ in commands]

        self.context.background.run(work, self.show_duties, latest=self._listing)

    def emptiness(self) -> tuple[Emptiness, str, str]:
        if any(self._wanted()):
            return Emptiness.ALL_DONE, self.tr("Så är det redan"), self.tr("Det finns inget att byta.")
        return (
            Emptiness.NOTHING_YET,
            self.tr("Inget är valt än"),
            self.tr("När du har valt vem som tar över visas här vad som byts, innan något ändras."),
        )

    def reason(self) -> str:
        owner, manager = self._wanted()
        if not owner and not manager:
            return self.tr("Välj vem som ska ta över.")
        if not self.model.rowCount():
            return self.tr("Så är det redan: det finns inget att byta.")
        return super().reason()

    def make_commands(self) -> Callable[[], Sequence[tuple[Duty, object]]] | None:
        owner, manager = self._wanted()
        keys = {duty.key for duty in self.ticked_duties()}
        if not keys:
            return None
        customers, engagements = self._customer_ids, self._engagement_ids
        use_case = self.context.samverka.staffing

        def work() -> Sequence[tuple[Duty, object]]:
            commands = use_case.commands_to_change(customers, engagements, owner_id=owner, manager_id=manager)
            return [pair for pair in commands if pair[0].key in keys]

        return work


def create_pane(context: ScreenContext) -> QWidget:
    """The dialog *Byt ansvarig*."""
    return ResponsibleDialog(context)
