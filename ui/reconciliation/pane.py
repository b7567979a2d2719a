"""Okopplade samarbeten: the queue on the left, the decision on the right, everything by keyboard."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.domain.records import LinkDecisionKind
from app.usecases.reconciliation_values import DecisionCard, LinkedMany, QueueFigures, QueueQuery
from ui.formats import with_figure
from ui.reconciliation.decision_card import DecisionCardView
from ui.reconciliation.pane_dialogs import PaneDialogs
from ui.reconciliation.pane_keys import PaneKeys
from ui.reconciliation.presenter import Decided, ReconciliationPresenter
from ui.reconciliation.queue_bars import QueueBars
from ui.reconciliation.queue_view import QueueView
from ui.reconciliation.wording import FILTERS, SOURCES, changed_text, word
from ui.screens import ScreenContext
from ui.widgets.announce import announce
from ui.widgets.filter_chips import FilterChips
from ui.widgets.pane import Pane
from ui.widgets.search_field import SearchField
from ui.widgets.search_row import SearchRow

_STACK_BELOW = 760
_SMALL_BELOW = 900
_TYPING_MS = 120


class ReconciliationPane(Pane):
    """Queue and decision card; a decision moves to the next row in the present order."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "unlinkedPane")
        self._figures: QueueFigures | None = None
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._build()
        self._presenter = ReconciliationPresenter(context, self._model, self)
        self._dialogs = PaneDialogs(context, self._presenter, lambda: len(self._model.ticked), self)
        self._keys = PaneKeys(self, self._list, self._card, self._link, self._review_ticked, self._dialogs)
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        context, theme = self.context, self.context.theme
        self._undo = self.header.add_action(icon="arrow-back-up", name="unlinkedUndo")
        self._history = self.header.add_action(icon="history", name="unlinkedHistory")
        self._bars = QueueBars(theme)
        self.column.addWidget(self._bars)
        self._search = SearchField(theme, name="unlinkedSearch")
        self._filters = FilterChips(theme, tuple(FILTERS), name="unlinkedFilter")
        self._tools = SearchRow(theme, self._search, self._filters)
        self.column.addWidget(self._tools)
        self._list = QueueView(context)
        self._model, self._table = self._list.model, self._list.table
        self._card = DecisionCardView(theme, context.samverka.catalogue)
        self._card.setEnabled(False)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setObjectName("unlinkedSplit")
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(12)
        self._split.addWidget(self._list)
        self._split.addWidget(self._card)
        self._split.setStretchFactor(0, 10)
        self._split.setStretchFactor(1, 10)
        self._split.setSizes([theme.px(585), theme.px(575)])
        self.column.addWidget(self._split, 1)

    def _connect(self) -> None:
        presenter, card = self._presenter, self._card
        presenter.figures_came.connect(self._show_figures)
        self.context.rights.changed.connect(self._show_rights)
        presenter.card_came.connect(self._show_card)
        presenter.card_gone.connect(self._close_card)
        presenter.candidates_came.connect(self._show_candidates)
        presenter.search_failed.connect(self._show_failed_search)
        presenter.preview_came.connect(card.show_preview)
        presenter.decided.connect(self._was_decided)
        presenter.linked_many.connect(self._were_linked)
        presenter.undo_changed.connect(self._update_undo)
        presenter.undone.connect(self._was_undone)
        presenter.advanced.connect(self._show_progress)
        self._search.searched.connect(self._searched)
        self._search.left_downwards.connect(self._table.setFocus)
        self._filters.chosen.connect(self._filter_chosen)
        self._list.chosen.connect(self._row_chosen)
        self._list.left.connect(self._close_card)
        self._list.cleared.connect(self._clear)
        self._model.painted.connect(self._show_emptiness)
        self._model.counted.connect(self._show_emptiness)
        self._model.ticks_changed.connect(self._bars.show_ticks)
        self._table.activated_id.connect(self._link)
        self._undo.clicked.connect(presenter.undo)
        self._history.clicked.connect(self._dialogs.open_history)
        self._bars.review_wanted.connect(self._review_certain)
        self._bars.ticked_wanted.connect(self._review_ticked)
        self._bars.untick_wanted.connect(self._untick)
        self._bars.clashes_wanted.connect(self._dialogs.open_clashes)
        self._bars.retry_wanted.connect(presenter.retry_failed)
        self._bars.stop_wanted.connect(self._stop_many)
        self._bars.pause_wanted.connect(presenter.pause_search)
        card.link_wanted.connect(self._link)
        card.none_wanted.connect(self._none)
        card.create_wanted.connect(self._create_customer)
        card.later_wanted.connect(self._later)
        card.revoke_wanted.connect(self._revoke)
        card.retry_wanted.connect(presenter.retry_failed)
        card.moved.connect(self._list.step)
        card.searched.connect(self._search_customers)
        card.preview_wanted.connect(presenter.ask_preview)
        card.lines.left.connect(self._list.focus_list)
        self._typing.timeout.connect(self._search_now)

    def retranslate(self) -> None:
        self.header.set_title(self.tr("Okopplade samarbeten"))
        self._undo.setText(self.tr("Ångra"))
        self._history.setText(self.tr("Historik"))
        self._search.set_hint(self.tr("Sök i okopplade"))
        for key in FILTERS:
            self._filters.set_label(key, word(FILTERS, key))
        self._list.retranslate(self._language())
        if self._figures is not None:
            self._show_figures(self._figures)
        self._update_undo()

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {
            "find": self._search.take_focus,
            "undo": self._presenter.undo,
            "copy": self._table.copy_selection,
            "select_all": self._model.tick_all,
            "select_none": self._untick,
            "link": self._link,
            "link_ticked": self._review_ticked,
            "none_of_these": self._card.ask_reason,
            "create_and_link": self._create_customer,
            "decide_later": self._later,
            "link_history": self._dialogs.open_history,
        }

    def open_with(self, **arguments: Any) -> None:
        if collaboration_id := arguments.get("collaboration_id"):
            self._filters.choose("all")
            self._presenter.find(str(collaboration_id), self._list.go_to)
        elif (key := str(arguments.get("filter", ""))) in FILTERS:
            self._filters.choose(key)

    def shown(self) -> None:
        if self._model.rowCount():
            self._presenter.refresh()
        else:
            self._presenter.show(self._presenter.query)
        self._list.focus_list()
        self._update_undo()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a small window every line over the card is one less of the reasons in it.
        is_small = self.width() < self.context.theme.px(_SMALL_BELOW)
        self._bars.be_short(short=is_small)
        if is_small:
            self._tools.lend_search(self.header)
        else:
            self._tools.take_search_back()
        stacked = self.width() < self.context.theme.px(_STACK_BELOW)
        wanted = Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal
        if self._split.orientation() != wanted:
            self._split.setOrientation(wanted)
            self._split.setSizes([4, 6] if stacked else [11, 10])

    # What comes from the presenter

    @Slot()
    def _show_rights(self) -> None:
        if self._figures is not None:
            self._show_figures(self._figures)

    @Slot(object)
    def _show_figures(self, figures: QueueFigures) -> None:
        self._figures = figures
        counts = {key: figures.counts.get(key, 0) for key in FILTERS}
        self._filters.set_counts(counts)
        self._filters.set_shown("failed", shown=counts["failed"] > 0)
        self._tools.arrange()
        sources = [word(SOURCES, one) for one in figures.sources if one in ("byrastod", "smarta_byran")]
        unlinked = with_figure(self.tr("%n okopplade", "", figures.unlinked), figures.unlinked)
        if sources:
            both = self.tr(" och ").join(sources)
            unlinked = self.tr("%1 från %2").replace("%1", unlinked).replace("%2", both)
        linked = with_figure(self.tr("%n kopplade", "", figures.linked), figures.linked)
        companies = with_figure(self.tr("%n företag", "", counts["all"]), counts["all"])
        is_bare = not (figures.unlinked or figures.linked or counts["all"])
        self.header.set_subtitle("" if is_bare else f"{unlinked} · {companies} · {linked}")
        reason = self.context.rights.sentence(figures.may_decide) if figures.may_decide else ""
        self._card.forbid(reason)
        self._bars.show_figures(figures, reason, is_paused=self._presenter.is_paused)
        self._show_emptiness()

    @Slot(object)
    def _show_card(self, card: DecisionCard) -> None:
        position = self._model.position_of_key(card.row.handle)
        if position < 0:
            return
        self._card.setEnabled(True)
        self._card.show_card(card, self._language(), position + 1, self._model.rowCount())
        self.context.actions.set_blocked("link", self._card.why_not_link())

    @Slot()
    def _close_card(self) -> None:
        self._card.setEnabled(False)

    @Slot(str, object)
    def _show_candidates(self, text: str, candidates: tuple[Any, ...]) -> None:
        self._card.show_found(text, candidates)

    @Slot(str, object)
    def _show_failed_search(self, text: str, error: BaseException) -> None:
        headline, body = self.context.messages.headline_and_body(error)
        self._card.show_failed_search(text, headline, body)
        announce(self, headline)

    @Slot(object)
    def _was_decided(self, decided: Decided) -> None:
        step = decided.step
        if decided.what == "linked":
            text = self.tr("%1 kopplas till %2").replace("%1", step.company_name)
            text = text.replace("%2", step.customer_name)
        elif decided.what in ("moved", "unlinked"):
            text = changed_text(decided.what, step.company_name)
        else:
            text = self.tr("Beslutet är sparat och ligger under Beslutade")
        self._say(text)

    @Slot(object)
    def _were_linked(self, many: LinkedMany) -> None:
        text = with_figure(
            self.tr("%n samarbeten kopplas", "", many.step.collaborations), many.step.collaborations
        )
        if many.was_cancelled:
            text += ". " + self.tr("Resten är kvar i listan")
        if many.left:
            text += ". " + self.tr("%n företag lämnades", "", len(many.left))
            self._bars.show_left(many.left)
        self._untick()
        if many.companies:
            self._say(text)
        else:
            self.context.toast(text)

    @Slot(str)
    def _was_undone(self, collaboration_id: str) -> None:
        # Who takes a decision back wants to decide anew: its row is chosen when it is in the list again.
        if collaboration_id:
            self._presenter.find(collaboration_id, self._list.expect)

    def _say(self, text: str) -> None:
        self.context.toast(text, self.tr("Ångra"), self._presenter.undo)
        announce(self, text)

    @Slot()
    def _show_progress(self) -> None:
        meter = self._presenter.meter
        self._bars.show_progress(meter.done if meter else 0, meter.total if meter else 0)

    # Intents

    @Slot()
    def _link(self, *_row: str) -> None:
        reason, wish, card = self._card.why_not_link(), self._card.wish(), self._card.card
        if reason or wish is None or card is None:
            self.context.toast(reason)
            announce(self, reason)
            return
        self._list.take_next(card.row.handle)
        self._presenter.link(wish)

    @Slot(str)
    def _none(self, reason: str) -> None:
        self._set_aside(LinkDecisionKind.NONE_OF_THESE, reason)

    @Slot()
    def _later(self) -> None:
        self._set_aside(LinkDecisionKind.LATER)

    def _set_aside(self, decision: LinkDecisionKind, reason: str = "") -> None:
        card = self._card.card
        if card is not None and card.row.decision is None and not self._card.why_not_decide():
            self._list.take_next(card.row.handle)
            self._presenter.set_aside(card, decision, reason)

    @Slot(list)
    def _revoke(self, decision_ids: list[str]) -> None:
        card = self._card.card
        if card is not None:
            self._list.take_next(card.row.handle)
        self._presenter.revoke(decision_ids)

    @Slot()
    def _create_customer(self) -> None:
        card = self._card.card
        if card is None or card.row.decision is not None or self._card.why_not_decide():
            return
        self._dialogs.create_customer(
            card, self._card.lines.services(), lambda: self._list.take_next(card.row.handle)
        )

    @Slot()
    def _review_certain(self) -> None:
        self._presenter.review(QueueQuery(view="certain"))

    @Slot()
    def _review_ticked(self) -> None:
        ticked = tuple(sorted(self._model.ticked))
        if ticked:
            self._presenter.review(QueueQuery(only=ticked))
        else:
            self.context.toast(self.tr("Markera rader med mellanslag först."))

    @Slot()
    def _untick(self) -> None:
        self._model.set_ticked(())

    @Slot()
    def _stop_many(self) -> None:
        if self._presenter.meter is not None:
            self._presenter.meter.stop()

    @Slot(int)
    def _row_chosen(self, handle: int) -> None:
        card = self._card.card
        if card is None or card.row.handle != handle:
            self._card.begin()
        self._presenter.ask_card(handle)

    @Slot(str)
    def _searched(self, text: str) -> None:
        self._presenter.show(replace(self._presenter.query, text=text))

    @Slot(str)
    def _filter_chosen(self, key: str) -> None:
        self._presenter.show(replace(self._presenter.query, view=key))
        self._list.focus_list()

    @Slot(str)
    def _search_customers(self, _text: str) -> None:
        self._typing.start()

    @Slot()
    def _search_now(self) -> None:
        text, card = self._card.search.text(), self._card.card
        if card is None:
            return
        if text.strip():
            self._presenter.ask_candidates(card.row.handle, text)
        else:
            self._card.show_suggestions()

    @Slot()
    def _clear(self) -> None:
        self._search.clear()
        self._filters.choose("all")

    # Showing

    @Slot()
    def _show_emptiness(self, *_total: int) -> None:
        self._list.say_empty(self._figures, self._presenter.query)
        # No company, no card: the last one would look as if it were still to be decided.
        self._card.setVisible(self._model.rowCount() > 0)

    @Slot()
    def _update_undo(self) -> None:
        reason = "" if self._presenter.can_undo else self.tr("Det finns inget att ångra här")
        self._undo.set_blocked(reason)
        if self.isVisible():
            self.context.actions.set_blocked("undo", reason)

    def _language(self) -> str:
        return self.context.messages.language


def create_pane(context: ScreenContext) -> QWidget:
    """The screen *Okopplade*."""
    return ReconciliationPane(context)
