"""The sample firm's past, lived through with the same rules as the real one.

Commands and answers are applied by app.domain at the time when they are said to have happened, so that
states, histories, access and ids are those that the server itself would have made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from app.domain.access import derive_access
from app.domain.changes import Actor, Context, Effect, EffectBuilder, Put
from app.domain.commands import Command, Payload
from app.domain.effects import apply
from app.domain.ids import derived_id
from app.domain.records import Collaboration, Customer, FirmSettings, Record, Staff, keys_of, type_of


class Ledger:
    """The records as they are now; follows ``app.domain.changes.Reader``."""

    def __init__(self, now: datetime, today: date) -> None:
        self.now = now
        self.today = today
        self._records: dict[tuple[str, str], Record] = {}
        self._index: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
        self._commands = 0

    def find(self, type_name: str, id_: str) -> Record | None:
        """Return the record, or None."""
        return self._records.get((type_name, id_))

    def list_of_customer(self, type_name: str, customer_id: str) -> Sequence[Record]:
        """Return the customer's records of the type."""
        return self._list(type_name, "customer", customer_id)

    def list_children(self, type_name: str, parent_id: str) -> Sequence[Record]:
        """Return the records of the type below the parent."""
        return self._list(type_name, "parent", parent_id)

    def list_by_lookup(self, type_name: str, lookup: str) -> Sequence[Record]:
        """Return the records of the type with this lookup."""
        return self._list(type_name, "lookup", lookup)

    def list_managed_by(self, staff_id: str) -> Sequence[Record]:
        """Return the customers whose account manager the staff member is."""
        records = self._records.values()
        return [r for r in records if isinstance(r, Customer) and r.account_manager_id == staff_id]

    def put(self, *records: Record) -> None:
        """Write records."""
        for record in records:
            type_name = type_of(record)
            self._forget(type_name, record.id)
            self._records[type_name, record.id] = record
            for key in _keys(type_name, record):
                self._index[key][record.id] = None

    def days_ago(self, days: int, minute: int = 0) -> datetime:
        """Return a moment of office hours that many days before today, never later than now."""
        on = self.today - timedelta(days=days)
        moment = datetime.combine(on, time(7, 0), UTC) + timedelta(minutes=minute % 480)
        return min(moment, self.now - timedelta(minutes=5))

    def command(self, payload: Payload, by: Staff, at: datetime) -> None:
        """Let a staff member do something at that time."""
        self._commands += 1
        command = Command(id=derived_id("cmd", "sample", str(self._commands)), payload=payload, made_at=at)
        actor = Actor(
            staff_id=by.id, name=by.name, full_permission=True, vendor_administrator=True, office=by.office
        )
        self._take(apply(command, self, self._context(actor, at)))

    def answer(self, happens: Callable[[Context], Effect], at: datetime, kind: str = "server") -> None:
        """Let the vendor, the customer or the calendar do something at that time."""
        self._take(happens(self._context(Actor(kind=kind, name=kind), at)))

    def settle_access(self, collaboration: Collaboration, at: datetime) -> None:
        """Write who has access to a collaboration that was there from the beginning."""
        builder = EffectBuilder(self, self._context(Actor(kind="server"), at), collaboration.id)
        derive_access(builder, collaboration)
        self._take(builder.build())

    def everything(self) -> tuple[Record, ...]:
        """Return all records, in the order in which they were first written."""
        return tuple(self._records.values())

    def _context(self, actor: Actor, at: datetime) -> Context:
        return Context(actor=actor, now=at, today=at.date(), settings=FirmSettings())

    def _take(self, effect: Effect) -> None:
        for change in effect.changes:
            if isinstance(change, Put):
                self.put(change.record)
            else:
                self._forget(change.type_name, change.id)
                self._records.pop((change.type_name, change.id), None)
        self.put(*effect.events)

    def _list(self, type_name: str, key: str, value: str) -> list[Record]:
        return [self._records[type_name, id_] for id_ in self._index.get((type_name, key, value), ())]

    def _forget(self, type_name: str, id_: str) -> None:
        before = self._records.get((type_name, id_))
        if before is not None:
            for key in _keys(type_name, before):
                self._index[key].pop(id_, None)


def _keys(type_name: str, record: Record) -> Iterator[tuple[str, str, str]]:
    keys = keys_of(record)
    for name, value in (
        ("customer", keys.customer_id),
        ("parent", keys.parent_id),
        ("lookup", keys.lookup),
    ):
        if value:
            yield type_name, name, value
