"""Beside the list: the chosen row with all its reasons, what it would change, and what the file says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from app.usecases.importing import ImportRow
from ui import assets
from ui.exchange.wording import difference_values, field_value, field_words, group_chip, reasons_of
from ui.messages import Messages
from ui.theme import Theme
from ui.widgets.card import KeyValueGrid
from ui.widgets.side_panel import SidePanel
from ui.widgets.texts import label

_FIELDS = (
    "customer_number", "legal_form", "street", "postal_code", "town", "contact", "email", "phone",
    "fiscal_year_end", "office", "vendor_customer_number",
)  # fmt: skip


class RowPanel(SidePanel):
    """`show_row` fills it."""

    def __init__(self, theme: Theme, messages: Messages) -> None:
        super().__init__(theme, width=330, name="importRowPanel")
        self._theme = theme
        self._messages = messages
        self._row: ImportRow | None = None
        self._file = ""
        self.close_button.hide()
        theme.changed.connect(self.show_again)

    def show_row(self, row: ImportRow, file: str) -> None:
        self._row, self._file = row, file
        self.show_again()

    def show_again(self) -> None:
        """Say it anew in the present language and theme."""
        row = self._row
        if row is None:
            return
        self.clear()
        where = self.tr("%1, rad %2").replace("%1", self._file).replace("%2", str(row.row.line))
        title = row.row.name or self.tr("Rad %1").replace("%1", str(row.row.line))
        self.set_heading(title, " · ".join(part for part in (row.row.typed_number, where) if part))
        chip = group_chip(row)
        self._add_sentence(chip.text, chip.icon, chip.kind, strong=True)
        for sentence in reasons_of(self._messages, row.remarks):
            kind, icon = ("bad", "alert-circle-filled") if row.row.invalid else ("wait", "alert-triangle")
            self._add_sentence(sentence, icon, kind)
        if row.differences:
            self.body.addSpacing(4)
            self.body.addWidget(label(self.tr("Det här ändras"), "section"))
            self.body.addWidget(self._differences(row))
        values = [(field_words(name), field_value(name, str(getattr(row.row, name)))) for name in _FIELDS]
        filled = [(name, value) for name, value in values if value]
        if filled:
            self.body.addSpacing(4)
            self.body.addWidget(label(self.tr("I filen"), "section"))
            grid = KeyValueGrid()
            grid.set_pairs(filled)
            self.body.addWidget(grid)
        self.body.addStretch(1)

    def _add_sentence(self, text: str, icon: str, kind: str, *, strong: bool = False) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        mark = QLabel()
        colour = self._theme.tokens.tone(kind).text
        mark.setPixmap(assets.pixmap(icon, colour, 16, self.devicePixelRatioF()))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        said = label(text, "name" if strong else "body", wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(said, 1)
        self.body.addWidget(line)

    def _differences(self, row: ImportRow) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for column, text in enumerate((self.tr("Uppgift"), self.tr("Nu"), self.tr("Efter"))):
            grid.addWidget(label(text, "column"), 0, column)
        for at, difference in enumerate(row.differences, start=1):
            name = field_words(difference.field)
            before, after = difference_values(difference)
            grid.addWidget(label(name, "secondary"), at, 0, Qt.AlignmentFlag.AlignTop)
            for column, (text, role) in enumerate(((before, "body"), (after, "name")), start=1):
                value = label(text, role, wrap=True)
                value.setAccessibleName(f"{name}: {text}")
                grid.addWidget(value, at, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return made
