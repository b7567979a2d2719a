"""What can be done with the customer's engagements that are chosen."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ui.screens import ScreenContext
from ui.widgets.action_bar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.list_model import ListModel
from ui.widgets.table import Table


class EngagementBar(ActionBar):
    """Roll, close, or give to somebody else; acts on what is ticked, or else on the chosen row."""

    def __init__(self, context: ScreenContext, model: ListModel[Any], table: Table, parent: QWidget) -> None:
        super().__init__(context.theme, name="customerEngagement")
        self.setParent(parent)
        self._context = context
        self._model = model
        self._table = table
        self.setObjectName("customerEngagementBar")
        theme = context.theme
        self._responsible = Button(theme, icon="arrows-exchange", name="customerEngagementResponsible")
        self._close = Button(theme, icon="circle-check", name="customerEngagementClose")
        self._roll = Button(theme, icon="refresh", name="customerEngagementRoll")
        for button, key in ((self._responsible, "responsible"), (self._close, "close"), (self._roll, "roll")):
            button.setProperty("screenKey", key)
            button.clicked.connect(self._go)
            self.add_button(button)
        model.ticks_changed.connect(self.update_buttons)
        model.modelReset.connect(self.update_buttons)
        model.rowsInserted.connect(self.update_buttons)
        table.selectionModel().selectionChanged.connect(self.update_buttons)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._responsible.setText(self.tr("Byt ansvarig…"))
        self._close.setText(self.tr("Avsluta uppdrag…"))
        self._roll.setText(self.tr("Rulla…"))
        self.update_buttons()

    def _ids(self) -> list[str]:
        ids = sorted(self._model.ticked) or self._table.selected_ids()
        rows = [self._model.row_at(self._model.position_of(id_)) for id_ in ids]
        return [row.id for row in rows if row is not None and row.is_ongoing]

    @Slot()
    def update_buttons(self, *_arguments: object) -> None:
        """Say what is chosen, and why something cannot be done."""
        ids = self._ids()
        nobody = self.tr("Välj ett eller flera pågående uppdrag")
        self.say(self.tr("%n valda uppdrag", "", len(ids)) if ids else nobody)
        reason = "" if ids else self.tr("Välj ett pågående uppdrag först.")
        for button in (self._responsible, self._close, self._roll):
            button.set_blocked(reason)

    @Slot()
    def _go(self) -> None:
        self._context.navigate(str(self.sender().property("screenKey")), engagement_ids=self._ids())
