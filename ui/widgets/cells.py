"""What a cell of a list is, as a value: the models make it, one delegate paints it.

A builder of a screen writes `cell(row, key) -> Cell` and nothing about painting.
"""

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import Qt

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ID_ROLE = int(Qt.ItemDataRole.UserRole) + 2
TICK_KEY = "tick"


@dataclass(frozen=True, slots=True)
class Chip:
    """A small status: icon, word and colour, in that order of importance.

    `kind` is one of ok, wait, bad, info, none; `hint` is the whole meaning in words, for the tooltip and a
    screen reader ("Visma eEkonomi: väntar på kund").
    """

    text: str
    kind: str = "none"
    icon: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Meter:
    """A band: how much of 0…1 is filled, and its colour. The word is the cell's text."""

    share: float
    kind: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One painted cell.

    `text` alone is one line; with `second` it is the name over a secondary line. `chips` are painted
    instead of text and overflow into "+n". `icon` (a name in resources/icons) is drawn before the text in
    the colour of `kind`. `copy` is what goes on the clipboard where that differs from what is shown.
    """

    text: str = ""
    second: str = ""
    kind: str = ""
    icon: str = ""
    strong: bool = False
    muted: bool = False
    right: bool = False
    chips: tuple[Chip, ...] = ()
    meter: Meter | None = None
    hint: str = ""
    copy: str | None = None

    def spoken(self) -> str:
        """The words of the cell, for a screen reader and as DisplayRole."""
        if self.chips:
            return ", ".join(chip.hint or chip.text for chip in self.chips)
        return f"{self.text}, {self.second}" if self.second else self.text

    def copied(self) -> str:
        """The words of the cell on the clipboard."""
        if self.copy is not None:
            return self.copy
        if self.chips:
            return ", ".join(chip.text for chip in self.chips)
        return self.text


class Column(NamedTuple):
    """A column of a list. `width` in design pixels; one column may `stretch`; `min_width` keeps it
    readable.

    `second_title` heads the cells' second line on the clipboard. Titles are already translated: models give
    new columns when the language changes. `priority` above 0 lets the view hide the column when it is
    narrow, highest first. Where one that `folds_into` another is hidden, its word stands at the end of that
    column's second line: what a row is about keeps the whole width, and nothing is lost.
    """

    key: str
    title: str
    second_title: str = ""
    width: int = 120
    stretch: bool = False
    min_width: int = 60
    sortable: bool = True
    right: bool = False
    priority: int = 0
    folds_into: str = ""


EMPTY_CELL = Cell()
EMPTY_COLUMN = Column(key="", title="")
