"""The index over the firm's customers that suggestions are made from; it follows changes one by one."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from app.domain.records import Contact, Customer
from app.domain.what_changed import SyncState, WhatChanged
from app.matching.index import CustomerIndex
from app.storage.local_reader import LocalReader


class LiveIndex:
    """Reads all customers once, and then only those that have changed since it was last asked for.

    One thread at a time may look into it: the search for the whole queue runs beside a person's questions.
    """

    def __init__(self) -> None:
        self._index: CustomerIndex | None = None
        self._stale: set[str] = set()
        self._everything = True
        self._lock = threading.Lock()
        self._in_use = threading.RLock()

    def take_in(self, event: WhatChanged | SyncState) -> None:
        """Note which customers to read again; called on whichever thread wrote."""
        if not isinstance(event, WhatChanged):
            return
        with self._lock:
            self._everything = self._everything or event.everything
            if event.concerns_type("customer", "contact"):
                self._stale |= event.customers
                self._stale |= {id_ for type_name, id_ in event.records if type_name == "customer"}

    @contextlib.contextmanager
    def fresh(self, reader: LocalReader) -> Iterator[CustomerIndex]:
        """Give the index as it should be for what the reader shows, to one thread at a time."""
        with self._in_use:
            yield self._brought_up(reader)

    def _brought_up(self, reader: LocalReader) -> CustomerIndex:
        with self._lock:
            everything, stale = self._everything, self._stale
            self._everything, self._stale = False, set()
        if everything or self._index is None:
            self._index = _read_all(reader)
        elif stale:
            found = reader.get_many(Customer, stale)
            for customer_id in stale:
                if customer_id in found:
                    contacts = reader.list_of_customer("contact", customer_id)
                    self._index.put(found[customer_id], [c for c in contacts if isinstance(c, Contact)])
                else:
                    self._index.remove(customer_id)
        return self._index


def _read_all(reader: LocalReader) -> CustomerIndex:
    index = CustomerIndex()
    contacts: dict[str, list[Contact]] = {}
    for contact in reader.list_all(Contact):
        contacts.setdefault(contact.customer_id, []).append(contact)
    for customer in reader.list_all(Customer):
        index.put(customer, contacts.get(customer.id, ()))
    return index
