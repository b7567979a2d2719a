"""The queue of unlinked companies as cells."""

from PySide6.QtCore import QObject

from app.usecases.reconciliation_values import QueueRow
from ui.background import Background
from ui.reconciliation.wording import BAND_KINDS, BANDS, DECISIONS, FIELDS, SOURCES, word
from ui.service_names import short_name
from ui.widgets.cells import Cell, Column, Meter
from ui.widgets.service_chips import mark_words
from ui.widgets.windowed_model import RowSource, WindowedModel

_SHOWN_SERVICES = 3
_SHOWN_FIELDS = 3


class QueueModel(WindowedModel[QueueRow]):
    """Company at the vendor, best suggestion, how sure it is. Keys are the rows' handles."""

    def __init__(
        self,
        source: RowSource[QueueRow] | None,
        background: Background,
        language: str,
        parent: QObject | None = None,
    ) -> None:
        self.language = language
        super().__init__(source, background, tickable=True, parent=parent)

    def columns(self) -> list[Column]:
        company, best, band = (
            self.tr("Samarbete hos Visma"),
            self.tr("Bästa förslag"),
            self.tr("Träff"),
        )
        return [
            # Names of companies are long: where there is little room, they have all of it.
            Column(key="company", title=company, width=250, stretch=True, min_width=220, sortable=False),
            Column(
                key="best", title=best, width=230, stretch=True, min_width=170, sortable=False, priority=1
            ),
            Column(key="band", title=band, width=116, sortable=False, priority=2, folds_into="company"),
        ]

    def row_key(self, row: QueueRow) -> int:
        return row.handle

    def row_id(self, row: QueueRow) -> str:
        return row.id

    def cell(self, row: QueueRow, key: str) -> Cell:
        if key == "company":
            number = row.company_number or self.tr("org.nr saknas")
            return Cell(
                text=row.company_name or self.tr("(namn saknas)"),
                second=f"{number} · {self.products(row)}",
                strong=True,
                hint=self._whole(row, number),
                copy=f"{row.company_name} {row.company_number}".strip(),
            )
        return self._best(row) if key == "best" else self._band(row)

    def sentence(self, row: QueueRow) -> str:
        best = self._best(row)
        return (
            self.tr("%1, %2. Förslag: %3, %4. Träff: %5.")
            .replace("%1", row.company_name or self.tr("(namn saknas)"))
            .replace("%2", self.products(row))
            .replace("%3", best.text)
            .replace("%4", best.second)
            .replace("%5", self._band(row).text)
        )

    def _whole(self, row: QueueRow, number: str) -> str:
        """All that a narrow list cuts off, and what the source calls each product."""
        products = ", ".join(dict.fromkeys(product for _, product in row.products if product))
        return "\n".join(part for part in (row.company_name, number, products or self.products(row)) if part)

    def products(self, row: QueueRow) -> str:
        """The services' names where they are known, otherwise what the source system calls them."""
        names: dict[str, None] = {}
        for service, product in row.products:
            names.setdefault(product_name(service, product, row.source, self.language))
        shown = list(names)[:_SHOWN_SERVICES]
        rest = len(names) - len(shown)
        return ", ".join(shown) + (f" +{rest}" if rest else "")

    def why(self, row: QueueRow) -> str:
        """One line of reason: what agrees."""
        others = [field for field in row.why if field != "vendor_customer_number"]
        fields = [word(FIELDS, field) for field in (others or row.why)[:_SHOWN_FIELDS]]
        if not fields:
            return ""
        fields = [fields[0], *(name if name.isupper() else name[0].lower() + name[1:] for name in fields[1:])]
        if len(fields) == 1:
            return self.tr("%1 stämmer").replace("%1", fields[0])
        listed = self.tr("%1 och %2").replace("%1", ", ".join(fields[:-1])).replace("%2", fields[-1])
        return self.tr("%1 stämmer").replace("%1", listed)

    def _band(self, row: QueueRow) -> Cell:
        if row.decision is not None:
            return Cell(text=word(DECISIONS, row.decision.decision), second=row.decision.by, muted=True)
        if row.view == "failed":
            return Cell(text=word(BANDS, "failed"), kind="bad", icon="alert-circle")
        if row.mark:
            return Cell(text=mark_words(row.mark), kind="info", muted=True)
        if row.band in ("none", ""):
            return Cell(text=word(BANDS, row.band), muted=True)
        kind = BAND_KINDS.get(row.band, "none")
        return Cell(
            text=word(BANDS, row.band),
            kind=kind,
            meter=Meter(share=row.score / 100, kind=kind),
            copy=f"{word(BANDS, row.band)} {row.score}",
        )

    def _best(self, row: QueueRow) -> Cell:
        if row.view == "failed":
            return Cell(text="–", second=self.tr("Försök igen"), muted=True)
        if row.view == "pending":
            return Cell(text=self.tr("Söker efter förslag …"), muted=True)
        if row.best_name:
            place = row.place or (
                self.tr("uppdrag saknas") if row.reason == "no_engagement" else self.tr("välj uppdrag")
            )
            second = f"{row.best_number} · {place}"
            return Cell(text=row.best_name, second=second, strong=True, hint=f"{row.best_name}\n{second}")
        if row.is_missing_engagement:
            return Cell(text=self.tr("Kunden är känd"), second=self.tr("Välj eller skapa uppdrag"))
        if row.alternatives > 1:
            many = self.tr("%1 möjliga kunder").replace("%1", str(row.alternatives))
            return Cell(text=many, second=self.tr("Välj i listan till höger"), muted=True)
        if row.alternatives == 1:
            return Cell(text=self.tr("1 möjlig kund"), second=self.tr("Kontrollera till höger"), muted=True)
        return Cell(
            text=self.tr("Inget förslag"), second=self.tr("Sök, skapa kund eller avfärda"), muted=True
        )


def product_name(service: str | None, product: str, source: str, language: str) -> str:
    """The service's short name where it is known, otherwise the source's product, otherwise the source."""
    if service:
        return short_name(service, language)
    return product or word(SOURCES, source)
