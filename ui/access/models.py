"""Staff and their access as cells."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from app.usecases.access_review import AccessReview, AccessRow
from app.usecases.staffing import Colleague
from ui.background import Background
from ui.formats import changed_text
from ui.service_names import short_name
from ui.widgets.cells import Cell, Column
from ui.widgets.list_model import RowsModel
from ui.widgets.windowed_model import WindowedModel


class ColleaguesModel(RowsModel[Colleague]):
    """Who works at the firm, with what hangs on each."""

    def columns(self) -> list[Column]:
        return [
            Column(key="name", title=self.tr("Medarbetare"), width=200, stretch=True, sortable=False),
        ]

    def row_id(self, row: Colleague) -> str:
        return row.id

    def cell(self, row: Colleague, key: str) -> Cell:
        return Cell(text=row.name, second=self._second(row), muted=row.state == "left")

    def sentence(self, row: Colleague) -> str:
        return f"{row.name}, {self._second(row)}."

    def _second(self, row: Colleague) -> str:
        if row.state == "left":
            when = row.left_on.isoformat() if row.left_on else ""
            return self.tr("har slutat %1").replace("%1", when).strip()
        parts = []
        if row.state == "leaving" and row.left_on:
            parts.append(self.tr("slutar %1").replace("%1", row.left_on.isoformat()))
        count = row.owns + row.participates
        if count or not row.manages:
            parts.append(self.tr("%n uppdrag", "", count))
        if row.manages:
            parts.append(self.tr("%n kunder", "", row.manages))
        return " · ".join(parts)


class AccessListModel(WindowedModel[AccessRow]):
    """`language` decides the services' names."""

    def __init__(
        self, source: AccessReview, background: Background, now: Callable[[], datetime], parent: QObject
    ) -> None:
        self.language = "sv"
        self._now = now
        super().__init__(source, background, parent=parent)

    def columns(self) -> list[Column]:
        return [
            Column(key="staff", title=self.tr("Medarbetare"), width=150, sortable=False, priority=2),
            Column(
                key="customer", title=self.tr("Kund"), width=240, stretch=True, min_width=170, sortable=False
            ),
            Column(key="service", title=self.tr("Tjänst"), width=140, sortable=False),
            Column(
                key="why", title=self.tr("Varför"), width=200, stretch=True, min_width=158, sortable=False
            ),
            Column(key="since", title=self.tr("Sedan"), width=100, sortable=False, priority=1),
            Column(key="until", title=self.tr("Till"), width=100, sortable=False, priority=3),
        ]

    def row_id(self, row: AccessRow) -> str:
        return row.id

    def cell(self, row: AccessRow, key: str) -> Cell:
        match key:
            case "staff":
                return Cell(text=row.staff)
            case "customer":
                return Cell(text=row.customer, strong=True)
            case "service":
                return Cell(text=short_name(row.service, self.language) or self.tr("Okänd tjänst"))
            case "why":
                return Cell(text=self._why(row), second=row.engagement)
            case "since":
                return Cell(text=self._day(row.since), muted=True)
            case "until":
                return Cell(text=self._day(row.until), muted=True)
        return Cell()

    def sentence(self, row: AccessRow) -> str:
        parts = [row.staff, row.customer, self.cell(row, "service").text, self._why(row), row.engagement]
        return ", ".join(part for part in parts if part) + "."

    def _why(self, row: AccessRow) -> str:
        words = {
            "owner": self.tr("Uppdragsansvarig"),
            "participant": self.tr("Deltar i uppdraget"),
            "participation": self.tr("Deltog i uppdraget"),
            "vendor": self.tr("Enligt Visma Spcs"),
        }
        return words.get(row.why, row.why)

    def _day(self, text: str) -> str:
        return changed_text(datetime.fromisoformat(text), self._now()) if text else ""
