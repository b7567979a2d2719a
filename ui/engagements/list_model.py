"""Engagements as cells."""

from PySide6.QtCore import QObject

from app.catalogue import Catalogue
from app.usecases.engagements import EngagementLine, Engagements
from ui.background import Background
from ui.widgets.cells import Cell, Chip, Column
from ui.widgets.windowed_model import WindowedModel


class EngagementListModel(WindowedModel[EngagementLine]):
    """`language` decides the types' names; `today` (ISO) what is due."""

    def __init__(
        self, source: Engagements, background: Background, catalogue: Catalogue, parent: QObject
    ) -> None:
        self.language = "sv"
        self.today = ""
        self._catalogue = catalogue
        super().__init__(source, background, tickable=True, parent=parent)
        self.sort_key = "name"

    def columns(self) -> list[Column]:
        return [
            Column(key="name", title=self.tr("Kund"), width=260, stretch=True, min_width=200),
            Column(key="title", title=self.tr("Uppdrag"), width=220, stretch=True, min_width=150),
            Column(key="state", title=self.tr("Läge"), width=122, sortable=False),
            Column(key="year", title=self.tr("Räkenskapsårets slut"), width=146, priority=2),
            Column(key="owner", title=self.tr("Uppdragsansvarig"), width=152, sortable=False, priority=1),
            Column(key="collaborations", title=self.tr("Samarbeten"), width=92, sortable=False, priority=3),
        ]

    def row_id(self, row: EngagementLine) -> str:
        return row.id

    def cell(self, row: EngagementLine, key: str) -> Cell:
        match key:
            case "name":
                second = self.tr("arkiverad kund") if row.archived else ""
                return Cell(text=row.customer, second=second, strong=True)
            case "title":
                kind = self._catalogue.engagement_type(row.type).label.text(self.language)
                return Cell(text=row.title, second="" if row.title.startswith(kind) else kind)
            case "state":
                return Cell(chips=(self._state(row),))
            case "year":
                return Cell(text=row.year_ends)
            case "owner":
                if not row.participants:
                    return Cell(text=self.tr("Ingen deltar"), muted=True, icon="user-minus")
                more = row.participants - 1
                return Cell(
                    text=row.owner or self.tr("Ansvarig saknas"),
                    second=self.tr("och %n till", "", more) if more else "",
                    muted=not row.owner,
                )
            case "collaborations":
                return Cell(text=str(row.collaborations) if row.collaborations else "")
        return Cell()

    def sentence(self, row: EngagementLine) -> str:
        parts = [row.customer, row.title, self._state(row).text, row.year_ends, row.owner]
        if row.collaborations:
            parts.append(self.tr("%n samarbeten", "", row.collaborations))
        return ", ".join(part for part in parts if part) + "."

    def _state(self, row: EngagementLine) -> Chip:
        if row.state != "ongoing":
            return Chip(self.tr("Avslutat"), "none", "circle")
        if row.collaborations and row.year_ends and row.year_ends < self.today:
            return Chip(self.tr("Ska rullas"), "wait", "refresh")
        return Chip(self.tr("Pågående"), "ok", "circle-check-filled")
