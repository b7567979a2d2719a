"""Tillgång: who has access to which customers' services and why, and ending it by handing over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.usecases.access_review import AccessFilter
from app.usecases.staffing import Colleague
from ui.access.models import AccessListModel, ColleaguesModel
from ui.background import Latest
from ui.exchange.export import ListExport
from ui.formats import number_text
from ui.screens import ScreenContext
from ui.translation import shown_language
from ui.widgets.action_bar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.filter_chips import FilterChips
from ui.widgets.pane import Pane
from ui.widgets.search_field import SearchField
from ui.widgets.search_row import SearchRow
from ui.widgets.table import Table

_COALESCE_MS = 200
_FILTERS = ("open", "ended", "all")


class AccessPane(Pane):
    """The staff at the left, their access at the right; nobody chosen is everybody."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "accessPane")
        self._query = AccessFilter()
        self._counting, self._listing = Latest(), Latest()
        self._colleagues: dict[str, Colleague] = {}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_COALESCE_MS)
        self._again.timeout.connect(self._refresh)
        self._build()
        self.retranslate()
        context.events.changed.connect(self._on_changed)
        context.rights.changed.connect(self._update_bar)

    def _build(self) -> None:
        theme, samverka = self.context.theme, self.context.samverka
        self._export = ListExport(self.context, "access", self)
        self._export_button = self.header.add_action(icon="file-export", name="accessExport")
        self._export_button.follow(self.context.actions["export"])
        self._search = SearchField(theme, name="accessSearch")
        self._filters = FilterChips(theme, _FILTERS, name="accessFilter")
        self._search_row = SearchRow(theme, self._search, self._filters)
        self.column.addWidget(self._search_row)
        self._staff_model = ColleaguesModel(parent=self)
        self._staff = Table(theme, row_height="customers", name="accessStaff")
        self._staff.setModel(self._staff_model)
        self._staff.setFixedWidth(theme.px(236))
        self._model = AccessListModel(
            samverka.access_review, self.context.background, samverka.clock.now, self
        )
        self._table = Table(theme, row_height="customers", name="accessTable")
        self._table.setModel(self._model)
        self.focus_home = self._table
        body = QHBoxLayout()
        body.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._staff, 1)
        self._everybody = Button(theme, kind="link", name="accessEverybody")
        self._everybody.clicked.connect(self._show_everybody)
        left.addWidget(self._everybody)
        body.addLayout(left)
        body.addWidget(self._table, 1)
        self.column.addLayout(body, 1)
        self._bar = ActionBar(theme, name="access")
        self._join = Button(theme, icon="briefcase", name="accessJoin")
        self._substitute = Button(theme, icon="user-plus", name="accessSubstitute")
        self._leave = Button(theme, icon="door-exit", name="accessLeave")
        for button, key in ((self._join, "join"), (self._substitute, "substitute"), (self._leave, "leave")):
            button.setProperty("screenKey", key)
            button.clicked.connect(self._go)
            self._bar.add_button(button)
        self.column.addWidget(self._bar)
        self._search.searched.connect(self._searched)
        self._search.left_downwards.connect(self._table.setFocus)
        self._filters.chosen.connect(self._filter_chosen)
        self._staff.current_id.connect(self._colleague_chosen)
        self._table.activated_id.connect(self._open)
        self._model.counted.connect(self._counted)

    def retranslate(self) -> None:
        self.header.set_title(self.tr("Tillgång"))
        self._search.set_hint(self.tr("Sök medarbetare, kund eller uppdrag"))
        self._staff.setAccessibleName(self.tr("Medarbetare"))
        self._table.setAccessibleName(self.tr("Tillgång"))
        for key, text in (
            ("open", self.tr("Har tillgång")),
            ("ended", self.tr("Har haft")),
            ("all", self.tr("Alla")),
        ):
            self._filters.set_label(key, text)
        self._everybody.setText(self.tr("Visa alla medarbetare"))
        self._join.setText(self.tr("Välj uppdrag…"))
        self._substitute.setText(self.tr("Lägg till vikarie…"))
        self._leave.setText(self.tr("Medarbetaren slutar…"))
        self._model.language = shown_language()
        for model in (self._model, self._staff_model):
            model.rebuild_columns()
            model.repaint_rows()
        self._update_bar()

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {
            "find": self._search.take_focus,
            "export": self._export.ask,
            "copy": self._table.copy_selection,
        }

    def open_with(self, **arguments: Any) -> None:
        """`staff_id`: the colleague to show."""
        staff_id = str(arguments.get("staff_id", ""))
        if staff_id and not self._staff.select_id(staff_id):
            self._query = replace(self._query, staff_id=staff_id)
            self._ask()

    def shown(self) -> None:
        self._ask()
        self._ask_staff()
        self._staff.setFocus()

    # Asking

    def _ask(self) -> None:
        self._model.show(self._query)
        self._ask_counts()

    @Slot()
    def _refresh(self) -> None:
        self._model.refresh()
        self._ask_counts()
        self._ask_staff()

    def _ask_counts(self) -> None:
        use_case, query = self.context.samverka.access_review, self._query
        self.context.background.run(lambda: use_case.count(query), self._counts_came, latest=self._counting)

    def _ask_staff(self) -> None:
        use_case = self.context.samverka.staffing
        self.context.background.run(use_case.list_colleagues, self._staff_came, latest=self._listing)

    @Slot(object)
    def _counts_came(self, counts: dict[str, int]) -> None:
        self._filters.set_counts(counts)
        self._search_row.arrange()

    @Slot(object)
    def _staff_came(self, found: Sequence[Colleague]) -> None:
        self._colleagues = {one.id: one for one in found}
        self._staff_model.set_rows(found)
        working = sum(1 for one in found if one.state != "left")
        self.header.set_subtitle(self.tr("%n medarbetare", "", working))
        self._update_bar()

    @Slot(int)
    def _counted(self, total: int) -> None:
        self.context.show_side(self.tr("%1 rader").replace("%1", number_text(total)))

    # Intents

    @Slot()
    def _update_bar(self) -> None:
        chosen = self._colleagues.get(self._query.staff_id or "")
        reason = "" if chosen is not None else self.tr("Välj en medarbetare först.")
        if chosen is not None and chosen.state == "left":
            reason = self.tr("Medarbetaren har slutat.")
        self._bar.say(chosen.name if chosen is not None else self.tr("Välj en medarbetare"))
        for button in (self._join, self._substitute):
            button.set_blocked(reason)
        self._leave.set_blocked(reason or self.context.rights.why_not("staff"))
        self._everybody.setVisible(self._query.staff_id is not None)

    @Slot(str)
    def _colleague_chosen(self, staff_id: str) -> None:
        self._query = replace(self._query, staff_id=staff_id or None)
        self._update_bar()
        self._ask()

    @Slot()
    def _show_everybody(self) -> None:
        self._staff.clearSelection()
        self._staff.setCurrentIndex(self._staff_model.index(-1, -1))
        self._colleague_chosen("")

    @Slot()
    def _go(self) -> None:
        self.context.navigate(str(self.sender().property("screenKey")), staff_id=self._query.staff_id or "")

    @Slot(str)
    def _open(self, row_id: str) -> None:
        row = self._model.row_at(self._model.position_of(row_id))
        if row is not None and row.customer_id:
            self.context.navigate("customer", customer_id=row.customer_id)

    @Slot(str)
    def _searched(self, text: str) -> None:
        self._query = replace(self._query, search=text)
        self._ask()

    @Slot(str)
    def _filter_chosen(self, key: str) -> None:
        self._query = replace(self._query, state=key)
        self._ask()

    @Slot(object)
    def _on_changed(self, event: object) -> None:
        concerns = getattr(event, "concerns_type", None)
        told = concerns is not None and concerns("access", "staff", "participation", "collaboration")
        if told and self.isVisible():
            self._again.start()


def create_pane(context: ScreenContext) -> QWidget:
    """The screen *Tillgång*."""
    return AccessPane(context)
