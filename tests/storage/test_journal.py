"""The journal's moments and numbers, as they are in the file."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.domain import commands as c
from app.domain.records import Customer
from app.storage.database import Database, Unit
from app.storage.journal import (
    begin_new_device,
    freeze_sequence,
    has_gone_back,
    note_server_time,
    prune,
    replay,
    was_away_too_long,
)
from app.storage.keyvalues import get_session, put_session
from app.storage.outbox import CommandState, add_commands

TOKYO = timezone(timedelta(hours=9))


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that stands in another zone."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    if sys.platform != "win32":  # there the zone is the whole machine's, and no process can have another
        time.tzset()
    yield
    monkeypatch.undo()
    if sys.platform != "win32":
        time.tzset()


def decide(unit: Unit, *numbers: int) -> None:
    add_commands(
        unit,
        [
            (
                c.Command(
                    id=f"cmd_{number}",
                    made_at=datetime(2026, 11, 25, 8, tzinfo=UTC),
                    payload=c.CreateCustomer(
                        customer=Customer(id=f"cu_{number}", customer_number="", name="A")
                    ),
                ),
                f"cu_{number}",
            )
            for number in numbers
        ],
    )


def numbers(unit: Unit) -> list[int | None]:
    return [row[0] for row in unit.rows("SELECT seq FROM outbox ORDER BY position")]


@pytest.mark.usefixtures("far_east")
def test_moments_are_in_utc_wherever_the_machine_is(database: Database) -> None:
    """They are compared as texts: one of another zone would be hours off."""
    with database.write() as unit:
        decide(unit, 1)
        unit.run("UPDATE outbox SET state = 'confirmed', handled_at = made_at")
        note_server_time(unit, datetime(2026, 11, 25, 8, tzinfo=TOKYO))
        assert get_session(unit, "server_time") == "2026-11-24T23:00:00+00:00"
        assert unit.value("SELECT ended_at FROM outbox") == "2026-11-24T23:00:00+00:00"
        note_server_time(unit, datetime(2026, 12, 24, 22, 59, tzinfo=UTC))
        assert prune(unit) == 0
        note_server_time(unit, datetime(2026, 12, 25, 8, 1, tzinfo=TOKYO))
        assert prune(unit) == 1
        assert not was_away_too_long(unit, datetime(2026, 12, 25, 9, tzinfo=TOKYO))


def test_numbers_go_on_behind_the_servers_last_where_it_was_not_restored(database: Database) -> None:
    """A gap: the server has had fewer than this disk believes, in the same life."""
    with database.write() as unit:
        begin_new_device(unit, device="dv_1", epoch="first life")
        decide(unit, 1, 2, 3)
        freeze_sequence(unit, most=2)
        unit.run("UPDATE outbox SET state = 'confirmed', epoch = 'first life' WHERE seq = 1")
        assert replay(unit, epoch="first life", last_seq=6, kept=frozenset({"cmd_1"})) == []
        assert get_session(unit, "epoch") == "first life"
        freeze_sequence(unit, most=9)
        assert numbers(unit) == [1, 7, 8]


def test_a_server_that_has_gone_back_in_the_same_life_is_told_again_what_was_behind_its_number(
    database: Database,
) -> None:
    with database.write() as unit:
        begin_new_device(unit, device="dv_1", epoch="first life")
        decide(unit, 1, 2, 3, 4)
        freeze_sequence(unit, most=9)
        put_session(unit, heard_seq=4)
        unit.run("UPDATE outbox SET state = 'confirmed', epoch = 'first life'")
        unit.run("UPDATE outbox SET state = 'withdrawn' WHERE seq = 4")
        assert not has_gone_back(unit, epoch="first life", last_seq=4)
        assert has_gone_back(unit, epoch="first life", last_seq=1)
        assert not has_gone_back(unit, epoch="second life", last_seq=1)
        lost = replay(unit, epoch="first life", last_seq=1, kept=frozenset({"cmd_1", "cmd_2"}))
        assert [entry.command.id for entry in lost] == ["cmd_3"]
        assert not has_gone_back(unit, epoch="first life", last_seq=1)
        freeze_sequence(unit, most=9)
        # What was taken back is told again, too; what the server has under another number keeps none.
        assert numbers(unit) == [1, None, 2, 3]


def test_a_restored_server_gets_what_it_has_lost_behind_its_own_last_number(database: Database) -> None:
    with database.write() as unit:
        begin_new_device(unit, device="dv_1", epoch="first life")
        decide(unit, 1, 2)
        freeze_sequence(unit, most=9)
        unit.run("UPDATE outbox SET state = ?, epoch = 'first life', head = 5", (CommandState.CONFIRMED,))
        lost = replay(unit, epoch="second life", last_seq=1, kept=frozenset({"cmd_1"}))
        assert [entry.command.id for entry in lost] == ["cmd_2"]
        assert get_session(unit, "epoch") == "second life"
        freeze_sequence(unit, most=9)
        assert numbers(unit)[1] == 2
        assert get_session(unit, "device_seq") == 2
