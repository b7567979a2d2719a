"""Unlinked collaborations: the queue with its suggestions, one decision at a time, and undo.

The index over the firm's customers is kept between questions and follows single customers that change.
Everything here runs on the `db` thread; a suggestion is never a link.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence

from app.catalogue import Catalogue
from app.catalogue.catalogue import EngagementProposalKind
from app.domain.access import access_change
from app.domain.commands import (
    LinkCollaboration,
    RevokeLinkDecision,
    SetLinkDecision,
    UnlinkCollaboration,
)
from app.domain.identity import NumberError, mask_number, parse_number
from app.domain.ids import PREFIXES, new_id
from app.domain.records import (
    Collaboration,
    Customer,
    Engagement,
    EngagementState,
    LinkDecision,
    LinkDecisionKind,
    Participation,
    SeenCandidate,
    Staff,
    company_key,
)
from app.domain.swedish_order import fold_for_search, sort_key
from app.errors import SamverkaError
from app.matching.index import CustomerIndex
from app.matching.suggestions import Band, Candidate, Suggestion, suggest
from app.storage.customer_rows import CustomerFilter, fetch_lines, list_handles
from app.storage.database import Unit
from app.storage.local_reader import LocalReader
from app.usecases.live_index import LiveIndex
from app.usecases.reconciliation_values import (
    AccessPreview,
    CandidateView,
    DecisionCard,
    DecisionView,
    EngagementChoice,
    HistoryRow,
    Linked,
    Queue,
    QueueRow,
    filter_of,
)
from app.usecases.workspace import Workspace


class Reconciliation:
    """What the screen *Okopplade* asks and decides."""

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self._index = LiveIndex()
        workspace.events.subscribe(self._index.take_in)

    def load_queue(self, text: str = "") -> Queue:
        """Return every unlinked collaboration with its suggestion, in Swedish order of names.

        ``text`` narrows by the vendor's name, number or product.
        """
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            index = self._index.fresh(reader)
            found = _list_unlinked(unit, reader)
            decisions = _open_decisions(reader)
            staff = {s.id: s.name for s in reader.list_all(Staff)}
            suggestions = {c.id: self._suggest(c, index, reader) for c in found}
            names = reader.get_many(
                Customer, {s.candidates[0].customer_id for s in suggestions.values() if s.candidates}
            )
            marks = _marks(unit)
            linked = int(
                unit.value(
                    "SELECT count(*) FROM shown_collaboration WHERE engagement_id IS NOT NULL"
                    " AND source IN ('byrastod', 'smarta_byran')"
                )
                or 0
            )
        rows = [
            _queue_row(c, suggestions[c.id], names, marks.get(c.id, ""), decisions.get(c.id), staff)
            for c in found
        ]
        counts = Counter(filter_of(row) for row in rows)
        counts["all"] = sum(1 for row in rows if row.decision is None)
        wanted = fold_for_search(text)
        if wanted:
            rows = [row for row in rows if wanted in _searchable(row)]
        rows.sort(key=lambda row: (not row.company_name, sort_key(row.company_name), row.id))
        sources = tuple(sorted({row.source for row in rows}))
        return Queue(rows=tuple(rows), counts=dict(counts), linked=linked, sources=sources)

    def open_card(self, collaboration_id: str) -> DecisionCard:
        """Return everything about one row. Raises SamverkaError ``gone`` where it is no longer there."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            collaboration = _get_collaboration(reader, collaboration_id)
            suggestion = self._suggest(collaboration, self._index.fresh(reader), reader)
            customers = reader.get_many(Customer, [c.customer_id for c in suggestion.candidates])
            staff = {s.id: s.name for s in reader.list_all(Staff)}
            decision = _open_decisions(reader).get(collaboration.id)
            mark = _marks(unit).get(collaboration.id, "")
            views = tuple(
                self._candidate_view(c, customers[c.customer_id], suggestion.service, reader, staff)
                for c in suggestion.candidates
                if c.customer_id in customers
            )
        mapping = self._catalogue.map_product(collaboration.source_product)
        known = collaboration.service or mapping.service
        every = tuple(service.code for service in self._catalogue.services)
        services = (known,) if known else (mapping.services or every)
        return DecisionCard(
            row=_queue_row(collaboration, suggestion, customers, mark, decision, staff),
            candidates=views,
            services=services,
            started_on=collaboration.started_on.isoformat() if collaboration.started_on else "",
            company_key=company_key(collaboration.company),
            collaboration_ids=(collaboration.id,),
        )

    def find_customers(
        self, collaboration_id: str, text: str, *, limit: int = 12
    ) -> tuple[CandidateView, ...]:
        """Return customers searched for by hand, compared with the company like any candidate."""
        if not fold_for_search(text):
            return ()
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            collaboration = _get_collaboration(reader, collaboration_id)
            index = self._index.fresh(reader)
            handles = list_handles(unit, CustomerFilter(search=text), limit)
            ids = [line.id for line in fetch_lines(unit, handles)]
            staff = {s.id: s.name for s in reader.list_all(Staff)}
            customers = reader.get_many(Customer, ids)
            views: list[CandidateView] = []
            for customer_id in ids:
                chosen = _compare_with(collaboration, customer_id, index, self._catalogue, reader)
                if chosen is not None and customer_id in customers:
                    service = collaboration.service
                    views.append(self._candidate_view(chosen, customers[customer_id], service, reader, staff))
        return tuple(views)

    def preview_access(
        self, collaboration_id: str, customer_id: str, engagement_id: str | None
    ) -> AccessPreview:
        """Return who would gain and lose access by the link."""
        return self._preview(collaboration_id, customer_id=customer_id, engagement_id=engagement_id)

    def preview_unlink(self, collaboration_id: str) -> AccessPreview:
        """Return who would gain and lose access if the link were removed."""
        return self._preview(collaboration_id, customer_id=None, engagement_id=None)

    def link(
        self,
        collaboration_id: str,
        customer_id: str,
        engagement_id: str | None,
        *,
        service: str | None = None,
        candidates: Sequence[CandidateView] = (),
    ) -> Linked:
        """Decide the link. Raises RejectedError with the reason where it is already known to be refused."""
        payload = LinkCollaboration(
            collaboration_id=collaboration_id,
            customer_id=customer_id,
            engagement_id=engagement_id,
            service=service,
            decision_id=new_id(PREFIXES["link_decision"]),
            candidates=_seen(candidates),
        )
        self._workspace.enqueue([payload])
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            collaboration = _get_collaboration(reader, collaboration_id)
            customer = reader.get_many(Customer, [customer_id]).get(customer_id)
        return Linked(
            collaboration_id=collaboration_id,
            company_name=collaboration.company.name,
            customer_name=customer.name if customer else "",
            engagement_id=engagement_id,
        )

    def link_many(self, collaboration_ids: Sequence[str]) -> tuple[Linked, ...]:
        """Link rows whose suggestion is certain, each with its proposed engagement; others are left alone."""
        done: list[Linked] = []
        for collaboration_id in collaboration_ids:
            card = self.open_card(collaboration_id)
            if card.row.band != Band.CERTAIN or not card.candidates:
                continue
            best = card.candidates[0]
            done.append(
                self.link(
                    collaboration_id,
                    best.customer_id,
                    best.proposed_engagement_id,
                    service=card.services[0] if len(card.services) == 1 else None,
                    candidates=card.candidates,
                )
            )
        return tuple(done)

    def unlink(self, collaboration_id: str) -> None:
        """Remove the link; the collaboration goes on at the vendor. Also how a link is undone."""
        with self._workspace.read() as unit:
            collaboration = _get_collaboration(LocalReader(unit), collaboration_id)
        self._workspace.enqueue(
            [
                UnlinkCollaboration(
                    collaboration_id=collaboration_id, seen_engagement_id=collaboration.engagement_id
                )
            ]
        )

    def set_aside(self, card: DecisionCard, decision: LinkDecisionKind, reason: str = "") -> str:
        """Remember *none of these* (with its reason) or *later*; return the decision's id."""
        decision_id = new_id(PREFIXES["link_decision"])
        self._workspace.enqueue(
            [
                SetLinkDecision(
                    decision_id=decision_id,
                    company_key=card.company_key,
                    collaboration_ids=card.collaboration_ids,
                    decision=decision,
                    reason=reason,
                    candidates=_seen(card.candidates),
                )
            ]
        )
        return decision_id

    def revoke(self, decision_id: str) -> None:
        """Take a remembered decision back: the row is in the queue again."""
        self._workspace.enqueue([RevokeLinkDecision(decision_id=decision_id)])

    def list_history(self, *, limit: int = 200) -> tuple[HistoryRow, ...]:
        """Return the decisions about links, newest first."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            decisions = reader.list_all(LinkDecision)
            decisions.sort(key=lambda d: (d.at is None, d.at), reverse=True)
            decisions = decisions[:limit]
            staff = {s.id: s.name for s in reader.list_all(Staff)}
            customers = reader.get_many(Customer, {d.customer_id for d in decisions if d.customer_id})
            companies = reader.get_many(
                Collaboration, {c for d in decisions for c in d.collaboration_ids[:1]}
            )
        return tuple(
            HistoryRow(
                id=d.id,
                at=d.at,
                by=staff.get(d.by, d.by),
                decision=d.decision,
                company=companies[d.collaboration_ids[0]].company.name
                if d.collaboration_ids and d.collaboration_ids[0] in companies
                else "",
                customer=customers[d.customer_id].name if d.customer_id in customers else "",
                reason=d.reason,
                is_revoked=d.revoked_at is not None,
            )
            for d in decisions
        )

    def _preview(self, collaboration_id: str, **changes: object) -> AccessPreview:
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            collaboration = _get_collaboration(reader, collaboration_id)
            change = access_change(reader, self._workspace.context(unit), collaboration, **changes)
            names = {s.id: s.name for s in reader.list_all(Staff)}
        return AccessPreview(
            gained=_names(change.gained, names),
            lost=_names(change.lost, names),
        )

    def _suggest(self, collaboration: Collaboration, index: CustomerIndex, reader: LocalReader) -> Suggestion:
        return suggest(
            collaboration, index, self._catalogue, lambda customer_id: _engagements(reader, customer_id)
        )

    def _candidate_view(
        self,
        candidate: Candidate,
        customer: Customer,
        service: str | None,
        reader: LocalReader,
        staff: dict[str, str],
    ) -> CandidateView:
        fitting = {e.id for e in candidate.engagements.fitting}
        ongoing = [e for e in _engagements(reader, customer.id) if e.state == EngagementState.ONGOING]
        ongoing.sort(key=lambda e: (e.id not in fitting, sort_key(e.title)))
        proposed = candidate.engagements.engagement
        if candidate.engagements.kind == EngagementProposalKind.ASK and service is None:
            proposed = None
        return CandidateView(
            customer_id=customer.id,
            name=customer.name,
            customer_number=customer.customer_number,
            identity=mask_number(customer.organisation_number) if customer.organisation_number else "",
            town=customer.address.town,
            score=candidate.score,
            rows=candidate.rows,
            warnings=candidate.warnings,
            engagements=tuple(
                EngagementChoice(
                    id=e.id,
                    title=e.title,
                    owner=_owner(reader, e.id, staff),
                    fits=e.id in fitting and service is not None,
                )
                for e in ongoing
            ),
            proposed_engagement_id=proposed.id if proposed else None,
        )


def _compare_with(
    collaboration: Collaboration,
    customer_id: str,
    index: CustomerIndex,
    catalogue: Catalogue,
    reader: LocalReader,
) -> Candidate | None:
    as_if = dataclasses.replace(collaboration, customer_id=customer_id)
    found = suggest(as_if, index, catalogue, lambda i: _engagements(reader, i))
    return found.candidates[0] if found.candidates else None


def _list_unlinked(unit: Unit, reader: LocalReader) -> list[Collaboration]:
    ids = [str(row[0]) for row in unit.rows("SELECT id FROM shown_collaboration WHERE unlinked = 1")]
    return list(reader.get_many(Collaboration, ids).values())


def _marks(unit: Unit) -> dict[str, str]:
    rows = unit.rows("SELECT id, mark FROM shown_collaboration WHERE unlinked = 1 AND mark <> ''")
    return {str(row[0]): str(row[1]) for row in rows}


def _open_decisions(reader: LocalReader) -> dict[str, LinkDecision]:
    found: dict[str, LinkDecision] = {}
    for decision in reader.list_all(LinkDecision):
        if decision.revoked_at is None and decision.decision != LinkDecisionKind.LINKED:
            for collaboration_id in decision.collaboration_ids:
                found[collaboration_id] = decision
    return found


def _get_collaboration(reader: LocalReader, collaboration_id: str) -> Collaboration:
    found = reader.find("collaboration", collaboration_id)
    if not isinstance(found, Collaboration):
        raise SamverkaError("gone", type="collaboration")
    return found


def _engagements(reader: LocalReader, customer_id: str) -> list[Engagement]:
    return [e for e in reader.list_of_customer("engagement", customer_id) if isinstance(e, Engagement)]


def _owner(reader: LocalReader, engagement_id: str, staff: dict[str, str]) -> str:
    for row in reader.list_children("participation", engagement_id):
        if isinstance(row, Participation) and row.role == "owner":
            return staff.get(row.staff_id, "")
    return ""


def _names(ids: Sequence[str], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted((names.get(i, i) for i in ids), key=sort_key))


def _seen(candidates: Sequence[CandidateView]) -> tuple[SeenCandidate, ...]:
    return tuple(
        SeenCandidate(
            customer_id=c.customer_id,
            score=c.score,
            reasons=tuple(f"{row.field}:{row.points}" for row in c.rows if row.points),
        )
        for c in candidates
    )


def _queue_row(
    collaboration: Collaboration,
    suggestion: Suggestion,
    customers: dict[str, Customer],
    mark: str,
    decision: LinkDecision | None,
    staff: dict[str, str],
) -> QueueRow:
    company = collaboration.company
    parsed = parse_number(company.number) if company.number else None
    number = mask_number(parsed.canonical) if parsed and parsed.canonical else company.number
    if parsed is not None and parsed.error == NumberError.PLACEHOLDER:
        number = ""
    best = suggestion.best
    customer = customers.get(best.customer_id) if best else None
    engagement = best.engagements.engagement if best else None
    return QueueRow(
        id=collaboration.id,
        company_name=company.name,
        company_number=number,
        service=suggestion.service,
        source_product=collaboration.source_product,
        source=collaboration.source,
        band=suggestion.band,
        reason=suggestion.reason,
        score=suggestion.candidates[0].score if suggestion.candidates else 0,
        best_name=customer.name if customer else "",
        best_number=customer.customer_number if customer else "",
        best_engagement=engagement.title if engagement else "",
        alternatives=len(suggestion.candidates),
        is_missing_engagement=collaboration.customer_id is not None,
        mark=mark,
        decision=None
        if decision is None
        else DecisionView(
            id=decision.id,
            decision=decision.decision,
            reason=decision.reason,
            by=staff.get(decision.by, decision.by),
            at=decision.at,
        ),
    )


def _searchable(row: QueueRow) -> str:
    parts = (row.company_name, row.company_number, row.company_number.replace("-", ""), row.source_product)
    return fold_for_search(" ".join(parts))
