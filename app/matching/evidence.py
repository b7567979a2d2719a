"""What is compared and what comes out: evidence, candidates, suggestions. Values only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.catalogue import EngagementProposal, ProductMapping
from app.domain.records import Collaboration, Company, Contact, Customer, Engagement

Span = tuple[int, int]
"""Start and end (exclusive) of a part of a text that differs from its counterpart."""


class Field(StrEnum):
    """What is compared."""

    VENDOR_NUMBER = "vendor_customer_number"
    NUMBER = "organisation_number"
    NAME = "name"
    EMAIL = "email"
    DOMAIN = "domain"
    PHONE = "phone"
    POSTAL_CODE = "postal_code"
    ENGAGEMENT = "engagement"


class Level(StrEnum):
    """How well the two sides of a field agree."""

    EQUAL = "equal"
    CLOSE = "close"
    WEAK = "weak"
    DIFFERENT = "different"
    MISSING = "missing"


class Band(StrEnum):
    """How sure a suggestion is (domain.md): a rule for certain, distance to the next for likely."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNCLEAR = "unclear"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One field of the comparison. ``code`` is the reason in words (``number_swapped_digits``).

    ``left`` is the vendor's side and ``right`` the firm's, as they were compared; the spans say which
    parts of them differ. Points of all rows of a candidate sum to its score.
    """

    field: Field
    level: Level
    code: str
    points: int
    left: str
    right: str
    left_spans: tuple[Span, ...] = ()
    right_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A customer that the company may be, with the points that speak for it.

    ``engagement`` says what to do about the engagement. ``warnings`` are codes such as
    ``wrong_check_digit``. ``is_vetoed``: two valid, different numbers, so never the same company.
    """

    customer_id: str
    score: int
    evidence: tuple[Evidence, ...]
    engagement: EngagementProposal
    warnings: tuple[str, ...] = ()
    is_vetoed: bool = False

    def find(self, field: Field) -> Evidence | None:
        """Return the row of this field, or None where neither side has it."""
        return next((row for row in self.evidence if row.field == field), None)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return the evidence as ``field:points``, as decisions and the command line keep it."""
        return tuple(f"{row.field}:{row.points}" for row in self.evidence if row.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What is suggested for one unlinked collaboration.

    ``candidates``: at most three, the best first. ``reasons``: codes that say why the band is what it is
    (``number_and_name_equal``, ``equally_strong``, ``several_engagements`` …). ``service`` is the known
    service or what its product name may mean.
    """

    collaboration_id: str
    band: Band
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
    service: str | None = None
    mapping: ProductMapping | None = None
    considered: int = 0

    @property
    def best(self) -> Candidate | None:
        """Return the strongest candidate."""
        return self.candidates[0] if self.candidates else None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCustomer:
    """What the firm knows about one customer, as far as it is compared."""

    id: str
    name: str
    number: str = ""
    serial: int = 0
    kind: str = ""
    vendor_customer_number: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    postal_code: str = ""
    town: str = ""
    web_domain: str = ""
    is_archived: bool = False
    engagements: tuple[Engagement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinked:
    """One unlinked collaboration, as far as it is compared."""

    id: str
    company: Company
    service: str | None = None
    source_product: str = ""


def describe_customer(
    customer: Customer, contacts: Iterable[Contact] = (), engagements: Iterable[Engagement] = ()
) -> KnownCustomer:
    """Return what is compared of a customer's records."""
    people = tuple(contacts)
    return KnownCustomer(
        id=customer.id,
        name=customer.name,
        number=customer.organisation_number,
        serial=customer.serial,
        kind=customer.kind,
        vendor_customer_number=customer.vendor_customer_number,
        emails=tuple(person.email for person in people if person.email),
        phones=tuple(person.phone for person in people if person.phone),
        postal_code=customer.address.postal_code,
        town=customer.address.town,
        is_archived=customer.state == "archived",
        engagements=tuple(engagements),
    )


def describe_unlinked(collaboration: Collaboration) -> Unlinked:
    """Return what is compared of an unlinked collaboration."""
    return Unlinked(
        id=collaboration.id,
        company=collaboration.company,
        service=collaboration.service,
        source_product=collaboration.source_product,
    )
