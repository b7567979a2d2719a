"""What the screen *Okopplade* is given and gives: frozen values of codes, names and numbers; no sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.commands import Payload
from app.domain.records import Address, Contact, Customer, SeenCandidate
from app.matching.evidence import EvidenceRow as EvidenceRow  # part of what a card shows


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """What somebody decided about a company, by whom and when."""

    id: str
    decision: str
    reason: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One company with unlinked collaborations. ``band`` and ``reason`` are codes of app.matching.

    ``id`` is the first collaboration's id and ``handle`` the key of the list. ``view`` is the filter that
    the row belongs to: pending, failed, certain, likely, unclear, none, missing_engagement or decided.
    ``products`` are (service or None, the source's product name) of each collaboration; ``best_name`` is
    empty where no suggestion is clear; ``why`` are the fields that agree.
    """

    handle: int
    id: str
    collaboration_ids: tuple[str, ...]
    company_name: str
    company_number: str
    products: tuple[tuple[str | None, str], ...]
    source: str
    view: str
    band: str
    reason: str
    score: int
    best_name: str
    best_number: str
    place: str
    why: tuple[str, ...]
    alternatives: int
    is_missing_engagement: bool
    mark: str = ""
    decision: DecisionView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueQuery:
    """What the list is narrowed to. ``only`` are handles: the ticked rows in a review."""

    view: str = "all"
    text: str = ""
    only: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFigures:
    """Companies per filter, collaborations without and with a link, and how far the search has come.

    ``clashes`` are links that a colleague was before with. ``searching`` counts companies that wait for
    being searched for among ``companies``.
    """

    counts: dict[str, int]
    unlinked: int
    linked: int
    sources: tuple[str, ...]
    searching: int
    companies: int
    clashes: int = 0
    may_decide: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementChoice:
    """An ongoing engagement that may be chosen; ``fits`` are the services that it is the right kind for."""

    id: str
    title: str
    owner: str
    fits: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEngagement:
    """An engagement that is created with the link. Empty ``staff_id`` means nobody is on it yet."""

    type: str
    title: str
    fiscal_year: int | None = None
    staff_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCustomer:
    """A customer that is created with the link, with the contact that came with the company."""

    customer: Customer
    contact: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateView:
    """A candidate with what a person needs to judge it. The points of ``rows`` sum to ``score``."""

    customer_id: str
    name: str
    customer_number: str
    identity: str
    town: str
    score: int
    rows: tuple[EvidenceRow, ...]
    warnings: tuple[str, ...]
    engagements: tuple[EngagementChoice, ...]
    is_archived: bool = False

    def fitting(self, service: str | None) -> tuple[EngagementChoice, ...]:
        """Return the engagements that are the right kind for the service."""
        return tuple(choice for choice in self.engagements if service in choice.fits) if service else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """One collaboration of the company: which service it is, and what has happened to its link.

    ``service`` is what is proposed; ``services`` what the product name may mean where that is not sure.
    ``mapping`` is known (the vendor says it), or how the product's name says it: exact, ambiguous, unknown.
    ``unlinked_because``, ``unlinked_by`` and ``unlinked_at`` say why it has no link; ``engagement``
    is the title of the one it had.
    """

    collaboration_id: str
    product: str
    service: str | None
    services: tuple[str, ...]
    mapping: str
    started_on: str
    unlinked_because: str = ""
    unlinked_by: str = ""
    unlinked_at: datetime | None = None
    engagement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyFacts:
    """The company as the vendor names it: what a new customer is prefilled from."""

    name: str = ""
    number: str = ""
    shown_number: str = ""
    serial: int = 0
    vendor_customer_number: str = ""
    email: str = ""
    phone: str = ""
    address: Address = field(default_factory=Address)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCard:
    """Everything about one company. ``new_engagements`` is service → what would be created for it.

    ``seen`` is what is kept of the candidates with a decision. ``earlier`` is a decision that no longer holds
    since the evidence has changed.
    """

    row: QueueRow
    company: CompanyFacts
    company_key: str
    candidates: tuple[CandidateView, ...]
    lines: tuple[CardLine, ...]
    new_engagements: dict[str, NewEngagement]
    seen: tuple[SeenCandidate, ...] = ()
    earlier: DecisionView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWish:
    """What a person wants for one collaboration. Without either engagement it is *uppdrag saknas*."""

    collaboration_id: str
    service: str | None = None
    engagement_id: str | None = None
    new_engagement: NewEngagement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWish:
    """What a person wants for a company: a customer that is there (or is created, or restored), and lines."""

    lines: tuple[LineWish, ...]
    customer_id: str = ""
    new_customer: NewCustomer | None = None
    restore_customer: bool = False
    seen: tuple[SeenCandidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPreview:
    """Names of the staff who gain and lose access.

    ``gained_to`` and ``lost_to`` are name → the services, where it is not all of several.
    """

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    gained_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lost_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessOfMany:
    """Who gains and loses access when many companies are linked: (name, for how many of them)."""

    gained: tuple[tuple[str, int], ...] = ()
    lost: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that was decided and can be taken back as one.

    ``undo`` is for each command what takes it back once the server has it, the last command first; None
    where nothing needs to be (what it made goes with another).
    """

    command_ids: tuple[str, ...]
    undo: tuple[tuple[str, Payload | None], ...] = ()
    company_name: str = ""
    customer_name: str = ""
    collaborations: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedMany:
    """What became of many: the step that takes all of it back, and the companies that were left.

    ``left`` are (company, code): why each was left.
    """

    step: Step
    companies: int
    left: tuple[tuple[str, str], ...]
    was_cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One decision about a company's links. ``decision_ids`` were made in one step.

    ``linked_ids`` are the collaborations that are linked by it still.
    """

    id: str
    decision_ids: tuple[str, ...]
    at: datetime | None
    by: str
    decision: str
    company: str
    services: tuple[tuple[str | None, str], ...]
    customer: str
    reason: str
    is_revoked: bool
    linked_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPlace:
    """Where a collaboration is linked: names for a person, and ids."""

    customer: str
    engagement: str
    customer_id: str
    engagement_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedView:
    """A linked collaboration, for taking its link away or moving it. ``choices`` are where it may move.

    ``lost`` and ``gained`` are who loses and gains access when the link is taken away.
    """

    collaboration_id: str
    company: str
    service: str | None
    product: str
    place: LinkPlace
    by: str
    at: datetime | None
    lost: tuple[str, ...]
    choices: tuple[EngagementChoice, ...]
    gained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A link that a colleague was before with: mine and theirs, and who loses access by either way on."""

    command_id: str
    collaboration_id: str
    company: str
    service: str | None
    product: str
    mine: LinkPlace
    theirs: LinkPlace
    by: str
    at: datetime | None
    if_mine: AccessPreview
    if_removed: AccessPreview
