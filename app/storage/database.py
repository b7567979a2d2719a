"""The encrypted database file and its units of work."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy
import sqlcipher3.dbapi2 as driver
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from app.courtesy import BETWEEN, Courtesy
from app.errors import StorageError

BUSY_SECONDS = 30.0
_WRITE = "BEGIN IMMEDIATE"
_READ = "BEGIN DEFERRED"
_ROOM_KIB = 48 * 1024
_LITTLE_ROOM_KIB = 24 * 1024
"""For a file that does not fit into the other: what is gone through from end to end is then read again each
time, whatever there is room for (24, 48 and 96 MB: the same)."""
_CHECKPOINT_PAGES = 1000
"""Pages of the log after which SQLite brings them into the file: its own setting."""
_LONG_LOG_PAGES = 32_768
"""The same for what comes in many large parts: 128 MB. Who writes a little in between waits for no more."""
_IN_THE_LOG = "samverka_in_the_log"

T = TypeVar("T")
_SPOILING = frozenset({"disk_failing", "database_damaged", "database_not_writable", "disk_full"})
"""Problems after which no connection is used again."""

Values = Sequence[Any] | Mapping[str, Any]


def _as_it_is(nothing: None) -> None:
    return nothing


# For a None the driver looks in three places, by way of two exceptions, for how to store it: 0.9 µs each
# instead of 0.15. A row of the lists has up to nine.
driver.register_adapter(type(None), _as_it_is)


def connect_encrypted(path: Path, key: bytes) -> Any:
    """Return a connection of the raw driver with the key and the settings that every connection has."""
    connection = driver.connect(
        str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        cursor.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.close()
    except BaseException:
        connection.close()
        raise
    return connection


def explain(error: BaseException) -> StorageError:
    """Return the known problem behind an error of the driver."""
    text = str(getattr(error, "orig", None) or error)
    if "not a database" in text or "malformed" in text or "file is encrypted" in text:
        return StorageError("database_damaged")
    if "full" in text:
        return StorageError("disk_full")
    if "locked" in text or "busy" in text:
        return StorageError("database_locked")
    if "disk I/O" in text:
        return StorageError("disk_failing")
    if "unable to open" in text or "readonly" in text:
        return StorageError("database_not_writable")
    return StorageError("database_failed", detail=type(error).__name__)


def explain_system(error: OSError) -> StorageError:
    """Return the known problem behind an error of the file system."""
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return StorageError("disk_full" if is_full else "database_not_writable")


def damage_mark(path: Path) -> Path:
    """Return the place of the note that this database was found damaged while it was open."""
    return path.with_name(path.name + ".damaged")


def room_for(kib: int) -> int:
    """Return the KiB of page cache with which a file of so many is gone through several times."""
    return _ROOM_KIB if kib <= _ROOM_KIB else _LITTLE_ROOM_KIB


class Unit:
    """One transaction. Plain SQL with bound values; rows never leave app.storage as they are.

    Statements run on the driver's own cursor: SQLAlchemy opens, keeps and closes the connections and the
    transactions, but what it adds to each statement is three times the statement itself.
    """

    def __init__(self, connection: Connection, courtesy: Courtesy) -> None:
        self._connection = connection
        self._cursor = connection.connection.cursor()
        self._courtesy = courtesy

    @property
    def connection(self) -> Connection:
        """Return SQLAlchemy's connection; for migrations."""
        return self._connection

    def rows(self, sql: str, values: Values = ()) -> Sequence[Any]:
        """Return all rows of a query."""
        self._courtesy.give_way()
        cursor = self._cursor.execute(sql, values)
        found: list[Any] = cursor.fetchmany(BETWEEN)
        while len(found) % BETWEEN == 0 and (more := cursor.fetchmany(BETWEEN)):
            found += more
            self._courtesy.give_way()
        return found

    def stream(self, sql: str, values: Values = ()) -> Iterator[Any]:
        """Give the rows of a query one by one, for what is too much to be held at once.

        The tables that it reads must not be written before the last row has been given.
        """
        cursor = self._connection.connection.cursor()
        try:
            cursor.execute(sql, values)
            while rows := cursor.fetchmany(BETWEEN):
                self._courtesy.give_way()
                yield from rows
        finally:
            cursor.close()

    def row(self, sql: str, values: Values = ()) -> Any:
        """Return the first row of a query, or None."""
        self._courtesy.give_way()
        return self._cursor.execute(sql, values).fetchone()

    def value(self, sql: str, values: Values = ()) -> Any:
        """Return the first column of the first row, or None."""
        row = self.row(sql, values)
        return None if row is None else row[0]

    def run(self, sql: str, values: Values = ()) -> int:
        """Change something and return how many rows it was."""
        self._courtesy.give_way()
        changed: int = self._cursor.execute(sql, values).rowcount
        return changed

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for many rows on the driver's own cursor: the quick path for thousands."""
        found = rows if isinstance(rows, Sequence) else list(rows)
        for first in range(0, len(found), BETWEEN):
            self._courtesy.give_way()
            self._cursor.executemany(sql, found[first : first + BETWEEN])

    def each(self, rows: Iterable[T]) -> Iterator[T]:
        """Give the rows one by one, for work on thousands of them: the window goes first in between."""
        return self._courtesy.each(rows)

    @contextlib.contextmanager
    def room(self) -> Iterator[None]:
        """Go through all of the cache several times, or write much of it anew.

        More pages are kept in memory meanwhile: they are encrypted, and one that has to be read or written
        twice costs more than one that is kept. And what is written stays in the log until ``empty_log`` or
        another transaction: who waits for the lists need not wait for that.
        """
        before = self.value("PRAGMA cache_size")
        if before in (-_ROOM_KIB, -_LITTLE_ROOM_KIB):
            yield
            return
        kib = int(self.value("PRAGMA page_count")) * int(self.value("PRAGMA page_size")) // 1024
        self._checkpoint_after(0)
        self.run(f"PRAGMA cache_size = -{room_for(kib)}")
        try:
            yield
        finally:
            self.run(f"PRAGMA cache_size = {before}")
            self.run("PRAGMA shrink_memory")

    def let_log_grow(self) -> None:
        """Write one of many large parts: what each leaves in the log is brought into the file more seldom.

        The pages of a part are then not written a second time while somebody waits for the next.
        """
        if not self._connection.info.get(_IN_THE_LOG):
            self._checkpoint_after(_LONG_LOG_PAGES)

    def _checkpoint_after(self, pages: int) -> None:
        """Take another number of pages until the end of the transaction; 0 for never."""
        self._connection.info[_IN_THE_LOG] = True
        self.run(f"PRAGMA wal_autocheckpoint = {pages}")

    def close(self) -> None:
        """Let go of the cursor; the transaction's owner does this."""
        self._cursor.close()


class Database:
    """The open file. Units may be used from any thread, one unit from one thread."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.courtesy = Courtesy()
        self._engine = _make_engine(path, key)

    @property
    def engine(self) -> Engine:
        """Return SQLAlchemy's engine; for migrations."""
        return self._engine

    @contextlib.contextmanager
    def read(self) -> Iterator[Unit]:
        """Give a view of one moment; it never waits for a writer.

        Raises:
            StorageError: the file is damaged, locked or not readable.
        """
        with self._unit(_READ) as unit:
            yield unit

    @contextlib.contextmanager
    def write(self) -> Iterator[Unit]:
        """Give a transaction that holds the write lock from its beginning; it is undone unless it ends well.

        Raises:
            StorageError: the file is damaged or locked, or the disk is full.
        """
        with self._unit(_WRITE) as unit:
            yield unit

    @contextlib.contextmanager
    def _unit(self, begin: str) -> Iterator[Unit]:
        try:
            with (
                self._engine.connect().execution_options(samverka_begin=begin) as connection,
                _usual_checkpoints(connection),
                connection.begin(),
            ):
                unit = Unit(connection, self.courtesy)
                try:
                    yield unit
                finally:
                    unit.close()
        except (DBAPIError, driver.Error) as error:
            problem = explain(error)
            if problem.code in _SPOILING:
                # The cipher remembers an error of the disk, and would tell of damage from then on.
                self._engine.dispose()
            if problem.code == "database_damaged":
                # Only a start can put another file in its place. Where not even the note of it can be
                # written the person hears of the damage all the same, and the next start may find it itself.
                with contextlib.suppress(OSError):
                    damage_mark(self.path).touch()
            raise problem from error

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file, so that the file alone is whole."""
        try:
            with self._engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except (DBAPIError, driver.Error) as error:
            self._engine.dispose()
            raise explain(error) from error

    def empty_log(self) -> None:
        """Bring what a large transaction has left in the log into the file; waits for nobody.

        What somebody reads at this moment stays there, for the next one.
        """
        try:
            with self._engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except (DBAPIError, driver.Error) as error:
            raise explain(error) from error

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


@contextlib.contextmanager
def _usual_checkpoints(connection: Connection) -> Iterator[None]:
    """Take back, after the transaction, that a large one leaves its pages in the log."""
    try:
        yield
    finally:
        if connection.info.pop(_IN_THE_LOG, None):
            connection.connection.cursor().execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")


def _make_engine(path: Path, key: bytes) -> Engine:
    engine = sqlalchemy.create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=lambda: connect_encrypted(path, key),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # The driver is in autocommit mode; SQLAlchemy's own default lets two writers read the same row first.
        connection.exec_driver_sql(connection.get_execution_options().get("samverka_begin", _READ))

    return engine
