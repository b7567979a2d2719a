"""The dialogs of the screen *Okopplade*, and what becomes of what is decided in them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.usecases.reconciliation_values import DecisionCard, LinkWish, QueueQuery
from ui.reconciliation.clash_dialog import ClashDialog
from ui.reconciliation.customer_dialog import CustomerDialog
from ui.reconciliation.history_dialog import HistoryDialog
from ui.reconciliation.keys_dialog import KeysDialog
from ui.reconciliation.presenter import ReconciliationPresenter
from ui.reconciliation.review_dialog import ReviewDialog
from ui.screens import ScreenContext
from ui.widgets.dialogs import show_modal


class PaneDialogs(QObject):
    """Opens them over the pane; `ticked()` says how many rows are ticked."""

    def __init__(
        self,
        context: ScreenContext,
        presenter: ReconciliationPresenter,
        ticked: Callable[[], int],
        pane: QWidget,
    ) -> None:
        super().__init__(pane)
        self._context = context
        self._presenter = presenter
        self._ticked = ticked
        self._pane = pane
        presenter.reviewed.connect(self._review)

    @Slot()
    def open_keys(self) -> None:
        show_modal(KeysDialog(self._context.theme, self._pane))

    @Slot()
    def open_history(self) -> None:
        dialog = HistoryDialog(self._context, self._context.messages.language, self._pane)
        dialog.decided.connect(self._presenter.remember)
        dialog.revoke_wanted.connect(self._presenter.revoke)
        show_modal(dialog)

    @Slot()
    def open_clashes(self) -> None:
        dialog = ClashDialog(self._context, self._context.messages.language, self._pane)
        dialog.settled.connect(self._presenter.refresh)
        show_modal(dialog)

    def create_customer(
        self, card: DecisionCard, services: Sequence[str | None], done: Callable[[], None]
    ) -> None:
        """Let a customer be created from the company; `done` is called when it is decided."""
        dialog = CustomerDialog(self._context, card, services, self._pane)

        def decided() -> None:
            dialog.accept()
            done()

        def wanted(wish: LinkWish) -> None:
            self._presenter.link(wish, decided, dialog.show_refusal)

        dialog.wanted.connect(wanted)
        show_modal(dialog)

    @Slot(object)
    def _review(self, answer: tuple[QueueQuery, dict[int, str]]) -> None:
        query, bests = answer
        without = 0
        if query.only is not None:
            query = replace(query, only=tuple(bests))
            without = max(0, self._ticked() - len(bests))
        language = self._context.messages.language
        dialog = ReviewDialog(self._context, query, bests, language, self._pane, without=without)
        dialog.reviewed.connect(self._presenter.link_many)
        show_modal(dialog)
