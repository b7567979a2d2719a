"""Before many are linked at once: the list of what will be linked, all ticked, one line of reason each."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.usecases.reconciliation_values import QueueQuery, QueueRow
from ui.background import Background
from ui.formats import number_text, with_figure
from ui.reconciliation.list_model import QueueModel
from ui.reconciliation.review_access import ReviewAccess
from ui.reconciliation.wording import BAND_KINDS, BANDS, word
from ui.screens import ScreenContext
from ui.widgets.buttons import Button
from ui.widgets.cells import Cell, Column
from ui.widgets.table import Table
from ui.widgets.texts import label
from ui.widgets.windowed_model import RowSource


class ReviewModel(QueueModel):
    """What would be linked, to be ticked: fetched as it is scrolled, whatever its length."""

    def __init__(
        self, source: RowSource[QueueRow], background: Background, language: str, parent: QObject
    ) -> None:
        super().__init__(source, background, language, parent)

    def columns(self) -> list[Column]:
        company, customer, why = self.tr("Samarbete"), self.tr("Kopplas till"), self.tr("Varför")
        return [
            Column(key="company", title=company, width=260, stretch=True, sortable=False),
            Column(key="customer", title=customer, width=250, stretch=True, sortable=False),
            Column(key="why", title=why, width=290, stretch=True, sortable=False),
        ]

    def cell(self, row: QueueRow, key: str) -> Cell:
        if key == "company":
            return super().cell(row, key)
        if key == "customer":
            return Cell(text=row.best_name, second=f"{row.best_number} · {row.place}", strong=True)
        certain = row.band == "certain"
        return Cell(
            text=self.why(row),
            second=word(BANDS, row.band) if not certain else self.tr("ett enda uppdrag som passar"),
            kind=BAND_KINDS.get(row.band, "none"),
            icon="check" if certain else "",
        )

    def sentence(self, row: QueueRow) -> str:
        text = self.tr("%1 kopplas till %2, %3. %4.")
        return (
            text.replace("%1", row.company_name)
            .replace("%2", row.best_name)
            .replace("%3", row.place)
            .replace("%4", self.why(row))
        )


class ReviewDialog(QDialog):
    """Emits `reviewed(handle → customer)` with what is ticked when it is accepted.

    `bests` are the customers as they were when the dialog was opened: what has changed since is left.
    `without` is how many of the ticked rows are not in the list: no clear suggestion, or something to choose.
    """

    reviewed = Signal(object)

    def __init__(
        self,
        context: ScreenContext,
        query: QueueQuery,
        bests: Mapping[int, str],
        language: str,
        parent: QWidget,
        *,
        without: int = 0,
    ) -> None:
        super().__init__(parent)
        theme = context.theme
        self.setObjectName("reviewDialog")
        self.setWindowTitle(self.tr("Granska och koppla"))
        self.resize(theme.px(980), theme.px(580))
        self._bests = dict(bests)
        self._model = ReviewModel(context.samverka.reconciliation.queue, context.background, language, self)
        self._model.set_ticked(self._bests)
        self._model.ticks_changed.connect(self._count)
        self._access = ReviewAccess(context, self._bests, lambda: self._model.ticked, self)
        self._model.ticks_changed.connect(self._access.ask_soon)
        self._table = Table(theme, row_height="queue", name="reviewTable")
        self._table.setModel(self._model)
        self._table.setAccessibleName(self.tr("Det som kopplas"))
        self._model.painted.connect(self._list_came)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Granska och koppla"), "wizard"))
        said = self.tr(
            "Ta bort bocken för dem som du vill titta närmare på (mellanslag). Allt kan ångras på en gång"
            " eller rad för rad."
        )
        column.addWidget(label(said, "body", wrap=True))
        if without:
            text = self.tr(
                "%n av de markerade är inte med och avgörs en i taget: förslaget är inte tydligt, eller så"
                " återstår det att välja tjänst eller uppdrag.",
                "",
                without,
            )
            column.addWidget(label(with_figure(text, without), "body", name="reviewWithout", wrap=True))
        column.addWidget(self._table, 1)
        column.addWidget(self._access.label)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self._ticked = label("", "secondary", name="reviewTicked")
        buttons.addWidget(self._ticked)
        buttons.addStretch(1)
        cancel = Button(theme, self.tr("Avbryt"), name="reviewCancel")
        cancel.clicked.connect(self.reject)
        self._accept = Button(theme, kind="primary", icon="link", name="reviewAccept")
        self._accept.clicked.connect(self._accepted)
        self._accept.setDefault(True)
        buttons.addWidget(cancel)
        buttons.addWidget(self._accept)
        column.addLayout(buttons)
        self._table.setFocus()
        self._model.show(query)
        self._count(len(self._bests))

    @Slot()
    def _list_came(self) -> None:
        if not self._table.currentIndex().isValid() and self._model.rowCount():
            self._table.selectRow(0)
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self, result: int) -> None:
        self._access.stop()
        super().done(result)

    def _accepted(self) -> None:
        ticked = self._model.ticked
        self.reviewed.emit({handle: best for handle, best in self._bests.items() if handle in ticked})
        self.accept()

    @Slot(int)
    def _count(self, count: int) -> None:
        self._accept.setText(self.tr("Koppla %1").replace("%1", number_text(count)))
        self._accept.set_blocked("" if count else self.tr("Bocka för minst en rad."))
        text = self.tr("%1 av %2 förbockade")
        text = text.replace("%1", number_text(count)).replace("%2", number_text(len(self._bests)))
        self._ticked.setText(text)
