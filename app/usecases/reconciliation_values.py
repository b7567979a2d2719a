"""What the screen *Okopplade* is given: frozen values of codes, names and numbers; no sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.matching.evidence import EvidenceRow as EvidenceRow  # part of what a card shows


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """What somebody decided about a row, by whom and when."""

    id: str
    decision: str
    reason: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One unlinked collaboration in the queue. ``band`` and ``reason`` are codes of app.matching.

    ``best_name`` is empty where no suggestion is clear; ``alternatives`` is how many candidates there are.
    """

    id: str
    company_name: str
    company_number: str
    service: str | None
    source_product: str
    source: str
    band: str
    reason: str
    score: int
    best_name: str
    best_number: str
    best_engagement: str
    alternatives: int
    is_missing_engagement: bool
    mark: str
    decision: DecisionView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The queue and its counts per filter; ``linked`` is how many collaborations are linked already."""

    rows: tuple[QueueRow, ...]
    counts: dict[str, int]
    linked: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementChoice:
    """An ongoing engagement that may be chosen; ``fits`` says whether its type is one for the service."""

    id: str
    title: str
    owner: str
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateView:
    """A candidate with what a person needs to judge it."""

    customer_id: str
    name: str
    customer_number: str
    identity: str
    town: str
    score: int
    rows: tuple[EvidenceRow, ...]
    warnings: tuple[str, ...]
    engagements: tuple[EngagementChoice, ...]
    proposed_engagement_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCard:
    """Everything about one row. ``services`` are the codes it may be where that is not known for sure."""

    row: QueueRow
    candidates: tuple[CandidateView, ...]
    services: tuple[str, ...]
    started_on: str
    company_key: str
    collaboration_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPreview:
    """Names of the staff who would gain and lose access."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A link that was just decided, with what undoing it needs."""

    collaboration_id: str
    company_name: str
    customer_name: str
    engagement_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedMany:
    """What became of many: those that were linked, and ids of those that have changed and were left."""

    done: tuple[Linked, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One decision about links, for the history."""

    id: str
    at: datetime | None
    by: str
    decision: str
    company: str
    customer: str
    reason: str
    is_revoked: bool


def filter_of(row: QueueRow) -> str:
    """Return the filter that a row belongs to besides *all*."""
    if row.decision is not None:
        return "decided"
    return "missing_engagement" if row.is_missing_engagement else row.band
