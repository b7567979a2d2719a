"""Asks the vendor now and then for what others have done: collaborations that a customer has ended."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from app.domain.changes import Actor
from app.domain.records import Collaboration, Customer, Firm
from app.domain.vendor_answers import ended_elsewhere
from app.server.gateway.vendor import (
    EndedElsewhere,
    Seat,
    VendorGateway,
    VendorUnavailableError,
)
from app.server.store.store import FirmSnapshot, Store

LOG = logging.getLogger(__name__)
EVERY = timedelta(minutes=15)


class NewsWorker:
    """Looks every quarter of an hour, and at the server's start."""

    name = "news"

    def __init__(self, store: Store, gateway: VendorGateway) -> None:
        self._store = store
        self._gateway = gateway
        self._due_at: datetime | None = None
        self._seen: set[tuple[str, EndedElsewhere]] = set()

    def run_once(self) -> int:
        """Take in what is new; return how much that was."""
        now = self._store.clock.now()
        if self._due_at is not None and now < self._due_at:
            return 0
        self._due_at = now + EVERY
        return sum(self._run_firm(firm_id) for firm_id in self._store.list_firms())

    def next_due_at(self) -> datetime | None:
        """Return when it looks again."""
        return self._due_at or self._store.clock.now()

    def _run_firm(self, firm_id: str) -> int:
        with self._store.read(firm_id) as snapshot:
            firm = snapshot.reader.find("firm", firm_id)
        if not isinstance(firm, Firm):
            return 0
        try:
            news = self._gateway.list_ended_elsewhere(Seat(firm_id=firm.id, firm_name=firm.name))
        except VendorUnavailableError as error:
            LOG.warning("the vendor has no news now: %s", error.code)
            return 0
        count = 0
        for one in news:
            if (firm_id, one) in self._seen:
                continue
            with self._store.read(firm_id) as snapshot:
                found = list(_list_meant(snapshot, one))
            count += sum(self._take_in(firm_id, collaboration_id, one) for collaboration_id in found)
            if found:
                self._seen.add((firm_id, one))
        return count

    def _take_in(self, firm_id: str, collaboration_id: str, news: EndedElsewhere) -> int:
        actor = Actor(name=news.by or news.by_kind, kind=news.by_kind)
        with self._store.write(firm_id) as transaction:
            context = transaction.context(actor)
            effect = ended_elsewhere(collaboration_id, news.on, news.by, transaction.reader, context)
            transaction.write(effect, by=actor, source=f"news:{collaboration_id}:{news.on.isoformat()}")
        return len(effect.changes[:1])


def _list_meant(snapshot: FirmSnapshot, news: EndedElsewhere) -> Iterable[str]:
    """Yield ids of the firm's collaborations with that company in that service."""
    for record in snapshot.reader.list_all("collaboration"):
        if not isinstance(record, Collaboration) or record.service != news.service:
            continue
        customer = snapshot.reader.find("customer", record.customer_id) if record.customer_id else None
        numbers = {(record.company.number, record.company.serial)}
        own_numbers = {record.company.vendor_customer_number}
        if isinstance(customer, Customer):
            numbers.add((customer.organisation_number, customer.serial))
            own_numbers.add(customer.vendor_customer_number)
        wanted = news.company
        by_number = bool(wanted.number) and (wanted.number, wanted.serial) in numbers
        if by_number or (wanted.vendor_customer_number and wanted.vendor_customer_number in own_numbers):
            yield record.id
