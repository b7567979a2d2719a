"""The register that the server keeps itself, in the place of the vendor's: one for all firms on the server.

A company is one entry, found by each of its customer numbers and by its number, and written under a lock of
its own. What was done for an idempotency key is kept beside it in the same transaction.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from app.catalogue import load_catalogue
from app.clock import Clock
from app.domain.decoders import decoder_of
from app.domain.records import (
    ActivationContact,
    LicencesLeft,
    OtherFirm,
    Payer,
    Person,
    RegisteredService,
    RegistrationAnswer,
)
from app.domain.terms import Terms
from app.server.gateway import register_running as running
from app.server.gateway.register_company import RegisterCompany, RegisterPerson
from app.server.gateway.register_rows import (
    claim_address,
    find_company,
    is_same_address,
    list_licences,
    next_number,
    put_company,
    put_licences,
    put_person,
)
from app.server.gateway.vendor import (
    CompanyAnswer,
    CompanyQuery,
    EndedElsewhere,
    NewCompany,
    Seat,
    ServiceOrder,
    VendorRefusedError,
)
from app.server.store.entries import Entry, EntryRows, EntryTransaction

_DONE, _ENDED = "done", "ended"
KEYS_ARE_KEPT = timedelta(days=90)
NEWS_ARE_KEPT = timedelta(days=90)


class RegisterGateway:
    """A ``VendorGateway`` on the tables of the schema ``register``.

    ``terms`` are the services' rules, which the vendor holds to as well; without them the program's own.
    """

    def __init__(self, rows: EntryRows, clock: Clock, terms: Terms | None = None) -> None:
        self._rows = rows
        self._clock = clock
        self._terms = terms or load_catalogue()

    def check(self, seat: Seat, companies: Sequence[CompanyQuery]) -> list[CompanyAnswer]:
        """Say for each company whether it is registered and what it has, in the order asked."""
        with self._rows.read() as rows:
            licences = list_licences(rows, seat.firm_id)
            return [answer_about(seat, query, self._find(rows, query), licences) for query in companies]

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
            number = next_number(rows)
            query = CompanyQuery(number=company.number, kind=company.kind, serial=company.serial)
            if self._find(rows, query) is not None:
                raise VendorRefusedError("already_registered")
            claim_address(rows, contact.email, contact.name)
            self._use_licences(rows, seat, services)
            person = RegisterPerson(
                name=contact.name, email=contact.email, phone=contact.phone, is_main_contact=True
            )
            today = self._clock.today()
            new = RegisterCompany(
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
            )
            new = running.started(new, services, payer=Payer.FIRM, terms=self._terms, today=today)
            codes = [order.service for order in services]
            put_company(rows, running.with_collaborations(new, seat, codes, "active", today))
            self._note_done(rows, idempotency_key, number)
            return number

    def invite(
        self, seat: Seat, company: CompanyQuery, services: Sequence[ServiceOrder], *, idempotency_key: str
    ) -> str:
        """Note that the firm asks to collaborate in the services; return the company's customer number."""
        with self._rows.write() as rows:
            present = self._get(rows, company)
            if rows.find(_DONE, idempotency_key, lock=True) is None:
                codes = [order.service for order in services]
                put_company(rows, running.with_collaborations(present, seat, codes, "pending"))
                self._note_done(rows, idempotency_key)
            return present.vendor_customer_number

    def activate(
        self, seat: Seat, company: CompanyQuery, services: Sequence[ServiceOrder], *, idempotency_key: str
    ) -> None:
        """The customer said yes to these: start those it lacks and share all of them with the firm."""
        today = self._clock.today()
        codes = [order.service for order in services]

        def started(rows: EntryTransaction, present: RegisterCompany) -> RegisterCompany:
            held = {subscription.service for subscription in present.subscriptions}
            self._use_licences(rows, seat, [order for order in services if order.service not in held])
            new = running.started(present, services, payer=Payer.CUSTOMER, terms=self._terms, today=today)
            return running.with_collaborations(new, seat, codes, "active", today)

        self._once(company, idempotency_key, started)

    def withdraw(
        self, seat: Seat, company: CompanyQuery, services: Sequence[str], *, idempotency_key: str
    ) -> None:
        """Forget the request. What the firm already collaborates in stays as it is."""
        with self._rows.write() as rows:
            present = self._find(rows, company, lock=True)
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

        def seen(_rows: EntryTransaction, present: RegisterCompany) -> RegisterCompany:
            if not any(is_same_address(person.email, email) for person in present.people):
                raise VendorRefusedError("unknown_person")
            people = tuple(
                dataclasses.replace(person, logged_in_at=person.logged_in_at or at)
                if is_same_address(person.email, email)
                else person
                for person in present.people
            )
            return dataclasses.replace(present, people=people)

        self._once(company, idempotency_key, seen)

    def change(self, seat: Seat, company: CompanyQuery, order: ServiceOrder, *, idempotency_key: str) -> None:
        """Let the service have this variant, payer and period from now on."""

        def changed(_rows: EntryTransaction, present: RegisterCompany) -> RegisterCompany:
            return running.changed(present, seat, order, self._terms)

        self._once(company, idempotency_key, changed)

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
        """End the firm's collaboration in the service on that day; a day that has passed means now."""
        day = max(on, self._clock.today())

        def ending(_rows: EntryTransaction, present: RegisterCompany) -> RegisterCompany:
            return running.ending(present, seat, service, day, choice, self._terms)

        self._once(company, idempotency_key, ending)

    def cancel_end(self, seat: Seat, company: CompanyQuery, service: str, *, idempotency_key: str) -> None:
        """Let the collaboration go on after all."""

        def cancelled(_rows: EntryTransaction, present: RegisterCompany) -> RegisterCompany:
            return running.end_cancelled(present, seat, service)

        self._once(company, idempotency_key, cancelled)

    def set_main_contact(
        self, seat: Seat, company: CompanyQuery, person: Person, phone: str, *, idempotency_key: str
    ) -> None:
        """Make one of the company's users, or somebody new, administrator and main contact."""

        def named(rows: EntryTransaction, present: RegisterCompany) -> RegisterCompany:
            works_here = any(c.firm_id == seat.firm_id for c in present.collaborations)
            if not works_here and any(p.is_main_contact for p in present.people):
                raise VendorRefusedError("main_contact_exists")
            claim_address(rows, person.email, person.name)
            return running.with_main_contact(present, person.name, person.email, phone)

        self._once(company, idempotency_key, named)

    def correct_contact(
        self, company: CompanyQuery, old: str, person: Person, *, idempotency_key: str
    ) -> None:
        """Let the user with the address ``old``, who has never logged in, have the person's address."""

        def corrected(rows: EntryTransaction, present: RegisterCompany) -> RegisterCompany:
            known = next(
                (p for p in present.people if is_same_address(p.email, old) and p.logged_in_at is None), None
            )
            if known is None:
                raise VendorRefusedError("unknown_person")
            claim_address(rows, person.email, person.name)
            people = tuple(
                dataclasses.replace(p, name=person.name, email=person.email) if p is known else p
                for p in present.people
            )
            return dataclasses.replace(present, people=people)

        self._once(company, idempotency_key, corrected)

    def list_ended_elsewhere(self, seat: Seat) -> list[EndedElsewhere]:
        """Return the firm's collaborations that others have ended or will end, in the last 90 days."""
        with self._rows.read() as rows:
            return [
                decoder_of(EndedElsewhere).decode(entry.data)
                for entry in rows.list_group(_ENDED, seat.firm_id)
            ]

    def has_logged_in(self, company: CompanyQuery, email: str) -> bool:
        """Tell whether that person has ever logged in."""
        with self._rows.read() as rows:
            present = self._find(rows, company)
        people = () if present is None else present.people
        return any(is_same_address(p.email, email) and p.logged_in_at is not None for p in people)

    def find_company(self, query: CompanyQuery) -> RegisterCompany | None:
        """Return the company as the register keeps it, or None: for administration and tests."""
        with self._rows.read() as rows:
            return self._find(rows, query)

    def fill(
        self,
        companies: Iterable[RegisterCompany],
        licences: Iterable[tuple[str, Sequence[LicencesLeft]]] = (),
    ) -> None:
        """Write many companies at once, new or changed, and what firms (by id) have left of licences."""
        with self._rows.write() as rows:
            for company in companies:
                put_company(rows, company)
                for person in company.people:
                    put_person(rows, person.email, person.name)
            for firm_id, left in licences:
                put_licences(rows, firm_id, left)

    def _once(
        self,
        query: CompanyQuery,
        key: str,
        make: Callable[[EntryTransaction, RegisterCompany], RegisterCompany],
    ) -> None:
        """Write what ``make`` makes of the company, once for each idempotency key."""
        with self._rows.write() as rows:
            present = self._get(rows, query)
            if rows.find(_DONE, key, lock=True) is not None:
                return
            put_company(rows, make(rows, present))
            self._note_done(rows, key)

    def _use_licences(self, rows: EntryTransaction, seat: Seat, orders: Sequence[ServiceOrder]) -> None:
        left = list_licences(rows, seat.firm_id, lock=True)
        after = running.with_licences_used(left, orders)
        if after != left:
            put_licences(rows, seat.firm_id, after)

    def _find(
        self, rows: EntryTransaction, query: CompanyQuery, *, lock: bool = False
    ) -> RegisterCompany | None:
        found = find_company(rows, query, lock=lock)
        return None if found is None else running.as_of(found, self._clock.today())

    def _get(self, rows: EntryTransaction, query: CompanyQuery) -> RegisterCompany:
        company = self._find(rows, query, lock=True)
        if company is None:
            raise VendorRefusedError("not_registered")
        return company

    def _note_done(self, rows: EntryTransaction, key: str, result: str = "") -> None:
        expires_at = self._clock.now() + KEYS_ARE_KEPT
        rows.put(Entry(kind=_DONE, key=key, expires_at=expires_at, data=result.encode() or b"{}"))


def end_by_customer(
    rows: EntryRows, clock: Clock, firm_id: str, company: CompanyQuery, service: str, on: date, by: str
) -> None:
    """Let the customer end a firm's collaboration, as a person there would at the vendor's own pages.

    Raises VendorRefusedError ``not_registered`` or ``unknown_service``.
    """
    with rows.write() as transaction:
        present = find_company(transaction, company, lock=True)
        if present is None:
            raise VendorRefusedError("not_registered")
        seat = Seat(firm_id=firm_id, firm_name="")
        work = running.find_work(present, seat, service)
        if work is None:
            raise VendorRefusedError("unknown_service")
        put_company(transaction, running.ended_by_customer(present, work, on))
        news = EndedElsewhere(company=company, service=service, on=on, by=by)
        transaction.put(
            Entry(
                kind=_ENDED,
                key=f"{firm_id}:{present.vendor_customer_number}:{service}",
                firm_id=firm_id,
                group=firm_id,
                expires_at=clock.now() + NEWS_ARE_KEPT,
                data=msgspec.json.encode(news),
            )
        )


def answer_about(
    seat: Seat,
    query: CompanyQuery,
    company: RegisterCompany | None,
    licences: tuple[LicencesLeft, ...],
) -> CompanyAnswer:
    """Return what the register says to a firm about a company that it has, or has not (None)."""
    if company is None:
        # Without any number there is nothing to look for, and «not found» would say too much.
        can_be_found = bool(query.number or query.vendor_customer_number)
        answer = RegistrationAnswer.NOT_REGISTERED if can_be_found else RegistrationAnswer.UNKNOWN
        return CompanyAnswer(answer=answer, licences_left=licences)
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
        administrators=tuple(_person(p) for p in company.people if p.is_administrator),
        main_contact=None if main is None else _person(main),
        other_firms=tuple(
            OtherFirm(service=c.service, firm_name=c.firm_name) for c in live if c.firm_id != seat.firm_id
        ),
        name=company.name,
        legal_form=company.legal_form,
        company_state=company.company_state,
        lon_direkt=company.lon_direkt,
        bank_link=company.bank_link,
        open_reports=company.open_reports,
        licences_left=licences,
    )


def _person(person: RegisterPerson) -> Person:
    return Person(name=person.name, email=person.email, firm_name=person.firm_name)
