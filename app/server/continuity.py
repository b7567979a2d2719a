"""Looks at the start whether the database was put back from a backup, and remembers what it holds."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import StorageError
from app.server.store import Store
from app.server.store.restoring import StateFile, begin_new_life, check_not_restored, remember

SECONDS_BETWEEN_NOTES = 15.0
LOG = logging.getLogger(__name__)


@contextmanager
def continuous(store: Store, state: StateFile, *, mends_itself: bool) -> Iterator[None]:
    """Keep a note of what the database holds while it is served.

    ``mends_itself`` is for the embedded server, whose user knows of no commands: there a restored database
    begins its new life at once.

    Raises:
        StorageError: ``database_restored``.
    """
    try:
        check_not_restored(store, state)
    except StorageError:
        if not mends_itself:
            raise
        LOG.warning("the database was put back from a backup; it begins a new life")
        begin_new_life(store, state)
    remember(store, state)
    stopping = threading.Event()
    thread = threading.Thread(target=_note, args=(store, state, stopping), name="continuity", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()
        _remember(store, state)


def _note(store: Store, state: StateFile, stopping: threading.Event) -> None:
    while not stopping.wait(SECONDS_BETWEEN_NOTES):
        try:
            _remember(store, state)
        except Exception:  # a thread's top: a database that is away now comes back
            LOG.warning("what the database holds could not be noted", exc_info=True)


def _remember(store: Store, state: StateFile) -> None:
    try:
        remember(store, state)
    except StorageError as error:
        if error.code != "database_restored":
            raise
        LOG.error("the database has lost commits while it was served: stop the server and run server restore")
