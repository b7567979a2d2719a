"""A pull with nothing new: the server's own time, in process, on both databases."""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack

from app.contract.wire import PullRequest
from app.server.feed.cursors import CursorSigner
from app.server.feed.pulling import Puller
from app.server.identity.principals import Principal
from app.server.store import open_store
from tests.benchmarks.figures import Figure
from tests.benchmarks.folders import benchmark_folder
from tests.benchmarks.sync import write_rows
from tests.server.sync_site import ANNA, FIRM, fill
from tests.support.postgresql_cluster import find_binaries, running_cluster

ROWS = 40_000
RUNS = 200
LIMIT_MS = 5.0


def measure(*, rows: int | None = None, where: bool = False) -> list[Figure]:
    """Return the figure for SQLite and, where it is installed, for PostgreSQL."""
    with ExitStack() as stack:
        folder = stack.enter_context(benchmark_folder())
        databases = {"SQLite": f"sqlite:///{folder / 'server.db'}"}
        binaries = find_binaries()
        if binaries is not None:
            cluster = stack.enter_context(running_cluster(binaries))
            databases["PostgreSQL"] = cluster.create("pulled")
        return [_measure(name, address, rows or ROWS) for name, address in databases.items()]


def _measure(name: str, address: str, rows: int) -> Figure:
    store = open_store(address)
    fill(store)
    write_rows(store, rows)
    with store.write(FIRM) as transaction:
        device = transaction.devices.add(ANNA.id, "bench", "linux", transaction.now)
    puller = Puller(store, CursorSigner([b"k" * 32]))
    principal = Principal(firm_id=FIRM, staff_id=ANNA.id, session_id="bench")
    cursor: str | None = None
    more = True
    while more:
        page = puller.pull(principal, device, PullRequest(cursor=cursor, limit=5000))
        cursor, more = page.cursor, page.more
    times, worked = [], []
    for _ in range(RUNS):
        began, had = time.perf_counter(), time.thread_time()
        page = puller.pull(principal, device, PullRequest(cursor=cursor))
        times.append((time.perf_counter() - began) * 1000)
        worked.append((time.thread_time() - had) * 1000)
    store.close()
    return Figure(
        name=f"a pull with nothing new of {rows} rows on {name}, the server's own time",
        unit="ms",
        ours=statistics.median(times),
        floor=LIMIT_MS,
        target="≤ 5 ms, which stands as the floor here",
        runs=RUNS,
        details={
            "95th percentile, ms": round(statistics.quantiles(times, n=20)[18], 2),
            "processor time of it, ms": round(statistics.median(worked), 2),
        },
    )
