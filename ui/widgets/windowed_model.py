"""A list of any length: ids in order and a cache of pages, never all the rows.

A query is answered in three steps, each off the GUI thread: the first screenful of rows (painted at once),
then the ids of all the rest (the scroll bar and the count grow after the paint), then pages as they scroll
into view.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal, Slot

from ui.background import Background, Latest
from ui.widgets.list_model import Index, ListModel

Row = TypeVar("Row")
RowT_co = TypeVar("RowT_co", covariant=True)
PAGE = 64
_PAGES_KEPT = 40
_FIRST = 64
_ROOT = QModelIndex()


class RowSource(Protocol[RowT_co]):
    """What a list asks of a use case; called on the `db` thread. `query` is any frozen value of the screen.
    """

    def list_ids(self, query: Any, limit: int | None = None) -> Sequence[str]:
        """Ids in the order of the query; at most `limit` of them."""

    def list_rows(self, ids: Sequence[str]) -> Sequence[RowT_co]:
        """Rows of these ids in the same order; one that has vanished is left out."""


class WindowedModel(ListModel[Row]):
    """Subclasses give `columns`, `cell`, `row_id` and `sentence`, as for every `ListModel`.

    `show(query)` asks; `refresh()` asks the same again and keeps scroll, selection and ticks.
    `counted(total)` is emitted when the number of rows is known, after the paint; `painted()` when the
    first rows are there.
    """

    counted = Signal(int)
    painted = Signal()

    def __init__(
        self,
        source: RowSource[Row] | None,
        background: Background,
        *,
        tickable: bool = False,
        parent: QObject | None = None,
    ) -> None:
        self._source = source
        self._background = background
        self._ids: Sequence[str] = ()
        self._pages: OrderedDict[int, dict[str, Row]] = OrderedDict()
        self._asked: set[int] = set()
        self._stale: dict[str, Row] = {}
        self._stale_is_fresh = False
        self._query: Any = None
        self._first = Latest()
        self._rest = Latest()
        self._generation = 0
        self._at: dict[str, int] | None = None
        super().__init__(tickable=tickable, parent=parent)
        self._fetch_timer = QTimer(self)
        self._fetch_timer.setSingleShot(True)
        self._fetch_timer.setInterval(0)
        self._fetch_timer.timeout.connect(self._fetch_wanted)
        self._wanted: set[int] = set()

    def set_source(self, source: RowSource[Row]) -> None:
        """Give the source later: the first screen is painted before the use cases are loaded."""
        self._source = source

    def show_first(self, rows: Sequence[Row]) -> None:
        """Show rows that came from elsewhere, at once; the next `show` replaces them."""
        self._replace([self.row_id(row) for row in rows], rows)

    @property
    def ids(self) -> Sequence[str]:
        """Every id of the present query, in order (only the first ones until the rest has come)."""
        return self._ids

    def show(self, query: Any) -> None:
        """Ask a new question; the answer to an older one is dropped."""
        self._query = query
        source = self._source
        if source is None:
            return
        self._rest.cancel()

        def first() -> tuple[Sequence[str], Sequence[Row]]:
            ids = source.list_ids(query, _FIRST)
            return ids, source.list_rows(ids)

        self._background.run(first, self._first_came, latest=self._first)

    def refresh(self) -> None:
        """Ask the same again after something changed; rows are replaced in place."""
        source, query = self._source, self._query
        if source is None:
            return
        self._background.run(lambda: source.list_ids(query), self._ids_came, latest=self._rest)

    @Slot(object)
    def _first_came(self, answer: tuple[Sequence[str], Sequence[Row]]) -> None:
        ids, rows = answer
        self._replace(ids, rows)
        self.painted.emit()
        if len(ids) < _FIRST:
            self.counted.emit(len(ids))
            return
        QTimer.singleShot(0, self, self._ask_rest)

    @Slot()
    def _ask_rest(self) -> None:
        self.refresh_ids()

    def refresh_ids(self) -> None:
        """Fetch every id of the query, for the scroll bar and the count."""
        source, query = self._source, self._query
        if source is not None:
            self._background.run(lambda: source.list_ids(query), self._rest_came, latest=self._rest)

    @Slot(object)
    def _rest_came(self, ids: Sequence[str]) -> None:
        known = len(self._ids)
        if list(ids[:known]) != list(self._ids):
            self._ids_came(ids)
            return
        if len(ids) > known:
            self.beginInsertRows(_ROOT, known, len(ids) - 1)
            self._ids, self._at = ids, None
            self._asked.discard(known // PAGE)
            self.endInsertRows()
        self.counted.emit(len(ids))

    @Slot(object)
    def _ids_came(self, ids: Sequence[str]) -> None:
        """Turn the present ids into the new ones: the part that differs is removed and inserted."""
        old = self._ids
        self._forget_pages(keep_rows=True)
        head = 0
        while head < min(len(old), len(ids)) and old[head] == ids[head]:
            head += 1
        tail = 0
        while tail < min(len(old), len(ids)) - head and old[-1 - tail] == ids[-1 - tail]:
            tail += 1
        if head < len(old) - tail:
            self.beginRemoveRows(_ROOT, head, len(old) - tail - 1)
            self._ids, self._at = [*old[:head], *old[len(old) - tail :]], None
            self.endRemoveRows()
        if head < len(ids) - tail:
            self.beginInsertRows(_ROOT, head, len(ids) - tail - 1)
            self._ids, self._at = ids, None
            self.endInsertRows()
        self._ids, self._at = ids, None
        self.repaint_rows()
        self.counted.emit(len(ids))

    # Rows

    def _replace(self, ids: Sequence[str], rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._forget_pages(keep_rows=False)
        self._ids, self._at = ids, None
        for row in rows:
            self._stale[self.row_id(row)] = row
        self._stale_is_fresh = True
        self.endResetModel()

    def _forget_pages(self, *, keep_rows: bool) -> None:
        """Pages must be asked for again; until they come, the rows last known are shown rather than blanks.
        """
        stale: dict[str, Row] = dict(self._stale) if keep_rows else {}
        if keep_rows:
            for page in self._pages.values():
                stale.update(page)
        self._stale = stale
        self._stale_is_fresh = False
        self._pages.clear()
        self._asked.clear()
        self._generation += 1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def id_at(self, position: int) -> str:
        return self._ids[position] if 0 <= position < len(self._ids) else ""

    def position_of(self, row_id: str) -> int:
        if self._at is None:
            self._at = {found: at for at, found in enumerate(self._ids)}
        return self._at.get(row_id, -1)

    def row_at(self, position: int) -> Row | None:
        row_id = self.id_at(position)
        if not row_id:
            return None
        number = position // PAGE
        page = self._pages.get(number)
        if page is not None:
            self._pages.move_to_end(number)
            if row_id in page:
                return page[row_id]
        stale = self._stale.get(row_id)
        if page is None and not (stale is not None and self._stale_is_fresh) and number not in self._asked:
            self._wanted.add(number)
            if not self._fetch_timer.isActive():
                self._fetch_timer.start()
        return stale

    @Slot()
    def _fetch_wanted(self) -> None:
        source = self._source
        wanted, self._wanted = sorted(self._wanted), set()
        if source is None:
            return
        for number in wanted:
            ids = tuple(self._ids[number * PAGE : (number + 1) * PAGE])
            if not ids or number in self._asked:
                continue
            self._asked.add(number)
            generation = self._generation

            def fetch(
                ids: Sequence[str] = ids, number: int = number, generation: int = generation
            ) -> tuple[int, int, Sequence[Row]]:
                return generation, number, source.list_rows(ids)

            self._background.run(fetch, self._page_came)

    @Slot(object)
    def _page_came(self, answer: tuple[int, int, Sequence[Row]]) -> None:
        generation, number, rows = answer
        if generation != self._generation:
            return
        self._pages[number] = {self.row_id(row): row for row in rows}
        while len(self._pages) > _PAGES_KEPT:
            oldest, _ = self._pages.popitem(last=False)
            self._asked.discard(oldest)
        first = number * PAGE
        last = min(first + PAGE, len(self._ids)) - 1
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, max(0, self.columnCount() - 1)))
