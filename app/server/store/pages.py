"""Pages of records for a pull: what one staff member may see of a snapshot or of the changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Connection, text

from app.server.store.statements import Statement

PageRow = tuple[str, str, int, str, str]
"""Type, id, rev, why it was removed (or empty), and the record as JSON."""

_SCOPE = Statement(
    """
    SELECT s.sees, s.access_scope FROM staff_scope s
    JOIN record r ON r.firm_id = s.firm_id AND r.type = 'staff' AND r.id = s.staff_id
    WHERE s.firm_id = :firm_id AND s.staff_id = :staff_id AND r.removed = ''
        AND r.data NOT LIKE '%"state":"left"%'
    """
)
_ANY_PROTECTED = text("SELECT 1 FROM protected_customer WHERE firm_id = :firm_id LIMIT 1")

_GRANTED = """
    EXISTS (SELECT 1 FROM customer_grant g WHERE g.firm_id = r.firm_id AND g.staff_id = :staff_id
            AND g.customer_id = r.customer_id AND (g.until IS NULL OR g.until >= :today))
"""
_ALL_BUT_PROTECTED = f"""
    AND (r.customer_id IS NULL
         OR NOT EXISTS (SELECT 1 FROM protected_customer p
                        WHERE p.firm_id = r.firm_id AND p.customer_id = r.customer_id)
         OR {_GRANTED})
"""
# Without a customer only what everybody knows: the unlinked and what hangs on them are for those who see all.
# So are decisions about links: their candidates are other customers.
_ONLY_GRANTED = f"""
    AND ((r.customer_id IS NULL AND r.type IN ('firm', 'staff'))
         OR (r.type <> 'link_decision' AND {_GRANTED}))
"""
_VIEWS = {"everything": "", "all": _ALL_BUT_PROTECTED, "granted": _ONLY_GRANTED}

_SNAPSHOT = """
    SELECT r.type, r.id, r.rev, r.removed, r.data FROM record r
    WHERE r.firm_id = :firm_id AND r.removed = '' AND (r.type, r.id) > (:type, :id) {view}
    ORDER BY r.type, r.id LIMIT :limit
"""
_DELTA = """
    SELECT r.type, r.id, r.rev, r.removed, r.data FROM record r
    WHERE r.firm_id = :firm_id AND (r.rev, r.type, r.id) > (:rev, :type, :id) AND r.rev <= :head {view}
    ORDER BY r.rev, r.type, r.id LIMIT :limit
"""
_SNAPSHOTS = {name: Statement(_SNAPSHOT.format(view=view)) for name, view in _VIEWS.items()}
_DELTAS = {name: Statement(_DELTA.format(view=view)) for name, view in _VIEWS.items()}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a staff member sees (all, office, own), and the version of that view."""

    sees: str
    version: int


def find_scope(connection: Connection, firm_id: str, staff_id: str) -> Scope | None:
    """Return the staff member's scope, or None where nobody has that id, or they have left."""
    row = _SCOPE.row(connection, {"firm_id": firm_id, "staff_id": staff_id})
    return None if row is None else Scope(*row)


class Pages:
    """Reads pages for one staff member in one reading transaction. ``today`` is the firm's local day."""

    def __init__(
        self, connection: Connection, firm_id: str, staff_id: str, scope: Scope, today: date
    ) -> None:
        self._connection = connection
        self._values: dict[str, Any] = {"firm_id": firm_id}
        if scope.sees != "all":
            self._view = "granted"
        elif connection.execute(_ANY_PROTECTED, self._values).first() is None:
            self._view = "everything"
        else:
            self._view = "all"
        if self._view != "everything":
            self._values |= {"staff_id": staff_id, "today": today.isoformat()}

    def snapshot(self, after: tuple[str, str], limit: int) -> list[PageRow]:
        """Return rows after (type, id) in that order."""
        values = self._values | {"type": after[0], "id": after[1], "limit": limit}
        return cast("list[PageRow]", _SNAPSHOTS[self._view].rows(self._connection, values))

    def delta(self, after: tuple[int, str, str], head: int, limit: int) -> list[PageRow]:
        """Return rows, tombstones among them, after (rev, type, id) and up to ``head``, in that order."""
        values = self._values | {"rev": after[0], "type": after[1], "id": after[2]}
        values |= {"head": head, "limit": limit}
        return cast("list[PageRow]", _DELTAS[self._view].rows(self._connection, values))
