"""What can be done with the collaborations that are chosen, under their list."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ui.open_service import OpenService
from ui.screens import ScreenContext
from ui.widgets.action_bar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.dialogs import MessageDialog, show_modal
from ui.widgets.list_model import ListModel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from app.usecases.workspace import Enqueued

_CHANGEABLE = frozenset({"active", "ending"})
_LINKABLE = frozenset({"active", "ending", "pending", "received", "registering", "stopped"})


class CollaborationBar(ActionBar):
    """Acts on what is ticked, or else on the chosen rows. Buttons that cannot be pressed say why.

    Rows are CollaborationLine or CollaborationSummary: both have name, service, state and customer_id. `name`
    begins the objectNames.
    """

    def __init__(
        self,
        context: ScreenContext,
        model: ListModel[Any],
        table: Table,
        parent: QWidget,
        *,
        name: str = "collaborations",
    ) -> None:
        super().__init__(context.theme, name=name)
        self.setParent(parent)
        self._context = context
        self._model = model
        self._table = table
        self._to_cancel: list[str] = []
        self.setObjectName(f"{name}Bar")
        theme = context.theme
        self._open = Button(theme, icon="external-link", name=f"{name}OpenService")
        self._change = Button(theme, icon="pencil", name=f"{name}Change")
        self._link = Button(theme, icon="unlink", name=f"{name}Link")
        self._cancel = Button(theme, icon="arrow-back-up", name=f"{name}CancelEnd")
        self._end = Button(theme, icon="door-exit", name=f"{name}End")
        for button, intent in (
            (self._open, self.open_service),
            (self._change, self.change),
            (self._link, self.change_link),
            (self._cancel, self.ask_cancel_end),
            (self._end, self.end),
        ):
            button.clicked.connect(intent)
            self.add_button(button)
        model.ticks_changed.connect(self.update_buttons)
        model.modelReset.connect(self.update_buttons)
        model.rowsInserted.connect(self.update_buttons)
        model.dataChanged.connect(self.update_buttons)
        table.selectionModel().selectionChanged.connect(self.update_buttons)
        context.rights.changed.connect(self.update_buttons)
        self._services = OpenService(context, self)
        self._services.changed.connect(self.update_buttons)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self._open.setText(self.tr("Öppna tjänsten"))
        self._change.setText(self.tr("Ändra…"))
        self._link.setText(self.tr("Koppling…"))
        self._link.setAccessibleName(self.tr("Flytta eller ta bort kopplingen…"))
        self._cancel.setText(self.tr("Ångra avslut"))
        self._end.setText(self.tr("Avsluta…"))
        self.update_buttons()

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        """The commands that act on what is chosen."""
        return {
            "open_service": self.open_service,
            "change_collaboration": self.change,
            "change_link": self.change_link,
            "cancel_end": self.ask_cancel_end,
            "end_collaboration": self.end,
        }

    @Slot()
    def untick(self) -> None:
        """Nothing is ticked any more."""
        self._model.set_ticked(())

    def _ids(self) -> list[str]:
        return sorted(self._model.ticked) or self._table.selected_ids()

    def _rows(self) -> list[Any]:
        """Those of the chosen rows that have been fetched."""
        found = [self._model.row_at(self._model.position_of(id_)) for id_ in self._ids()]
        return [row for row in found if row is not None]

    @Slot()
    def update_buttons(self, *_arguments: object) -> None:
        """Say what is chosen, and what can be done with it."""
        ids, rows = self._ids(), self._rows()
        if len(rows) == 1 and len(ids) == 1:
            self.say(rows[0].name)
        else:
            nobody = self.tr("Välj ett eller flera samarbeten")
            self.say(self.tr("%n markerade", "", len(ids)) if ids else nobody)
        nothing = self.tr("Välj ett samarbete först.")
        for button, key, reason in (
            (self._open, "open_service", self._why_not_open(ids)),
            (self._change, "change_collaboration", self._why_not_change(rows)),
            (self._link, "change_link", self._why_not_link(rows)),
            (self._cancel, "cancel_end", self._why_not_cancel(rows)),
            (self._end, "end_collaboration", self._why_not_end(rows)),
        ):
            said = reason if ids else nothing
            button.set_blocked(said)
            if self.isVisible():
                self._context.actions.set_blocked(key, said)

    def _why_not_open(self, ids: Sequence[str]) -> str:
        if len(ids) != 1:
            self._services.choose_collaboration("")
            return self.tr("Välj ett enda samarbete.")
        self._services.choose_collaboration(ids[0])
        return self._services.reason()

    def _why_not_change(self, rows: Sequence[Any]) -> str:
        if any(row.state in _CHANGEABLE and row.customer_id for row in rows):
            return ""
        return self.tr("Bara aktiva samarbeten som hör till en kund kan ändras.")

    def _why_not_link(self, rows: Sequence[Any]) -> str:
        linked = [row for row in rows if row.customer_id is not None]
        if not linked:
            return self.tr("Samarbetet hör inte till någon kund än. Koppla det under Okopplade.")
        if len({row.customer_id for row in linked}) > 1:
            return self.tr("Välj samarbeten med en och samma kund.")
        if all(row.state not in _LINKABLE for row in linked):
            return self.tr("Samarbetet är över.")
        return self._context.rights.why_not("link")

    def _why_not_cancel(self, rows: Sequence[Any]) -> str:
        if any(row.state == "ending" for row in rows):
            return self._context.rights.why_not("end")
        return self.tr("Samarbetet ska inte avslutas på ett datum.")

    def _why_not_end(self, rows: Sequence[Any]) -> str:
        active = [row for row in rows if row.state == "active"]
        if not active:
            waiting = any(row.state == "pending" for row in rows)
            if waiting:
                return self.tr("Kunden har inte svarat än. Dra tillbaka inbjudan i stället.")
            return self.tr("Bara ett aktivt samarbete kan avslutas.")
        if any(row.customer_id is None for row in active):
            return self.tr("Koppla samarbetet till en kund först.")
        if len({row.customer_id for row in active}) > 1:
            return self.tr("Välj samarbeten med en och samma kund.")
        return self._context.rights.why_not("end")

    # Intents

    @Slot()
    def open_service(self) -> None:
        """Open the service in the person's browser."""
        self._services.open()

    @Slot()
    def change(self) -> None:
        """Open the change dialog."""
        self._context.navigate("change", collaboration_ids=self._ids())

    @Slot()
    def change_link(self) -> None:
        """Move what is chosen to another engagement, or take its link away."""
        from ui.reconciliation.link_dialog import open_link_dialog

        ids = [row.id for row in self._rows() if row.customer_id is not None and row.state in _LINKABLE]
        if ids:
            open_link_dialog(self._context, ids, self)

    @Slot()
    def end(self) -> None:
        """Open the end dialog."""
        ids = [row.id for row in self._rows() if row.state == "active"]
        self._context.navigate("ending", collaboration_ids=ids)

    @Slot()
    def ask_cancel_end(self) -> None:
        """Ask, and let the collaborations go on."""
        rows = [row for row in self._rows() if row.state == "ending"]
        if not rows:
            return
        self._to_cancel = [row.id for row in rows]
        dialog = MessageDialog(
            self._context.theme,
            self.tr("Ska %n samarbeten fortsätta?", "", len(rows)),
            self.tr("Avslutet ångras hos Visma Spcs och byråns medarbetare behåller sin tillgång."),
            accept=self.tr("Ångra avslut"),
            reject=self.tr("Behåll avslutet"),
            parent=self,
        )
        dialog.accepted.connect(self._cancel_now)
        show_modal(dialog)

    @Slot()
    def _cancel_now(self) -> None:
        use_case, ids = self._context.samverka.ending, self._to_cancel
        self._context.background.run(lambda: use_case.cancel_end(ids), self._cancelled)

    @Slot(object)
    def _cancelled(self, results: "Sequence[Enqueued]") -> None:
        done = sum(1 for result in results if result.error is None)
        if done:
            self._context.toast(self.tr("%n avslut ångras", "", done))
        error = next((result.error for result in results if result.error is not None), None)
        if error is not None:
            self._context.show_error(error)
