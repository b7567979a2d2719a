"""One firm with its server, on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.server.store import open_store
from tests.cases.office import Office, open_office
from tests.server.sync_site import sync_site
from tests.support.clocks import FixedClock


@pytest.fixture
def clock() -> FixedClock:
    """Give a clock that stands still."""
    return FixedClock()


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    """Give a firm at its desks."""
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=clock)
    try:
        with sync_site(store) as site, open_office(site, clock, tmp_path) as opened:
            yield opened
    finally:
        store.close()
