"""Between the pane and the use case *Okopplade*: asks off the GUI thread, remembers what can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.records import LinkDecisionKind
from app.usecases.reconciliation_values import (
    AccessPreview,
    CandidateView,
    DecisionCard,
    HistoryRow,
    Linked,
    LinkedMany,
    Queue,
)
from ui.background import Lane, Latest
from ui.screens import ScreenContext

if TYPE_CHECKING:
    from app.usecases.reconciliation import Reconciliation

_COALESCE_MS = 120


@dataclass(frozen=True, slots=True)
class Undoable:
    """Something that was decided here and can be taken back, as one step."""

    text: str
    undo: Callable[[], None]


class ReconciliationPresenter(QObject):
    """Signals carry frozen values on the GUI thread."""

    queue_came = Signal(object)
    card_came = Signal(object)
    candidates_came = Signal(object)
    preview_came = Signal(object)
    history_came = Signal(object)
    linked = Signal(object)
    linked_many = Signal(object)
    set_aside = Signal(str)
    undo_changed = Signal()

    def __init__(self, context: ScreenContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._text = ""
        self._undoables: list[Undoable] = []
        self._queue = Latest()
        self._card = Latest()
        self._search = Latest()
        self._preview = Latest()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_COALESCE_MS)
        self._again.timeout.connect(self.ask_queue)
        context.events.changed.connect(self._on_changed)

    @property
    def undoable(self) -> Undoable | None:
        """What Ctrl+Z would take back."""
        return self._undoables[-1] if self._undoables else None

    def search(self, text: str) -> None:
        self._text = text
        self.ask_queue()

    @Slot()
    def ask_queue(self) -> None:
        use_case, text = self._use_case, self._text
        self._context.background.run(
            lambda: use_case.load_queue(text), self._queue_answered, lane=Lane.POOL, latest=self._queue
        )

    def ask_card(self, collaboration_id: str) -> None:
        use_case = self._use_case
        self._context.background.run(
            lambda: use_case.open_card(collaboration_id), self._card_answered, latest=self._card
        )

    def ask_candidates(self, collaboration_id: str, text: str) -> None:
        use_case = self._use_case
        self._context.background.run(
            lambda: use_case.find_customers(collaboration_id, text),
            self._candidates_answered,
            latest=self._search,
        )

    def ask_preview(self, collaboration_id: str, customer_id: str, engagement_id: str | None) -> None:
        use_case = self._use_case
        self._context.background.run(
            lambda: use_case.preview_access(collaboration_id, customer_id, engagement_id),
            self._preview_answered,
            latest=self._preview,
        )

    def ask_history(self) -> None:
        self._context.background.run(self._use_case.list_history, self._history_answered)

    def link(
        self,
        card: DecisionCard,
        candidate: CandidateView,
        engagement_id: str | None,
        service: str | None,
    ) -> None:
        use_case = self._use_case
        self._context.background.run(
            lambda: use_case.link(
                card.row.id,
                candidate.customer_id,
                engagement_id,
                service=service,
                candidates=card.candidates,
            ),
            self._link_answered,
        )

    def link_many(self, collaboration_ids: Sequence[str]) -> None:
        use_case = self._use_case
        ids = tuple(collaboration_ids)
        self._context.background.run(lambda: use_case.link_many(ids), self._many_answered)

    def decide(self, card: DecisionCard, decision: LinkDecisionKind, reason: str = "") -> None:
        use_case = self._use_case
        self._context.background.run(
            lambda: use_case.set_aside(card, decision, reason), self._set_aside_answered
        )

    def revoke(self, decision_id: str) -> None:
        use_case = self._use_case
        self._context.background.run(lambda: use_case.revoke(decision_id))

    def undo(self) -> None:
        """Take back the latest decision made here, as a decision of its own."""
        if self._undoables:
            self._undoables.pop().undo()
            self.undo_changed.emit()

    @property
    def _use_case(self) -> "Reconciliation":
        found: Reconciliation = self._context.samverka.reconciliation
        return found

    def _remember(self, undoable: Undoable) -> None:
        self._undoables.append(undoable)
        self.undo_changed.emit()

    def _unlink(self, ids: Sequence[str]) -> None:
        use_case = self._use_case

        def work() -> None:
            for collaboration_id in ids:
                use_case.unlink(collaboration_id)

        self._context.background.run(work)

    @Slot(object)
    def _queue_answered(self, queue: Queue) -> None:
        self.queue_came.emit(queue)

    @Slot(object)
    def _card_answered(self, card: DecisionCard) -> None:
        self.card_came.emit(card)

    @Slot(object)
    def _candidates_answered(self, candidates: tuple[CandidateView, ...]) -> None:
        self.candidates_came.emit(candidates)

    @Slot(object)
    def _preview_answered(self, preview: AccessPreview) -> None:
        self.preview_came.emit(preview)

    @Slot(object)
    def _history_answered(self, rows: tuple[HistoryRow, ...]) -> None:
        self.history_came.emit(rows)

    @Slot(object)
    def _link_answered(self, linked: Linked) -> None:
        ids = (linked.collaboration_id,)
        self._remember(Undoable(linked.company_name, lambda: self._unlink(ids)))
        self.linked.emit((linked,))

    @Slot(object)
    def _many_answered(self, many: LinkedMany) -> None:
        ids = tuple(one.collaboration_id for one in many.done)
        if ids:
            self._remember(Undoable(str(len(ids)), lambda: self._unlink(ids)))
        self.linked_many.emit(many)

    @Slot(object)
    def _set_aside_answered(self, decision_id: str) -> None:
        self._remember(Undoable("", lambda: self.revoke(decision_id)))
        self.set_aside.emit(decision_id)

    @Slot(object)
    def _on_changed(self, event: object) -> None:
        concerns = getattr(event, "concerns_type", None)
        if concerns is None or not self._is_shown():
            return  # it is asked for when the screen is shown
        if concerns("collaboration", "customer", "contact", "engagement", "link_decision", "participation"):
            self._again.start()

    def _is_shown(self) -> bool:
        parent = self.parent()
        return not isinstance(parent, QWidget) or parent.isVisible()
