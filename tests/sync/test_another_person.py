"""Another person signs in on a profile that somebody has worked with: nothing passes to them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.contract.wire import DeviceAnswer
from app.domain.records import Staff
from app.errors import RemoteError, SignInError
from app.storage.journal import JOURNAL_DAYS
from app.storage.keyvalues import (
    GUIDES,
    Draft,
    get_session,
    get_setting,
    list_drafts,
    put_setting,
    save_draft,
)
from app.storage.linking_queue import Member, NewRow, add_rows
from tests.server.sync_site import ANNA, BO, SyncSite, create, customer
from tests.support.clocks import MONDAY_MORNING, FixedClock
from tests.sync.desk import Desk, open_desk
from tests.sync.lives import Lives
from tests.sync.test_rounds import rename, server_names

DRAFT = Draft(
    id="dr_1",
    kind="activation",
    title="Kund 1 AB",
    content="{}",
    made_at=MONDAY_MORNING,
    changed_at=MONDAY_MORNING,
)
COMPANY = NewRow(
    company_key="k",
    customer_id=None,
    members=(Member("cl_1", None, "eEkonomi"),),
    name="Kund 1 AB",
    name_key="kund",
    identity="",
    source="byrastod",
    decision_id=None,
    search="kund",
    keys=frozenset({"n|kund"}),
)
SignIn = Callable[[Staff], AbstractContextManager[Desk]]


@pytest.fixture
def sign_in(site: SyncSite, tmp_path: Path, clock: FixedClock) -> SignIn:
    """Give a function that starts the program on one and the same profile, signed in as somebody."""

    def start(staff: Staff) -> AbstractContextManager[Desk]:
        return open_desk(site, staff, tmp_path / "profile", clock)

    return start


def meet_a_conflict(site: SyncSite, desk: Desk) -> None:
    """Have one decision confirmed and another one refused."""
    row = customer(9)
    site.write(row)
    desk.round()
    desk.workspace.enqueue([create(1)])
    desk.round()
    site.write(replace(row, name="Deras namn AB"))
    desk.workspace.enqueue([rename(row, "Mitt namn AB")])
    desk.round()


def test_what_only_the_first_may_see_leaves_the_file(site: SyncSite, sign_in: SignIn) -> None:
    theirs, shared = customer(1, account_manager_id=ANNA.id), customer(2, account_manager_id=BO.id)
    site.write(theirs, shared)
    with sign_in(ANNA) as first:
        first.round()
        assert first.names() == ["Kund 1 AB", "Kund 2 AB"]
    with sign_in(BO) as second:
        second.round()
        assert second.names() == ["Kund 2 AB"]
        assert second.mirrored("customer", theirs.id) is None
        assert second.shows_what_follows()
        with second.database.read() as unit:
            assert get_session(unit, "staff_id") == BO.id
        second.workspace.enqueue([create(3, account_manager_id=BO.id)])
        second.round()
        assert second.states() == ["confirmed"]
    assert server_names(site) == ["Kund 1 AB", "Kund 2 AB", "Kund 3 AB"]


def test_what_waits_is_not_sent_in_another_name(site: SyncSite, sign_in: SignIn) -> None:
    with sign_in(ANNA) as first:
        first.round()
        first.workspace.enqueue([create(1)])
        head = first.engine.head()
    with sign_in(BO) as second:
        for _ in range(2):
            with pytest.raises(SignInError, match="signed_in_as_other"):
                second.round()
        assert (second.names(), second.engine.head()) == (["Kund 1 AB"], head)
    assert server_names(site) == []
    with sign_in(ANNA) as first:
        first.round()
        assert first.states() == ["confirmed"]
    assert server_names(site) == ["Kund 1 AB"]


def test_what_the_first_took_back_is_not_told_in_anothers_name(site: SyncSite, sign_in: SignIn) -> None:
    with sign_in(ANNA) as first:
        first.round()
        first.outbox.withdraw(first.workspace.enqueue([create(1)]))
        with first.database.read() as unit:
            assert unit.value("SELECT count(*) FROM outbox WHERE withdraw = 2") == 1
    with sign_in(BO) as second:
        result = second.round()
        second.round()
        assert (result.withdrawn, result.waiting) == (0, 0)
        assert second.states() == []
    assert server_names(site) == []


def test_what_the_first_decided_and_began_is_theirs_alone(site: SyncSite, sign_in: SignIn) -> None:
    with sign_in(ANNA) as first:
        meet_a_conflict(site, first)
        assert first.states() == ["confirmed", "conflict"]
        with first.database.write() as unit:
            save_draft(unit, DRAFT)
            put_setting(unit, GUIDES, {"cu_1": {"event": "year_end"}})
        decided = first.entries()
    with sign_in(BO) as second:
        second.round()
        assert second.states() == []
        assert second.shows_what_follows()
        with second.database.read() as unit:
            assert list_drafts(unit) == []
            assert get_setting(unit, GUIDES) is None
        second.workspace.enqueue([create(2)])
        second.round()
    with sign_in(ANNA) as first:
        first.round()
        assert [entry.command for entry in first.entries()] == [entry.command for entry in decided]
        assert first.states() == ["confirmed", "conflict"]
        assert first.shows_what_follows()
        with first.database.read() as unit:
            assert list_drafts(unit) == [DRAFT]
            assert get_setting(unit, GUIDES) == {"cu_1": {"event": "year_end"}}
    with sign_in(BO) as second:
        second.round()
        assert second.states() == ["confirmed"]
    assert server_names(site) == ["Deras namn AB", "Kund 1 AB", "Kund 2 AB"]


def test_nothing_of_the_first_is_shown_where_the_second_cannot_fetch(site: SyncSite, sign_in: SignIn) -> None:
    site.write(customer(1, account_manager_id=ANNA.id))
    with sign_in(ANNA) as first:
        first.round()
        assert first.names() == ["Kund 1 AB"]
        with first.database.write() as unit:
            add_rows(unit, [COMPANY])
    with sign_in(BO) as second:
        register = second.line.register_device

        def register_and_lose_the_line(name: str) -> DeviceAnswer:
            answer = register(name)
            second.line.cut_calls = frozenset({"pull"})
            return answer

        second.line.register_device = register_and_lose_the_line  # type: ignore[method-assign]
        with pytest.raises(RemoteError):
            second.round()
        assert second.names() == []
        with second.database.read() as unit:
            assert not unit.rows("SELECT * FROM linking_queue")
            assert not unit.rows("SELECT * FROM mirror")


@pytest.mark.parametrize("dies", [False, True])
def test_what_a_restored_server_lost_is_sent_in_its_own_name(
    lives: Lives, tmp_path: Path, clock: FixedClock, *, dies: bool
) -> None:
    profile = tmp_path / "profile"
    with lives.first() as site:
        lives.back_up()
        with open_desk(site, ANNA, profile, clock) as first:
            first.round()
            first.workspace.enqueue([create(1)])
            first.round()
            assert first.states() == ["confirmed"]
        with open_desk(site, BO, profile, clock) as second:
            second.round()
    with lives.restored() as again:
        with open_desk(again, BO, profile, clock) as second:
            for _ in range(3):
                second.round()
            assert server_names(again) == []
        with open_desk(again, ANNA, profile, clock) as first:
            if dies:  # between being given back and being asked for
                first.line.cut_calls = frozenset({"outcomes"})
                with pytest.raises(RemoteError):
                    first.round()
                first.line.cut_calls = frozenset()
            for _ in range(3):
                first.round()
            assert first.states() == ["confirmed"]
            assert [entry.replayed for entry in first.entries()] == [True]
        assert server_names(again) == ["Kund 1 AB"]


def test_what_was_left_goes_with_the_journal(site: SyncSite, sign_in: SignIn, clock: FixedClock) -> None:
    with sign_in(ANNA) as first:
        meet_a_conflict(site, first)
    left = f"SELECT value FROM session WHERE key = 'left_by.{ANNA.id}'"
    with sign_in(BO) as second:
        second.round()
        with second.database.read() as unit:
            assert "Kund 1 AB" in unit.value(left)
        clock.advance(timedelta(days=JOURNAL_DAYS + 1))
        second.round()
        with second.database.read() as unit:
            # What was refused and nobody has looked at waits for Anna.
            assert "Kund 1 AB" not in unit.value(left)
            assert "Mitt namn AB" in unit.value(left)


def test_what_was_done_and_never_seen_again_goes_with_the_journal_too(
    site: SyncSite, sign_in: SignIn, clock: FixedClock
) -> None:
    with sign_in(ANNA) as first:
        first.round()
        first.workspace.enqueue([create(1)])
        first.line.cut_calls = frozenset({"pull"})
        with pytest.raises(RemoteError):
            first.round()
        assert first.states() == ["acknowledged"]
    left = f"SELECT value FROM session WHERE key = 'left_by.{ANNA.id}'"
    with sign_in(BO) as second:
        second.round()
        with second.database.read() as unit:
            assert "Kund 1 AB" in unit.value(left)
        clock.advance(timedelta(days=JOURNAL_DAYS + 1))
        second.round()
        with second.database.read() as unit:
            assert unit.value(left) is None
