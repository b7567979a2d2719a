"""A database of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.database import Database
from app.storage.opening import open_database
from app.usecases.events import Events
from app.usecases.workspace import Workspace
from tests.support.clocks import MONDAY_MORNING, FixedClock

KEY = bytes(range(32))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(
        tmp_path / "cache.db", KEY, set_aside_folder=tmp_path / "aside", now=MONDAY_MORNING
    )
    yield opened.database
    opened.database.close()


@pytest.fixture
def workspace(database: Database) -> Workspace:
    """Return the local side of somebody who sees all customers."""
    return Workspace(database, FixedClock(), Events())
