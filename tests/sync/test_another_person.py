"""Another person signs in on a profile that somebody has worked with: nothing passes to them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from app.domain.records import Staff
from app.errors import SignInError
from app.storage.keyvalues import get_session
from tests.server.sync_site import ANNA, BO, SyncSite, create, customer
from tests.support.clocks import FixedClock
from tests.sync.desk import Desk, open_desk
from tests.sync.test_rounds import server_names

SignIn = Callable[[Staff], AbstractContextManager[Desk]]


@pytest.fixture
def sign_in(site: SyncSite, tmp_path: Path, clock: FixedClock) -> SignIn:
    """Give a function that starts the program on one and the same profile, signed in as somebody."""

    def start(staff: Staff) -> AbstractContextManager[Desk]:
        return open_desk(site, staff, tmp_path / "profile", clock)

    return start


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
        assert second.states() == ["withdrawn"]
    assert server_names(site) == []
