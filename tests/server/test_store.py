"""The store itself: the order that it guards, what it refuses, its outboxes and its chain."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.domain.effects import Effect, MailRequest, Put, Remove, VendorRequest
from app.domain.records import Contact, Recipient
from app.errors import StorageError
from app.server.store import SERVER, Entry, FirmTransaction, Store, open_store
from app.server.store.tables import metadata
from app.server.store.tenancy import enter_firm
from app.server.store.upgrading import NEWEST, find_version, migration_config
from tests.server.conftest import PREPARED
from tests.server.sync_site import FIRM, OTHER_FIRM, customer, fill
from tests.support.clocks import FixedClock
from tests.support.postgresql_cluster import Cluster


@pytest.fixture
def firms(store: Store) -> Store:
    fill(store)
    return store


def put(store: Store, *records: object, firm_id: str = FIRM) -> int:
    with store.write(firm_id) as transaction:
        changes = tuple(Put(record) for record in records)  # type: ignore[arg-type]
        transaction.write(Effect(changes=changes), by=SERVER, source="test")
    return transaction.head


def run(store: Store, statement: str, **values: object) -> None:
    with store.engine.begin() as connection:
        enter_firm(connection, FIRM)
        connection.execute(text(statement), values)


@contextmanager
def failing_transaction(store: Store) -> Iterator[FirmTransaction]:
    """Run a transaction that breaks at its end."""
    with suppress(ZeroDivisionError), store.write(FIRM) as transaction:
        yield transaction
        raise ZeroDivisionError


INSERT = (
    "INSERT INTO record (firm_id, type, id, rev, removed, data)"
    " VALUES ('fi_1', 'customer', 'cu_x', :rev, '', '{}')"
)


@pytest.mark.parametrize("offset", [-1, 0, 1, 2])
def test_the_trigger_refuses_whatever_rev_a_writer_without_the_head_gives(firms: Store, offset: int) -> None:
    head = firms.find_head(FIRM) or 0
    with pytest.raises(DBAPIError, match="foreign rev"):
        run(firms, INSERT, rev=head + offset)


@pytest.mark.parametrize("offset", [-1, 0, 2])
def test_the_trigger_refuses_another_rev_in_a_transaction_that_has_the_head(
    firms: Store, offset: int
) -> None:
    with pytest.raises(DBAPIError, match="foreign rev"), firms.write(FIRM) as transaction:
        transaction.connection.execute(text(INSERT), {"rev": transaction.state.head + offset})
    with firms.write(FIRM) as transaction:
        transaction.connection.execute(text(INSERT), {"rev": transaction.rev})


def test_the_trigger_refuses_changes_behind_its_back(firms: Store) -> None:
    put(firms, customer(1))
    with pytest.raises(DBAPIError, match="foreign rev"):
        run(firms, "UPDATE record SET data = '{}' WHERE type = 'customer'")
    with pytest.raises(DBAPIError, match="above the floor"):
        run(firms, "DELETE FROM record WHERE type = 'customer'")


def test_tombstones_above_the_floor_stay(firms: Store) -> None:
    contact = Contact(id="ct_1", customer_id="cu_1", name="Kim")
    put(firms, contact)
    with firms.write(FIRM) as transaction:
        transaction.write(Effect(changes=(Remove("contact", "ct_1"),)), by=SERVER, source="test")
    with pytest.raises(DBAPIError, match="above the floor"):
        run(firms, "DELETE FROM record WHERE removed <> ''")
    with firms.write(FIRM) as transaction:
        assert transaction.purge_tombstones(transaction.state.head) == 1


def test_the_head_moves_once_for_a_transaction_that_wrote_something(firms: Store) -> None:
    before = firms.find_head(FIRM) or 0
    with firms.write(FIRM) as transaction:
        for number in (1, 2):
            changes = (Put(customer(number)),)
            transaction.write(Effect(changes=changes), by=SERVER, source="test")
    assert firms.find_head(FIRM) == before + 1
    with firms.write(FIRM) as transaction:
        transaction.write(Effect(), by=SERVER, source="test")
    assert firms.find_head(FIRM) == before + 1


def test_a_transaction_that_fails_leaves_nothing(firms: Store) -> None:
    before = firms.find_head(FIRM)
    effect = Effect(changes=(Put(customer(1)),), vendor=(VendorRequest(kind="activate", about_id="av_1"),))
    with failing_transaction(firms) as transaction:
        transaction.write(effect, by=SERVER, source="test")
    assert firms.find_head(FIRM) == before
    assert firms.vendor_queue.lease() == []
    put(firms, customer(2))
    assert firms.find_head(FIRM) == (before or 0) + 1


def test_writers_of_one_firm_come_one_after_the_other(firms: Store) -> None:
    heads: list[int] = []

    def write(first: int) -> None:
        for number in range(first, first + 25):
            heads.append(put(firms, customer(number)))

    before = firms.find_head(FIRM) or 0
    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(heads) == list(range(before + 1, before + 101))
    assert firms.find_head(FIRM) == before + 100


def test_a_snapshot_does_not_move_while_others_write(firms: Store) -> None:
    with firms.read(FIRM) as snapshot:
        before = snapshot.head
        put(firms, customer(1))
        assert list(snapshot.reader.walk("customer")) == []
        assert snapshot.head == before
    with firms.read(FIRM) as snapshot:
        assert len(list(snapshot.reader.walk("customer"))) == 1


def test_listeners_hear_of_a_head_after_its_commit(firms: Store) -> None:
    heard: list[tuple[str, int, int | None]] = []
    firms.subscribe(lambda firm_id, head: heard.append((firm_id, head, firms.find_head(firm_id))))
    head = put(firms, customer(1))
    with firms.write(FIRM):
        pass
    assert heard == [(FIRM, head, head)]


def test_one_live_customer_per_number(firms: Store) -> None:
    number = "165560360793"
    put(firms, customer(1, organisation_number=number))
    with pytest.raises(DBAPIError):
        put(firms, customer(2, organisation_number=number))
    put(firms, customer(3, organisation_number=number), firm_id=OTHER_FIRM)
    put(firms, customer(4, organisation_number=number, serial=1), customer(5), customer(6))


def test_requests_to_vendor_and_mail_are_leased_once_and_come_back(firms: Store) -> None:
    recipient = Recipient(name="Kim", email="kim@kund.example")
    mail = MailRequest(kind="invitation", about_id="iv_1", recipient=recipient, language="en")
    effect = Effect(vendor=(VendorRequest(kind="activate", about_id="av_1"),), mails=(mail,))
    with firms.write(FIRM) as transaction:
        transaction.write(effect, by=SERVER, source="cmd_1")
    [job] = firms.mail_queue.lease()
    assert (job.kind, job.about_id, job.recipient, job.language, job.attempts) == (
        "invitation",
        "iv_1",
        recipient,
        "en",
        1,
    )
    assert firms.mail_queue.lease() == []
    assert firms.mail_queue.next_due_at() == firms.clock.now() + timedelta(minutes=2)
    firms.clock.advance(timedelta(minutes=3))  # type: ignore[attr-defined]
    [again] = firms.mail_queue.lease()
    assert (again.id, again.attempts) == (job.id, 2)
    firms.mail_queue.retry(again, firms.clock.now() + timedelta(hours=1), "mail_delayed")
    assert firms.mail_queue.lease() == []
    firms.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
    [third] = firms.mail_queue.lease()
    assert third.last_error == "mail_delayed"
    with failing_transaction(firms) as transaction:
        firms.mail_queue.finish(third, inside=transaction)
    with firms.write(FIRM) as transaction:
        firms.mail_queue.finish(third, inside=transaction)
    firms.clock.advance(timedelta(days=9))  # type: ignore[attr-defined]
    assert firms.mail_queue.lease() == []
    assert firms.mail_queue.next_due_at() is None
    [vendor] = firms.vendor_queue.lease()
    assert (vendor.kind, vendor.about_id, vendor.recipient) == ("activate", "av_1", None)
    firms.vendor_queue.give_up(vendor, "refused")
    firms.clock.advance(timedelta(days=9))  # type: ignore[attr-defined]
    assert firms.vendor_queue.lease() == []


@pytest.mark.postgresql
def test_a_row_that_a_worker_is_about_to_lease_is_nobody_elses(postgresql_firms: Store) -> None:
    """Two processes look at the same moment: the second takes the next row, and does not wait."""
    mails = tuple(
        MailRequest(kind="invitation", about_id=about, recipient=Recipient(name="Kim", email="k@k.example"))
        for about in ("iv_1", "iv_2")
    )
    with postgresql_firms.write(FIRM) as transaction:
        transaction.write(Effect(mails=mails), by=SERVER, source="cmd_1")
    queue = postgresql_firms.mail_queue
    with postgresql_firms.engine.begin() as other:
        first = other.execute(
            text("SELECT about_id FROM mail_outbox ORDER BY due_at, id LIMIT 1 FOR UPDATE")
        ).scalar()
        assert [job.about_id for job in queue.lease()] == [{"iv_1": "iv_2", "iv_2": "iv_1"}[str(first)]]
        assert queue.lease() == []
    assert [job.about_id for job in queue.lease()] == [first]


def test_entries_and_settings_of_a_transaction_go_with_it(firms: Store) -> None:
    with failing_transaction(firms) as transaction:
        transaction.routing.put(Entry(kind="code", key="k", firm_id=FIRM))
    with firms.routing.read() as rows:
        assert rows.find("code", "k") is None
    with firms.write(FIRM) as transaction:
        transaction.routing.put(Entry(kind="code", key="k", firm_id=FIRM))
    with firms.routing.read() as rows:
        assert rows.find("code", "k") is not None
    assert firms.settings.find_or_put("a", "1") == firms.settings.find_or_put("a", "2") == "1"


def test_migrations_make_the_tables_that_statements_are_built_from(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        options = {"include_schemas": True, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        if connection.dialect.name == "sqlite":
            found = {
                row[0]
                for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            assert {table.name for table in metadata.sorted_tables} <= found
        else:
            assert compare_metadata(context, metadata) == []


TENANT_TABLES = sorted(
    table.name
    for table in metadata.sorted_tables
    if table.schema is None
    and "firm_id" in table.c
    and table.name not in {"firm_head", "vendor_outbox", "mail_outbox"}
)


@pytest.fixture
def postgresql_firms(cluster: Cluster, clock: FixedClock) -> Iterator[Store]:
    name = f"test_{secrets.token_hex(6)}"
    store = open_store(cluster.create(name, PREPARED), clock=clock)
    fill(store)
    yield store
    store.close()
    cluster.drop(name)


@pytest.mark.postgresql
def test_a_transaction_of_one_firm_has_no_rows_of_another(postgresql_firms: Store) -> None:
    put(postgresql_firms, customer(1))
    count = "SELECT count(*) FROM record"
    with postgresql_firms.engine.connect() as connection:
        assert connection.exec_driver_sql(count).scalar() == 0
        enter_firm(connection, OTHER_FIRM)
        assert connection.exec_driver_sql(count).scalar() == 2
        assert set(connection.exec_driver_sql("SELECT firm_id FROM record").scalars()) == {OTHER_FIRM}
        connection.rollback()
        assert connection.exec_driver_sql(count).scalar() == 0
    foreign = text("INSERT INTO protected_customer (firm_id, customer_id) VALUES ('fi_1', 'cu_1')")
    with pytest.raises(DBAPIError, match="row-level security"), postgresql_firms.write(OTHER_FIRM) as writing:
        writing.connection.execute(foreign)
    with postgresql_firms.write(FIRM) as writing:
        writing.connection.execute(foreign)


@pytest.mark.postgresql
def test_every_table_with_a_firms_data_is_secured_for_its_owner_too(postgresql_firms: Store) -> None:
    forced = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY relname"
    with postgresql_firms.engine.connect() as connection:
        assert connection.exec_driver_sql(forced).scalars().all() == TENANT_TABLES


def test_the_newest_migration_is_the_one_that_starts_without_alembic(store: Store) -> None:
    from alembic.script import ScriptDirectory

    with store.engine.connect() as connection:
        assert ScriptDirectory.from_config(migration_config(connection)).get_current_head() == NEWEST
    assert find_version(store.engine) == NEWEST


def test_a_firm_that_is_not_there(store: Store) -> None:
    for use in (store.read, store.write):
        with pytest.raises(StorageError, match="firm_unknown"), use("fi_nobody"):
            pass
    fill(store)
    with pytest.raises(StorageError, match="firm_exists"):
        fill(store)


@pytest.mark.parametrize("key", [None, bytes(32)])
def test_what_is_committed_to_a_file_is_on_the_disk(tmp_path: Path, key: bytes | None) -> None:
    """A client holds what was answered as done: no power cut may take it (SQLite: 2 is FULL)."""
    with closing(open_store(str(tmp_path / "server.db"), key=key)) as store, store.engine.connect() as one:
        assert one.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert one.execute(text("PRAGMA synchronous")).scalar() == 2
        # Nor does what was removed (an old outcome, a tombstone) stay readable in a page that is free now.
        assert one.execute(text("PRAGMA secure_delete")).scalar() == 1


def test_a_writing_transaction_of_a_file_has_the_lock_from_its_beginning(tmp_path: Path) -> None:
    """Otherwise what another process writes between its first look and its first write would end it."""
    path = tmp_path / "server.db"
    with (
        closing(open_store(str(path))) as store,
        closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other,
    ):
        with store.engine.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")


def test_an_encrypted_database_opens_with_its_key_only(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'server.db'}"
    store = open_store(address, key=b"k" * 32)
    fill(store)
    put(store, customer(1, name="Kanariefågeln AB"))
    store.close()
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert "Kanariefågeln".encode() not in content
        assert b"SQLite format" not in content
    for wrong in (b"x" * 32, None):
        with pytest.raises(StorageError, match="database_unreadable"):
            open_store(address, key=wrong)
    store = open_store(address, key=b"k" * 32)
    with store.read(FIRM) as snapshot:
        assert len(list(snapshot.reader.walk("customer"))) == 1
    store.close()


def test_a_database_of_a_newer_version_is_left_alone(store: Store) -> None:
    run(store, "UPDATE alembic_version SET version_num = '9999'")
    address = store.engine.url.render_as_string(hide_password=False)
    if store.is_embedded:
        address = f"sqlite:///{_file_of(store)}"
    with pytest.raises(StorageError, match="database_newer"):
        open_store(address)


def _file_of(store: Store) -> str:
    with store.engine.connect() as connection:
        return str(connection.exec_driver_sql("PRAGMA database_list").all()[0][2])


@pytest.mark.parametrize("address", ["mysql://host/db", "sqlite://", "nonsense://"])
def test_an_address_that_is_no_database_of_ours(address: str) -> None:
    with pytest.raises(StorageError, match="server_database_url"):
        open_store(address)


def test_a_customer_written_again_is_the_same_row(firms: Store) -> None:
    one = customer(1)
    put(firms, one)
    head = put(firms, replace(one, name="Annat namn AB"))
    with firms.read(FIRM) as snapshot:
        assert snapshot.head == head
        assert snapshot.reader.find("customer", one.id) == replace(one, name="Annat namn AB")
