"""The queue of unlinked companies: what a change opens, and the search of all of it in its own process."""

from __future__ import annotations

import dataclasses
import multiprocessing

from app.domain.records import (
    Contact,
    Customer,
)
from app.matching.many import LOT
from app.storage.linking_dirty import read_dirty
from app.usecases.reconciliation_values import QueueQuery
from app.usecases.workspace import Workspace
from tests.support.cache import remove
from tests.support.unlinked_companies import (
    COMPANIES,
    after_lot,
    engagement,
    link,
    office,
    opened,
    opened_by,
    shown,
    take_in,
    unlinked,
    waiting,
)


def test_a_process_finds_what_is_found_here(workspace: Workspace) -> None:
    take_in(workspace, *office(COMPANIES))
    elsewhere = opened(workspace, LOT)
    told: list[tuple[int, int]] = []
    assert elsewhere.queue.search_all(on_progress=lambda *figures: told.append(figures))
    from_process = shown(elsewhere)
    assert told[-1] == (COMPANIES, COMPANIES)
    assert elsewhere._index._index is None  # this process has not even read the customers
    assert elsewhere.queue.found_by_process == COMPANIES
    with workspace.database.write() as unit:
        unit.run("UPDATE linking_queue SET is_open = 1, view = 'pending', band = '', best_name = ''")
    here = opened(workspace, None)
    assert here.queue.search_all()
    assert here._index._index is not None
    assert here.queue.found_by_process == 0
    assert shown(here) == from_process
    assert len(from_process) == COMPANIES
    assert {row.band for row in from_process.values()} >= {"certain", "likely", "none"}


def test_a_search_that_was_stopped_goes_on_where_it_was_after_a_restart(workspace: Workspace) -> None:
    take_in(workspace, *office(COMPANIES))
    done: list[int] = []
    first = opened(workspace, LOT)
    stopped = first.queue.search_all(
        on_progress=lambda count, _all: done.append(count), is_cancelled=lambda: done[-1:] == [LOT]
    )
    assert not stopped
    assert waiting(workspace) == COMPANIES - LOT
    assert multiprocessing.active_children() == []
    found = shown(first)
    told: list[int] = []
    again = opened(workspace, 10)
    assert again.queue.needs_search()
    assert again.queue.search_all(on_progress=lambda count, _all: told.append(count))
    assert told[0] == 2 * LOT  # the first lot was not searched for again
    assert waiting(workspace) == 0
    kept = {id_: row for id_, row in found.items() if row.view != "pending"}
    assert len(kept) == LOT
    assert kept.items() <= shown(again).items()


def test_rows_that_are_looked_at_come_first(workspace: Workspace) -> None:
    take_in(workspace, *office(COMPANIES))
    reconciliation = opened(workspace, LOT)
    done: list[int] = []

    def bring_in_line_only(count: int, _all: int) -> None:
        done.append(count)

    # Brought in line and stopped before anything is searched for: then a person looks at the end of the list.
    assert not reconciliation.queue.search_all(
        on_progress=bring_in_line_only, is_cancelled=lambda: bool(done)
    )
    last = reconciliation.queue.list_keys(QueueQuery())[-20:]
    assert {row.view for row in reconciliation.queue.list_rows(last)} == {"pending"}
    done.clear()
    reconciliation.queue.search_all(on_progress=bring_in_line_only, is_cancelled=lambda: LOT in done)
    rows = reconciliation.queue.list_rows(reconciliation.queue.list_keys(QueueQuery()))
    assert "pending" not in {row.view for row in rows[-20:]}
    assert "pending" in {row.view for row in rows[:-20]}


def test_what_a_person_opens_is_found_at_once_and_kept(workspace: Workspace) -> None:
    take_in(workspace, *office(50))
    reconciliation = opened(workspace, None)
    done: list[int] = []
    reconciliation.queue.search_all(
        on_progress=lambda count, _all: done.append(count), is_cancelled=lambda: bool(done)
    )
    handle = reconciliation.queue.list_keys(QueueQuery())[30]
    assert reconciliation.queue.list_rows([handle])[0].view == "pending"
    card = reconciliation.open_card(handle)
    (row,) = reconciliation.queue.list_rows([handle])
    assert row.view != "pending"
    assert row.score == (card.candidates[0].score if card.candidates else 0)


def test_a_change_during_the_run_is_searched_for_with_what_is_known_then(workspace: Workspace) -> None:
    take_in(workspace, *office(COMPANIES), unlinked("cl_late", "Ögonblicket Fotografi AB"))
    reconciliation = opened(workspace, LOT)
    new = Customer(id="cu_late", customer_number="L1", name="Ögonblicket Fotografi AB")
    come = after_lot(1, lambda: take_in(workspace, new, engagement("cu_late"), rev=2))
    assert reconciliation.queue.search_all(on_progress=come)
    assert shown(reconciliation)["cl_late"].best_number == "L1"


def test_without_its_process_the_search_goes_on_here(workspace: Workspace) -> None:
    take_in(workspace, *office(COMPANIES))
    reconciliation = opened(workspace, LOT)

    def kill() -> None:
        (process,) = multiprocessing.active_children()
        process.kill()

    assert reconciliation.queue.search_all(on_progress=after_lot(1, kill))
    assert waiting(workspace) == 0
    assert "failed" not in {row.view for row in shown(reconciliation).values()}


def test_a_queue_that_is_made_anew_shows_what_it_showed_until_it_is_searched(workspace: Workspace) -> None:
    records = office(40)
    take_in(workspace, *records)
    reconciliation = opened(workspace, None)
    reconciliation.queue.search_all()
    before = shown(reconciliation)
    handles = reconciliation.queue.list_keys(QueueQuery())
    with workspace.database.write() as unit:
        unit.run("INSERT INTO linking_dirty (type, id) VALUES ('everything', '')")
    done: list[int] = []
    reconciliation.queue.search_all(
        on_progress=lambda count, _all: done.append(count), is_cancelled=lambda: bool(done)
    )
    assert done == [0]
    assert shown(reconciliation) == before
    assert reconciliation.queue.list_keys(QueueQuery()) == handles


# What a change opens


def test_a_link_opens_no_company_that_only_shares_a_name_with_the_customer(workspace: Workspace) -> None:
    others = [
        unlinked(f"cl_x{at}", name) for at, name in enumerate(("Transistor Elektronik AB", "Transkribera AB"))
    ]
    customer = Customer(id="cu_x", customer_number="1", name="Transportcentralen AB")
    own = unlinked("cl_x", "Transportcentralen AB")
    take_in(workspace, *office(3), *others, customer, engagement("cu_x"), own)
    reconciliation = opened(workspace, None)
    reconciliation.queue.search_all()
    workspace.enqueue([link("cl_x", "cu_x")])
    with workspace.read() as unit:
        dirty = read_dirty(unit, 100)
    assert (dirty.customers, dirty.links) == ((), ("cu_x",))
    assert opened_by(workspace, reconciliation, lambda: None) == set()
    # A change of the customer's name does: the control.
    renamed = Customer(id="cu_x", customer_number="1", name="Transatlantiska AB")
    assert {"cl_x0", "cl_x1"} <= opened_by(
        workspace, reconciliation, lambda: take_in(workspace, renamed, rev=2)
    )


def test_a_new_engagement_opens_those_that_have_the_customer_as_a_candidate(workspace: Workspace) -> None:
    customer = Customer(id="cu_x", customer_number="1", name="Bageriet Dill AB")
    take_in(workspace, *office(3), customer, unlinked("cl_d", "Bageriet Dill AB"))
    reconciliation = opened(workspace, None)
    reconciliation.queue.search_all()
    assert shown(reconciliation)["cl_d"].reason in ("no_engagement", "")
    assert opened_by(workspace, reconciliation, lambda: take_in(workspace, engagement("cu_x"))) == {"cl_d"}


def test_a_contact_that_comes_or_goes_changes_how_its_customer_is_found(workspace: Workspace) -> None:
    customer = Customer(id="cu_x", customer_number="1", name="Bageriet Dill AB")
    contact = Contact(id="ct_x", customer_id="cu_x", name="", email="hej@dill.example")
    take_in(workspace, *office(3), customer)
    reconciliation = opened(workspace, None)
    reconciliation.queue.search_all()

    def noted() -> tuple[str, ...]:
        with workspace.read() as unit:
            found = read_dirty(unit, 100)
        reconciliation.queue.search_all()
        return found.customers

    take_in(workspace, contact)
    assert noted() == ("cu_x",)
    workspace.tell(remove(workspace.database, contact, rev=3))
    assert noted() == ("cu_x",)


def test_where_the_unlinked_come_from_follows_what_changes(workspace: Workspace) -> None:
    other = dataclasses.replace(unlinked("cl_b", "Havtorn AB"), source="smarta_byran")
    take_in(workspace, *office(3))
    queue = opened(workspace, None).queue
    assert queue.search_all()
    assert queue.figures().sources == ("byrastod",)
    take_in(workspace, other, rev=2)
    assert queue.figures().sources == ("byrastod", "smarta_byran")
    workspace.tell(remove(workspace.database, other, rev=3))
    assert queue.figures().sources == ("byrastod",)
