"""Rows of the ``shown_*`` tables: a customer's records gathered, computed, and written in lots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from app.domain.records import Collaboration, Customer, Engagement, Invitation, Staff
from app.domain.shown import (
    CustomerRecords,
    ShownCollaboration,
    ShownCustomer,
    ShownInvitation,
    list_chips,
    list_services,
    list_staff,
    show_collaboration,
    show_customer,
    show_invitation,
)

if TYPE_CHECKING:
    from app.storage.database import Unit

SHOWN_TYPES = (
    "('customer', 'contact', 'engagement', 'participation', 'registration', 'activation', 'invitation',"
    " 'collaboration')"
)
PER_CUSTOMER = ("shown_customer_service", "shown_customer_staff", "shown_collaboration", "shown_invitation")

Row = tuple[Any, ...]
Rows = tuple[list[Row], list[Row], list[Row], list[Row], list[Row]]

_CUSTOMER = ("row", "chips", *ShownCustomer._fields)
_INVITATION = ("services", "data", *ShownInvitation._fields)
_LISTS = {
    "contact": "contacts",
    "engagement": "engagements",
    "participation": "participations",
    "registration": "registrations",
    "activation": "activations",
    "invitation": "invitations",
    "collaboration": "collaborations",
}
_encode = msgspec.json.Encoder().encode


class Bundle:
    """A customer's records while they are read; the customer itself may not have come yet."""

    __slots__ = ("customer", "records")

    def __init__(self) -> None:
        self.customer: Customer | None = None
        self.records = CustomerRecords()

    def add(self, type_name: str, record: Any) -> None:
        """Take in one of the customer's records, in the order of their ids within a type."""
        if type_name == "customer":
            self.customer = record
        else:
            getattr(self.records, _LISTS[type_name]).append(record)


class Lot:
    """Rows that are written together."""

    def __init__(self, *rows: list[Row]) -> None:
        """Begin with nothing, or with the ``rows`` of another."""
        self._customers, self._services, self._staff, self._collaborations, self._invitations = rows or (
            [],
            [],
            [],
            [],
            [],
        )

    @property
    def rows(self) -> Rows:
        """Return the rows of each table as they are; values are texts, numbers and None."""
        return (
            self._customers,
            self._services,
            self._staff,
            self._collaborations,
            self._invitations,
        )

    def __len__(self) -> int:
        """Return how many customers and collaborations wait."""
        return len(self._customers) + len(self._collaborations)

    def add_customer(
        self, handle: int, customer: Customer, records: CustomerRecords, staff: Mapping[str, Staff]
    ) -> ShownCustomer:
        """Add the customer's own row, with its services and staff, and return it."""
        shown = show_customer(customer, records, staff)
        chips = list_chips(records) if records.collaborations else ()
        self._customers.append((handle, _encode(chips).decode(), *shown))
        id_ = customer.id
        if records.collaborations:
            self._services += [(service, state, id_) for service, state in list_services(records)]
        self._staff += [(staff_id, role, id_) for staff_id, role in list_staff(customer, records)]
        return shown

    def add_hanging(self, bundle: Bundle) -> None:
        """Add the rows of the customer's collaborations and invitations."""
        customer, records = bundle.customer, bundle.records
        marks = records.marks
        if records.collaborations:
            engagements = {row.id: row for row in records.engagements}
            for row in records.collaborations:
                engagement = engagements.get(row.engagement_id) if row.engagement_id else None
                self.add_collaboration(row, customer, engagement, marks.get(("collaboration", row.id), ""))
        for invitation in records.invitations:
            self._add_invitation(invitation, customer, marks.get(("invitation", invitation.id), ""))

    def add_collaboration(
        self, row: Collaboration, customer: Customer | None, engagement: Engagement | None, mark: str
    ) -> None:
        """Add a collaboration's row."""
        self._collaborations.append(show_collaboration(row, customer, engagement, mark))

    def _add_invitation(self, row: Invitation, customer: Customer | None, mark: str) -> None:
        data = {
            "recipients": row.recipients,
            "answers": row.answers,
            "answered_by": row.answered_by,
            "words": row.words,
            "withdrawn_at": row.withdrawn_at,
            "withdrawn_because": row.withdrawn_because,
        }
        shown = show_invitation(row, customer, mark)
        self._invitations.append((_encode(row.services).decode(), _encode(data).decode(), *shown))

    def write(self, unit: Unit, *, anew: bool = False) -> None:
        """Write the rows and forget them. ``anew``: none of them is there; not to look for it is cheaper."""
        verb = "INSERT" if anew else "INSERT OR REPLACE"
        _insert(unit, verb, "shown_customer", _CUSTOMER, self._customers)
        _insert(unit, verb, "shown_customer_service", ("service", "state", "customer_id"), self._services)
        _insert(unit, verb, "shown_customer_staff", ("staff_id", "role", "customer_id"), self._staff)
        _insert(unit, verb, "shown_collaboration", ShownCollaboration._fields, self._collaborations)
        _insert(unit, verb, "shown_invitation", _INVITATION, self._invitations)
        for rows in (
            self._customers,
            self._services,
            self._staff,
            self._collaborations,
            self._invitations,
        ):
            rows.clear()


def _insert(unit: Unit, verb: str, table: str, columns: Iterable[str], rows: list[Row]) -> None:
    if not rows:
        return
    marks = ", ".join("?" * len(rows[0]))
    unit.run_many(f"{verb} INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
