"""Failures that must be ordinary: a grant withdrawn, a wrong clock, a full disk, a poison command."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.contract.wire import Problem
from app.domain.commands import UpdateCustomer
from app.domain.what_changed import SyncState
from app.errors import SamverkaError, StorageError
from app.remote.server import ProblemAnswerError
from app.storage.database import connect_encrypted, explain
from app.sync.engine import RoundResult
from app.sync.runner import Runner
from app.usecases.status import StatusQueries, WrongClock
from tests.server.sync_site import ANNA, BO, SyncSite, create, customer
from tests.support.clocks import FixedClock
from tests.sync.conftest import NewDesk
from tests.sync.desk import KEY, Desk, open_desk
from tests.sync.test_rounds import rename, server_names


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_clock_that_is_put_right_neither_stalls_the_outbox_nor_hides_that_it_stands_still(
    new_desk: NewDesk, jump: timedelta
) -> None:
    desk, seconds = new_desk(ANNA), [1000.0]
    desk.workspace.enqueue([create(1)])
    runner = Runner(
        desk.engine, desk.clock, lambda _state: None, state=SyncState(), monotonic=lambda: seconds[0]
    )
    connection: Any = SimpleNamespace(runner=runner, transport=SimpleNamespace(host=""))
    status = StatusQueries(desk.workspace, connection)
    runner._after_success(RoundResult(waiting=1))
    desk.clock.advance(jump)
    seconds[0] += 14 * 60
    assert not status.read().is_stalled
    runner._after_success(RoundResult(waiting=1))
    seconds[0] += 2 * 60
    line = status.read()
    assert (line.is_stalled, line.attention) == (True, 1)
    runner._after_success(RoundResult(applied=1, waiting=1))
    assert not status.read().is_stalled


@pytest.mark.case(52)
def test_forbidden_for_one_customer_while_the_rest_works(new_desk: NewDesk, site: SyncSite) -> None:
    mine, taken = customer(1, account_manager_id=BO.id), customer(2, account_manager_id=BO.id)
    site.write(mine, taken)
    desk = new_desk(BO)
    desk.round()
    desk.workspace.enqueue([rename(mine, "Min AB"), rename(taken, "Tagen AB")])
    site.write(replace(taken, account_manager_id=ANNA.id))
    desk.round()
    assert desk.states() == ["confirmed", "rejected"]
    assert desk.names() == ["Min AB"]
    (item,) = desk.outbox.list_attention()
    assert (item.code, item.about_id) == ("gone", taken.id)
    assert server_names(site) == ["Kund 2 AB", "Min AB"]


@pytest.mark.case(56)
@pytest.mark.parametrize("year", [2016, 2036])
def test_clock_ten_years_off(site: SyncSite, tmp_path: Path, clock: FixedClock, year: int) -> None:
    wrong = FixedClock(datetime(year, 11, 23, 8, 41, tzinfo=UTC))
    row = customer(1)
    site.write(row)
    with open_desk(site, ANNA, tmp_path / "desk", wrong) as desk:
        desk.round()
        desk.workspace.enqueue([create(2), rename(row, "Först AB")])
        desk.workspace.enqueue(
            [UpdateCustomer(customer_id=row.id, set={"name": {"from": "Först AB", "to": "Sedan AB"}})]
        )
        desk.round()
        assert desk.states() == ["confirmed"] * 3
        assert desk.names() == server_names(site) == ["Kund 2 AB", "Sedan AB"]
        # Put right in the middle of the work, and wrong again; the person is told while it is wrong.
        state = SyncState(connection="connected")
        connection: Any = SimpleNamespace(
            runner=SimpleNamespace(state=state, seconds_still=None), transport=SimpleNamespace(host="")
        )
        status = StatusQueries(desk.workspace, connection)
        for moment, told in (
            (clock.now() + timedelta(minutes=9), None),
            (wrong.now(), WrongClock(here=wrong.now(), there=clock.now())),
        ):
            wrong.set_to(moment)
            desk.workspace.enqueue([create(moment.year)])
            desk.round()
            assert status.read().wrong_clock == told
        assert set(desk.states()) == {"confirmed"}
        assert len(server_names(site)) == len(desk.names()) == 4
        assert desk.shows_what_follows()


def test_a_command_that_no_push_has_room_for_stops_nothing_behind_it(desk: Desk, site: SyncSite) -> None:
    """The rules refuse such texts; what an earlier version has written may hold one."""
    desk.round()
    commands = desk.workspace.enqueue([create(number) for number in range(1, 7)])
    with desk.database.write() as unit:
        payload = json.loads(unit.value("SELECT payload FROM outbox WHERE id = ?", (commands[1],)))
        payload["customer"]["name"] = "å" * 600_000
        long = json.dumps(payload, ensure_ascii=False)
        unit.run("UPDATE outbox SET payload = ? WHERE id = ?", (long, commands[1]))
    for _ in range(2):
        desk.round()
    assert desk.states() == ["confirmed", "rejected", *["confirmed"] * 4]
    assert [(item.code, item.command_id) for item in desk.outbox.list_attention()] == [
        ("too_large", commands[1])
    ]
    # What comes after it is sent many at a time again.
    pushes = len(desk.line.pushes)
    desk.workspace.enqueue([create(number) for number in range(7, 17)])
    desk.round()
    assert [len(sent) for sent in desk.line.pushes[pushes:]] == [10]
    assert len(server_names(site)) == 15


@pytest.mark.case(57)
def test_disk_full_stops_the_round_and_loses_nothing(desk: Desk, site: SyncSite) -> None:
    desk.round()
    with desk.database.write() as unit:
        pages = unit.value("PRAGMA page_count")
    desk.workspace.enqueue([create(1)])
    site.write(*[customer(n, name="x" * 2000) for n in range(2, 60)])

    def limit(most: int) -> None:
        with desk.database.read() as unit:
            unit.value(f"PRAGMA max_page_count = {most}")

    limit(pages + 4)
    with pytest.raises(StorageError) as caught:
        desk.round()
    assert caught.value.code == "disk_full"
    assert desk.states()[0] in ("acknowledged", "sending")
    limit(1_000_000)
    desk.round()
    assert desk.states() == ["confirmed"]
    assert len(desk.names()) == 59


@pytest.mark.case(57)
def test_locked_file_is_a_known_problem(desk: Desk) -> None:
    desk.round()
    connection = connect_encrypted(desk.database.path, KEY)
    other = connect_encrypted(desk.database.path, KEY)
    other.execute("PRAGMA busy_timeout = 1")
    connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(Exception, match="locked") as caught:
        other.execute("BEGIN IMMEDIATE")
    assert explain(caught.value).code == "database_locked"
    connection.execute("ROLLBACK")
    connection.close()
    other.close()


def test_poison_command_is_counted_and_can_be_withdrawn(desk: Desk, site: SyncSite) -> None:
    """Five tries without an outcome are shown; withdrawn, the rest goes on."""
    desk.round()
    (poison, _) = desk.workspace.enqueue([create(1), create(2)])
    push = desk.line.push

    def fails(device: str, epoch: str, commands: Any, place: str = "") -> Any:
        if commands[0].id == poison and not commands[0].withdraw:
            problem = Problem(type="", title="internal", status=500, code="internal")
            raise ProblemAnswerError(problem, None)
        return push(device, epoch, commands, place)

    desk.line.push = fails  # type: ignore[method-assign]
    for _ in range(5):
        with pytest.raises(SamverkaError):
            desk.round()
    first, second = desk.outbox.list_waiting()
    assert (first.tries, first.stuck, second.stuck) == (5, True, False)
    desk.outbox.withdraw([poison])
    desk.round()
    assert desk.states() == ["withdrawn", "confirmed"]
    assert server_names(site) == ["Kund 2 AB"]


def test_outcome_that_was_pruned_needs_a_person(desk: Desk) -> None:
    desk.round()
    (made, _) = desk.workspace.enqueue([create(1), create(2)])
    push = desk.line.push

    def pruned(device: str, epoch: str, commands: Any, place: str = "") -> Any:
        if commands[0].id == made:
            problem = Problem(type="", title="", status=409, code="outcome-expired", last_seq=1)
            raise ProblemAnswerError(problem, None)
        return push(device, epoch, commands, place)

    desk.line.push = pruned  # type: ignore[method-assign]
    desk.round()
    assert desk.states() == ["rejected", "confirmed"]
    assert desk.outbox.list_attention()[0].code == "outcome_expired"


def test_client_and_server_name_a_request_alike(
    desk: Desk, site: SyncSite, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        desk.round()
        with site.store.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE staff_scope RENAME TO staff_scope_away")
        with pytest.raises(SamverkaError, match="problem_internal"):
            desk.round()
    [told] = [r.getMessage() for r in caplog.records if r.name == "app.remote.server"]
    request_id = told.split()[1]
    served = [r.getMessage() for r in caplog.records if r.name == "samverka.access"]
    assert [line.split()[2:4] for line in served if line.startswith(request_id)] == [["/v1/sync/pull", "500"]]
    assert told.endswith("POST /v1/sync/pull: problem_internal")


def test_poison_behind_good_commands_is_counted_by_itself(desk: Desk, site: SyncSite) -> None:
    """The push that stops at it has outcomes to tell first; the tries are still the poison's own."""
    desk.round()
    with site.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER bug BEFORE INSERT ON record WHEN NEW.data LIKE '%Kund 3 AB%'"
            " BEGIN SELECT RAISE(ABORT, 'a bug of the server'); END"
        )
    commands = desk.workspace.enqueue([create(number) for number in (1, 2, 3, 4)])
    for _ in range(5):
        with pytest.raises(SamverkaError, match="problem_internal"):
            desk.round()
    assert desk.states() == ["confirmed", "confirmed", "sending", "sending"]
    poison, behind = desk.outbox.list_waiting()
    assert (poison.tries, poison.stuck, behind.tries, behind.stuck) == (5, True, 0, False)
    desk.outbox.withdraw([commands[2]])
    desk.round()
    assert desk.states() == ["confirmed", "confirmed", "withdrawn", "confirmed"]
    assert server_names(site) == ["Kund 1 AB", "Kund 2 AB", "Kund 4 AB"]
