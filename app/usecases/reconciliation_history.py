"""What was decided about links, by whom and when; and links that are taken away or moved afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from app.catalogue import Catalogue
from app.domain.commands import LinkCollaboration, MoveCollaboration, UnlinkCollaboration
from app.domain.ids import PREFIXES, new_id
from app.domain.records import (
    Collaboration,
    Customer,
    EngagementState,
    LinkDecision,
    LinkDecisionKind,
    Staff,
)
from app.domain.swedish_order import fold_for_search, sort_key
from app.errors import SamverkaError
from app.storage.linking_decisions import list_latest_decisions
from app.storage.local_reader import LocalReader
from app.usecases.reconciliation_access import preview_change
from app.usecases.reconciliation_reading import find_owner, get_collaboration, link_place, list_engagements
from app.usecases.reconciliation_values import (
    AccessPreview,
    EngagementChoice,
    HistoryRow,
    LinkedView,
    Step,
)
from app.usecases.workspace import Decision, Workspace

_ONE_STEP = timedelta(seconds=5)


class LinkHistory:
    """Queries of the history, and commands about links that stand."""

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        self._workspace = workspace
        self._catalogue = catalogue

    def list_history(self, text: str = "", *, limit: int = 300) -> tuple[HistoryRow, ...]:
        """Return the latest decisions, newest first: those of one company in one step are one row.

        ``text`` narrows by company, customer or who decided.
        """
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            decisions = list_latest_decisions(unit, limit * 4)
            staff = {s.id: s.name for s in reader.list_all(Staff)}
            groups = _grouped(decisions)
            ids = {i for group in groups for one in group for i in one.collaboration_ids}
            collaborations = reader.get_many(Collaboration, ids)
            customers = reader.get_many(Customer, {g[0].customer_id for g in groups if g[0].customer_id})
        rows = [_as_row(group, staff, collaborations, customers) for group in groups]
        wanted = fold_for_search(text)
        if wanted:
            rows = [r for r in rows if wanted in fold_for_search(f"{r.company} {r.customer} {r.by}")]
        return tuple(rows[:limit])

    def list_linked(self, collaboration_ids: Sequence[str]) -> tuple[LinkedView, ...]:
        """Return these of the collaborations that are linked, for the dialog that changes links."""
        return tuple(
            view for view in (self._find_linked(one) for one in collaboration_ids) if view is not None
        )

    def _find_linked(self, collaboration_id: str) -> LinkedView | None:
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            try:
                one = get_collaboration(reader, collaboration_id)
            except SamverkaError:
                return None
            if one.customer_id is None:
                return None
            staff = {s.id: s.name for s in reader.list_all(Staff)}
            preview = preview_change(
                reader, self._workspace.context(unit), one.id, customer_id=None, engagement_id=None
            )
            place, by, at = link_place(reader, one, staff)
            ongoing = [
                e for e in list_engagements(reader, one.customer_id) if e.state == EngagementState.ONGOING
            ]
            fitting = {e.id for e in self._catalogue.fitting_engagements(one.service or "", ongoing)}
            ongoing.sort(key=lambda e: (e.id not in fitting, sort_key(e.title), e.id))
            return LinkedView(
                collaboration_id=one.id,
                company=one.company.name,
                service=one.service,
                product=one.source_product,
                place=place,
                by=by,
                at=at,
                lost=preview.lost,
                gained=preview.gained,
                choices=tuple(
                    EngagementChoice(
                        id=e.id,
                        title=e.title,
                        owner=find_owner(reader, e.id, staff),
                        fits=frozenset({one.service or ""} if e.id in fitting else ()),
                    )
                    for e in ongoing
                ),
            )

    def preview_move(self, collaboration_id: str, engagement_id: str) -> AccessPreview:
        """Return who would gain and lose access by moving the collaboration to another engagement."""
        with self._workspace.read() as unit:
            return preview_change(
                LocalReader(unit),
                self._workspace.context(unit),
                collaboration_id,
                engagement_id=engagement_id,
            )

    def move(self, collaboration_id: str, engagement_id: str) -> Step:
        """Move the collaboration to another engagement of the same customer. Raises RejectedError."""
        with self._workspace.read() as unit:
            one = get_collaboration(LocalReader(unit), collaboration_id)
        (command_id,) = self._workspace.enqueue(
            [
                MoveCollaboration(
                    collaboration_id=one.id,
                    engagement_id=engagement_id,
                    seen_engagement_id=one.engagement_id,
                )
            ]
        )
        if one.engagement_id is None:
            back: MoveCollaboration | UnlinkCollaboration = UnlinkCollaboration(
                collaboration_id=one.id, seen_engagement_id=engagement_id, keep_customer=True
            )
        else:
            back = MoveCollaboration(
                collaboration_id=one.id,
                engagement_id=one.engagement_id,
                seen_engagement_id=engagement_id,
            )
        return Step(
            command_ids=(command_id,),
            undo=((command_id, back),),
            company_name=one.company.name,
            collaborations=1,
        )

    def unlink(self, collaboration_ids: Sequence[str]) -> Step:
        """Remove links; the collaborations go on at the vendor. Raises RejectedError."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            found = [get_collaboration(reader, one) for one in collaboration_ids]
        decisions = [
            Decision(
                payload=UnlinkCollaboration(collaboration_id=one.id, seen_engagement_id=one.engagement_id)
            )
            for one in found
        ]
        self._workspace.enqueue(decisions)
        undo = tuple(
            (
                decision.command_id,
                LinkCollaboration(
                    collaboration_id=one.id,
                    customer_id=one.customer_id or "",
                    engagement_id=one.engagement_id,
                    decision_id=new_id(PREFIXES["link_decision"]),
                ),
            )
            for decision, one in zip(decisions, found, strict=True)
        )
        return Step(
            command_ids=tuple(decision.command_id for decision in decisions),
            undo=undo,
            company_name=found[0].company.name if found else "",
            collaborations=len(found),
        )


def _grouped(decisions: Sequence[LinkDecision]) -> list[list[LinkDecision]]:
    groups: list[list[LinkDecision]] = []
    for one in sorted(decisions, key=lambda d: (d.at is not None, d.at, d.id), reverse=True):
        last = groups[-1][-1] if groups else None
        if last is not None and _is_same_step(last, one):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _is_same_step(one: LinkDecision, other: LinkDecision) -> bool:
    same = (one.company_key, one.decision, one.by, one.customer_id, one.revoked_at is None) == (
        other.company_key,
        other.decision,
        other.by,
        other.customer_id,
        other.revoked_at is None,
    )
    # A link has one decision per collaboration; the same one again is another step.
    if not same or set(one.collaboration_ids) & set(other.collaboration_ids):
        return False
    return one.at is not None and other.at is not None and abs(one.at - other.at) <= _ONE_STEP


def _as_row(
    group: Sequence[LinkDecision],
    staff: dict[str, str],
    collaborations: dict[str, Collaboration],
    customers: dict[str, Customer],
) -> HistoryRow:
    first = group[0]
    ids = [i for one in group for i in one.collaboration_ids]
    found = [collaborations[i] for i in ids if i in collaborations]
    holds = first.decision == LinkDecisionKind.LINKED and first.revoked_at is None
    return HistoryRow(
        id=first.id,
        decision_ids=tuple(one.id for one in group),
        at=first.at,
        by=staff.get(first.by, first.by),
        decision=first.decision,
        company=found[0].company.name if found else "",
        services=tuple((one.service, one.source_product) for one in found),
        customer=customers[first.customer_id].name if first.customer_id in customers else "",
        reason=first.reason,
        is_revoked=first.revoked_at is not None,
        linked_ids=tuple(one.id for one in found if holds and one.customer_id == first.customer_id),
    )
