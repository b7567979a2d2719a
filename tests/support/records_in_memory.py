"""A reader over records in a dictionary, and short makers of records, for tests of pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from app.domain.changes import Actor, Context, Effect, Put
from app.domain.commands import Command, Payload
from app.domain.effects import apply
from app.domain.records import (
    Address,
    Collaboration,
    Company,
    Contact,
    Customer,
    DueDiligence,
    Engagement,
    EngagementLetter,
    Participation,
    Record,
    Staff,
    keys_of,
    type_of,
)
from tests.support.clocks import MONDAY_MORNING

TODAY = date(2026, 11, 23)


class RecordsInMemory:
    """Follows ``app.domain.changes.Reader``."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._records: dict[tuple[str, str], Record] = {}
        for record in records:
            self.put(record)

    def put(self, record: Record) -> None:
        """Add or replace a record."""
        self._records[(type_of(record), record.id)] = record

    def take_in(self, effect: Effect) -> Effect:
        """Write an effect and return it."""
        for change in effect.changes:
            if isinstance(change, Put):
                self.put(change.record)
            else:
                self._records.pop((change.type_name, change.id), None)
        return effect

    def find(self, type_name: str, id_: str) -> Record | None:
        """Return the record or None."""
        return self._records.get((type_name, id_))

    def list_of_customer(self, type_name: str, customer_id: str) -> Sequence[Record]:
        """Return the customer's records of that type."""
        return [
            r
            for (t, _), r in self._records.items()
            if t == type_name and keys_of(r).customer_id == customer_id
        ]

    def list_children(self, type_name: str, parent_id: str) -> Sequence[Record]:
        """Return the parent's records of that type."""
        return [
            r for (t, _), r in self._records.items() if t == type_name and keys_of(r).parent_id == parent_id
        ]

    def list_by_lookup(self, type_name: str, lookup: str) -> Sequence[Record]:
        """Return the records of that type with this lookup."""
        return [r for (t, _), r in self._records.items() if t == type_name and keys_of(r).lookup == lookup]

    def list_managed_by(self, staff_id: str) -> Sequence[Record]:
        """Return the customers whose account manager the staff member is."""
        records = self._records.values()
        return [r for r in records if isinstance(r, Customer) and r.account_manager_id == staff_id]


def context(**changes: object) -> Context:
    """Return a context of a staff member with every right."""
    actor = Actor(staff_id="st_karin", name="Karin Ek", full_permission=True, vendor_administrator=True)
    return Context(**({"actor": actor, "now": MONDAY_MORNING, "today": TODAY} | changes))  # type: ignore[arg-type]


def run(
    records: RecordsInMemory, payload: Payload, at: Context | None = None, *, id_: str = "cmd_1"
) -> Effect:
    """Apply a command and write its effect."""
    command = Command(id=id_, payload=payload, made_at=MONDAY_MORNING)
    return records.take_in(apply(command, records, at or context()))


def a_firm_at_work() -> RecordsInMemory:
    """Return three staff members, a customer with two engagements, and an unlinked collaboration."""
    return RecordsInMemory(
        [
            Staff(id="st_karin", name="Karin Ek", email="karin.ek@byran.example"),
            Staff(id="st_olle", name="Olle Ström", email="olle.strom@byran.example"),
            Staff(id="st_sara", name="Sara Lind", email="sara.lind@byran.example"),
            Customer(
                id="cu_berg",
                customer_number="1012",
                name="Bergs El i Umeå AB",
                organisation_number="165560360793",
                address=Address(street="Storgatan 1", postal_code="903 26", town="Umeå"),
                due_diligence=DueDiligence(state="done"),
                engagement_letter=EngagementLetter(state="done"),
            ),
            Contact(
                id="ct_per", customer_id="cu_berg", name="Per Berg", email="per@bergsel.example", is_main=True
            ),
            Engagement(
                id="en_2026", customer_id="cu_berg", type="bookkeeping", title="Löpande bokföring 2026"
            ),
            Engagement(id="en_lon", customer_id="cu_berg", type="payroll", title="Lön 2026"),
            Participation(
                id="pa_1", engagement_id="en_2026", customer_id="cu_berg", staff_id="st_karin", role="owner"
            ),
            Participation(id="pa_2", engagement_id="en_2026", customer_id="cu_berg", staff_id="st_olle"),
            Participation(
                id="pa_3", engagement_id="en_lon", customer_id="cu_berg", staff_id="st_sara", role="owner"
            ),
            Collaboration(
                id="cl_old",
                company=Company(number="165560360793", name="BERGS EL I UMEA AB"),
                source="byrastod",
                source_product="eEkonomi Bokföring",
                service="eekonomi",
            ),
        ]
    )
