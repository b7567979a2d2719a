"""Unlinked collaborations: one company at a time, many at once, and taking back what was decided.

Everything here runs on a worker's thread; a suggestion is never a link.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence

from app.catalogue import Catalogue
from app.domain.commands import RevokeLinkDecision, SetLinkDecision
from app.domain.ids import PREFIXES, new_id
from app.domain.records import Collaboration, Customer, LinkDecision, LinkDecisionKind, Staff
from app.errors import SamverkaError
from app.matching.suggestions import Band, Candidate
from app.storage import linking_queue as stored
from app.storage.customer_rows import list_ids_by_name
from app.storage.linking_queue import StoredRow
from app.storage.local_reader import LocalReader
from app.storage.outbox import CommandState, list_states
from app.storage.writing import withdraw_commands
from app.usecases.live_index import LiveIndex
from app.usecases.reconciliation_access import preview_wish
from app.usecases.reconciliation_clashes import LinkClashes
from app.usecases.reconciliation_history import LinkHistory
from app.usecases.reconciliation_many import preview_many
from app.usecases.reconciliation_queue import LinkingQueue
from app.usecases.reconciliation_reading import (
    as_seen,
    company_facts,
    find_earlier,
    get_collaboration,
    make_row,
    propose_new_engagements,
    view_candidate,
    view_line,
)
from app.usecases.reconciliation_search import NOT_SEARCHED, Search, compare_with, suggest_for_company
from app.usecases.reconciliation_steps import Planned, plan_link, step_of
from app.usecases.reconciliation_values import (
    AccessPreview,
    CandidateView,
    DecisionCard,
    LinkedMany,
    LinkWish,
    Step,
)
from app.usecases.workspace import Workspace

_LOT = 40
WORTH_A_PROCESS = 1000
"""Companies to search for. Fewer are searched for here, sooner than a process has taken in the customers."""

Progress = Callable[[int, int], None]


class Reconciliation:
    """What the screen *Okopplade* asks and decides. ``queue`` is its list, ``history`` what was decided."""

    def __init__(
        self,
        workspace: Workspace,
        catalogue: Catalogue,
        search: Search = suggest_for_company,
        *,
        process_from: int | None = WORTH_A_PROCESS,
    ) -> None:
        """``process_from`` is how many companies are searched for in a process of its own; None is never."""
        self._workspace = workspace
        self._catalogue = catalogue
        self._search = search
        self._index = LiveIndex()
        workspace.events.subscribe(self._index.take_in)
        self._stopped = threading.Event()
        self.queue = LinkingQueue(
            workspace,
            catalogue,
            self._index,
            search,
            self._stopped.is_set,
            process_from=process_from if search is suggest_for_company else None,
        )
        self.history = LinkHistory(workspace, catalogue)
        self.clashes = LinkClashes(workspace)

    def stop(self) -> None:
        """Let what runs for long end between two lots: the program is closing."""
        self._stopped.set()
        self.queue.finish_lot()

    # One company

    def open_card(self, handle: int) -> DecisionCard:
        """Return everything about one row. Raises SamverkaError ``gone`` where it is no longer there."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            row = _get_row(stored.fetch_rows(unit, [handle]))
            members = _members(reader, row)
            staff = {s.id: s.name for s in reader.list_all(Staff)}
            if row.view == stored.FAILED:
                found = NOT_SEARCHED  # the card says so; a person tries again, or searches by hand
            else:
                with self._index.fresh(reader) as index:
                    found = self._search(members, index, self._catalogue, reader)
                if row.is_open:
                    self.queue.take_found(handle, found)
            customers = reader.get_many(Customer, [c.customer_id for c in found.candidates])
            decisions = reader.get_many(LinkDecision, [row.decision_id] if row.decision_id else [])
            return DecisionCard(
                row=make_row(row, decisions, staff),
                company=company_facts(members[0].company),
                company_key=row.company_key,
                candidates=tuple(
                    view_candidate(c, customers[c.customer_id], self._catalogue, reader, staff)
                    for c in found.candidates
                    if c.customer_id in customers
                ),
                lines=tuple(view_line(one, self._catalogue, reader, staff) for one in members),
                new_engagements=propose_new_engagements(
                    self._catalogue,
                    self._workspace.clock.today(),
                    self._workspace.context(unit).actor.staff_id,
                ),
                seen=as_seen(found.candidates),
                earlier=find_earlier(row, decisions, staff),
            )

    def find_customers(self, handle: int, text: str, *, limit: int = 9) -> tuple[CandidateView, ...]:
        """Return customers searched for by hand, archived ones too, compared as suggestions are."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            member = _members(reader, _get_row(stored.fetch_rows(unit, [handle])))[0]
            ids = list_ids_by_name(unit, text, limit)
            staff = {s.id: s.name for s in reader.list_all(Staff)}
            customers = reader.get_many(Customer, ids)
            compared: list[Candidate] = []
            with self._index.fresh(reader) as index:
                for customer_id in ids:
                    found = compare_with(member, customer_id, index, self._catalogue, reader)
                    if found is not None and customer_id in customers:
                        compared.append(found)
            return tuple(
                view_candidate(one, customers[one.customer_id], self._catalogue, reader, staff)
                for one in compared
            )

    def preview_access(self, wish: LinkWish) -> AccessPreview:
        """Return who would gain and lose access by the links."""
        with self._workspace.read() as unit:
            return preview_wish(LocalReader(unit), self._workspace.context(unit), wish)

    def link(self, wish: LinkWish) -> Step:
        """Decide the links of one company, with what is created or restored for them: all of it or nothing.

        Raises RejectedError with the reason where it is already known to be refused.
        """
        with self._workspace.read() as unit:
            planned = plan_link(LocalReader(unit), self._workspace.context(unit), wish)
        self._workspace.enqueue(planned.decisions)
        return step_of([planned])

    def set_aside(self, card: DecisionCard, decision: LinkDecisionKind, reason: str = "") -> Step:
        """Remember *none of these* (with its reason) or *later*."""
        decision_id = new_id(PREFIXES["link_decision"])
        ids = self._workspace.enqueue(
            [
                SetLinkDecision(
                    decision_id=decision_id,
                    company_key=card.company_key,
                    collaboration_ids=card.row.collaboration_ids,
                    decision=decision,
                    reason=reason,
                    candidates=card.seen,
                )
            ]
        )
        return Step(
            command_ids=ids,
            undo=((ids[0], RevokeLinkDecision(decision_id=decision_id)),),
            company_name=card.row.company_name,
        )

    def revoke(self, decision_ids: Sequence[str]) -> None:
        """Take remembered decisions back: the company is in the queue again."""
        self._workspace.enqueue([RevokeLinkDecision(decision_id=id_) for id_ in decision_ids])

    # Many

    def list_bests(self, handles: Sequence[int]) -> dict[int, str]:
        """Return handle → the customer that is proposed: what a person reviews before many are linked."""
        with self._workspace.read() as unit:
            return stored.list_bests(unit, handles)

    def preview_many(
        self, reviewed: Mapping[int, str], *, is_cancelled: Callable[[], bool] = lambda: False
    ) -> dict[int, AccessPreview]:
        """Return handle → who gains and loses access by it, for what a person reviews."""
        return preview_many(
            self._workspace, self._catalogue, reviewed, lambda: is_cancelled() or self._stopped.is_set()
        )

    def link_many(
        self,
        reviewed: Mapping[int, str],
        *,
        on_progress: Progress = lambda _done, _all: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> LinkedMany:
        """Link the companies of these rows to the customers that were reviewed, each with its own result.

        One that is gone, refused, or no longer what was reviewed is among ``left``, with the code why.
        """
        done: list[Planned] = []
        left: list[tuple[str, str]] = []
        handled = 0
        cancelled = False
        pairs = list(reviewed.items())
        for start in range(0, len(pairs), _LOT):
            lot = pairs[start : start + _LOT]
            if is_cancelled() or self._stopped.is_set():
                cancelled = True
                break
            for planned, company, code in self._link_lot(dict(lot)):
                if code or planned is None:
                    left.append((company, code))
                else:
                    done.append(planned)
            handled += len(lot)
            on_progress(handled, len(reviewed))
        return LinkedMany(step=step_of(done), companies=len(done), left=tuple(left), was_cancelled=cancelled)

    def _link_lot(self, reviewed: Mapping[int, str]) -> Iterator[tuple[Planned | None, str, str]]:
        plans: list[tuple[Planned, str]] = []
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            context = self._workspace.context(unit)
            rows = {row.row: row for row in stored.fetch_rows(unit, list(reviewed))}
            for handle, customer_id in reviewed.items():
                row = rows.get(handle)
                if row is None:
                    yield None, "", "gone"
                    continue
                wish = self._wish_as_reviewed(reader, row, customer_id)
                if wish is None:
                    yield None, row.name, "suggestion_changed"
                    continue
                plans.append((plan_link(reader, context, wish), row.name))
        results = iter(self._workspace.enqueue_each([d for plan, _ in plans for d in plan.decisions]))
        for plan, name in plans:
            outcomes = [next(results) for _ in plan.decisions]
            refused = {o.command_id: o.error for o in outcomes if o.error is not None}
            kept = dataclasses.replace(
                plan, decisions=tuple(d for d in plan.decisions if d.command_id not in refused)
            )
            code = next(iter(refused.values())).code if refused else ""
            if kept.decisions:
                yield kept, name, ""
            if code:
                yield None, name, code

    def _wish_as_reviewed(self, reader: LocalReader, row: StoredRow, customer_id: str) -> LinkWish | None:
        """Return the wish that the row proposes, or None where the evidence says something else by now."""
        try:
            members = _members(reader, row)
        except SamverkaError:
            return None
        with self._index.fresh(reader) as index:
            found = self._search(members, index, self._catalogue, reader)
        best = found.best
        if best is None or best.customer_id != customer_id or not found.lines:
            return None
        if found.band not in (Band.CERTAIN, Band.LIKELY) or "customer_archived" in best.warnings:
            return None
        return LinkWish(lines=found.lines, customer_id=customer_id, seen=as_seen(found.candidates))

    # Taking back

    def undo(self, step: Step) -> None:
        """Take a step back: what is not sent leaves the outbox, the rest is taken back by new commands."""
        with self._workspace.database.write() as unit:
            states = list_states(unit, step.command_ids)
            waiting = [id_ for id_, state in states.items() if state in _NOT_THERE_YET]
            _, changed = withdraw_commands(unit, waiting, self._workspace.clock.now())
        self._workspace.tell_and_wake(changed)
        known = {id_ for id_, state in states.items() if state in _AT_THE_SERVER}
        payloads = [payload for id_, payload in step.undo if id_ in known and payload is not None]
        if len(payloads) > _LOT:
            self._workspace.enqueue_each(payloads)
        elif payloads:
            self._workspace.enqueue(payloads)


_NOT_THERE_YET = (CommandState.QUEUED, CommandState.SENDING)
_AT_THE_SERVER = (CommandState.ACKNOWLEDGED, CommandState.CONFIRMED)


def _get_row(rows: Sequence[StoredRow]) -> StoredRow:
    if not rows:
        raise SamverkaError("gone", type="collaboration")
    return rows[0]


def _members(reader: LocalReader, row: StoredRow) -> list[Collaboration]:
    return [get_collaboration(reader, member.collaboration_id) for member in row.members]
