"""Between the pane and the use case *Okopplade*: asks off the GUI thread, remembers what can be undone."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.records import LinkDecisionKind
from app.errors import SamverkaError
from app.usecases.reconciliation_values import (
    DecisionCard,
    LinkedMany,
    LinkWish,
    QueueQuery,
    Step,
)
from ui.background import Lane, Latest
from ui.meter import Meter
from ui.reconciliation.list_model import QueueModel
from ui.screens import ScreenContext

if TYPE_CHECKING:
    from app.usecases.reconciliation import Reconciliation

_log = logging.getLogger(__name__)
_COALESCE_MS = 120
_PROGRESS_MS = 1_500
_METER_MS = 200


@dataclass(frozen=True, slots=True)
class Decided:
    """Something that was decided and how; `what` is linked, none_of_these, later, moved or unlinked.

    ``collaboration_id`` is one of the row that it was decided about.
    """

    what: str
    step: Step
    collaboration_id: str = ""


class ReconciliationPresenter(QObject):
    """Signals carry frozen values on the GUI thread."""

    figures_came = Signal(object)
    card_came = Signal(object)
    card_gone = Signal()
    candidates_came = Signal(str, object)
    search_failed = Signal(str, object)
    preview_came = Signal(object)
    decided = Signal(object)
    linked_many = Signal(object)
    reviewed = Signal(object)
    undo_changed = Signal()
    undone = Signal(str)
    advanced = Signal()

    def __init__(self, context: ScreenContext, model: QueueModel, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model
        self.query = QueueQuery()
        self.meter: Meter | None = None
        self._is_searching = False
        self.is_paused = False
        self._steps: list[tuple[Step, str]] = []
        self._figures = Latest()
        self._card = Latest()
        self._search = Latest()
        self._preview = Latest()
        self._again = _timer(self, _COALESCE_MS, self.refresh, once=True)
        self._progress = _timer(self, _PROGRESS_MS, self._search_goes_on)
        self._watch = _timer(self, _METER_MS, self.advanced.emit)
        model.settled.connect(self._ask_figures)
        context.events.changed.connect(self._on_changed)

    # The list

    def show(self, query: QueueQuery) -> None:
        """Narrow the list to something else."""
        self.query = query
        self._model.show(query)

    @Slot()
    def refresh(self) -> None:
        """Ask the same again: scroll, selection and ticks stay."""
        self._model.refresh()

    @Slot()
    def _ask_figures(self) -> None:
        """Count, when the list has been read: its question has brought the queue in line."""
        queue = self._use_case.queue
        self._run(
            lambda: (queue.present_figures(), queue.needs_search()),
            self._figures_answered,
            self._figures,
            lane=Lane.COUNTS,
        )

    @Slot(object)
    def _figures_answered(self, answer: tuple[object, bool]) -> None:
        figures, needs_search = answer
        self.figures_came.emit(figures)
        if needs_search:
            self._begin_search()

    def _begin_search(self) -> None:
        if self._is_searching or self.is_paused:
            return
        self._is_searching = True
        self._progress.start()
        queue = self._use_case.queue
        self._context.background.run(
            lambda: queue.search_all(is_cancelled=lambda: self.is_paused),
            self._search_ended,
            self._search_failed,
            lane=Lane.POOL,
        )

    @Slot()
    def pause_search(self) -> None:
        """Let the search for suggestions rest, or go on where it was: what has been found is kept."""
        self.is_paused = not self.is_paused
        self.refresh()

    @Slot()
    def _search_goes_on(self) -> None:
        if self._is_shown():
            self.refresh()

    @Slot(object)
    def _search_ended(self, _complete: bool) -> None:
        self._is_searching = False
        self._progress.stop()
        self.refresh()

    @Slot(object)
    def _search_failed(self, error: BaseException) -> None:
        self._is_searching = False
        self._progress.stop()
        self._context.show_error(error)

    def retry_failed(self) -> None:
        """Search again for the companies whose search failed."""
        self._run(self._use_case.queue.retry_failed, self._retrying)

    @Slot(object)
    def _retrying(self, _companies: int) -> None:
        self.refresh()

    def find(self, collaboration_id: str, found: Callable[[int | None], None]) -> None:
        """Call `found` with the handle of the row that the collaboration is in."""
        queue = self._use_case.queue
        self._run(lambda: queue.find_handle(collaboration_id), found)

    # One company

    def ask_card(self, handle: int) -> None:
        use_case = self._use_case
        self._context.background.run(
            lambda: use_case.open_card(handle),
            self.card_came.emit,
            self._no_card,
            latest=self._card,
            owner=self,
        )

    def ask_candidates(self, handle: int, text: str) -> None:
        use_case = self._use_case

        def failed(error: BaseException) -> None:
            # Said on the card, once: who types on would otherwise get a dialog for each letter.
            if not hasattr(error, "code"):
                _log.error("The search for a customer failed", exc_info=error)
                error = SamverkaError("customer_search_failed")
            self.search_failed.emit(text, error)

        self._context.background.run(
            lambda: use_case.find_customers(handle, text),
            lambda found: self.candidates_came.emit(text, found),
            failed,
            latest=self._search,
            owner=self,
        )

    def ask_preview(self, wish: LinkWish) -> None:
        use_case = self._use_case
        self._run(lambda: use_case.preview_access(wish), self.preview_came.emit, self._preview)

    def link(
        self,
        wish: LinkWish,
        done: Callable[[], None] = lambda: None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Link a company; `failed` is told of a refusal, otherwise the usual dialog is."""
        use_case = self._use_case

        def answered(step: Step) -> None:
            done()
            self._remember(Decided("linked", step, wish.lines[0].collaboration_id))

        def refused(error: BaseException) -> None:
            (failed or self._context.show_error)(error)
            self.refresh()

        self._context.background.run(lambda: use_case.link(wish), answered, refused, owner=self)

    def set_aside(self, card: DecisionCard, decision: LinkDecisionKind, reason: str = "") -> None:
        use_case = self._use_case
        about = card.lines[0].collaboration_id if card.lines else ""
        self._run(
            lambda: Decided(decision, use_case.set_aside(card, decision, reason), about), self._remember
        )

    def revoke(self, decision_ids: Sequence[str]) -> None:
        use_case, ids = self._use_case, tuple(decision_ids)
        self._run(lambda: use_case.revoke(ids))

    # Many

    def review(self, query: QueueQuery) -> None:
        """Ask what would be linked: `reviewed` carries (query, handle → customer)."""
        use_case = self._use_case
        self._run(lambda: (query, use_case.list_bests(use_case.queue.list_keys(query))), self.reviewed.emit)

    def link_many(self, reviewed: dict[int, str]) -> None:
        """Link them in lots, beside everything else; `advanced` says that `meter` has come further."""
        if self.meter is not None:
            return
        meter, use_case = Meter(), self._use_case
        self.meter = meter
        meter.tell(0, len(reviewed))
        self._watch.start()
        self._context.background.run(
            lambda: use_case.link_many(
                reviewed, on_progress=meter.tell, is_cancelled=lambda: meter.is_stopped
            ),
            self._many_answered,
            self._many_failed,
            lane=Lane.POOL,
        )

    @Slot(object)
    def _many_answered(self, many: LinkedMany) -> None:
        self._end_many()
        if many.companies:
            self._steps.append((many.step, ""))
            self.undo_changed.emit()
        self.linked_many.emit(many)
        self.refresh()

    @Slot(object)
    def _many_failed(self, error: BaseException) -> None:
        self._end_many()
        self._context.show_error(error)
        self.refresh()

    def _end_many(self) -> None:
        self._watch.stop()
        self.meter = None
        self.advanced.emit()

    # Taking back

    @property
    def can_undo(self) -> bool:
        """True while something that was decided here can be taken back."""
        return bool(self._steps)

    def undo(self) -> None:
        """Take back the latest decision made here, or the latest lot."""
        if self._steps:
            (step, about), use_case = self._steps.pop(), self._use_case
            lane = Lane.POOL if len(step.undo) > 200 else Lane.DB
            self._run(lambda: use_case.undo(step), lambda _: self.undone.emit(about), lane=lane)
            self.undo_changed.emit()

    def _remember(self, decided: Decided) -> None:
        self._steps.append((decided.step, decided.collaboration_id))
        self.undo_changed.emit()
        self.decided.emit(decided)

    def remember(self, what: str, step: Step) -> None:
        """Something was decided in a dialog: it can be taken back like the rest."""
        self._remember(Decided(what, step))

    @property
    def _use_case(self) -> "Reconciliation":
        found: Reconciliation = self._context.samverka.reconciliation
        return found

    @Slot(object)
    def _no_card(self, error: BaseException) -> None:
        if getattr(error, "code", "") == "gone":
            self.card_gone.emit()  # the list has been told as well and takes the row away
        else:
            self._context.show_error(error)

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

    def _run(
        self,
        work: Callable[[], object],
        done: Callable[..., None] | None = None,
        latest: Latest | None = None,
        *,
        lane: Lane = Lane.DB,
    ) -> None:
        self._context.background.run(work, done, lane=lane, latest=latest, owner=self)


def _timer(parent: QObject, interval: int, slot: Callable[[], None], *, once: bool = False) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(once)
    made.setInterval(interval)
    made.timeout.connect(slot)
    return made
