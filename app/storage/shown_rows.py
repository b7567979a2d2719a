"""Rows of the ``shown_*`` tables: a customer's records gathered, computed, and written in lots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

import msgspec

from app.domain.records import (
    Activation,
    Collaboration,
    Contact,
    Customer,
    Engagement,
    Invitation,
    Participation,
    Record,
    Registration,
    Staff,
)
from app.domain.shown import (
    CustomerRecords,
    ShownCollaboration,
    ShownCustomer,
    ShownInvitation,
    show_collaboration,
    show_customer,
    show_invitation,
)
from app.storage.database import Unit

SHOWN_TYPES = (
    "('customer', 'contact', 'engagement', 'participation', 'registration', 'activation', 'invitation',"
    " 'collaboration')"
)
PER_CUSTOMER = ("shown_customer_service", "shown_customer_staff", "shown_collaboration", "shown_invitation")

Marks = dict[tuple[str, str], str]
Row = tuple[Any, ...]

_CUSTOMER = [
    name for name in ShownCustomer.__dataclass_fields__ if name not in {"chips", "services", "staff"}
]
_COLLABORATION = list(ShownCollaboration.__dataclass_fields__)
_INVITATION = [name for name in ShownInvitation.__dataclass_fields__ if name != "services"]
_customer_values = attrgetter(*_CUSTOMER)
_collaboration_values = attrgetter(*_COLLABORATION)
_invitation_values = attrgetter(*_INVITATION)
_encode = msgspec.json.Encoder().encode


class Bundle:
    """A customer's records while they are read; the customer itself may not have come yet."""

    __slots__ = ("by_type", "changed_at", "customer", "marks", "refused")

    def __init__(self) -> None:
        self.customer: Customer | None = None
        self.by_type: dict[type[Record], list[Any]] = defaultdict(list)
        self.marks: Marks = {}
        self.changed_at = ""
        self.refused = 0

    def add(self, record: Record) -> None:
        """Take in one of the customer's records, in the order of their ids within a type."""
        if isinstance(record, Customer):
            self.customer = record
        else:
            self.by_type[type(record)].append(record)

    @property
    def collaborations(self) -> list[Collaboration]:
        """Return the customer's collaborations."""
        return self.by_type[Collaboration]

    @property
    def invitations(self) -> list[Invitation]:
        """Return the customer's invitations."""
        return self.by_type[Invitation]

    def records(self) -> CustomerRecords:
        """Return what ``show_customer`` asks for; only where the customer is there."""
        assert self.customer is not None  # noqa: S101 - asked only where there is one
        by_type = self.by_type
        registrations = by_type[Registration]
        return CustomerRecords(
            customer=self.customer,
            contacts=by_type[Contact],
            engagements=by_type[Engagement],
            participations=by_type[Participation],
            registration=registrations[0] if registrations else None,
            activations=by_type[Activation],
            invitations=by_type[Invitation],
            collaborations=by_type[Collaboration],
            changed_at=self.changed_at,
            refused=self.refused,
            marks=self.marks,
        )


class Lot:
    """Rows that are written together."""

    def __init__(self) -> None:
        self.customers: list[Row] = []
        self._services: list[Row] = []
        self._staff: list[Row] = []
        self._collaborations: list[Row] = []
        self._invitations: list[Row] = []

    def __len__(self) -> int:
        """Return how many customers and collaborations wait."""
        return len(self.customers) + len(self._collaborations)

    def add_customer(self, handle: int, shown: ShownCustomer) -> None:
        """Add the customer's own row, with its services and staff."""
        self.customers.append((handle, _encode(shown.chips).decode(), *_customer_values(shown)))
        self._services += [(service, state, shown.id) for service, state in shown.services]
        self._staff += [(staff_id, role, shown.id) for staff_id, role in shown.staff]

    def add_hanging(self, bundle: Bundle) -> None:
        """Add the rows of the customer's collaborations and invitations."""
        customer, marks = bundle.customer, bundle.marks
        if bundle.collaborations:
            engagements: dict[str, Engagement] = {row.id: row for row in bundle.by_type[Engagement]}
            for row in bundle.collaborations:
                engagement = engagements.get(row.engagement_id or "")
                self.add_collaboration(row, customer, engagement, marks.get(("collaboration", row.id), ""))
        for invitation in bundle.invitations:
            self._add_invitation(invitation, customer, marks.get(("invitation", invitation.id), ""))

    def add_collaboration(
        self, row: Collaboration, customer: Customer | None, engagement: Engagement | None, mark: str
    ) -> None:
        """Add a collaboration's row."""
        shown = show_collaboration(row, customer, engagement, mark)
        self._collaborations.append(_collaboration_values(shown))

    def _add_invitation(self, row: Invitation, customer: Customer | None, mark: str) -> None:
        shown = show_invitation(row, customer, mark)
        data = {
            "recipients": row.recipients,
            "answers": row.answers,
            "answered_by": row.answered_by,
            "words": row.words,
            "withdrawn_at": row.withdrawn_at,
            "withdrawn_because": row.withdrawn_because,
        }
        values = _invitation_values(shown)
        self._invitations.append((*values, _encode(shown.services).decode(), _encode(data).decode()))

    def write(self, unit: Unit) -> None:
        """Write the rows and forget them."""
        _insert(unit, "shown_customer", ["row", "chips", *_CUSTOMER], self.customers)
        _insert(unit, "shown_customer_service", ["service", "state", "customer_id"], self._services)
        _insert(unit, "shown_customer_staff", ["staff_id", "role", "customer_id"], self._staff)
        _insert(unit, "shown_collaboration", _COLLABORATION, self._collaborations)
        _insert(unit, "shown_invitation", [*_INVITATION, "services", "data"], self._invitations)
        for rows in (
            self.customers,
            self._services,
            self._staff,
            self._collaborations,
            self._invitations,
        ):
            rows.clear()


def show(bundle: Bundle, staff: Mapping[str, Staff]) -> ShownCustomer:
    """Return the customer's row of the list."""
    return show_customer(bundle.records(), staff)


def _insert(unit: Unit, table: str, columns: Iterable[str], rows: list[Row]) -> None:
    if not rows:
        return
    marks = ", ".join("?" * len(rows[0]))
    unit.run_many(f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
