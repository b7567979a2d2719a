"""A transaction that hangs with a firm's head keeps nobody waiting for long, and is ended (PostgreSQL)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import psycopg
import pytest

from app.contract.wire import Problem
from app.errors import StorageError
from app.remote.server import ProblemAnswerError
from app.server.store import Store, open_store
from app.server.store.waits import Waits
from app.sync.policy import Verdict, judge
from tests.server.conftest import PREPARED
from tests.server.sync_site import FIRM, ODD, OTHER_FIRM, create, fill, sync_site
from tests.support.clocks import FixedClock
from tests.support.postgresql_cluster import Cluster

pytestmark = pytest.mark.postgresql
SHORT, LONG = 0.2, 60.0


@pytest.fixture
def address(cluster: Cluster) -> Iterator[str]:
    name = f"test_{secrets.token_hex(6)}"
    yield cluster.create(name, PREPARED)
    cluster.drop(name)


@contextmanager
def opened(address: str, waits: Waits) -> Iterator[Store]:
    store = open_store(address, clock=FixedClock(), waits=waits)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def held(address: str, sql: str) -> Iterator[None]:
    """Keep open what an administrator has begun and forgotten."""
    with psycopg.connect(address) as forgotten:
        forgotten.execute(sql)
        yield
        forgotten.rollback()


HEAD = f"UPDATE firm_head SET writing = writing WHERE firm_id = '{FIRM}'"


@pytest.mark.parametrize("sql", [HEAD, "LOCK TABLE record IN ACCESS EXCLUSIVE MODE"], ids=["row", "table"])
def test_a_held_lock_is_told_and_the_same_command_succeeds_after_it(address: str, sql: str) -> None:
    with opened(address, Waits(lock=SHORT, statement=LONG, idle=LONG)) as store, sync_site(store) as site:
        anna, odd = site.client(), site.client(ODD, OTHER_FIRM)
        command = anna.wire(create(1))
        with held(address, sql):
            answer = anna.send(command)
            assert answer.status_code == 503, answer.text
            assert int(answer.headers["retry-after"]) > 0
            if sql == HEAD:
                assert odd.push(create(1))[0]["status"] == "applied", "another firm goes on"
            else:
                assert anna.page().status_code == 503, "who reads is told, too"
        problem = ProblemAnswerError(msgspec.json.decode(answer.content, type=Problem), 5.0)
        assert judge(problem).verdict == Verdict.RETRY
        assert judge(problem).retry_after == 5.0
        [result] = anna.send(command).json()["results"]
        assert result["status"] == "applied"


def test_a_process_that_stands_still_loses_the_head(address: str) -> None:
    """The second one waits for as long as it takes, and gets it."""
    with opened(address, Waits(lock=LONG, statement=LONG, idle=SHORT)) as store:
        fill(store)
        ended = pytest.raises(StorageError, match="database_unavailable")
        with ended, store.write(FIRM) as stopped, store.write(FIRM) as other:
            assert other.head == stopped.head
        with store.write(FIRM) as after:
            assert after.reader.find("firm", FIRM) is not None, "and the store goes on"


def test_a_statement_without_an_end_is_ended(address: str) -> None:
    with opened(address, Waits(lock=LONG, statement=SHORT, idle=LONG)) as store:
        fill(store)
        endless = "SELECT count(*) FROM generate_series(1, 100000000000)"
        with pytest.raises(StorageError, match="database_unavailable"), store.write(FIRM) as transaction:
            transaction.connection.exec_driver_sql(endless)
        with pytest.raises(StorageError, match="database_unavailable"), store.read(FIRM) as snapshot:
            snapshot.connection.exec_driver_sql(endless)


def test_entries_wait_no_longer_than_firms(address: str) -> None:
    """Sign-ins, links and queues come with no firm's head."""
    locked = "LOCK TABLE routing.routing_entry IN ACCESS EXCLUSIVE MODE"
    with (
        opened(address, Waits(lock=SHORT, statement=LONG, idle=LONG)) as store,
        held(address, locked),
        pytest.raises(StorageError, match="database_unavailable"),
        store.routing.write() as rows,
    ):
        rows.list_kind("session")


def test_the_times_are_the_transactions_own(address: str) -> None:
    """Nothing of them is left on a connection that a pool of PostgreSQL's would give to others."""
    with opened(address, Waits(lock=SHORT, statement=LONG, idle=LONG)) as store:
        fill(store)
        with store.engine.connect() as connection:
            asked = "SELECT current_setting('lock_timeout'), current_setting('statement_timeout')"
            with store.write(FIRM, connection) as transaction:
                assert tuple(transaction.connection.exec_driver_sql(asked).one()) == ("200ms", "1min")
            assert tuple(connection.exec_driver_sql(asked).one()) == ("0", "0")
