"""Lists as text: comma, semicolon, tab or bar between the cells, in any encoding people save.

Tolerant where spreadsheets are: a ``sep=`` line, blank lines, rows of different length. A quotation mark
that is never closed would swallow the rest of the file; then each line is read for itself instead.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from app.exchange.columns import map_headings
from app.exchange.source_row import Remark

DELIMITERS = ";\t,|"
MOST_ROWS = 200_000
"""More than any firm has customers; beyond it a list would fill the memory."""

MOST_COLUMNS = 200

_LONGEST_CELL = 20_000
_MOST_LINES_IN_A_CELL = 20

TableRow = tuple[int, list[str], tuple[Remark, ...]]
"""Line where it begins, cells, remarks of the reading."""


def read_table(text: str) -> list[TableRow]:
    """Return the rows that have anything in them."""
    lines = text.replace("\x00", "").splitlines(keepends=True)
    start = 0
    delimiter = ""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip("\r\n")) == 5:
        delimiter, start = lines[0][4], 1
    delimiter = delimiter or find_delimiter(lines[start : start + 20])
    rows = list(_read_whole(lines, start, delimiter))
    if _is_swallowed(rows, delimiter):
        rows = list(_read_line_by_line(lines, start, delimiter))
    return [row for row in rows if any(cell.strip() for cell in row[1])]


def find_delimiter(lines: Sequence[str]) -> str:
    """Return the sign that gives known headings, and after that the most rows of one same width."""

    def fitness(delimiter: str) -> tuple[int, int, int]:
        rows = [_split(line[:_LONGEST_CELL], delimiter) for line in lines if line.strip()]
        known = max((len(map_headings(cells).columns) for cells in rows[:10]), default=0)
        widths = [len(cells) for cells in rows if len(cells) > 1]
        usual = max(set(widths), key=widths.count, default=0)
        return known, widths.count(usual), usual

    best = max(DELIMITERS, key=fitness)
    return best if fitness(best) > (0, 0, 0) else ";"


def _read_whole(lines: Sequence[str], start: int, delimiter: str) -> Iterator[TableRow]:
    reader = csv.reader(lines[start:], delimiter=delimiter)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A cell beyond the library's limit: the same as a quotation mark that is never closed.
            yield start + before + 1, ["x" * (_LONGEST_CELL + 1)], ()
            return
        yield start + before + 1, cells[:MOST_COLUMNS], ()
        before = reader.line_num


def _read_line_by_line(lines: Sequence[str], start: int, delimiter: str) -> Iterator[TableRow]:
    for number, line in enumerate(lines[start:], start=start + 1):
        unclosed = line.count('"') % 2 == 1
        cells = line.rstrip("\r\n").split(delimiter) if unclosed else _split(line, delimiter)
        yield number, cells[:MOST_COLUMNS], (Remark("unclosed_quote"),) if unclosed else ()


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.rstrip("\r\n").split(delimiter)


def _is_swallowed(rows: Sequence[TableRow], delimiter: str) -> bool:
    """Tell whether a cell holds whole rows, as it does after a quotation mark that is never closed."""
    widths = [len(cells) for _, cells, _ in rows[:50]]
    rest_of_a_row = max(max(widths, default=1) - 1, 1)
    return any(
        len(cell) > _LONGEST_CELL
        or cell.count("\n") > _MOST_LINES_IN_A_CELL
        or any(line.count(delimiter) >= rest_of_a_row for line in cell.split("\n")[1:])
        for _, cells, _ in rows
        for cell in cells
        if len(cell) > _LONGEST_CELL or "\n" in cell
    )
