"""The firm and its staff, as they are synchronised."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmSettings:
    """The firm's own rules."""

    due_diligence_blocks: bool = False
    invitation_days: int = 30
    reminders_per_day: int = 1
    months_of_history: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """The accounting firm: the tenant.

    ``mail_stopped`` is why no e-mail leaves the server, and since when; empty as a rule.
    """

    id: str
    name: str
    organisation_number: str
    offices: tuple[str, ...] = ()
    settings: FirmSettings = field(default_factory=FirmSettings)
    mail_stopped: str = ""
    mail_stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A staff member. ``sees`` is all, office or own; ``state`` is active, leaving or left."""

    id: str
    name: str
    email: str
    office: str = ""
    full_permission: bool = False
    vendor_administrator: bool = False
    sees: str = "all"
    state: str = "active"
    left_on: date | None = None
