"""What an administrator sees of the server: figures, log lines, and what a flood or a dead database gets."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from litestar.types import Message, Receive, Scope, Send

from app.contract.protocols import find_older
from app.contract.wire import ProblemCode
from app.errors import StorageError
from app.paths import resources_folder
from app.server.api.front import Front
from app.server.api.limits import MOST_BUCKETS, Limits, Rate, RateLimit
from app.server.api.meter import Meter
from app.server.application import build_application
from app.server.logs import JsonFormatter
from app.server.portal.pages import Pages
from app.server.portal.refusing import RefusalPages
from app.server.problems import ProblemError
from app.server.store import Store, open_store
from tests.server.sync_site import ANNA, FIRM, SyncSite, create, fill, sync_site
from tests.support.clocks import FixedClock
from tests.support.http_server import serving
from tests.support.postgresql_cluster import Cluster


class Seconds:
    """Seconds that go on when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def figures(url: str, **headers: str) -> dict[str, float]:
    answer = requests.get(f"{url}/metrics", headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_figures_count_what_happens_and_name_nobody(site: SyncSite) -> None:
    anna = site.client()
    anna.push(create(1), create(2), create(3, name=" "))
    anna.pull()
    requests.get(f"{site.url}/nothing/{ANNA.id}", timeout=60)
    requests.get(f"{site.url}/i/a-token-that-nobody-has-made", timeout=60)
    seen = figures(site.url)
    assert seen['samverka_commands_total{code="",status="applied"}'] == 2
    assert seen['samverka_commands_total{code="invalid",status="rejected"}'] == 1
    assert seen["samverka_pulled_rows_total"] > 5
    assert seen['samverka_http_requests_total{method="POST",route="/v1/sync/push",status="200"}'] == 1
    assert seen['samverka_http_requests_total{method="GET",route="other",status="404"}'] >= 1
    assert seen['samverka_outbox_waiting{outbox="mail"}'] == 0
    assert (seen["samverka_database_up"], seen["samverka_attention"]) == (1, 0)
    told = requests.get(f"{site.url}/metrics", timeout=60).text
    for private in (FIRM, ANNA.id, ANNA.email, "a-token-that", "Kund 1"):
        assert private not in told


def test_figures_are_for_this_machine_or_whoever_has_the_token(store: Store) -> None:
    with sync_site(store, metrics_token="a-token-for-metrics") as site:
        assert requests.get(f"{site.url}/metrics", timeout=60).status_code == 403
        wrong = requests.get(f"{site.url}/metrics", headers={"Authorization": "Bearer x"}, timeout=60)
        assert (wrong.status_code, wrong.json()["code"]) == (403, "forbidden")
        assert figures(site.url, Authorization="Bearer a-token-for-metrics")["samverka_database_up"] == 1


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.", "127.0.0.1:1x", ""])
def test_figures_are_not_for_what_comes_under_another_name(site: SyncSite, host: str) -> None:
    """A web page on this machine whose name leads here, or a proxy that does not say for whom it asks."""
    assert requests.get(f"{site.url}/metrics", headers={"Host": host}, timeout=60).status_code == 403
    for own in ("127.0.0.1:9", "LOCALHOST", "[::1]:8443"):
        assert requests.get(f"{site.url}/metrics", headers={"Host": own}, timeout=60).status_code == 200, own


def test_a_bucket_empties_and_fills() -> None:
    seconds = Seconds()
    limit = RateLimit(Rate(burst=3, per_second=0.5), seconds)
    for _ in range(3):
        limit.take("one")
    with pytest.raises(ProblemError) as refused:
        limit.take("one")
    assert (refused.value.problem, refused.value.retry_after) == (ProblemCode.TOO_MANY, 2.0)
    limit.take("another")
    seconds.now += 2.0
    limit.take("one")
    with pytest.raises(ProblemError):
        limit.check("one")


def test_buckets_do_not_pile_up() -> None:
    seconds = Seconds()
    limit = RateLimit(Rate(burst=3, per_second=0.5), seconds)
    for number in range(3 * MOST_BUCKETS):
        limit.take(str(number))
    assert len(limit._buckets) <= MOST_BUCKETS
    for _ in range(2):
        limit.take(str(3 * MOST_BUCKETS - 1))
    with pytest.raises(ProblemError):
        limit.take(str(3 * MOST_BUCKETS - 1))


def test_too_many_requests_are_told_when_to_come_again(store: Store) -> None:
    seconds = Seconds()
    few = Rate(burst=4, per_second=0.25)
    with sync_site(store, limits=Limits(RateLimit(few, seconds), RateLimit(few, seconds))) as site:
        anna = site.client()
        for _ in range(3):
            assert anna.call("GET", "/v1/sync/poke?wait=0").status_code == 200
        refused = anna.call("GET", "/v1/sync/poke?wait=0")
        assert (refused.status_code, refused.json()["code"]) == (429, "too-many-requests")
        assert refused.headers["retry-after"] == "4"
        assert site.client().call("GET", "/v1/sync/poke?wait=0").status_code == 200
        seconds.now += 4.0
        assert anna.call("GET", "/v1/sync/poke?wait=0").status_code == 200
        nobody = {"Authorization": "Bearer nobody"}
        told = [anna.call("GET", "/v1/sync/poke?wait=0", headers=nobody).status_code for _ in range(6)]
        assert told == [401] * 4 + [429] * 2


@pytest.mark.postgresql
def test_a_database_that_is_away_is_no_fault_of_the_command(cluster: Cluster, clock: FixedClock) -> None:
    store = open_store(cluster.create("going_away", "prepared"), clock=clock)
    with sync_site(store) as site:
        anna = site.client()
        command = anna.wire(create(1))
        cluster.drop("going_away")
        answer = anna.send(command)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable"), answer.text
        assert answer.headers["retry-after"] == "5"
        assert figures(site.url)["samverka_database_up"] == 0
        assert requests.get(f"{site.url}/health", timeout=60).status_code == 503
    store.close()


def test_a_wrong_statement_is_not_taken_for_a_database_that_is_away(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "server.db"), clock=FixedClock())
    fill(store)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE staff_scope")
    with pytest.raises(Exception, match="no such table") as raised, store.read(FIRM) as snapshot:
        snapshot.find_scope(ANNA.id)
    assert not isinstance(raised.value, StorageError)
    store.close()


@contextmanager
def listening(name: str) -> Iterator[list[logging.LogRecord]]:
    """Give the records that the logger is told."""
    records: list[logging.LogRecord] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    logger, handler = logging.getLogger(name), Keep()
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield records
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


def test_a_request_can_be_followed_into_the_log_and_no_secret_with_it(site: SyncSite) -> None:
    with listening("samverka.access") as records:
        anna = site.client()
        anna.call("POST", "/v1/sync/pull", json={"limit": 0}, headers={"X-Request-ID": "rq_followed"})
        requests.get(f"{site.url}/i/{'t' * 43}", timeout=60)
    lines = [json.loads(JsonFormatter().format(record)) for record in records]
    [mine] = [line for line in lines if line["request"] == "rq_followed"]
    assert (mine["method"], mine["path"], mine["status"]) == ("POST", "/v1/sync/pull", 400)
    assert mine["milliseconds"] > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", mine["at"])
    written = json.dumps(lines)
    assert anna.token not in written
    assert "tttt" not in written
    assert any(line["path"] == "/i/…" for line in lines)


def test_a_request_is_counted_and_in_the_log_before_the_end_of_its_answer_leaves(store: Store) -> None:
    meter = Meter(store, lambda: "")
    seen: list[tuple[bool, int]] = []

    async def inside(_scope: Scope, _receive: Receive, send: Send) -> None:
        start: Any = {"type": "http.response.start", "status": 200, "headers": []}
        body: Any = {"type": "http.response.body", "body": b"a", "more_body": True}
        end: Any = {"type": "http.response.body", "body": b"", "more_body": False}
        for message in (start, body, end):
            await send(message)

    with listening("samverka.access") as records:

        async def send(message: Message) -> None:
            shown = meter.render().decode()
            counted = 'samverka_http_requests_total{method="GET",route="other",status="200"} 1.0' in shown
            seen.append((counted, len(records)))

        async def receive() -> Any:
            raise AssertionError("nothing is read")

        scope: Any = {"type": "http", "method": "GET", "path": "/health", "headers": []}
        pages = RefusalPages(Pages(resources_folder() / "portal"))
        asyncio.run(Front(inside, None, meter, pages)(scope, receive, send))
    assert seen == [(False, 0), (False, 0), (True, 1)]
    assert len(records) == 1


@pytest.mark.parametrize(
    ("version", "older"),
    [
        ("6", "client"),
        ("7", None),
        ("8", None),
        ("9", "server"),
        ("", "client"),
        ("٧", "client"),
        ("7.0", "client"),
        ("1" * 9, "client"),
    ],
)
def test_the_present_protocol_and_the_one_before_it_are_spoken(version: str, older: str | None) -> None:
    assert find_older(version, range(7, 9)) == older


def test_a_failing_application_still_answers_with_a_problem_and_counts_it(store: Store) -> None:
    with sync_site(store) as site:
        application = build_application(site.assembly.parts)
        anna = site.client()
        with serving(application.asgi) as url:
            anna.url = url
            with store.engine.begin() as connection:
                connection.exec_driver_sql("ALTER TABLE staff_scope RENAME TO staff_scope_away")
            answer = anna.page()
            assert (answer.status_code, answer.json()["code"]) == (500, "internal")
            assert "staff_scope" not in answer.text
            counted = 'samverka_http_requests_total{method="POST",route="/v1/sync/pull",status="500"}'
            assert figures(url)[counted] == 1
