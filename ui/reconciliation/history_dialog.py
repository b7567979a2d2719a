"""Decisions about links: what, who and when."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.usecases.reconciliation_values import HistoryRow
from ui.formats import moment_text
from ui.reconciliation.wording import DECISIONS, NONE_REASONS, word
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.cells import Cell, Column
from ui.widgets.list_model import RowsModel
from ui.widgets.table import Table
from ui.widgets.texts import label


class HistoryModel(RowsModel[HistoryRow]):
    """One row a decision, newest first."""

    def columns(self) -> list[Column]:
        return [
            Column(key="at", title=self.tr("När"), width=140, sortable=False),
            Column(key="by", title=self.tr("Vem"), width=140, sortable=False),
            Column(key="what", title=self.tr("Beslut"), width=170, sortable=False),
            Column(key="company", title=self.tr("Samarbete"), width=220, stretch=True, sortable=False),
            Column(key="customer", title=self.tr("Kund"), width=200, stretch=True, sortable=False),
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
        return Cell(text=row.company if key == "company" else row.customer)

    def sentence(self, row: HistoryRow) -> str:
        return ", ".join(self.cell(row, key).text for key in ("at", "by", "what", "company", "customer"))


class HistoryDialog(QDialog):
    """Read only."""

    def __init__(self, theme: Theme, rows: Sequence[HistoryRow], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("historyDialog")
        self.setWindowTitle(self.tr("Historik"))
        self.resize(theme.px(900), theme.px(520))
        model = HistoryModel(parent=self)
        model.set_rows(rows)
        table = Table(theme, row_height="compact", name="historyTable")
        table.setModel(model)
        table.setAccessibleName(self.tr("Beslut om kopplingar"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Beslut om kopplingar"), "wizard"))
        if not rows:
            column.addWidget(label(self.tr("Inga beslut ännu."), "body"))
        column.addWidget(table, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = Button(theme, self.tr("Stäng"), kind="primary", name="historyClose")
        close.clicked.connect(self.accept)
        row.addWidget(close)
        column.addLayout(row)
