"""Collaborations, who has access through them, decisions about links, and the history: as synchronised."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.vocabulary import (
    LIVE_COLLABORATION_STATES,
    AccessReason,
    CollaborationSource,
    CollaborationState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The registered company as the vendor names it; ``number`` is as the vendor wrote it (digits)."""

    number: str = ""
    serial: int = 0
    name: str = ""
    vendor_customer_number: str = ""
    email: str = ""
    phone: str = ""
    postal_code: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration:
    """One firm × one registered company × one service.

    ``engagement_id`` None is unlinked; a customer without an engagement is *uppdrag saknas*.
    ``service`` None: the source's product name could not be mapped. ``options`` are the form's other answers
    (licence, pricing). ``problem`` is the code of what the vendor last refused (a change or an end), until it
    is tried again. ``ended_by`` is a staff member's id, ``customer`` or ``vendor``; ``handed_over_on`` the
    day the records were handed over to the customer. An end that was asked for (``end_asked_at``) waits for
    the vendor until ``end_confirmed_at``.
    """

    id: str
    company: Company
    source: str = CollaborationSource.SAMVERKA
    source_product: str = ""
    service: str | None = None
    customer_id: str | None = None
    engagement_id: str | None = None
    unlinked_because: str = ""
    variant: str = ""
    payer: str = ""
    period_months: int | None = None
    period_from: date | None = None
    options: dict[str, str] = field(default_factory=dict)
    state: str = CollaborationState.ACTIVE
    started_on: date | None = None
    ends_on: date | None = None
    ended_by: str = ""
    end_choice: str = ""
    activation_id: str | None = None
    invitation_id: str | None = None
    end_checklist: tuple[str, ...] = ()
    end_asked_by: str = ""
    end_asked_at: datetime | None = None
    end_confirmed_at: datetime | None = None
    handed_over_on: date | None = None
    problem: str = ""

    @property
    def is_unlinked(self) -> bool:
        """Tell whether the firm has yet to say which engagement it belongs to."""
        return self.engagement_id is None and self.state in LIVE_COLLABORATION_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """That a staff member or a contact can open the customer's service; derived by the server."""

    id: str
    collaboration_id: str
    customer_id: str | None = None
    staff_id: str | None = None
    contact_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    because: str = AccessReason.PARTICIPATION


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCandidate:
    """A candidate as it was when the decision was made."""

    customer_id: str
    score: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDecision:
    """A person's decision about the collaborations of one company, with what was seen."""

    id: str
    company_key: str
    collaboration_ids: tuple[str, ...]
    decision: str
    customer_id: str | None = None
    reason: str = ""
    candidates: tuple[SeenCandidate, ...] = ()
    by: str = ""
    at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an event is about."""

    type: str
    id: str
    customer_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, for the readable history. ``by_kind``: staff, customer, vendor, server."""

    id: str
    about: About
    what: str
    by: str = ""
    by_kind: str = "staff"
    at: datetime | None = None
    before: str = ""
    after: str = ""
    correlation_id: str = ""
