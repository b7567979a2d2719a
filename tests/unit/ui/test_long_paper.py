"""Lists of many pages: no row is cut in two, and no word in its middle."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSizeF

from app.usecases.tables import Exported, Table
from ui.sheets.list_pages import ListPaper, height_of, split, write_list
from ui.sheets.table_paper import table_paper

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SIZE = QSizeF(750, 480)


def a_list(rows: int) -> ListPaper:
    """Return a list whose rows have one to six lines."""
    dice = random.Random(3)
    lines = [
        [f"Kund {at}", " ".join(["Löpande bokföring"] * dice.randint(1, 6)), "2026-01-01"]
        for at in range(rows)
    ]
    return ListPaper("Lista", "Byrån AB", "Byrån AB", ("Kund", "Uppdrag", "Sedan"), lines, (90, 90, 80), (2,))


@pytest.mark.usefixtures("qapp")
def test_each_page_of_a_long_list_has_the_rows_that_have_room_on_it() -> None:
    paper = a_list(200)
    pages = list(split(paper, SIZE))
    assert len(pages) > 12
    assert [row for page in pages for row in page] == paper.rows, "each once, in order"
    heights = [height_of(paper.part(page, is_first=at == 0), SIZE.width()) for at, page in enumerate(pages)]
    assert max(heights) <= SIZE.height()
    with_next = [*pages[1], pages[2][0]]
    grown = height_of(paper.part(with_next, is_first=False), SIZE.width())
    assert grown > SIZE.height(), "no page is left half empty"


@pytest.mark.usefixtures("qapp")
def test_the_pages_are_numbered_and_way_is_given_between_them(tmp_path: Path) -> None:
    asked: list[None] = []
    pages = write_list(a_list(120), tmp_path / "lista.pdf", lambda: asked.append(None))
    read = PdfReader(tmp_path / "lista.pdf")
    assert len(read.pages) == pages <= len(asked)
    texts = [" ".join(page.extract_text().split()) for page in read.pages]
    assert all("Uppdrag" in text and f"Sida {at + 1} av {pages}" in text for at, text in enumerate(texts))
    assert "Kund 119" in texts[-1]


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
    write_list(paper, tmp_path / "lista.pdf")
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "lista.pdf").pages)
    words = set(text.split())
    for whole in ("Karlskrona", "Kristianstad", "Örnsköldsvik", "Bostadsrättsföreningen"):
        assert whole in words
    assert "Karlskro" not in words
    assert "Kapitalförvaltning" in words or "Kapitalförvaltning" not in text, "whole, or left out"
