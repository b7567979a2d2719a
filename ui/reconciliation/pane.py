"""Okopplade samarbeten: the queue on the left, the decision on the right, everything by keyboard."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QLocale, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from app.domain.records import LinkDecisionKind
from app.usecases.reconciliation_values import (
    AccessPreview,
    CandidateView,
    DecisionCard,
    HistoryRow,
    Linked,
    LinkedMany,
    Queue,
    QueueRow,
    filter_of,
)
from ui.reconciliation.decision_card import DecisionCardView
from ui.reconciliation.history_dialog import HistoryDialog
from ui.reconciliation.list_model import QueueModel
from ui.reconciliation.presenter import ReconciliationPresenter
from ui.reconciliation.review_dialog import ReviewDialog
from ui.reconciliation.wording import FILTERS, SOURCES, word
from ui.screens import ScreenContext
from ui.widgets.announce import announce
from ui.widgets.dialogs import show_modal
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.filter_chips import FilterChips
from ui.widgets.info_bar import InfoBar
from ui.widgets.pane import Pane
from ui.widgets.search_field import SearchField
from ui.widgets.table import Table

_WRAP_BELOW = 980
_STACK_BELOW = 700
_OLD_PROGRAMS = ("byrastod", "smarta_byran")


class ReconciliationPane(Pane):
    """Queue and decision card; a decision moves to the next row in the present order."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "unlinkedPane")
        self._presenter = ReconciliationPresenter(context, self)
        self._queue: Queue | None = None
        self._wanted_id = ""
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(120)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        theme = self.context.theme
        self._undo = self.header.add_action(icon="arrow-back-up", name="unlinkedUndo")
        self._history = self.header.add_action(icon="history", name="unlinkedHistory")
        self._certain = InfoBar(theme, "ok", name="unlinkedCertain")
        self._certain.hide()
        self.column.addWidget(self._certain)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(12)
        self._tools = row
        self._search = SearchField(theme, name="unlinkedSearch")
        self._search.setMinimumWidth(theme.px(230))
        self._search.setMaximumWidth(theme.px(280))
        self._filters = FilterChips(theme, tuple(FILTERS), name="unlinkedFilter")
        row.addWidget(self._search)
        row.addWidget(self._filters, 1)
        self.column.addLayout(row)

        self._model = QueueModel(self.context.samverka.catalogue, self._language(), self)
        self._table = Table(theme, row_height="queue", name="unlinkedTable")
        self._table.setModel(self._model)
        self._empty = EmptyState(theme, name="unlinkedEmpty")
        self._left = QStackedWidget()
        self._left.addWidget(self._table)
        self._left.addWidget(self._empty)
        self._card = DecisionCardView(theme, self.context.samverka.catalogue)
        self._card.setEnabled(False)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setObjectName("unlinkedSplit")
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(12)
        self._split.addWidget(self._left)
        self._split.addWidget(self._card)
        self._split.setStretchFactor(0, 11)
        self._split.setStretchFactor(1, 10)
        self._split.setSizes([theme.px(620), theme.px(540)])
        self.column.addWidget(self._split, 1)

    def _connect(self) -> None:
        presenter, card = self._presenter, self._card
        presenter.queue_came.connect(self._show_queue)
        presenter.card_came.connect(self._show_card)
        presenter.candidates_came.connect(self._show_candidates)
        presenter.preview_came.connect(self._show_preview)
        presenter.history_came.connect(self._show_history)
        presenter.linked.connect(self._was_linked)
        presenter.linked_many.connect(self._were_linked)
        presenter.set_aside.connect(self._was_set_aside)
        presenter.undo_changed.connect(self._update_undo)
        self._search.searched.connect(presenter.search)
        self._search.left_downwards.connect(self._table.setFocus)
        self._filters.chosen.connect(self._filter_chosen)
        self._table.current_id.connect(self._row_chosen)
        self._table.activated_id.connect(self._link)
        self._undo.clicked.connect(presenter.undo)
        self._history.clicked.connect(presenter.ask_history)
        self._certain.action.clicked.connect(self._review_certain)
        self._empty.action.clicked.connect(self._clear)
        card.link_wanted.connect(self._link)
        card.none_wanted.connect(self._none)
        card.later_wanted.connect(self._later)
        card.revoke_wanted.connect(presenter.revoke)
        card.moved.connect(self._move)
        card.searched.connect(self._search_customers)
        card.preview_wanted.connect(self._ask_preview)
        self._search_timer.timeout.connect(self._search_now)

    def retranslate(self) -> None:
        self.header.set_title(self.tr("Okopplade samarbeten"))
        self._undo.setText(self.tr("Ångra"))
        self._history.setText(self.tr("Historik"))
        self._search.set_hint(self.tr("Sök i okopplade"))
        self._table.setAccessibleName(self.tr("Okopplade samarbeten"))
        for key in FILTERS:
            self._filters.set_label(key, word(FILTERS, key))
        self._model.language = self._language()
        self._model.rebuild_columns()
        self._model.repaint_rows()
        if self._queue is not None:
            self._show_counts(self._queue)
        self._update_undo()

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {
            "find": self._search.take_focus,
            "undo": self._presenter.undo,
            "copy": self._table.copy_selection,
            "link": self._link,
        }

    def open_with(self, **arguments: Any) -> None:
        if collaboration_id := arguments.get("collaboration_id"):
            self._wanted_id = str(collaboration_id)
            self._filters.choose("all")
            self._select_wanted()
        elif (key := str(arguments.get("filter", ""))) in FILTERS:
            self._filters.choose(key)

    def shown(self) -> None:
        self._presenter.ask_queue()
        self._table.setFocus()
        self._update_undo()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = QApplication.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
            else:
                self._link()
            return
        letters = {"n": self._card.none.click, "s": self._card.later.click, "u": self._card.open_engagements}
        text = event.text().casefold()
        if text in letters and self._card.isEnabled():
            letters[text]()
        elif text.isdigit() and text != "0" and self._card.isEnabled():
            self._card.choose(int(text) - 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = self.width() < self.context.theme.px(_STACK_BELOW)
        wanted = Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal
        if self._split.orientation() != wanted:
            self._split.setOrientation(wanted)
            self._split.setSizes([4, 6] if stacked else [11, 10])
        narrow = self.width() < self.context.theme.px(_WRAP_BELOW)
        flow = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._tools.direction() != flow:
            self._tools.setDirection(flow)
            self._tools.setSpacing(8 if narrow else 12)

    # What comes from the presenter

    @Slot(object)
    def _show_queue(self, queue: Queue) -> None:
        self._queue = queue
        self._show_counts(queue)
        self._show_filtered()

    @Slot(object)
    def _show_card(self, card: DecisionCard) -> None:
        position = self._model.position_of(card.row.id)
        if position < 0:
            return
        self._card.setEnabled(True)
        self._card.show_card(card, self._language(), position + 1, self._model.rowCount())
        self.context.actions.set_blocked("link", self._card.why_not_link())

    @Slot(object)
    def _show_candidates(self, candidates: tuple[CandidateView, ...]) -> None:
        self._card.show_candidates(candidates, chosen=len(candidates) == 1)

    @Slot(object)
    def _show_preview(self, preview: AccessPreview) -> None:
        self._card.show_preview(preview)

    @Slot(object)
    def _show_history(self, rows: tuple[HistoryRow, ...]) -> None:
        show_modal(HistoryDialog(self.context.theme, rows, self))

    @Slot(object)
    def _was_linked(self, linked: tuple[Linked, ...]) -> None:
        if len(linked) == 1:
            text = self.tr("%1 kopplas till %2").replace("%1", linked[0].company_name)
            self._say(text.replace("%2", linked[0].customer_name))

    @Slot(object)
    def _were_linked(self, many: LinkedMany) -> None:
        text = self.tr("%n samarbeten kopplas", "", len(many.done))
        if many.left:
            text += ". " + self.tr("%n lämnades: de har ändrats", "", len(many.left))
        if many.done:
            self._say(text)
        else:
            self.context.toast(text)

    @Slot(str)
    def _was_set_aside(self, _decision_id: str) -> None:
        self._say(self.tr("Beslutet är sparat och ligger under Beslutade"))

    def _say(self, text: str) -> None:
        self.context.toast(text, self.tr("Ångra"), self._presenter.undo)

    # Intents

    @Slot()
    def _link(self, *_row: str) -> None:
        reason = self._card.why_not_link()
        card, chosen = self._card.card, self._card.chosen
        if reason or card is None or chosen is None:
            self.context.toast(reason)
            announce(self, reason)
            return
        service = self._card.chosen_service
        self._take_next(card.row.id)
        self._presenter.link(card, chosen, self._card.chosen_engagement, service)

    @Slot(str)
    def _none(self, reason: str) -> None:
        card = self._card.card
        if card is not None:
            self._take_next(card.row.id)
            self._presenter.decide(card, LinkDecisionKind.NONE_OF_THESE, reason)

    @Slot()
    def _later(self) -> None:
        card = self._card.card
        if card is not None and card.row.decision is None:
            self._take_next(card.row.id)
            self._presenter.decide(card, LinkDecisionKind.LATER)

    @Slot()
    def _review_certain(self) -> None:
        if self._queue is None:
            return
        rows = [row for row in self._queue.rows if row.band == "certain" and filter_of(row) == "certain"]
        dialog = ReviewDialog(self.context.theme, rows, self._model.product, self)
        dialog.reviewed.connect(self._presenter.link_many)
        show_modal(dialog)

    @Slot(int)
    def _move(self, step: int) -> None:
        row = self._table.currentIndex().row() + step
        if 0 <= row < self._model.rowCount():
            self._table.select_id(self._model.id_at(row))

    @Slot(str)
    def _row_chosen(self, row_id: str) -> None:
        if not row_id:
            self._card.setEnabled(False)
            return
        self._wanted_id = row_id
        self._card.begin()
        self._card.search.blockSignals(True)
        self._card.search.clear()
        self._card.search.blockSignals(False)
        self._presenter.ask_card(row_id)

    @Slot(str)
    def _filter_chosen(self, _key: str) -> None:
        self._show_filtered()
        self._table.setFocus()

    @Slot(str)
    def _search_customers(self, _text: str) -> None:
        self._search_timer.start()

    @Slot()
    def _search_now(self) -> None:
        text, card = self._card.search.text(), self._card.card
        if card is None:
            return
        if text.strip():
            self._presenter.ask_candidates(card.row.id, text)
        else:
            self._presenter.ask_card(card.row.id)

    @Slot(str, object)
    def _ask_preview(self, customer_id: str, engagement_id: str | None) -> None:
        card = self._card.card
        if card is not None:
            self._presenter.ask_preview(card.row.id, customer_id, engagement_id)

    @Slot()
    def _clear(self) -> None:
        self._search.clear()
        self._filters.choose("all")

    # Showing

    def _take_next(self, row_id: str) -> None:
        """Choose the row after this one (or before, for the last), in the order that is shown."""
        position = self._model.position_of(row_id)
        after = self._model.id_at(position + 1) or self._model.id_at(position - 1)
        if after:
            self._table.select_id(after)

    def _show_filtered(self) -> None:
        queue = self._queue
        if queue is None:
            return
        key = self._filters.current
        rows = [row for row in queue.rows if self._fits(row, key)]
        self._model.set_rows(rows)
        self._left.setCurrentWidget(self._table if rows else self._empty)
        if not rows:
            self._say_empty(queue)
            self._card.setEnabled(False)
        self._select_wanted()

    def _fits(self, row: QueueRow, key: str) -> bool:
        return row.decision is None if key == "all" else filter_of(row) == key

    def _select_wanted(self) -> None:
        if self._wanted_id and self._model.position_of(self._wanted_id) >= 0:
            if self._table.currentIndex().row() == self._model.position_of(self._wanted_id):
                self._presenter.ask_card(self._wanted_id)
            else:
                self._table.select_id(self._wanted_id)
        elif self._model.rowCount():
            self._table.select_id(self._model.id_at(0))

    def _say_empty(self, queue: Queue) -> None:
        if self._search.text() or self._filters.current != "all":
            self._empty.say(
                Emptiness.NOTHING_MATCHES,
                self.tr("Inget samarbete passar"),
                self.tr("Sök på något annat eller visa alla."),
                self.tr("Visa alla"),
            )
        elif queue.linked or queue.rows:
            self._empty.say(Emptiness.ALL_DONE, self.tr("Allt är kopplat"))
        else:
            self._empty.say(
                Emptiness.NOTHING_YET,
                self.tr("Inga okopplade samarbeten"),
                self.tr("Här visas samarbeten från Byråstöd och Smarta Byrån som saknar uppdrag."),
            )

    def _show_counts(self, queue: Queue) -> None:
        self._filters.set_counts({key: queue.counts.get(key, 0) for key in FILTERS})
        sources = [
            word(SOURCES, source) for source in queue.sources if source in ("byrastod", "smarta_byran")
        ]
        unlinked = self.tr("%n okopplade", "", queue.counts.get("all", 0))
        if sources:
            unlinked = (
                self.tr("%1 från %2").replace("%1", unlinked).replace("%2", self.tr(" och ").join(sources))
            )
        linked = self.tr("%n kopplade", "", queue.linked)
        self.header.set_subtitle(f"{unlinked} · {linked}")
        certain = queue.counts.get("certain", 0)
        self._certain.setVisible(certain > 0)
        if certain:
            self._certain.set_text(
                self.tr("%n säkra förslag:", "", certain),
                self.tr(
                    "samma org.nr, en kund och ett uppdrag som passar. Inget kopplas förrän du har granskat."
                ),
            )
            self._certain.set_action(
                self.tr("Granska och koppla %1…").replace("%1", str(certain)), primary=True
            )

    @Slot()
    def _update_undo(self) -> None:
        reason = "" if self._presenter.undoable else self.tr("Det finns inget att ångra här")
        self._undo.set_blocked(reason)
        if self.isVisible():
            self.context.actions.set_blocked("undo", reason)

    def _language(self) -> str:
        return "en" if QLocale().name().startswith("en") else "sv"


def create_pane(context: ScreenContext) -> QWidget:
    """The screen *Okopplade*."""
    return ReconciliationPane(context)
