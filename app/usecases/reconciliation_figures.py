"""How many companies are unlinked, per filter, and where they come from."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from app.domain.rights import Action, why_not
from app.storage import linking_queue as stored
from app.storage.database import Unit
from app.storage.outbox import list_entries
from app.usecases.reconciliation_clashes import OPEN_CLASHES
from app.usecases.reconciliation_values import QueueFigures
from app.usecases.workspace import Workspace


class QueueCounts:
    """Counts what there is. May be asked on another thread than the queue is kept in line on."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._sources: set[str] | None = None  # not known yet; finding them reads all that is unlinked
        self._changes = 0
        self._lock = threading.Lock()

    def read(self) -> QueueFigures:
        """Return the figures of the queue as it stands."""
        changes = self._changes
        with self._workspace.read() as unit:
            counts = stored.count_views(unit)
            unlinked, linked = (
                int(unit.value(f"SELECT count(*) FROM shown_collaboration WHERE {where}") or 0)
                for where in (
                    "unlinked = 1",
                    "unlinked = 0 AND engagement_id IS NOT NULL AND source IN ('byrastod', 'smarta_byran')",
                )
            )
            searching, companies = stored.count_open(unit)
            counts["all"] = sum(count for view, count in counts.items() if view != stored.DECIDED)
            clashes = list_entries(unit, OPEN_CLASHES)
            return QueueFigures(
                counts=counts,
                unlinked=unlinked,
                linked=linked,
                sources=self._list_sources(unit, changes),
                searching=searching,
                companies=companies,
                clashes=len(clashes),
                may_decide=why_not(Action.UNLINKED, self._workspace.context(unit).actor) or "",
            )

    def add_sources(self, sources: Iterable[str]) -> None:
        """Note where collaborations come from that have changed."""
        with self._lock:
            self._changes += 1
            if self._sources is not None:
                self._sources = self._sources | set(sources)

    def forget_sources(self) -> None:
        """Let them be looked for again: everything may have changed."""
        with self._lock:
            self._changes += 1
            self._sources = None

    def _list_sources(self, unit: Unit, changes: int) -> tuple[str, ...]:
        """Return where the unlinked come from: once from all of them, then from what changes.

        They are not kept where more has changed than the ``changes`` that there were before the unit began.
        """
        known = self._sources
        if known is None:
            known = set(stored.list_sources(unit))
            with self._lock:
                if changes == self._changes:
                    self._sources = known
        return tuple(source for source in sorted(known) if stored.has_source(unit, source))
