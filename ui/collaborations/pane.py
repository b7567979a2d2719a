"""Samarbeten: every collaboration of the firm, by service and state, online and offline."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStackedWidget, QWidget

from app.usecases.collaborations import (
    STATE_GROUPS,
    CollaborationFilter,
    CollaborationOverview,
    CollaborationSort,
)
from ui.background import Latest
from ui.collaborations.bar import CollaborationBar
from ui.collaborations.list_model import CollaborationListModel
from ui.exchange.export import ListExport
from ui.formats import moment_text, number_text
from ui.screens import ScreenContext
from ui.service_names import short_name
from ui.translation import shown_language
from ui.widgets.combo import Combo, fill_combo
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.filter_chips import FilterChips
from ui.widgets.flow_layout import FlowLayout
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
        filters = QWidget()
        row = FlowLayout(filters, spacing=8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        filters.setSizePolicy(policy)
        self._search = SearchField(theme, name="collaborationsSearch")
        self._search.setFixedWidth(theme.px(260))
        row.addWidget(self._search)
        self._service = self._combo("Service", 140)
        self._type = self._combo("Type", 186)
        self._owner = self._combo("Owner", 194)
        self._manager = self._combo("Manager", 184)
        self._order = self._combo("Order", 144)
        for box in (self._service, self._type, self._owner, self._manager, self._order):
            row.addWidget(box)
        self.column.addWidget(filters)
        self._filters = FilterChips(theme, _FILTERS, name="collaborationsFilter")
        self.column.addWidget(self._filters)
        self._model = CollaborationListModel(
            self._use_case, self.context.background, self.context.messages.sentence, self
        )
        self._table = Table(theme, row_height="customers", name="collaborationsTable")
        self._table.setModel(self._model)
        self.focus_home = self._table
        self._empty = EmptyState(theme, name="collaborationsEmpty")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self.column.addWidget(self._stack, 1)
        self._bar = CollaborationBar(self.context, self._model, self._table, self)
        self.column.addWidget(self._bar)
        self._search.searched.connect(self._searched)
        self._search.left_downwards.connect(self._table.setFocus)
        for box in (self._service, self._type, self._owner, self._manager):
            box.currentIndexChanged.connect(self._narrowed)
        self._order.currentIndexChanged.connect(self._order_chosen)
        self._model.painted.connect(self._bar.update_buttons)
        self._filters.chosen.connect(self._filter_chosen)
        self._model.sort_requested.connect(self._sort)
        self._model.counted.connect(self._counted)
        self._table.activated_id.connect(self._open)
        self._empty.action.clicked.connect(self._clear)

    def _combo(self, name: str, width: int) -> QComboBox:
        made = Combo()
        made.setObjectName(f"collaborations{name}")
        made.setFixedSize(self.context.theme.px(width), self.context.theme.px(30))
        return made

    def retranslate(self) -> None:
        language = shown_language()
        self.header.set_title(self.tr("Samarbeten"))
        self._search.set_hint(self.tr("Sök kund, org.nr eller uppdrag"))
        for box, said in (
            (self._service, self.tr("Tjänst")),
            (self._type, self.tr("Uppdragstyp")),
            (self._owner, self.tr("Uppdragsansvarig")),
            (self._manager, self.tr("Kundansvarig")),
            (self._order, self.tr("Ordna efter")),
        ):
            box.setAccessibleName(said)
        fill_combo(
            self._order,
            [
                (self.tr("Efter kund"), "name"),
                (self.tr("Efter tjänst"), "service"),
                (self.tr("Efter uppdrag"), "engagement"),
                (self.tr("Efter läge"), "state"),
                (self.tr("Efter startdatum"), "started"),
            ],
            self._query.sort,
        )
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
        self._bar.retranslate()
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
        if self._stack.currentWidget() is self._empty:
            self._say_empty()

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {
            "find": self._search.take_focus,
            "export": self._export.ask,
            "copy": self._table.copy_selection,
            "open_customer": self._open_current,
            "select_all": self._model.tick_all,
            "select_none": self._bar.untick,
            **self._bar.handled_actions(),
        }

    def open_with(self, **arguments: Any) -> None:
        """`filter` is one of the states; `service` a service's code."""
        """`filter` is one of the chips, `service` a code ("" for those whose service is not known)."""
        if "service" in arguments:
            self._query = replace(self._query, service=arguments["service"])
            self._filters.choose("all")
            self._ask()
        if (key := str(arguments.get("filter", ""))) in _FILTERS:
            self._filters.choose(key)
        if service := str(arguments.get("service", "")):
            self._query = replace(self._query, service=service)
            self._ask()

    def shown(self) -> None:
        self._ask()
        self._table.setFocus()
        self._bar.update_buttons()

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
        total = overview.counts.get("all", 0)
        parts = [self.tr("%n samarbeten", "", total)] if total else []
        if self._data_from is not None:
            when = moment_text(self._data_from, self.context.samverka.clock.now())
            parts.append(self.tr("uppgifter från %1").replace("%1", when))
        self.header.set_subtitle(" · ".join(parts))
        self._fill_choices(overview)

    def _fill_choices(self, overview: CollaborationOverview) -> None:
        language, catalogue = self._model.language, self.context.samverka.catalogue
        services: list[tuple[str, str | None]] = [(self.tr("Alla tjänster"), None)]
        services += [(short_name(code, language), code) for code in overview.services if code]
        if "" in overview.services:
            services.append((self.tr("Okänd tjänst"), ""))
        fill_combo(self._service, services, self._query.service)
        types = [(catalogue.engagement_type(c).label.text(language), c) for c in overview.engagement_types]
        fill_combo(self._type, [(self.tr("Alla uppdragstyper"), None), *types], self._query.engagement_type)
        staff = [(name, id_) for id_, name in overview.staff]
        fill_combo(self._owner, [(self.tr("Alla uppdragsansvariga"), None), *staff], self._query.owner_id)
        fill_combo(self._manager, [(self.tr("Alla kundansvariga"), None), *staff], self._query.manager_id)

    # Intents

    @Slot(str)
    def _searched(self, text: str) -> None:
        self._query = replace(self._query, search=text)
        self._ask()

    @Slot()
    def _narrowed(self) -> None:
        self._query = replace(
            self._query,
            service=self._service.currentData(),
            engagement_type=self._type.currentData(),
            owner_id=self._owner.currentData(),
            manager_id=self._manager.currentData(),
        )
        self._ask()

    @Slot()
    def _order_chosen(self) -> None:
        key = str(self._order.currentData())
        self._model.sort_key, self._model.sort_descending = key, False
        self._sort(key, False)

    @Slot(str)
    def _filter_chosen(self, key: str) -> None:
        states = tuple(str(state) for state in STATE_GROUPS.get(key, ()))
        self._query = replace(self._query, states=states, unlinked=True if key == "unlinked" else None)
        self._ask()

    @Slot(str, bool)
    def _sort(self, key: str, descending: bool) -> None:
        self._query = replace(self._query, sort=CollaborationSort(key), descending=descending)
        if self._order.currentData() != key:
            self._order.blockSignals(True)
            self._order.setCurrentIndex(self._order.findData(key))
            self._order.blockSignals(False)
        self._model.show(self._query)

    @Slot(str)
    def _open(self, row_id: str) -> None:
        line = self._model.row_at(self._model.position_of(row_id))
        if line is None:
            return
        if line.is_unlinked:
            self.context.navigate("unlinked", collaboration_id=line.id)
        elif line.customer_id is not None:
            self.context.navigate("customer", customer_id=line.customer_id)

    @Slot()
    def _open_current(self) -> None:
        ids = self._table.selected_ids()
        if ids:
            self._open(ids[0])

    @Slot()
    def _clear(self) -> None:
        self._search.clear()
        for box in (self._service, self._type, self._owner, self._manager):
            box.setCurrentIndex(0)
        self._filters.choose("all")

    # Answers

    @Slot(int)
    def _counted(self, total: int) -> None:
        self._stack.setCurrentWidget(self._table if total else self._empty)
        self.context.show_side(self.tr("%1 rader").replace("%1", number_text(total)))
        if not total:
            self._say_empty()

    def _say_empty(self) -> None:
        query = self._query
        narrowed = (query.service, query.engagement_type, query.owner_id, query.manager_id, query.unlinked)
        if query.search or query.states or any(value is not None for value in narrowed):
            self.context.say_empty(
                self._empty,
                Emptiness.NOTHING_MATCHES,
                self.tr("Inget samarbete passar"),
                self.tr("Sök på något annat eller ta bort filtret."),
                self.tr("Visa alla"),
            )
        else:
            self.context.say_empty(
                self._empty,
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
