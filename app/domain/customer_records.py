"""The customer, its people and engagements, as they are synchronised."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.domain.vocabulary import CustomerKind, CustomerState, EngagementState, ParticipationRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address; ``country`` is an ISO 3166 two-letter code."""

    street: str = ""
    postal_code: str = ""
    town: str = ""
    country: str = "SE"

    @property
    def is_complete(self) -> bool:
        """Tell whether a letter would arrive: street, postal code and town are there."""
        return bool(self.street.strip() and self.postal_code.strip() and self.town.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDiligence:
    """Customer due diligence (kundkännedom): not_begun, ongoing or done. Never a risk class."""

    state: str = "not_begun"
    done_on: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementLetter:
    """The engagement letter (uppdragsavtal): missing, sent or done."""

    state: str = "missing"
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """The firm's customer. ``organisation_number`` is 12 canonical digits or empty.

    Unique: (organisation_number, kind, serial) where there is a number. ``customer_number`` is text:
    007 is not 7. ``fiscal_year_end`` is MM-DD.
    """

    id: str
    customer_number: str
    name: str
    kind: str = CustomerKind.LEGAL_PERSON
    legal_form: str = ""
    organisation_number: str = ""
    serial: int = 0
    vendor_customer_number: str = ""
    office: str = ""
    parent_id: str | None = None
    fiscal_year_end: str = "12-31"
    address: Address = field(default_factory=Address)
    account_manager_id: str | None = None
    state: str = CustomerState.ACTIVE
    due_diligence: DueDiligence = field(default_factory=DueDiligence)
    engagement_letter: EngagementLetter = field(default_factory=EngagementLetter)
    predecessor_id: str | None = None
    protected: bool = False
    protected_staff_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person at the customer. ``phone`` is E.164 or empty."""

    id: str
    customer_id: str
    name: str
    email: str = ""
    phone: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """An assignment for a customer; ``fiscal_year`` is the year it ends in, where it has one."""

    id: str
    customer_id: str
    type: str
    title: str
    fiscal_year: int | None = None
    state: str = EngagementState.ONGOING


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """A staff member on an engagement from a day to a day (both included, ``None`` is open)."""

    id: str
    engagement_id: str
    customer_id: str
    staff_id: str
    role: str = ParticipationRole.PARTICIPANT
    from_on: date | None = None
    to_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the staff member is on the engagement that day."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)
