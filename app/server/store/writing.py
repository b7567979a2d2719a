"""One writer at a time on SQLite; on PostgreSQL the rows themselves are locked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.errors import StorageError
from app.server.store.engine import BUSY_SECONDS, is_sqlite
from app.server.store.waits import Waits, set_waits

_SPOILT = ("disk I/O", "malformed", "not a database")
"""What SQLite says through a connection that had better be closed."""

_STOOD_STILL = "25P03"
"""What PostgreSQL says of a transaction that it has ended, since nothing came from us."""


@contextmanager
def told_as_storage_error(engine: Engine) -> Iterator[None]:
    """Say of a database that is away, full, or gave up on this transaction that it is unavailable.

    That is not the fault of what was asked for: the same again, later, may succeed. No connection of
    ``engine`` that the disk has failed is used again: the cipher remembers it, and would tell of damage.

    Raises:
        StorageError: ``database_unavailable``, ``text_not_storable`` for a text that the database cannot hold
            (PostgreSQL has no NUL).
    """
    try:
        yield
    except DBAPIError as error:
        if is_sqlite(engine) and any(words in str(error.orig) for words in _SPOILT):
            engine.dispose()
        problem = _explain(error)
        if problem is None:
            raise
        raise problem from error
    except PoolTimeoutError as error:
        raise StorageError("database_unavailable", detail="no free connection") from error


def _explain(error: DBAPIError) -> StorageError | None:
    if isinstance(error, DataError):
        return StorageError("text_not_storable")
    if getattr(error.orig, "sqlstate", "") == _STOOD_STILL:
        return StorageError("database_unavailable", detail=type(error.orig).__name__)
    if isinstance(error, OperationalError | InterfaceError) and _is_passing(error):
        return StorageError("database_unavailable", detail=type(error.orig).__name__)
    return None


def _is_passing(error: DBAPIError) -> bool:
    """Tell whether the machine is at fault. SQLite has one class for that and for wrong statements."""
    if "sqlite" not in type(error.orig).__module__ and "sqlcipher" not in type(error.orig).__module__:
        return True
    text = str(error.orig)
    return any(words in text for words in ("locked", "busy", "full", "disk I/O", "unable to open"))


class Writing:
    """Opens writing transactions.

    SQLite makes writers of other processes wait by polling; within the process a lock is fairer and
    wakes at once.
    """

    def __init__(self, engine: Engine, waits: Waits | None = None) -> None:
        self.waits = waits or Waits()
        self._engine = engine
        self._lock = threading.Lock() if is_sqlite(engine) else None

    @contextmanager
    def begin(self, on: Connection | None = None, *, sets_its_waits: bool = False) -> Iterator[Connection]:
        """Run a transaction: committed at the end, rolled back when it raises. ``on`` is a connection that is
        held for several of them. ``sets_its_waits``: its first statement does so by the way.

        Raises:
            StorageError: ``database_busy`` where another transaction of this process does not end, such
            as one that
                this very thread has open.
        """
        if self._lock is None:
            with self._transaction(on) as connection:
                if not sets_its_waits:
                    set_waits(connection, self.waits)
                yield connection
            return
        if not self._lock.acquire(timeout=2 * BUSY_SECONDS):
            raise StorageError("database_busy")
        try:
            with self._transaction(on) as connection:
                yield connection
        finally:
            self._lock.release()

    @contextmanager
    def _transaction(self, on: Connection | None) -> Iterator[Connection]:
        if on is None:
            with self._engine.begin() as connection:
                yield connection
            return
        with on.begin():
            yield on
