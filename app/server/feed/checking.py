"""Asks the vendor whether customers are registered, and keeps the answers."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from app.contract.codec import encode_record
from app.contract.wire import MAXIMUM_CHECKS, CheckAnswer, ProblemCode
from app.domain.changes import EffectBuilder, customer_of
from app.domain.closed_companies import take_registration
from app.domain.effects import Context, Reader, RejectedError
from app.domain.records import Customer, Firm, Registration
from app.server.feed.actors import find_actor
from app.server.gateway.vendor import Seat, VendorGateway, VendorUnavailableError, query_for, registration_of
from app.server.identity.principals import Principal
from app.server.problems import ProblemError
from app.server.store import Store

VENDOR_SECONDS = 30.0
"""After which a check may be asked for again, where the vendor did not answer."""


class RegistrationChecks:
    """Answers POST /v1/registrations/check."""

    def __init__(self, store: Store, gateway: VendorGateway) -> None:
        self._store = store
        self._gateway = gateway

    def check(self, principal: Principal, customer_ids: Sequence[str]) -> CheckAnswer:
        """Ask the vendor about the customers, keep the answers as records and return them, in the order
        asked.

        Customers that are unknown, or that the person may not see, are refused: the answer does not tell
        which. The vendor is asked between two transactions, never inside one.

        Raises:
            ProblemError: 413 ``too-large``, 503 ``unavailable`` where the vendor does not answer.
        """
        if len(customer_ids) > MAXIMUM_CHECKS:
            raise ProblemError(ProblemCode.TOO_LARGE, f"more than {MAXIMUM_CHECKS} customers")
        wanted = list(dict.fromkeys(customer_ids))
        with self._store.read(principal.firm_id) as snapshot:
            firm = snapshot.reader.find("firm", principal.firm_id)
            seat = Seat(firm_id=principal.firm_id, firm_name=firm.name if isinstance(firm, Firm) else "")
            context = Context(
                actor=find_actor(snapshot.reader, principal.staff_id),
                now=self._store.clock.now(),
                today=self._store.clock.today(),
            )
            customers = _visible(snapshot.reader, context, wanted)
        try:
            answers = self._gateway.check(seat, [query_for(customer) for customer in customers])
        except VendorUnavailableError as error:
            raise ProblemError(ProblemCode.UNAVAILABLE, error.code, retry_after=VENDOR_SECONDS) from error
        checked_at = self._store.clock.now()
        registrations = [
            registration_of(customer, answer, checked_at)
            for customer, answer in zip(customers, answers, strict=True)
        ]
        self._keep(principal, registrations)
        answered = {customer.id for customer in customers}
        return CheckAnswer(
            registrations=tuple([msgspec.Raw(encode_record(registration)) for registration in registrations]),
            refused=tuple(id_ for id_ in wanted if id_ not in answered),
        )

    def _keep(self, principal: Principal, registrations: Sequence[Registration]) -> None:
        if not registrations:
            return
        with self._store.write(principal.firm_id) as transaction:
            actor = find_actor(transaction.reader, principal.staff_id)
            context = transaction.context(actor)
            for registration in registrations:
                effect = take_registration(registration, transaction.reader, context)
                transaction.write(effect, by=actor, source="registration_check")


def _visible(reader: Reader, context: Context, customer_ids: Sequence[str]) -> list[Customer]:
    builder = EffectBuilder(reader, context, "registration_check")
    found: list[Customer] = []
    for customer_id in customer_ids:
        try:
            found.append(customer_of(builder, customer_id))
        except RejectedError:
            continue
    return found
