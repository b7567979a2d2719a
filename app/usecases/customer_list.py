"""The customer list: search, filter, sort, and the rows of a page."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.commands import ArchiveCustomer, RestoreCustomer
from app.domain.records import Staff
from app.domain.shown import Chip
from app.domain.swedish_order import sort_key
from app.storage import customer_rows
from app.storage.customer_rows import CustomerFilter, CustomerLine, CustomerSort
from app.storage.local_reader import LocalReader
from app.storage.overlay import who_acts
from app.usecases.workspace import Enqueued, Workspace

__all__ = [
    "Chip",
    "Choices",
    "CustomerFilter",
    "CustomerLine",
    "CustomerList",
    "CustomerSort",
    "FilterCounts",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterCounts:
    """The figures on the filter chips, for the search that is typed."""

    all: int
    mine: int
    missing_engagement: int
    waiting: int
    attention: int
    in_outbox: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What there is to choose from in the filters: staff and groups as (id, name), offices, services.

    A group is named by the customer at its head. ``engagement_types`` are codes that occur.
    """

    staff: tuple[tuple[str, str], ...]
    offices: tuple[str, ...]
    services: tuple[str, ...]
    states: tuple[str, ...]
    my_id: str
    groups: tuple[tuple[str, str], ...] = ()
    engagement_types: tuple[str, ...] = ()


class CustomerList:
    """Queries and commands of the customer list. A customer keeps its handle, a short number."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def list_handles(self, wanted: CustomerFilter, limit: int | None = None) -> array[int]:
        """Return the handles of the rows that fit, in order, for a windowed model; all, or ``limit``."""
        with self._workspace.read() as unit:
            return customer_rows.list_handles(unit, wanted, limit)

    def fetch_lines(self, handles: Sequence[int]) -> list[CustomerLine]:
        """Return the rows of a page, in the order asked; rows that are gone are left out."""
        with self._workspace.read() as unit:
            return customer_rows.fetch_lines(unit, handles)

    def fetch_by_ids(self, customer_ids: Sequence[str]) -> list[CustomerLine]:
        """Return the rows of these customers in the order of their names, after an event."""
        with self._workspace.read() as unit:
            return customer_rows.fetch_by_ids(unit, customer_ids)

    def count(self, wanted: CustomerFilter | None = None) -> int:
        """Return how many rows fit; without a filter all active customers."""
        with self._workspace.read() as unit:
            return customer_rows.count(unit, wanted or CustomerFilter())

    def count_filters(self, wanted: CustomerFilter) -> FilterCounts:
        """Return how many rows each filter chip would show, with the rest of the filter as it is."""
        base = replace(
            wanted,
            staff_id=None,
            role=None,
            missing_engagement=False,
            waiting=False,
            attention=False,
            in_outbox=False,
        )
        with self._workspace.read() as unit:
            me, _ = who_acts(unit)
            return FilterCounts(
                all=customer_rows.count(unit, base),
                mine=customer_rows.count(unit, replace(base, staff_id=me)),
                missing_engagement=customer_rows.count(unit, replace(base, missing_engagement=True)),
                waiting=customer_rows.count(unit, replace(base, waiting=True)),
                attention=customer_rows.count(unit, replace(base, attention=True)),
                in_outbox=customer_rows.count(unit, replace(base, in_outbox=True)),
            )

    def load_choices(self) -> Choices:
        """Return what the filters offer."""
        with self._workspace.read() as unit:
            staff = sorted(LocalReader(unit).list_all(Staff), key=lambda row: sort_key(row.name))
            offices = [row[0] for row in unit.rows("SELECT DISTINCT office FROM shown_customer")]
            services = unit.rows("SELECT DISTINCT service FROM shown_customer_service WHERE service <> ''")
            states = unit.rows("SELECT DISTINCT state FROM shown_customer_service")
            groups = unit.rows(
                "SELECT DISTINCT g.group_id, h.name FROM shown_customer g JOIN shown_customer h"
                " ON h.id = g.group_id ORDER BY h.name_key"
            )
            types = unit.rows(
                "SELECT DISTINCT lookup FROM present WHERE type = 'engagement' AND lookup IS NOT NULL"
            )
            return Choices(
                groups=tuple((str(row[0]), str(row[1])) for row in groups),
                engagement_types=tuple(sorted(str(row[0]) for row in types)),
                staff=tuple((row.id, row.name) for row in staff if row.state != "left"),
                offices=tuple(sorted((office for office in offices if office), key=sort_key)),
                services=tuple(sorted(row[0] for row in services)),
                states=tuple(sorted(row[0] for row in states)),
                my_id=who_acts(unit)[0],
            )

    def archive(self, customer_ids: Sequence[str]) -> list[Enqueued]:
        """Archive many; each has its own result (``has_collaborations``)."""
        return self._workspace.enqueue_each([ArchiveCustomer(customer_id=id_) for id_ in customer_ids])

    def restore(self, customer_ids: Sequence[str]) -> list[Enqueued]:
        """Bring many back from the archive."""
        return self._workspace.enqueue_each([RestoreCustomer(customer_id=id_) for id_ in customer_ids])
