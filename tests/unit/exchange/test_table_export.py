"""Lists out of the program: what a spreadsheet may not run and may not spoil."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.reading import read_file
from app.exchange.table_export import clipboard_html, clipboard_text, neutralise, write_csv

HEADINGS = ("Kundnummer", "Namn", "Organisationsnummer", "Telefon")


def test_swedish_excel_opens_the_file_as_a_table(tmp_path: Path) -> None:
    path = tmp_path / "kunder.csv"
    assert write_csv(path, HEADINGS, [("A35", "Åkes; Ägg AB", "556036-0793", None)]) == 1
    assert path.read_bytes() == (
        b"\xef\xbb\xbfKundnummer;Namn;Organisationsnummer;Telefon\r\n"
        + 'A35;"Åkes; Ägg AB";556036-0793;\r\n'.encode()
    )
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+46701234567", "-2+3", "@SUM(A1)", "\t=1", "  =1+1", "=HYPERLINK(1)", "＝1"]
)
def test_formulas_are_defused(cell: str) -> None:
    assert neutralise(cell).startswith("'")


@pytest.mark.parametrize("cell", ["Alfa AB", "-5", "-5,25", "850709-9805", "a=b", "", "12 %"])
def test_what_is_no_formula_is_left_alone(cell: str) -> None:
    assert neutralise(cell) == cell


def test_digits_that_are_names_survive_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "kunder.csv"
    write_csv(path, HEADINGS, [("007", "=Alfa AB", "556036-0793", "+46701234567")], as_text=(0, 2, 3))
    (cells,) = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()[1:], delimiter=";"))
    assert cells == ["'007", "'=Alfa AB", "556036-0793", "'+46701234567"]
    (row,) = read_file(path).rows
    assert (row.customer_number, row.name, row.number, row.phone) == (
        "007", "=Alfa AB", "556036-0793", "+46701234567",
    )  # fmt: skip


def test_a_failed_export_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    path = tmp_path / "kunder.csv"
    write_csv(path, HEADINGS, [("1", "Alfa", "", "")])
    before = path.read_bytes()

    def rows_that_end_badly() -> object:
        yield ("2", "Beta", "", "")
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        write_csv(path, HEADINGS, rows_that_end_badly())  # type: ignore[arg-type]
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_clipboard_text_and_html() -> None:
    rows = [("007", "Bröd\t& <Smör>", "556036-0793", None), ("8", "=x", "", 3)]
    assert clipboard_text(HEADINGS, rows).splitlines() == [
        "\t".join(HEADINGS),
        "007\tBröd & <Smör>\t556036-0793\t",
        "8\t'=x\t\t3",
    ]
    html = clipboard_html(HEADINGS, rows)
    assert "<td style=\"mso-number-format:'\\@'\">007</td>" in html
    assert "Bröd\t&amp; &lt;Smör&gt;" in html
    assert "<td>3</td>" in html


@given(st.text(max_size=30))
def test_no_cell_starts_as_a_formula(cell: str) -> None:
    written = neutralise(cell)
    begins = written.lstrip()[:1]
    assert begins not in {"=", "+", "@"}
    assert begins != "-" or written[1:].replace(",", "").isdigit()
    assert "\n" not in written
