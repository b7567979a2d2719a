"""Lists of many pages: no row is cut in two, and no word in its middle."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageLayout, QTextDocument, QTextTable

from app.usecases.tables import Exported, Table
from ui.sheets.paper import Paper, document_of, keep_together, page_layout, table_html, write_pdf
from ui.sheets.table_paper import table_paper

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
HEIGHT = 480.0


def laid_out(rows: int) -> QTextDocument:
    """Return a list whose rows have one to six lines, on pages."""
    dice = random.Random(3)
    lines = [
        ["Kund", " ".join(["Löpande bokföring"] * dice.randint(1, 6)), "2026-01-01"] for _ in range(rows)
    ]
    paper = Paper(
        "Lista", table_html(["Kund", "Uppdrag", "Sedan"], lines, [80, 90, 80], small=True), "", True
    )
    document = document_of(paper)
    document.documentLayout().setPaintDevice(None)  # type: ignore[arg-type]  # points, as on paper
    document.setDefaultFont(document.defaultFont())
    document.setDocumentMargin(0)
    room = page_layout(paper).paintRect(QPageLayout.Unit.Point)
    document.setPageSize(QSizeF(room.width(), HEIGHT))
    return document


def cut_rows(document: QTextDocument) -> list[int]:
    """Return the rows that begin on one page and end on another."""
    layout, found = document.documentLayout(), []
    for table in document.rootFrame().childFrames():
        assert isinstance(table, QTextTable)
        for row in range(1, table.rows()):
            blocks = [table.cellAt(row, at).firstCursorPosition().block() for at in range(table.columns())]
            boxes = [layout.blockBoundingRect(block) for block in blocks]
            if (
                min(box.top() for box in boxes) // HEIGHT
                != (max(box.bottom() for box in boxes) - 1) // HEIGHT
            ):
                found.append(row)
    return found


@pytest.mark.usefixtures("qapp")
def test_no_row_of_a_list_of_many_pages_is_cut() -> None:
    document = laid_out(200)
    assert document.pageCount() > 12
    assert len(cut_rows(document)) > 5, "Qt itself cuts them"
    keep_together(document, HEIGHT)
    assert cut_rows(document) == []


@pytest.mark.usefixtures("qapp")
def test_a_narrow_page_leaves_out_columns_before_it_breaks_a_word(tmp_path: Path) -> None:
    codes = (
        "customer", "organisation_number", "town", "contact", "email", "account_manager", "owner",
        "engagement", "service",
    )  # fmt: skip
    names = ("Bostadsrättsföreningen Havtorn", "Kristianstads Fastighetsförvaltning")
    towns = ("Karlskrona", "Kristianstad", "Örnsköldsvik")
    rows = tuple(
        (
            names[at % 2], "769801-1744", towns[at % 3], "Konstantinopolsson Maja",
            f"maja.konstantinopolsson.{at}@bostadsrattsforeningen.example", "Eva-Lena Mattisson",
            "Konstantinopolsson Ingrid", "Kapitalförvaltning 2026", "Ekonomiöversikt",
        )
        for at in range(40)
    )  # fmt: skip
    table = Table(codes, rows)
    exported = Exported(rows=len(rows), pulled_at=NOW, unsent=0)
    paper = table_paper("Kunder", "Byrån AB", [code.title() for code in codes], table, exported, NOW)
    write_pdf(paper, tmp_path / "lista.pdf")
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "lista.pdf").pages)
    words = set(text.split())
    for whole in ("Karlskrona", "Kristianstad", "Örnsköldsvik", "Bostadsrättsföreningen"):
        assert whole in words
    assert "Karlskro" not in words
    assert "Kapitalförvaltning" in words or "Kapitalförvaltning" not in text, "whole, or left out"
