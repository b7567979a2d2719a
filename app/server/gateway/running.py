"""Tells the vendor of what was decided about running collaborations, and takes in what it says to that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from app.domain.changes import Context, Effect, Reader
from app.domain.end_rules import ends_by
from app.domain.records import (
    Activation,
    Collaboration,
    CollaborationState,
    Customer,
    Firm,
    Person,
    Registration,
)
from app.domain.vendor_answers import (
    cancel_refused,
    change_refused,
    contact_correction_refused,
    end_confirmed,
    end_refused,
    main_contact_answered,
)
from app.server.gateway.vendor import (
    CompanyQuery,
    Seat,
    ServiceOrder,
    VendorGateway,
    VendorRefusedError,
    VendorUnavailableError,
    query_for,
    registration_of,
)
from app.server.store.queues import Job
from app.server.store.store import Store

WAITS_FOR_OTHERS = timedelta(hours=1)
"""So long an end waits for one that must come first; then the vendor is asked all the same and says why."""

Write = Callable[[Job, Callable[[Reader, Context], Effect]], None]


class RunningSteps:
    """The steps of the vendor worker for change, end, customer_ended, cancel_end, main_contact and
    correct_contact.

    ``write`` writes an effect and finishes the row in one transaction.
    """

    def __init__(self, store: Store, gateway: VendorGateway, write: Write) -> None:
        self._store = store
        self._gateway = gateway
        self._write = write
        self.steps: dict[str, Callable[[Job], None]] = {
            "change": self._change,
            "end": self._end,
            "customer_ended": self._tell_customer_ended,
            "cancel_end": self._cancel_end,
            "main_contact": self._set_main_contact,
            "correct_contact": self._correct_contact,
        }

    def _change(self, job: Job) -> None:
        found = self._read(job)
        if found is None:
            return
        seat, company, collaboration = found
        order = ServiceOrder(
            service=collaboration.service or "",
            variant=collaboration.variant,
            payer=collaboration.payer,
            period_months=collaboration.period_months,
            options=collaboration.options,
        )
        try:
            self._gateway.change(seat, company, order, idempotency_key=job.idempotency_key)
        except VendorRefusedError as error:
            code, before = error.code, job.data["before"]
            self._write(
                job,
                lambda reader, context: change_refused(collaboration.id, code, before, reader, context),
            )
            return
        self._store.vendor_queue.finish(job)

    def _end(self, job: Job) -> None:
        found = self._read(job)
        if found is None:
            return
        seat, company, collaboration = found
        asked_at, on = collaboration.end_asked_at, collaboration.ends_on
        is_wanted = collaboration.state == CollaborationState.ENDING and not collaboration.end_confirmed_at
        if not is_wanted or asked_at is None or on is None:
            self._store.vendor_queue.finish(job)
            return
        if self._waits_for_others(job, collaboration):
            raise VendorUnavailableError("ends_before_others")
        try:
            self._gateway.end(
                seat,
                company,
                collaboration.service or "",
                on,
                collaboration.end_choice,
                idempotency_key=job.idempotency_key,
            )
        except VendorRefusedError as error:
            code = error.code
            self._write(
                job, lambda reader, context: end_refused(collaboration.id, asked_at, code, reader, context)
            )
            return
        self._write(job, lambda reader, context: end_confirmed(collaboration.id, asked_at, reader, context))

    def _tell_customer_ended(self, job: Job) -> None:
        found = self._read(job)
        if found is None:
            return
        seat, company, collaboration = found
        on = collaboration.ends_on
        if on is not None:
            self._gateway.end(
                seat, company, collaboration.service or "", on, "", idempotency_key=job.idempotency_key
            )
        self._store.vendor_queue.finish(job)

    def _cancel_end(self, job: Job) -> None:
        found = self._read(job)
        if found is None:
            return
        seat, company, collaboration = found
        if collaboration.state != CollaborationState.ACTIVE:
            # It was asked for again: that row carries the end, and this one would take it back.
            self._store.vendor_queue.finish(job)
            return
        try:
            self._gateway.cancel_end(
                seat, company, collaboration.service or "", idempotency_key=job.idempotency_key
            )
        except VendorRefusedError as error:
            code, before = error.code, job.data["before"]
            self._write(
                job,
                lambda reader, context: cancel_refused(collaboration.id, code, before, reader, context),
            )
            return
        self._store.vendor_queue.finish(job)

    def _set_main_contact(self, job: Job) -> None:
        with self._store.read(job.firm_id) as snapshot:
            row = snapshot.reader.find("registration", job.about_id)
            customer_id = row.customer_id if isinstance(row, Registration) else ""
            customer = snapshot.reader.find("customer", customer_id)
            firm = snapshot.reader.find("firm", job.firm_id)
        if not isinstance(customer, Customer) or not isinstance(firm, Firm):
            self._store.vendor_queue.give_up(job, "nothing_to_do")
            return
        seat, company = Seat(firm_id=firm.id, firm_name=firm.name), query_for(customer)
        person = Person(name=job.data["name"], email=job.data["email"])
        code = ""
        try:
            self._gateway.set_main_contact(
                seat, company, person, job.data["phone"], idempotency_key=job.idempotency_key
            )
        except VendorRefusedError as error:
            code = error.code
        (answer,) = self._gateway.check(seat, [company])
        now = registration_of(customer, answer, self._store.clock.now())
        self._write(job, lambda reader, context: main_contact_answered(now, code, reader, context))

    def _correct_contact(self, job: Job) -> None:
        with self._store.read(job.firm_id) as snapshot:
            activation = snapshot.reader.find("activation", job.about_id)
            customer_id = activation.customer_id if isinstance(activation, Activation) else ""
            customer = snapshot.reader.find("customer", customer_id)
        contact = activation.contact if isinstance(activation, Activation) else None
        if contact is None or not isinstance(customer, Customer):
            self._store.vendor_queue.give_up(job, "nothing_to_do")
            return
        try:
            self._gateway.correct_contact(
                query_for(customer),
                job.data["email"],
                Person(name=contact.name, email=contact.email),
                idempotency_key=job.idempotency_key,
            )
        except VendorRefusedError as error:
            code = error.code
            self._write(
                job,
                lambda reader, context: contact_correction_refused(job.about_id, code, reader, context),
            )
            return
        self._store.vendor_queue.finish(job)

    def _read(self, job: Job) -> tuple[Seat, CompanyQuery, Collaboration] | None:
        """Return what the row is about; where it is gone there is nothing to do, and the row is closed."""
        with self._store.read(job.firm_id) as snapshot:
            reader = snapshot.reader
            collaboration = reader.find("collaboration", job.about_id)
            firm = reader.find("firm", job.firm_id)
            customer_id = collaboration.customer_id if isinstance(collaboration, Collaboration) else None
            customer = reader.find("customer", customer_id) if customer_id else None
        if not isinstance(collaboration, Collaboration) or not isinstance(firm, Firm):
            self._store.vendor_queue.give_up(job, "nothing_to_do")
            return None
        company = collaboration.company
        query = CompanyQuery(
            number=company.number,
            serial=company.serial,
            vendor_customer_number=company.vendor_customer_number,
        )
        if isinstance(customer, Customer):
            own = query_for(customer)
            # The vendor's own number for the company where it was told with the collaboration.
            number = company.vendor_customer_number or own.vendor_customer_number
            query = CompanyQuery(
                number=own.number, kind=own.kind, serial=own.serial, vendor_customer_number=number
            )
        return Seat(firm_id=firm.id, firm_name=firm.name), query, collaboration

    def _waits_for_others(self, job: Job, collaboration: Collaboration) -> bool:
        """Tell whether an end that must come first is still on its way to the vendor."""
        on = collaboration.ends_on
        if on is None or collaboration.customer_id is None:
            return False
        if self._store.clock.now() - job.created_at >= WAITS_FOR_OTHERS:
            return False
        first = self._store.terms.service(collaboration.service or "").ends_first
        with self._store.read(job.firm_id) as snapshot:
            siblings = snapshot.reader.list_of_customer("collaboration", collaboration.customer_id)
        return any(
            isinstance(one, Collaboration)
            and one.service in first
            and one.state == CollaborationState.ENDING
            and one.end_confirmed_at is None
            and ends_by(one, on)
            for one in siblings
        )
