"""What a server process keeps in memory: a page at a time, one password, no library that it does not use."""

from __future__ import annotations

import platform
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from app.domain.effects import Effect, Put
from app.domain.ids import new_id
from app.domain.records import Collaboration, Company, Record
from app.server.calendar import CalendarWorker
from app.server.gateway.news import NewsWorker
from app.server.gateway.register import RegisterGateway
from app.server.identity.issuer import Issuer
from app.server.identity.passwords import Passwords
from app.server.portal.expiry import ExpiryWorker
from app.server.store import SERVER, Store, open_store
from app.server.workers import Worker
from tests.server.sync_site import FIRM, customer, fill
from tests.support.clocks import FixedClock

SMALL, LARGE = 100, 3_000
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


def store_with(folder: Path, customers: int) -> Store:
    folder.mkdir()
    store = open_store(f"sqlite:///{folder / 'server.db'}", clock=FixedClock())
    fill(store)
    records: list[Record] = []
    for number in range(customers):
        one = customer(number)
        company = Company(number=f"55{number:08}", name=one.name)
        records += [
            one,
            Collaboration(id=new_id("cl"), company=company, service="scanner", customer_id=one.id),
        ]
    with store.write(FIRM) as transaction:
        transaction.write(Effect(changes=tuple(Put(r) for r in records)), by=SERVER, source="test")
    return store


def peak_of(work: Callable[[], object]) -> int:
    """Return the most bytes that Python held while the work was done, above what it held before."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        work()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def workers_of_the_day(store: Store) -> list[Worker]:
    issuer = Issuer(store.routing, store.clock, b"r" * 32)
    gateway = RegisterGateway(store.register, store.clock, store.terms)
    return [CalendarWorker(store, issuer), ExpiryWorker(store, issuer), NewsWorker(store, gateway)]


def run_day(store: Store) -> None:
    for worker in workers_of_the_day(store):
        worker.run_once()


def read_everything(store: Store) -> None:
    with store.read(FIRM) as snapshot:
        assert len(list(snapshot.reader.walk("collaboration"))) >= SMALL


def test_the_work_of_the_day_takes_no_more_memory_in_a_large_firm(tmp_path: Path) -> None:
    stores = [store_with(tmp_path / str(size), size) for size in (SMALL, LARGE)]
    try:
        for store in stores:
            run_day(store)  # what is read once and kept (modules, statements) is not meant
        small, large = (peak_of(lambda store=store: run_day(store)) for store in stores)  # type: ignore[misc]
        assert large < 2 * small, (small, large)
        small, large = (peak_of(lambda store=store: read_everything(store)) for store in stores)  # type: ignore[misc]
        assert large > 10 * small, "the control: whole types in memory are seen"
    finally:
        for store in stores:
            store.close()


class Watched(PasswordHasher):
    """Counts how many hash at the same time; with ``meeting`` it waits until so many do."""

    def __init__(self, meeting: threading.Barrier | None = None) -> None:
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.most = 0
        self._meeting = meeting
        self._now = 0
        self._lock = threading.Lock()

    def verify(self, hash: str | bytes, password: str | bytes) -> Any:  # noqa: A002 - as the library has it
        """Check, and count."""
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            if self._meeting is not None:
                self._meeting.wait(30)
            return super().verify(hash, password)
        finally:
            with self._lock:
                self._now -= 1


def run_at_once(work: Callable[[], object], count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_passwords_are_hashed_one_at_a_time() -> None:
    kept = CHEAP.hash("norrsken och kaffe")
    watched = Watched()
    passwords = Passwords(watched)
    answers: list[bool] = []
    run_at_once(lambda: answers.append(passwords.fits(kept, "norrsken och kaffe")), 12)
    assert answers == [True] * 12
    assert watched.most == 1
    both = Watched(threading.Barrier(2))
    run_at_once(lambda: both.verify(kept, "norrsken och kaffe"), 2)
    assert both.most == 2, "the control: without turns they are at it together"


def test_hashes_are_as_costly_as_decided() -> None:
    """OWASP's Password Storage Cheat Sheet: with 12 MiB at least three passes."""
    written = Passwords().hash("norrsken och kaffe")
    assert written.startswith("$argon2id$v=19$m=12288,t=16,p=1$")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have nothing to set")
def test_large_blocks_go_back_to_the_system() -> None:
    program = """
import sys
from app.server.heap import keep_heap_small
if sys.argv[1] == "small":
    assert keep_heap_small()
import threading
def resident():
    return int(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1])
def work():
    for _ in range(3):
        block = b"x" * 12_000_000
        del block
import gc
before, done, go = resident(), threading.Barrier(9), threading.Event()
def run():
    work()
    done.wait()
    go.wait()
threads = [threading.Thread(target=run) for _ in range(8)]
for thread in threads: thread.start()
done.wait()
print(resident() - before)
go.set()
for thread in threads: thread.join()
"""
    small, control = (
        int(subprocess.run([sys.executable, "-c", program, how], check=True, capture_output=True).stdout)
        for how in ("small", "as it is")
    )
    assert small < 6_000, f"{small} kB stayed"
    assert control > 20_000, "the control: without the setting the blocks stay with the threads"


def test_what_speaks_to_providers_is_loaded_only_where_there_is_one() -> None:
    program = "import sys, app.server.main; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "litestar" in loaded
    assert not loaded & {"authlib", "joserfc", "requests", "alembic", "PySide6"}
