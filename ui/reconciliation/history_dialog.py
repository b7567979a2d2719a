"""Decisions about links: what, who and when. A link can be changed, and a decision taken up again."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.usecases.reconciliation_values import HistoryRow, Step
from ui.background import Latest
from ui.formats import moment_text
from ui.reconciliation.link_dialog import open_link_dialog
from ui.reconciliation.list_model import product_name
from ui.reconciliation.wording import DECISIONS, NONE_REASONS, word
from ui.screens import ScreenContext
from ui.widgets.buttons import Button
from ui.widgets.cells import Cell, Column
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.list_model import RowsModel
from ui.widgets.search_field import SearchField
from ui.widgets.table import Table
from ui.widgets.texts import label

_AGAIN_MS = 150


class HistoryModel(RowsModel[HistoryRow]):
    """One row a decision, newest first."""

    def __init__(self, language: str, parent: QObject) -> None:
        self._language = language
        super().__init__(parent=parent)

    def columns(self) -> list[Column]:
        return [
            Column(key="at", title=self.tr("När"), width=112, sortable=False),
            Column(key="by", title=self.tr("Vem"), width=130, sortable=False),
            Column(key="what", title=self.tr("Beslut"), width=240, sortable=False),
            Column(key="company", title=self.tr("Samarbete"), width=220, stretch=True, sortable=False),
            Column(key="customer", title=self.tr("Kund"), width=180, stretch=True, sortable=False),
        ]

    def row_id(self, row: HistoryRow) -> str:
        return row.id

    def cell(self, row: HistoryRow, key: str) -> Cell:
        if key == "at":
            return Cell(text=moment_text(row.at, datetime.now(UTC)) if row.at else "–")
        if key == "by":
            return Cell(text=row.by)
        if key == "what":
            what = word(DECISIONS, row.decision)
            if row.is_revoked:
                return Cell(text=self.tr("%1 (ångrat)").replace("%1", what), muted=True)
            return Cell(text=f"{what}: {word(NONE_REASONS, row.reason)}" if row.reason else what)
        if key == "company":
            names = dict.fromkeys(product_name(s, p, "", self._language) for s, p in row.services)
            return Cell(text=row.company, second=", ".join(name for name in names if name), strong=True)
        return Cell(text=row.customer)

    def sentence(self, row: HistoryRow) -> str:
        return ", ".join(self.cell(row, key).spoken() for key in ("at", "by", "what", "company", "customer"))


class HistoryDialog(QDialog):
    """`decided(what, Step)` tells of a link that was moved or removed, `revoke_wanted(ids)` of a decision."""

    decided = Signal(str, object)
    revoke_wanted = Signal(list)

    def __init__(self, context: ScreenContext, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: Sequence[HistoryRow] = ()
        theme = context.theme
        self.setObjectName("historyDialog")
        self.setWindowTitle(self.tr("Historik"))
        self.resize(theme.px(940), theme.px(560))
        self._latest = Latest()
        self._model = HistoryModel(language, self)
        self._table = Table(theme, row_height="queue", name="historyTable")
        self._table.setModel(self._model)
        self._table.setAccessibleName(self.tr("Beslut om kopplingar"))
        self._search = SearchField(theme, name="historySearch")
        self._search.setPlaceholderText(self.tr("Sök företag, kund eller medarbetare"))
        self._search.setAccessibleName(self.tr("Sök företag, kund eller medarbetare"))
        self._empty = EmptyState(theme, name="historyEmpty")
        self._empty.say(
            Emptiness.NOTHING_YET,
            self.tr("Inga beslut"),
            self.tr("Här visas vem som har kopplat eller avfärdat vad, och när."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._change = Button(theme, icon="link", name="historyChange")
        self._change.setText(self.tr("Ändra kopplingen…"))
        self._revoke = Button(theme, icon="arrow-back-up", name="historyRevoke")
        self._revoke.setText(self.tr("Ta upp igen"))
        close = Button(theme, self.tr("Stäng"), kind="primary", name="historyClose")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Beslut om kopplingar"), "wizard"))
        column.addWidget(self._search)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._change)
        row.addWidget(self._revoke)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._ask)
        self._search.searched.connect(self._again.start)
        context.events.changed.connect(self._changed)
        self._table.current_id.connect(self._allow)
        self._table.activated_id.connect(self._change_link)
        self._change.clicked.connect(self._change_link)
        self._revoke.clicked.connect(self._take_up_again)
        close.clicked.connect(self.accept)
        self._allow()
        self._table.setFocus()
        self._ask()

    @Slot()
    def _ask(self) -> None:
        history, text = self._context.samverka.reconciliation.history, self._search.text()
        self._context.background.run(lambda: history.list_history(text), self._show_rows, latest=self._latest)

    @Slot(object)
    def _show_rows(self, rows: tuple[HistoryRow, ...]) -> None:
        current = self._model.id_at(self._table.currentIndex().row())
        self._rows = rows
        self._model.set_rows(rows)
        self._stack.setCurrentWidget(self._table if rows else self._empty)
        if rows and not self._table.select_id(current):
            self._table.selectRow(0)
        self._allow()

    @Slot(object)
    def _changed(self, event: object) -> None:
        concerns = getattr(event, "concerns_type", None)
        if concerns is not None and concerns("collaboration", "link_decision"):
            self._again.start()

    def _current(self) -> HistoryRow | None:
        at = self._table.currentIndex().row()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    @Slot()
    def _allow(self, *_id: str) -> None:
        row = self._current()
        linked = row is not None and bool(row.linked_ids)
        self._change.set_blocked("" if linked else self.tr("Välj ett beslut där kopplingen finns kvar."))
        set_aside = row is not None and row.decision != "linked" and not row.is_revoked
        self._revoke.set_blocked(
            "" if set_aside else self.tr("Välj ett beslut om att inte koppla som gäller fortfarande.")
        )

    @Slot()
    def _change_link(self, *_id: str) -> None:
        row = self._current()
        if row is not None and row.linked_ids:
            open_link_dialog(self._context, row.linked_ids, self, self._was_changed)

    def _was_changed(self, what: str, step: Step) -> None:
        self.decided.emit(what, step)

    @Slot()
    def _take_up_again(self) -> None:
        row = self._current()
        if row is not None:
            self.revoke_wanted.emit(list(row.decision_ids))
