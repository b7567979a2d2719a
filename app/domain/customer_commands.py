"""Commands about customers, contacts, engagements, the firm and its staff."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.records import Contact, Customer, Engagement, Participation, ParticipationRole

FieldChanges = dict[str, dict[str, Any]]
"""Field name → {"from": the value the person saw, "to": the value wanted}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCustomer:
    """customer.create: a new customer, with the contacts that came in the same file or form."""

    customer: Customer
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateCustomer:
    """customer.update."""

    customer_id: str
    set: FieldChanges = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveCustomer:
    """customer.archive."""

    customer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreCustomer:
    """customer.restore: back from the archive."""

    customer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddContact:
    """contact.add."""

    contact: Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateContact:
    """contact.update."""

    contact_id: str
    set: FieldChanges = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveContact:
    """contact.remove."""

    contact_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateEngagement:
    """engagement.create, with its owner and participants in the same step."""

    engagement: Engagement
    participations: tuple[Participation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateEngagement:
    """engagement.update (title, type, fiscal year)."""

    engagement_id: str
    set: FieldChanges = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEngagement:
    """engagement.close; ``leave_unlinked`` is the explicit choice to leave its collaborations unlinked."""

    engagement_id: str
    leave_unlinked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RollEngagement:
    """engagement.roll: the old engagement closes, a new one takes over its live collaborations.

    ``participations`` are those of the new engagement. In bulk it is one command per engagement, so that
    each has a result of its own.
    """

    engagement_id: str
    engagement: Engagement
    participations: tuple[Participation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddParticipation:
    """participation.add."""

    participation: Participation


@dataclass(frozen=True, slots=True, kw_only=True)
class EndParticipation:
    """participation.end: the last day the staff member is on the engagement."""

    participation_id: str
    to_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceParticipation:
    """participation.replace: one staff member takes a colleague's place on an engagement.

    ``role`` is the place taken (owner or participant). With ``to_on`` the new one is a substitute until
    that day and the colleague stays; without it the colleague's participation ends the day before
    ``from_on`` (a day of the firm; None is today).
    """

    engagement_id: str
    staff_id: str
    by_staff_id: str
    role: str = ParticipationRole.PARTICIPANT
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateStaff:
    """staff.update: office, what the person sees, permissions."""

    staff_id: str
    set: FieldChanges = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveStaff:
    """staff.leave: ``left_on`` is the last day; access ends everywhere after it."""

    staff_id: str
    left_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateFirm:
    """firm.update: name, offices and the firm's own rules."""

    firm_id: str
    set: FieldChanges = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealIdentity:
    """identity.reveal: a masked personal number was shown; ``reason`` is needed for lists."""

    customer_ids: tuple[str, ...]
    reason: str = ""
