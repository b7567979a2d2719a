"""Client processes that are killed (kill -9) in the middle of their work, on the encrypted file.

What ``enqueue`` has returned for is never lost, and nothing is done twice. A few lives here; 300 outside CI.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.clock import SystemClock
from app.contract.wire import OutcomeStatus
from app.server.store import open_store
from app.storage.outbox import list_entries
from tests.reliability.working_client import open_client
from tests.server.sync_site import ANNA, FIRM, SyncSite, sync_site
from tests.support.guards import ROOT
from tests.sync.test_rounds import server_names

IS_LONG = os.environ.get("SAMVERKA_LONG") == "1"
LIVES = 300 if IS_LONG else 6


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SyncSite]:
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=SystemClock())
    try:
        with sync_site(store) as running:
            yield running
    finally:
        store.close()


def live_and_die(folder: Path, site: SyncSite, begin: int, decisions: int) -> list[str]:
    """Let a client work until it has told of so many decisions, kill it, and return their ids."""
    token = site.token(FIRM, ANNA.id)
    words = [
        sys.executable,
        "-m",
        "tests.reliability.working_client",
        str(folder),
        site.url,
        token,
        str(begin),
    ]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        told = [running.stdout.readline().strip() for _ in range(decisions)]
        running.kill()
        told += running.stdout.read().split()
    assert all(told)
    return told


def check(folder: Path, site: SyncSite, told: list[str]) -> None:
    workspace, engine = open_client(folder, site.url, site.token(FIRM, ANNA.id))
    for _ in range(3):
        engine.round()
    with workspace.read() as unit:
        entries = {entry.command.id: entry for entry in list_entries(unit, "1")}
    assert set(told) <= entries.keys()
    assert {entry.state for entry in entries.values()} == {"confirmed"}
    with site.store.read(FIRM) as snapshot:
        outcomes = snapshot.devices.list_outcomes(list(entries))
        assert [outcome.status for outcome in outcomes] == [OutcomeStatus.APPLIED] * len(entries)
        made = [row for row in snapshot.list_audit() if "customer_created" in row.detail]
    # Each decision made one customer: as many as there are, and as many entries in the audit.
    assert len(server_names(site)) == len(entries) == len(made)
    workspace.database.close()


def test_nothing_is_lost_or_doubled(tmp_path: Path, site: SyncSite) -> None:
    dice, told = random.Random(1), list[str]()
    folder = tmp_path / "desk"
    folder.mkdir()
    for life in range(LIVES):
        told += live_and_die(folder, site, life * 1000, dice.randint(1, 12))
    check(folder, site, told)
    print(f"{LIVES} killed, {len(told)} decisions, 0 lost")


def test_loss_is_seen(tmp_path: Path, site: SyncSite) -> None:
    """The control: an outbox that has lost a row fails the comparison."""
    folder = tmp_path / "desk"
    folder.mkdir()
    told = live_and_die(folder, site, 0, 3)
    workspace, _ = open_client(folder, site.url, "")
    with workspace.database.write() as unit:
        unit.run("DELETE FROM outbox WHERE id = ?", (told[0],))
    workspace.database.close()
    with pytest.raises(AssertionError):
        check(folder, site, told)
