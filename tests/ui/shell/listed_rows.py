"""Rows for the tests of lists: in memory, and by windows from a source that counts what it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ui.widgets.cells import Cell, Chip, Column
from ui.widgets.list_model import RowsModel
from ui.widgets.windowed_model import WindowedModel


@dataclass(frozen=True)
class ListedRow:
    id: str
    name: str
    number: str = "556036-0793"


class _Listed:
    """What both models say of a row."""

    def columns(self) -> list[Column]:
        return [Column(key="name", title="Kund", stretch=True), Column(key="number", title="Org.nr")]

    def cell(self, row: ListedRow, key: str) -> Cell:
        if key == "number":
            return Cell(chips=(Chip("Scanner", "ok", hint="Scanner: aktivt"),), copy=row.number)
        return Cell(text=row.name, second=row.number)

    def row_id(self, row: ListedRow) -> str:
        return row.id


class ListedRows(_Listed, RowsModel[ListedRow]):
    def sentence(self, row: ListedRow) -> str:
        return f"{row.name} är en kund."


class WindowedRows(_Listed, WindowedModel[ListedRow]):
    def sentence(self, row: ListedRow) -> str:
        return row.name


class RowSource:
    def __init__(self, count: int) -> None:
        self.all = [f"id{number}" for number in range(count)]
        self.names: dict[str, str] = {}
        self.asked_rows = 0

    def list_keys(self, _query: Any, limit: int | None = None) -> Sequence[str]:
        return self.all[:limit]

    def list_rows(self, ids: Sequence[str]) -> Sequence[ListedRow]:
        self.asked_rows += len(ids)
        return [ListedRow(i, self.names.get(i, f"Kund {i}")) for i in ids]
