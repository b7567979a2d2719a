"""A list of any length: keys in order and a cache of pages, never all the rows.

A query is answered in three steps, each off the GUI thread: the first screenful of rows (painted at once),
then the keys of all the rest (the scroll bar and the count grow after the paint), then pages as they scroll
into view.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal, Slot

from ui.background import Background, Latest
from ui.widgets.key_changes import KeyChanges, find_changes, find_near
from ui.widgets.list_model import Index, ListModel

Row = TypeVar("Row")
RowT_co = TypeVar("RowT_co", covariant=True)
PAGE = 64
_PAGES_KEPT = 40
_FIRST = 64
_NEAR = 3
"""Of so many pages, those that were looked at last, it is asked first whether their rows are still there."""
_LONG = 20 * PAGE
"""A list of more rows than this takes so long to read anew that a person sees a row stay that has gone."""
_ROOT = QModelIndex()


class RowSource(Protocol[RowT_co]):
    """What a list asks of a use case, on the `db` thread. `query` is any frozen value of the screen."""

    def list_keys(self, query: Any, limit: int | None = None) -> Sequence[Any]:
        """Keys (ids or short handles) in the order of the query; at most `limit` of them."""

    def list_rows(self, keys: Sequence[Any]) -> Sequence[RowT_co]:
        """Rows of these keys in the same order; one that has vanished is left out."""


@runtime_checkable
class LongRowSource(RowSource[RowT_co], Protocol[RowT_co]):
    """What a source adds whose lists are very long: what a person has just decided goes at once."""

    def list_kept(self, query: Any, keys: Sequence[Any]) -> Sequence[Any]:
        """Those of a few keys that are in the list of the query, found without reading the list."""

    def list_come(self, query: Any) -> Sequence[tuple[Any, Any | None]]:
        """Some that have come into the list since it was asked for, in its order, each with the key of the
        row after it (None at the end); looked up one by one."""


class WindowedModel(ListModel[Row]):
    """Subclasses give `columns`, `cell`, `row_id` and `sentence`, as for every `ListModel`.

    `show(query)` asks; `refresh()` asks the same again and keeps scroll, selection and ticks.
    `counted(total)` is emitted when the number of rows is known, after the paint; `painted()` when the
    first rows are there; `settled()` when every key has been read as it is now.
    """

    counted = Signal(int)
    painted = Signal()
    settled = Signal()

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
        self._keys: Sequence[Any] = ()
        self._pages: OrderedDict[int, dict[Any, Row]] = OrderedDict()
        self._asked: set[int] = set()
        self._stale: dict[Any, Row] = {}
        self._stale_is_fresh = False
        self._query: Any = None
        self._first = Latest()
        self._rest = Latest()
        self._generation = 0
        self._near = 0
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
        self._replace([self.row_key(row) for row in rows], rows)

    @property
    def keys(self) -> Sequence[Any]:
        """Every key of the present query, in order (only the first ones until the rest has come)."""
        return self._keys

    def row_key(self, row: Row) -> Any:
        """The key of a row; its id unless a subclass has something shorter."""
        return self.row_id(row)

    def show(self, query: Any) -> None:
        """Ask a new question; the answer to an older one is dropped."""
        self._query = query
        source = self._source
        if source is None:
            return
        self._rest.cancel()

        def first() -> tuple[Sequence[Any], Sequence[Row]]:
            keys = source.list_keys(query, _FIRST)
            return keys, source.list_rows(keys)

        self._background.run(first, self._first_came, latest=self._first)

    def refresh(self) -> None:
        """Ask the same again after something changed; rows are replaced in place.

        In a long list the rows near those that are looked at are asked about first, and those that have
        just come: they go and come before the list has been read.
        """
        source, query, old = self._source, self._query, self._keys
        if len(old) <= _LONG or not isinstance(source, LongRowSource):
            self._ask_keys(self._refreshed)
            return
        places = self._places_near()
        self._background.run(
            lambda: find_near(
                old,
                places,
                source.list_kept(query, [old[at] for at in places]),
                source.list_come(query),
            ),
            self._near_refreshed,
            latest=self._rest,
            owner=self,
        )

    def _places_near(self) -> list[int]:
        """The places in the pages that were looked at last."""
        pages = {self._near // PAGE, *list(self._pages)[-_NEAR:]}
        return [
            at for page in sorted(pages) for at in range(page * PAGE, min((page + 1) * PAGE, len(self._keys)))
        ]

    @Slot(object)
    def _near_refreshed(self, changes: KeyChanges) -> None:
        if changes.old is self._keys and (changes.removed or changes.inserted):
            self._turn_into(changes)
        self._ask_keys(self._refreshed)

    @Slot(object)
    def _first_came(self, answer: tuple[Sequence[Any], Sequence[Row]]) -> None:
        keys, rows = answer
        self._replace(keys, rows)
        self.painted.emit()
        if len(keys) < _FIRST:
            self.counted.emit(len(keys))
            self.settled.emit()
            return
        QTimer.singleShot(0, self, self._ask_rest)

    @Slot()
    def _ask_rest(self) -> None:
        self.ask_for_all_keys()

    def ask_for_all_keys(self) -> None:
        """Fetch every id of the query, for the scroll bar and the count."""
        self._ask_keys(self._rest_came)

    def _ask_keys(self, came: Callable[[KeyChanges], None]) -> None:
        source, query, old = self._source, self._query, self._keys
        if source is None:
            return
        # Compared on the worker as well: a long list takes longer than a person should notice.
        self._background.run(
            lambda: find_changes(old, source.list_keys(query)), came, latest=self._rest, owner=self
        )

    @Slot(object)
    def _rest_came(self, changes: KeyChanges) -> None:
        known = len(changes.old)
        if changes.old is self._keys and not changes.removed and changes.inserted in ((), _added(changes)):
            self._asked.discard(known // PAGE)
            self._carry_out(changes)
            self.counted.emit(len(changes.new))
            self.settled.emit()
        else:
            self._refreshed(changes)

    @Slot(object)
    def _refreshed(self, changes: KeyChanges) -> None:
        """Turn the present keys into the new ones: what differs is removed and inserted, the rest stays."""
        if changes.old is not self._keys:  # other keys came in between
            old, new = self._keys, changes.new
            self._background.run(
                lambda: find_changes(old, new), self._refreshed, latest=self._rest, owner=self
            )
            return
        self._turn_into(changes)
        self.settled.emit()

    def _turn_into(self, changes: KeyChanges) -> None:
        self._forget_pages(keep_rows=True)
        self._carry_out(changes)
        self.repaint_rows()
        self.counted.emit(len(changes.new))

    def _carry_out(self, changes: KeyChanges) -> None:
        if changes.removed or changes.inserted:
            keys = list(changes.old)
            self._keys = keys
            for first, last in changes.removed:
                self.beginRemoveRows(_ROOT, first, last)
                del keys[first : last + 1]
                self.endRemoveRows()
            for first, last in changes.inserted:
                self.beginInsertRows(_ROOT, first, last)
                keys[first:first] = changes.new[first : last + 1]
                self.endInsertRows()
        self._keys = changes.new

    # Rows

    def _replace(self, keys: Sequence[Any], rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._forget_pages(keep_rows=False)
        self._keys = keys
        for row in rows:
            self._stale[self.row_key(row)] = row
        self._stale_is_fresh = True
        self.endResetModel()

    def _forget_pages(self, *, keep_rows: bool) -> None:
        """Pages must be asked for again; until they come, the rows last known are shown, not blanks."""
        stale: dict[Any, Row] = dict(self._stale) if keep_rows else {}
        if keep_rows:
            for page in self._pages.values():
                stale.update(page)
        self._stale = stale
        self._stale_is_fresh = False
        self._pages.clear()
        self._asked.clear()
        self._generation += 1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._keys)

    def key_at(self, position: int) -> Hashable | None:
        return self._keys[position] if 0 <= position < len(self._keys) else None

    def id_at(self, position: int) -> str:
        row = self.row_at(position)
        return self.row_id(row) if row is not None else ""

    def position_of_key(self, key: Hashable) -> int:
        """Where the key is in the present query, -1 where it is not.

        Looked for near the last one first: a person goes on from row to row.
        """
        for start, end in ((max(0, self._near - PAGE), self._near + PAGE), (0, len(self._keys))):
            try:
                self._near = self._keys.index(key, start, end)
            except ValueError:
                continue
            return self._near
        return -1

    def tick_all(self) -> None:
        self.set_ticked(self._keys)

    def position_of(self, row_id: str) -> int:
        """Where a row that has been fetched is; others are not found."""
        for page in (*self._pages.values(), self._stale):
            for key, row in page.items():
                if self.row_id(row) == row_id:
                    return self.position_of_key(key)
        return -1

    def row_at(self, position: int) -> Row | None:
        key = self.key_at(position)
        if key is None:
            return None
        number = position // PAGE
        page = self._pages.get(number)
        if page is not None:
            self._pages.move_to_end(number)
            if key in page:
                return page[key]
        stale = self._stale.get(key)
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
            keys = tuple(self._keys[number * PAGE : (number + 1) * PAGE])
            if not keys or number in self._asked:
                continue
            self._asked.add(number)
            generation = self._generation

            def fetch(
                keys: Sequence[Any] = keys, number: int = number, generation: int = generation
            ) -> tuple[int, int, Sequence[Row]]:
                return generation, number, source.list_rows(keys)

            self._background.run(fetch, self._page_came)

    @Slot(object)
    def _page_came(self, answer: tuple[int, int, Sequence[Row]]) -> None:
        generation, number, rows = answer
        if generation != self._generation:
            return
        self._pages[number] = {self.row_key(row): row for row in rows}
        while len(self._pages) > _PAGES_KEPT:
            oldest, _ = self._pages.popitem(last=False)
            self._asked.discard(oldest)
        first = number * PAGE
        last = min(first + PAGE, len(self._keys)) - 1
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, max(0, self.columnCount() - 1)))


def _added(changes: KeyChanges) -> tuple[tuple[int, int], ...]:
    """Return the one run at the end that the rest of a list is."""
    return ((len(changes.old), len(changes.new) - 1),)
