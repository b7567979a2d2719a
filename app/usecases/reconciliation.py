"""Unlinked collaborations: the queue with its suggestions, one decision at a time, and undo.

The index over the firm's customers is kept between questions and follows single customers that change.
Everything here runs on the `db` thread; a suggestion is never a link.
"""

from __future__ import annotations

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
from app.domain.identity import mask_number
from app.domain.ids import PREFIXES, new_id
from app.domain.records import (
    Collaboration,
    Customer,
    EngagementState,
    LinkDecision,
    LinkDecisionKind,
    Staff,
    company_key,
)
from app.domain.swedish_order import fold_for_search, sort_key
from app.errors import SamverkaError
from app.matching.index import CustomerIndex
from app.matching.suggestions import Band, Candidate, Suggestion, suggest
from app.storage.customer_rows import CustomerFilter, fetch_lines, list_handles
from app.storage.local_reader import LocalReader
from app.usecases.live_index import LiveIndex
from app.usecases.reconciliation_reading import (
    as_seen,
    compare_with,
    find_owner,
    get_collaboration,
    list_engagements,
    list_open_decisions,
    list_unlinked,
    make_queue_row,
    read_marks,
    searchable_text,
    sort_names,
)
from app.usecases.reconciliation_values import (
    AccessPreview,
    CandidateView,
    DecisionCard,
    EngagementChoice,
    HistoryRow,
    Linked,
    LinkedMany,
    Queue,
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
            found = list_unlinked(unit, reader)
            decisions = list_open_decisions(reader)
            staff = {s.id: s.name for s in reader.list_all(Staff)}
            suggestions = {c.id: self._suggest(c, index, reader) for c in found}
            names = reader.get_many(
                Customer, {s.candidates[0].customer_id for s in suggestions.values() if s.candidates}
            )
            marks = read_marks(unit)
            linked = int(
                unit.value(
                    "SELECT count(*) FROM shown_collaboration WHERE engagement_id IS NOT NULL"
                    " AND source IN ('byrastod', 'smarta_byran')"
                )
                or 0
            )
        rows = [
            make_queue_row(c, suggestions[c.id], names, marks.get(c.id, ""), decisions.get(c.id), staff)
            for c in found
        ]
        counts = Counter(filter_of(row) for row in rows)
        counts["all"] = sum(1 for row in rows if row.decision is None)
        wanted = fold_for_search(text)
        if wanted:
            rows = [row for row in rows if wanted in searchable_text(row)]
        rows.sort(key=lambda row: (not row.company_name, sort_key(row.company_name), row.id))
        sources = tuple(sorted({row.source for row in rows}))
        return Queue(rows=tuple(rows), counts=dict(counts), linked=linked, sources=sources)

    def open_card(self, collaboration_id: str) -> DecisionCard:
        """Return everything about one row. Raises SamverkaError ``gone`` where it is no longer there."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            collaboration = get_collaboration(reader, collaboration_id)
            suggestion = self._suggest(collaboration, self._index.fresh(reader), reader)
            customers = reader.get_many(Customer, [c.customer_id for c in suggestion.candidates])
            staff = {s.id: s.name for s in reader.list_all(Staff)}
            decision = list_open_decisions(reader).get(collaboration.id)
            mark = read_marks(unit).get(collaboration.id, "")
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
            row=make_queue_row(collaboration, suggestion, customers, mark, decision, staff),
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
            collaboration = get_collaboration(reader, collaboration_id)
            index = self._index.fresh(reader)
            handles = list_handles(unit, CustomerFilter(search=text), limit)
            ids = [line.id for line in fetch_lines(unit, handles)]
            staff = {s.id: s.name for s in reader.list_all(Staff)}
            customers = reader.get_many(Customer, ids)
            views: list[CandidateView] = []
            for customer_id in ids:
                chosen = compare_with(collaboration, customer_id, index, self._catalogue, reader)
                if chosen is not None and customer_id in customers:
                    service = collaboration.service
                    views.append(self._candidate_view(chosen, customers[customer_id], service, reader, staff))
        return tuple(views)

    def preview_access(
        self, collaboration_id: str, customer_id: str, engagement_id: str | None
    ) -> AccessPreview:
        """Return who would gain and lose access by the link."""
        return self._preview(collaboration_id, customer_id=customer_id, engagement_id=engagement_id)

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
            candidates=as_seen(candidates),
        )
        self._workspace.enqueue([payload])
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            collaboration = get_collaboration(reader, collaboration_id)
            customer = reader.get_many(Customer, [customer_id]).get(customer_id)
        return Linked(
            collaboration_id=collaboration_id,
            company_name=collaboration.company.name,
            customer_name=customer.name if customer else "",
            engagement_id=engagement_id,
        )

    def link_many(self, collaboration_ids: Sequence[str]) -> LinkedMany:
        """Link rows whose suggestion is certain, each with its proposed engagement.

        Every row has its own result: one that is gone, refused or no longer certain is among ``left``.
        """
        done: list[Linked] = []
        left: list[str] = []
        for collaboration_id in collaboration_ids:
            try:
                linked = self._link_certain(collaboration_id)
            except SamverkaError:
                linked = None
            if linked is None:
                left.append(collaboration_id)
            else:
                done.append(linked)
        return LinkedMany(done=tuple(done), left=tuple(left))

    def _link_certain(self, collaboration_id: str) -> Linked | None:
        card = self.open_card(collaboration_id)
        if card.row.band != Band.CERTAIN or not card.candidates:
            return None
        best = card.candidates[0]
        return self.link(
            collaboration_id,
            best.customer_id,
            best.proposed_engagement_id,
            service=card.services[0] if len(card.services) == 1 else None,
            candidates=card.candidates,
        )

    def unlink(self, collaboration_id: str) -> None:
        """Remove the link; the collaboration goes on at the vendor. Also how a link is undone."""
        with self._workspace.read() as unit:
            collaboration = get_collaboration(LocalReader(unit), collaboration_id)
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
                    candidates=as_seen(card.candidates),
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
            collaboration = get_collaboration(reader, collaboration_id)
            change = access_change(reader, self._workspace.context(unit), collaboration, **changes)
            names = {s.id: s.name for s in reader.list_all(Staff)}
        return AccessPreview(
            gained=sort_names(change.gained, names),
            lost=sort_names(change.lost, names),
        )

    def _suggest(self, collaboration: Collaboration, index: CustomerIndex, reader: LocalReader) -> Suggestion:
        return suggest(
            collaboration, index, self._catalogue, lambda customer_id: list_engagements(reader, customer_id)
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
        ongoing = [e for e in list_engagements(reader, customer.id) if e.state == EngagementState.ONGOING]
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
                    owner=find_owner(reader, e.id, staff),
                    fits=e.id in fitting and service is not None,
                )
                for e in ongoing
            ),
            proposed_engagement_id=proposed.id if proposed else None,
        )
