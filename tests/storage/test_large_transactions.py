"""A transaction that writes much of the cache anew: what it takes for itself, and gives back."""

from contextlib import suppress
from pathlib import Path

import pytest

from app.storage.database import Database, Unit, room_for
from app.storage.mirror import MirrorRow, stage

SETTINGS = ("cache_size", "wal_autocheckpoint")


def settings(unit: Unit) -> list[int]:
    return [unit.value(f"PRAGMA {name}") for name in SETTINGS]


def write_much(unit: Unit) -> None:
    unit.run_many(
        "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)",
        [(f"k{number}", "x" * 4000) for number in range(1500)],
    )


def sizes(database: Database) -> tuple[int, int]:
    """Return the bytes of the file and of its log."""
    return database.path.stat().st_size, Path(f"{database.path}-wal").stat().st_size


@pytest.mark.parametrize("how", ["asked for", "the next transaction"])
def test_the_log_goes_into_the_file_afterwards(database: Database, how: str) -> None:
    database.checkpoint()
    before, _ = sizes(database)
    with database.write() as unit, unit.room():
        write_much(unit)
    file, log = sizes(database)
    assert file == before
    assert log > 1500 * 4000
    if how == "asked for":
        database.empty_log()
    else:
        with database.write() as unit:
            unit.run("INSERT OR REPLACE INTO setting (key, value) VALUES ('small', '1')")
    assert sizes(database)[0] > before + 1500 * 4000


def test_without_room_it_goes_into_the_file_at_once(database: Database) -> None:
    """The control: the sizes tell the two apart."""
    database.checkpoint()
    before, _ = sizes(database)
    with database.write() as unit:
        write_much(unit)
    assert sizes(database)[0] > before + 1500 * 4000


def test_parts_of_a_snapshot_stay_in_the_log_until_something_else_is_written(database: Database) -> None:
    rows: list[MirrorRow] = [
        ("contact", f"ct_{number}", 1, None, None, None, "x" * 900) for number in range(4000)
    ]
    database.checkpoint()
    before, _ = sizes(database)
    for first in (0, 2000):
        with database.write() as unit:
            stage(unit, rows[first : first + 2000])
    assert sizes(database)[0] == before
    with database.write() as unit:
        assert unit.value("SELECT count(*) FROM staging") == 4000
        unit.run("INSERT OR REPLACE INTO setting (key, value) VALUES ('small', '1')")
    assert sizes(database)[0] > before + 4000 * 900


def test_a_part_of_a_snapshot_in_a_larger_transaction_leaves_that_ones_settings(database: Database) -> None:
    with database.write() as unit, unit.room():
        inside = settings(unit)
        stage(unit, [("contact", "ct_1", 1, None, None, None, "{}")])
        assert settings(unit) == inside


@pytest.mark.parametrize("ends_well", [True, False])
def test_settings_of_the_connection_come_back(database: Database, *, ends_well: bool) -> None:
    class UndoneError(Exception):
        pass

    with database.read() as unit:
        usual = settings(unit)
    with suppress(UndoneError), database.write() as unit, unit.room():
        with unit.room():
            inside = settings(unit)
        assert settings(unit) == inside
        assert all(now != before for now, before in zip(inside, usual, strict=True))
        if not ends_well:
            raise UndoneError
    with database.read() as unit:
        assert settings(unit) == usual


def test_there_is_room_for_a_whole_file_or_for_little_of_it() -> None:
    assert room_for(40_000) >= 40_000
    assert room_for(400_000) < room_for(40_000)
