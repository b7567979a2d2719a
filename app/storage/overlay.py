"""The overlay: live commands over the mirror, kept up to date by running again only what a change concerns.

It always equals what ``app.domain.projection.project_all`` gives for all live commands in their order: a
command is run again when a record that it read or wrote, or a list that it looked into, has changed, and
then with it every command that reads or writes what it writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.catalogue import load_catalogue
from app.contract.codec import encode_record
from app.domain.commands import Command
from app.domain.projection import Projected, RecordId, project
from app.domain.records import Record, keys_of
from app.storage.database import Unit
from app.storage.keyvalues import find_server_time, get_session
from app.storage.local_reader import LocalReader
from app.storage.outbox import add_commands, list_all_live, list_live_at
from app.swedish_day import swedish_day

_ACTORS = frozenset({"staff", "firm"})


@dataclass(slots=True)
class Affected:
    """What shows something else after a change: customers, and records that hang on none."""

    customers: set[str] = field(default_factory=set)
    records: set[RecordId] = field(default_factory=set)
    everything: bool = False

    def add(self, projected: Projected) -> None:
        """Note what a command has changed."""
        self.customers |= projected.customers
        self.records |= projected.changed.keys()


class _ActorsReader(LocalReader):
    """Reads who acts and for which firm once for a whole lot: every command asks for them."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self._kept: dict[RecordId, Record | None] = {}

    def find(self, type_name: str, id_: str) -> Record | None:
        """Return the record, or None where it is unknown or removed."""
        if type_name not in _ACTORS:
            return super().find(type_name, id_)
        key = (type_name, id_)
        if key not in self._kept:
            self._kept[key] = super().find(type_name, id_)
        return self._kept[key]

    def forget(self, changed: Iterable[RecordId]) -> None:
        """What has been written is read again."""
        for key in changed:
            self._kept.pop(key, None)


def who_acts(unit: Unit) -> tuple[str, str]:
    """Return the ids of the signed-in staff member and of the firm; empty before the first sign-in."""
    return get_session(unit, "staff_id", ""), get_session(unit, "firm_id", "")


def find_heard_day(unit: Unit) -> date | None:
    """Return the server's day when it was last heard, or None before that."""
    moment = find_server_time(unit)
    return swedish_day(moment) if moment else None


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs commands for who acts now, by the services' terms and the server's day as last heard."""

    staff_id: str
    firm_id: str
    heard_on: date | None

    @classmethod
    def of(cls, unit: Unit) -> _Runs:
        return cls(*who_acts(unit), find_heard_day(unit))

    def project(self, command: Command, reader: LocalReader) -> Projected:
        return project(
            command,
            reader,
            staff_id=self.staff_id,
            firm_id=self.firm_id,
            terms=load_catalogue(),
            heard_on=self.heard_on,
        )


def preview(unit: Unit, command: Command) -> Projected:
    """Return what the command would do over what the person sees now. Writes nothing."""
    return _Runs.of(unit).project(command, LocalReader(unit))


def append(unit: Unit, commands: Iterable[Command]) -> tuple[list[tuple[Command, Projected]], Affected]:
    """Write commands to the outbox and lay them over what is shown, each seeing those before it.

    One that the rules refuse is not written; its ``Projected.error`` says why.
    """
    runs = _Runs.of(unit)
    reader = _ActorsReader(unit)
    affected = Affected()
    results: list[tuple[Command, Projected]] = []
    for command in commands:
        projected = runs.project(command, reader)
        results.append((command, projected))
        if projected.error is None:
            _write_overlay(unit, projected)
            reader.forget(projected.changed)
            affected.add(projected)
    accepted = [(command, projected) for command, projected in results if projected.error is None]
    positions = add_commands(unit, [(command, _main_customer(p)) for command, p in accepted])
    _write_touches(unit, [(at, p) for at, (_, p) in zip(positions, accepted, strict=True)])
    return results, affected


def refresh(unit: Unit, changed_keys: set[str], settled: Sequence[int] = ()) -> Affected:
    """Run again what the changed records concern, and take settled commands out of the overlay.

    Args:
        unit: the transaction that has changed the mirror or the outbox.
        changed_keys: keys that the changed records of the mirror hit, before and after.
        settled: positions of commands that have stopped being live.
    """
    affected = Affected()
    _prepare_hits(unit)
    _add_hits(unit, changed_keys)
    _add_touched_by(unit, settled)
    runs = _Runs.of(unit)
    reader = _ActorsReader(unit)
    while True:
        concerned = _close_over(unit)
        cleared = set(concerned) | set(settled)
        _clear_overlay(unit, cleared, affected)
        found_new = False
        for entry in list_live_at(unit, concerned):
            projected = runs.project(entry.command, reader)
            _write_overlay(unit, projected)
            reader.forget(projected.changed)
            _write_touches(unit, [(entry.position, projected)])
            affected.add(projected)
            found_new = _add_hits(unit, projected.writes) or found_new
        if not found_new or set(_close_over(unit)) == set(concerned):
            break
    _forget_touches(unit, settled)
    return affected


def rebuild(unit: Unit) -> Affected:
    """Make the overlay anew from mirror and outbox alone."""
    unit.run("DELETE FROM overlay")
    unit.run("DELETE FROM outbox_touch")
    runs = _Runs.of(unit)
    reader = _ActorsReader(unit)
    for entry in list_all_live(unit):
        projected = runs.project(entry.command, reader)
        _write_overlay(unit, projected)
        reader.forget(projected.changed)
        _write_touches(unit, [(entry.position, projected)])
    return Affected(everything=True)


def _main_customer(projected: Projected) -> str | None:
    customers = sorted({keys_of(r).customer_id or "" for r in projected.changed.values() if r} - {""})
    return customers[0] if customers else next(iter(sorted(projected.customers)), None)


def _write_overlay(unit: Unit, projected: Projected) -> None:
    unit.run_many(
        "INSERT OR REPLACE INTO overlay (type, id, rev, customer_id, parent_id, lookup, data)"
        " VALUES (?, ?, 0, ?, ?, ?, ?)",
        [_overlay_row(record_id, record) for record_id, record in projected.changed.items()],
    )


def _overlay_row(record_id: RecordId, record: Record | None) -> tuple[str | None, ...]:
    if record is None:
        return (*record_id, None, None, None, None)
    keys = keys_of(record)
    return (*record_id, keys.customer_id, keys.parent_id, keys.lookup, encode_record(record).decode())


def _write_touches(unit: Unit, projections: Sequence[tuple[int, Projected]]) -> None:
    """Note what each command, by its position, has read and written."""
    unit.run_many("DELETE FROM outbox_touch WHERE position = ?", [(position,) for position, _ in projections])
    rows: list[tuple[int, str, int]] = []
    for position, projected in projections:
        rows += [(position, key, 0) for key in sorted(projected.reads)]
        rows += [(position, key, 1) for key in sorted(projected.writes)]
        rows += [(position, f"o|{type_name}|{id_}", 2) for type_name, id_ in sorted(projected.changed)]
    unit.run_many("INSERT INTO outbox_touch (position, key, writes) VALUES (?, ?, ?)", rows)


def _forget_touches(unit: Unit, positions: Sequence[int]) -> None:
    unit.run_many("DELETE FROM outbox_touch WHERE position = ?", [(position,) for position in positions])


def _prepare_hits(unit: Unit) -> None:
    unit.run("CREATE TEMP TABLE IF NOT EXISTS hit (key TEXT PRIMARY KEY) WITHOUT ROWID")
    unit.run("DELETE FROM temp.hit")


def _add_hits(unit: Unit, keys: Iterable[str]) -> bool:
    before = unit.value("SELECT count(*) FROM temp.hit")
    unit.run_many("INSERT OR IGNORE INTO temp.hit (key) VALUES (?)", [(key,) for key in keys])
    return bool(unit.value("SELECT count(*) FROM temp.hit") > before)


def _add_touched_by(unit: Unit, positions: Iterable[int]) -> None:
    unit.run_many(
        "INSERT OR IGNORE INTO temp.hit (key) SELECT key FROM outbox_touch WHERE position = ? AND writes = 1",
        [(position,) for position in positions],
    )


def _close_over(unit: Unit) -> list[int]:
    """Return positions of the live commands that the hits concern, with all that follows from them."""
    concerned: set[int] = set()
    while True:
        found = {
            row[0]
            for row in unit.rows(
                "SELECT DISTINCT t.position FROM temp.hit h CROSS JOIN outbox_touch t ON t.key = h.key"
                " JOIN outbox o ON o.position = t.position"
                " WHERE o.state IN ('queued', 'sending', 'acknowledged')"
            )
        }
        if found == concerned:
            return sorted(concerned)
        _add_touched_by(unit, found - concerned)
        concerned = found


def _clear_overlay(unit: Unit, positions: Iterable[int], affected: Affected) -> None:
    """Remove what the commands have laid over the mirror, and note where."""
    by_type: dict[str, list[str]] = {}
    for (key,) in unit.rows(
        "SELECT DISTINCT key FROM outbox_touch"
        " WHERE writes = 2 AND position IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(positions)),),
    ):
        _, type_name, id_ = key.split("|", 2)
        by_type.setdefault(type_name, []).append(id_)
        affected.records.add((type_name, id_))
    for type_name, ids in by_type.items():
        wanted = (type_name, json.dumps(ids))
        where = "type = ? AND id IN (SELECT value FROM json_each(?))"
        for table in ("overlay", "mirror"):
            rows = unit.rows(f"SELECT DISTINCT customer_id FROM {table} WHERE {where}", wanted)
            affected.customers.update(row[0] for row in rows if row[0])
        unit.run(f"DELETE FROM overlay WHERE {where}", wanted)
