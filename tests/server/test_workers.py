"""The threads of the workers: woken by commits, unharmed by errors, gone when told to stop."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest

from app.domain.changes import Effect, Put, VendorRequest
from app.domain.records import Activation, Firm
from app.server.store import SERVER, Store
from app.server.workers import WorkerThreads
from tests.server.portal_site import ELECTRICIAN, portal_site

PATIENCE = 60.0


class Counting:
    """A worker that says when it looks, and may fail."""

    name = "counting"

    def __init__(self, *, fails: int = 0) -> None:
        self.looks = threading.Semaphore(0)
        self.fails = fails

    def run_once(self) -> int:
        """Look."""
        self.looks.release()
        if self.fails:
            self.fails -= 1
            raise RuntimeError("on purpose")
        return 0

    def next_due_at(self) -> datetime | None:
        """Know of nothing."""
        return None


def test_a_commit_wakes_every_worker(store: Store) -> None:
    workers = [Counting(), Counting()]
    threads = WorkerThreads(store, workers, longest_wait=3600)
    firm = Firm(id="fi_1", name="Byrån", organisation_number="")
    store.create_firm(firm)
    threads.start()
    try:
        for worker in workers:
            assert worker.looks.acquire(timeout=PATIENCE), "it looks when it starts"
        with store.write(firm.id) as transaction:
            request = VendorRequest(kind="activate", about_id="av_1")
            transaction.write(Effect(changes=(Put(firm),), vendor=(request,)), by=SERVER, source="test")
        for worker in workers:
            assert worker.looks.acquire(timeout=PATIENCE)
    finally:
        threads.stop()


def test_an_error_stops_neither_the_worker_nor_the_others(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    failing, steady = Counting(fails=1), Counting()
    threads = WorkerThreads(store, [failing, steady], longest_wait=3600)
    threads.start()
    try:
        assert failing.looks.acquire(timeout=PATIENCE)
        threads.wake()
        assert failing.looks.acquire(timeout=PATIENCE)
        assert steady.looks.acquire(timeout=PATIENCE)
    finally:
        threads.stop()
    assert "the counting worker failed" in caplog.text


def test_stopping_ends_every_thread_and_can_be_repeated(store: Store) -> None:
    before = threading.active_count()
    threads = WorkerThreads(store, [Counting(), Counting()])
    threads.start()
    assert threading.active_count() == before + 2
    threads.stop()
    threads.stop()
    assert threading.active_count() == before


def test_a_worker_that_waits_for_an_answer_does_not_hold_up_a_stop(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    answered = threading.Event()
    ended = threading.Event()

    class Waiting(Counting):
        def run_once(self) -> int:
            super().run_once()
            answered.wait(PATIENCE)
            ended.set()
            return 0

    waiting = Waiting()
    threads = WorkerThreads(store, [waiting, Counting()], stop_seconds=0.1)
    threads.start()
    assert waiting.looks.acquire(timeout=PATIENCE)
    threads.stop()
    assert not ended.is_set()
    answered.set()
    assert ended.wait(PATIENCE)
    assert "stopped while the counting worker waits for an answer" in caplog.text


def test_the_whole_loop_runs_by_itself(database: str) -> None:
    with portal_site(database) as site:
        sent = threading.Event()

        def watch(_firm_id: str, _head: int) -> None:
            # On a worker's thread, after its commit: reading is allowed, writing would be a second writer.
            if any(m.kind == "invitation" for m in site.store.mail_tray.list_mails("fi_1")):
                sent.set()

        site.store.subscribe(watch)
        site.side.threads.start()
        try:
            activation_id = site.activate(ELECTRICIAN, "scanner")
            assert sent.wait(PATIENCE)
        finally:
            site.side.threads.stop()
            site.store.unsubscribe(watch)
        assert site.get(Activation, activation_id).state == "sent"
