"""Opening the client's database at start."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.domain import commands as c
from app.domain.records import Customer
from app.errors import StorageError
from app.storage.database import Database, connect_encrypted, explain_system
from app.storage.keyvalues import (
    Draft,
    get_session,
    get_setting,
    list_drafts,
    put_session,
    put_setting,
    save_draft,
)
from app.storage.opening import Opened, copy_aside, open_database
from app.storage.outbox import list_entries
from app.storage.schema import METADATA, SCHEMA_VERSION
from app.storage.writing import mark_handled, write_commands
from tests.support.clocks import MONDAY_MORNING

KEY = bytes(range(32))


def open_at(folder: Path, key: bytes = KEY, days_later: int = 0) -> Opened:
    now = MONDAY_MORNING + timedelta(days=days_later)
    return open_database(folder / "cache.db", key, set_aside_folder=folder / "aside", now=now)


def decide(database: Database, count: int) -> None:
    with database.write() as unit:
        put_session(unit, staff_id="st_1", firm_id="fi_1", cursor="some cursor", device="dv_1")
        commands = [
            c.Command(
                id=f"cmd_{n}",
                payload=c.CreateCustomer(
                    customer=Customer(id=f"cu_{n}", customer_number=f"{n}", name="Åström & Co, kanariefågel")
                ),
                made_at=MONDAY_MORNING,
            )
            for n in range(count)
        ]
        write_commands(unit, commands)
        draft = Draft(
            id="d1",
            kind="activation",
            title="Utkast",
            content="{}",
            made_at=MONDAY_MORNING,
            changed_at=MONDAY_MORNING,
        )
        save_draft(unit, draft)


def differences_of(database: Database) -> list[object]:
    """Return where the tables are not those of the model, of which the search index is no part."""
    with database.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), METADATA)
    return [one for one in found if "shown_search" not in str(one)]


def test_new_file_has_the_tables_of_the_model(tmp_path: Path) -> None:
    opened = open_at(tmp_path)
    assert differences_of(opened.database) == []
    assert opened.migrated
    opened.database.close()
    assert not open_at(tmp_path).migrated


def test_comparison_with_the_model_can_fail(tmp_path: Path) -> None:
    opened = open_at(tmp_path)
    with opened.database.engine.connect() as connection:
        connection.execute(sqlalchemy.text("ALTER TABLE draft ADD COLUMN surplus TEXT"))
        assert compare_metadata(MigrationContext.configure(connection), METADATA) != []
    opened.database.close()


def test_nothing_can_be_read_without_the_key(tmp_path: Path) -> None:
    opened = open_at(tmp_path)
    decide(opened.database, 20)
    for file in tmp_path.iterdir():
        if file.is_file():
            content = file.read_bytes()
            assert b"kanarief" not in content, file.name
            assert b"SQLite format" not in content, file.name
    opened.database.close()


def test_the_canary_is_found_where_nothing_is_encrypted(tmp_path: Path) -> None:
    """A control for the test above: it would see the name in a plain file."""
    (tmp_path / "plain.db").write_bytes("Åström & Co, kanariefågel".encode())
    assert b"kanarief" in (tmp_path / "plain.db").read_bytes()


@pytest.mark.case(57)
def test_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    opened = open_at(tmp_path)
    with opened.database.write() as unit:
        unit.run(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    opened.database.close()
    with pytest.raises(StorageError) as caught:
        open_at(tmp_path)
    assert caught.value.code == "database_newer"
    assert (tmp_path / "cache.db").exists()
    assert not (tmp_path / "aside").exists()


def damage(path: Path, table: str) -> None:
    """Write noise over the table's first page."""
    connection = connect_encrypted(path, KEY)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(os.urandom(4096))


@pytest.mark.case(57)
def test_damage_found_at_work_is_dealt_with_at_the_next_start(tmp_path: Path) -> None:
    opened = open_at(tmp_path)
    decide(opened.database, 10)
    with opened.database.write() as unit:
        put_setting(unit, "view", "mine")
        mark_handled(unit, ["mail:in_1"], MONDAY_MORNING)
    opened.database.close()
    damage(tmp_path / "cache.db", "shown_customer")
    again = open_at(tmp_path)
    assert again.set_aside is None
    with pytest.raises(StorageError) as caught, again.database.read() as unit:
        unit.rows("SELECT * FROM shown_customer")
    assert caught.value.code == "database_damaged"
    again.database.close()
    third = open_at(tmp_path)
    assert third.set_aside is not None
    assert third.saved_commands == 10
    with third.database.read() as unit:
        assert [get_session(unit, name) for name in ("device", "cursor")] == ["dv_1", None]
        assert get_setting(unit, "view") == "mine"
        assert unit.rows("SELECT key FROM attention") == [("mail:in_1",)]
    third.database.close()
    assert open_at(tmp_path).set_aside is None


@pytest.mark.case(57)
def test_damaged_file_is_set_aside_with_its_outbox_saved(tmp_path: Path) -> None:
    opened = open_at(tmp_path)
    decide(opened.database, 50)
    opened.database.checkpoint()
    opened.database.close()
    path = tmp_path / "cache.db"
    damage(path, "session")
    again = open_at(tmp_path)
    assert again.set_aside is not None
    assert again.set_aside.exists()
    assert again.saved_commands == 50
    with again.database.read() as unit:
        assert len(list_entries(unit, "state = 'queued'")) == 50
        assert [draft.title for draft in list_drafts(unit)] == ["Utkast"]
        assert get_session(unit, "cursor") is None
    again.database.close()


@pytest.mark.case(57)
def test_decisions_are_saved_from_both_sides_of_the_damage(tmp_path: Path) -> None:
    """The damage stops the reading: what lies behind it is read from the end."""
    opened = open_at(tmp_path)
    with opened.database.read() as unit:
        empty = unit.value("PRAGMA page_count")
    with opened.database.write() as unit:
        # Nothing else is written, so that the pages are those of the decisions, in their order.
        unit.run_many(
            "INSERT INTO outbox (position, id, type, v, entity, payload, needs, state, made_at)"
            " VALUES (?, ?, 'contact.remove', 1, ?, ?, '[]', 'queued', ?)",
            [
                (
                    n,
                    f"cmd_{n}",
                    f"ct_{n}",
                    f'{{"contact_id": "ct_{n}"}}' + " " * 3000,
                    f"{MONDAY_MORNING:%FT%T}Z",
                )
                for n in range(100)
            ],
        )
        full = unit.value("PRAGMA page_count")
    opened.database.checkpoint()
    opened.database.close()
    with (tmp_path / "cache.db").open("r+b") as file:
        file.seek((empty + full) // 2 * 4096)
        file.write(os.urandom(4096))
    (tmp_path / "cache.db.damaged").touch()
    again = open_at(tmp_path)
    with again.database.read() as unit:
        saved = [position for (position,) in unit.rows("SELECT position FROM outbox ORDER BY position")]
    assert (saved[0], saved[-1]) == (0, 99)
    assert 90 <= len(saved) < 100
    again.database.close()


@pytest.mark.case(57)
def test_the_log_of_a_file_that_is_set_aside_goes_with_it(tmp_path: Path) -> None:
    """The program was killed, and the next start has another key: the right one still finds everything."""
    opened = open_at(tmp_path)
    opened.database.checkpoint()
    decide(opened.database, 3)
    killed = tmp_path / "killed"
    killed.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(tmp_path / f"cache.db{suffix}", killed / f"cache.db{suffix}")
    opened.database.close()
    again = open_at(killed, bytes(32))
    assert again.set_aside is not None
    again.database.close()
    database = Database(again.set_aside, KEY)
    with database.read() as unit:
        assert len(list_entries(unit, "1")) == 3
    database.close()


@pytest.mark.case(57)
def test_file_of_another_key_is_set_aside_and_never_deleted(tmp_path: Path) -> None:
    opened = open_at(tmp_path)
    decide(opened.database, 3)
    opened.database.close()
    size = (tmp_path / "cache.db").stat().st_size
    again = open_at(tmp_path, bytes(32))
    assert again.set_aside is not None
    assert again.set_aside.stat().st_size == size
    assert again.saved_commands == 0
    again.database.close()


def test_copy_is_whole_and_opens(tmp_path: Path) -> None:
    opened = open_at(tmp_path)
    decide(opened.database, 5)
    opened.database.close()
    copy = copy_aside(tmp_path / "cache.db", KEY, tmp_path / "aside", MONDAY_MORNING)
    database = Database(copy, KEY)
    with database.read() as unit:
        assert len(list_entries(unit, "1")) == 5
    database.close()


def test_copies_from_before_an_update_are_kept_as_long_as_the_journal(tmp_path: Path) -> None:
    """They hold whatever the person was allowed to see then. A damaged file stays, with its rest."""
    open_at(tmp_path).database.close()
    copy = copy_aside(tmp_path / "cache.db", KEY, tmp_path / "aside", MONDAY_MORNING)
    damage(tmp_path / "cache.db", "session")
    opened = open_at(tmp_path)
    opened.database.close()
    damaged = opened.set_aside
    assert damaged is not None
    open_at(tmp_path, days_later=30).database.close()
    assert sorted((tmp_path / "aside").iterdir()) == sorted([copy, damaged])
    open_at(tmp_path, days_later=31).database.close()
    assert list((tmp_path / "aside").iterdir()) == [damaged]


def test_each_connection_writes_to_the_disk_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """What was told as saved survives a power cut (2 is FULL); what is removed is overwritten; what is sorted
    beside the file (2 is memory) would lie in plain files, which the cipher does not know."""
    opened = open_at(tmp_path)
    with opened.database.read() as one, opened.database.read() as another:
        for unit in (one, another):
            asked = ("journal_mode", "synchronous", "secure_delete", "temp_store", "foreign_keys")
            told = [unit.value(f"PRAGMA {name}") for name in asked]
            assert told == ["wal", 2, 1, 2, 1]
    opened.database.close()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EFBIG, "disk_full"),
        (errno.EACCES, "database_not_writable"),
    ],
)
def test_what_the_file_system_says_is_told_as_what_it_is(number: int, code: str) -> None:
    assert explain_system(OSError(number, "what the system says")).code == code


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    """Read, add one, commit, from four threads: BEGIN IMMEDIATE loses none."""
    from concurrent.futures import ThreadPoolExecutor

    opened = open_at(tmp_path)
    database = opened.database
    with database.write() as unit:
        put_session(unit, counter=0)

    def add(_: int) -> None:
        with database.write() as unit:
            put_session(unit, counter=get_session(unit, "counter") + 1)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(80)))
    with database.read() as unit:
        assert get_session(unit, "counter") == 80
    database.close()


def test_unit_that_fails_leaves_nothing(tmp_path: Path) -> None:
    opened = open_at(tmp_path)

    def fail_half_way() -> None:
        with opened.database.write() as unit:
            put_session(unit, half="done")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with opened.database.read() as unit:
        assert get_session(unit, "half") is None
    opened.database.close()
