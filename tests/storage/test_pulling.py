"""Pages of a pull, put aside at any point: what the file holds, and what the next pull begins with."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from app.contract.codec import encode_record
from app.contract.wire import PullAnswer, WireChange
from app.domain.records import Customer
from app.storage.database import Database, Unit
from app.storage.keyvalues import get_session
from app.storage.pulling import PullProgress
from tests.storage.test_projection import structure


def page(*numbers: int, cursor: str, snapshot: bool) -> PullAnswer:
    return PullAnswer(
        epoch="first life",
        cursor=cursor,
        more=snapshot,
        last_seq=0,
        head=9,
        server_time=datetime(2026, 11, 25, 8, tzinfo=UTC),
        changes=tuple(
            WireChange(
                t="customer",
                id=f"cu_{number}",
                rev=number,
                data=msgspec.Raw(
                    encode_record(Customer(id=f"cu_{number}", customer_number="", name=f"Kund {number}"))
                ),
            )
            for number in numbers
        ),
        snapshot=snapshot,
    )


def mirrored(unit: Unit) -> list[str]:
    return [row[0] for row in unit.rows("SELECT id FROM mirror ORDER BY id")]


def marks(unit: Unit) -> tuple[object, ...]:
    return tuple(get_session(unit, name) for name in ("cursor", "loading"))


def begin(database: Database) -> PullProgress:
    with database.read() as unit:
        return PullProgress.begin(unit)


def test_a_snapshot_whose_last_page_is_empty_is_gone_on_with_after_a_restart(database: Database) -> None:
    progress = begin(database)
    progress.add(page(1, 2, cursor="a", snapshot=True))
    progress.add(page(cursor="b", snapshot=True))
    with database.write() as unit:
        progress.stage(unit)
        assert (mirrored(unit), marks(unit)) == ([], ("b", "staging"))
    again = begin(database)
    assert (again.cursor, again.loading) == ("b", "staging")
    again.add(page(3, cursor="c", snapshot=False))
    with database.write() as unit:
        again.write(unit)
        assert mirrored(unit) == ["cu_1", "cu_2", "cu_3"]
    assert again.wrote_anew


def test_an_empty_page_alone_marks_a_snapshot_that_is_under_way(database: Database) -> None:
    progress = begin(database)
    progress.add(page(cursor="a", snapshot=True))
    with database.write() as unit:
        progress.stage(unit)
        assert marks(unit) == ("a", "staging")


def test_a_snapshot_and_the_changes_since_are_written_at_once_with_the_indexes(database: Database) -> None:
    with database.read() as unit:
        before = structure(unit)
    progress = begin(database)
    for each in (page(1, cursor="a", snapshot=True), page(2, cursor="b", snapshot=False)):
        progress.add(each)
    progress.add(page(3, cursor="c", snapshot=False))
    with database.write() as unit:
        progress.write(unit)
        assert (mirrored(unit), structure(unit)) == (["cu_1", "cu_2", "cu_3"], before)
        assert marks(unit) == ("c", None)
    assert begin(database).loading == ""


def test_of_a_row_that_comes_several_times_in_a_pull_the_last_word_holds(database: Database) -> None:
    progress = begin(database)
    progress.add(page(1, 2, cursor="a", snapshot=False))
    gone = [WireChange(t="customer", id=f"cu_{number}", rev=5, removed="deleted") for number in (1, 2)]
    progress.add(msgspec.structs.replace(page(cursor="b", snapshot=False), changes=tuple(gone)))
    back = page(1, cursor="c", snapshot=False)
    progress.add(msgspec.structs.replace(back, changes=(msgspec.structs.replace(back.changes[0], rev=9),)))
    with database.write() as unit:
        progress.write(unit)
        assert mirrored(unit) == ["cu_1"]
