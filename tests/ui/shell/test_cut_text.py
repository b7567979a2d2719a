"""What a list has no room for is told whole to whoever points at it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent, Qt, QTextDocumentFragment
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.cells import Cell, Chip, Column, Meter
from ui.widgets.list_model import RowsModel
from ui.widgets.table import Table
from ui.widgets.texts import ElidedLabel

LONG = "Byggnadsfirman Åke & Öberg i Norra Västerbottens inland <b>AB</b>"
MAIL = "ekonomi@byggnadsfirman-ake-och-oberg-i-norra-vasterbotten.example"


@dataclass(frozen=True)
class _Row:
    """One cell, and what stands beside it in a column that a narrow list folds into it."""

    cell: Cell
    folded: Cell = field(default_factory=Cell)


class _Model(RowsModel[_Row]):
    def columns(self) -> list[Column]:
        return [
            Column(key="cell", title="Kund", width=200, stretch=True, min_width=200),
            Column(key="folded", title="Träff", width=160, priority=1, folds_into="cell"),
        ]

    def cell(self, row: _Row, key: str) -> Cell:
        return row.cell if key == "cell" else row.folded

    def row_id(self, _row: _Row) -> str:
        return "a"

    def sentence(self, _row: _Row) -> str:
        return "En kund."


def hover(qtbot: QtBot, theme: Theme, row: _Row, *, width: int, height: str = "customers") -> str:
    """Point at the first cell and return what the tooltip says, as it is read; "" where there is none."""
    table = Table(theme, row_height=height)
    qtbot.addWidget(table)
    model = _Model(tickable=True, parent=table)
    model.set_rows([row])
    table.setModel(model)
    table.resize(width, 200)
    table.show()
    at = table.visualRect(model.index(0, 1)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, at, table.viewport().mapToGlobal(at))
    if not table.viewportEvent(event):
        return ""
    shown = QToolTip.text()  # Qt's own rule of what it takes as HTML
    return QTextDocumentFragment.fromHtml(shown).toPlainText() if Qt.mightBeRichText(shown) else shown


@pytest.mark.parametrize(
    "cell",
    [
        Cell(text=LONG),
        Cell(text=LONG, second="556036-0793"),
        Cell(text="Åke & Öberg", second=MAIL),
        Cell(text="Byggnadsfirman i Norra Västerbottens inland och en &amp; till", second="556036-0793"),
        Cell(
            text="Löpande bokföring, deklaration och årsbokslut för Åke och alla hans bolag i hela Norrland"
        ),
        Cell(text=LONG, kind="bad", icon="alert-circle"),
        Cell(text=LONG, meter=Meter(share=0.5)),
    ],
)
@pytest.mark.parametrize("height", ["customers", "compact"])
def test_cut_text_is_told_whole_as_it_is_written(qtbot: QtBot, theme: Theme, cell: Cell, height: str) -> None:
    whole = "\n".join(line for line in (cell.text, cell.second) if line)
    assert hover(qtbot, theme, _Row(cell), width=300, height=height) == whole
    assert hover(qtbot, theme, _Row(cell), width=1800, height=height) == ""


def test_a_second_line_that_makes_room_for_a_hidden_column_is_told(qtbot: QtBot, theme: Theme) -> None:
    cell, word = Cell(text="Åke", second="556036-0793 · Scanner"), Cell(text="Inte granskad än", kind="wait")
    assert hover(qtbot, theme, _Row(cell), width=270) == ""
    assert hover(qtbot, theme, _Row(cell, word), width=270) == "Åke\n556036-0793 · Scanner"


def test_hints_and_chips_keep_theirs(qtbot: QtBot, theme: Theme) -> None:
    hinted = Cell(text=LONG, hint="Numret <5> saknas.\nFråga kunden.")
    assert hover(qtbot, theme, _Row(hinted), width=300) == "Numret <5> saknas.\nFråga kunden."
    chips = Cell(chips=(Chip("Scanner", "ok", hint="Scanner: aktivt"), Chip("Lön")))
    assert hover(qtbot, theme, _Row(chips), width=300) == "Scanner: aktivt"


def test_what_is_masked_in_the_list_is_masked_in_its_tooltip(qtbot: QtBot, theme: Theme) -> None:
    cell = Cell(text=LONG, second="850709-••••", copy="850709-9805")
    assert hover(qtbot, theme, _Row(cell), width=300) == f"{LONG}\n850709-••••"


@pytest.mark.parametrize(
    "name", ["<img src='file:///delad/x.png'>Åke AB", "Åke & Öberg", "Åke &lt;Nord&gt; AB"]
)
def test_the_whole_of_a_line_is_told_as_it_is_written(qtbot: QtBot, name: str) -> None:
    line = ElidedLabel(name)
    qtbot.addWidget(line)
    again = ElidedLabel()
    qtbot.addWidget(again)
    again.setToolTip(name)
    for told in (line.toolTip(), again.toolTip()):
        is_html = Qt.mightBeRichText(told)
        assert (QTextDocumentFragment.fromHtml(told).toPlainText() if is_html else told) == name
