"""What is done with the customers that are ticked, or with the one that is chosen."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Slot

from ui.customers.lines import Line
from ui.customers.list_model import CustomerListModel
from ui.customers.presenter import CustomersPresenter
from ui.screens import ScreenContext
from ui.widgets.table import Table


class ChosenCustomers(QObject):
    """`shows_archived()` tells whether the list shows archived ones: then *Arkivera* restores."""

    def __init__(
        self,
        context: ScreenContext,
        model: CustomerListModel,
        table: Table,
        presenter: CustomersPresenter,
        shows_archived: Callable[[], bool],
    ) -> None:
        super().__init__(table)
        self._context = context
        self._model = model
        self._table = table
        self._presenter = presenter
        self._shows_archived = shows_archived

    def change_responsible(self) -> None:
        """Let the dialog ask who takes over."""
        self._with_chosen(self._go_to_responsible)

    @Slot(object)
    def _go_to_responsible(self, customer_ids: list[str]) -> None:
        self._context.navigate("responsible", customer_ids=customer_ids)

    def archive(self) -> None:
        """Archive them, or restore them where archived ones are shown."""
        self._with_chosen(self._archive_now)

    @Slot(object)
    def _archive_now(self, customer_ids: list[str]) -> None:
        use_case = self._context.samverka.customer_list
        change = use_case.restore if self._shows_archived() else use_case.archive
        self._context.background.run(lambda: change(customer_ids), self._archived)

    @Slot(object)
    def _archived(self, results: Sequence[Any]) -> None:
        """What went is told in a figure; one sentence says why the others did not."""
        done = sum(1 for result in results if result.error is None)
        if done:
            self._context.toast(self.tr("%n kunder ändrade", "", done))
        error = next((result.error for result in results if result.error is not None), None)
        if error is not None:
            self._context.show_error(error)
        self._model.set_ticked(())

    def _with_chosen(self, use: Callable[[list[str]], None]) -> None:
        """For the ticked customers, otherwise for the chosen one."""
        if self._model.ticked:
            self._presenter.with_ids(sorted(self._model.ticked), use)
        elif customer_id := self._model.id_at(self._table.currentIndex().row()):
            use([customer_id])

    @Slot(str)
    def activate_one(self, customer_id: str) -> None:
        """Open the wizard for this customer."""
        self._context.navigate("activation", customer_ids=[customer_id])

    def activate(self) -> None:
        """For the ticked customers, otherwise for the chosen one, otherwise the wizard asks which."""
        if self._model.ticked:
            self._presenter.with_ids(sorted(self._model.ticked), self._go_to_activation)
            return
        customer_id = self._model.id_at(self._table.currentIndex().row())
        self._go_to_activation([customer_id] if customer_id else [])

    @Slot(object)
    def _go_to_activation(self, customer_ids: list[str]) -> None:
        self._context.navigate("activation", customer_ids=customer_ids)

    def copy_rows(self) -> None:
        """Put them on the clipboard."""
        if self._model.ticked:
            self._presenter.with_lines(sorted(self._model.ticked), self._copy_lines)
        else:
            self._table.copy_selection()

    @Slot(object)
    def _copy_lines(self, lines: Sequence[Line]) -> None:
        self._table.copy_rows(lines)
        self._context.toast(self.tr("%n rader kopierade", "", len(lines)))
