"""Before many are linked at once: the list of what will be linked, all ticked, one line of reason each."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.usecases.reconciliation_values import QueueRow
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.cells import Cell, Column
from ui.widgets.list_model import RowsModel
from ui.widgets.table import Table
from ui.widgets.texts import label


class ReviewModel(RowsModel[QueueRow]):
    """The certain suggestions, to be ticked."""

    def __init__(self, product: Callable[[QueueRow], str], parent: QObject) -> None:
        self._product = product
        super().__init__(tickable=True, parent=parent)

    def columns(self) -> list[Column]:
        return [
            Column(key="company", title=self.tr("Samarbete"), width=260, stretch=True, sortable=False),
            Column(key="customer", title=self.tr("Kopplas till"), width=260, stretch=True, sortable=False),
            Column(key="why", title=self.tr("Varför"), width=230, sortable=False),
        ]

    def row_id(self, row: QueueRow) -> str:
        return row.id

    def cell(self, row: QueueRow, key: str) -> Cell:
        if key == "company":
            second = f"{row.company_number} · {self._product(row)}"
            return Cell(text=row.company_name, second=second, strong=True)
        if key == "customer":
            return Cell(text=row.best_name, second=f"{row.best_number} · {row.best_engagement}", strong=True)
        return Cell(
            text=self.tr("Samma org.nr"),
            second=self.tr("ett enda uppdrag som passar"),
            kind="ok",
            icon="check",
        )

    def sentence(self, row: QueueRow) -> str:
        text = self.tr("%1 kopplas till %2, %3.")
        return (
            text.replace("%1", row.company_name)
            .replace("%2", row.best_name)
            .replace("%3", row.best_engagement)
        )


class ReviewDialog(QDialog):
    """Emits `reviewed(ids)` with what is ticked when it is accepted."""

    reviewed = Signal(list)

    def __init__(
        self, theme: Theme, rows: Sequence[QueueRow], product: Callable[[QueueRow], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reviewDialog")
        self.setWindowTitle(self.tr("Granska säkra förslag"))
        self.resize(theme.px(860), theme.px(560))
        self._model = ReviewModel(product, self)
        self._model.set_rows(rows)
        self._model.set_ticked(row.id for row in rows)
        self._model.ticks_changed.connect(self._count)
        table = Table(theme, row_height="queue", name="reviewTable")
        table.setModel(self._model)
        table.setAccessibleName(self.tr("Säkra förslag"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Granska och koppla"), "wizard"))
        said = label(
            self.tr(
                "Ta bort bocken för dem som du vill titta närmare på. Medarbetarna på uppdraget får tillgång."
            ),
            "body",
            wrap=True,
        )
        column.addWidget(said)
        column.addWidget(table, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        cancel = Button(theme, self.tr("Avbryt"), name="reviewCancel")
        cancel.clicked.connect(self.reject)
        self._accept = Button(theme, kind="primary", icon="link", name="reviewAccept")
        self._accept.clicked.connect(self._accepted)
        buttons.addWidget(cancel)
        buttons.addWidget(self._accept)
        column.addLayout(buttons)
        table.setFocus()
        self._count(len(rows))

    def _accepted(self) -> None:
        ticked = self._model.ticked
        self.reviewed.emit([row.id for row in self._model.rows if row.id in ticked])
        self.accept()

    def _count(self, count: int) -> None:
        self._accept.setText(self.tr("Koppla %1").replace("%1", str(count)))
        self._accept.set_blocked("" if count else self.tr("Bocka för minst en rad."))
