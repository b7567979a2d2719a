"""Databases for the server's tests: each test runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.server.store import Store, open_store
from tests.server.sync_site import SyncSite, sync_site
from tests.support.clocks import FixedClock
from tests.support.postgresql_cluster import Cluster, find_binaries, running_cluster

PREPARED = "prepared"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Run PostgreSQL for the session."""
    binaries = find_binaries()
    if binaries is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and in CI these tests are not skipped")
        pytest.skip("PostgreSQL (initdb, pg_ctl) is not installed on this machine")
    with running_cluster(binaries) as running:
        # The tables are made once: a copy of a database is quicker than its migrations.
        open_store(running.create(PREPARED)).close()
        yield running


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a database without firms."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'server.db'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = f"test_{secrets.token_hex(6)}"
    yield cluster.create(name, PREPARED)
    cluster.drop(name)


@pytest.fixture
def clock() -> FixedClock:
    """Give a clock that stands still."""
    return FixedClock()


@pytest.fixture
def store(database: str, clock: FixedClock) -> Iterator[Store]:
    """Give a store with its tables and no firm."""
    opened = open_store(database, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def site(store: Store) -> Iterator[SyncSite]:
    """Serve the whole application over HTTP, with one firm and its staff."""
    with sync_site(store) as running:
        yield running
