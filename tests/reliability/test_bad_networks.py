"""Real HTTP through a proxy of ours that cuts after every byte, resets, falls silent without an end,
trickles, or is a hotel's portal.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.domain.commands import UpdateCustomer
from app.errors import RemoteError
from app.remote.transport import READ_SECONDS, Reply, RequestsTransport
from app.server.application import build_application
from app.server.patience import Patience
from app.server.store import open_store
from app.sync.policy import Verdict, judge
from tests.reliability.cutting_proxy import CuttingProxy, Plan, cutting_proxy
from tests.server.sync_site import ANNA, FIRM, SyncSite, customer, sync_site
from tests.support.clocks import FixedClock
from tests.support.http_server import serving
from tests.sync.desk import Desk, open_desk

IS_LONG = os.environ.get("SAMVERKA_LONG") == "1"
STEP = 1 if IS_LONG else 41
"""Bytes from one cut to the next: every byte outside CI."""

ROW = customer(1, name="Namn 0")
PATIENCE = 60.0


class Line(RequestsTransport):
    """The shipped transport, with less patience than it has while a test lets a line fall silent."""

    # No slots as in the class above: a setting of the tests.
    most_seconds = READ_SECONDS

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        read_seconds: float = READ_SECONDS,
    ) -> Reply:
        seconds = min(self.most_seconds, read_seconds)
        return super().send(method, path, headers=headers, body=body, read_seconds=seconds)


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
    with open_desk(site, ANNA, tmp_path / "desk", FixedClock(), make_transport=Line) as opened:
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


HELD = [
    Plan(hold_up=0, hold_down=0),
    Plan(hold_up=150, hold_down=0),
    Plan(hold_up=450),
    Plan(hold_down=0),
    Plan(hold_down=100),
    Plan(hold_down=330),
]


@pytest.mark.parametrize("held", HELD, ids=lambda plan: f"up {plan.hold_up} down {plan.hold_down}")
def test_half_open_line_is_given_up_and_healed(
    site: SyncSite, proxy: CuttingProxy, desk: Desk, held: Plan
) -> None:
    """The other side accepts, takes some bytes or gives some, and then nothing comes and nothing ends."""
    before = count_effects(site)
    rename(desk, 1)
    proxy.set_plan(held)
    assert isinstance(desk.transport, Line)
    desk.transport.most_seconds = 0.3
    with pytest.raises(RemoteError) as caught:
        desk.round()
    assert (judge(caught.value).verdict, judge(caught.value).connection) == (Verdict.RETRY, "offline")
    assert desk.names() == ["Namn 1"]
    assert desk.states() == ["sending"]
    desk.transport.most_seconds = READ_SECONDS
    proxy.set_plan(Plan())
    desk.round()
    assert desk.states() == ["confirmed"]
    assert count_effects(site) == before + 1


def test_server_lets_go_of_half_open_lines(site: SyncSite, proxy: CuttingProxy, desk: Desk) -> None:
    """The client has gone, and the server does not hear of it: before the head, within it, within the body.

    That others are served meanwhile is shown in tests/server/test_patience.py.
    """
    application = build_application(site.assembly.parts)
    with (
        serving(application.asgi, Patience(request=0.3)) as url,
        cutting_proxy(urlsplit(url).port or 0) as half_open,
    ):
        assert isinstance(desk.transport, Line)
        whole = desk.transport.base_url
        for count, held in enumerate((0, 150, 450), start=1):
            rename(desk, count)
            half_open.set_plan(Plan(hold_up=held))
            desk.transport.base_url = f"http://127.0.0.1:{half_open.port}"
            desk.transport.most_seconds = 0.3
            with pytest.raises(RemoteError):
                desk.round()
            assert half_open.server_gave_up.wait(PATIENCE)
            desk.transport.base_url, desk.transport.most_seconds = whole, READ_SECONDS
            desk.round()
        assert desk.states() == ["confirmed"] * 3
        application.board.release()


def test_slow_line_with_small_pieces_is_none_that_died(
    site: SyncSite, proxy: CuttingProxy, desk: Desk
) -> None:
    """The control of the stall detector: late and in pieces, but whole."""
    before = count_effects(site)
    proxy.set_plan(Plan(piece=23, pause=0.002))
    rename(desk, 1)
    desk.round()
    assert desk.states() == ["confirmed"]
    assert count_effects(site) == before + 1
    assert proxy.carried_up > 400
    assert proxy.carried_down > 400


def test_stall_detector_sees_a_line_on_which_bytes_trickle(
    site: SyncSite, proxy: CuttingProxy, desk: Desk
) -> None:
    """A byte each twentieth of a second: none is late, and the page would take for ever."""
    before = count_effects(site)
    proxy.set_plan(Plan(piece=1, pause=0.05))
    rename(desk, 1)
    assert isinstance(desk.transport, Line)
    desk.transport.most_seconds = 0.3
    desk.transport.connect_seconds = 0.3
    with pytest.raises(RemoteError) as caught:
        desk.round()
    assert judge(caught.value).verdict == Verdict.RETRY
    desk.transport.most_seconds = desk.transport.connect_seconds = READ_SECONDS
    proxy.set_plan(Plan())
    desk.round()
    assert desk.states() == ["confirmed"]
    assert count_effects(site) == before + 1


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
