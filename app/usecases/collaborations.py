"""Every collaboration of the firm: by service and state, online and offline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.records import CollaborationState, Staff
from app.domain.swedish_order import sort_key
from app.storage import collaboration_rows
from app.storage.collaboration_rows import CollaborationFilter, CollaborationLine, CollaborationSort
from app.storage.local_reader import LocalReader
from app.usecases.workspace import Workspace

__all__ = [
    "STATE_GROUPS",
    "CollaborationFilter",
    "CollaborationLine",
    "CollaborationOverview",
    "CollaborationSort",
    "Collaborations",
]

STATE_GROUPS: Final = {
    "active": (CollaborationState.ACTIVE,),
    "waiting": (CollaborationState.PENDING,),
    "on_the_way": (CollaborationState.RECEIVED, CollaborationState.REGISTERING),
    "attention": (CollaborationState.STOPPED, CollaborationState.REFUSED),
    "ending": (CollaborationState.ENDING,),
    "over": (
        CollaborationState.ENDED,
        CollaborationState.DECLINED,
        CollaborationState.EXPIRED,
        CollaborationState.WITHDRAWN,
    ),
}
"""The filters of the list: several states that a person thinks of as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationOverview:
    """Figures for the filters (all, each of STATE_GROUPS and unlinked), and what there is to choose from.

    ``staff`` are (id, name) of those who work at the firm, ``engagement_types`` codes that occur.
    """

    counts: dict[str, int]
    services: tuple[str, ...]
    staff: tuple[tuple[str, str], ...]
    engagement_types: tuple[str, ...]


class Collaborations:
    """Queries of the screen *Samarbeten*. Follows the lists' ``RowSource``."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def list_keys(self, query: CollaborationFilter, limit: int | None = None) -> Sequence[str]:
        """Return ids in the order of the query."""
        with self._workspace.read() as unit:
            return collaboration_rows.list_ids(unit, self._on_today(query), limit)

    def list_rows(self, keys: Sequence[str]) -> Sequence[CollaborationLine]:
        """Return the rows of these keys in the same order; what has vanished is left out."""
        with self._workspace.read() as unit:
            return collaboration_rows.fetch_lines(unit, keys)

    def load_overview(self, query: CollaborationFilter) -> CollaborationOverview:
        """Return how many rows each filter would show for the search and service of the query."""
        with self._workspace.read() as unit:
            found = collaboration_rows.count_by_state(unit, self._on_today(query))
            services = collaboration_rows.list_services(unit)
            staff = sorted(LocalReader(unit).list_all(Staff), key=lambda row: sort_key(row.name))
            types = [
                str(row[0])
                for row in unit.rows(
                    "SELECT DISTINCT lookup FROM present WHERE type = 'engagement' AND lookup IS NOT NULL"
                    " ORDER BY lookup"
                )
            ]
        counts = {
            group: sum(count for (state, _), count in found.items() if state in states)
            for group, states in STATE_GROUPS.items()
        }
        counts["all"] = sum(found.values())
        counts["unlinked"] = sum(count for (_, unlinked), count in found.items() if unlinked)
        return CollaborationOverview(
            counts=counts,
            services=tuple(services),
            staff=tuple((row.id, row.name) for row in staff if row.state != "left"),
            engagement_types=tuple(types),
        )

    def _on_today(self, query: CollaborationFilter) -> CollaborationFilter:
        """Whose an engagement is, is asked for today."""
        return replace(query, on_day=self._workspace.clock.today()) if query.owner_id else query
