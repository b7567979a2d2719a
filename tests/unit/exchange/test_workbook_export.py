"""Lists as workbooks: nothing in them is a formula, and no digit is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.exchange.table_export import write_xlsx

EVIL = ("=1+1", "+46701234567", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1", "'=1", "007")


def test_every_text_stays_text(tmp_path: Path) -> None:
    file = tmp_path / "lista.xlsx"
    assert write_xlsx(file, ["Namn", "=Rubrik"], [(text, "Åkeri & Söner \x00AB") for text in EVIL]) == len(
        EVIL
    )
    sheet = load_workbook(file).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [sheet.cell(row=at, column=1).value for at in range(2, len(EVIL) + 2)] == list(EVIL)
    assert sheet.cell(row=2, column=2).value == "Åkeri & Söner AB"
    assert sheet.freeze_panes == "A2"


def test_the_check_can_fail(tmp_path: Path) -> None:
    """A workbook written in the usual way does hold a formula: that is what the test above looks for."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["=1+1"])
    book.save(tmp_path / "evil.xlsx")
    read = load_workbook(tmp_path / "evil.xlsx").active
    assert read is not None
    assert read["A1"].data_type == "f"


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_xlsx(tmp_path / "finns inte" / "lista.xlsx", ["Namn"], [("A",)])
    assert list(tmp_path.iterdir()) == []
