"""Brings a database to this version's tables, in process."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from app.errors import StorageError
from app.server.store.tables import SCHEMAS

MIGRATIONS = Path(__file__).with_name("migrations")
UPGRADE_LOCK = 7_301_846_025
"""Any number, the same in every process: two servers that start at once upgrade one after the other."""


def upgrade(engine: Engine) -> None:
    """Create or upgrade the tables; one transaction, so that a failure leaves the database as it was.

    Raises:
        StorageError: ``database_newer`` where a newer version of the program has upgraded it already.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": UPGRADE_LOCK})
            for schema in SCHEMAS:
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
        config = _config(connection)
        if not _knows(config, connection):
            raise StorageError("database_newer")
        command.upgrade(config, "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _knows(config: Config, connection: Connection) -> bool:
    present = MigrationContext.configure(connection).get_current_revision()
    if present is None:
        return True
    try:
        return ScriptDirectory.from_config(config).get_revision(present) is not None
    except CommandError:
        return False
