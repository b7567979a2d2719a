"""Emptying the cache for another firm: nothing of the first stays in any table but the person's settings."""

from app.storage.database import Database
from app.storage.keyvalues import GUIDES, get_setting, put_setting
from app.storage.schema import METADATA
from app.storage.wiping import wipe
from tests.support.filled_tables import fill_every_table


def test_every_table_is_empty_but_the_settings(database: Database) -> None:
    with database.write() as unit:
        fill_every_table(unit)
        put_setting(unit, "theme", "dark")
        put_setting(unit, GUIDES, {"cu_1": {"event": "year_end"}})
        wipe(unit)
        left = {
            name: unit.value(f"SELECT count(*) FROM {name}")
            for name in METADATA.tables
            if name != "setting" and unit.value(f"SELECT count(*) FROM {name}")
        }
        assert left == {"linking_dirty": 1}  # that the queue is to be made anew
        assert unit.value("SELECT type FROM linking_dirty") == "everything"
        assert get_setting(unit, "theme") == "dark"
        assert get_setting(unit, GUIDES) is None
