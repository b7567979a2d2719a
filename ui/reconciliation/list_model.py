"""The queue of unlinked collaborations as cells."""

from PySide6.QtCore import QObject

from app.catalogue import Catalogue
from app.usecases.reconciliation_values import QueueRow
from ui.reconciliation.wording import BAND_KINDS, BANDS, DECISIONS, SOURCES, word
from ui.widgets.cells import Cell, Column, Meter
from ui.widgets.list_model import RowsModel


class QueueModel(RowsModel[QueueRow]):
    """Company at the vendor, best suggestion, how sure it is."""

    def __init__(self, catalogue: Catalogue, language: str, parent: QObject | None = None) -> None:
        self._catalogue = catalogue
        self.language = language
        super().__init__(parent=parent)

    def columns(self) -> list[Column]:
        company, best, band = (
            self.tr("Samarbete hos Visma"),
            self.tr("Bästa förslag"),
            self.tr("Träff"),
        )
        return [
            Column(key="company", title=company, width=250, stretch=True, min_width=150, sortable=False),
            Column(
                key="best", title=best, width=230, stretch=True, min_width=150, sortable=False, priority=1
            ),
            Column(key="band", title=band, width=124, sortable=False),
        ]

    def row_id(self, row: QueueRow) -> str:
        return row.id

    def cell(self, row: QueueRow, key: str) -> Cell:
        if key == "company":
            number = row.company_number or self.tr("org.nr saknas")
            return Cell(
                text=row.company_name or self.tr("(namn saknas)"),
                second=f"{number} · {self.product(row)}",
                strong=True,
                copy=f"{row.company_name} {row.company_number}".strip(),
            )
        if key == "best":
            return self._best(row)
        if row.decision is not None:
            return Cell(text=word(DECISIONS, row.decision.decision), second=row.decision.by, muted=True)
        if row.band == "none":
            return Cell(text=word(BANDS, row.band), muted=True)
        return Cell(
            text=word(BANDS, row.band),
            kind=BAND_KINDS.get(row.band, "none"),
            meter=Meter(share=row.score / 100, kind=BAND_KINDS.get(row.band, "none")),
            copy=f"{word(BANDS, row.band)} {row.score}",
        )

    def sentence(self, row: QueueRow) -> str:
        best = self._best(row)
        return (
            self.tr("%1, %2. Förslag: %3, %4. Träff: %5.")
            .replace("%1", row.company_name)
            .replace("%2", self.product(row))
            .replace("%3", best.text)
            .replace("%4", best.second)
            .replace("%5", word(BANDS, row.band))
        )

    def product(self, row: QueueRow) -> str:
        """The service's name where it is known, otherwise what the source system calls it."""
        if row.service:
            return self._catalogue.service(row.service).short.text(self.language)
        return row.source_product or word(SOURCES, row.source)

    def _best(self, row: QueueRow) -> Cell:
        if row.best_name:
            place = row.best_engagement or (
                self.tr("uppdrag saknas") if row.reason == "no_engagement" else self.tr("välj uppdrag")
            )
            return Cell(text=row.best_name, second=f"{row.best_number} · {place}", strong=True)
        if row.alternatives > 1:
            many = self.tr("%1 likvärdiga förslag").replace("%1", str(row.alternatives))
            return Cell(text=many, second=self.tr("Välj i listan till höger"), muted=True)
        if row.alternatives == 1:
            return Cell(text=self.tr("1 svagt förslag"), second=self.tr("Kontrollera till höger"), muted=True)
        return Cell(text=self.tr("Inget förslag"), second=self.tr("Sök kund eller avfärda"), muted=True)
