"""Collaborations as cells."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.usecases.collaborations import CollaborationLine, Collaborations
from ui.background import Background
from ui.service_names import short_name
from ui.widgets.cells import Cell, Chip, Column
from ui.widgets.service_chips import MISSING_ENGAGEMENT, UNLINKED, state_words, translate_state, word_chip
from ui.widgets.windowed_model import WindowedModel


class CollaborationListModel(WindowedModel[CollaborationLine]):
    """`language` decides the services' names; `variants` their labels by (service, code).

    `sentence_of` gives the sentence of a code, for what the vendor refused.
    """

    def __init__(
        self,
        source: Collaborations,
        background: Background,
        sentence_of: Callable[[str], str],
        parent: QObject,
    ) -> None:
        self.language = "sv"
        self.sentence_of = sentence_of
        self.variants: dict[tuple[str, str], str] = {}
        super().__init__(source, background, tickable=True, parent=parent)
        self.sort_key = "name"

    def columns(self) -> list[Column]:
        return [
            Column(key="name", title=self.tr("Kund"), width=236, stretch=True, min_width=190),
            Column(key="service", title=self.tr("Tjänst"), width=150, min_width=130),
            Column(key="state", title=self.tr("Läge"), width=190),
            Column(
                key="engagement", title=self.tr("Uppdrag"), width=210, stretch=True, min_width=140, priority=1
            ),
            Column(key="owner", title=self.tr("Uppdragsansvarig"), width=140, sortable=False, priority=5),
            Column(key="manager", title=self.tr("Kundansvarig"), width=140, sortable=False, priority=6),
            Column(key="payer", title=self.tr("Fakturamottagare"), width=130, sortable=False, priority=3),
            Column(key="period", title=self.tr("Avtalsperiod"), width=100, sortable=False, priority=4),
            Column(key="started", title=self.tr("Startat"), width=100, priority=2),
        ]

    def row_id(self, row: CollaborationLine) -> str:
        return row.id

    def cell(self, row: CollaborationLine, key: str) -> Cell:
        match key:
            case "name":
                return Cell(text=row.name or self.tr("(namn saknas)"), second=row.identity, strong=True)
            case "service":
                return self._service(row)
            case "state":
                return Cell(chips=self._chips(row))
            case "engagement":
                if row.engagement:
                    return Cell(text=row.engagement)
                return Cell(
                    text=translate_state(MISSING_ENGAGEMENT if row.customer_id else UNLINKED), muted=True
                )
            case "owner":
                return Cell(text=row.owner)
            case "manager":
                return Cell(text=row.manager)
            case "payer":
                words = {"firm": self.tr("Byrån"), "customer": self.tr("Kunden")}
                return Cell(text=words.get(row.payer, row.payer))
            case "period":
                months = row.period_months
                return Cell(text=self.tr("%n månader", "", months) if months else "")
            case "started":
                return Cell(text=row.started_on or "", muted=True)
        return Cell()

    def sentence(self, row: CollaborationLine) -> str:
        service = self._service(row)
        state = state_words(row.state, row.ends_on or "", row.mark)
        place = self.cell(row, "engagement").text
        problem = self.sentence_of(row.problem).partition("\n")[0] if row.problem else ""
        parts = (self.cell(row, "name").text, service.text, service.second, state, place, problem)
        return ", ".join(part for part in parts if part).removesuffix(".") + "."

    def _service(self, row: CollaborationLine) -> Cell:
        if row.service is None:
            return Cell(text=self.tr("Okänd tjänst"), second=row.source_product, muted=True)
        variant = self.variants.get((row.service, row.variant), row.variant)
        return Cell(text=short_name(row.service, self.language), second=variant)

    def _chips(self, row: CollaborationLine) -> tuple[Chip, ...]:
        state = word_chip(row.state, mark=row.mark, ends_on=row.ends_on or "")
        if row.problem:
            said = self.sentence_of(row.problem).replace("\n", " ")
            return (state, Chip(self.tr("Gick inte"), "bad", "alert-circle-filled", said))
        if not row.is_unlinked or row.customer_id is not None:
            return (state,)
        return (state, Chip(translate_state(UNLINKED), "none", "unlink"))
