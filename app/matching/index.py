"""Finds the customers that a company may be; follows changes of single customers without being rebuilt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from app.domain.identity import parse_number
from app.domain.records import Company, Contact, Customer, CustomerState
from app.matching.evidence import Side, make_side
from app.matching.numbers import near_numbers

NAME_CUTOFF = 55.0
CONSIDERED = 30


@dataclass(frozen=True, slots=True)
class IndexedCustomer:
    """A customer as the index holds it: one side per e-mail and phone among its contacts."""

    id: str
    sides: tuple[Side, ...]
    is_archived: bool = False


def company_side(company: Company) -> Side:
    """Return the vendor's company in comparable form."""
    parsed = parse_number(company.number) if company.number else None
    return make_side(
        number=parsed.canonical if parsed else "",
        number_ok=bool(parsed and parsed.ok),
        serial=company.serial,
        vendor_number=company.vendor_customer_number,
        name=company.name,
        email=company.email,
        phone=company.phone,
        postal_code=company.postal_code,
        town=company.town,
    )


def customer_sides(customer: Customer, contacts: Iterable[Contact], web_domain: str = "") -> tuple[Side, ...]:
    """Return the firm's customer in comparable form, once per contact (the best of them counts)."""
    number_ok = bool(customer.organisation_number) and parse_number(customer.organisation_number).ok
    reachable = [(c.email, c.phone) for c in contacts if c.email or c.phone] or [("", "")]
    return tuple(
        make_side(
            number=customer.organisation_number,
            number_ok=number_ok,
            serial=customer.serial,
            vendor_number=customer.vendor_customer_number,
            name=customer.name,
            email=email,
            phone=phone,
            postal_code=customer.address.postal_code,
            town=customer.address.town,
            web_domain=web_domain,
        )
        for email, phone in reachable
    )


class CustomerIndex:
    """Customers by number, vendor's number, e-mail, domain, phone and name."""

    def __init__(self) -> None:
        self._customers: dict[str, IndexedCustomer] = {}
        self._by_key: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._names: dict[str, str] = {}

    def __len__(self) -> int:
        """Return how many customers are in the index."""
        return len(self._customers)

    def put(self, customer: Customer, contacts: Iterable[Contact] = (), *, web_domain: str = "") -> None:
        """Add a customer, or take in that it has changed."""
        self.remove(customer.id)
        entry = IndexedCustomer(
            customer.id,
            customer_sides(customer, contacts, web_domain),
            is_archived=customer.state == CustomerState.ARCHIVED,
        )
        self._customers[entry.id] = entry
        for side in entry.sides:
            for key in _keys(side):
                self._by_key[key].add(entry.id)
        self._names[entry.id] = entry.sides[0].form.core

    def remove(self, customer_id: str) -> None:
        """Forget a customer; an unknown one is nothing to do."""
        entry = self._customers.pop(customer_id, None)
        if entry is None:
            return
        self._names.pop(customer_id, None)
        for side in entry.sides:
            for key in _keys(side):
                self._by_key[key].discard(customer_id)
                if not self._by_key[key]:
                    del self._by_key[key]

    def get(self, customer_id: str) -> IndexedCustomer | None:
        """Return the customer's entry, or None."""
        return self._customers.get(customer_id)

    def with_number(self, canonical: str) -> frozenset[str]:
        """Return ids of every customer with exactly this number, whatever kind and serial."""
        return frozenset(self._by_key.get(("number", canonical), ())) if canonical else frozenset()

    def candidates(self, company: Side, *, limit: int = CONSIDERED) -> list[str]:
        """Return ids of the customers worth comparing, by keys first and then by likeness of names."""
        found: dict[str, None] = {}
        keys = list(_keys(company))
        if company.number and not self.with_number(company.number):
            keys += [("number", near) for near in near_numbers(company.number)]
        for key in keys:
            for customer_id in sorted(self._by_key.get(key, ())):
                found.setdefault(customer_id)
        if company.form.core:
            alike = process.extract(
                company.form.core,
                self._names,
                scorer=fuzz.token_set_ratio if len(company.form.words) > 1 else fuzz.token_sort_ratio,
                score_cutoff=NAME_CUTOFF,
                limit=limit,
            )
            for _, _, customer_id in alike:
                found.setdefault(customer_id)
        return list(found)[: max(limit, 1)]


def _keys(side: Side) -> Iterable[tuple[str, str]]:
    if side.number:
        yield "number", side.number
    if side.vendor_number:
        yield "vendor", side.vendor_number
    if side.email:
        yield "email", side.email
    if side.phone:
        yield "phone", side.phone
    for domain in {side.domain, side.web_domain} - {""}:
        yield "domain", domain
