"""What a full run is asked and what becomes of its answers: the queue's side of app.matching.full_run."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Sequence

from app.catalogue import Catalogue
from app.domain.records import Collaboration, Contact, Customer, Engagement
from app.matching.full_run import CompanyQuestion, CustomerFacts, Lot
from app.matching.many import LOT
from app.storage import linking_queue as stored
from app.storage.linking_queue import Found, StoredRow
from app.storage.local_reader import LocalReader, chunks
from app.usecases.reconciliation_reading import list_engagements
from app.usecases.reconciliation_rows import as_found
from app.usecases.reconciliation_search import suggest_from
from app.usecases.workspace import Progress, Workspace

_CUSTOMERS_AT_A_TIME = 2000


def list_customers(workspace: Workspace, stops: Callable[[], bool]) -> Iterator[CustomerFacts]:
    """Yield every customer, each lot as it is when it is read; fewer where ``stops`` says so."""
    with workspace.read() as unit:
        ids = [row[0] for row in unit.rows("SELECT id FROM present WHERE type = 'customer' ORDER BY id")]
    for part in chunks(ids, _CUSTOMERS_AT_A_TIME):
        if stops():
            return
        with workspace.read() as unit:
            reader = LocalReader(unit)
            customers = reader.get_many(Customer, part)
            contacts: dict[str, list[Contact]] = {}
            for contact in reader.list_of_customers(Contact, part):
                contacts.setdefault(contact.customer_id, []).append(contact)
        for id_, customer in customers.items():
            yield CustomerFacts(customer=customer, contacts=tuple(contacts.get(id_, ())))


class AskedCompanies:
    """The companies of one run: in which order they are asked about, and which wait for their answer."""

    def __init__(self, workspace: Workspace, stops: Callable[[], bool]) -> None:
        self._workspace = workspace
        self._stops = stops
        self._waiting: dict[str, StoredRow] = {}
        self.answered = 0

    def questions(
        self, looked_at: Callable[[], tuple[Sequence[int], Collection[int]]]
    ) -> Iterator[CompanyQuestion]:
        """Yield a question for each open row, once; those that a person looks at come with the next lot.

        ``looked_at`` gives the handles on the screen, and those that are not to be asked about (any more).
        """
        while not self._stops():
            first, but_not = looked_at()
            left_out = {row.row for row in self._waiting.values()} | set(but_not)
            with self._workspace.read() as unit:
                rows = stored.list_open(unit, LOT, first=first, but_not=left_out, unknown_only=True)
                members = LocalReader(unit).get_many(Collaboration, [row.id for row in rows])
            asked = [row for row in rows if row.id in members]
            if not asked:
                return
            for row in asked:
                self._waiting[str(row.row)] = row
                yield CompanyQuestion(key=str(row.row), company=members[row.id].company)

    def as_found(
        self, reader: LocalReader, lot: Lot, catalogue: Catalogue, *, but_not: Collection[int]
    ) -> list[Found]:
        """Return what is to be stored of a lot, without ``but_not`` and what has been found meanwhile."""
        keys = [*lot.found, *lot.failed]
        asked = [self._waiting.pop(key).row for key in keys]
        self.answered += len(asked)
        rows = [
            row for row in stored.fetch_rows(reader.unit, asked) if row.is_open and row.row not in but_not
        ]
        ids = [member.collaboration_id for row in rows for member in row.members]
        members = reader.get_many(Collaboration, ids)

        @functools.cache
        def engagements_of(customer_id: str) -> Sequence[Engagement]:
            return list_engagements(reader, customer_id)

        found: list[Found] = []
        for row in rows:
            own = [members[m.collaboration_id] for m in row.members if m.collaboration_id in members]
            answer = lot.found.get(str(row.row))
            if answer is None or not own:
                found.append(Found(row=row.row, view=stored.FAILED))
            else:
                found.append(as_found(reader, row, suggest_from(answer, own, catalogue, engagements_of)))
        return found


class Searched:
    """How far a search has come. Counting all rows takes longer than searching for twenty of them."""

    def __init__(self, on_progress: Progress) -> None:
        self._on_progress = on_progress
        self._companies = 0
        self.waiting = 0
        self.is_known = False

    def count(self, waiting: int, companies: int) -> None:
        """Take over what has been counted."""
        self.waiting, self._companies, self.is_known = waiting, companies, True

    def add(self, searched: int) -> None:
        """Say that so many more have been searched for."""
        self.waiting = max(0, self.waiting - searched)
        self.tell()

    def tell(self) -> None:
        """Tell how many have been searched for, and of how many."""
        self._on_progress(self._companies - self.waiting, self._companies)
