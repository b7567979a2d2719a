"""What the server asks of the vendor, whoever answers: the register of this server, or the vendor itself.

README.md beside this file says call by call what an implementation has to hold to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from app.domain.ids import PREFIXES, derived_id
from app.domain.records import (
    ActivationContact,
    Address,
    Customer,
    CustomerKind,
    LicencesLeft,
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
    ``own_services`` are those where the asking firm already collaborates with the company. ``licences_left``
    are the asking firm's own; None in ``lon_direkt``, ``bank_link`` and ``open_reports`` is «not known».
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
    lon_direkt: bool | None = None
    bank_link: bool | None = None
    open_reports: int | None = None
    licences_left: tuple[LicencesLeft, ...] = ()


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
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedElsewhere:
    """That a collaboration of the firm was ended by the customer (or the vendor) and not by the firm.

    ``by_kind`` is customer or vendor, ``by`` the person's name where it is known.
    """

    company: CompanyQuery
    service: str
    on: date
    by: str = ""
    by_kind: str = "customer"


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

    def change(self, seat: Seat, company: CompanyQuery, order: ServiceOrder, *, idempotency_key: str) -> None:
        """Let the service have this variant, payer and period from now on.

        Refused with ``not_registered``, ``unknown_service`` or ``customer_owns_subscription``.
        """
        ...

    def end(
        self,
        seat: Seat,
        company: CompanyQuery,
        service: str,
        on: date,
        choice: str,
        *,
        idempotency_key: str,
    ) -> None:
        """End the firm's collaboration in the service on that day; a day that has passed means now.

        ``choice`` is one of the service's end choices in the catalogue. The company's administrators are
        informed. Refused with ``not_registered``, ``unknown_service``, ``main_contact_missing``,
        ``ends_before_others`` (a service must end first), ``has_bank_link`` or ``has_open_reports``.
        """
        ...

    def cancel_end(self, seat: Seat, company: CompanyQuery, service: str, *, idempotency_key: str) -> None:
        """Let the collaboration go on after all. Refused with ``already_ended``, ``unknown_service``."""
        ...

    def set_main_contact(
        self, seat: Seat, company: CompanyQuery, person: Person, phone: str, *, idempotency_key: str
    ) -> None:
        """Make one of the company's users, or somebody new, administrator and main contact.

        Refused with ``not_registered``, ``contact_is_other_person``, or ``main_contact_exists`` (to a firm
        that does not work with the company).
        """
        ...

    def correct_contact(
        self, company: CompanyQuery, old: str, person: Person, *, idempotency_key: str
    ) -> None:
        """Let the user with the address ``old``, who has never logged in, have the person's address.

        Refused with ``unknown_person`` or ``contact_is_other_person``.
        """
        ...

    def list_ended_elsewhere(self, seat: Seat) -> list[EndedElsewhere]:
        """Return the firm's collaborations that others have ended or will end, in the last 90 days."""
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
        lon_direkt=answer.lon_direkt,
        bank_link=answer.bank_link,
        open_reports=answer.open_reports,
        licences_left=answer.licences_left,
    )
