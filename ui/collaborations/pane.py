"""Samarbeten: every collaboration of the firm, by service and state, online and offline."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QTimer, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QWidget

from app.usecases.collaborations import (
    STATE_GROUPS,
    CollaborationFilter,
    CollaborationOverview,
    CollaborationSort,
)
from ui.background import Latest
from ui.collaborations.list_model import CollaborationListModel
from ui.exchange.export import ListExport
from ui.formats import moment_text, number_text
from ui.screens import ScreenContext
from ui.service_names import short_name
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.filter_chips import FilterChips
from ui.widgets.pane import Pane
from ui.widgets.search_field import SearchField
from ui.widgets.table import Table

if TYPE_CHECKING:
    from app.usecases.collaborations import Collaborations

_FILTERS = ("all", "active", "waiting", "on_the_way", "attention", "ending", "unlinked", "over")
_COALESCE_MS = 150


class CollaborationsPane(Pane):
    """A list with filters. Enter opens the customer, or the unlinked collaboration."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "collaborationsPane")
        self._query = CollaborationFilter()
        self._overview: CollaborationOverview | None = None
        self._data_from: datetime | None = None
        self._counting = Latest()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_COALESCE_MS)
        self._again.timeout.connect(self._refresh)
        self._build()
        self.retranslate()
        context.events.changed.connect(self._on_changed)

    def _build(self) -> None:
        theme = self.context.theme
        self._export = ListExport(self.context, "collaborations", self)
        self._export_button = self.header.add_action(icon="file-export", name="collaborationsExport")
        self._export_button.follow(self.context.actions["export"])
        row = QHBoxLayout()
        row.setSpacing(12)
        self._search = SearchField(theme, name="collaborationsSearch")
        self._search.setMinimumWidth(theme.px(220))
        self._search.setMaximumWidth(theme.px(320))
        self._service = QComboBox()
        self._service.setObjectName("collaborationsService")
        self._service.setMinimumWidth(theme.px(180))
        row.addWidget(self._search, 1)
        row.addWidget(self._service)
        row.addStretch(1)
        self.column.addLayout(row)
        self._filters = FilterChips(theme, _FILTERS, name="collaborationsFilter")
        self.column.addWidget(self._filters)
        self._model = CollaborationListModel(self._use_case, self.context.background, self)
        self._table = Table(theme, row_height="customers", name="collaborationsTable")
        self._table.setModel(self._model)
        self._empty = EmptyState(theme, name="collaborationsEmpty")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self.column.addWidget(self._stack, 1)
        self._search.searched.connect(self._searched)
        self._search.left_downwards.connect(self._table.setFocus)
        self._service.currentIndexChanged.connect(self._service_chosen)
        self._filters.chosen.connect(self._filter_chosen)
        self._model.sort_requested.connect(self._sort)
        self._model.counted.connect(self._counted)
        self._table.activated_id.connect(self._open)
        self._empty.action.clicked.connect(self._clear)

    def retranslate(self) -> None:
        language = "en" if QLocale().name().startswith("en") else "sv"
        self.header.set_title(self.tr("Samarbeten"))
        self._search.set_hint(self.tr("Sök kund, org.nr eller uppdrag"))
        self._service.setAccessibleName(self.tr("Tjänst"))
        self._table.setAccessibleName(self.tr("Samarbeten"))
        words = {
            "all": self.tr("Alla"),
            "active": self.tr("Aktiva"),
            "waiting": self.tr("Väntar på kund"),
            "on_the_way": self.tr("På väg"),
            "attention": self.tr("Att åtgärda"),
            "ending": self.tr("Avslutas"),
            "unlinked": self.tr("Okopplade"),
            "over": self.tr("Avslutade"),
        }
        for key, text in words.items():
            self._filters.set_label(key, text)
        self._model.language = language
        self._model.variants = {
            (service.code, option.value): option.label.text(language)
            for service in self.context.samverka.catalogue.services
            for field in service.fields
            if field.name == "variant"
            for option in field.options
        }
        self._model.rebuild_columns()
        self._model.repaint_rows()
        if self._overview is not None:
            self._show_overview(self._overview)

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {
            "find": self._search.take_focus,
            "export": self._export.ask,
            "copy": self._table.copy_selection,
            "open_customer": self._open_current,
        }

    def open_with(self, **arguments: Any) -> None:
        if (key := str(arguments.get("filter", ""))) in _FILTERS:
            self._filters.choose(key)

    def shown(self) -> None:
        self._ask()
        self._table.setFocus()

    @property
    def _use_case(self) -> "Collaborations":
        found: Collaborations = self.context.samverka.collaborations
        return found

    # Asking

    def _ask(self) -> None:
        self._model.show(self._query)
        self._ask_overview()

    @Slot()
    def _refresh(self) -> None:
        self._model.refresh()
        self._ask_overview()

    def _ask_overview(self) -> None:
        use_case, query, samverka = self._use_case, self._query, self.context.samverka

        def work() -> tuple[CollaborationOverview, datetime | None]:
            return use_case.load_overview(query), samverka.status.read().last_pull_at

        self.context.background.run(work, self._overview_came, latest=self._counting)

    @Slot(object)
    def _overview_came(self, answer: tuple[CollaborationOverview, datetime | None]) -> None:
        self._overview, self._data_from = answer
        self._show_overview(answer[0])

    def _show_overview(self, overview: CollaborationOverview) -> None:
        self._filters.set_counts(overview.counts)
        parts = [self.tr("%n samarbeten", "", overview.counts.get("all", 0))]
        if self._data_from is not None:
            when = moment_text(self._data_from, self.context.samverka.clock.now())
            parts.append(self.tr("uppgifter från %1").replace("%1", when))
        self.header.set_subtitle(" · ".join(parts))
        self._fill_services(overview.services)

    def _fill_services(self, codes: tuple[str, ...]) -> None:
        language = self._model.language
        wanted: list[tuple[str, str | None]] = [(self.tr("Alla tjänster"), None)]
        wanted += [(short_name(code, language), code) for code in codes if code]
        if "" in codes:
            wanted.append((self.tr("Okänd tjänst"), ""))
        present = [
            (self._service.itemText(i), self._service.itemData(i)) for i in range(self._service.count())
        ]
        if present == wanted:
            return
        self._service.blockSignals(True)
        self._service.clear()
        for text, code in wanted:
            self._service.addItem(text, code)
        at = next((i for i, (_, code) in enumerate(wanted) if code == self._query.service), 0)
        self._service.setCurrentIndex(at)
        self._service.blockSignals(False)

    # Intents

    @Slot(str)
    def _searched(self, text: str) -> None:
        self._query = replace(self._query, search=text)
        self._ask()

    @Slot()
    def _service_chosen(self) -> None:
        self._query = replace(self._query, service=self._service.currentData())
        self._ask()

    @Slot(str)
    def _filter_chosen(self, key: str) -> None:
        states = tuple(str(state) for state in STATE_GROUPS.get(key, ()))
        self._query = replace(self._query, states=states, unlinked=True if key == "unlinked" else None)
        self._ask()

    @Slot(str, bool)
    def _sort(self, key: str, descending: bool) -> None:
        self._query = replace(self._query, sort=CollaborationSort(key), descending=descending)
        self._model.show(self._query)

    @Slot(str)
    def _open(self, row_id: str) -> None:
        line = self._model.row_at(self._model.position_of(row_id))
        if line is None:
            return
        if line.is_unlinked:
            self.context.navigate("unlinked", collaboration_id=line.id)
        elif line.customer_id is not None:
            self.context.navigate("customers", customer_id=line.customer_id)

    @Slot()
    def _open_current(self) -> None:
        ids = self._table.selected_ids()
        if ids:
            self._open(ids[0])

    @Slot()
    def _clear(self) -> None:
        self._search.clear()
        self._service.setCurrentIndex(0)
        self._filters.choose("all")

    # Answers

    @Slot(int)
    def _counted(self, total: int) -> None:
        self._stack.setCurrentWidget(self._table if total else self._empty)
        self.context.show_side(self.tr("%1 rader").replace("%1", number_text(total)))
        if total:
            return
        if self._query.search or self._query.states or self._query.service is not None:
            self._empty.say(
                Emptiness.NOTHING_MATCHES,
                self.tr("Inget samarbete passar"),
                self.tr("Sök på något annat eller ta bort filtret."),
                self.tr("Visa alla"),
            )
        else:
            self._empty.say(
                Emptiness.NOTHING_YET,
                self.tr("Inga samarbeten ännu"),
                self.tr("Aktivera en tjänst för en kund, eller koppla samarbeten som finns hos Visma."),
            )

    @Slot(object)
    def _on_changed(self, event: object) -> None:
        concerns = getattr(event, "concerns_type", None)
        if concerns is not None and self.isVisible() and concerns("collaboration", "customer", "engagement"):
            self._again.start()


def create_pane(context: ScreenContext) -> QWidget:
    """The screen *Samarbeten*."""
    return CollaborationsPane(context)
