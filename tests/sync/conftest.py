"""One real server and as many clients as a test wants, each with an encrypted cache of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.domain.records import Staff
from app.server.store import open_store
from tests.server.sync_site import ANNA, SyncSite, sync_site
from tests.support.clocks import FixedClock
from tests.sync.desk import Desk, open_desk
from tests.sync.lives import Lives

NewDesk = Callable[..., Desk]


@pytest.fixture
def clock() -> FixedClock:
    """Give a clock that stands still."""
    return FixedClock()


@pytest.fixture
def site(tmp_path: Path, clock: FixedClock) -> Iterator[SyncSite]:
    """Serve the whole application over HTTP, with one firm and its staff."""
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=clock)
    try:
        with sync_site(store) as running:
            yield running
    finally:
        store.close()


@pytest.fixture
def new_desk(site: SyncSite, tmp_path: Path, clock: FixedClock) -> Iterator[NewDesk]:
    """Give a function that opens a client for a staff member."""
    with ExitStack() as stack:
        number = 0

        def new(staff: Staff = ANNA, **options: int) -> Desk:
            nonlocal number
            number += 1
            return stack.enter_context(open_desk(site, staff, tmp_path / f"desk{number}", clock, **options))

        yield new


@pytest.fixture
def desk(new_desk: NewDesk) -> Desk:
    """Give one client."""
    return new_desk()


@pytest.fixture
def lives(tmp_path: Path, clock: FixedClock) -> Iterator[Lives]:
    """Give a server that can be backed up, lost and restored, and clients that live on."""
    with ExitStack() as closing:
        yield Lives(tmp_path, clock, closing)
