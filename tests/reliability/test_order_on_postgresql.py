"""Many writers on PostgreSQL and a reader that follows its cursor: no commit is missed.

The head's lock gives the order. A plain sequence in its place, the control, misses commits: a number is taken
before the commit, and a reader that has come past it never looks back.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest

from app.contract.wire import PullRequest
from app.domain.effects import Effect, Put
from app.domain.records import Contact, Firm, Staff
from app.server.feed.cursors import CursorSigner
from app.server.feed.pulling import Puller
from app.server.identity.principals import Principal
from app.server.store import SERVER, Store, open_store
from tests.server.conftest import cluster  # noqa: F401 - a fixture
from tests.support.postgresql_cluster import Cluster

IS_LONG = os.environ.get("SAMVERKA_LONG") == "1"
COMMITS = 40_000 if IS_LONG else 10_000
WRITERS = 4
FIRM = "fi_order"
READER = Staff(id="st_reader", name="Läsare", email="reader@byran.example")

pytestmark = pytest.mark.postgresql


@pytest.fixture
def store(cluster: Cluster) -> Iterator[Store]:  # noqa: F811 - the fixture above
    name = "order"
    opened = open_store(cluster.create(name))
    opened.create_firm(Firm(id=FIRM, name="Byrån AB", organisation_number=""), READER)
    yield opened
    opened.close()
    cluster.drop(name)


def in_threads(work: Callable[[int], None], meanwhile: Callable[[threading.Event], None]) -> None:
    """Run the work once per writer, and ``meanwhile`` in this thread until all of them are done."""
    done, errors = threading.Event(), []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001 - raised again below, in the test's thread
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]

    def wait() -> None:
        for thread in threads:
            thread.join()
        done.set()

    waiter = threading.Thread(target=wait)
    for thread in (*threads, waiter):
        thread.start()
    try:
        meanwhile(done)
    finally:
        waiter.join()
    if errors:
        raise errors[0]


def test_no_commit_is_missed(store: Store) -> None:
    puller = Puller(store, CursorSigner([b"k" * 32]))
    principal = Principal(firm_id=FIRM, staff_id=READER.id, session_id="se_1")
    with store.write(FIRM) as transaction:
        device = transaction.devices.add(READER.id, "x", "linux", transaction.now)
    seen: set[str] = set()
    pages = 0

    def write(number: int) -> None:
        for count in range(COMMITS // WRITERS):
            contact = Contact(id=f"ct_{number}_{count}", customer_id="cu_1", name="Kontakt")
            with store.write(FIRM) as transaction:
                transaction.write(Effect(changes=(Put(contact),)), by=SERVER, source="order")

    def follow(done: threading.Event) -> None:
        nonlocal pages
        cursor = None
        while True:
            was_done = done.is_set()
            answer = puller.pull(principal, device, PullRequest(cursor=cursor, limit=50))
            seen.update(change.id for change in answer.changes)
            cursor, pages = answer.cursor, pages + 1
            if was_done and not answer.more:
                return

    in_threads(write, follow)
    wanted = {f"ct_{number}_{count}" for number in range(WRITERS) for count in range(COMMITS // WRITERS)}
    assert wanted - seen == set()
    assert pages > 100
    print(f"{len(wanted)} commits, {pages} pages, 0 missed")


def test_a_sequence_as_the_cursor_misses_some(cluster: Cluster) -> None:  # noqa: F811 - the fixture above
    """The control: the same reader on numbers of a sequence. Without a miss the above proves nothing."""
    address = cluster.create("sequence")
    missed = 0
    try:
        with psycopg.connect(address, autocommit=True) as reader:
            reader.execute("CREATE TABLE entry (id bigserial PRIMARY KEY, name text)")
            reader.execute("CREATE TABLE other (id int PRIMARY KEY, count int)")
            reader.execute(f"INSERT INTO other SELECT n, 0 FROM generate_series(0, {WRITERS}) n")
            for _ in range(20):
                missed += one_sitting(address, reader)
                if missed:
                    break
    finally:
        cluster.drop("sequence")
    print(f"{missed} missed")
    assert missed > 0


def one_sitting(address: str, reader: psycopg.Connection) -> int:
    """Let writers add rows while the reader follows; return how many it has not seen."""
    reader.execute("TRUNCATE entry")
    (last,) = reader.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone() or (0,)
    seen: set[int] = set()

    def write(number: int) -> None:
        with psycopg.connect(address) as connection:
            for _ in range(400):
                connection.execute("INSERT INTO entry (name) VALUES ('x')")
                connection.execute("UPDATE other SET count = count + 1 WHERE id = %s", (number,))
                connection.commit()

    def follow(done: threading.Event) -> None:
        nonlocal last
        while True:
            was_done = done.is_set()
            rows = reader.execute("SELECT id FROM entry WHERE id > %s ORDER BY id", (last,)).fetchall()
            seen.update(row[0] for row in rows)
            last = rows[-1][0] if rows else last
            if was_done and not rows:
                return

    in_threads(write, follow)
    written = {row[0] for row in reader.execute("SELECT id FROM entry").fetchall()}
    return len(written - seen)
