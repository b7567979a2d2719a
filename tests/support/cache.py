"""A client's database with records in it that came as a pull brings them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from app.contract.codec import encode_record
from app.contract.wire import WireChange
from app.domain.records import Record, type_of
from app.domain.what_changed import WhatChanged
from app.storage.database import Database
from app.storage.keyvalues import put_session
from app.storage.mirror import apply_changes, make_rows, stage, swap_staging
from app.storage.outbox import list_all_live
from app.storage.overlay import refresh
from app.storage.shown_rebuild import rebuild_shown
from app.storage.shown_tables import rewrite
from app.storage.writing import as_what_changed, show_settled

KEY = bytes(range(32))


def sign_in(database: Database, staff_id: str, firm_id: str) -> None:
    """Let this person be the one who acts."""
    with database.write() as unit:
        put_session(unit, staff_id=staff_id, firm_id=firm_id)


def pull(database: Database, records: Iterable[Record], *, rev: int = 1) -> WhatChanged:
    """Write records to the mirror and show them, as a delta of the server would."""
    return _take_in(
        database,
        [
            WireChange(t=type_of(record), id=record.id, rev=rev, data=msgspec.Raw(encode_record(record)))
            for record in records
        ],
    )


def remove(database: Database, record: Record, *, rev: int) -> WhatChanged:
    """Take the record away, as a delta of the server would."""
    return _take_in(database, [WireChange(t=type_of(record), id=record.id, rev=rev)])


def _take_in(database: Database, changes: list[WireChange]) -> WhatChanged:
    with database.write() as unit:
        change = apply_changes(unit, changes)
        affected = refresh(unit, change.keys)
        affected.customers |= change.affected.customers
        affected.records |= change.affected.records
        rewrite(unit, affected)
    return as_what_changed(affected)


def load_snapshot(database: Database, records: Iterable[Record]) -> None:
    """Write records as a first synchronisation does: a snapshot, and the lists made from it in one go."""
    changes = [
        WireChange(t=type_of(record), id=record.id, rev=1, data=msgspec.Raw(encode_record(record)))
        for record in records
    ]
    with database.write() as unit:
        stage(unit, list(make_rows(changes)))
        swap_staging(unit)
        rebuild_shown(unit)


def confirm_all(database: Database) -> WhatChanged:
    """Let every command that is under way be confirmed, as a pull after its outcome does."""
    with database.write() as unit:
        entries = list_all_live(unit)
        unit.run("UPDATE outbox SET state = 'confirmed'")
        return show_settled(unit, entries)
