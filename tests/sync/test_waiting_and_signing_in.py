"""Told to wait, signed out from elsewhere, two firms on one machine: through the real server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.domain.ids import new_id
from app.domain.records import Customer
from app.errors import RemoteError, SignInError
from app.remote.server import Server, ServerPlace
from app.server.api.limits import Limits, Rate, RateLimit
from app.server.store import open_store
from app.sync.policy import Verdict, judge
from tests.server.sync_site import ANNA, FIRM, ODD, OTHER_FIRM, SyncSite, create, customer, sync_site
from tests.support.clocks import FixedClock
from tests.sync.desk import Desk, Line, open_desk
from tests.sync.test_rounds import server_names


def work_on(desk: Desk, rounds: int) -> None:
    for number in range(rounds):
        desk.round()
        desk.workspace.enqueue([create(number + 2)])


@pytest.mark.case(50)
def test_a_server_that_asks_to_wait_is_waited_for(tmp_path: Path, clock: FixedClock) -> None:
    """429 with a time from our own server; the time is what its bucket needs."""
    seconds = [0.0]
    rate = RateLimit(Rate(burst=3, per_second=0.1), lambda: seconds[0])
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=clock)
    with (
        sync_site(store, limits=Limits(rate, rate)) as site,
        open_desk(site, ANNA, tmp_path / "desk", clock) as desk,
    ):
        desk.round()
        desk.workspace.enqueue([create(1)])
        with pytest.raises(RemoteError) as caught:
            work_on(desk, 3)
        judgement = judge(caught.value)
        assert (judgement.verdict, judgement.connection) == (Verdict.RETRY, "connected")
        assert judgement.retry_after is not None
        assert 1.0 <= judgement.retry_after <= 10.0
        waiting = len(desk.entries())
        # The control: before the time is up the answer is the same.
        seconds[0] += judgement.retry_after / 3
        with pytest.raises(RemoteError):
            desk.round()
        seconds[0] += 60
        desk.round()
        seconds[0] += 60
        desk.round()
        assert desk.states() == ["confirmed"] * waiting
        assert len(server_names(site)) == waiting
    store.close()


class Session:
    """Stands where Tokens stands: once the server has refused the token, only a person helps."""

    def __init__(self, token: str) -> None:
        self.token = token

    def access(self, *, refused: str = "") -> str:
        """Return the token."""
        if refused:
            raise SignInError("sign_in_needed")
        return self.token


@pytest.mark.case(51)
def test_what_was_decided_waits_for_the_sign_in(tmp_path: Path, clock: FixedClock, site: SyncSite) -> None:
    with open_desk(site, ANNA, tmp_path / "desk", clock) as desk:
        session: Any = Session(site.token(FIRM, ANNA.id))
        desk.line = Line(Server(ServerPlace(transport=desk.transport), session))
        desk.database.close()
        desk.open()
        desk.round()
        desk.workspace.enqueue([create(1)])
        colleague = site.client()
        sessions = site.assembly.issuer.list_devices(FIRM)
        mine = site.assembly.issuer.find_principal(session.token)
        assert mine is not None
        assert mine.session_id in {one.id for one in sessions}
        answer = colleague.call("POST", f"/v1/devices/{mine.session_id}/revoke", json={})
        assert answer.status_code == 200
        for _ in range(2):
            with pytest.raises(SignInError) as caught:
                desk.round()
            judgement = judge(caught.value)
            assert (judgement.verdict, judgement.connection) == (Verdict.SIGN_IN, "sign_in_needed")
        assert desk.names() == ["Kund 1 AB"], "it stays on the screen"
        assert server_names(site) == []
        desk.restart()
        session.token = site.token(FIRM, ANNA.id)
        desk.round()
        assert desk.states() == ["confirmed"]
        assert server_names(site) == ["Kund 1 AB"]


class SiteOfOtherFirm(SyncSite):
    """The same server, for those who sign in at the other firm."""

    def token(self, firm_id: str, staff_id: str) -> str:
        return super().token(OTHER_FIRM if firm_id == FIRM else firm_id, staff_id)


@pytest.mark.case(58)
def test_two_firms_on_one_machine_have_nothing_of_each_other(
    tmp_path: Path, clock: FixedClock, site: SyncSite
) -> None:
    other = SiteOfOtherFirm(site.url, site.store, site.assembly)
    number = "165560360793"
    mine: Customer = customer(1, name="Min AB", organisation_number=number, id=new_id("cu"))
    theirs: Customer = customer(1, name="Deras AB", organisation_number=number, id=new_id("cu"))
    with (
        open_desk(site, ANNA, tmp_path / "mine", clock) as here,
        open_desk(other, ODD, tmp_path / "theirs", clock) as there,
    ):
        here.round()
        there.round()
        for desk, row in ((here, mine), (there, theirs)):
            desk.workspace.enqueue([create(1, id=row.id, name=row.name, organisation_number=number)])
        for desk in (here, there, here, there):
            desk.round()
        assert (here.states(), there.states()) == (["confirmed"], ["confirmed"])
        assert (here.names(), there.names()) == (["Min AB"], ["Deras AB"])
        assert not {id_ for _, id_, _ in here.mirror_rows()} & {id_ for _, id_, _ in there.mirror_rows()}
        with site.store.read(OTHER_FIRM) as snapshot:
            assert snapshot.reader.find("customer", mine.id) is None
            assert snapshot.reader.find("customer", theirs.id) is not None
