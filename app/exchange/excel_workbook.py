"""Lists as Excel workbooks (.xlsx), read with care: a workbook is a zip file from a stranger."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO
from xml.etree.ElementTree import ParseError

from app.errors import SamverkaError
from app.exchange.csv_table import MOST_COLUMNS, MOST_ROWS, TableRow

MOST_PARTS = 2_000
MOST_BYTES_UNPACKED = 256 * 1024 * 1024
MOST_TIMES_PACKED = 150

_CHUNK = 1 << 16


class WorkbookError(SamverkaError):
    """The workbook cannot or must not be read; ``code`` says why."""


def read_workbook(data: bytes) -> list[list[TableRow]]:
    """Return the rows of every sheet that has any.

    Raises :class:`WorkbookError`: ``broken_workbook``, ``unsafe_workbook`` (it would unpack to far more
    than a list needs, or it declares XML entities), ``too_many_rows``.
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
    """Refuse what would fill the memory or define entities, before any XML is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > MOST_BYTES_UNPACKED:
                raise WorkbookError("unsafe_workbook")
            if unpacked > 10 * 1024 * 1024 and unpacked > MOST_TIMES_PACKED * len(data):
                raise WorkbookError("unsafe_workbook")
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    with packed.open(part) as stream:
                        _refuse_declarations(stream)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise WorkbookError("broken_workbook") from error


def _refuse_declarations(stream: IO[bytes]) -> None:
    tail = b""
    first = True
    while chunk := stream.read(_CHUNK):
        if first and b"\0" in chunk[:4]:
            raise WorkbookError("unsafe_workbook")  # UTF-16 or -32, where the words below would hide
        first = False
        window = tail + chunk
        if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
            raise WorkbookError("unsafe_workbook")
        tail = window[-16:]


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
