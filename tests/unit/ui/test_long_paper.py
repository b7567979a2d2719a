"""Lists of many pages: no row is cut in two, and no word in its middle."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSizeF

from app.usecases.tables import Exported, Table
from ui.sheets.list_pages import GOES_ON, ListPaper, height_of, split, write_list
from ui.sheets.paper import Paper, head_html, table_html, text_html, title_html, write_pdf
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


TALL = QSizeF(750, 200)


def a_tall_list(before: int) -> tuple[ListPaper, str]:
    """Return a list with one row that has far more text than a page, and that text."""
    said = " ".join(f"ord{at}" for at in range(900))
    rows = [[f"Kund {at}", "Kort", "2026-01-01"] for at in range(before)]
    rows += [["Kund lång", said, "2026-02-02"], ["Kund sist", "Kort", "2026-03-03"]]
    heads = ("Kund", "Kundens ord", "Sedan")
    return ListPaper("Lista", "Byrån AB", "Byrån AB", heads, rows, (90, 90, 80), (2,)), said


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("before", [0, 3])
def test_a_row_higher_than_a_page_goes_on_on_the_next_ones(before: int) -> None:
    paper, said = a_tall_list(before)
    pages = list(split(paper, TALL))
    for at, page in enumerate(pages):
        assert height_of(paper.part(page, is_first=at == 0), TALL.width()) <= TALL.height()
    pieces = [row for page in pages for row in page if row[0] == "Kund lång"]
    assert len(pieces) > 2
    assert " ".join(piece[1].removeprefix(GOES_ON) for piece in pieces) == said, "every word once, in order"
    assert [piece[1].startswith(GOES_ON) for piece in pieces] == [False] + [True] * (len(pieces) - 1)
    assert [piece[2] for piece in pieces] == ["2026-02-02"] + [""] * (len(pieces) - 1)
    assert pages[-1][-1][0] == "Kund sist"


@pytest.mark.usefixtures("qapp")
def test_a_row_that_has_room_under_the_head_alone_is_not_put_under_the_title_of_the_list() -> None:
    paper, said = a_tall_list(0)
    heads = {first: height_of(paper.part((), is_first=first), TALL.width()) for first in (True, False)}
    row = paper.rows[0]
    alone = height_of(paper.part([row], is_first=False), TALL.width())
    room = QSizeF(TALL.width(), alone + (heads[True] - heads[False]) / 2)
    pages = list(split(paper, room))
    heights = [height_of(paper.part(page, is_first=at == 0), room.width()) for at, page in enumerate(pages)]
    assert max(heights) <= room.height()
    assert said.endswith(pages[1][0][1].removeprefix(GOES_ON)), "what had no room goes on"


@pytest.mark.usefixtures("qapp")
def test_lines_of_a_persons_own_and_words_without_an_end_survive_the_cut() -> None:
    own = "\n".join(f"rad {at}" for at in range(60))
    endless = "x" * 4000
    heads = ("Kund", "Kundens ord", "Anm.")
    paper = ListPaper("Lista", "Byrån AB", "Byrån AB", heads, [["Kund", own, endless]], (90, 90, 80), ())
    pages = list(split(paper, TALL))
    for at, page in enumerate(pages):
        assert height_of(paper.part(page, is_first=at == 0), TALL.width()) <= TALL.height()
    rows = [row for page in pages for row in page]
    assert len(rows) > 2
    assert "\n".join(row[1].removeprefix(GOES_ON) for row in rows if row[1]) == own
    assert "".join(row[2].removeprefix(GOES_ON) for row in rows) == endless


@pytest.mark.usefixtures("qapp")
def test_the_texts_of_a_paper_have_their_size_in_points_of_the_paper_whatever_the_screen(
    tmp_path: Path,
) -> None:
    body = title_html("Rubrik", "under") + head_html("Mellanrubrik") + text_html("Brödtext")
    body += table_html(["Namn"], [["Cell"]])
    write_pdf(Paper(title="Papper", body=body, foot="Foten"), tmp_path / "papper.pdf")
    sizes: dict[str, int] = {}

    def seen(text: str, current: list[float], matrix: list[float], _font: object, size: float) -> None:
        # The height of a line that is `size` high in the text's own measure, on the page.
        height = size * math.hypot(matrix[2], matrix[3]) * math.hypot(current[2], current[3])
        for word in text.split():
            sizes.setdefault(word, round(height))

    PdfReader(tmp_path / "papper.pdf").pages[0].extract_text(visitor_text=seen)
    expected = {
        "Rubrik": 17,
        "under": 10,
        "Mellanrubrik": 12,
        "Brödtext": 10,
        "Namn": 9,
        "Cell": 9,
        "Foten": 8,
    }
    assert {word: sizes.get(word) for word in expected} == expected
