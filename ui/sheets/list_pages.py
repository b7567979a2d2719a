"""A list on paper, page by page: each page is laid out by itself, so that a list may have any length.

One document with a thousand rows is laid out in calls that last seconds, in which the window cannot even
paint; and Qt cuts rows at the end of a page. Here rows are measured in small lots, and each page gets those
that have room on it. A row that is higher than a page goes on on the next ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPagedPaintDevice,
    QPageLayout,
    QPainter,
    QPalette,
    QTextDocument,
    QTextTable,
)

from ui.sheets.paper import (
    FOOT_POINTS,
    INK,
    Paper,
    document_of,
    paint_foot,
    save_pdf,
    table_html,
    title_html,
)

GOES_ON = "…\u00a0"
"""Before what is left of a text whose beginning is on the page before."""

_LOT = 20
_ENDLESS = 1_000_000.0


@dataclass(frozen=True, slots=True)
class ListPaper:
    """A list with its columns: `widths` in points, `unbroken` places of columns that are never broken."""

    title: str
    below: str
    foot: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    widths: tuple[int, ...]
    unbroken: tuple[int, ...]

    def part(self, rows: Sequence[Sequence[str]], *, is_first: bool) -> Paper:
        """These rows as a paper of their own; the first has the list's name above them."""
        above = title_html(self.title, self.below) if is_first else ""
        table = table_html(self.heads, rows, self.widths, small=True, unbroken=self.unbroken)
        return Paper(title=self.title, body=above + table, foot=self.foot, landscape=True)


def write_list(paper: ListPaper, path: Path, give_way: Callable[[], object] = lambda: None) -> int:
    """Write the list as a PDF, whole or not at all. Returns the number of pages. Raises PaperError.

    `give_way` is called between pages.
    """
    whole = paper.part((), is_first=True)
    return save_pdf(whole, path, lambda device: paint_list(paper, device, give_way))


def paint_list(paper: ListPaper, device: QPagedPaintDevice, give_way: Callable[[], object]) -> int:
    """Paint every page; 0 where the device could not be opened."""
    room = device.pageLayout().paintRect(QPageLayout.Unit.Point)
    size = QSizeF(room.width(), room.height() - FOOT_POINTS)
    pages = list(split(paper, size, give_way))
    whole = paper.part((), is_first=True)
    painter = QPainter()
    if not painter.begin(device):
        return 0
    try:
        scale = device.logicalDpiX() / 72.0
        painter.scale(scale, scale)
        for number, rows in enumerate(pages):
            if number:
                device.newPage()
            give_way()
            document = lay_out(paper.part(rows, is_first=number == 0), size.width())
            context = QAbstractTextDocumentLayout.PaintContext()
            context.palette.setColor(QPalette.ColorRole.Text, QColor(INK))
            document.documentLayout().draw(painter, context)
            foot = QRectF(0, size.height(), size.width(), FOOT_POINTS)
            paint_foot(painter, whole, foot, number + 1, len(pages))
    finally:
        painter.end()
    return len(pages)


def split(
    paper: ListPaper, size: QSizeF, give_way: Callable[[], object] = lambda: None
) -> Iterator[Sequence[Sequence[str]]]:
    """Give the rows of each page: as many as have room under the head, and one at least."""
    width, left = size.width(), 0.0
    taken: list[Sequence[str]] = []
    above = {first: height_of(paper.part((), is_first=first), width) for first in (True, False)}
    is_first = True
    for row, height in _measured(paper, width, give_way):
        if taken and height > left:
            yield taken
            taken, is_first = [], False
        if not taken:
            left = size.height() - above[is_first]
        while height > left:
            begun, row = _cut(paper, row, height, left, width)
            yield [begun]
            give_way()
            is_first = False
            left = size.height() - above[False]
            height = height_of(paper.part([row], is_first=False), width) - above[False]
        taken.append(row)
        left -= height
    yield taken


def _cut(
    paper: ListPaper, row: Sequence[str], height: float, room: float, width: float
) -> tuple[Sequence[str], Sequence[str]]:
    """Give the lines of a row that have room on a page, one at least of each text, and what is left of it.

    What is left says whose it is: its first column stands there again.
    """
    document = lay_out(paper.part([row], is_first=False), width)
    [table] = [one for one in document.rootFrame().childFrames() if isinstance(one, QTextTable)]
    blocks = [table.cellAt(1, at).firstCursorPosition().block() for at in range(table.columns())]
    texts = max(document.documentLayout().blockBoundingRect(block).height() for block in blocks)
    most = room - (height - texts)
    begun, rest = [], []
    for block in blocks:
        layout = block.layout()
        lines = [layout.lineAt(at) for at in range(layout.lineCount())]
        fitting = [line for line in lines if line.y() + line.height() <= most] or lines[:1]
        end = fitting[-1].textStart() + fitting[-1].textLength() if fitting else 0
        text = block.text()
        left_over = _plain(text[end:])
        begun.append(_plain(text[:end]))
        rest.append(GOES_ON + left_over if left_over else "")
    return begun, [rest[0] or row[0], *rest[1:]]


def _plain(text: str) -> str:
    """Return a text of a laid-out block as it was given: what Qt separates lines by is a line again."""
    return text.replace("\u2028", "\n").strip()


def lay_out(paper: Paper, width: float) -> QTextDocument:
    """Lay a part of the list out in points of the paper, on one page without an end."""
    document = document_of(paper)
    document.documentLayout().setPaintDevice(None)  # type: ignore[arg-type]  # points, not the screen's dots
    document.setDefaultFont(document.defaultFont())
    document.setDocumentMargin(0)
    document.setPageSize(QSizeF(width, _ENDLESS))
    return document


def height_of(paper: Paper, width: float) -> float:
    """Return how high a part of the list is, in points."""
    document = lay_out(paper, width)  # kept by its name: its layout goes with it
    return document.documentLayout().documentSize().height()


def _measured(
    paper: ListPaper, width: float, give_way: Callable[[], object]
) -> Iterator[tuple[Sequence[str], float]]:
    """Give each row with the height that it needs, in points."""
    for start in range(0, len(paper.rows), _LOT):
        give_way()
        lot = paper.rows[start : start + _LOT]
        document = lay_out(paper.part(lot, is_first=False), width)
        layout = document.documentLayout()
        [table] = [one for one in document.rootFrame().childFrames() if isinstance(one, QTextTable)]
        tops = [
            layout.blockBoundingRect(table.cellAt(row, 0).firstCursorPosition().block()).top()
            for row in range(1, table.rows())
        ]
        ends = [*tops[1:], layout.documentSize().height()]
        yield from zip(lot, (end - top for top, end in zip(tops, ends, strict=True)), strict=True)
