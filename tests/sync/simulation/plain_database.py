"""The client's database without cipher and without waiting for the disk: both are proved elsewhere.

Everything above the connection is the shipped code. ``steps`` is burnt at each commit, before and after.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy
import sqlcipher3.dbapi2 as driver
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import QueuePool

from app.courtesy import Courtesy
from app.storage.database import Database, Unit
from app.storage.opening import SCHEMA_VERSION, open_database
from tests.support.clocks import MONDAY_MORNING

_KEY = bytes(range(32))


class PlainDatabase(Database):
    """An open file of one simulated installation.

    ``is_writing`` tells whether a writing transaction is open now. ``before_commit`` and ``after_commit``
    are called around each commit; the first sees the transaction.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.courtesy = Courtesy()
        self.is_writing = False
        self.before_commit: Callable[[Unit], None] = lambda _unit: None
        self.after_commit: Callable[[], None] = lambda: None
        self._engine = sqlalchemy.create_engine(
            "sqlite+pysqlite://",
            module=driver,
            creator=lambda: _connect(path),
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=4,
        )

        @event.listens_for(self._engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(
                connection.get_execution_options().get("samverka_begin", "BEGIN DEFERRED")
            )

    @contextlib.contextmanager
    def write(self) -> Iterator[Unit]:
        """Give a writing transaction, as the shipped one does."""
        with super().write() as unit:
            self.is_writing = True
            try:
                yield unit
                self.before_commit(unit)
            finally:
                self.is_writing = False
        self.after_commit()


def make_template(folder: Path) -> Path:
    """Make an empty database by the shipped migrations, decrypt it, and return where it lies."""
    encrypted, plain = folder / "encrypted.db", folder / "client-template.db"
    opened = open_database(encrypted, _KEY, set_aside_folder=folder / "aside", now=MONDAY_MORNING)
    with opened.database.engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        cursor.execute("SELECT sqlcipher_export('plain')").fetchall()
        cursor.execute(f"PRAGMA plain.user_version = {SCHEMA_VERSION}")
        cursor.execute("DETACH DATABASE plain")
        cursor.close()
    opened.database.close()
    connection = _connect(plain)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    return plain


def _connect(path: Path) -> Any:
    connection = driver.connect(
        str(path), timeout=0, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    cursor = connection.cursor()
    # Nobody waits for a lock here: one that is held while another wants it is a defect to be seen.
    for pragma in ("busy_timeout = 0", "journal_mode = WAL", "synchronous = OFF", "temp_store = MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    return connection
