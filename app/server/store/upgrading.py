"""Brings a database to this version's tables, in process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from app.errors import StorageError
from app.server.store.engine import READ_OPTION
from app.server.store.tables import SCHEMAS

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")
NEWEST = "0003"
"""The last migration. A database that has it starts without Alembic, which takes long to import."""

UPGRADE_LOCK = 7_301_846_025
"""Any number, the same in every process: two servers that start at once upgrade one after the other."""

_VERSION_TABLE = "alembic_version"


def upgrade(engine: Engine) -> None:
    """Create or upgrade the tables; one transaction, so that a failure leaves the database as it was.

    Raises:
        StorageError: ``database_newer`` where a newer version of the program has upgraded it already.
    """
    if find_version(engine) == NEWEST:
        return
    from alembic import command

    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": UPGRADE_LOCK})
            for schema in SCHEMAS:
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
        config = migration_config(connection)
        if not _knows(config, connection):
            raise StorageError("database_newer")
        command.upgrade(config, "head")


def find_version(engine: Engine) -> str | None:
    """Return which migration the database has come to, or None where it has no tables."""
    with engine.connect() as plain:
        connection = plain.execution_options(**{READ_OPTION: True})
        if not inspect(connection).has_table(_VERSION_TABLE):
            return None
        return connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()


def migration_config(connection: Connection) -> Config:
    """Return Alembic's configuration for the connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _knows(config: Config, connection: Connection) -> bool:
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    present = MigrationContext.configure(connection).get_current_revision()
    if present is None:
        return True
    try:
        return ScriptDirectory.from_config(config).get_revision(present) is not None
    except CommandError:
        return False
