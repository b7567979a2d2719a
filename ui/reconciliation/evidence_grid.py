"""Why a candidate has its points: field by field, with what differs marked in the text."""

import html
import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from app.domain.contact_details import format_phone
from app.usecases.reconciliation_values import EvidenceRow
from ui import assets
from ui.reconciliation.wording import FIELDS, LEVELS, word
from ui.theme import Theme
from ui.widgets.texts import label, plain_tooltip, set_tone

_MARKS = {"equal": ("check", "ok"), "similar": ("arrows-exchange", "wait"), "against": ("x", "none")}
_BREAKS = re.compile(r"(@|(?<=\w)[.-](?=\w))")
"""Where an address may be broken over two lines: an invisible space is put after these."""
_MOST_NAME = 76
"""A field's name is broken over two lines beyond this: a narrow card needs the room for what is compared."""
_POINT_TONES = {"equal": "ok", "similar": "wait"}


class EvidenceGrid(QWidget):
    """A row per field: mark, name, at the vendor, at the firm, points."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("evidence")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnStretch(3, 1)

    def show_rows(self, rows: Sequence[EvidenceRow]) -> None:
        """Replace what is shown by these rows."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        heads = ("", "", self.tr("Hos Visma"), self.tr("I byråns register"), self.tr("Poäng"))
        for column, text in enumerate(heads):
            head = label(text, "column", wrap=column in (2, 3))
            head.setProperty("muted", "true")
            if column in (2, 3):
                head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            side = Qt.AlignmentFlag.AlignRight if column == 4 else Qt.AlignmentFlag.AlignLeft
            if column in (2, 3):
                self._grid.addWidget(head, 0, column)
            else:
                self._grid.addWidget(head, 0, column, side)
        for at, row in enumerate(rows, start=1):
            self._add(at, row)

    def _add(self, at: int, row: EvidenceRow) -> None:
        icon, tone = _MARKS.get(row.level, ("", "none"))
        mark = QLabel()
        mark.setFixedWidth(16)
        if icon:
            colour = self._theme.tokens.tone(tone).text
            mark.setPixmap(assets.pixmap(icon, colour, 14, self.devicePixelRatioF()))
        level = word(LEVELS, row.level)
        mark.setToolTip(level)
        mark.setAccessibleName(level)
        name = label(word(FIELDS, row.field), "strong_secondary", wrap=True)
        whole = name.fontMetrics().horizontalAdvance(name.text()) + 2
        name.setFixedWidth(min(whole, self._theme.px(_MOST_NAME)))
        points = label(f"{row.points:+d}".replace("-", "−") if row.points else "±0", "strong_secondary")
        set_tone(points, _POINT_TONES.get(row.level, "none") if row.points > 0 else "none")
        if row.field == "phone":
            sides = tuple(_marked(format_phone(number), ()) for number in (row.left, row.right))
        else:
            sides = (_marked(row.left, row.left_spans), _marked(row.right, row.right_spans))
        self._grid.addWidget(mark, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(name, at, 1, Qt.AlignmentFlag.AlignTop)
        for column, text in enumerate(sides, start=2):
            shown = label("", "body", wrap=True)
            shown.setTextFormat(Qt.TextFormat.RichText)
            shown.setText(text)
            shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            shown.setProperty("muted", "" if row.points or row.level == "equal" else "true")
            if row.field == "email":
                # With invisible spaces in it, it must not be copied; the whole of it is in the tooltip.
                shown.setText(_BREAKS.sub(r"\1&#8203;", text))
                shown.setToolTip(plain_tooltip(row.left if column == 2 else row.right))
            else:
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(shown, at, column, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(points, at, 4, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    if not text:
        return "–"
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts.append(html.escape(text[at:start]))
        parts.append(f"<b><u>{html.escape(text[start:end])}</u></b>")
        at = end
    parts.append(html.escape(text[at:]))
    return "".join(parts)
