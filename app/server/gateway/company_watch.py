"""Asks the vendor now and then about the companies that are invited: one may have gone bankrupt meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from app.contract.wire import MAXIMUM_CHECKS
from app.domain.changes import Actor
from app.domain.closed_companies import OPEN_INVITATIONS, take_registration
from app.domain.obstacles import CLOSED_COMPANIES
from app.domain.records import Customer, Firm, Invitation, Registration
from app.server.gateway.rounds import VendorRounds
from app.server.gateway.vendor import Seat, VendorUnavailableError, query_for, registration_of

LOG = logging.getLogger(__name__)
EVERY = timedelta(hours=6)
ACTOR = Actor(name="company_watch", kind="server")


class CompanyWatch(VendorRounds):
    """Looks four times a day, and at the server's start. Only an answer that closes a company is kept."""

    name = "company_watch"
    every = EVERY

    def _run_firm(self, firm_id: str) -> int:
        with self._store.read(firm_id) as snapshot:
            firm = snapshot.reader.find("firm", firm_id)
            invited = {
                record.customer_id
                for state in sorted(OPEN_INVITATIONS)
                for record in snapshot.reader.walk("invitation", f'"state":"{state}"')
                if isinstance(record, Invitation) and record.state == state
            }
            found = (snapshot.reader.find("customer", id_) for id_ in sorted(invited))
            customers = [one for one in found if isinstance(one, Customer)]
        if not isinstance(firm, Firm):
            return 0
        seat = Seat(firm_id=firm.id, firm_name=firm.name)
        count = 0
        for start in range(0, len(customers), MAXIMUM_CHECKS):
            some = customers[start : start + MAXIMUM_CHECKS]
            try:
                answers = self._gateway.check(seat, [query_for(customer) for customer in some])
            except VendorUnavailableError as error:
                LOG.warning("the vendor does not tell of companies now: %s", error.code)
                return count
            checked_at = self._store.clock.now()
            closed = [
                registration_of(customer, answer, checked_at)
                for customer, answer in zip(some, answers, strict=True)
                if answer.company_state in CLOSED_COMPANIES
            ]
            count += self._take_in(firm_id, closed)
        return count

    def _take_in(self, firm_id: str, closed: Sequence[Registration]) -> int:
        for registration in closed:
            with self._store.write(firm_id) as transaction:
                effect = take_registration(registration, transaction.reader, transaction.context(ACTOR))
                transaction.write(effect, by=ACTOR, source=f"company_watch:{registration.customer_id}")
        return len(closed)
