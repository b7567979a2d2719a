"""The mirror of the server's rows; only a pull writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.contract.codec import decode_record
from app.contract.keys import read_keys
from app.contract.wire import WireChange
from app.domain.projection import keys_hit_by
from app.domain.records import RECORD_TYPES, Keys, Record, keys_of
from app.storage.database import Unit
from app.storage.local_reader import chunks
from app.storage.overlay import Affected

_UPSERT = (
    "INSERT OR REPLACE INTO {} (type, id, rev, customer_id, parent_id, lookup, data)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)


MirrorRow = tuple[str, str, int, str | None, str | None, str | None, str]


@dataclass(slots=True)
class MirrorChange:
    """What a delta did to the mirror: the keys that its records hit, and what shows something else."""

    keys: set[str]
    affected: Affected


def apply_changes(unit: Unit, changes: Sequence[WireChange]) -> MirrorChange:
    """Write a delta to the mirror. Types that this version does not know are passed over.

    A row that is older than the one in the mirror is passed over, too: pages may be delivered twice. Of one
    that was changed while its pages were fetched the last word holds.
    """
    latest: dict[tuple[str, str], WireChange] = {}
    for change in changes:
        told = latest.get((change.t, change.id))
        if change.t in RECORD_TYPES and (told is None or told.rev <= change.rev):
            latest[change.t, change.id] = change
    known = list(latest.values())
    present = _revisions(unit, known)
    keys: set[str] = set()
    affected = Affected()
    upserts: list[MirrorRow] = []
    removed: list[tuple[str, str]] = []
    for change in unit.each(known):
        rev, before = present.get((change.t, change.id), (0, None))
        if change.rev <= rev:
            continue
        after = decode_record(change.t, bytes(change.data)) if bytes(change.data) else None
        for record in (before, after):
            if record is not None:
                keys |= keys_hit_by(record)
                customer_id = keys_of(record).customer_id
                if customer_id:
                    affected.customers.add(customer_id)
        affected.records.add((change.t, change.id))
        if after is None:
            removed.append((change.t, change.id))
        else:
            upserts.append(_row(change, keys_of(after)))
    unit.run_many(_UPSERT.format("mirror"), upserts)
    unit.run_many("DELETE FROM mirror WHERE type = ? AND id = ?", removed)
    return MirrorChange(keys, affected)


def make_rows(changes: Iterable[WireChange]) -> Iterator[MirrorRow]:
    """Return the rows of a snapshot's page. Types that this version does not know are passed over."""
    for change in changes:
        if change.t in RECORD_TYPES and change.data:
            keys = read_keys(change.t, change.data)
            yield (change.t, change.id, change.rev, *keys, str(change.data, "utf-8"))


def stage(unit: Unit, rows: Sequence[MirrorRow]) -> None:
    """Put rows of a snapshot aside while the present mirror stays on the screen."""
    unit.let_log_grow()
    unit.run_many(_UPSERT.format("staging"), rows)


def clear_staging(unit: Unit) -> None:
    """Forget a snapshot that was not finished."""
    unit.run("DELETE FROM staging")


def swap_staging(unit: Unit) -> None:
    """Put the finished snapshot in the mirror's place; rows that are not in it are gone from the file.

    The table of the staging area becomes the mirror as it is, and gets the mirror's indexes: no row is
    written twice, and an index is made in one go. All of them in this transaction: many a question looks
    things up there for each row, and without them would go through everything for each.
    """
    indexes = unit.rows(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'mirror' AND sql IS NOT NULL"
        " ORDER BY name"
    )
    staging, view = (
        unit.value("SELECT sql FROM sqlite_master WHERE name = ?", (name,)) for name in ("staging", "present")
    )
    unit.run("DROP VIEW present")
    unit.run("DROP TABLE mirror")
    unit.run("ALTER TABLE staging RENAME TO mirror")
    for statement in (staging, *(sql for (sql,) in indexes), view):
        unit.run(statement)


def _row(change: WireChange, keys: Keys) -> MirrorRow:
    data = str(change.data, "utf-8")
    return (change.t, change.id, change.rev, keys.customer_id, keys.parent_id, keys.lookup, data)


def _revisions(unit: Unit, changes: Sequence[WireChange]) -> dict[tuple[str, str], tuple[int, Record | None]]:
    by_type: dict[str, list[str]] = {}
    for change in changes:
        by_type.setdefault(change.t, []).append(change.id)
    found: dict[tuple[str, str], tuple[int, Record | None]] = {}
    for type_name, ids in by_type.items():
        for part in chunks(ids):
            marks = ", ".join("?" * len(part))
            for id_, rev, data in unit.rows(
                f"SELECT id, rev, data FROM mirror WHERE type = ? AND id IN ({marks})", (type_name, *part)
            ):
                found[(type_name, id_)] = (rev, decode_record(type_name, data))
    return found
