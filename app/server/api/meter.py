"""Figures for Prometheus: requests, commands, rows, waiting clients, and what lies in the outboxes.

Labels are routes, statuses and codes, never ids: figures of a firm or a person are nobody's business here,
and every new value of a label is a series that stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from app.contract.wire import CommandResult
from app.errors import StorageError
from app.server.store import Store

CONTENT_TYPE = CONTENT_TYPE_LATEST
OTHER_ROUTE = "other"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 30.0)


class Meter:
    """The figures of one application. ``find_problem`` gives the code that needs an administrator."""

    def __init__(self, store: Store, find_problem: Callable[[], str]) -> None:
        self._registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self._registry)
        self._requests = Counter(
            "samverka_http_requests", "Requests", ["method", "route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "samverka_http_request_seconds",
            "Time to answer, long polls left out",
            ["route"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._commands = Counter(
            "samverka_commands", "Commands by outcome", ["status", "code"], registry=self._registry
        )
        self._rows = Counter("samverka_pulled_rows", "Rows sent to clients", registry=self._registry)
        self._waiting = Gauge(
            "samverka_poke_waiting", "Clients that wait for a poke", registry=self._registry
        )
        self._registry.register(_StoreFigures(store, find_problem))

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request; ``route`` is the template of its path."""
        self._requests.labels(method, route, str(status)).inc()
        if route != "/v1/sync/poke":
            self._seconds.labels(route).observe(seconds)

    def count_results(self, results: Iterable[CommandResult]) -> None:
        """Count the outcomes that a push was answered with, those that were given again among them."""
        for result in results:
            self._commands.labels(str(result.status), result.code).inc()

    def count_rows(self, rows: int) -> None:
        """Count rows of a page."""
        self._rows.inc(rows)

    def begin_waiting(self) -> None:
        """One more client waits for a poke."""
        self._waiting.inc()

    def end_waiting(self) -> None:
        """One less waits."""
        self._waiting.dec()

    def render(self) -> bytes:
        """Return all figures as text, in Prometheus' format."""
        return generate_latest(self._registry)


class _StoreFigures:
    """Reads what is in the database at each scrape."""

    def __init__(self, store: Store, find_problem: Callable[[], str]) -> None:
        self._store = store
        self._find_problem = find_problem

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("samverka_database_up", "1 where the database answers")
        waiting = GaugeMetricFamily("samverka_outbox_waiting", "Rows that wait", labels=["outbox"])
        oldest = GaugeMetricFamily(
            "samverka_outbox_oldest_seconds", "Age of the oldest waiting row", labels=["outbox"]
        )
        failed = GaugeMetricFamily("samverka_outbox_failed", "Rows that were given up", labels=["outbox"])
        attention = GaugeMetricFamily("samverka_attention", "1 where an administrator is needed")
        attention.add_metric([], float(bool(self._find_problem())))
        now = self._store.clock.now()
        try:
            for name, queue in (("vendor", self._store.vendor_queue), ("mail", self._store.mail_queue)):
                state = queue.measure()
                waiting.add_metric([name], float(state.waiting))
                failed.add_metric([name], float(state.failed))
                age = 0.0 if state.oldest_at is None else (now - state.oldest_at).total_seconds()
                oldest.add_metric([name], max(0.0, age))
            up.add_metric([], 1.0)
        except StorageError:
            up.add_metric([], 0.0)
        yield from (up, waiting, oldest, failed, attention)
