"""Poke: tells waiting clients that a firm has a new head. A request that waits holds no thread and no
connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import defaultdict

from app.server.store import Store

SECONDS_BETWEEN_LOOKS = 1.0
MOST_WAITING = 500
"""Requests of one person that wait in one process; the one that waited longest is answered for the next."""


class PokeBoard:
    """The waiting requests of this process, and the one watcher that wakes them.

    Commits of this process wake at once. Those of others are heard through LISTEN on PostgreSQL; on
    SQLite the heads are read once a second while somebody waits.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._heads: dict[str, int] = {}
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._of_person: dict[str, dict[asyncio.Event, None]] = defaultdict(dict)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watcher: asyncio.Task[None] | None = None
        self._is_closed = threading.Event()

    async def start(self) -> None:
        """Begin to watch; belongs to the application's start."""
        self._loop = asyncio.get_running_loop()
        self._is_closed.clear()
        self._store.subscribe(self._hear)
        self._watcher = self._loop.create_task(self._watch())

    async def stop(self) -> None:
        """Wake everybody and stop watching."""
        self.release()
        self._store.unsubscribe(self._hear)
        if self._watcher is not None:
            if self._store.is_embedded:
                self._watcher.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watcher
            self._watcher = None
        self._loop = None

    def release(self) -> None:
        """Let every waiting request answer now: the server is about to stop. Any thread may call it."""
        self._is_closed.set()
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake_all)

    async def wait(self, firm_id: str, head: int, seconds: float, *, person: str) -> int:
        """Return the firm's head as soon as it is past ``head``, or what is known after that many seconds.

        Sooner where the ``person`` has too many that wait.

        The caller has read the present head from the database with ``note``, so that nothing committed
        before is missed.
        """
        event = asyncio.Event()
        waiting = self._waiting[firm_id]
        waiting.add(event)
        mine = self._of_person[person]
        mine[event] = None
        if len(mine) > MOST_WAITING:
            oldest = next(iter(mine))
            del mine[oldest]
            oldest.set()
        try:
            if self._heads.get(firm_id, 0) <= head and not self._is_closed.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), seconds)
        finally:
            mine.pop(event, None)
            if not mine:
                self._of_person.pop(person, None)
            waiting.discard(event)
            if not waiting:
                self._waiting.pop(firm_id, None)
        return self._heads.get(firm_id, head)

    def note(self, firm_id: str, head: int) -> None:
        """Take in a head that has been read; belongs to the event loop's thread."""
        if head <= self._heads.get(firm_id, 0):
            return
        self._heads[firm_id] = head
        for event in tuple(self._waiting.get(firm_id, ())):
            event.set()

    def _hear(self, firm_id: str, head: int) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self.note, firm_id, head)

    def _wake_all(self) -> None:
        for waiting in self._waiting.values():
            for event in waiting:
                event.set()

    async def _watch(self) -> None:
        if self._store.is_embedded:
            while True:
                await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
                if self._waiting:
                    for firm_id, head in (await asyncio.to_thread(self._store.heads)).items():
                        self.note(firm_id, head)
        else:
            await asyncio.to_thread(self._store.listen, self._hear, self._is_closed)
