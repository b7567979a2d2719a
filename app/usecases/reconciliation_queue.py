"""The queue of unlinked companies: kept in line with the records, and searched for in the background.

What was found is stored, so that the queue is there at once the next time. A change looks only at the
companies that it can concern; everything else stays.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence

from app.catalogue import Catalogue
from app.domain.records import Collaboration, LinkDecision, Staff, company_key
from app.errors import SamverkaError
from app.matching.full_run import FullRun, Lot
from app.storage import linking_queue as stored
from app.storage.linking_dirty import (
    Dirty,
    begin_anew,
    end_anew,
    forget_dirty,
    forget_opening,
    is_dirty,
    note_opening,
    read_dirty,
)
from app.storage.linking_queue import Found, StoredRow
from app.storage.local_reader import LocalReader, chunks
from app.usecases.live_index import LiveIndex
from app.usecases.reconciliation_figures import QueueCounts
from app.usecases.reconciliation_full_run import AskedCompanies, Searched, list_customers
from app.usecases.reconciliation_reading import make_row
from app.usecases.reconciliation_rows import (
    as_found,
    companies_of_customers,
    find_difference,
    keys_of_customers,
)
from app.usecases.reconciliation_search import CompanySuggestion, Search, suggest_for_company
from app.usecases.reconciliation_values import QueueFigures, QueueQuery, QueueRow
from app.usecases.workspace import Progress, Workspace

_log = logging.getLogger(__name__)
_NOTES = 400
_REBUILD_LOT = 2000
_SEARCH_LOT = 20
_AT_ONCE = 60
"""So many companies are searched for while a person waits; more are searched for beside what is shown."""
_TAKEN_AT_ONCE = 150
"""So many notes are taken in while a person waits, a millisecond each: what a pull brings on a usual day."""
_RENAMED_AT_ONCE = 5
"""Customers whose companies are opened while a person waits: a common name may concern hundreds of them."""
_OPENED_AT_A_TIME = 500
"""Companies opened in one transaction: a decision waits for its end."""
_FOUND_AT_ONCE = 3
"""So many rows that have come are searched for before they are shown: a person has taken a decision back."""
_COME = 200
"""So many rows that have come are put in their places one by one; the whole list is read for more."""


class LinkingQueue:
    """Follows ``ui.widgets.windowed_model.LongRowSource``: handles in order, rows of a page, and figures."""

    def __init__(
        self,
        workspace: Workspace,
        catalogue: Catalogue,
        index: LiveIndex,
        search: Search = suggest_for_company,
        is_closing: Callable[[], bool] = lambda: False,
        *,
        process_from: int | None = None,
    ) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self._index = index
        self._search = search
        self._is_closing = is_closing
        self._process_from = process_from
        self._looked_at: tuple[int, ...] = ()
        self._concerned: set[int] = set()
        self.found_by_process = 0
        """Companies that were searched for in a process of their own."""
        self._come: deque[int] = deque(maxlen=_COME)
        self._counts = QueueCounts(workspace)
        self._owes_search = False
        self._keeping = threading.RLock()

    # Reading

    def list_keys(self, query: QueueQuery, limit: int | None = None) -> list[int]:
        """Return the handles of the rows in Swedish order of names."""
        self.bring_up()
        with self._workspace.read() as unit:
            return stored.list_handles(unit, query.view, query.text, limit, query.only)

    def list_kept(self, query: QueueQuery, keys: Sequence[int]) -> list[int]:
        """Return those of the handles that are in the list of the query, without reading the list.

        A small change is taken in first, but not searched for: what a person has decided goes at once.
        """
        if self._small_change() is not None:  # else nothing to wait for, see bring_up
            with self._keeping:
                come = self._take_small_change()
                if 0 < len(come) <= _FOUND_AT_ONCE:
                    self._search_for(come)
        wanted = keys if query.only is None else sorted(set(keys) & set(query.only))
        with self._workspace.read() as unit:
            return stored.list_kept(unit, query.view, query.text, wanted)

    def list_come(self, query: QueueQuery) -> list[tuple[int, int | None]]:
        """Return rows that have come into the list of the query since this was asked, in its order.

        Each has the handle of the row after it, None at the end. Where something was typed none is returned:
        the row after would have to be looked for among all. They come when the list is read.
        """
        come = sorted({self._come.popleft() for _ in range(len(self._come))})
        if not come or query.text or query.only is not None:
            return []
        with self._workspace.read() as unit:
            return stored.list_places(unit, query.view, come)

    def list_rows(self, keys: Sequence[int]) -> list[QueueRow]:
        """Return the rows of these handles in the same order."""
        self._looked_at = tuple(keys)
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            found = stored.fetch_rows(unit, keys)
            decisions = reader.get_many(LinkDecision, {row.decision_id for row in found if row.decision_id})
            staff = {s.id: s.name for s in reader.list_all(Staff)} if decisions else {}
        return [make_row(row, decisions, staff) for row in found]

    def find_handle(self, collaboration_id: str) -> int | None:
        """Return the handle of the row that the collaboration is in, or None where it is not in the queue."""
        self.bring_up()
        with self._workspace.read() as unit:
            return stored.find_handle(unit, collaboration_id)

    def figures(self) -> QueueFigures:
        """Take in a small change, and return how many companies there are per filter."""
        self.bring_up()
        return self.present_figures()

    def present_figures(self) -> QueueFigures:
        """Return how many companies there are per filter in the queue as it stands.

        Nobody is to wait for it: counting takes the longer, the more companies there are.
        """
        return self._counts.read()

    # Keeping in line

    def bring_up(self) -> None:
        """Take in a small change at once, with its search if that is little; else ``search_all`` does it."""
        if self._small_change() is None and not self._owes_search:
            return  # without waiting for the search, which may be making the whole queue anew
        with self._keeping:
            self._take_small_change()
            if not self._owes_search:
                return
            self._owes_search = False
            with self._workspace.read() as unit:
                is_little = not stored.has_more_open(unit, _AT_ONCE)
            if is_little:
                self._search_some(_AT_ONCE)

    def _take_small_change(self) -> list[int]:
        """Take in a small change; what it opens is searched for by the next ``bring_up``.

        Returns the rows that have come with it, without those that a person has decided about.
        """
        dirty = self._small_change()
        if dirty is None:
            return []
        come = self._take_in(dirty)
        self._owes_search = True
        return come

    def _small_change(self) -> Dirty | None:
        with self._workspace.read() as unit:
            dirty = read_dirty(unit, _TAKEN_AT_ONCE + 1)
        if dirty.everything or dirty.notes > _TAKEN_AT_ONCE:
            return None
        if len(dirty.customers) > _RENAMED_AT_ONCE:
            dirty = dirty.without_customers()  # search_all looks which companies they concern
        return dirty or None

    def search_all(
        self,
        *,
        on_progress: Progress = lambda _done, _all: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Bring the queue in line and search for every company that waits for it.

        Stops between two lots where ``is_cancelled`` says so, and returns False then. ``on_progress`` is
        given how many companies have been searched for and how many there are.
        """

        def stops() -> bool:
            return is_cancelled() or self._is_closing()

        progress = Searched(on_progress)
        while not stops():
            with self._keeping:
                is_in_line = self._bring_in_line(stops)
                if not is_in_line or not progress.is_known:
                    with self._workspace.read() as unit:
                        progress.count(*stored.count_open(unit))
            if not is_in_line:
                progress.tell()
            elif self._is_worth_a_process(progress):
                self._search_in_process(stops, progress)
            else:
                with self._keeping:
                    searched = self._search_some(_SEARCH_LOT)
                if not searched:
                    return True
                progress.add(searched)
        return False

    def _bring_in_line(self, stops: Callable[[], bool]) -> bool:
        """Take some of what has changed in; return True where there was nothing."""
        with self._workspace.read() as unit:
            dirty = read_dirty(unit, _NOTES)
        if dirty.everything:
            self._make_anew(stops)
        elif dirty:
            self._take_in(dirty)
        return not dirty

    def finish_lot(self) -> None:
        """Wait until nothing is being written."""
        with self._keeping:
            return

    def needs_search(self) -> bool:
        """Tell whether ``search_all`` has something to do."""
        with self._workspace.read() as unit:
            return is_dirty(unit) or stored.has_more_open(unit, 0)

    def retry_failed(self) -> int:
        """Let the companies whose search failed be searched for again; return how many they are."""
        with self._workspace.database.write() as unit:
            return stored.open_failed(unit)

    def _take_in(self, dirty: Dirty) -> list[int]:
        """Take in what has changed; return the rows that have come, without those that are decided."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            collaborations = reader.get_many(Collaboration, dirty.collaborations)
            decisions = reader.get_many(LinkDecision, dirty.decisions)
            keys = {company_key(one.company) for one in collaborations.values()}
            keys |= {one.company_key for one in decisions.values()}
            keys |= stored.company_keys_of(unit, dirty.collaborations, dirty.decisions)
            keys |= companies_of_customers(unit, (*dirty.customers, *dirty.links))
            changed = keys_of_customers(reader, dirty.customers, dirty.links)
            difference = find_difference(unit, keys)
            opened = stored.list_concerned(unit, sorted(changed))
        self._counts.add_sources(one.source for one in collaborations.values())
        with self._workspace.database.write() as unit:
            stored.remove_companies(unit, sorted(difference.differ))
            handles = stored.add_rows(unit, difference.new)
            stored.open_rows(unit, opened[:_OPENED_AT_A_TIME])
            if len(opened) <= _OPENED_AT_A_TIME:
                forget_dirty(unit, dirty)
            else:
                note_opening(unit, dirty)
        new = list(zip(handles, difference.new, strict=True))
        self._come.extend(handles)
        self._concerned |= {*opened, *(handle for handle, row in new if not row.keys.isdisjoint(changed))}
        if len(opened) > _OPENED_AT_A_TIME:
            self._open_rest(opened[_OPENED_AT_A_TIME:], dirty)
        return [handle for handle, row in new if row.decision_id is None]

    def _open_rest(self, handles: Sequence[int], dirty: Dirty) -> None:
        for start in range(0, len(handles), _OPENED_AT_A_TIME):
            with self._workspace.database.write() as unit:
                stored.open_rows(unit, handles[start : start + _OPENED_AT_A_TIME])
        with self._workspace.database.write() as unit:
            forget_opening(unit, dirty)

    def _make_anew(self, is_cancelled: Callable[[], bool]) -> None:
        """Bring every row in line; those that are right show what they show until they are searched again."""
        self._counts.forget_sources()
        with self._workspace.database.write() as unit:
            begin_anew(unit)
        with self._workspace.read() as unit:
            keys = {
                row[0]
                for row in unit.rows(
                    "SELECT p.lookup FROM shown_collaboration s JOIN present p"
                    " ON p.type = 'collaboration' AND p.id = s.id WHERE s.unlinked = 1"
                )
                if row[0]
            }
            gone = stored.list_companies(unit) - keys
        for part in chunks(sorted(keys), _REBUILD_LOT):
            if is_cancelled():
                return  # the note that it is to be made anew is still there
            with self._workspace.read() as unit:
                difference = find_difference(unit, set(part))
            with self._workspace.database.write() as unit:
                stored.remove_companies(unit, sorted(difference.differ))
                stored.add_rows(unit, difference.new)
                stored.open_companies(unit, sorted(difference.same))
        with self._workspace.database.write() as unit:
            stored.remove_companies(unit, sorted(gone))
            end_anew(unit)
        self._counts.forget_sources()

    # Searching

    def take_found(self, handle: int, suggestion: CompanySuggestion) -> None:
        """Keep what was found for a row that a person looks at, where it was still waiting for it."""
        # A person does not wait for the search of all the others to come to the end of its lot.
        if not self._keeping.acquire(blocking=False):
            return
        try:
            with self._workspace.read() as unit:
                rows = [row for row in stored.fetch_rows(unit, [handle]) if row.is_open]
                if not rows or is_dirty(unit):
                    return
                found = [as_found(LocalReader(unit), row, suggestion) for row in rows]
            with self._workspace.database.write() as unit:
                stored.write_found(unit, found)
        finally:
            self._keeping.release()

    def _search_some(self, limit: int) -> int:
        """Search for some companies that wait for it; return how many."""
        with self._workspace.read() as unit:
            waiting = stored.list_open(unit, limit, first=self._looked_at)
            found = [self._found(LocalReader(unit), row) for row in waiting]
        return self._keep_found(found)

    def _search_for(self, handles: Sequence[int]) -> int:
        """Search for these rows as far as they wait for it; return how many."""
        with self._workspace.read() as unit:
            waiting = [row for row in stored.fetch_rows(unit, handles) if row.is_open]
            found = [self._found(LocalReader(unit), row) for row in waiting]
        return self._keep_found(found)

    def _keep_found(self, found: Sequence[Found]) -> int:
        if found:
            with self._workspace.database.write() as unit:
                stored.write_found(unit, found)
        return len(found)

    def _found(self, reader: LocalReader, row: StoredRow) -> Found:
        ids = [member.collaboration_id for member in row.members]
        members = list(reader.get_many(Collaboration, ids).values())
        if not members:
            return Found(row=row.row, view=stored.PENDING)
        try:
            with self._index.fresh(reader) as index:
                suggestion = self._search(members, index, self._catalogue, reader)
        except Exception:  # noqa: BLE001 - the top of one search: it has a filter of its own, the rest go on
            _log.exception("The search for a company failed")
            return Found(row=row.row, view=stored.FAILED)
        return as_found(reader, row, suggestion)

    def _is_worth_a_process(self, progress: Searched) -> bool:
        if self._process_from is None or progress.waiting < self._process_from:
            return False
        with self._workspace.read() as unit:
            return stored.count_open_unknown(unit) >= self._process_from

    def _search_in_process(self, stops: Callable[[], bool], progress: Searched) -> None:
        """Search for what waits in a process of its own, until a person or a large change ends it.

        What changes meanwhile is taken in between two lots; the companies that it may concern are left to
        the search in this process, which knows the customers as they are now.
        """
        self._concerned = set()
        asked = AskedCompanies(self._workspace, stops)
        try:
            with FullRun(list_customers(self._workspace, stops)) as run:
                questions = asked.questions(lambda: (self._looked_at, self._concerned))
                for lot in run.answers(questions):
                    with self._keeping:
                        progress.waiting -= self._take_answers(asked, lot)
                        with self._workspace.read() as unit:
                            dirty = read_dirty(unit, _NOTES + 1)
                        if dirty.everything or dirty.notes > _NOTES:
                            run.cancel()
                        elif dirty:
                            self._take_in(dirty)
                            with self._workspace.read() as unit:
                                progress.count(*stored.count_open(unit))
                    progress.tell()
                    if stops():
                        run.cancel()
        except SamverkaError:
            # Killed, or no memory for it: it is searched for here, slower, rather than not at all.
            _log.exception("The process of the search ended")
            self._process_from = None
        finally:
            self._concerned = set()
        if not asked.answered and not stops():
            self._process_from = None  # nothing came of it, and nothing would come the next time

    def _take_answers(self, asked: AskedCompanies, lot: Lot) -> int:
        """Store a lot's answers; return how many they were."""
        for key, error in lot.failed.items():
            _log.error("The search for company %s failed: %s", key, error)
        with self._workspace.read() as unit:
            found = asked.as_found(LocalReader(unit), lot, self._catalogue, but_not=self._concerned)
        with self._workspace.database.write() as unit:
            stored.write_found(unit, found)
        self.found_by_process += len(found)
        return len(found)
