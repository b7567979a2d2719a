"""*Öppna tjänsten*: the addresses of a customer's services, or why they cannot be opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.catalogue import Catalogue
from app.domain.records import Access, Collaboration, Customer
from app.domain.service_links import address_with, why_not_open
from app.storage.local_reader import LocalReader
from app.storage.overlay import who_acts
from app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLink:
    """One collaboration's service. ``blocked`` is the code of why it cannot be opened, or empty."""

    collaboration_id: str
    service: str
    address: str
    blocked: str


class ServiceLinks:
    """Queries; the screen opens the address."""

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        self._workspace = workspace
        self._catalogue = catalogue

    def list_of_customer(self, customer_id: str) -> tuple[ServiceLink, ...]:
        """Return those of the customer's collaborations, in the order of the catalogue."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            rows = reader.list_of_customer("collaboration", customer_id)
            staff_id, _ = who_acts(unit)
            links = self._links(reader, (one for one in rows if isinstance(one, Collaboration)), staff_id)
        order = [service.code for service in self._catalogue.services]
        return tuple(sorted(links, key=lambda one: order.index(one.service) if one.service in order else 99))

    def find(self, collaboration_id: str) -> ServiceLink | None:
        """Return that of one collaboration; None where it is gone."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            found = reader.get_many(Collaboration, [collaboration_id]).values()
            staff_id, _ = who_acts(unit)
            links = self._links(reader, found, staff_id)
        return links[0] if links else None

    def _links(self, reader: LocalReader, rows: Iterable[Collaboration], staff_id: str) -> list[ServiceLink]:
        now = self._workspace.clock.now()
        found = []
        for row in rows:
            customers = reader.get_many(Customer, [row.customer_id or ""])
            customer = customers.get(row.customer_id or "")
            number = row.company.vendor_customer_number or (
                customer.vendor_customer_number if customer is not None else ""
            )
            address = self._catalogue.service(row.service or "").web_address
            access = reader.list_children("access", row.id)
            found.append(
                ServiceLink(
                    collaboration_id=row.id,
                    service=row.service or "",
                    address=address_with(address, number),
                    blocked=why_not_open(
                        row,
                        (one for one in access if isinstance(one, Access)),
                        address=address,
                        staff_id=staff_id,
                        now=now,
                    ),
                )
            )
        return found
