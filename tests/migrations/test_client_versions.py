"""Files of the client that an earlier version of the program wrote: brought up with what is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import StorageError
from app.storage.database import Database
from app.storage.keyvalues import get_session, put_session
from app.storage.outbox import list_entries
from app.storage.shown_rebuild import rebuild_shown
from tests.migrations.test_client_database import KEY, decide, differences_of, open_at


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
    assert differences_of(again.database) == []
    again.database.close()


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
    assert differences_of(again.database) == []
    with again.database.write() as unit:
        assert get_session(unit, "cursor") == cursor
        assert get_session(unit, "stale") == 1
        assert len(list_entries(unit, "1")) == 3
        assert unit.value("SELECT count(*) FROM shown_customer") == 3
        rebuild_shown(unit)
        assert unit.rows("SELECT problem FROM shown_collaboration") == []
    again.database.close()


def as_first_version(database: Database) -> None:
    """Make of the file what version 1 of the tables was: without the queue of unlinked collaborations."""
    as_second_version(database, "")
    with database.write() as unit:
        for table in ("linking_queue", "linking_member", "linking_key", "linking_dirty"):
            unit.run(f"DROP TABLE {table}")
        unit.run("UPDATE alembic_version SET version_num = '0001'")
        unit.run("PRAGMA user_version = 1")


def test_first_version_gets_the_queue_and_everything_is_looked_for(tmp_path: Path) -> None:
    opened = open_at(tmp_path)
    decide(opened.database, 3)
    as_first_version(opened.database)
    opened.database.close()
    again = open_at(tmp_path)
    assert again.migrated
    assert differences_of(again.database) == []
    with again.database.read() as unit:
        assert unit.rows("SELECT type FROM linking_dirty") == [("everything",)]
        assert len(list_entries(unit, "1")) == 3
    again.database.close()


def test_migration_that_fails_half_way_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """The last revision stumbles; the ones before it are undone with it, and the next start tries again."""
    opened = open_at(tmp_path)
    decide(opened.database, 3)
    as_first_version(opened.database)
    with opened.database.write() as unit:
        unit.run("DROP TABLE outbox_touch")
        unit.run("ALTER TABLE outbox RENAME TO outbox_elsewhere")
        unit.run("CREATE VIEW outbox AS SELECT * FROM outbox_elsewhere")
    opened.database.close()
    for _ in range(2):
        with pytest.raises(StorageError, match="database_failed"):
            open_at(tmp_path)
    database = Database(tmp_path / "cache.db", KEY)
    with database.read() as unit:
        assert unit.value("PRAGMA user_version") == 1
        assert unit.value("SELECT version_num FROM alembic_version") == "0001"
        assert unit.rows("SELECT name FROM sqlite_master WHERE name = 'linking_queue'") == []
    database.close()
