"""A list on paper: lying pages with the firm, the age of the data and page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.swedish_day import swedish_day
from ui.formats import moment_text, number_text
from ui.sheets.paper import Paper, list_metrics, list_width, table_html, title_html, write_pdf
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
_SPARE = 2.0
_HEAD = 1.35
_LONGEST_WORD = 110.0


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


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], unbroken: Sequence[int]) -> list[int]:
    """Return points for each column: what may not be broken gets what it needs, the others share the rest.

    A column of words gets at least its longest word, so that none is cut in the middle.
    """
    plain, bold = list_metrics()
    whole, least, head_widths = [], [], []
    for at, head in enumerate(heads):
        texts = [row[at] for row in rows[:_SAMPLE]]
        head_width = _HEAD * bold(head)
        lengths = sorted(plain(text) for text in texts)
        most = (
            lengths[-1] if at in unbroken and lengths else lengths[len(lengths) * 9 // 10] if lengths else 0
        )
        words = {word for text in texts for word in text.split()}
        longest = max((plain(word) for word in words), default=0.0)
        head_widths.append(head_width + _SPARE)
        whole.append(max(head_width, most) + _SPARE)
        least.append(max(head_width, min(longest, _LONGEST_WORD)) + _SPARE)
    room = list_width(len(heads))
    fixed = sum(whole[at] for at in unbroken)
    shared = [at for at in range(len(heads)) if at not in unbroken]
    left = room - fixed - sum(least[at] for at in shared)
    # Where there is less than that, long words (addresses of e-mail) are broken before a head is.
    wanted = {at: (whole[at] - least[at]) if left > 0 else (least[at] - head_widths[at]) for at in shared}
    total = sum(max(0.0, one) for one in wanted.values()) or 1.0
    more = {at: left * max(0.0, wanted[at]) / total for at in shared}
    return [round(whole[at] if at in unbroken else least[at] + more[at]) for at in range(len(heads))]


def table_paper(
    title: str, firm: str, words: Sequence[str], table: Table, exported: Exported, now: datetime
) -> Paper:
    """The whole list, its most needed columns, with how old it is and what is unsent in it."""
    used = chosen_columns(table)
    rows = [[row[at] for at in used] for row in table.rows]
    short = {code: _tr(source) for code, source in _SHORT.items()}
    heads = [short.get(table.columns[at], words[at]) for at in used]
    rows_said = _tr(QT_TRANSLATE_NOOP("TablePaper", "Rader: %1"))
    told = [rows_said.replace("%1", number_text(exported.rows))]
    if exported.pulled_at is not None:
        age = _tr(QT_TRANSLATE_NOOP("TablePaper", "uppgifter från %1"))
        told.append(age.replace("%1", moment_text(exported.pulled_at, now)))
    if exported.unsent:
        unsent = _tr(QT_TRANSLATE_NOOP("TablePaper", "ändringar som inte är skickade: %1"))
        told.append(unsent.replace("%1", number_text(exported.unsent)))
    day = swedish_day(now).isoformat()
    unbroken = [at for at, place in enumerate(used) if table.columns[place] in _UNBROKEN]
    listed = table_html(heads, rows, _widths(heads, rows, unbroken), small=True, unbroken=unbroken)
    body = title_html(title, " · ".join([firm, *told])) + listed
    return Paper(title=title, body=body, foot=f"{firm} · {title} · {day}", landscape=True)


class TablePages:
    """Writes lists as pages; for ``Tables.export_with``."""

    def __init__(self, title: str, firm: str, now: datetime) -> None:
        self._title = title
        self._firm = firm
        self._now = now

    def write(self, path: Path, words: Sequence[str], table: Table, exported: Exported) -> None:
        """Write the PDF. Raises PaperError."""
        write_pdf(table_paper(self._title, self._firm, words, table, exported, self._now), path)
