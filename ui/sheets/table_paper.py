"""A list on paper: lying pages with the firm, the age of the data and page numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.swedish_day import swedish_day
from ui.formats import moment_text, number_text
from ui.sheets.list_pages import ListPaper, write_list
from ui.sheets.paper import list_metrics, list_width
from ui.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from app.usecases.tables import Exported, Table

MOST_COLUMNS = 9
"""So many columns can be read on a lying page."""

_LESS_NEEDED = (
    "serial", "country", "kind", "vendor_customer_number", "legal_form", "street", "postal_code",
    "fiscal_year_end", "source", "office", "state", "reminders", "phone",
)  # fmt: skip
"""What is left out where there are more columns than that, in this order; a file has them all."""

_UNBROKEN = frozenset(
    {
        "organisation_number", "customer_number", "phone", "postal_code", "started_on", "ends_on", "sent_on",
        "expires_on", "since", "until", "payer",
    }
)  # fmt: skip
_SHORT = {
    "organisation_number": QT_TRANSLATE_NOOP("TablePaper", "Org.nr"),
    "customer_number": QT_TRANSLATE_NOOP("TablePaper", "Kundnr"),
    "payer": QT_TRANSLATE_NOOP("TablePaper", "Betalar"),
    "reminders": QT_TRANSLATE_NOOP("TablePaper", "Påmind"),
}
"""Heads that would be wider than what stands under them."""

_SAMPLE = 400
_SPARE = 9.0
"""What stands beside the words of a column: its padding, and a point for rounding."""
_LONGEST_WORD = 110.0
_LONG_WORDS = 40
_SHORTEST_ADDRESS = 70.0


def _tr(source: str) -> str:
    return QCoreApplication.translate("TablePaper", source)


def chosen_columns(table: Table) -> list[int]:
    """Return the places of the columns that go on paper: those with a value, the most needed ones."""
    used = [at for at in range(len(table.columns)) if any(row[at] for row in table.rows)]
    for code in _LESS_NEEDED:
        if len(used) <= MOST_COLUMNS:
            break
        used = [at for at in used if table.columns[at] != code]
    return used[:MOST_COLUMNS]


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column wants, in points: all of a usual text, and at least its longest word or its head."""

    head: float
    whole: float
    least: float
    is_unbroken: bool
    is_breakable: bool

    @property
    def lowest(self) -> float:
        """Return the narrowest that it may become: an address of e-mail may be broken, no other word."""
        return min(self.least, max(self.head, _SHORTEST_ADDRESS)) if self.is_breakable else self.least


def _measure(heads: Sequence[str], rows: Sequence[Sequence[str]], unbroken: Sequence[int]) -> list[_Column]:
    plain, bold = list_metrics()
    found = []
    for at, head in enumerate(heads):
        head_width = bold(head) + _SPARE
        lengths = sorted(plain(row[at]) for row in rows[:_SAMPLE])
        most = lengths[-1 if at in unbroken else len(lengths) * 9 // 10] if lengths else 0.0
        words = sorted({word for row in rows for word in row[at].split()}, key=len)[-_LONG_WORDS:]
        longest = max((plain(word) for word in words), default=0.0)
        is_breakable = longest > _LONGEST_WORD or any("@" in word for word in words)
        whole = max(head_width, most + _SPARE)
        least = whole if at in unbroken else max(head_width, min(longest, _LONGEST_WORD) + _SPARE)
        found.append(_Column(head_width, max(whole, least), least, at in unbroken, is_breakable))
    return found


def _widths(columns: Sequence[_Column], room: float) -> list[int]:
    """Return points for each column. Where not every longest word has room, addresses are broken first."""
    left = room - sum(one.least for one in columns)
    wanted = [one.whole - one.least if left > 0 else one.least - one.lowest for one in columns]
    total = sum(wanted) or 1.0
    return [round(one.least + left * more / total) for one, more in zip(columns, wanted, strict=True)]


def _heads(table: Table, words: Sequence[str], used: Sequence[int]) -> list[str]:
    short = {code: _tr(source) for code, source in _SHORT.items()}
    return [short.get(table.columns[at], words[at]) for at in used]


def _fitting(table: Table, words: Sequence[str]) -> tuple[list[int], list[_Column]]:
    """Return the columns that have room for their words, the least needed left out first."""
    used = chosen_columns(table)
    unbroken = [at for at, place in enumerate(used) if table.columns[place] in _UNBROKEN]
    rows = [[row[at] for at in used] for row in table.rows]
    columns = _measure(_heads(table, words, used), rows, unbroken)
    order = [*_LESS_NEEDED, *reversed(table.columns)]
    while len(used) > 1 and sum(one.lowest for one in columns) > list_width():
        out = min(range(1, len(used)), key=lambda at: order.index(table.columns[used[at]]))
        del used[out], columns[out]
    return used, columns


def table_paper(
    title: str, firm: str, words: Sequence[str], table: Table, exported: Exported, now: datetime
) -> ListPaper:
    """The whole list, its most needed columns, with how old it is and what is unsent in it."""
    used, columns = _fitting(table, words)
    rows_said = _tr(QT_TRANSLATE_NOOP("TablePaper", "Rader: %1"))
    told = [rows_said.replace("%1", number_text(exported.rows))]
    if exported.pulled_at is not None:
        age = _tr(QT_TRANSLATE_NOOP("TablePaper", "uppgifter från %1"))
        told.append(age.replace("%1", moment_text(exported.pulled_at, now)))
    if exported.unsent:
        unsent = _tr(QT_TRANSLATE_NOOP("TablePaper", "ändringar som inte är skickade: %1"))
        told.append(unsent.replace("%1", number_text(exported.unsent)))
    return ListPaper(
        title=title,
        below=" · ".join([firm, *told]),
        foot=f"{firm} · {title} · {swedish_day(now).isoformat()}",
        heads=tuple(_heads(table, words, used)),
        rows=[[row[at] for at in used] for row in table.rows],
        widths=tuple(_widths(columns, list_width())),
        unbroken=tuple(at for at, place in enumerate(used) if table.columns[place] in _UNBROKEN),
    )


class TablePages:
    """Writes lists as pages; for ``Tables.export_with``."""

    def __init__(
        self, title: str, firm: str, now: datetime, give_way: Callable[[], object] = lambda: None
    ) -> None:
        self._title = title
        self._give_way = give_way
        self._firm = firm
        self._now = now

    def write(self, path: Path, words: Sequence[str], table: Table, exported: Exported) -> None:
        """Write the PDF. Raises PaperError."""
        paper = table_paper(self._title, self._firm, words, table, exported, self._now)
        write_list(paper, path, self._give_way)
