"""Indexes that the lists of a first synchronisation are shown without, and that are made right afterwards.

To make one is to go through a whole encrypted table. What needs one that is not there yet only takes longer.
Nothing notes which are missing: they are those of the schema that the file has not, whatever ended the
program before they were made.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex

from app.storage.database import Database, Unit
from app.storage.schema import METADATA


def make_missing_indexes(database: Database) -> int:
    """Make each index that is missing in a transaction of its own; return how many.

    Who wants to write meanwhile waits for one of them, and not for all.
    """
    with database.read() as unit:
        missing = _list_missing(unit)
    for name in missing:
        with database.write() as unit, unit.room():
            if name in _list_missing(unit):
                unit.run(_statements()[name])
    return len(missing)


def _list_missing(unit: Unit) -> list[str]:
    found = {row[0] for row in unit.rows("SELECT name FROM sqlite_master WHERE type = 'index'")}
    return [name for name in _statements() if name not in found]


@cache
def _statements() -> dict[str, str]:
    """Return name → statement of every index of the schema."""
    made = dialect()
    return {
        str(index.name): str(CreateIndex(index).compile(dialect=made))
        for table in METADATA.sorted_tables
        for index in sorted(table.indexes, key=lambda one: str(one.name))
    }
