"""A paper: HTML laid out on A4 pages with the firm, the date and page numbers at the foot.

QPdfWriter and QTextDocument only: the same pages are printed and saved.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)

from app.errors import SamverkaError
from app.system_causes import explain_cause
from ui.translation import QT_TRANSLATE_NOOP

_MARGIN_MM = 16.0
FOOT_POINTS = 26.0
INK = "#1A2027"
_CSS = """
body { color: #1A2027; }
p { margin-top: 2px; margin-bottom: 6px; }
p.title { font-size: %(title)dpx; font-weight: 600; margin-top: 0; margin-bottom: 2px; }
h3 { font-weight: 600; margin-top: 12px; margin-bottom: 4px; }
table { border-collapse: collapse; margin-top: 2px; margin-bottom: 4px; }
td, th { font-size: %(table)dpx; padding-right: 10px; padding-top: 2px; padding-bottom: 3px; }
th { text-align: left; color: #56606C; border-bottom: 1px solid #87909C; }
td { border-bottom: 1px solid #DDE2E8; }
td.small, th.small { padding-right: 8px; padding-top: 2px; padding-bottom: 2px; }
.whole { white-space: nowrap; }
td.pair { border-bottom: none; padding-top: 1px; padding-bottom: 2px; }
p.below { color: #56606C; margin-bottom: 12px; }
.muted { color: #56606C; }
"""
_HEADING = 3
_MOST_BREAKS = 60
_MOST_PAGES = 12
_LINE = 8.0
_BODY_SIZE = 10
_LIST_SIZE = 9
_SIZES = {"title": 17, "table": _LIST_SIZE}
"""Of the texts, in points of the paper: `px` in the style, as `pt` would follow the screen."""
_FINE = 10
_HINTED = 1.05


class PaperError(SamverkaError):
    """`file_not_written`."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is on the pages: `title` for the file's own name, `body` HTML, `foot` at the left of each foot."""

    title: str
    body: str
    foot: str
    landscape: bool = False


def title_html(text: str, below: str) -> str:
    """The paper's name, and what it is under it."""
    return f'<p class="title">{escape(text)}</p><p class="below">{escape(below)}</p>'


def head_html(text: str) -> str:
    """A heading inside the paper."""
    # Qt sets a heading's size itself, from the body's: the third level is a fifth larger.
    return f"<h3>{escape(text)}</h3>"


def text_html(text: str, lead: str = "") -> str:
    """A paragraph; `lead` is in bold before it."""
    bold = f"<b>{escape(lead)}</b> " if lead else ""
    return f"<p>{bold}{escape(text)}</p>"


def muted_html(text: str) -> str:
    """A paragraph in the place of a table that would be empty."""
    return f'<p class="muted">{escape(text)}</p>'


def escape(text: str) -> str:
    """A person's text as HTML; its lines stay lines."""
    return html.escape(text).replace("\n", "<br>")


def table_html(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int] = (),
    *,
    small: bool = False,
    unbroken: Sequence[int] = (),
) -> str:
    """A table with a head that is repeated on every page.

    `widths` are per cent (points in a `small` table, which is a list), one a column; `unbroken` columns
    (numbers, days) are never broken into lines.
    """
    kind, unit = (" small", "") if small else ("", "%")
    room = [f' width="{width}{unit}"' for width in widths] or [""] * len(headings)
    classes = [f"{kind} whole" if at in unbroken else kind for at in range(len(headings))]
    head = "".join(
        # One word is never cut in the middle: the column is made wider for it.
        f'<th class="head{kind}{"" if " " in text else " whole"}"{wide}>{escape(text)}</th>'
        for text, wide in zip(headings, room, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td class="cell{kinds}">{escape(cell)}</td>' for cell, kinds in zip(row, classes, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return f'<table width="100%" cellspacing="0"><thead><tr>{head}</tr></thead>{body}</table>'


def list_metrics() -> tuple[Callable[[str], float], Callable[[str], float]]:
    """What measures texts in a list, in points: plain ones, and bold ones for its head."""
    made: list[Callable[[str], float]] = []
    for weight in (QFont.Weight.Normal, QFont.Weight.Bold):
        font = _font()
        font.setPixelSize(_LIST_SIZE * _FINE)  # large, as metrics of small fonts are rounded
        font.setWeight(weight)
        metrics = QFontMetricsF(font)
        made.append(lambda text, metrics=metrics: metrics.horizontalAdvance(text) * _HINTED / _FINE)  # type: ignore[misc]
    return made[0], made[1]


def list_width() -> float:
    """The room for the columns of a list on a lying page, in points, with their padding."""
    layout = page_layout(Paper(title="", body="", foot="", landscape=True))
    return layout.paintRect(QPageLayout.Unit.Point).width()


def pairs_html(pairs: Sequence[tuple[str, str]]) -> str:
    """Names with their values; those without a value are left out."""
    rows = "".join(
        f'<tr><td class="pair muted" width="28%"><span class="muted">{escape(name)}</span></td>'
        f'<td class="pair">{escape(value)}</td></tr>'
        for name, value in pairs
        if value
    )
    return f'<table width="100%" cellspacing="0">{rows}</table>'


def _font() -> QFont:
    """The program's font without its alternates: with them, figures cannot be searched for or copied."""
    font = QFont("Inter")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    for feature in ("calt", "tnum", "case", "ss03", "cv11"):
        font.setFeature(QFont.Tag.fromString(feature), 0)
    return font


def document_of(paper: Paper, scale: float = 1.0) -> QTextDocument:
    """The paper as a document whose texts are so many points high; `scale` times that for a preview."""
    document = QTextDocument()
    font = _font()
    font.setPixelSize(round(_BODY_SIZE * scale))
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_CSS % {name: round(size * scale) for name, size in _SIZES.items()})
    document.setHtml(f"<body>{paper.body}</body>")
    return document


def write_pdf(paper: Paper, path: Path) -> int:
    """Write the paper; the file appears whole or not at all. Returns the number of pages.

    Raises PaperError `file_not_written`.
    """
    return save_pdf(paper, path, lambda device: paint(paper, device))


def save_pdf(paper: Paper, path: Path, paint_on: Callable[[QPagedPaintDevice], int]) -> int:
    """Write what `paint_on` paints as a PDF with the paper's name and layout, whole or not at all.

    Returns the number of pages. Raises PaperError `file_not_written`.
    """
    memory = QBuffer()
    memory.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(memory)
    writer.setTitle(paper.title)
    writer.setCreator("Samverka")
    writer.setPageLayout(page_layout(paper))
    pages = paint_on(writer)
    memory.close()
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.write_bytes(memory.data().data())
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise PaperError("file_not_written", file=path.name, **explain_cause(error)) from error
    return pages


def page_layout(paper: Paper) -> QPageLayout:
    """A4, upright or lying, with the same margins all around."""
    turned = QPageLayout.Orientation.Landscape if paper.landscape else QPageLayout.Orientation.Portrait
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), turned, margins, QPageLayout.Unit.Millimeter)


def paint(paper: Paper, device: QPagedPaintDevice) -> int:
    """Paint every page on a PDF or a printer; 0 where the device could not be opened."""
    painter = QPainter()
    if not painter.begin(device):
        return 0
    try:
        # The document is laid out in points, and scaled to the device: the same breaks on every device.
        scale = device.logicalDpiX() / 72.0
        painter.scale(scale, scale)
        room = device.pageLayout().paintRect(QPageLayout.Unit.Point)
        height = room.height() - FOOT_POINTS
        document = document_of(paper)
        document.documentLayout().setPaintDevice(None)  # type: ignore[arg-type]  # points, not the screen's dots
        font = document.defaultFont()
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        document.setPageSize(QSizeF(room.width(), height))
        keep_together(document, height)
        pages = max(1, document.pageCount())
        for page in range(pages):
            if page:
                device.newPage()
            painter.save()
            painter.translate(0, -page * height)
            context = QAbstractTextDocumentLayout.PaintContext()
            context.palette.setColor(QPalette.ColorRole.Text, QColor(INK))
            context.clip = QRectF(0, page * height, room.width(), height)
            painter.setClipRect(context.clip)
            document.documentLayout().draw(painter, context)
            painter.restore()
            paint_foot(painter, paper, QRectF(0, height, room.width(), FOOT_POINTS), page + 1, pages)
    finally:
        painter.end()
    return pages


def keep_together(document: QTextDocument, height: float) -> None:
    """No heading is left alone at the end of a page, and no row of a table is cut in two.

    Each break moves what follows, and everything is laid out again: for a list see ui.sheets.list_pages.
    """
    for _ in range(_MOST_BREAKS):
        if document.pageCount() > _MOST_PAGES:
            return
        if not _move_heading(document, height) and not _move_row(document, height):
            return


def _move_heading(document: QTextDocument, height: float) -> bool:
    """Put the first heading that stands alone at the end of a page on the next one, with what it is about."""
    layout = document.documentLayout()
    block = document.begin()
    while block.isValid():
        after = block.next()
        form = block.blockFormat()
        is_head = form.headingLevel() == _HEADING and after.isValid()
        is_moved = form.pageBreakPolicy() == QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore
        # By where it begins: Qt may lay a heading across the end of a page.
        page = layout.blockBoundingRect(block).top() // height
        if is_head and not is_moved and page < layout.blockBoundingRect(after).top() // height:
            cursor = QTextCursor(block)
            form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            cursor.setBlockFormat(form)
            return True
        block = after
    return False


def _move_row(document: QTextDocument, height: float) -> bool:
    """Put the first row that is cut on the next page: the row above it takes up what is left of this one."""
    layout = document.documentLayout()
    for table in document.rootFrame().childFrames():
        if not isinstance(table, QTextTable):
            continue
        for row in range(2, table.rows()):
            blocks = [table.cellAt(row, at).firstCursorPosition().block() for at in range(table.columns())]
            top = min(layout.blockBoundingRect(block).top() for block in blocks)
            bottom = max(_ends(layout, block) for block in blocks) - 1
            if top // height == bottom // height or bottom - top >= height:
                continue
            left = (top // height + 1) * height - top - _LINE
            if left <= 0:
                continue
            _pad(table, row - 1, left)
            return True
    return False


def _pad(table: QTextTable, row: int, points: float) -> None:
    """Make a row higher, downwards."""
    for at in range(table.columns()):
        cell = table.cellAt(row, at)
        form = cell.format().toTableCellFormat()
        form.setBottomPadding(form.bottomPadding() + points)
        cell.setFormat(form)


def _ends(layout: QAbstractTextDocumentLayout, block: QTextBlock) -> float:
    """Where the last line of a cell ends; an address on several lines is one block."""
    return layout.blockBoundingRect(block).bottom()


def paint_foot(painter: QPainter, paper: Paper, room: QRectF, page: int, pages: int) -> None:
    painter.save()
    font = _font()
    font.setPixelSize(8)
    painter.setFont(font)
    painter.setPen(QColor("#56606C"))
    low = Qt.AlignmentFlag.AlignBottom
    painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | low), paper.foot)
    said = QCoreApplication.translate("Paper", QT_TRANSLATE_NOOP("Paper", "Sida %1 av %2"))
    number = said.replace("%1", str(page)).replace("%2", str(pages))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | low), number)
    painter.restore()
