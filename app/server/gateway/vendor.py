"""What the server asks of the vendor, whoever answers: the register of this server, or the vendor itself.

README.md beside this file says call by call what an implementation has to hold to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.ids import PREFIXES, derived_id
from app.domain.records import (
    ActivationContact,
    Address,
    Customer,
    CustomerKind,
    OtherFirm,
    Person,
    RegisteredService,
    Registration,
    RegistrationAnswer,
)
from app.errors import SamverkaError


class VendorUnavailableError(SamverkaError):
    """The vendor did not answer, or answered that it cannot now: try again later."""


class VendorRefusedError(SamverkaError):
    """The vendor said no, for good; ``code`` says why and is shown to the firm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """The accounting firm that asks."""

    firm_id: str
    firm_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyQuery:
    """Which company is meant: its number with kind and serial, or the vendor's own customer number."""

    number: str = ""
    kind: str = CustomerKind.LEGAL_PERSON
    serial: int = 0
    vendor_customer_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyAnswer:
    """What the vendor knows about one company. ``answer`` unknown: it could not be found out now.

    ``services`` are those the company has; ``other_firms`` are other accounting firms and their services;
    ``own_services`` are those where the asking firm already collaborates with the company.
    """

    answer: str = RegistrationAnswer.UNKNOWN
    vendor_customer_numbers: tuple[str, ...] = ()
    services: tuple[RegisteredService, ...] = ()
    own_services: tuple[str, ...] = ()
    administrators: tuple[Person, ...] = ()
    main_contact: Person | None = None
    other_firms: tuple[OtherFirm, ...] = ()
    name: str = ""
    legal_form: str = ""
    company_state: str = "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCompany:
    """A company to be registered with the vendor, as the firm knows it."""

    name: str
    number: str
    kind: str
    serial: int = 0
    legal_form: str = ""
    address: Address = field(default_factory=Address)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOrder:
    """One service to start or to share, with what the form asked for."""

    service: str
    variant: str = ""
    payer: str = ""
    period_months: int | None = None


class VendorGateway(Protocol):
    """The vendor's side. Every writing call takes an idempotency key: the same key again gives the same
    result and no second effect, whatever happened to the first answer.

    All calls may raise VendorUnavailableError (nothing is known, try again) and, where they write,
    VendorRefusedError (for good). None of them is made inside a transaction or under a lock.
    """

    def check(self, seat: Seat, companies: Sequence[CompanyQuery]) -> list[CompanyAnswer]:
        """Say for each company whether it is registered and what it has, in the order asked."""
        ...

    def register(
        self,
        seat: Seat,
        company: NewCompany,
        contact: ActivationContact,
        services: Sequence[ServiceOrder],
        *,
        idempotency_key: str,
    ) -> str:
        """Register the company, start the services and collaborate in them; return its customer number.

        The contact becomes administrator and main contact. Refused with ``already_registered`` where the
        company was registered meanwhile, ``contact_is_other_person`` where the address is another person's.
        """
        ...

    def invite(
        self, seat: Seat, company: CompanyQuery, services: Sequence[ServiceOrder], *, idempotency_key: str
    ) -> str:
        """Note that the firm asks to collaborate in the services; return the company's customer number.

        Nothing starts before the customer has said yes. Refused with ``not_registered``.
        """
        ...

    def activate(
        self, seat: Seat, company: CompanyQuery, services: Sequence[ServiceOrder], *, idempotency_key: str
    ) -> None:
        """The customer said yes to these: start those it lacks and share all of them with the firm.

        A subscription that the customer owns keeps its variant, payer and period. Refused with
        ``not_registered``.
        """
        ...

    def withdraw(
        self, seat: Seat, company: CompanyQuery, services: Sequence[str], *, idempotency_key: str
    ) -> None:
        """Forget the request: the customer said no to these, the firm withdrew, or the time ran out."""
        ...

    def note_login(self, company: CompanyQuery, email: str, at: datetime, *, idempotency_key: str) -> None:
        """The person has logged in to the company's account. Refused with ``unknown_person``."""
        ...

    def has_logged_in(self, company: CompanyQuery, email: str) -> bool:
        """Tell whether that person has ever logged in: login instructions may be sent again until then."""
        ...


def query_for(customer: Customer) -> CompanyQuery:
    """Return how the vendor is asked about a customer."""
    return CompanyQuery(
        number=customer.organisation_number,
        kind=customer.kind,
        serial=customer.serial,
        vendor_customer_number=customer.vendor_customer_number,
    )


def registration_of(customer: Customer, answer: CompanyAnswer, checked_at: datetime) -> Registration:
    """Return the vendor's answer as the record that the clients get. Its id follows the customer's."""
    return Registration(
        id=derived_id(PREFIXES["registration"], customer.id),
        customer_id=customer.id,
        answer=answer.answer,
        vendor_customer_numbers=answer.vendor_customer_numbers,
        services=answer.services,
        administrators=answer.administrators,
        main_contact=answer.main_contact,
        other_firms=answer.other_firms,
        legal_form=answer.legal_form,
        company_state=answer.company_state,
        checked_at=checked_at,
    )
