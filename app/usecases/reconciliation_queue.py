"""The queue of unlinked companies: kept in line with the records, and searched for in the background.

What was found is stored, so that the queue is there at once the next time. A change looks only at the
companies that it can concern; everything else stays.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterable, Sequence

from app.catalogue import Catalogue
from app.domain.records import (
    Collaboration,
    Contact,
    Customer,
    LinkDecision,
    Staff,
    company_key,
)
from app.domain.rights import Action, why_not
from app.domain.swedish_order import sort_key
from app.matching.keys import company_keys, customer_keys
from app.matching.remembered import has_new_evidence
from app.storage import linking_queue as stored
from app.storage.database import Unit
from app.storage.linking_dirty import Dirty, begin_anew, end_anew, forget_dirty, is_dirty, read_dirty
from app.storage.linking_queue import Found, Member, NewRow, StoredRow
from app.storage.local_reader import LocalReader, chunks
from app.storage.outbox import list_entries
from app.usecases.live_index import LiveIndex
from app.usecases.reconciliation_clashes import OPEN_CLASHES
from app.usecases.reconciliation_reading import (
    make_row,
    open_decisions_of,
    searchable,
    shown_number,
)
from app.usecases.reconciliation_search import CompanySuggestion, Search, suggest_for_company
from app.usecases.reconciliation_values import QueueFigures, QueueQuery, QueueRow
from app.usecases.workspace import Workspace

_log = logging.getLogger(__name__)
_NOTES = 400
_REBUILD_LOT = 2000
_SEARCH_LOT = 20
_AT_ONCE = 60

Progress = Callable[[int, int], None]


class LinkingQueue:
    """Follows ``ui.widgets.windowed_model.RowSource``: handles in order, rows of a page, and figures."""

    def __init__(
        self,
        workspace: Workspace,
        catalogue: Catalogue,
        index: LiveIndex,
        search: Search = suggest_for_company,
        is_closing: Callable[[], bool] = lambda: False,
    ) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self._index = index
        self._search = search
        self._is_closing = is_closing
        self._keeping = threading.RLock()

    # Reading

    def list_keys(self, query: QueueQuery, limit: int | None = None) -> list[int]:
        """Return the handles of the rows in Swedish order of names."""
        self.bring_up()
        with self._workspace.read() as unit:
            return stored.list_handles(unit, query.view, query.text, limit, query.only)

    def list_rows(self, keys: Sequence[int]) -> list[QueueRow]:
        """Return the rows of these handles in the same order."""
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
        """Return how many companies there are per filter, without reading them."""
        self.bring_up()
        with self._workspace.read() as unit:
            counts = stored.count_views(unit)
            unlinked, linked = (
                int(unit.value(f"SELECT count(*) FROM shown_collaboration WHERE {where}") or 0)
                for where in (
                    "unlinked = 1",
                    "unlinked = 0 AND engagement_id IS NOT NULL AND source IN ('byrastod', 'smarta_byran')",
                )
            )
            searching, companies = stored.count_open(unit)
            counts["all"] = sum(count for view, count in counts.items() if view != stored.DECIDED)
            clashes = list_entries(unit, OPEN_CLASHES)
            return QueueFigures(
                counts=counts,
                unlinked=unlinked,
                linked=linked,
                sources=stored.list_sources(unit),
                searching=searching,
                companies=companies,
                clashes=len(clashes),
                may_decide=why_not(Action.UNLINKED, self._workspace.context(unit).actor) or "",
            )

    # Keeping in line

    def bring_up(self) -> None:
        """Take in a small change at once, with its search; a large one waits for ``search_all``."""
        if self._small_change() is None:
            return  # without waiting for the search, which may be making the whole queue anew
        with self._keeping:
            dirty = self._small_change()
            if dirty is None:
                return
            self._take_in(dirty)
            with self._workspace.read() as unit:
                waiting = stored.count_open(unit)[0]
            if waiting <= _AT_ONCE:
                self._search_some(_AT_ONCE)

    def _small_change(self) -> Dirty | None:
        with self._workspace.read() as unit:
            dirty = read_dirty(unit, _AT_ONCE + 1)
        notes = len(dirty.customers) + len(dirty.collaborations) + len(dirty.decisions)
        return None if not dirty or dirty.everything or notes > _AT_ONCE else dirty

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

        while True:
            if stops():
                return False
            with self._keeping:
                with self._workspace.read() as unit:
                    dirty = read_dirty(unit, _NOTES)
                if not dirty:
                    break
                if dirty.everything:
                    self._make_anew(stops)
                else:
                    self._take_in(dirty)
            self._tell(on_progress)
        while not stops():
            with self._keeping:
                searched = self._search_some(_SEARCH_LOT)
            if not searched:
                return True
            self._tell(on_progress)
        return False

    def finish_lot(self) -> None:
        """Wait until nothing is being written."""
        with self._keeping:
            return

    def needs_search(self) -> bool:
        """Tell whether ``search_all`` has something to do."""
        with self._workspace.read() as unit:
            return is_dirty(unit) or stored.count_open(unit)[0] > 0

    def retry_failed(self) -> int:
        """Let the companies whose search failed be searched for again; return how many they are."""
        with self._workspace.database.write() as unit:
            return stored.open_failed(unit)

    def _tell(self, on_progress: Progress) -> None:
        with self._workspace.read() as unit:
            waiting, companies = stored.count_open(unit)
        on_progress(companies - waiting, companies)

    def _take_in(self, dirty: Dirty) -> None:
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            collaborations = reader.get_many(Collaboration, dirty.collaborations)
            decisions = reader.get_many(LinkDecision, dirty.decisions)
            keys = {company_key(one.company) for one in collaborations.values()}
            keys |= {one.company_key for one in decisions.values()}
            keys |= stored.company_keys_of(unit, dirty.collaborations, dirty.decisions)
            keys |= _companies_of_customers(unit, dirty.customers)
            rows = [row for key in sorted(keys) for row in _rows_of_company(reader, key)]
            present = {_identity(row): row for row in stored.list_of_companies(unit, keys)}
            changed = _keys_of_customers(reader, dirty.customers)
        same = [
            row
            for row in rows
            if _is_same(present.get((row.company_key, row.customer_id, row.decision_id)), row)
        ]
        unchanged = {row.company_key for row in same}
        unchanged -= {row.company_key for row in rows if row not in same}
        unchanged -= {
            row.company_key
            for row in present.values()
            if _identity(row) not in {(r.company_key, r.customer_id, r.decision_id) for r in rows}
        }
        with self._workspace.database.write() as unit:
            stored.remove_companies(unit, sorted(keys - unchanged))
            stored.add_rows(unit, [row for row in rows if row.company_key not in unchanged])
            stored.open_again(unit, sorted(changed))
            forget_dirty(unit, dirty)

    def _make_anew(self, is_cancelled: Callable[[], bool]) -> None:
        with self._workspace.database.write() as unit:
            begin_anew(unit)
            stored.empty_queue(unit)
        with self._workspace.read() as unit:
            keys = sorted(
                {
                    row[0]
                    for row in unit.rows(
                        "SELECT p.lookup FROM shown_collaboration s JOIN present p"
                        " ON p.type = 'collaboration' AND p.id = s.id WHERE s.unlinked = 1"
                    )
                    if row[0]
                }
            )
        for part in chunks(keys, _REBUILD_LOT):
            if is_cancelled():
                return  # the note that it is to be made anew is still there
            with self._workspace.read() as unit:
                reader = LocalReader(unit)
                rows = [row for key in part for row in _rows_of_company(reader, key)]
            with self._workspace.database.write() as unit:
                stored.add_rows(unit, rows)
        with self._workspace.database.write() as unit:
            end_anew(unit)

    # Searching

    def _search_some(self, limit: int) -> int:
        """Search for some companies that wait for it; return how many."""
        with self._workspace.read() as unit:
            waiting = stored.list_open(unit, limit)
            if not waiting:
                return 0
            found = [self._found(LocalReader(unit), row) for row in waiting]
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
        return _as_found(reader, row, suggestion)


def _as_found(reader: LocalReader, row: StoredRow, suggestion: CompanySuggestion) -> Found:
    best = suggestion.best
    customer = reader.find("customer", best.customer_id) if best else None
    decision = reader.find("link_decision", row.decision_id) if row.decision_id else None
    view = "missing_engagement" if row.customer_id else suggestion.band
    if isinstance(decision, LinkDecision) and not has_new_evidence(
        decision.candidates, suggestion.candidates
    ):
        view = stored.DECIDED
    return Found(
        row=row.row,
        view=view,
        band=suggestion.band,
        reason=suggestion.reason,
        score=suggestion.candidates[0].score if suggestion.candidates else 0,
        best_id=best.customer_id if best else None,
        best_name=customer.name if isinstance(customer, Customer) else "",
        best_number=customer.customer_number if isinstance(customer, Customer) else "",
        place=", ".join(suggestion.places),
        why=tuple(r.field for r in best.rows if r.points > 0) if best else (),
        alternatives=len(suggestion.candidates),
        customers=tuple(candidate.customer_id for candidate in suggestion.candidates),
    )


def _rows_of_company(reader: LocalReader, key: str) -> list[NewRow]:
    """Return the company's rows: one for what is wholly unlinked, one per known customer and decision."""
    records = reader.list_by_lookup("collaboration", key)
    unlinked = [one for one in records if isinstance(one, Collaboration) and one.is_unlinked]
    if not unlinked:
        return []
    decisions = open_decisions_of(reader, key)
    groups: dict[tuple[str | None, str | None], list[Collaboration]] = {}
    for one in unlinked:
        decision = decisions.get(one.id)
        groups.setdefault((one.customer_id, decision.id if decision else None), []).append(one)
    return [
        NewRow(
            company_key=key,
            customer_id=customer_id,
            members=tuple(Member(one.id, one.service, one.source_product) for one in members),
            name=members[0].company.name,
            name_key=sort_key(members[0].company.name) if members[0].company.name.strip() else "",
            identity=shown_number(members[0].company),
            source=members[0].source,
            decision_id=decision_id,
            search=searchable(members[0].company, [one.source_product for one in members]),
            keys=company_keys(members[0].company),
        )
        for (customer_id, decision_id), members in groups.items()
    ]


def _identity(row: StoredRow) -> tuple[str, str | None, str | None]:
    return row.company_key, row.customer_id, row.decision_id


def _is_same(present: StoredRow | None, row: NewRow) -> bool:
    """Tell whether the row stands already as it should: then its handle, place and suggestion stay."""
    return present is not None and (present.members, present.name, present.identity, present.source) == (
        row.members,
        row.name,
        row.identity,
        row.source,
    )


def _companies_of_customers(unit: Unit, customer_ids: Iterable[str]) -> set[str]:
    """Return the companies whose unlinked collaborations hang on these customers now."""
    rows = unit.rows(
        "SELECT DISTINCT p.lookup FROM shown_collaboration s JOIN present p"
        " ON p.type = 'collaboration' AND p.id = s.id"
        " WHERE s.customer_id IN (SELECT value FROM json_each(?)) AND s.unlinked = 1",
        (json.dumps(list(customer_ids)),),
    )
    return {row[0] for row in rows if row[0]}


def _keys_of_customers(reader: LocalReader, customer_ids: Sequence[str]) -> set[str]:
    """Return what the changed customers' companies may be found by."""
    keys = {f"c|{customer_id}" for customer_id in customer_ids}
    for customer in reader.get_many(Customer, customer_ids).values():
        contacts = [c for c in reader.list_of_customer("contact", customer.id) if isinstance(c, Contact)]
        keys |= customer_keys(customer, contacts)
    return keys
