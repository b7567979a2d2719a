"""The threads that work beside the requests: one per worker, woken by commits and by the clock."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from app.server.store.store import Store

LOG = logging.getLogger(__name__)
SHORTEST_WAIT = 0.5
LONGEST_WAIT = 5.0
"""Seconds after which a worker looks anyway: another process of the server may have written a row."""

STOP_SECONDS = 60.0
"""How long a stop waits for all workers together. What one is still at then comes out of its lease."""


class Worker(Protocol):
    """Something that empties a queue. ``run_once`` is all that a test needs."""

    name: str

    def run_once(self) -> int:
        """Do what is due now; return how much that was."""
        ...

    def next_due_at(self) -> datetime | None:
        """Return when there will be something to do, or None where nothing is known to wait."""
        ...


class WorkerThreads:
    """Runs workers in threads of their own, from ``start`` to ``stop``."""

    def __init__(
        self,
        store: Store,
        workers: Sequence[Worker],
        *,
        longest_wait: float = LONGEST_WAIT,
        stop_seconds: float = STOP_SECONDS,
    ) -> None:
        """A worker that is named several times runs in as many threads at once."""
        self._store = store
        self._stop_seconds = stop_seconds
        self._longest_wait = longest_wait
        self._workers = tuple(workers)
        self._stopping = threading.Event()
        self._bells = [threading.Event() for _ in self._workers]
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin; may be called once."""
        self._store.subscribe_queued(self.wake)
        for worker, bell in zip(self._workers, self._bells, strict=True):
            thread = threading.Thread(
                target=self._run, args=(worker, bell), name=f"{worker.name} worker", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """End after what each worker is at, and return when it has ended or ``stop_seconds`` are over.

        What a worker is still at then ends with the process, and is done again when its lease has run out.
        """
        if not self._threads:
            return
        self._stopping.set()
        self._store.unsubscribe_queued(self.wake)
        for bell in self._bells:
            bell.set()
        deadline = time.monotonic() + self._stop_seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                LOG.warning("stopped while the %s waits for an answer; it is tried again later", thread.name)
        self._threads.clear()

    def wake(self) -> None:
        """Let every worker look now."""
        for bell in self._bells:
            bell.set()

    def _run(self, worker: Worker, bell: threading.Event) -> None:
        while not self._stopping.is_set():
            bell.clear()
            try:
                if worker.run_once() > 0:
                    continue  # a full batch may have more behind it; between two of them a stop is heard
                wait = self._wait_for(worker)
            except Exception:  # a thread's top: the next look may go better, and others must go on
                LOG.exception("the %s worker failed", worker.name)
                wait = self._longest_wait
            if not self._stopping.is_set():
                bell.wait(wait)

    def _wait_for(self, worker: Worker) -> float:
        due_at = worker.next_due_at()
        if due_at is None:
            return self._longest_wait
        seconds = (due_at - self._store.clock.now()).total_seconds()
        return min(self._longest_wait, max(SHORTEST_WAIT, seconds))
