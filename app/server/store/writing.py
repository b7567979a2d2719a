"""One writer at a time on SQLite; on PostgreSQL the rows themselves are locked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from app.errors import StorageError
from app.server.store.engine import BUSY_SECONDS, is_sqlite


class Writing:
    """Opens writing transactions.

    SQLite makes writers of other processes wait by polling; within the process a lock is fairer and
    wakes at once.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock() if is_sqlite(engine) else None

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Run a transaction: committed at the end, rolled back when it raises.

        Raises:
            StorageError: ``database_busy`` where another transaction of this process does not end, such
            as one that
                this very thread has open.
        """
        if self._lock is None:
            with self._engine.begin() as connection:
                yield connection
            return
        if not self._lock.acquire(timeout=2 * BUSY_SECONDS):
            raise StorageError("database_busy")
        try:
            with self._engine.begin() as connection:
                yield connection
        finally:
            self._lock.release()
