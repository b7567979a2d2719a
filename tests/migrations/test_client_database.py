"""Opening the client's database at start."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.domain import commands as c
from app.domain.records import Customer
from app.errors import StorageError
from app.storage.database import Database, connect_encrypted
from app.storage.keyvalues import Draft, get_session, list_drafts, put_session, save_draft
from app.storage.opening import Opened, copy_aside, open_database
from app.storage.outbox import list_entries
from app.storage.schema import METADATA, SCHEMA_VERSION
from app.storage.shown_rebuild import rebuild_shown
from app.storage.writing import write_commands
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


def test_new_file_has_the_tables_of_the_model(tmp_path: Path) -> None:
    opened = open_at(tmp_path)
    with opened.database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = [
            difference
            for difference in compare_metadata(context, METADATA)
            # The search index and its own tables are no part of the model.
            if "shown_search" not in str(difference)
        ]
    assert differences == []
    assert opened.migrated
    opened.database.close()
    assert not open_at(tmp_path).migrated


def test_file_of_an_earlier_version_is_brought_up_with_what_is_in_it(tmp_path: Path) -> None:
    opened = open_at(tmp_path)
    decide(opened.database, 3)
    with opened.database.write() as unit:
        for name in ("outbox_untold", "outbox_ending", "outbox_ended", "outbox_too_late", "outbox_numbered"):
            unit.run(f"DROP INDEX {name}")
        unit.run("ALTER TABLE outbox DROP COLUMN ended_at")
        unit.run("UPDATE alembic_version SET version_num = '0003'")
        unit.run("PRAGMA user_version = 3")
    opened.database.close()
    again = open_at(tmp_path)
    assert again.migrated
    (before,) = (tmp_path / "aside").iterdir()
    copy = Database(before, KEY)
    with copy.read() as unit:
        assert unit.value("PRAGMA user_version") == 3
        assert unit.value("SELECT count(*) FROM outbox") == 3
    copy.close()
    with again.database.read() as unit:
        assert [entry.command.id for entry in list_entries(unit, "1")] == ["cmd_0", "cmd_1", "cmd_2"]
    with again.database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
        assert [found for found in differences if "shown_search" not in str(found)] == []
    again.database.close()


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


OLD_COLLABORATION = """CREATE TABLE shown_collaboration (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL,
name_key TEXT NOT NULL, identity TEXT NOT NULL, customer_id TEXT, engagement_id TEXT,
engagement TEXT NOT NULL, service TEXT, source TEXT NOT NULL, source_product TEXT NOT NULL,
state TEXT NOT NULL, unlinked INTEGER NOT NULL, variant TEXT NOT NULL, payer TEXT NOT NULL,
period_months INTEGER, started_on TEXT, ends_on TEXT, mark TEXT NOT NULL, search TEXT NOT NULL)"""


def as_second_version(database: Database, loading: str) -> None:
    """Make of the file what version 2 of the tables was, with a pull under way."""
    with database.write() as unit:
        unit.run("DROP TABLE shown_collaboration")
        unit.run(OLD_COLLABORATION)
        for name in ("shown_customer_manager_key", "shown_customer_registered", "shown_invitation_state"):
            unit.run(f"DROP INDEX {name}")
        unit.run(
            "CREATE INDEX shown_customer_manager_key ON shown_customer (state, manager_key, row)",
        )
        unit.run("UPDATE alembic_version SET version_num = '0002'")
        unit.run("PRAGMA user_version = 2")
        put_session(unit, loading=loading, cursor="some cursor")


@pytest.mark.parametrize(("loading", "cursor"), [("first", None), ("staging", "some cursor")])
def test_second_version_gets_the_new_columns_and_is_shown_anew(
    tmp_path: Path, loading: str, cursor: str | None
) -> None:
    opened = open_at(tmp_path)
    decide(opened.database, 3)
    as_second_version(opened.database, loading)
    opened.database.close()
    again = open_at(tmp_path)
    assert again.migrated
    with again.database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert [one for one in differences if "shown_search" not in str(one)] == []
    with again.database.write() as unit:
        assert get_session(unit, "cursor") == cursor
        assert get_session(unit, "stale") == 1
        assert len(list_entries(unit, "1")) == 3
        assert unit.value("SELECT count(*) FROM shown_customer") == 3
        rebuild_shown(unit)
        assert unit.rows("SELECT problem FROM shown_collaboration") == []
    again.database.close()
