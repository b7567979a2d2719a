"""A paper: HTML laid out on A4 pages with the firm, the date and page numbers at the foot.

QPdfWriter and QTextDocument only: the same pages are printed and saved.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from app.errors import SamverkaError
from ui.translation import QT_TRANSLATE_NOOP

_MARGIN_MM = 16.0
_FOOT_POINTS = 26.0
_CSS = """
body { color: #1A2027; }
p { margin-top: 2px; margin-bottom: 6px; }
p.title { font-size: 17pt; font-weight: 600; margin-bottom: 2px; }
p.head { font-size: 11pt; font-weight: 600; margin-top: 16px; margin-bottom: 4px; }
td, th { font-size: 9pt; padding-right: 10px; padding-top: 2px; padding-bottom: 3px; }
th { text-align: left; color: #56606C; }
.muted { color: #56606C; }
"""


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
    return f'<p class="title">{escape(text)}</p><p class="muted">{escape(below)}</p>'


def head_html(text: str) -> str:
    """A heading inside the paper."""
    return f'<p class="head">{escape(text)}</p>'


def escape(text: str) -> str:
    """A person's text as HTML."""
    return html.escape(text)


def table_html(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table with a head that is repeated on every page."""
    head = "".join(f"<th>{escape(text)}</th>" for text in headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table width="100%" cellspacing="0"><thead><tr>{head}</tr></thead>{body}</table>'


def pairs_html(pairs: Sequence[tuple[str, str]]) -> str:
    """Names with their values; those without a value are left out."""
    rows = "".join(
        f'<tr><td class="muted" width="30%">{escape(name)}</td><td>{escape(value)}</td></tr>'
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


def document_of(paper: Paper) -> QTextDocument:
    """The paper as a document, for a preview too."""
    document = QTextDocument()
    font = _font()
    font.setPointSizeF(9.5)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_CSS)
    document.setHtml(f"<body>{paper.body}</body>")
    return document


def write_pdf(paper: Paper, path: Path) -> int:
    """Write the paper; the file appears whole or not at all. Returns the number of pages.

    Raises PaperError `file_not_written`.
    """
    memory = QBuffer()
    memory.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(memory)
    writer.setTitle(paper.title)
    writer.setCreator("Samverka")
    writer.setPageLayout(page_layout(paper))
    pages = paint(paper, writer)
    memory.close()
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.write_bytes(memory.data().data())
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise PaperError("file_not_written", file=path.name, reason=error.strerror or "") from error
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
        height = room.height() - _FOOT_POINTS
        document = document_of(paper)
        document.documentLayout().setPaintDevice(None)  # type: ignore[arg-type]  # points, not the screen's dots
        font = document.defaultFont()
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        document.setPageSize(QSizeF(room.width(), height))
        pages = max(1, document.pageCount())
        for page in range(pages):
            if page:
                device.newPage()
            painter.save()
            painter.translate(0, -page * height)
            context = QAbstractTextDocumentLayout.PaintContext()
            context.palette.setColor(QPalette.ColorRole.Text, QColor("#1A2027"))
            context.clip = QRectF(0, page * height, room.width(), height)
            painter.setClipRect(context.clip)
            document.documentLayout().draw(painter, context)
            painter.restore()
            _paint_foot(painter, paper, QRectF(0, height, room.width(), _FOOT_POINTS), page + 1, pages)
    finally:
        painter.end()
    return pages


def _paint_foot(painter: QPainter, paper: Paper, room: QRectF, page: int, pages: int) -> None:
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
