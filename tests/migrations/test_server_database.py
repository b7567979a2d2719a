"""The server's database comes from an earlier revision with what it holds."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from app.contract.codec import encode_record
from app.domain.records import (
    Collaboration,
    CollaborationState,
    Company,
    Firm,
    Invitation,
    Participation,
    Record,
    Staff,
    keys_of,
    type_of,
)
from app.server.store import open_store
from app.server.store.engine import open_engine
from app.server.store.tables import SCHEMAS
from app.server.store.tenancy import enter_firm
from app.server.store.upgrading import NEWEST, find_version, migration_config, upgrade
from tests.support.clocks import FixedClock
from tests.support.postgresql_cluster import find_binaries, running_cluster

FIRM = "fi_1"
DAY = date(2026, 11, 25)
COMPANY = Company(number="5560360793", name="Exempel AB")
RECORDS: list[Record] = [
    Firm(id=FIRM, name="Byrån AB", organisation_number=""),
    Staff(id="st_1", name="Anna Ek", email="anna@byran.example"),
    Staff(id="st_2", name="Bo Alm", email="bo@byran.example", state="leaving", left_on=DAY),
    Participation(id="pa_1", engagement_id="en_1", customer_id="cu_1", staff_id="st_1", role="participant"),
    Participation(
        id="pa_2",
        engagement_id="en_1",
        customer_id="cu_1",
        staff_id="st_2",
        role="participant",
        from_on=date(2026, 11, 1),
        to_on=DAY,
    ),
    Invitation(id="in_1", activation_id="av_1", customer_id="cu_1", state="sent", expires_on=DAY),
    Invitation(id="in_2", activation_id="av_2", customer_id="cu_1", state="expired", expires_on=DAY),
    Collaboration(
        id="cl_1",
        company=COMPANY,
        service="scanner",
        state=CollaborationState.ENDING,
        ends_on=DAY,
        end_confirmed_at=FixedClock().now(),
    ),
    Collaboration(id="cl_2", company=COMPANY, service="utlagg", state=CollaborationState.ENDING, ends_on=DAY),
    Collaboration(id="cl_3", company=COMPANY, service="utlagg", state=CollaborationState.ENDED, ends_on=DAY),
]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'server.db'}"
        return
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL (initdb, pg_ctl) is not installed on this machine")
    with running_cluster(binaries) as cluster:
        yield cluster.create(f"test_{secrets.token_hex(6)}")


def make_tables(engine: Engine, revision: str) -> None:
    """Make the tables of an earlier revision."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            for schema in SCHEMAS:
                connection.execute(text(f"CREATE SCHEMA {schema}"))
        command.upgrade(migration_config(connection), revision)


def make_old(engine: Engine) -> None:
    """Make the tables of revision 0002, and write the records into them as that version did."""
    make_tables(engine, "0002")
    with engine.begin() as connection:
        enter_firm(connection, FIRM)
        connection.execute(
            text(
                "INSERT INTO firm_head (firm_id, epoch, head, writing, floor, audit_number, audit_hash)"
                " VALUES (:firm_id, 'e', 7, 7, 0, 0, '')"
            ),
            {"firm_id": FIRM},
        )
        for record in RECORDS:
            keys = keys_of(record)
            connection.execute(
                text(
                    "INSERT INTO record"
                    " (firm_id, type, id, rev, removed, customer_id, parent_id, lookup, data)"
                    " VALUES (:firm_id, :type, :id, 7, '', :customer_id, :parent_id, :lookup, :data)"
                ),
                {
                    "firm_id": FIRM,
                    "type": type_of(record),
                    "id": record.id,
                    "customer_id": keys.customer_id,
                    "parent_id": keys.parent_id,
                    "lookup": keys.lookup,
                    "data": encode_record(record).decode(),
                },
            )
        connection.execute(text("UPDATE firm_head SET writing = NULL"))


def test_days_of_what_was_written_earlier_are_found(address: str) -> None:
    engine = open_engine(address)
    make_old(engine)
    engine.dispose()
    store = open_store(address)
    try:
        with store.engine.begin() as connection:
            enter_firm(connection, FIRM)
            rows = connection.execute(text("SELECT id, rev, from_on, to_on FROM record")).all()
            found = {id_: (from_on, to_on) for id_, _, from_on, to_on in rows}
        assert {rev for _, rev, _, _ in rows} == {7}, "nobody has changed anything"
        for record in RECORDS:
            keys = keys_of(record)
            days = tuple(None if day is None else day.isoformat() for day in (keys.from_on, keys.to_on))
            assert found[record.id] == days, record
        assert {id_ for id_, days in found.items() if any(days)} == {"st_2", "pa_2", "in_1", "cl_1"}
        with store.read(FIRM) as snapshot:
            assert [one.id for one in snapshot.reader.list_due("collaboration", DAY)] == ["cl_1"]
        with store.engine.connect() as connection, connection.begin():
            enter_firm(connection, FIRM)
            with pytest.raises(DBAPIError, match="foreign rev"):
                connection.execute(text("UPDATE record SET data = '{}' WHERE id = 'st_1'"))
    finally:
        store.close()


def make_first(engine: Engine) -> None:
    """Make the tables of revision 0001, with an outcome in them."""
    make_tables(engine, "0001")
    with engine.begin() as connection:
        enter_firm(connection, FIRM)
        connection.execute(
            text(
                "INSERT INTO command_outcome (firm_id, command_id, device_id, staff_id, seq, type,"
                " fingerprint, status, head, result, settled_at) VALUES (:firm_id, 'cmd_1', 'dv_1', 'st_1',"
                " 1, 'contact.remove', 'f', 'applied', 7, '{}', '2026-11-23 08:41:00')"
            ),
            {"firm_id": FIRM},
        )


def test_outcomes_of_the_first_version_are_kept(address: str) -> None:
    """A device may ask for them again; which record they were about was not written down then."""
    engine = open_engine(address)
    make_first(engine)
    engine.dispose()
    store = open_store(address)
    try:
        with store.engine.begin() as connection:
            enter_firm(connection, FIRM)
            rows = connection.execute(text("SELECT command_id, status, entity FROM command_outcome")).all()
        assert [tuple(row) for row in rows] == [("cmd_1", "applied", "")]
    finally:
        store.close()


def test_an_upgrade_that_fails_half_way_leaves_the_database_as_it_was(address: str) -> None:
    """The last revision stumbles over an index that is there already; the one before it is undone, too."""
    engine = open_engine(address)
    try:
        make_first(engine)
        with engine.begin() as connection:
            connection.execute(text("CREATE INDEX record_to_on ON record (firm_id)"))
        with pytest.raises(DBAPIError, match="record_to_on"):
            upgrade(engine)
        assert find_version(engine) == "0001"
        assert not inspect(engine).has_table("audit_head")
        with engine.begin() as connection:
            connection.execute(text("DROP INDEX record_to_on"))
        upgrade(engine)
        assert find_version(engine) == NEWEST
    finally:
        engine.dispose()


@pytest.mark.postgresql
def test_firms_are_still_kept_apart_afterwards(tmp_path: Path) -> None:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL (initdb, pg_ctl) is not installed on this machine")
    with running_cluster(binaries) as cluster:
        engine = open_engine(cluster.create("upgraded"))
        make_old(engine)
        engine.dispose()
        store = open_store(cluster.address("upgraded"))
        try:
            with store.engine.begin() as connection:
                enter_firm(connection, "fi_2")
                assert connection.execute(text("SELECT count(*) FROM record")).scalar() == 0
        finally:
            store.close()
