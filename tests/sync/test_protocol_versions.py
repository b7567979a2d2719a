"""Server and client of different ages, over real HTTP: each side is told which one is to be updated.

There is one version of the protocol so far, so a server is configured to speak 7 and 8, as one of then will.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from app.contract.wire import PROTOCOL_HEADER
from app.domain.commands import UpdateCustomer
from app.domain.records import Customer
from app.errors import RemoteError
from app.remote.server import ProblemAnswerError, read_meta
from app.remote.transport import RequestsTransport
from app.server.store import open_store
from app.storage.keyvalues import get_session
from app.sync.policy import Verdict, judge
from tests.server.sync_site import ANNA, FIRM, SyncSite, create, sync_site
from tests.support.clocks import FixedClock
from tests.sync.desk import Desk, open_desk

SPOKEN = range(7, 9)
CLIENT_IS_OLD = "problem_upgrade_needed"
SERVER_IS_OLD = "problem_server_upgrade_needed"


@pytest.fixture
def later(tmp_path: Path, clock: FixedClock) -> Iterator[SyncSite]:
    """Serve as a server of version 8 does."""
    store = open_store(f"sqlite:///{tmp_path / 'later.db'}", clock=clock)
    with sync_site(store, protocols=SPOKEN) as site:
        yield site
    store.close()


def names_at(site: SyncSite) -> list[str]:
    with site.store.read(FIRM) as snapshot:
        return sorted(row.name for row in snapshot.reader.walk("customer") if isinstance(row, Customer))


@pytest.mark.parametrize("protocol", SPOKEN)
def test_this_version_and_the_one_before_are_served(
    later: SyncSite, tmp_path: Path, clock: FixedClock, protocol: int
) -> None:
    with (
        open_desk(later, ANNA, tmp_path / "desk", clock, protocol=protocol) as desk,
        open_desk(later, ANNA, tmp_path / "other", clock, protocol=SPOKEN[-1]) as other,
    ):
        desk.round()
        desk.workspace.enqueue([create(1)])
        desk.round()
        assert desk.states() == ["confirmed"]
        assert names_at(later) == desk.names() == ["Kund 1 AB"]
        assert desk.line.meta().protocol == 8
        # What another device changes comes by pull; a conflict and a lost answer are settled as ever.
        [row] = [r for r in desk.mirror_rows() if r[0] == "customer"]
        other.round()
        theirs = {"name": {"from": "Kund 1 AB", "to": "Deras namn AB"}}
        other.workspace.enqueue([UpdateCustomer(customer_id=row[1], set=theirs)])
        other.round()
        assert other.states() == ["confirmed"]
        mine = {"name": {"from": "Kund 1 AB", "to": "Mitt namn AB"}}
        desk.workspace.enqueue([UpdateCustomer(customer_id=row[1], set=mine), create(2)])
        desk.line.lose_answer = 1
        with pytest.raises(RemoteError):
            desk.round()
        desk.round()
        assert desk.states() == ["confirmed", "conflict", "confirmed"]
        assert names_at(later) == sorted(desk.names()) == ["Deras namn AB", "Kund 2 AB"]
        assert [item.fields[0].theirs for item in desk.outbox.list_attention()] == ["Deras namn AB"]
        made = [entry.command.id for entry in desk.entries()]
        with desk.database.read() as unit:
            device = str(get_session(unit, "device"))
        told = desk.line.outcomes(device, made).results
        assert [(result.id, result.status) for result in told] == list(
            zip(made, ["applied", "conflict", "applied"], strict=True)
        )


@pytest.mark.parametrize(
    ("protocol", "code", "connection"),
    [
        (6, CLIENT_IS_OLD, "upgrade_needed"),
        (1, CLIENT_IS_OLD, "upgrade_needed"),
        (9, SERVER_IS_OLD, "server_upgrade_needed"),
    ],
)
def test_who_is_too_old_is_told_and_keeps_the_outbox(
    later: SyncSite, tmp_path: Path, clock: FixedClock, protocol: int, code: str, connection: str
) -> None:
    """The outbox is whole through it: nothing is tried against its count, refused, or renumbered."""
    with open_desk(later, ANNA, tmp_path / "desk", clock, protocol=8) as desk:
        desk.round()
        commands = desk.workspace.enqueue([create(1), create(2)])
    with open_desk(later, ANNA, tmp_path / "desk", clock, protocol=protocol) as desk:
        for _ in range(6):
            with pytest.raises(ProblemAnswerError) as caught:
                desk.round()
        judgement = judge(caught.value)
        assert (caught.value.code, caught.value.problem.status) == (code, 426)
        assert (judgement.verdict, judgement.connection) == (Verdict.PERSON, connection)
        assert not judgement.counts_as_try
        assert [entry.command.id for entry in desk.entries()] == list(commands)
        assert [entry.tries for entry in desk.entries()] == [0, 0]
        assert desk.outbox.list_attention() == []
        assert desk.names() == ["Kund 1 AB", "Kund 2 AB"]
        assert names_at(later) == []
    with open_desk(later, ANNA, tmp_path / "desk", clock, protocol=7) as desk:
        desk.round()
        assert desk.states() == ["confirmed", "confirmed"]
        assert names_at(later) == ["Kund 1 AB", "Kund 2 AB"]


def test_server_is_updated_under_a_newer_client(tmp_path: Path, clock: FixedClock) -> None:
    """The office installs the program first; what it decides meanwhile goes out when the server follows."""
    address = f"sqlite:///{tmp_path / 'server.db'}"
    store = open_store(address, clock=clock)
    desk: Desk
    with sync_site(store, protocols=range(6, 8)) as before:
        desk = Desk(before, ANNA, tmp_path / "desk", clock, protocol=8)
        with pytest.raises(ProblemAnswerError) as caught:
            desk.round()
        assert caught.value.code == SERVER_IS_OLD
    with sync_site(store, protocols=SPOKEN, is_filled=True) as after:
        desk.sign_in_at(after)
        desk.round()
        desk.workspace.enqueue([create(1)])
        desk.round()
        assert desk.states() == ["confirmed"]
        desk.close()
    store.close()


@pytest.mark.parametrize(("protocol", "code"), [(6, CLIENT_IS_OLD), (7, None), (8, None), (9, SERVER_IS_OLD)])
def test_asking_who_is_there_tells_it_before_anybody_signs_in(
    later: SyncSite, protocol: int, code: str | None
) -> None:
    transport = RequestsTransport(later.url)
    if code is None:
        assert read_meta(transport, "", protocol=protocol).minimum_protocol == 7
    else:
        with pytest.raises(RemoteError) as caught:
            read_meta(transport, "", protocol=protocol)
        assert caught.value.code == code
        assert judge(caught.value).verdict == Verdict.PERSON
    transport.close()


def test_every_answer_names_the_newest_version_that_is_spoken(later: SyncSite) -> None:
    answer = requests.get(later.url + "/v1/sync/poke", headers={PROTOCOL_HEADER: "9"}, timeout=60)
    assert (answer.status_code, answer.json()["code"], answer.json()["reason"]) == (
        426,
        "upgrade-needed",
        "server",
    )
    assert answer.headers[PROTOCOL_HEADER] == "8"


def test_newer_command_than_the_server_knows_waits_for_the_server(site: SyncSite) -> None:
    anna = site.client()
    newer = anna.wire(create(1), v=99)
    answer = anna.send(newer)
    assert (answer.status_code, answer.json()["reason"]) == (426, "server")
