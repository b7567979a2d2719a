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
from app.domain.records import Activation, ActivationState, Customer, Firm, Invitation, InvitationState
from app.domain.vendor_answers import answer_refused, invitation_refused
from app.errors import StorageError
from app.server.gateway.running import RunningSteps
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

BATCH = 10
LOG = logging.getLogger(__name__)
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(minutes=30)
CHECKS_BEFORE_UNKNOWN = 4
"""So many checks without an answer, and the person is asked instead of waiting on."""

VENDOR = Actor(name="vendor", kind="vendor")
_CALLED_OFF = frozenset({InvitationState.WITHDRAWN, InvitationState.EXPIRED})


@dataclass(frozen=True, slots=True)
class _Case:
    """What a request is about, as it was when the row was taken."""

    seat: Seat
    activation: Activation
    customer: Customer
    invitation: Invitation | None = None

    @property
    def company(self) -> CompanyQuery:
        chosen = self.activation.vendor_customer_number
        query = query_for(self.customer)
        return dataclasses.replace(query, vendor_customer_number=chosen) if chosen else query

    def orders(self, services: Sequence[str] | None = None) -> list[ServiceOrder]:
        return [
            ServiceOrder(
                service=item.service,
                variant=item.variant,
                payer=item.payer,
                period_months=item.period_months,
                options=item.options,
            )
            for item in self.activation.items
            if services is None or item.service in services
        ]


class VendorWorker:
    """Takes rows of the vendor outbox: activate, register, invite, answered, withdraw, expired, login, and
    those of ``RunningSteps``.

    What the vendor refuses is written where a person sees it. What fails in a way that nobody foresaw is
    put off like what the vendor cannot do now: the rows behind it go on.
    """

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
        self._running = RunningSteps(store, gateway, self._write)

    def run_once(self) -> int:
        """Handle the rows that are due; return how many that were."""
        handled = 0
        while handled < BATCH:
            # One at a time: a slow vendor must not outlast the lease of the rows behind it.
            jobs = self._store.vendor_queue.lease(limit=1)
            if not jobs:
                break
            self._handle(jobs[0])
            handled += 1
        return handled

    def next_due_at(self) -> datetime | None:
        """Return when there may be something to do, or None."""
        return self._store.vendor_queue.next_due_at()

    def _handle(self, job: Job) -> None:
        try:
            self._step(job)
        except VendorUnavailableError as error:
            self._put_off(job, error.code)
        except VendorRefusedError as error:
            LOG.warning("the vendor refused %s %s: %s", job.kind, job.id, error.code)
            self._store.vendor_queue.give_up(job, error.code)
        except StorageError:
            raise  # our own database is away: the row comes out of its lease by itself
        except Exception:  # an answer that nobody foresaw must not stop the rows behind it
            LOG.exception("the vendor worker failed with %s %s", job.kind, job.id)
            self._put_off(job, "vendor_failed")

    def _step(self, job: Job) -> None:
        running = self._running.steps.get(job.kind)
        if running is not None:
            running(job)
            return
        step = self._steps.get(job.kind)
        case = self._read(job)
        if step is None or case is None:
            LOG.warning("nothing to do at the vendor for %s %s", job.kind, job.id)
            self._store.vendor_queue.give_up(job, "nothing_to_do")
            return
        step(job, case)

    def _put_off(self, job: Job, code: str) -> None:
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(job.attempts - 1, 10)))
        self._store.vendor_queue.retry(job, self._store.clock.now() + pause, code)

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
        invitation = case.invitation
        if invitation is None or invitation.state in _CALLED_OFF:
            self._store.vendor_queue.finish(job)
            return
        key = job.idempotency_key
        try:
            self._gateway.invite(case.seat, case.company, case.orders(), idempotency_key=key)
        except VendorRefusedError as error:
            code = error.code
            self._write(job, lambda reader, context: invitation_refused(invitation, code, reader, context))
            return
        # It may have been called off while the vendor was told of it, and that been told before this.
        now = self._read(job)
        if now is not None and now.invitation is not None and now.invitation.state in _CALLED_OFF:
            services = [item.service for item in case.activation.items]
            self._gateway.withdraw(case.seat, case.company, services, idempotency_key=f"{key}:called_off")
        self._store.vendor_queue.finish(job)

    def _tell_answer(self, job: Job, case: _Case) -> None:
        invitation = case.invitation
        answers = () if invitation is None else invitation.answers
        approved = [a.service for a in answers if a.answer == APPROVED]
        declined = [a.service for a in answers if a.answer != APPROVED]
        key = job.idempotency_key
        refused = ""
        if approved:
            try:
                self._gateway.activate(
                    case.seat, case.company, case.orders(approved), idempotency_key=f"{key}:approved"
                )
            except VendorRefusedError as error:
                refused = error.code
        if declined:
            self._gateway.withdraw(case.seat, case.company, declined, idempotency_key=f"{key}:declined")
        if refused and invitation is not None:
            LOG.warning("the vendor refused what a customer approved: %s", refused)
            self._write(job, lambda reader, context: answer_refused(invitation, refused, reader, context))
            return
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
