"""A file from a customer or an old system, whatever it is called: the content decides how it is read."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path

from app.exchange.columns import find_heading, guess_columns, make_row
from app.exchange.csv_table import MOST_ROWS, TableRow, read_table
from app.exchange.excel_workbook import WorkbookError, is_workbook, read_workbook
from app.exchange.sie_file import looks_like_sie, read_sie
from app.exchange.source_row import Remark, SourceFile
from app.exchange.text_encoding import decode_text
from app.system_causes import explain_cause

MOST_BYTES = 64 * 1024 * 1024
"""Larger files are refused: the largest real SIE export we know of is a few megabytes."""

SIE_ENDINGS = frozenset({".se", ".si", ".sie"})
_ENDINGS = {
    "sie": SIE_ENDINGS | {".txt"},
    "csv": frozenset({".csv", ".txt", ".tsv", ".tab", ".skv"}),
    "xlsx": frozenset({".xlsx", ".xlsm"}),
}
_HTML = re.compile(rb"<\s*(!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_file(path: Path) -> SourceFile:
    """Read one file. Never raises for its content or its absence: ``problems`` says what is wrong."""
    return dataclasses.replace(_read_path(path), path=str(path))


def _read_path(path: Path) -> SourceFile:
    try:
        if path.stat().st_size > MOST_BYTES:
            return _refused(path.name, Remark("file_too_large", {"most": str(MOST_BYTES // 2**20)}))
        return read_bytes(path.name, path.read_bytes())
    except FileNotFoundError:
        return _refused(path.name, Remark("file_not_found"))
    except OSError as error:
        return _refused(path.name, Remark("file_not_readable", explain_cause(error)))


def read_bytes(name: str, data: bytes) -> SourceFile:
    """Read a file's content; ``name`` is used for the ending and for the report only."""
    ending = Path(name).suffix.lower()
    beginning = data[:4096]
    if not data.strip(b"\0\t\r\n \x1a"):
        return _refused(name, Remark("empty_file"))
    if data.startswith(b"PK\x03\x04"):
        return _read_zip(name, ending, data)
    if data.startswith(_OLE):
        return _refused(name, Remark("password_protected" if _ENCRYPTED in data else "old_excel"))
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc")):
        return _refused(name, Remark("unknown_format"))
    if beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        if _HTML.search(beginning):
            return _refused(name, Remark("not_sie_html" if ending in SIE_ENDINGS else "web_page"))
        is_sie5 = b"sie.se/sie5" in beginning
        return _refused(name, Remark("sie5_not_supported" if is_sie5 else "unknown_format"))
    return _read_text(name, ending, data)


def _read_zip(name: str, ending: str, data: bytes) -> SourceFile:
    if not is_workbook(data):
        return _refused(name, Remark("unknown_format"))
    try:
        sheets = read_workbook(data)
    except WorkbookError as error:
        return _refused(name, Remark(error.code, {key: str(value) for key, value in error.data.items()}))
    usable = next((rows for rows in sheets if find_heading(_cells(rows))), None)
    return _read_rows(name, "xlsx", "", usable or (sheets[0] if sheets else []), _ending("xlsx", ending))


def _read_text(name: str, ending: str, data: bytes) -> SourceFile:
    start = decode_text(data[: 1 << 16], usual="cp437")
    if start is not None and looks_like_sie(start.text):
        company = read_sie(data)
        if company is not None:
            return SourceFile(
                file=name,
                format="sie",
                encoding=company.encoding,
                rows=(company.row,),
                problems=_ending("sie", ending),
            )
    decoded = decode_text(data)
    if decoded is None:
        return _refused(name, Remark("unreadable_encoding"))
    if decoded.text.count("\n") + decoded.text.count("\r") > 4 * MOST_ROWS:
        return _refused(name, Remark("too_many_rows", {"most": str(MOST_ROWS)}))
    wrong_ending = _ending("csv", ending)
    found = _read_rows(name, "csv", decoded.encoding, read_table(decoded.text), wrong_ending)
    if not found.rows and ending in SIE_ENDINGS:
        return _refused(name, Remark("not_sie"))
    return found


def _read_rows(
    name: str, kind: str, encoding: str, table: Sequence[TableRow], problems: tuple[Remark, ...]
) -> SourceFile:
    """Make source rows of what is below the heading, or of all where the columns speak for themselves."""
    if len(table) > MOST_ROWS:
        return _refused(name, Remark("too_many_rows", {"most": str(MOST_ROWS)}))
    cells = _cells(table)
    heading = find_heading(cells)
    columns = heading[1] if heading else guess_columns(cells)
    if columns is None:
        problem = Remark("no_columns") if cells else Remark("empty_file")
        return SourceFile(file=name, format=kind, encoding=encoding, problems=(problem,))
    body = table[heading[0] + 1 :] if heading else table
    rows = tuple(make_row(row, columns, line, remarks) for line, row, remarks in body)
    if not rows:
        problems = (*problems, Remark("no_rows"))
    return SourceFile(
        file=name,
        format=kind,
        encoding=encoding,
        rows=rows,
        problems=problems,
        unused_columns=columns.unused,
    )


def _cells(table: Sequence[TableRow]) -> list[list[str]]:
    return [cells for _, cells, _ in table[:50]]


def _ending(kind: str, ending: str) -> tuple[Remark, ...]:
    """Warn of an ending that promises another kind of file; the content was read as what it is."""
    if not ending or ending in _ENDINGS[kind]:
        return ()
    return (Remark("wrong_extension", {"extension": ending, "format": kind}),)


def _refused(name: str, problem: Remark) -> SourceFile:
    return SourceFile(file=name, problems=(problem,))
