"""What has changed since the queue of unlinked collaborations was last brought in line.

Notes are written in the transaction that changes what is shown, so that none is lost when the program dies.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass

from app.storage.database import Unit
from app.storage.overlay import Affected

LINKING_TABLES = ("linking_queue", "linking_member", "linking_key")
"""What the queue is kept in."""
_NOTED = frozenset({"collaboration", "link_decision"})


@dataclass(frozen=True, slots=True)
class Dirty:
    """Ids of what is to be looked at again; ``everything`` says that the queue is to be made anew.

    ``customers`` are called or reached by something else, so that other companies may be theirs; of ``links``
    only what hangs on the customer has changed (engagements, collaborations, who is on them).
    """

    everything: bool
    customers: tuple[str, ...]
    links: tuple[str, ...]
    collaborations: tuple[str, ...]
    decisions: tuple[str, ...]

    def without_customers(self) -> Dirty:
        """Return what is left when the customers wait."""
        return dataclasses.replace(self, customers=())

    def __bool__(self) -> bool:
        """Tell whether there is anything to do."""
        return self.everything or self.notes > 0

    @property
    def notes(self) -> int:
        """Return how many things are to be looked at again."""
        return len(self.customers) + len(self.links) + len(self.collaborations) + len(self.decisions)


def note_affected(unit: Unit, affected: Affected) -> None:
    """Note what a change may mean for the queue."""
    found = {(type_name, id_) for type_name, id_ in affected.records if type_name in _NOTED}
    renamed = _found_otherwise(unit, affected)
    found |= {("customer", id_) for id_ in renamed}
    found |= {("links", id_) for id_ in affected.customers - renamed}
    unit.run_many("INSERT OR IGNORE INTO linking_dirty (type, id) VALUES (?, ?)", sorted(found))


def _found_otherwise(unit: Unit, affected: Affected) -> set[str]:
    """Return the customers that are called or reached by something else now."""
    customers = {id_ for type_name, id_ in affected.records if type_name == "customer"}
    contacts = [id_ for type_name, id_ in affected.records if type_name == "contact"]
    if contacts:
        rows = unit.rows(
            "SELECT customer_id FROM present WHERE type = 'contact'"
            " AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(contacts),),
        )
        customers |= {row[0] for row in rows}
        if len(rows) < len(contacts):  # whose one that is gone was is not known any more
            customers |= affected.customers
    return customers


def note_everything(unit: Unit) -> None:
    """Note that the queue is to be made anew."""
    unit.run("DELETE FROM linking_dirty")
    unit.run("INSERT INTO linking_dirty (type, id) VALUES ('everything', '')")


def read_dirty(unit: Unit, limit: int) -> Dirty:
    """Return some of what has been noted, all of it if it is at most ``limit``."""
    rows = unit.rows("SELECT type, id FROM linking_dirty LIMIT ?", (limit,))
    by_type: dict[str, list[str]] = {}
    for type_name, id_ in rows:
        by_type.setdefault(type_name, []).append(id_)
    return Dirty(
        everything=bool(unit.value("SELECT 1 FROM linking_dirty WHERE type = 'everything'")),
        customers=tuple(sorted({*by_type.get("customer", ()), *by_type.get("opening", ())})),
        links=tuple(by_type.get("links", ())),
        collaborations=tuple(by_type.get("collaboration", ())),
        decisions=tuple(by_type.get("link_decision", ())),
    )


def note_opening(unit: Unit, dirty: Dirty) -> None:
    """Forget what has been looked at, but for customers whose companies are being opened, lot by lot.

    They are read again should that be broken off; one that changes meanwhile is noted beside it.
    """
    forget_dirty(unit, dirty)
    customers = [("opening", id_) for id_ in (*dirty.customers, *dirty.links)]
    unit.run_many("INSERT OR IGNORE INTO linking_dirty (type, id) VALUES (?, ?)", customers)


def forget_opening(unit: Unit, dirty: Dirty) -> None:
    """Forget the customers whose companies have been opened."""
    rows = [("opening", id_) for id_ in (*dirty.customers, *dirty.links)]
    unit.run_many("DELETE FROM linking_dirty WHERE type = ? AND id = ?", rows)


def forget_dirty(unit: Unit, dirty: Dirty) -> None:
    """Forget what has been looked at."""
    rows = [(type_name, id_) for id_ in dirty.customers for type_name in ("customer", "opening")]
    rows += [("links", id_) for id_ in dirty.links]
    rows += [("collaboration", id_) for id_ in dirty.collaborations]
    rows += [("link_decision", id_) for id_ in dirty.decisions]
    unit.run_many("DELETE FROM linking_dirty WHERE type = ? AND id = ?", rows)


def begin_anew(unit: Unit) -> None:
    """Note that the queue is being made anew; what changes meanwhile is noted beside that."""
    unit.run("DELETE FROM linking_dirty")
    unit.run("INSERT INTO linking_dirty (type, id) VALUES ('everything', 'begun')")


def end_anew(unit: Unit) -> None:
    """Note that the queue has been made anew, unless that was asked for again meanwhile."""
    unit.run("DELETE FROM linking_dirty WHERE type = 'everything' AND id = 'begun'")


def is_dirty(unit: Unit) -> bool:
    """Tell whether anything has been noted."""
    return unit.row("SELECT 1 FROM linking_dirty LIMIT 1") is not None
