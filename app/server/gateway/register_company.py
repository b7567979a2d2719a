"""A company as the register keeps it: the shape in which sample firms and tests fill the register."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.records import Address, CustomerKind, Payer


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPerson:
    """A user of the company's account. ``logged_in_at`` is None until the person has been there.

    ``firm_name`` is the accounting firm where the person works, empty for the company's own people.
    """

    name: str
    email: str
    phone: str = ""
    is_administrator: bool = True
    is_main_contact: bool = False
    logged_in_at: datetime | None = None
    firm_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSubscription:
    """A service the company has. ``owner`` is who decides variant, period and payer: customer or firm."""

    service: str
    variant: str = ""
    payer: str = Payer.CUSTOMER
    owner: str = Payer.CUSTOMER
    period_months: int | None = None
    since: date | None = None
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCollaboration:
    """That an accounting firm works in one of the company's services. ``state``: pending, active or ended.

    From ``ends_on`` on it has ended, in the way of ``end_choice``.
    """

    firm_id: str
    firm_name: str
    service: str
    state: str = "active"
    since: date | None = None
    ends_on: date | None = None
    end_choice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCompany:
    """A company that the vendor has as its customer. Several firms may work with it.

    ``number`` is 12 canonical digits, or empty for a company without one; ``serial`` tells the firms of one
    owner apart. A company may have several vendor customer numbers: ``vendor_customer_number`` is the one
    that new services are put on, ``other_customer_numbers`` are the rest.
    ``company_state``: active, liquidation, bankrupt or merged. ``lon_direkt`` and ``bank_link`` are on or off
    in eEkonomi, ``open_reports`` are expense reports that are not submitted; None is «not known».
    """

    vendor_customer_number: str
    name: str
    number: str = ""
    serial: int = 0
    kind: str = CustomerKind.LEGAL_PERSON
    legal_form: str = ""
    company_state: str = "active"
    other_customer_numbers: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    address: Address = field(default_factory=Address)
    people: tuple[RegisterPerson, ...] = ()
    subscriptions: tuple[RegisterSubscription, ...] = ()
    collaborations: tuple[RegisterCollaboration, ...] = ()
    lon_direkt: bool | None = False
    bank_link: bool | None = False
    open_reports: int | None = 0
