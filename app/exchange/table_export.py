"""Lists out of the program: CSV and workbooks, and tab-separated text and HTML for the clipboard.

A cell that a spreadsheet would run as a formula is defused with an apostrophe before it (OWASP, "CSV
Injection"), and digits that are names and not amounts (organisation, customer and telephone numbers,
postal codes) are kept as text, so that no zero or hyphen is lost.
"""

from __future__ import annotations

import csv
import html
import io
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

Cell = str | int | float | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"-?\d+(,\d+)?", re.ASCII)
_SPOILED_AS_NUMBER = re.compile(r"0\d+|\d{12,}", re.ASCII)


def neutralise(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula, on one line.

    A telephone number with its ``+`` gets the apostrophe too: a spreadsheet would make a number of it.
    A negative amount is left alone.
    """
    flat = " ".join(text.split("\n")).replace("\r", " ")
    if flat.lstrip().startswith(_FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(flat):
        return "'" + flat
    return flat


def write_csv(
    path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, as_text: Iterable[int] = ()
) -> int:
    """Write the list as UTF-8 with BOM and ``;``, which Swedish Excel opens right; return the rows written.

    ``as_text`` are the columns (from 0) whose digits are names: zeros in front and long numbers get an
    apostrophe, which our own import takes away again. The file appears whole or not at all. Raises OSError.
    """
    text_columns = frozenset(as_text)
    unfinished = path.with_name(path.name + ".part")
    written = 0
    try:
        with unfinished.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
            writer.writerow([neutralise(heading) for heading in headings])
            for row in rows:
                writer.writerow([_csv_cell(cell, index in text_columns) for index, cell in enumerate(row)])
                written += 1
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write the list as a workbook of one sheet; return the rows written.

    Every cell that is text is stored as text: nothing in it is a formula and no digit is lost, whatever it
    begins with. The file appears whole or not at all. Raises OSError.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    unfinished = path.with_name(path.name + ".part")
    written = 0
    # Opened before anything is built: openpyxl leaves a half-written sheet behind when it cannot be.
    with unfinished.open("wb") as stream:
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet("Samverka")
        sheet.freeze_panes = "A2"

        def made(cell: Cell, *, bold: bool = False) -> Any:
            shown = WriteOnlyCell(sheet)
            if isinstance(cell, int | float):
                shown.value = cell
            else:
                shown.value = ILLEGAL_CHARACTERS_RE.sub("", cell or "")
                shown.data_type = "s"
                shown.number_format = "@"
            if bold:
                shown.font = Font(bold=True)
            return shown

        try:
            sheet.append([made(heading, bold=True) for heading in headings])
            for row in rows:
                sheet.append([made(cell) for cell in row])
                written += 1
            workbook.save(stream)
        except BaseException:
            stream.close()
            unfinished.unlink(missing_ok=True)
            raise
    unfinished.replace(path)
    return written


def clipboard_text(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return the list as tab-separated lines, as a spreadsheet takes them from the clipboard."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    for row in (headings, *rows):
        writer.writerow([neutralise(_plain(cell).replace("\t", " ")) for cell in row])
    return stream.getvalue()


def clipboard_html(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return the list as an HTML table whose text cells say that they are text (``mso-number-format``)."""

    def cell_html(cell: Cell) -> str:
        style = "" if isinstance(cell, int | float) else " style=\"mso-number-format:'\\@'\""
        return f"<td{style}>{html.escape(_plain(cell))}</td>"

    head = "".join(f"<th>{html.escape(heading)}</th>" for heading in headings)
    body = "".join("<tr>" + "".join(map(cell_html, row)) + "</tr>" for row in rows)
    return (
        '<html><head><meta charset="utf-8"></head><body><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></body></html>"
    )


def _csv_cell(cell: Cell, as_text: bool) -> str:
    text = neutralise(_plain(cell))
    return "'" + text if as_text and _SPOILED_AS_NUMBER.fullmatch(text) else text


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    return str(cell)
