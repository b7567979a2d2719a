"""Kunder: search as one types, filter, sort, look, tick and act on many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from ui.customers.chosen import ChosenCustomers
from ui.customers.list_model import CustomerListModel
from ui.customers.presenter import FILTERS, CustomersPresenter, Question
from ui.customers.tools import CustomerTools
from ui.formats import number_text
from ui.screens import ScreenContext
from ui.widgets.announce import announce
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.filter_chips import FilterChips
from ui.widgets.legend import Legend
from ui.widgets.pane import Pane
from ui.widgets.search_field import SearchField
from ui.widgets.search_row import SearchRow
from ui.widgets.service_chips import legend_entries
from ui.widgets.table import Table

if TYPE_CHECKING:
    from ui.customers.act_bar import CustomersActBar
    from ui.customers.details_panel import CustomerPanel
    from ui.open_service import OpenService

_PANEL_FROM = 1120


def _now() -> datetime:
    return datetime.now(UTC)


class CustomersPane(Pane):
    """The list, its act bar while something is ticked, and a panel about the chosen customer."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "customersPane")
        theme = context.theme
        self._total: int | None = None
        self._counts: Any = None
        self._panel_wanted = True
        self._details: Any = None
        self._add = self.header.add_action(icon="user-plus", name="customersAdd")
        self._add.setMenu(QMenu(self._add))
        self._add.menu().addActions([context.actions[key] for key in ("new_customer", "import")])
        self._export_button = self.header.add_action(icon="file-export", name="customersExport")
        self._export_button.follow(context.actions["export"])
        self._search = SearchField(theme, name="customersSearch")
        self._filters = FilterChips(theme, FILTERS, name="customersFilters")
        self._model = CustomerListModel(context.background, lambda: context.messages.language, _now, self)
        self._table = Table(theme, name="customersTable")
        self._table.setModel(self._model)
        self.focus_home = self._table
        self._legend = Legend(theme, name="customersLegend")
        # Made when they are needed, and not for the first picture.
        self._empty: EmptyState | None = None
        self._act_bar: CustomersActBar | None = None
        self._panel: CustomerPanel | None = None
        self._services: OpenService | None = None
        self._lay_out()
        self._presenter = CustomersPresenter(context, self._model, self)
        self._chosen = ChosenCustomers(
            context, self._model, self._table, self._presenter, lambda: self._shows_archived
        )
        self._tools = CustomerTools(context, self.header, self.column, self._model, self._presenter, self)
        self._tools.viewed.connect(self._show_view)
        self._activate = self.header.add_action(icon="plus", primary=True, name="customersActivate")
        self._activate.follow(context.actions["activate"])
        self._connect()
        self._show_first_figures()
        self.retranslate()

    def _lay_out(self) -> None:
        self._search_row = SearchRow(self.context.theme, self._search, self._filters)
        self.column.addWidget(self._search_row)
        listed = QWidget()
        self._stack = QStackedLayout(listed)
        self._stack.addWidget(self._table)
        self._left = left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(listed, 1)
        left.addWidget(self._legend)
        self._body = QHBoxLayout()
        self._body.setSpacing(12)
        self._body.addLayout(left, 1)
        self.column.addLayout(self._body, 1)

    def _connect(self) -> None:
        presenter = self._presenter
        self._search.searched.connect(self._searched)
        self._search.left_downwards.connect(self._enter_list)
        self._filters.chosen.connect(self._filtered)
        self._model.counted.connect(self._counted)
        self._model.painted.connect(self._painted)
        self._model.ticks_changed.connect(self._ticks_changed)
        self._table.current_id.connect(self._current_changed)
        self._table.activated_id.connect(self._open)
        presenter.counts_came.connect(self._counts_came)
        presenter.details_came.connect(self._details_came)

    def _ask_export(self) -> None:
        from ui.exchange.export import ListExport  # not for the first picture

        export = self.findChild(ListExport, options=Qt.FindChildOption.FindDirectChildrenOnly)
        (export or ListExport(self.context, "customers", self)).ask()

    # What the window asks

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {
            "find": self._search.take_focus,
            "export": self._ask_export,
            "copy": self._chosen.copy_rows,
            "select_all": self._model.tick_all,
            "select_none": self._select_none,
            "open_customer": self._open_current,
            "activate": self._chosen.activate,
            "responsible": self._chosen.change_responsible,
            "open_service": self._open_service,
        }

    def open_with(self, **arguments: Any) -> None:
        """`search="…"` types for the person, `chip="waiting"` chooses a filter."""
        if "chip" in arguments:
            self._filters.choose(arguments["chip"])
        if "search" in arguments:
            self._search.setText(arguments["search"])

    def shown(self) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._presenter.catch_up()
        self._say_side()
        self._show_blocks()

    def retranslate(self) -> None:
        self._add.setText(self.tr("Lägg till"))
        self.header.set_title(self.tr("Kunder"))
        self._search.set_hint(
            self.tr("Sök namn, nummer, kontakt eller ort"),
            self.tr("Sök namn, org.nr, kundnr, kontakt, e-post eller ort"),
        )
        hint = self.tr("Kunder där du är kundansvarig, uppdragsansvarig eller deltar")
        self._filters.set_label("all", self.tr("Alla"))
        self._filters.set_label("mine", self.tr("Mina"), hint)
        self._filters.set_label(
            "missing_engagement",
            self.tr("Uppdrag saknas"),
            self.tr("Kunder med ett samarbete som inte hör till något uppdrag"),
        )
        self._filters.set_label("waiting", self.tr("Väntar på kund"))
        self._filters.set_label("attention", self.tr("Att åtgärda"))
        self._table.setAccessibleName(self.tr("Kunder"))
        self._tools.retranslate()
        self._legend.set_entries(legend_entries())
        self._model.rebuild_columns()
        self._ticks_changed(len(self._model.ticked))
        self._say_counts()
        self._say_side()
        if self._panel is not None and self._details is not None:
            self._panel.show_details(self._details, _now())
        if self._empty is not None and self._stack.currentWidget() is self._empty:
            self._show_emptiness()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_panel()

    # What came

    def _show_first_figures(self) -> None:
        first = self.context.first
        if first is not None and self.context.samverka is None:
            self._total = first.customers

    @Slot(int)
    def _counted(self, total: int) -> None:
        self._total = total
        self._say_side()
        self._show_emptiness()
        announce(self._table, self.tr("%n träffar", "", total))

    @Slot()
    def _painted(self) -> None:
        self._show_emptiness()

    @Slot(object)
    def _counts_came(self, counts: Any) -> None:
        self._counts = counts
        self._filters.set_counts(
            {
                "mine": counts.mine,
                "missing_engagement": counts.missing_engagement,
                "waiting": counts.waiting,
                "attention": counts.attention,
            }
        )
        self._search_row.arrange()
        self._say_counts()
        self._show_emptiness()

    @Slot(object)
    def _details_came(self, details: Any) -> None:
        self._details = details
        if details is not None:
            self._made_panel().show_details(details, _now())
        self._show_panel()

    def _made_panel(self) -> CustomerPanel:
        """The panel, made when the first customer is chosen: the first paint does without it."""
        if self._panel is None:
            from ui.customers import details_panel

            self._panel = details_panel.CustomerPanel(self.context)
            self._panel.closed.connect(self._close_panel)
            self._panel.open_pressed.connect(self._open)
            self._panel.activate_pressed.connect(self._chosen.activate_one)
            self._body.addWidget(self._panel)
        return self._panel

    def _say_counts(self) -> None:
        total = self._counts.all if self._counts is not None else self._total
        if not total:
            self.header.set_subtitle("")  # the list says why
            return
        parts = [self.tr("%n kunder", "", total).replace(str(total), number_text(total))]
        waiting = self._counts.waiting if self._counts is not None else 0
        if waiting:
            parts.append(self.tr("%n väntar på kunden", "", waiting))
        self.header.set_subtitle(" · ".join(parts))

    def _say_side(self) -> None:
        if self._total is not None and self.isVisible():
            shown = number_text(self._total)
            self.context.show_side(self.tr("%n i urvalet", "", self._total).replace(str(self._total), shown))

    def _show_emptiness(self) -> None:
        if self._model.rowCount() or not self._presenter.is_ready:
            self._stack.setCurrentWidget(self._table)
            return
        question = self._presenter.question
        empty = self._find_or_make_empty()
        if question.search or question.chip != "all" or question.more:
            self.context.say_empty(
                empty,
                Emptiness.NOTHING_MATCHES,
                self.tr("Ingen kund passar"),
                self.tr("Sökningen och filtret visar inga kunder."),
                self.tr("Rensa sökning och filter"),
            )
        else:
            self.context.say_empty(
                empty,
                Emptiness.NOTHING_YET,
                self.tr("Inga kunder än"),
                self.tr("Kunderna kommer hit när de har hämtats eller importerats."),
                self.tr("Importera…"),
            )
        self._stack.setCurrentWidget(empty)

    def _find_or_make_empty(self) -> EmptyState:
        if self._empty is None:
            self._empty = EmptyState(self.context.theme, name="customersEmpty")
            self._empty.action.clicked.connect(self._empty_pressed)
            self._stack.addWidget(self._empty)
        return self._empty

    # What a person does

    @Slot(str)
    def _searched(self, text: str) -> None:
        self._presenter.search(text)

    @Slot(str)
    def _filtered(self, chip: str) -> None:
        self._presenter.choose(chip)

    def _enter_list(self) -> None:
        self._table.setFocus(Qt.FocusReason.TabFocusReason)
        if not self._table.currentIndex().isValid() and self._model.rowCount():
            self._table.selectRow(0)

    @Slot(str)
    def _current_changed(self, customer_id: str) -> None:
        self._panel_wanted = True
        self._presenter.show_customer(customer_id)
        self._show_blocks()

    def _close_panel(self) -> None:
        self._panel_wanted = False
        self._show_panel()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_panel(self) -> None:
        wide = self.width() >= self.context.theme.px(_PANEL_FROM)
        if self._panel is not None:
            self._panel.setVisible(wide and self._panel_wanted and self._details is not None)

    @Slot(int)
    def _ticks_changed(self, count: int) -> None:
        if self._act_bar is None and count:
            self._act_bar = self._make_act_bar()
        if self._act_bar is not None:
            self._act_bar.show_count(count, shows_archived=self._shows_archived)
            self._act_bar.setVisible(count > 0)

    def _make_act_bar(self) -> CustomersActBar:
        from ui.customers.act_bar import CustomersActBar

        bar = CustomersActBar(self.context.theme)
        self._left.insertWidget(1, bar)
        bar.untick.connect(self._select_none)
        bar.copy_rows.connect(self._chosen.copy_rows)
        bar.archive.connect(self._chosen.archive)
        bar.responsible.connect(self._chosen.change_responsible)
        bar.activate.connect(self._chosen.activate)
        return bar

    @property
    def _shows_archived(self) -> bool:
        return dict(self._presenter.question.more).get("archived") is True

    @Slot(object)
    def _show_view(self, question: Question) -> None:
        """The search field and the chips say what the saved view asks."""
        for widget in (self._search, self._filters):
            widget.blockSignals(True)
        self._search.setText(question.search)
        self._filters.choose(question.chip)
        for widget in (self._search, self._filters):
            widget.blockSignals(False)

    def _show_blocks(self) -> None:
        current = self._table.currentIndex().isValid()
        reason = "" if current else self.tr("Välj en kund först")
        self.context.actions.set_blocked("open_customer", reason)
        self.context.actions.set_blocked("responsible", "" if self._model.ticked else reason)
        self._show_services()

    def _show_services(self) -> None:
        """What can be opened is asked when a customer is chosen, and not for the first picture."""
        if self.context.samverka is None or not self.isVisible():
            return
        if self._services is None:
            from ui.open_service import OpenService

            self._services = OpenService(self.context, self)
            self._services.changed.connect(self._services_came)
        self._services.choose_customer(self._model.id_at(self._table.currentIndex().row()))
        self._services_came()

    @Slot()
    def _services_came(self) -> None:
        if self._services is None:
            return
        if self.isVisible():
            self.context.actions.set_blocked("open_service", self._services.reason())
        if self._panel is not None:
            self._panel.show_links(self._services.links)

    def _open_service(self) -> None:
        if self._services is not None:
            self._services.open()

    def _select_none(self) -> None:
        self._model.set_ticked(())

    def _open_current(self) -> None:
        customer_id = self._model.id_at(self._table.currentIndex().row())
        if customer_id:
            self._open(customer_id)

    @Slot(str)
    def _open(self, customer_id: str) -> None:
        self.context.navigate("customer", customer_id=customer_id)

    def _empty_pressed(self) -> None:
        if self._empty is not None and self._empty.kind is Emptiness.NOTHING_MATCHES:
            self._search.clear()
            self._filters.choose("all")
            self._tools.clear()
            self._presenter.clear()
        else:
            self.context.navigate("import")


def create_pane(context: ScreenContext) -> QWidget:
    """The customer list."""
    return CustomersPane(context)
