"""Uppdrag: every engagement, those that are due to be rolled, and what can be done with many."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.usecases.engagements import ENGAGEMENT_STATES, EngagementFilter, EngagementSort
from ui.background import Latest
from ui.engagements.list_model import EngagementListModel
from ui.formats import number_text
from ui.screens import ScreenContext
from ui.translation import shown_language
from ui.widgets.action_bar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.combo import Combo, fill_combo
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.filter_chips import FilterChips
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.pane import Pane
from ui.widgets.search_field import SearchField
from ui.widgets.table import Table

_COALESCE_MS = 150
_FILTERS = ("ongoing", "due", "nobody", "closed", "all")


class EngagementsPane(Pane):
    """A list with filters; what is ticked (or else the chosen rows) is rolled, closed or given to others."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "engagementsPane")
        self._query = EngagementFilter(today=context.samverka.clock.today())
        self._names: tuple[tuple[str, str | None], ...] = ()
        self._counting = Latest()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_COALESCE_MS)
        self._again.timeout.connect(self._refresh)
        self._build()
        self.retranslate()
        context.events.changed.connect(self._on_changed)
        context.background.run(context.samverka.engagements.list_staff, self._staff_came)

    def _build(self) -> None:
        theme = self.context.theme
        filters = QWidget()
        row = FlowLayout(filters, spacing=8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        filters.setSizePolicy(policy)
        self._search = SearchField(theme, name="engagementsSearch")
        self._search.setFixedWidth(theme.px(280))
        row.addWidget(self._search)
        self._type, self._staff = Combo(), Combo()
        for box, name in ((self._type, "Type"), (self._staff, "Staff")):
            box.setObjectName(f"engagements{name}")
            box.setFixedSize(theme.px(204), theme.px(30))
            box.currentIndexChanged.connect(self._narrowed)
            row.addWidget(box)
        self.column.addWidget(filters)
        self._filters = FilterChips(theme, _FILTERS, name="engagementsFilter")
        self.column.addWidget(self._filters)
        samverka = self.context.samverka
        self._model = EngagementListModel(
            samverka.engagements, self.context.background, samverka.catalogue, self
        )
        self._table = Table(theme, row_height="customers", name="engagementsTable")
        self._table.setModel(self._model)
        self.focus_home = self._table
        self._empty = EmptyState(theme, name="engagementsEmpty")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self.column.addWidget(self._stack, 1)
        self.column.addWidget(self._build_bar())
        self._search.searched.connect(self._searched)
        self._search.left_downwards.connect(self._table.setFocus)
        self._filters.chosen.connect(self._filter_chosen)
        self._model.sort_requested.connect(self._sort)
        self._model.counted.connect(self._counted)
        self._model.painted.connect(self._update_bar)
        self._model.ticks_changed.connect(self._update_bar)
        self._table.selectionModel().selectionChanged.connect(self._update_bar)
        self._table.activated_id.connect(self._open)
        self._empty.action.clicked.connect(self._clear)

    def _build_bar(self) -> ActionBar:
        theme = self.context.theme
        self._bar = ActionBar(theme, name="engagements")
        self._responsible = Button(theme, icon="arrows-exchange", name="engagementsResponsible")
        self._close = Button(theme, icon="circle-check", name="engagementsClose")
        self._roll = Button(theme, icon="refresh", kind="primary", name="engagementsRoll")
        for button, key in ((self._responsible, "responsible"), (self._close, "close"), (self._roll, "roll")):
            button.setProperty("screenKey", key)
            button.clicked.connect(self._go)
            self._bar.add_button(button)
        return self._bar

    def retranslate(self) -> None:
        language = shown_language()
        self.header.set_title(self.tr("Uppdrag"))
        self._search.set_hint(self.tr("Sök kund eller uppdrag"))
        self._table.setAccessibleName(self.tr("Uppdrag"))
        self._type.setAccessibleName(self.tr("Uppdragstyp"))
        self._staff.setAccessibleName(self.tr("Medarbetare"))
        words = {
            "ongoing": self.tr("Pågående"),
            "due": self.tr("Ska rullas"),
            "nobody": self.tr("Ingen deltar"),
            "closed": self.tr("Avslutade"),
            "all": self.tr("Alla"),
        }
        for key, text in words.items():
            self._filters.set_label(key, text)
        catalogue = self.context.samverka.catalogue
        types = [(one.label.text(language), one.code) for one in catalogue.engagement_types]
        fill_combo(self._type, [(self.tr("Alla uppdragstyper"), None), *types], self._query.type)
        self._fill_staff()
        self._responsible.setText(self.tr("Byt ansvarig…"))
        self._close.setText(self.tr("Avsluta…"))
        self._roll.setText(self.tr("Rulla till nytt uppdrag…"))
        self._model.language = language
        self._model.today = self.context.samverka.clock.today().isoformat()
        self._model.rebuild_columns()
        self._model.repaint_rows()
        self._update_bar()
        if self._stack.currentWidget() is self._empty:
            self._say_empty()

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {
            "find": self._search.take_focus,
            "copy": self._table.copy_selection,
            "open_customer": self._open_current,
            "select_all": self._model.tick_all,
            "select_none": self._untick,
        }

    def open_with(self, **arguments: Any) -> None:
        """`filter` is one of the states."""
        if (key := str(arguments.get("filter", ""))) in ENGAGEMENT_STATES:
            self._filters.choose(key)

    def shown(self) -> None:
        self._ask()
        self._table.setFocus()

    # Asking

    def _ask(self) -> None:
        self._model.show(self._query)
        self._ask_counts()

    @Slot()
    def _refresh(self) -> None:
        self._model.refresh()
        self._ask_counts()

    def _ask_counts(self) -> None:
        use_case, query = self.context.samverka.engagements, self._query
        self.context.background.run(lambda: use_case.count(query), self._counts_came, latest=self._counting)

    @Slot(object)
    def _counts_came(self, counts: dict[str, int]) -> None:
        self._filters.set_counts(counts)
        self._filters.updateGeometry()
        parts = [self.tr("%n pågående", "", counts["ongoing"])] if counts["all"] else []
        if counts["due"]:
            parts.append(self.tr("%n ska rullas", "", counts["due"]))
        self.header.set_subtitle(" · ".join(parts))

    @Slot(object)
    def _staff_came(self, staff: tuple[tuple[str, str], ...]) -> None:
        self._names = tuple((name, id_) for id_, name in staff)
        self._fill_staff()

    def _fill_staff(self) -> None:
        fill_combo(self._staff, [(self.tr("Alla medarbetare"), None), *self._names], self._query.staff_id)

    @Slot(int)
    def _counted(self, total: int) -> None:
        self._stack.setCurrentWidget(self._table if total else self._empty)
        self.context.show_side(self.tr("%1 rader").replace("%1", number_text(total)))
        if not total:
            self._say_empty()

    def _say_empty(self) -> None:
        if self._query.state == "due" and not self._query.search:
            self.context.say_empty(
                self._empty,
                Emptiness.ALL_DONE,
                self.tr("Inget uppdrag behöver rullas"),
                self.tr("Här visas uppdrag med samarbeten när räkenskapsåret är slut."),
            )
        elif self._query.search or self._query.type or self._query.staff_id or self._query.state != "all":
            self.context.say_empty(
                self._empty,
                Emptiness.NOTHING_MATCHES,
                self.tr("Inget uppdrag passar"),
                self.tr("Sök på något annat eller ta bort filtret."),
                self.tr("Visa alla"),
            )
        else:
            self.context.say_empty(
                self._empty,
                Emptiness.NOTHING_YET,
                self.tr("Inga uppdrag ännu"),
                self.tr("Uppdrag skapas på kundens sida, eller när en tjänst aktiveras."),
            )

    # Intents

    def _ids(self) -> list[str]:
        return sorted(self._model.ticked) or self._table.selected_ids()

    @Slot()
    def _update_bar(self, *_arguments: object) -> None:
        ids = self._ids()
        row = self._model.row_at(self._model.position_of(ids[0])) if len(ids) == 1 else None
        if row is not None:
            self._bar.say(f"{row.customer} · {row.title}")
        else:
            nobody = self.tr("Välj ett eller flera uppdrag")
            self._bar.say(self.tr("%n markerade", "", len(ids)) if ids else nobody)
        reason = "" if ids else self.tr("Välj ett uppdrag först.")
        if row is not None and row.state != "ongoing":
            reason = self.tr("Uppdraget är avslutat.")
        for button in (self._responsible, self._close, self._roll):
            button.set_blocked(reason)

    @Slot()
    def _go(self) -> None:
        self.context.navigate(str(self.sender().property("screenKey")), engagement_ids=self._ids())

    @Slot(str)
    def _open(self, row_id: str) -> None:
        row = self._model.row_at(self._model.position_of(row_id))
        if row is not None:
            self.context.navigate("customer", customer_id=row.customer_id)

    @Slot()
    def _open_current(self) -> None:
        if ids := self._table.selected_ids():
            self._open(ids[0])

    @Slot()
    def _untick(self) -> None:
        self._model.set_ticked(())

    @Slot(str)
    def _searched(self, text: str) -> None:
        self._query = replace(self._query, search=text)
        self._ask()

    @Slot()
    def _narrowed(self) -> None:
        self._query = replace(self._query, type=self._type.currentData(), staff_id=self._staff.currentData())
        self._ask()

    @Slot(str)
    def _filter_chosen(self, key: str) -> None:
        self._query = replace(self._query, state=key)
        self._ask()

    @Slot(str, bool)
    def _sort(self, key: str, descending: bool) -> None:
        self._query = replace(self._query, sort=EngagementSort(key), descending=descending)
        self._model.show(self._query)

    @Slot()
    def _clear(self) -> None:
        self._search.clear()
        self._type.setCurrentIndex(0)
        self._staff.setCurrentIndex(0)
        self._filters.choose("all")

    @Slot(object)
    def _on_changed(self, event: object) -> None:
        concerns = getattr(event, "concerns_type", None)
        told = concerns is not None and concerns("engagement", "participation", "collaboration", "customer")
        if told and self.isVisible():
            self._again.start()


def create_pane(context: ScreenContext) -> QWidget:
    """The screen *Uppdrag*."""
    return EngagementsPane(context)
