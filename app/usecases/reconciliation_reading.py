"""Reads what the screen *Okopplade* shows from the cache."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from app.catalogue import Catalogue
from app.domain.identity import NumberError, mask_number, parse_number
from app.domain.records import (
    Collaboration,
    Customer,
    Engagement,
    LinkDecision,
    LinkDecisionKind,
    Participation,
    SeenCandidate,
)
from app.domain.swedish_order import fold_for_search, sort_key
from app.errors import SamverkaError
from app.matching.index import CustomerIndex
from app.matching.suggestions import Candidate, Suggestion, suggest
from app.storage.database import Unit
from app.storage.local_reader import LocalReader
from app.usecases.reconciliation_values import (
    CandidateView,
    DecisionView,
    QueueRow,
)


def compare_with(
    collaboration: Collaboration,
    customer_id: str,
    index: CustomerIndex,
    catalogue: Catalogue,
    reader: LocalReader,
) -> Candidate | None:
    """Return the customer compared with the company like any candidate."""
    as_if = dataclasses.replace(collaboration, customer_id=customer_id)
    found = suggest(as_if, index, catalogue, lambda i: list_engagements(reader, i))
    return found.candidates[0] if found.candidates else None


def list_unlinked(unit: Unit, reader: LocalReader) -> list[Collaboration]:
    """Return every unlinked collaboration."""
    ids = [str(row[0]) for row in unit.rows("SELECT id FROM shown_collaboration WHERE unlinked = 1")]
    return list(reader.get_many(Collaboration, ids).values())


def read_marks(unit: Unit) -> dict[str, str]:
    """Return id → how far an unsent change of it has come."""
    rows = unit.rows("SELECT id, mark FROM shown_collaboration WHERE unlinked = 1 AND mark <> ''")
    return {str(row[0]): str(row[1]) for row in rows}


def list_open_decisions(reader: LocalReader) -> dict[str, LinkDecision]:
    """Return collaboration id → the decision not to link it that holds now."""
    found: dict[str, LinkDecision] = {}
    for decision in reader.list_all(LinkDecision):
        if decision.revoked_at is None and decision.decision != LinkDecisionKind.LINKED:
            for collaboration_id in decision.collaboration_ids:
                found[collaboration_id] = decision
    return found


def get_collaboration(reader: LocalReader, collaboration_id: str) -> Collaboration:
    """Return the collaboration. Raises SamverkaError ``gone``."""
    found = reader.find("collaboration", collaboration_id)
    if not isinstance(found, Collaboration):
        raise SamverkaError("gone", type="collaboration")
    return found


def list_engagements(reader: LocalReader, customer_id: str) -> list[Engagement]:
    """Return the customer's engagements."""
    return [e for e in reader.list_of_customer("engagement", customer_id) if isinstance(e, Engagement)]


def find_owner(reader: LocalReader, engagement_id: str, staff: dict[str, str]) -> str:
    """Return the name of the engagement's owner, or ""."""
    for row in reader.list_children("participation", engagement_id):
        if isinstance(row, Participation) and row.role == "owner":
            return staff.get(row.staff_id, "")
    return ""


def sort_names(ids: Sequence[str], names: dict[str, str]) -> tuple[str, ...]:
    """Return the names of these ids in Swedish order."""
    return tuple(sorted((names.get(i, i) for i in ids), key=sort_key))


def as_seen(candidates: Sequence[CandidateView]) -> tuple[SeenCandidate, ...]:
    """Return what is kept of the candidates that the person saw."""
    return tuple(
        SeenCandidate(
            customer_id=c.customer_id,
            score=c.score,
            reasons=tuple(f"{row.field}:{row.points}" for row in c.rows if row.points),
        )
        for c in candidates
    )


def make_queue_row(
    collaboration: Collaboration,
    suggestion: Suggestion,
    customers: dict[str, Customer],
    mark: str,
    decision: LinkDecision | None,
    staff: dict[str, str],
) -> QueueRow:
    """Return the row of the queue."""
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


def searchable_text(row: QueueRow) -> str:
    """Return what a search in the queue looks through, folded."""
    parts = (row.company_name, row.company_number, row.company_number.replace("-", ""), row.source_product)
    return fold_for_search(" ".join(parts))
