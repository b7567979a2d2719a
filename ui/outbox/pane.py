"""Utkorg: what is decided here and not yet confirmed, what needs a person, and what has gone."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.background import Latest
from ui.outbox.attention_page import AttentionPage
from ui.outbox.list_models import AttentionListModel, OutboxListModel
from ui.screens import ScreenContext
from ui.widgets.buttons import Button
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.filter_chips import FilterChips
from ui.widgets.pane import Pane
from ui.widgets.table import Table
from ui.widgets.texts import label

if TYPE_CHECKING:
    from app.usecases.attention import AttentionItem
    from app.usecases.outbox import Outbox, OutboxLine

_TABS = ("waiting", "attention", "history")
_COALESCE_MS = 150
_MOST_WAITING = 200
"""The oldest are shown; an import can have thousands behind them, which the figures count."""


class OutboxPane(Pane):
    """Three lists; attention has a card beside it."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "outboxPane")
        self._wanted_item = ""
        self._counts: tuple[int, int] | None = None
        self._asking = Latest()
        self._connection = ""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_COALESCE_MS)
        self._again.timeout.connect(self._ask)
        self._build()
        self.retranslate()
        context.events.changed.connect(self._on_changed)

    def _build(self) -> None:
        theme, now = self.context.theme, self.context.samverka.clock.now
        self._sync = self.header.add_action(icon="refresh", name="outboxSync")
        self._sync.follow(self.context.actions["sync"])
        self._tabs = FilterChips(theme, _TABS, name="outboxTab")
        self._tabs.chosen.connect(self._tab_chosen)
        self.column.addWidget(self._tabs)
        self._waiting_model = OutboxListModel(now, self.context.messages, self)
        self._history_model = OutboxListModel(now, self.context.messages, self)
        self._attention_model = AttentionListModel(self.context.messages, self)
        self._waiting = Table(theme, row_height="customers", name="outboxWaiting")
        self._waiting.setModel(self._waiting_model)
        self._history = Table(theme, row_height="customers", name="outboxHistory")
        self._history.setModel(self._history_model)
        self._attention: AttentionPage | None = None
        self._empty = EmptyState(theme, name="outboxEmpty")
        waiting_page = QWidget()
        page = QVBoxLayout(waiting_page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(12)
        page.addWidget(self._waiting, 1)
        page.addWidget(self._make_bar())
        self._pages: dict[str, QWidget] = {
            "waiting": waiting_page,
            "history": self._history,
        }
        self._stack = QStackedWidget()
        for widget in (*self._pages.values(), self._empty):
            self._stack.addWidget(widget)
        self.column.addWidget(self._stack, 1)
        self._waiting.selectionModel().selectionChanged.connect(self._update_bar)

    def _attention_page(self) -> AttentionPage:
        """Made when there is something in it, which is seldom."""
        if self._attention is None:
            self._attention = AttentionPage(self.context, self._attention_model)
            self._stack.addWidget(self._attention)
        return self._attention

    def _make_bar(self) -> QFrame:
        theme = self.context.theme
        bar = QFrame()
        bar.setProperty("panel", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        self._explained = label("", "secondary", wrap=True)
        self._explained.setProperty("muted", "true")
        row.addWidget(self._explained, 1)
        self._withdraw = Button(theme, icon="arrow-back-up", name="outboxWithdraw")
        self._withdraw.clicked.connect(self._withdraw_chosen)
        row.addWidget(self._withdraw)
        return bar

    def retranslate(self) -> None:
        self.header.set_title(self.tr("Utkorg"))
        self._tabs.set_label("waiting", self.tr("Väntar"))
        self._tabs.set_label("attention", self.tr("Att åtgärda"))
        self._tabs.set_label("history", self.tr("Historik"))
        self._waiting.setAccessibleName(self.tr("Beslut som väntar"))
        self._history.setAccessibleName(self.tr("Beslut som är klara"))
        self._explained.setText(
            self.tr("Det du beslutat skickas i tur och ordning när servern går att nå. Inget går förlorat.")
        )
        self._withdraw.setText(self.tr("Ångra valda"))
        for model in (self._waiting_model, self._history_model, self._attention_model):
            model.rebuild_columns()
            model.repaint_rows()
        self._show_page()
        self._update_bar()

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {"copy": self._copy_rows}

    def open_with(self, **arguments: Any) -> None:
        self._wanted_item = str(arguments.get("item", ""))
        if (tab := str(arguments.get("tab", ""))) in _TABS:
            self._tabs.choose(tab)

    def shown(self) -> None:
        self._ask()
        self._focus_list()

    @property
    def _use_case(self) -> "Outbox":
        found: Outbox = self.context.samverka.outbox
        return found

    @Slot()
    def _ask(self) -> None:
        use_case, status = self._use_case, self.context.samverka.status
        self.context.background.run(
            lambda: (
                use_case.list_waiting(limit=_MOST_WAITING),
                use_case.list_attention(),
                use_case.list_history(),
                use_case.counts().waiting,
                status.read().is_offline,
            ),
            self._show,
            latest=self._asking,
        )

    @Slot(object)
    def _show(
        self, loaded: "tuple[list[OutboxLine], list[AttentionItem], list[OutboxLine], int, bool]"
    ) -> None:
        waiting, attention, history, all_waiting, is_offline = loaded
        self._waiting_model.set_offline(offline=is_offline)
        self._waiting_model.set_rows(waiting)
        self._attention_model.set_rows(attention)
        self._history_model.set_rows(history)
        first = self._counts is None
        self._counts = (max(all_waiting, len(waiting)), len(attention))
        if first and attention and not waiting:
            self._tabs.choose("attention")
        self._tabs.set_counts({"waiting": self._counts[0], "attention": len(attention)})
        is_needed = attention or self._attention is not None
        if is_needed and self._attention_page().show_item(self._wanted_item):
            self._wanted_item = ""
        self._show_page()
        self._update_bar()

    def _show_page(self) -> None:
        waiting, attention = self._counts or (0, 0)
        self.header.set_subtitle(self._subtitle(waiting, attention))
        tab = self._tabs.current
        rows = {
            "waiting": self._waiting_model.rowCount(),
            "attention": self._attention_model.rowCount(),
            "history": self._history_model.rowCount(),
        }
        if rows[tab]:
            page = self._attention_page() if tab == "attention" else self._pages[tab]
            self._stack.setCurrentWidget(page)
            return
        words = {
            "waiting": (
                self.tr("Utkorgen är tom"),
                self.tr("Allt du beslutat har kommit fram."),
            ),
            "attention": (self.tr("Inget att åtgärda"), self.tr("Här visas det som behöver ditt beslut.")),
            "history": (
                self.tr("Inga beslut ännu"),
                self.tr("Här visas det du har bestämt och hur det gick."),
            ),
        }
        kind = Emptiness.NOTHING_YET if tab == "history" else Emptiness.ALL_DONE
        self._empty.say(kind, *words[tab])
        self._stack.setCurrentWidget(self._empty)

    def _subtitle(self, waiting: int, attention: int) -> str:
        parts: list[str] = []
        if waiting:
            parts.append(self.tr("%n ändringar väntar", "", waiting))
        if attention:
            parts.append(self.tr("%n ärenden att åtgärda", "", attention))
        return " · ".join(parts)

    def _focus_list(self) -> None:
        table = self._table()
        if table is not None:
            table.setFocus()

    def _table(self) -> Table | None:
        attention = self._attention.table if self._attention is not None else None
        tables = {"waiting": self._waiting, "attention": attention, "history": self._history}
        return tables[self._tabs.current]

    # Intents

    @Slot(str)
    def _tab_chosen(self, _tab: str) -> None:
        self._show_page()
        self._focus_list()

    @Slot()
    def _update_bar(self, *_arguments: object) -> None:
        lines = self._chosen_lines()
        possible = [line for line in lines if line.can_withdraw]
        nothing = self.tr("Välj beslut i listan först.")
        gone = self.tr("Det har redan kommit fram till servern.")
        self._withdraw.set_blocked("" if possible else gone if lines else nothing)

    def _chosen_lines(self) -> "list[OutboxLine]":
        model = self._waiting_model
        rows = [model.row_at(model.position_of(id_)) for id_ in self._waiting.selected_ids()]
        return [row for row in rows if row is not None]

    @Slot()
    def _withdraw_chosen(self) -> None:
        ids = [line.command_id for line in self._chosen_lines() if line.can_withdraw]
        if ids:
            use_case = self._use_case
            self.context.background.run(lambda: use_case.withdraw(ids), self._withdrawn)

    @Slot(object)
    def _withdrawn(self, taken: tuple[str, ...]) -> None:
        self.context.toast(self.tr("%n beslut ångrades innan de skickades", "", len(taken)))

    def _copy_rows(self) -> None:
        table = self._table()
        if table is not None:
            table.copy_selection()

    @Slot(object)
    def _on_changed(self, event: object) -> None:
        concerns = getattr(event, "concerns_type", None)
        if not self.isVisible():
            return  # it is asked for when the screen is shown
        if concerns is None:
            connection = str(getattr(event, "connection", ""))
            if connection != self._connection:
                self._connection = connection
                self._again.start()
            return
        moved = getattr(event, "outbox", False) or getattr(event, "local", False)
        if moved or concerns("activation", "invitation"):
            self._again.start()


def create_pane(context: ScreenContext) -> QWidget:
    """The screen *Utkorg*."""
    return OutboxPane(context)
