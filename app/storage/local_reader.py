"""Records as the person sees them: the mirror with the live commands over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar, cast

from app.contract.codec import decode_record
from app.domain.records import TYPE_NAMES, Customer, Record
from app.storage.database import Unit

R = TypeVar("R", bound=Record)
CHUNK = 400


class LocalReader:
    """Follows ``app.domain.changes.Reader``; lists come in the order of their ids."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    @property
    def unit(self) -> Unit:
        """The view of one moment that this reads: for questions to other tables of the same moment."""
        return self._unit

    def find(self, type_name: str, id_: str) -> Record | None:
        """Return the record, or None where it is unknown or removed."""
        row = self._unit.row(
            "SELECT data FROM overlay WHERE type = ? AND id = ?", (type_name, id_)
        ) or self._unit.row("SELECT data FROM mirror WHERE type = ? AND id = ?", (type_name, id_))
        return None if row is None or row[0] is None else decode_record(type_name, row[0])

    def list_of_customer(self, type_name: str, customer_id: str) -> Sequence[Record]:
        """Return the customer's records of that type."""
        return self._list(type_name, "customer_id = ? AND +type = ?", (customer_id, type_name))

    def list_children(self, type_name: str, parent_id: str) -> Sequence[Record]:
        """Return the parent's records of that type."""
        return self._list(type_name, "parent_id = ? AND +type = ?", (parent_id, type_name))

    def list_by_lookup(self, type_name: str, lookup: str) -> Sequence[Record]:
        """Return the records of that type with this lookup."""
        return self._list(type_name, "lookup = ? AND +type = ?", (lookup, type_name))

    def list_managed_by(self, staff_id: str) -> Sequence[Record]:
        """Return the customers whose account manager the staff member is."""
        # The words of the JSON narrow it down before anything is decoded.
        like = f'%"account_manager_id":"{staff_id}"%'
        rows = self._list("customer", "type = 'customer' AND data LIKE ?", (like,))
        return [row for row in rows if isinstance(row, Customer) and row.account_manager_id == staff_id]

    def find_successor(self, customer_id: str) -> Customer | None:
        """Return the customer that came after this one, or None."""
        like = f'%"predecessor_id":"{customer_id}"%'
        rows = self._list("customer", "type = 'customer' AND data LIKE ?", (like,))
        found = [row for row in rows if isinstance(row, Customer) and row.predecessor_id == customer_id]
        return found[0] if found else None

    def list_all(self, cls: type[R]) -> list[R]:
        """Return all records of a type that has few, such as staff."""
        type_name = TYPE_NAMES[cast("type[Record]", cls)]
        return cast("list[R]", self._list(type_name, "type = ?", (type_name,)))

    def get_many(self, cls: type[R], ids: Iterable[str]) -> dict[str, R]:
        """Return id → record for those of the ids that are there."""
        type_name = TYPE_NAMES[cast("type[Record]", cls)]
        found: dict[str, R] = {}
        for part in chunks(ids):
            marks = ", ".join("?" * len(part))
            rows = self._unit.rows(
                f"SELECT id, data FROM present WHERE type = ? AND id IN ({marks})", (type_name, *part)
            )
            found.update({row[0]: cast("R", decode_record(type_name, row[1])) for row in rows})
        return found

    def list_of_customers(self, cls: type[R], customer_ids: Iterable[str]) -> list[R]:
        """Return the records of that type that hang on any of these customers."""
        type_name = TYPE_NAMES[cast("type[Record]", cls)]
        found: list[R] = []
        for part in chunks(customer_ids):
            marks = ", ".join("?" * len(part))
            found += cast(
                "list[R]",
                self._list(type_name, f"customer_id IN ({marks}) AND +type = ?", (*part, type_name)),
            )
        return found

    def _list(self, type_name: str, where: str, values: tuple[str, ...]) -> list[Record]:
        rows = self._unit.rows(f"SELECT data FROM present WHERE {where} ORDER BY id", values)
        return [decode_record(type_name, row[0]) for row in self._unit.each(rows)]


class MirrorReader(LocalReader):
    """The mirror alone: what the server has said. For rebuilding, and for «what is there now»."""

    def find(self, type_name: str, id_: str) -> Record | None:
        """Return the record, or None where it is unknown."""
        row = self._unit.row("SELECT data FROM mirror WHERE type = ? AND id = ?", (type_name, id_))
        return None if row is None else decode_record(type_name, row[0])

    def _list(self, type_name: str, where: str, values: tuple[str, ...]) -> list[Record]:
        rows = self._unit.rows(f"SELECT data FROM mirror WHERE {where} ORDER BY id", values)
        return [decode_record(type_name, row[0]) for row in self._unit.each(rows)]


def chunks(values: Iterable[str], size: int = CHUNK) -> Iterator[tuple[str, ...]]:
    """Return the values in tuples that fit into one statement."""
    source = iter(values)
    while part := tuple(islice(source, size)):
        yield part
