"""Opening the database at start: fitting, older, newer or damaged."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from app.errors import StorageError
from app.storage.database import Database, connect_encrypted, damage_mark, explain, explain_system
from app.storage.schema import SCHEMA_VERSION
from app.system_causes import explain_cause

COPY_DAYS = 30
"""How long a copy that was made before a migration is kept: as long as the journal."""
_SAVED_TABLES = ("outbox", "session", "setting", "draft", "attention")


@dataclass(frozen=True, slots=True)
class Opened:
    """The database, and what had to be done to open it.

    ``set_aside`` is where a damaged file went; ``saved_commands`` how many commands were saved out of it.
    """

    database: Database
    migrated: bool = False
    set_aside: Path | None = None
    saved_commands: int = 0


def open_database(path: Path, key: bytes, *, set_aside_folder: Path, now: datetime) -> Opened:
    """Open the file, or make it; bring an older one up to date after it was copied aside.

    A damaged file is moved to ``set_aside_folder`` after its outbox, drafts and settings were read out
    of it, and a new one takes its place. It stays there; copies of fitting files are removed after
    ``COPY_DAYS``: they hold whatever the person was allowed to see then.

    Raises:
        StorageError: ``database_newer`` where a newer program wrote the file; ``disk_full``,
            ``database_locked``, ``database_not_writable``.
    """
    try:
        opened = _open(path, key, set_aside_folder, now)
    except OSError as error:
        # The folder may not be entered, or there is no room for a damaged file to be moved to.
        raise explain_system(error) from error
    _remove_old_copies(path, set_aside_folder, now)
    return opened


def remove_set_aside(folder: Path) -> None:
    """Remove all copies and damaged files, for who wants nothing of the firm on this machine any more.

    Raises:
        StorageError: ``database_not_writable`` where one cannot be removed.
    """
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise explain_system(error) from error


def _open(path: Path, key: bytes, set_aside_folder: Path, now: datetime) -> Opened:
    if not path.exists():
        return Opened(_migrate(path, key), migrated=True)
    try:
        if damage_mark(path).exists():
            raise StorageError("database_damaged")
        version = _read_version(path, key)
    except StorageError as error:
        if error.code != "database_damaged":
            raise
        return _replace_damaged(path, key, set_aside_folder, now)
    if version > SCHEMA_VERSION:
        raise StorageError("database_newer", found=version, known=SCHEMA_VERSION)
    if version == SCHEMA_VERSION:
        return Opened(Database(path, key))
    copy_aside(path, key, set_aside_folder, now)
    return Opened(_migrate(path, key), migrated=True)


def copy_aside(path: Path, key: bytes, folder: Path, now: datetime) -> Path:
    """Copy the whole database to the folder and return where it went."""
    try:
        connection = connect_encrypted(path, key)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        copy = folder / _copy_name(path, now)
        shutil.copy2(path, copy)
    except driver.Error as error:
        raise explain(error) from error
    except OSError as error:
        raise StorageError("database_not_copied", **explain_cause(error)) from error
    return copy


def _copy_name(path: Path, now: datetime) -> str:
    return f"{path.stem}-{now:%Y%m%dT%H%M%S%f}.db"


def _remove_old_copies(path: Path, folder: Path, now: datetime) -> None:
    oldest = _copy_name(path, now - timedelta(days=COPY_DAYS))
    for copy in folder.glob(f"{path.stem}-[0-9]*.db"):
        if copy.name < oldest:
            with contextlib.suppress(OSError):  # another program looks at it: the next start removes it
                copy.unlink()


def _read_version(path: Path, key: bytes) -> int:
    try:
        connection = connect_encrypted(path, key)
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version:
                connection.execute("SELECT count(*) FROM session NOT INDEXED").fetchone()
                connection.execute("SELECT count(*) FROM outbox NOT INDEXED").fetchone()
            return version
        finally:
            connection.close()
    except driver.Error as error:
        raise explain(error) from error


def _migrate(path: Path, key: bytes) -> Database:
    from alembic import command
    from alembic.config import Config

    database = Database(path, key)
    try:
        with database.write() as unit:
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
            config.attributes["connection"] = unit.connection
            command.upgrade(config, "head")
            unit.run(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except BaseException:
        database.close()
        raise
    return database


def _replace_damaged(path: Path, key: bytes, folder: Path, now: datetime) -> Opened:
    saved = {table: _read_what_can_be_read(path, key, table) for table in _SAVED_TABLES}
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / f"{path.stem}-damaged-{now:%Y%m%dT%H%M%S%f}.db"
    shutil.move(path, place)
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            shutil.move(f"{path}{suffix}", f"{place}{suffix}")
    damage_mark(path).unlink(missing_ok=True)
    database = _migrate(path, key)
    with database.write() as unit:
        for table, rows in saved.items():
            for row in rows:
                names = ", ".join(row)
                marks = ", ".join("?" * len(row))
                unit.run(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
        # The mirror is gone, so everything has to be fetched again from the beginning.
        unit.run("DELETE FROM session WHERE key IN ('cursor', 'pulled_head', 'pulled_at')")
    return Opened(database, migrated=True, set_aside=place, saved_commands=len(saved["outbox"]))


def _read_what_can_be_read(path: Path, key: bytes, table: str) -> list[dict[str, Any]]:
    """Return the rows of a damaged file's table until the damage stops the reading, from both ends."""
    found: dict[Any, dict[str, Any]] = {}
    for order in ("ASC", "DESC"):
        with contextlib.suppress(driver.Error):
            connection = connect_encrypted(path, key)
            try:
                column = "position" if table == "outbox" else "rowid"
                cursor = connection.execute(f"SELECT * FROM {table} ORDER BY {column} {order}")
                names = [item[0] for item in cursor.description]
                for row in cursor:
                    found.setdefault(row[0], dict(zip(names, row, strict=True)))
            finally:
                connection.close()
    return list(found.values())
