"""The register that the server keeps itself, in the place of the vendor's: one for all firms on the server.

A company is one entry, found by each of its customer numbers and by its number, and written under a lock of
its own. What was done for an idempotency key is kept beside it in the same transaction.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from app.clock import Clock
from app.domain.records import (
    ActivationContact,
    CustomerKind,
    OtherFirm,
    Payer,
    Person,
    RegisteredService,
    RegistrationAnswer,
)
from app.server.gateway.register_company import (
    RegisterCollaboration,
    RegisterCompany,
    RegisterPerson,
    RegisterSubscription,
)
from app.server.gateway.vendor import (
    CompanyAnswer,
    CompanyQuery,
    NewCompany,
    Seat,
    ServiceOrder,
    VendorRefusedError,
)
from app.server.store.entries import Entry, EntryRows, EntryTransaction

_COMPANY, _ALIAS, _PERSON, _DONE, _COUNTER = "company", "alias", "person", "done", "counter"
_FIRST_NUMBER = 7_100_001
KEYS_ARE_KEPT = timedelta(days=90)


class RegisterGateway:
    """A ``VendorGateway`` on the tables of the schema ``register``."""

    def __init__(self, rows: EntryRows, clock: Clock) -> None:
        self._rows = rows
        self._clock = clock

    def check(self, seat: Seat, companies: Sequence[CompanyQuery]) -> list[CompanyAnswer]:
        """Say for each company whether it is registered and what it has, in the order asked."""
        with self._rows.read() as rows:
            return [_answer(seat, query, _find(rows, query)) for query in companies]

    def register(
        self,
        seat: Seat,
        company: NewCompany,
        contact: ActivationContact,
        services: Sequence[ServiceOrder],
        *,
        idempotency_key: str,
    ) -> str:
        """Register the company, start the services and collaborate in them; return its customer number."""
        with self._rows.write() as rows:
            done = rows.find(_DONE, idempotency_key, lock=True)
            if done is not None:
                return done.data.decode()
            number = _next_number(rows)
            query = CompanyQuery(number=company.number, kind=company.kind, serial=company.serial)
            if _find(rows, query) is not None:
                raise VendorRefusedError("already_registered")
            _claim_address(rows, contact.email, contact.name)
            today = self._clock.today()
            person = RegisterPerson(
                name=contact.name, email=contact.email, phone=contact.phone, is_main_contact=True
            )
            put_company(
                rows,
                RegisterCompany(
                    vendor_customer_number=number,
                    name=company.name,
                    number=company.number,
                    serial=company.serial,
                    kind=company.kind,
                    legal_form=company.legal_form,
                    email=contact.email,
                    phone=contact.phone,
                    address=contact.address if contact.address.is_complete else company.address,
                    people=(person,),
                    subscriptions=tuple(
                        RegisterSubscription(
                            service=order.service,
                            variant=order.variant,
                            payer=order.payer or Payer.FIRM,
                            owner=Payer.FIRM,
                            period_months=order.period_months,
                            since=today,
                        )
                        for order in services
                    ),
                    collaborations=tuple(
                        RegisterCollaboration(
                            firm_id=seat.firm_id, firm_name=seat.firm_name, service=order.service, since=today
                        )
                        for order in services
                    ),
                ),
            )
            self._note_done(rows, idempotency_key, number)
            return number

    def invite(
        self, seat: Seat, company: CompanyQuery, services: Sequence[ServiceOrder], *, idempotency_key: str
    ) -> str:
        """Note that the firm asks to collaborate in the services; return the company's customer number."""
        with self._rows.write() as rows:
            present = _get(rows, company)
            if rows.find(_DONE, idempotency_key, lock=True) is None:
                codes = [order.service for order in services]
                put_company(rows, _with_collaborations(present, seat, codes, "pending"))
                self._note_done(rows, idempotency_key)
            return present.vendor_customer_number

    def activate(
        self, seat: Seat, company: CompanyQuery, services: Sequence[ServiceOrder], *, idempotency_key: str
    ) -> None:
        """The customer said yes to these: start those it lacks and share all of them with the firm."""
        today = self._clock.today()
        with self._rows.write() as rows:
            present = _get(rows, company)
            if rows.find(_DONE, idempotency_key, lock=True) is not None:
                return
            held = {subscription.service for subscription in present.subscriptions}
            new = tuple(
                RegisterSubscription(
                    service=order.service,
                    variant=order.variant,
                    payer=order.payer or Payer.CUSTOMER,
                    owner=Payer.FIRM,
                    period_months=order.period_months,
                    since=today,
                )
                for order in services
                if order.service not in held
            )
            codes = [order.service for order in services]
            shared = _with_collaborations(present, seat, codes, "active")
            put_company(rows, dataclasses.replace(shared, subscriptions=present.subscriptions + new))
            self._note_done(rows, idempotency_key)

    def withdraw(
        self, seat: Seat, company: CompanyQuery, services: Sequence[str], *, idempotency_key: str
    ) -> None:
        """Forget the request. What the firm already collaborates in stays as it is."""
        with self._rows.write() as rows:
            present = _find(rows, company, lock=True)
            if present is None or rows.find(_DONE, idempotency_key, lock=True) is not None:
                return
            kept = tuple(
                c
                for c in present.collaborations
                if not (c.firm_id == seat.firm_id and c.service in services and c.state == "pending")
            )
            put_company(rows, dataclasses.replace(present, collaborations=kept))
            self._note_done(rows, idempotency_key)

    def note_login(self, company: CompanyQuery, email: str, at: datetime, *, idempotency_key: str) -> None:
        """The person has logged in to the company's account; the first time counts."""
        with self._rows.write() as rows:
            present = _get(rows, company)
            if rows.find(_DONE, idempotency_key, lock=True) is not None:
                return
            if not any(_is_same_address(person.email, email) for person in present.people):
                raise VendorRefusedError("unknown_person")
            people = tuple(
                dataclasses.replace(person, logged_in_at=person.logged_in_at or at)
                if _is_same_address(person.email, email)
                else person
                for person in present.people
            )
            put_company(rows, dataclasses.replace(present, people=people))
            self._note_done(rows, idempotency_key)

    def has_logged_in(self, company: CompanyQuery, email: str) -> bool:
        """Tell whether that person has ever logged in."""
        with self._rows.read() as rows:
            present = _find(rows, company)
        people = () if present is None else present.people
        return any(_is_same_address(p.email, email) and p.logged_in_at is not None for p in people)

    def find_company(self, query: CompanyQuery) -> RegisterCompany | None:
        """Return the company as the register keeps it, or None: for administration and tests."""
        with self._rows.read() as rows:
            return _find(rows, query)

    def fill(self, companies: Iterable[RegisterCompany]) -> None:
        """Write many companies at once, new or changed: the sample firm's register."""
        with self._rows.write() as rows:
            for company in companies:
                put_company(rows, company)
                for person in company.people:
                    _put_person(rows, person.email, person.name)

    def _note_done(self, rows: EntryTransaction, key: str, result: str = "") -> None:
        expires_at = self._clock.now() + KEYS_ARE_KEPT
        rows.put(Entry(kind=_DONE, key=key, expires_at=expires_at, data=result.encode() or b"{}"))


def put_company(rows: EntryTransaction, company: RegisterCompany) -> None:
    """Write a company with the numbers that it is found by."""
    key = company.vendor_customer_number
    rows.put(
        Entry(
            kind=_COMPANY,
            key=key,
            group=_group(company.number, company.kind, company.serial),
            data=_encode(company),
        )
    )
    for other in company.other_customer_numbers:
        rows.put(Entry(kind=_ALIAS, key=other, subject_id=key))


def _encode(company: RegisterCompany) -> bytes:
    return msgspec.json.encode(company)


def _find(rows: EntryTransaction, query: CompanyQuery, *, lock: bool = False) -> RegisterCompany | None:
    entry: Entry | None = None
    if query.vendor_customer_number:
        entry = rows.find(_COMPANY, query.vendor_customer_number, lock=lock)
        if entry is None:
            alias = rows.find(_ALIAS, query.vendor_customer_number)
            entry = None if alias is None else rows.find(_COMPANY, alias.subject_id, lock=lock)
    if entry is None and query.number:
        found = rows.list_group(_COMPANY, _group(query.number, query.kind, query.serial))
        entry = rows.find(_COMPANY, found[0].key, lock=lock) if found else None
    return None if entry is None else msgspec.json.decode(entry.data, type=RegisterCompany)


def _get(rows: EntryTransaction, query: CompanyQuery) -> RegisterCompany:
    company = _find(rows, query, lock=True)
    if company is None:
        raise VendorRefusedError("not_registered")
    return company


def _group(number: str, kind: str, serial: int) -> str:
    # The same person may be a private customer and have firms of their own: other companies to the vendor.
    whose = "private" if kind == CustomerKind.PRIVATE_PERSON else "company"
    return f"{number}|{whose}|{serial}" if number else ""


def _answer(seat: Seat, query: CompanyQuery, company: RegisterCompany | None) -> CompanyAnswer:
    if company is None:
        # Without any number there is nothing to look for, and «not found» would say too much.
        can_be_found = bool(query.number or query.vendor_customer_number)
        answer = RegistrationAnswer.NOT_REGISTERED if can_be_found else RegistrationAnswer.UNKNOWN
        return CompanyAnswer(answer=answer)
    live = [c for c in company.collaborations if c.state == "active"]
    main = next((p for p in company.people if p.is_main_contact), None)
    return CompanyAnswer(
        answer=RegistrationAnswer.REGISTERED,
        vendor_customer_numbers=(company.vendor_customer_number, *company.other_customer_numbers),
        services=tuple(
            RegisteredService(code=s.service, variant=s.variant, payer=s.payer, subscription_owner=s.owner)
            for s in company.subscriptions
        ),
        own_services=tuple(c.service for c in live if c.firm_id == seat.firm_id),
        administrators=tuple(
            Person(name=p.name, email=p.email) for p in company.people if p.is_administrator
        ),
        main_contact=None if main is None else Person(name=main.name, email=main.email),
        other_firms=tuple(
            OtherFirm(service=c.service, firm_name=c.firm_name) for c in live if c.firm_id != seat.firm_id
        ),
        name=company.name,
        legal_form=company.legal_form,
        company_state=company.company_state,
    )


def _with_collaborations(
    company: RegisterCompany, seat: Seat, codes: Sequence[str], state: str
) -> RegisterCompany:
    active = {c.service for c in company.collaborations if c.firm_id == seat.firm_id and c.state == "active"}
    touched = [code for code in codes if code not in active]
    others = tuple(
        c for c in company.collaborations if not (c.firm_id == seat.firm_id and c.service in touched)
    )
    new = tuple(
        RegisterCollaboration(firm_id=seat.firm_id, firm_name=seat.firm_name, service=code, state=state)
        for code in touched
    )
    return dataclasses.replace(company, collaborations=others + new)


def _claim_address(rows: EntryTransaction, email: str, name: str) -> None:
    """One address is one person, who may belong to several companies. Raises ``contact_is_other_person``."""
    entry = rows.find(_PERSON, email.strip().casefold(), lock=True)
    known = "" if entry is None else msgspec.json.decode(entry.data, type=str)
    if known and " ".join(known.casefold().split()) != " ".join(name.casefold().split()):
        raise VendorRefusedError("contact_is_other_person")
    _put_person(rows, email, name)


def _put_person(rows: EntryTransaction, email: str, name: str) -> None:
    rows.put(Entry(kind=_PERSON, key=email.strip().casefold(), data=msgspec.json.encode(name)))


def _next_number(rows: EntryTransaction) -> str:
    """Return a free customer number. Its lock lets one company be registered at a time, by whichever firm."""
    rows.add(Entry(kind=_COUNTER, key="customer_number", data=msgspec.json.encode(_FIRST_NUMBER)))
    entry = rows.find(_COUNTER, "customer_number", lock=True)
    number = _FIRST_NUMBER if entry is None else msgspec.json.decode(entry.data, type=int)
    while rows.find(_COMPANY, str(number)) is not None:
        number += 1
    rows.put(Entry(kind=_COUNTER, key="customer_number", data=msgspec.json.encode(number + 1)))
    return str(number)


def _is_same_address(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
