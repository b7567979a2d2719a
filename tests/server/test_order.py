"""Whoever writes a synchronised row has locked the firm's head first, and whoever reads sees one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event

from app.domain.commands import AddContact, CreateCustomer, WithdrawInvitation
from app.domain.ids import new_id
from app.domain.records import Contact
from app.server.administration import NewStaff, add_staff
from app.server.audit.erasing import erase_person
from app.server.audit.sealing import Seal
from app.server.store import Store, open_store
from app.server.store.restoring import StateFile, begin_new_life
from app.server.upkeep import UpkeepWorker
from tests.server.portal_site import answer, portal_site
from tests.server.sync_site import FIRM, SyncSite, create, customer, sync_site
from tests.support.clocks import FixedClock
from tests.support.postgresql_cluster import Cluster

LOCK = "UPDATE firm_head SET writing"


@contextmanager
def watched(store: Store) -> Iterator[list[list[str]]]:
    """Give the statements of each transaction that begins in the block, as SQLite runs them."""
    transactions: list[list[str]] = []
    current: dict[int, list[str]] = {}
    lock = threading.Lock()

    def hear(connection: Any) -> Callable[[str], None]:
        def note(statement: str) -> None:
            words = " ".join(statement.split())
            with lock:
                if words.startswith("BEGIN"):
                    current[id(connection)] = []
                    transactions.append(current[id(connection)])
                elif words not in {"COMMIT", "ROLLBACK"}:
                    current.setdefault(id(connection), []).append(words)

        return note

    def on_checkout(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.set_trace_callback(hear(connection))

    event.listen(store.engine, "checkout", on_checkout)
    try:
        yield transactions
    finally:
        event.remove(store.engine, "checkout", on_checkout)


def writes_records(statements: list[str]) -> bool:
    return any(
        words in statement
        for statement in statements
        for words in ("INTO record ", "UPDATE record ", "DELETE FROM record ")
    )


def unlocked(transactions: list[list[str]]) -> list[list[str]]:
    """Return the transactions that write records and do not begin with the lock."""
    return [one for one in transactions if writes_records(one) and not one[0].startswith(LOCK)]


def test_every_writer_begins_with_the_lock(tmp_path: Path) -> None:
    """Push is one of many: the portal, the workers for vendor and mail, the calendar, a restore."""
    clock = FixedClock()
    with portal_site(f"sqlite:///{tmp_path / 'server.db'}", clock=clock) as site:
        with watched(site.store) as transactions:
            invitation, link, code = site.invite("scanner", "utlagg")
            assert answer(link, code, {"scanner": "approved", "utlagg": "declined"}).status_code == 200
            site.side.run_until_quiet()
            site.register_farm()
            second, _, _ = site.invite("lon_smart")
            site.command(WithdrawInvitation(invitation_id=second.id))
            site.side.run_until_quiet()
            third, _, _ = site.invite("fakturering")
            clock.advance(timedelta(days=60))
            site.side.run_until_quiet()
            UpkeepWorker(site.store, Seal(b"s" * 32)).run_once()
            begin_new_life(site.store, StateFile(None))
        writing = [one for one in transactions if writes_records(one)]
        assert len(writing) > 12, len(writing)
        assert unlocked(transactions) == []
        assert invitation.id != third.id


def test_staff_checks_and_erasure_begin_with_the_lock_too(tmp_path: Path) -> None:
    with (
        closing(open_store(str(tmp_path / "server.db"), clock=FixedClock())) as store,
        sync_site(store) as site,
    ):
        anna = site.client()
        mine = customer(1, organisation_number="165560360793")
        person = Contact(id=new_id("ct"), customer_id=mine.id, name="Kim", email="kim@example.com")
        with watched(store) as transactions:
            anna.push(CreateCustomer(customer=mine), AddContact(contact=person))
            before = len(transactions)
            body = {"customer_ids": [mine.id]}
            assert len(anna.call("POST", "/v1/registrations/check", json=body).json()["registrations"]) == 1
            add_staff(store, FIRM, NewStaff(name="Eva", email="eva@byran.example"), None)
            assert erase_person(store, FIRM, email=person.email).contacts == 1
        assert len([one for one in transactions[before:] if writes_records(one)]) >= 3
        assert unlocked(transactions) == []


def test_a_writer_without_the_lock_would_be_seen() -> None:
    statements = ["SELECT 1", f"{LOCK} = head + 1", "INSERT INTO record (firm_id) VALUES ('fi_1')"]
    assert unlocked([statements, statements[1:]]) == [statements]


@pytest.mark.postgresql
def test_a_pull_is_one_moment_that_cannot_write(store: Store, site: SyncSite) -> None:
    if store.is_embedded:
        pytest.skip("SQLite's reading transactions are of one moment as they are")
    with store.read(FIRM) as snapshot:
        ask = snapshot.connection.exec_driver_sql
        assert ask("SHOW transaction_isolation").scalar() == "repeatable read"
        assert ask("SHOW transaction_read_only").scalar() == "on"
        site.write(customer(1))
        assert snapshot.head == ask("SELECT head FROM firm_head WHERE firm_id = 'fi_1'").scalar()
    with store.write(FIRM) as transaction:
        assert transaction.connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "off"


WRITERS, COMMITS = 8, 40


@pytest.mark.postgresql
def test_no_commit_is_missed_however_writers_and_pulls_meet(store: Store, site: SyncSite) -> None:
    if store.is_embedded:
        pytest.skip("SQLite has one writer at a time")
    puller = site.client()
    _, cursor = puller.pull()
    clients = [site.client() for _ in range(WRITERS)]
    made: set[str] = set()
    lock = threading.Lock()

    def write(number: int) -> None:
        for turn in range(COMMITS):
            command = create(1000 * number + turn)
            [result] = clients[number].push(command)
            assert result["status"] == "applied"
            with lock:
                made.add(command.customer.id)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    seen: set[str] = set()
    while any(thread.is_alive() for thread in threads):
        changes, cursor = puller.pull(cursor, limit=7)
        seen |= {id_ for kind, id_ in changes if kind == "customer"}
    for thread in threads:
        thread.join()
    changes, cursor = puller.pull(cursor, limit=7)
    seen |= {id_ for kind, id_ in changes if kind == "customer"}
    assert len(made) == WRITERS * COMMITS
    assert made - seen == set()


@pytest.mark.postgresql
def test_a_sequence_as_cursor_misses_commits(cluster: Cluster, store: Store) -> None:
    """The control: two writers that take numbers and commit in the other order."""
    if store.is_embedded:
        pytest.skip("needs two writers at once")
    address = store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with (
        psycopg.connect(address, autocommit=True) as reader,
        psycopg.connect(address) as first,
        psycopg.connect(address) as second,
    ):
        reader.execute("CREATE TABLE naive (number bigserial PRIMARY KEY, name text)")
        first.execute("INSERT INTO naive (name) VALUES ('slow')")
        second.execute("INSERT INTO naive (name) VALUES ('quick')")
        second.commit()
        page = reader.execute("SELECT number, name FROM naive WHERE number > 0 ORDER BY number").fetchall()
        first.commit()
        rest = reader.execute("SELECT name FROM naive WHERE number > %s", (page[-1][0],)).fetchall()
        assert ([name for _, name in page], rest) == (["quick"], [])
