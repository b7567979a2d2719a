"""Lists as Excel workbooks (.xlsx), read with care: a workbook is a zip file from a stranger."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO
from xml.etree.ElementTree import ParseError

from app.errors import SamverkaError
from app.exchange.csv_table import MOST_COLUMNS, MOST_ROWS, TableRow

MOST_PARTS = 2_000
MOST_BYTES_UNPACKED = 128 * 1024 * 1024
MOST_TIMES_PACKED = 150
"""Of each part: a large picture beside it makes no part better packed. Lists reach 20 to 60."""

MOST_MARKS = 12_000_000
"""Tags of all parts: 200,000 rows with a dozen columns. Each costs a microsecond and more."""

MOST_MARKS_TOGETHER = 1_000_000
"""Tags from one row's beginning to the next, or in a part without rows: they are in memory together."""

MOST_BYTES_WITHOUT_MARK = 1 << 20
"""Excel's longest cell has 32,767 characters."""

_CHUNK = 1 << 16
_WORTH_LOOKING = 4 * 1024 * 1024
_ROW = re.compile(rb"<(?:[\w.-]{1,40}:)?row[\s/>]")


class WorkbookError(SamverkaError):
    """The workbook cannot or must not be read; ``code`` says why."""


def read_workbook(data: bytes) -> list[list[TableRow]]:
    """Return the rows of every sheet that has any.

    Raises :class:`WorkbookError`: ``broken_workbook``, ``unsafe_workbook`` (it would unpack to far more
    than a list needs, has more in one place than a row has, or declares XML entities), ``too_many_rows``.
    """
    _inspect(data)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [list(_rows(sheet)) for sheet in book.worksheets if sheet.sheet_state == "visible"]
        finally:
            book.close()
    except WorkbookError:
        raise
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        ParseError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
        EOFError,
        NotImplementedError,
    ) as error:
        # openpyxl has no error of its own for a workbook whose parts contradict each other.
        raise WorkbookError("broken_workbook") from error
    return [rows for rows in sheets if rows]


def is_workbook(data: bytes) -> bool:
    """Tell whether the bytes are a zip file with a workbook in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return any(name.lower().startswith("xl/") for name in packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def _inspect(data: bytes) -> None:
    """Refuse what would fill the memory or define entities, before any XML is parsed.

    Reads each part that is XML once, and no further than to the first thing that is refused.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED:
                raise WorkbookError("unsafe_workbook")
            for part in parts:
                size = part.file_size
                if size > _WORTH_LOOKING and size > MOST_TIMES_PACKED * part.compress_size:
                    raise WorkbookError("unsafe_workbook")
            marks = 0
            for part in parts:
                with packed.open(part) as stream:
                    marks += _count_marks(stream)
                if marks > MOST_MARKS:
                    raise WorkbookError("unsafe_workbook")
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise WorkbookError("broken_workbook") from error


def _count_marks(stream: IO[bytes]) -> int:
    """Return the tags of a part, 0 where it is no XML, whatever its name. Raises ``unsafe_workbook``."""
    chunk = stream.read(_CHUNK)
    if not chunk.lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n").startswith(b"<"):
        return 0
    if b"\0" in chunk[:4]:
        raise WorkbookError("unsafe_workbook")  # UTF-16 or -32, where the words below would hide
    marks = together = silent = 0
    tail, hides_tags = b"", False
    while chunk:
        window = tail + chunk
        if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
            raise WorkbookError("unsafe_workbook")
        # In a comment or in CDATA a row can be written that is none.
        hides_tags = hides_tags or b"<!" in window
        count = chunk.count(b"<")
        rows = [] if hides_tags else list(_ROW.finditer(window))
        marks += count
        together = window.count(b"<", rows[-1].start()) if rows else together + count
        silent = 0 if count else silent + len(chunk)
        if marks > MOST_MARKS or together > MOST_MARKS_TOGETHER or silent > MOST_BYTES_WITHOUT_MARK:
            raise WorkbookError("unsafe_workbook")
        tail = window[-64:]
        chunk = stream.read(_CHUNK)
    return marks


def _rows(sheet: object) -> Iterator[TableRow]:
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)  # type: ignore[attr-defined]
    for number, values in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise WorkbookError("too_many_rows", most=MOST_ROWS)
        cells = [cell_text(value) for value in values]
        if any(cells):
            yield number, cells, ()


def cell_text(value: object) -> str:
    """Return a cell as a person would have typed it: whole numbers without decimals, days as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
