"""Real HTTP through a proxy of ours that cuts after every byte, resets, or is a hotel's portal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.domain.commands import UpdateCustomer
from app.errors import RemoteError
from app.server.store import open_store
from tests.reliability.cutting_proxy import CuttingProxy, Plan, cutting_proxy
from tests.server.sync_site import ANNA, FIRM, SyncSite, customer, sync_site
from tests.support.clocks import FixedClock
from tests.sync.desk import Desk, open_desk

IS_LONG = os.environ.get("SAMVERKA_LONG") == "1"
STEP = 1 if IS_LONG else 41
"""Bytes from one cut to the next: every byte outside CI."""

ROW = customer(1, name="Namn 0")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SyncSite]:
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=FixedClock())
    try:
        with sync_site(store) as running:
            running.write(ROW)
            yield running
    finally:
        store.close()


@pytest.fixture
def proxy(site: SyncSite) -> Iterator[CuttingProxy]:
    with cutting_proxy(urlsplit(site.url).port or 0) as running:
        yield running


@pytest.fixture
def desk(site: SyncSite, proxy: CuttingProxy, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(site, ANNA, tmp_path / "desk", FixedClock()) as opened:
        opened.transport.base_url = f"http://127.0.0.1:{proxy.port}"
        opened.round()
        yield opened


def rename(desk: Desk, count: int) -> None:
    change = {"name": {"from": f"Namn {count - 1}", "to": f"Namn {count}"}}
    desk.workspace.enqueue([UpdateCustomer(customer_id=ROW.id, set=change)])


def count_effects(site: SyncSite) -> int:
    """Return how many versions of the firm's records there are: one per effect."""
    return site.store.find_head(FIRM) or 0


@pytest.mark.parametrize("with_reset", [False, True])
@pytest.mark.parametrize("direction", ["up", "down"])
def test_cut_after_every_byte(
    site: SyncSite, proxy: CuttingProxy, desk: Desk, direction: str, *, with_reset: bool
) -> None:
    proxy.set_plan(Plan())
    rename(desk, 1)
    desk.round()
    length = proxy.carried_up if direction == "up" else proxy.carried_down
    assert length > 400
    before, failed = count_effects(site), 0
    cuts = range(0, length, STEP)
    for count, cut in enumerate(cuts, start=2):
        plan = Plan(cut_up=cut) if direction == "up" else Plan(cut_down=cut)
        plan.with_reset = with_reset
        proxy.set_plan(plan)
        rename(desk, count)
        try:
            desk.round()
        except RemoteError:
            failed += 1
        assert desk.names() == [f"Namn {count}"]
        proxy.set_plan(Plan())
        desk.round()
        assert desk.states()[-1] == "confirmed"
    assert failed > len(cuts) * 0.8
    assert count_effects(site) == before + len(cuts)
    assert desk.names() == [f"Namn {len(cuts) + 1}"]


def test_portal_is_told_from_our_server(proxy: CuttingProxy, desk: Desk) -> None:
    proxy.set_plan(Plan(is_portal=True))
    rename(desk, 1)
    with pytest.raises(RemoteError, match="not_our_server"):
        desk.round()
    assert desk.states() == ["sending"]
    proxy.set_plan(Plan())
    desk.round()
    assert desk.states() == ["confirmed"]


def test_cuts_are_seen_by_a_client_that_forgets(site: SyncSite, proxy: CuttingProxy, desk: Desk) -> None:
    """The control: a client that takes what it has sent for done loses what was cut."""
    before = count_effects(site)
    proxy.set_plan(Plan(cut_up=40))
    rename(desk, 1)
    with suppress(RemoteError):
        desk.round()
    with desk.database.write() as unit:
        unit.run("UPDATE outbox SET state = 'confirmed' WHERE state = 'sending'")
    proxy.set_plan(Plan())
    desk.round()
    assert count_effects(site) == before
