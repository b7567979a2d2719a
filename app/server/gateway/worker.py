"""Does what the vendor must do after a commit: asks again, registers, tells of answers.

The vendor is called between two transactions of the firm and never inside one. A row that is handled twice
does no harm: calls carry the row's id as idempotency key, and the domain's functions take an answer in once.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.changes import Actor, Context, Effect, Put, Reader, RejectedError, VendorRequest
from app.domain.lifecycle import APPROVED, activation_answered, activation_refused, company_registered
from app.domain.records import Activation, ActivationState, Customer, Firm, Invitation
from app.server.gateway.vendor import (
    CompanyAnswer,
    CompanyQuery,
    NewCompany,
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

LOG = logging.getLogger(__name__)
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(minutes=30)
CHECKS_BEFORE_UNKNOWN = 4
"""So many checks without an answer, and the person is asked instead of waiting on."""

VENDOR = Actor(name="vendor", kind="vendor")


@dataclass(frozen=True, slots=True)
class _Case:
    """What a request is about, as it was when the row was taken."""

    seat: Seat
    activation: Activation
    customer: Customer
    invitation: Invitation | None = None

    @property
    def company(self) -> CompanyQuery:
        return query_for(self.customer)

    def orders(self, services: Sequence[str] | None = None) -> list[ServiceOrder]:
        return [
            ServiceOrder(
                service=item.service,
                variant=item.variant,
                payer=item.payer,
                period_months=item.period_months,
            )
            for item in self.activation.items
            if services is None or item.service in services
        ]


class VendorWorker:
    """Takes rows of the vendor outbox: activate, register, invite, answered, withdraw, expired, login."""

    name = "vendor"

    def __init__(self, store: Store, gateway: VendorGateway) -> None:
        self._store = store
        self._gateway = gateway
        self._steps: dict[str, Callable[[Job, _Case], None]] = {
            "activate": self._activate,
            "register": self._register,
            "invite": self._invite,
            "answered": self._tell_answer,
            "withdraw": self._tell_withdrawn,
            "expired": self._tell_withdrawn,
            "login": self._tell_login,
        }

    def run_once(self) -> int:
        """Handle the rows that are due; return how many that were."""
        jobs = self._store.vendor_queue.lease()
        for job in jobs:
            self._handle(job)
        return len(jobs)

    def next_due_at(self) -> datetime | None:
        """Return when there may be something to do, or None."""
        return self._store.vendor_queue.next_due_at()

    def _handle(self, job: Job) -> None:
        step = self._steps.get(job.kind)
        case = self._read(job)
        if step is None or case is None:
            LOG.warning("nothing to do at the vendor for %s %s", job.kind, job.id)
            self._store.vendor_queue.give_up(job, "nothing_to_do")
            return
        try:
            step(job, case)
        except VendorUnavailableError as error:
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(job.attempts - 1, 10)))
            self._store.vendor_queue.retry(job, self._store.clock.now() + pause, error.code)
        except VendorRefusedError as error:
            LOG.warning("the vendor refused %s %s: %s", job.kind, job.id, error.code)
            self._store.vendor_queue.give_up(job, error.code)

    def _read(self, job: Job) -> _Case | None:
        with self._store.read(job.firm_id) as snapshot:
            reader = snapshot.reader
            found = reader.find("invitation", job.about_id)
            invitation = found if isinstance(found, Invitation) else None
            activation_id = job.about_id if invitation is None else invitation.activation_id
            activation = reader.find("activation", activation_id)
            firm = reader.find("firm", job.firm_id)
            if not isinstance(activation, Activation) or not isinstance(firm, Firm):
                return None
            customer = reader.find("customer", activation.customer_id)
            if not isinstance(customer, Customer):
                return None
            seat = Seat(firm_id=firm.id, firm_name=firm.name)
            return _Case(seat, activation, customer, invitation)

    def _activate(self, job: Job, case: _Case) -> None:
        try:
            (answer,) = self._gateway.check(case.seat, [case.company])
        except VendorUnavailableError:
            if job.attempts < CHECKS_BEFORE_UNKNOWN:
                raise
            answer = CompanyAnswer()
        registration = registration_of(case.customer, answer, self._store.clock.now())

        def take_in(reader: Reader, context: Context) -> Effect:
            effect = activation_answered(case.activation, registration, reader, context)
            return _with_invite_requests(effect, reader)

        self._write(job, take_in)

    def _register(self, job: Job, case: _Case) -> None:
        activation, customer = case.activation, case.customer
        if activation.state != ActivationState.SENT or activation.contact is None:
            self._store.vendor_queue.finish(job)
            return
        company = NewCompany(
            name=customer.name,
            number=customer.organisation_number,
            kind=customer.kind,
            serial=customer.serial,
            legal_form=customer.legal_form,
            address=customer.address,
        )
        try:
            number = self._gateway.register(
                case.seat, company, activation.contact, case.orders(), idempotency_key=job.idempotency_key
            )
        except VendorRefusedError as error:
            code = error.code
            self._write(job, lambda reader, context: activation_refused(activation, code, reader, context))
            return
        self._write(job, lambda reader, context: company_registered(activation, number, reader, context))

    def _invite(self, job: Job, case: _Case) -> None:
        self._gateway.invite(case.seat, case.company, case.orders(), idempotency_key=job.idempotency_key)
        self._store.vendor_queue.finish(job)

    def _tell_answer(self, job: Job, case: _Case) -> None:
        answers = () if case.invitation is None else case.invitation.answers
        approved = [a.service for a in answers if a.answer == APPROVED]
        declined = [a.service for a in answers if a.answer != APPROVED]
        key = job.idempotency_key
        if approved:
            self._gateway.activate(
                case.seat, case.company, case.orders(approved), idempotency_key=f"{key}:approved"
            )
        if declined:
            self._gateway.withdraw(case.seat, case.company, declined, idempotency_key=f"{key}:declined")
        self._store.vendor_queue.finish(job)

    def _tell_withdrawn(self, job: Job, case: _Case) -> None:
        answered = {a.service for a in case.invitation.answers} if case.invitation else set()
        services = [item.service for item in case.activation.items if item.service not in answered]
        self._gateway.withdraw(case.seat, case.company, services, idempotency_key=job.idempotency_key)
        self._store.vendor_queue.finish(job)

    def _tell_login(self, job: Job, case: _Case) -> None:
        contact, at = case.activation.contact, case.activation.logged_in_at
        if contact is not None and at is not None:
            self._gateway.note_login(case.company, contact.email, at, idempotency_key=job.idempotency_key)
        self._store.vendor_queue.finish(job)

    def _write(self, job: Job, make: Callable[[Reader, Context], Effect]) -> None:
        with self._store.write(job.firm_id) as transaction:
            try:
                effect = make(transaction.reader, transaction.context(VENDOR, job.id))
            except RejectedError as error:
                # The customer or a collaboration was removed meanwhile: nothing is left to write on.
                self._store.vendor_queue.give_up(job, error.code, inside=transaction)
                return
            transaction.write(effect, by=VENDOR, source=job.id, is_replay=bool(job.replayed_in))
            self._store.vendor_queue.finish(job, inside=transaction)


def _with_invite_requests(effect: Effect, reader: Reader) -> Effect:
    """Return the effect with a request to tell the vendor of each invitation that it begins."""
    begun = [
        change.record.id
        for change in effect.changes
        if isinstance(change, Put)
        and isinstance(change.record, Invitation)
        and reader.find("invitation", change.record.id) is None
    ]
    requests = tuple(VendorRequest(kind="invite", about_id=id_) for id_ in begun)
    return dataclasses.replace(effect, vendor=effect.vendor + requests)
