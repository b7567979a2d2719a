"""What a preview looks like to the list: made once on a worker, so that the GUI thread only picks.

Rows are known by their position in the preview. A filter is an array of positions; typing in the search
field reads one prepared text per row.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.swedish_order import fold_for_search
from app.usecases.importing import ImportPreview, ImportRow, RowGroup

FILTERS: Final = ("all", "new", "changed", "same", "invalid", "remarks")
_GROUP_OF: Final = {
    "new": RowGroup.NEW,
    "changed": RowGroup.CHANGED,
    "same": RowGroup.SAME,
    "invalid": RowGroup.INVALID,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewList:
    """All rows of the files in order, the positions that each filter shows, and those that can be ticked."""

    preview: ImportPreview
    rows: tuple[ImportRow, ...]
    files: tuple[str, ...]
    shown: dict[str, array[int]]
    possible: frozenset[int]
    searched: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """How many rows each filter shows."""
        return {key: len(positions) for key, positions in self.shown.items()}

    def find(self, chosen: str, typed: str) -> Sequence[int]:
        """Positions of the rows that the filter shows and that have every word of what was typed."""
        words = fold_for_search(typed).split()
        positions = self.shown[chosen]
        if not words:
            return positions
        texts = self.searched
        return array("l", (at for at in positions if all(word in texts[at] for word in words)))


def prepare(preview: ImportPreview) -> PreviewList:
    """Arrange a preview for the list. For a worker: 15,000 rows take a while."""
    rows: list[ImportRow] = []
    files: list[str] = []
    for file in preview.files:
        rows += file.rows
        files += [file.file] * len(file.rows)
    shown = {
        key: array("l", (at for at, row in enumerate(rows) if row.group == group))
        for key, group in _GROUP_OF.items()
    }
    shown["all"] = array("l", range(len(rows)))
    shown["remarks"] = array("l", (at for at, row in enumerate(rows) if row.remarks))
    return PreviewList(
        preview=preview,
        rows=tuple(rows),
        files=tuple(files),
        shown=shown,
        possible=frozenset(at for at, row in enumerate(rows) if row.will_be_imported),
        searched=tuple(_search_text(row) for row in rows),
    )


def _search_text(row: ImportRow) -> str:
    judged = row.row
    number = judged.typed_number
    parts = (
        judged.name,
        number,
        number.replace("-", ""),
        judged.customer_number,
        judged.contact,
        judged.email,
        judged.town,
    )
    return fold_for_search(" ".join(part for part in parts if part))
