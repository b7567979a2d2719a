"""What an import would do: every row of every file in one of four groups, with its reasons.

Nothing is written here. ``app.exchange.commands`` makes commands of a preview that a person has accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from app.domain.swedish_order import fold_for_search
from app.exchange.judging import JudgedRow, judge_row
from app.exchange.known_customers import CustomerIndex, CustomerLookup, KnownCustomer
from app.exchange.merging import FieldDifference, differences_from
from app.exchange.reading import read_file
from app.exchange.source_row import Remark, SourceFile


class RowGroup(StrEnum):
    """What an import does with a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    INVALID = "invalid"


class Place(NamedTuple):
    """Where a row stands: the file's position among those of the import (names may repeat), and the line."""

    file_index: int
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """One customer of a file and what would happen to it.

    ``known`` is the customer it is about (groups changed and same). ``first_seen`` is set on a duplicate:
    where the same customer stands before; such a row is shown, not imported.
    """

    row: JudgedRow
    group: RowGroup
    remarks: tuple[Remark, ...] = ()
    known: KnownCustomer | None = None
    differences: tuple[FieldDifference, ...] = ()
    first_seen: Place | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the remarks, each once."""
        return tuple(dict.fromkeys(remark.code for remark in self.remarks))

    @property
    def will_be_imported(self) -> bool:
        """Tell whether accepting the preview makes a command of this row."""
        return self.group in {RowGroup.NEW, RowGroup.CHANGED} and self.first_seen is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedFile:
    """One file: its rows, or the problem that made it unusable. ``unused_columns`` are told, not errors.

    ``file`` is its name and ``path`` the words with which it was asked for.
    """

    file: str
    path: str
    format: str
    encoding: str
    rows: tuple[ImportRow, ...] = ()
    problems: tuple[Remark, ...] = ()
    unused_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """All files of one import."""

    files: tuple[PreviewedFile, ...] = field(default=())

    @property
    def rows(self) -> tuple[ImportRow, ...]:
        """Return the rows of all files, in order."""
        return tuple(row for file in self.files for row in file.rows)

    def count(self, group: RowGroup) -> int:
        """Return how many rows are in the group."""
        return sum(row.group == group for file in self.files for row in file.rows)


def preview_files(
    paths: Iterable[Path],
    lookup: CustomerLookup | None = None,
    *,
    today: date,
    progress: Callable[[int, int], bool] | None = None,
) -> ImportPreview:
    """Read the files and say what importing them would do.

    ``lookup`` finds the firm's customers; without it every valid row is new. ``progress`` is called with
    files done and files in all, and stops the reading by returning False (the rest is left out).
    """
    paths = list(paths)
    sources: list[SourceFile] = []
    for done, path in enumerate(paths):
        if progress is not None and not progress(done, len(paths)):
            break
        sources.append(read_file(path))
    return preview_sources(sources, lookup, today=today)


def preview_sources(
    sources: Sequence[SourceFile], lookup: CustomerLookup | None = None, *, today: date
) -> ImportPreview:
    """Say what importing these files' rows would do (see :func:`preview_files`)."""
    grouping = _Grouping(lookup or CustomerIndex())
    files = []
    for index, source in enumerate(sources):
        judged = [judge_row(row, today=today) for row in source.rows]
        files.append(
            PreviewedFile(
                file=source.file,
                path=source.path or source.file,
                format=source.format,
                encoding=source.encoding,
                rows=tuple(grouping.place(Place(index, source.file, row.line), row) for row in judged),
                problems=source.problems,
                unused_columns=source.unused_columns,
            )
        )
    return ImportPreview(files=tuple(files))


class _Grouping:
    """Places rows one after the other; remembers what came before, to find duplicates."""

    def __init__(self, lookup: CustomerLookup) -> None:
        self._lookup = lookup
        self._seen: dict[tuple[str, ...], Place] = {}
        self._names: dict[str, Place] = {}
        self._customer_numbers: dict[str, tuple[str, str]] = {}

    def place(self, place: Place, row: JudgedRow) -> ImportRow:
        if row.invalid:
            return ImportRow(row=row, group=RowGroup.INVALID, remarks=row.remarks)
        remarks = list(row.remarks)
        first_seen = self._find_earlier(place, row)
        if first_seen is not None:
            same_file = first_seen.file_index == place.file_index
            remarks.append(
                Remark(
                    "duplicate_in_file" if same_file else "duplicate_in_import",
                    {"file": first_seen.file, "line": str(first_seen.line)},
                )
            )
        else:
            self._remark_same_name(place, row, remarks)
            self._remark_same_customer_number(row, remarks)
        known = self._find_known(row, remarks)
        if known is None:
            return ImportRow(row=row, group=RowGroup.NEW, remarks=tuple(remarks), first_seen=first_seen)
        differences = differences_from(row, known)
        return ImportRow(
            row=row,
            group=RowGroup.CHANGED if differences else RowGroup.SAME,
            remarks=tuple(remarks),
            known=known,
            differences=differences,
            first_seen=first_seen,
        )

    def _find_earlier(self, place: Place, row: JudgedRow) -> Place | None:
        """Return where the same customer stood before, and remember this place otherwise."""
        if row.number:
            key: tuple[str, ...] = ("number", row.number, row.kind, str(row.serial))
        elif row.customer_number:
            key = ("customer_number", row.customer_number)
        else:
            key = ("name", fold_for_search(row.name), row.postal_code, row.street)
        earlier = self._seen.setdefault(key, place)
        return None if earlier == place else earlier

    def _remark_same_name(self, place: Place, row: JudgedRow, remarks: list[Remark]) -> None:
        """Tell of an equal name where a number is missing: it may be the same customer, or it may not."""
        earlier = self._names.setdefault(fold_for_search(row.name), place)
        if earlier != place and not row.number:
            remarks.append(Remark("same_name", {"file": earlier.file, "line": str(earlier.line)}))

    def _remark_same_customer_number(self, row: JudgedRow, remarks: list[Remark]) -> None:
        """Tell of a customer number that an earlier row has with another organisation number."""
        if row.customer_number:
            earlier = self._customer_numbers.setdefault(row.customer_number, (row.number, row.name))
            if earlier[0] != row.number:
                remarks.append(Remark("customer_number_taken", {"name": earlier[1]}))

    def _find_known(self, row: JudgedRow, remarks: list[Remark]) -> KnownCustomer | None:
        if row.number:
            found = self._lookup.find_by_number(row.number, row.serial)
            exact = next((each for each in found if each.customer.kind == row.kind), None)
            if exact is not None:
                return exact
            if len(found) == 1 and not row.kind_is_certain:
                return found[0]
        if row.customer_number:
            taken = self._lookup.find_by_customer_number(row.customer_number)
            if taken is not None:
                if not row.number or not taken.customer.organisation_number:
                    return taken
                if all(remark.code != "customer_number_taken" for remark in remarks):
                    remarks.append(Remark("customer_number_taken", {"name": taken.customer.name}))
        alike = self._lookup.find_by_name(row.name)
        numberless = [each for each in alike if not each.customer.organisation_number]
        if not row.number and not row.customer_number and len(numberless) == 1:
            return numberless[0]
        if alike and not row.number:
            remarks.append(Remark("name_known", {"name": alike[0].customer.name}))
        return None
