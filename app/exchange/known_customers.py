"""What an import is compared with: the customers that the firm already has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from app.domain.records import Contact, Customer
from app.domain.swedish_order import fold_for_search


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """A customer with its contacts as they are shown now."""

    customer: Customer
    contacts: tuple[Contact, ...] = ()

    @property
    def main_contact(self) -> Contact | None:
        """Return the main contact, or the only one."""
        main = next((contact for contact in self.contacts if contact.is_main), None)
        return main or (self.contacts[0] if len(self.contacts) == 1 else None)


class CustomerLookup(Protocol):
    """Finds the customer that a row of a file is about. Archived customers are found too."""

    def find_by_number(self, number: str, serial: int) -> list[KnownCustomer]:
        """Return the customers with this canonical number and serial, of any kind."""
        ...

    def find_by_customer_number(self, customer_number: str) -> KnownCustomer | None:
        """Return the customer with the firm's own number."""
        ...

    def find_by_name(self, name: str) -> list[KnownCustomer]:
        """Return the customers of that name, case and accents apart."""
        ...


class CustomerIndex:
    """The customers of the firm in memory, for an import of any size."""

    def __init__(self, known: Iterable[KnownCustomer] = ()) -> None:
        self._by_number: dict[tuple[str, int], list[KnownCustomer]] = {}
        self._by_customer_number: dict[str, KnownCustomer] = {}
        self._by_name: dict[str, list[KnownCustomer]] = {}
        for each in known:
            customer = each.customer
            if customer.organisation_number:
                key = (customer.organisation_number, customer.serial)
                self._by_number.setdefault(key, []).append(each)
            self._by_name.setdefault(fold_for_search(customer.name), []).append(each)
            if customer.customer_number:
                self._by_customer_number.setdefault(customer.customer_number, each)

    def find_by_number(self, number: str, serial: int) -> list[KnownCustomer]:
        """Return the customers with this canonical number and serial, of any kind."""
        return self._by_number.get((number, serial), [])

    def find_by_customer_number(self, customer_number: str) -> KnownCustomer | None:
        """Return the customer with the firm's own number."""
        return self._by_customer_number.get(customer_number)

    def find_by_name(self, name: str) -> list[KnownCustomer]:
        """Return the customers of that name, case and accents apart."""
        return self._by_name.get(fold_for_search(name), [])
