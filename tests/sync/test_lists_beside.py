"""A large first fetch: its lists are made by a process of their own, which is gone afterwards."""

import multiprocessing

import pytest

from app.domain.what_changed import WhatChanged
from app.errors import RemoteError
from app.sync.engine import STAGED_PER_TRANSACTION, Engine
from tests.server.sync_site import SyncSite, customer
from tests.storage.test_projection import structure
from tests.sync.desk import Desk

CUSTOMERS = STAGED_PER_TRANSACTION + 4


NAME = "samverka-lists"


def running() -> list[str]:
    """Return the processes that make lists; others may have been left by other tests."""
    return [process.name for process in multiprocessing.active_children() if process.name == NAME]


@pytest.mark.parametrize(("least", "expected"), [(4, [NAME]), (20_000, [])])
def test_lists_of_a_first_fetch(site: SyncSite, desk: Desk, least: int, expected: list[str]) -> None:
    site.write(*(customer(number) for number in range(1, CUSTOMERS + 1)))
    with desk.database.read() as unit:
        before = structure(unit)
    seen: list[list[str]] = []
    published: list[WhatChanged] = []
    engine = Engine(
        desk.database,
        desk.line,
        desk.clock,
        published.append,
        page_rows=1,
        on_progress=lambda _received: seen.append(running()),
        made_beside_from=least,
    )
    engine.round()
    assert seen[0] == []
    assert seen[-1] == expected
    assert running() == []
    assert published[-1].everything
    assert len(desk.names()) == CUSTOMERS
    assert desk.shows_what_follows()
    with desk.database.read() as unit:
        assert structure(unit) == before


def test_the_process_ends_with_a_fetch_that_breaks_off(site: SyncSite, desk: Desk) -> None:
    site.write(*(customer(number) for number in range(1, CUSTOMERS + 1)))

    def cut_the_line(received: int) -> None:
        desk.line.cut = received >= STAGED_PER_TRANSACTION

    engine = Engine(
        desk.database,
        desk.line,
        desk.clock,
        lambda _: None,
        page_rows=1,
        on_progress=cut_the_line,
        made_beside_from=2,
    )
    with pytest.raises(RemoteError):
        engine.round()
    assert running() == []
    desk.line.cut = False
    desk.round()
    assert len(desk.names()) == CUSTOMERS
    assert desk.shows_what_follows()


def test_lists_are_shown_before_the_indexes_that_they_do_not_need(site: SyncSite, desk: Desk) -> None:
    site.write(*(customer(number) for number in range(1, CUSTOMERS + 1)))
    with desk.database.read() as unit:
        before = structure(unit)
    at_first: list[dict[str, str]] = []

    def look(changed: WhatChanged) -> None:
        if changed.everything:
            with desk.database.read() as unit:
                at_first.append(structure(unit))

    Engine(desk.database, desk.line, desk.clock, look, page_rows=1, lists_first_from=2).round()
    assert len(at_first) == 1
    assert "shown_customer_registered" not in at_first[0]
    # What is looked up for each row would have no end without them.
    assert {"mirror_customer_id", "mirror_lookup", "mirror_parent_id"} <= at_first[0].keys()
    assert "shown_customer_name_key" in at_first[0]
    with desk.database.read() as unit:
        assert structure(unit) == before
    assert len(desk.names()) == CUSTOMERS
    assert desk.shows_what_follows()


def test_indexes_are_made_later_where_the_program_ended_before_them(site: SyncSite, desk: Desk) -> None:
    class EndedError(BaseException):
        pass

    site.write(*(customer(number) for number in range(1, CUSTOMERS + 1)))
    with desk.database.read() as unit:
        before = structure(unit)

    def end(changed: WhatChanged) -> None:
        if changed.everything:
            raise EndedError

    with pytest.raises(EndedError):
        Engine(desk.database, desk.line, desk.clock, end, page_rows=1, lists_first_from=2).round()
    with desk.database.read() as unit:
        assert structure(unit) != before
    assert len(desk.names()) == CUSTOMERS
    desk.line.cut = True  # without a network, too
    with pytest.raises(RemoteError):
        desk.round()
    with desk.database.read() as unit:
        assert structure(unit) == before
