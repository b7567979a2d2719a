"""A reviewable list before something is done to many: all ticked, what it changes, and one result per row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.formats import number_text
from ui.meter import Meter
from ui.widgets.buttons import Button
from ui.widgets.cells import Cell, Column
from ui.widgets.dialogs import cancel_text
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.info_bar import InfoBar
from ui.widgets.list_model import RowsModel
from ui.widgets.results import Outcome, ResultList
from ui.widgets.table import Table
from ui.widgets.texts import label

if TYPE_CHECKING:
    from ui.screens import ScreenContext

_FOLLOW_MS = 400
_FIELD_ROLES = (QFormLayout.ItemRole.FieldRole, QFormLayout.ItemRole.SpanningRole)


@dataclass(frozen=True, slots=True)
class PlainRow:
    """One row: an id, and a cell for each column."""

    id: str
    cells: tuple[Cell, ...]


class PlainRowsModel(RowsModel[PlainRow]):
    """Rows whose cells are made already, in the order of the columns that were set."""

    def __init__(self, parent: QWidget) -> None:
        self._given: list[Column] = []
        super().__init__(tickable=True, parent=parent)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Say what the cells are."""
        self._given = list(columns)
        self.rebuild_columns()

    def columns(self) -> list[Column]:
        return list(self._given)

    def row_id(self, row: PlainRow) -> str:
        return row.id

    def cell(self, row: PlainRow, key: str) -> Cell:
        at = next((place for place, column in enumerate(self._given) if column.key == key), -1)
        return row.cells[at] if 0 <= at < len(row.cells) else Cell()

    def sentence(self, row: PlainRow) -> str:
        return ", ".join(spoken for cell in row.cells if (spoken := cell.spoken())) + "."


class BulkDialog(QDialog):
    """Subclasses fill `form`, call `set_rows`, and implement `carry_out`.

    `name` begins the objectNames: `…Table`, `…Accept`, `…Summary`, `…Results`.
    """

    def __init__(self, context: "ScreenContext", name: str) -> None:
        super().__init__()
        self.context = context
        self._name = name
        self._seen: set[str] = set()
        self.meter = Meter()
        self._follow = QTimer(self)
        self._follow.setInterval(_FOLLOW_MS)
        self._follow.timeout.connect(self._show_progress)
        theme = context.theme
        self.setObjectName(f"{name}Dialog")
        self.resize(theme.px(860), theme.px(640))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self.title = label("", "wizard", name=f"{name}Title", wrap=True)
        self.about = label("", "body", name=f"{name}About", wrap=True)
        self.bar = InfoBar(theme, "wait", name=f"{name}Bar")
        self.bar.hide()
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(8)
        self.model = PlainRowsModel(self)
        self.table = Table(theme, row_height="queue", name=f"{name}Table")
        self.table.setModel(self.model)
        self._empty = EmptyState(theme, name=f"{name}Empty")
        self._list_or_empty = QStackedWidget()
        self._list_or_empty.addWidget(self.table)
        self._list_or_empty.addWidget(self._empty)
        self.summary = label("", "secondary", name=f"{name}Summary", wrap=True)
        self.extra = QVBoxLayout()
        self.yes = Button(theme, kind="primary", name=f"{name}Accept")
        self.yes.clicked.connect(self._accepted)
        self.yes.setDefault(True)
        no = Button(theme, cancel_text(), name=f"{name}Cancel")
        no.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self._why = label("", "secondary", name=f"{name}Why", wrap=True)
        buttons.addWidget(self._why, 1)
        buttons.addWidget(no)
        buttons.addWidget(self.yes)
        for widget in (self.title, self.about, self.bar):
            column.addWidget(widget)
        column.addLayout(self.form)
        column.addWidget(self._list_or_empty, 1)
        column.addWidget(self.summary)
        column.addLayout(self.extra)
        column.addLayout(buttons)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self._build_results())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.model.ticks_changed.connect(self.update_accept)
        self.yes.set_blocked(self.tr("Hämtar …"))

    def showEvent(self, event: QShowEvent) -> None:
        """Work begins at the first thing to choose, and Tab goes on as the eye does, to the list under it.

        What a subclass adds to the form comes later than the list: without this Qt begins there.
        """
        super().showEvent(event)
        rows = range(self.form.rowCount())
        items = (self.form.itemAt(row, role) for row in rows for role in _FIELD_ROLES)
        fields = [found for item in items if item is not None and (found := item.widget()) is not None]
        for before, after in pairwise([*fields, self.table]):
            QWidget.setTabOrder(before, after)
        if fields and self.focusWidget() not in fields:
            fields[0].setFocus()

    def set_title(self, title: str, about: str = "") -> None:
        """Say what the dialog is for."""
        self.setWindowTitle(title)
        self.title.setText(title)
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self.table.setAccessibleName(title)

    def set_rows(self, rows: Sequence[PlainRow], *, ticked: bool = True) -> None:
        """Show these; new ones are ticked unless told otherwise, and what a person has unticked stays so."""
        new = {row.id for row in rows} - self._seen
        self._seen |= new
        self.model.set_rows(rows)
        if ticked:
            self.model.set_ticked(set(self.model.ticked) | new)
        if not rows:
            self._empty.say(*self.emptiness())
        self._list_or_empty.setCurrentWidget(self.table if rows else self._empty)
        self.update_accept()

    def emptiness(self) -> tuple[Emptiness, str, str]:
        """Why there are no rows: the kind, a heading and a line."""
        return Emptiness.ALL_DONE, self.tr("Det finns inget att göra här"), ""

    def ticked_ids(self) -> list[str]:
        """Ids of the ticked rows in the order shown."""
        ids = (self.model.id_at(at) for at in range(self.model.rowCount()))
        return [id_ for id_ in ids if id_ in self.model.ticked]

    def reason(self) -> str:
        """Why it cannot be done now; "" where it can."""
        return "" if self.ticked_ids() else self.tr("Välj minst en rad.")

    def carry_out(self) -> None:
        """Do it, and call `show_outcomes` when the results have come."""
        raise NotImplementedError

    @Slot()
    def update_accept(self, *_arguments: object) -> None:
        """Enable the button, or say why not."""
        reason = self.reason()
        self.yes.set_blocked(reason)
        self._why.setText(reason)

    def show_outcomes(self, outcomes: Sequence[Outcome], done_text: str) -> None:
        """All went well: say so and close; otherwise list one result per row."""
        self._follow.stop()
        failed = sum(1 for one in outcomes if not one.is_done)
        if not failed:
            self.context.toast(done_text)
            self.accept()
            return
        parts = []
        if len(outcomes) > failed:
            parts.append(self.tr("%n klara", "", len(outcomes) - failed))
        parts.append(self.tr("%n gick inte", "", failed))
        self._result_title.setText(", ".join(parts))
        self.results.show_outcomes(outcomes)
        self._stack.setCurrentIndex(1)
        self._close.setDefault(True)
        self._close.setFocus()

    def failed(self, error: BaseException) -> None:
        """Show the error and let the person try again."""
        self._follow.stop()
        self.context.show_error(error)
        self.update_accept()

    @Slot()
    def _accepted(self) -> None:
        if self.yes.isEnabled():
            self.yes.set_blocked(self.tr("Sparas …"))
            self.meter = Meter()
            self._follow.start()
            self.carry_out()

    @Slot()
    def _show_progress(self) -> None:
        """How far it has come, once it has taken a while."""
        if self.meter.total:
            said = self.tr("Sparar %1 av %2 …").replace("%1", number_text(self.meter.done))
            self._why.setText(said.replace("%2", number_text(self.meter.total)))

    def _build_results(self) -> QWidget:
        theme = self.context.theme
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self._result_title = label("", "wizard", name=f"{self._name}ResultTitle", wrap=True)
        said = label(self.tr("De som inte gick är oförändrade. Här står varför."), "body", wrap=True)
        self.results = ResultList(theme, name=f"{self._name}Results")
        self._close = Button(theme, self.tr("Stäng"), kind="primary", name=f"{self._name}Close")
        self._close.clicked.connect(self.accept)
        column.addWidget(self._result_title)
        column.addWidget(said)
        column.addWidget(self.results, 1)
        column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        return page
