"""Asks the vendor now and then for what others have done: collaborations that a customer has ended."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta

import msgspec

from app.domain.changes import Actor
from app.domain.records import Collaboration, Company, Customer, Firm
from app.domain.vendor_answers import ended_elsewhere
from app.server.gateway.rounds import VendorRounds
from app.server.gateway.vendor import (
    CompanyQuery,
    EndedElsewhere,
    Seat,
    VendorGateway,
    VendorUnavailableError,
)
from app.server.store.store import FirmSnapshot, Store

LOG = logging.getLogger(__name__)
EVERY = timedelta(minutes=15)


class NewsWorker(VendorRounds):
    """Looks every quarter of an hour, and at the server's start."""

    name = "news"
    every = EVERY

    def __init__(self, store: Store, gateway: VendorGateway) -> None:
        super().__init__(store, gateway)
        self._seen: set[tuple[str, EndedElsewhere]] = set()

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
    """Yield ids of the firm's collaborations with that company in that service: the company's own, and those
    of the customer that it is.
    """
    reader, wanted = snapshot.reader, news.company
    searches = []
    if wanted.number:
        searches += [("collaboration", "number", wanted.number)]
        searches += [("customer", "organisation_number", wanted.number)]
    if wanted.vendor_customer_number:
        own = ("vendor_customer_number", wanted.vendor_customer_number)
        searches += [("collaboration", *own), ("customer", *own)]
    found: dict[str, Collaboration] = {}
    for type_name, name, value in searches:
        for record in reader.walk(type_name, f'"{name}":{msgspec.json.encode(value).decode()}'):
            if isinstance(record, Collaboration) and _is_meant(wanted, record.company.number, record.company):
                found[record.id] = record
            if isinstance(record, Customer) and _is_meant(wanted, record.organisation_number, record):
                rows = reader.list_of_customer("collaboration", record.id)
                found |= {row.id: row for row in rows if isinstance(row, Collaboration)}
    yield from sorted(id_ for id_, row in found.items() if row.service == news.service)


def _is_meant(wanted: CompanyQuery, number: str, one: Company | Customer) -> bool:
    if wanted.number and (number, one.serial) == (wanted.number, wanted.serial):
        return True
    own = wanted.vendor_customer_number
    return bool(own) and one.vendor_customer_number == own
