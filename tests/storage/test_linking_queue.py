"""The queue of unlinked companies: what a change opens, and the search of all of it in its own process."""

from __future__ import annotations

import contextlib
import dataclasses
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import event

from app.catalogue import load_catalogue
from app.domain.commands import LinkCollaboration
from app.domain.ids import PREFIXES, new_id
from app.domain.records import (
    Collaboration,
    Company,
    Contact,
    Customer,
    Engagement,
    Firm,
    LinkDecisionKind,
    Record,
    Staff,
)
from app.errors import StorageError
from app.matching.many import LOT
from app.storage import linking_queue as stored
from app.storage.database import Database, Unit
from app.storage.linking_dirty import read_dirty
from app.storage.linking_queue import count_open, fetch_rows, list_handles
from app.usecases import reconciliation_queue
from app.usecases.events import Events
from app.usecases.reconciliation import Reconciliation
from app.usecases.reconciliation_values import LineWish, LinkWish, QueueQuery, QueueRow, Step
from app.usecases.workspace import Workspace
from tests.matching.swedish_records import generate
from tests.support.cache import pull, remove, sign_in
from tests.support.clocks import FixedClock

COMPANIES = 2 * LOT + 30


def office(companies: int) -> list[Record]:
    """Return a firm with as many customers as unlinked companies, generated as the engine is measured on."""
    made = generate(seed=5, customers=companies, unlinked=companies)
    records: list[Record] = [
        Firm(id="fi_1", name="Byrån", organisation_number="162021005489"),
        Staff(id="st_1", name="Eva Ek", email="eva@example.se", full_permission=True),
    ]
    for row in made.customers:
        number = row["organisation_number"].replace("-", "")
        id_ = row["customer_id"]
        records.append(
            Customer(
                id=id_, customer_number=id_, name=row["name"], organisation_number=number and f"16{number}"
            )
        )
        records.append(Contact(id=f"ct_{id_}", customer_id=id_, name="", email=row["email"]))
        records.append(engagement(id_))
    records += [
        unlinked(row["collaboration_id"], row["name"], row["organisation_number"], row["email"])
        for row in made.unlinked
    ]
    return records


def engagement(customer_id: str) -> Engagement:
    return Engagement(
        id=f"en_{customer_id}",
        customer_id=customer_id,
        type="bookkeeping",
        title="Bokföring",
        fiscal_year=2026,
    )


def unlinked(id_: str, name: str, number: str = "", email: str = "") -> Collaboration:
    return Collaboration(
        id=id_,
        company=Company(name=name, number=number, email=email),
        source="byrastod",
        source_product="eEkonomi",
        unlinked_because="imported",
    )


@pytest.fixture
def workspace(database: Database) -> Workspace:
    """Return the local side of somebody who sees all customers."""
    return Workspace(database, FixedClock(), Events())


def take_in(workspace: Workspace, *records: Record, rev: int = 1) -> None:
    """Take records in as a pull does, and tell."""
    workspace.tell(pull(workspace.database, records, rev=rev))


def opened(workspace: Workspace, process_from: int | None) -> Reconciliation:
    sign_in(workspace.database, "st_1", "fi_1")
    return Reconciliation(workspace, load_catalogue(), process_from=process_from)


def shown(reconciliation: Reconciliation) -> dict[str, QueueRow]:
    """Return everything that the list shows, by company."""
    queue = reconciliation.queue
    rows = queue.list_rows(queue.list_keys(QueueQuery()))
    return {row.id: dataclasses.replace(row, handle=0) for row in rows}


def waiting(workspace: Workspace) -> int:
    with workspace.read() as unit:
        return count_open(unit)[0]


def after_lot(number: int, act: Callable[[], None]) -> Callable[[int, int], None]:
    """Return what acts once, after so many lots of the process."""
    acted: list[int] = []

    def on_progress(done: int, _companies: int) -> None:
        if done >= number * LOT and not acted:
            acted.append(done)
            act()

    return on_progress


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


def opened_by(workspace: Workspace, reconciliation: Reconciliation, act: Callable[[], None]) -> set[str]:
    """Return the collaborations whose rows a change lets be searched for again."""
    act()
    queue = reconciliation.queue
    with queue._keeping:
        queue._bring_in_line(lambda: False)
    with workspace.read() as unit:
        rows = fetch_rows(unit, list_handles(unit, ""))
    found = {row.id for row in rows if row.is_open}
    queue.search_all()
    return found


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


# A long list


def link(collaboration_id: str, customer_id: str) -> LinkCollaboration:
    return LinkCollaboration(
        collaboration_id=collaboration_id,
        customer_id=customer_id,
        engagement_id=f"en_{customer_id}",
        service="eekonomi",
        decision_id=new_id(PREFIXES["link_decision"]),
    )


def test_what_was_decided_goes_before_the_others_are_searched_for(workspace: Workspace) -> None:
    customer = Customer(id="cu_x", customer_number="1", name="Bageriet Dill AB")
    both = [unlinked("cl_x", "Bageriet Dill AB"), unlinked("cl_y", "Bageriet Dill i Lund AB")]
    take_in(workspace, *office(3), customer, engagement("cu_x"), *both)
    queue = opened(workspace, None).queue
    queue.search_all()
    handles = queue.list_keys(QueueQuery())
    decided = queue.find_handle("cl_x")
    workspace.enqueue([link("cl_x", "cu_x")])
    assert set(handles) - set(queue.list_kept(QueueQuery(), handles)) == {decided}
    assert waiting(workspace) == 1  # cl_y, which had the customer as a candidate too
    assert decided not in queue.list_keys(QueueQuery())
    assert waiting(workspace) == 0


@contextlib.contextmanager
def counted_steps(database: Database) -> Iterator[list[int]]:
    """Count what SQLite does meanwhile, in tens of steps of its machine: what grows with what it reads."""
    steps = [0]

    def count() -> int:
        steps[0] += 1
        return 0

    def watch(driver: Any, _record: object, _proxy: object) -> None:
        driver.set_progress_handler(count, 10)

    def leave(driver: Any, _record: object) -> None:
        driver.set_progress_handler(None, 10)

    event.listen(database.engine, "checkout", watch)
    event.listen(database.engine, "checkin", leave)
    try:
        yield steps
    finally:
        event.remove(database.engine, "checkout", watch)
        event.remove(database.engine, "checkin", leave)


def test_a_decision_and_its_undo_read_as_much_in_a_long_list_as_in_a_short_one(
    workspace: Workspace,
) -> None:
    customer = Customer(id="cu_x", customer_number="1", name="Bageriet Dill AB")
    take_in(workspace, *office(3), customer, engagement("cu_x"), unlinked("cl_x", "Bageriet Dill AB"))
    reconciliation = opened(workspace, None)
    queue = reconciliation.queue
    queue.search_all()

    def steps_of(act: Callable[[], object]) -> int:
        act()
        with counted_steps(workspace.database) as steps:
            queue.list_kept(QueueQuery(), queue.list_keys(QueueQuery(), 20))
        return steps[0]

    def both() -> tuple[int, int]:
        made: list[Step] = []
        decided = steps_of(lambda: made.append(reconciliation.link(wish("cl_x", "cu_x"))))
        return decided, steps_of(lambda: reconciliation.undo(made[0]))

    short = both()
    take_in(workspace, *(unlinked(f"cl_m{at}", f"Bolag {at} AB") for at in range(600)), rev=2)
    queue.search_all()
    long = both()
    assert all(more < less * 1.5 for less, more in zip(short, long, strict=True)), (short, long)
    # A control: what reads the list is seen.
    with counted_steps(workspace.database) as steps:
        queue.list_keys(QueueQuery())
    assert steps[0] > 600 / 10


def test_what_has_come_back_is_told_with_its_place(workspace: Workspace) -> None:
    take_in(workspace, *office(40))
    reconciliation = opened(workspace, None)
    queue = reconciliation.queue
    queue.search_all()
    first, second = queue.list_keys(QueueQuery())[3:5]
    last = queue.list_keys(QueueQuery())[-1]
    steps = [
        reconciliation.set_aside(reconciliation.open_card(handle), LinkDecisionKind.LATER)
        for handle in (first, second, last)
    ]
    assert queue.list_kept(QueueQuery(), [first, second, last]) == []
    assert queue.list_come(QueueQuery()) == []
    assert queue.list_come(QueueQuery(view="decided")) == []  # told once
    for step in steps:
        reconciliation.undo(step)
    queue.list_kept(QueueQuery(), [])
    come = list(queue._come)
    assert len(come) == 3
    for view in ("all", "likely", "none", "unclear", "certain"):
        queue._come.extend(come)
        there = queue.list_keys(QueueQuery(view=view))
        pairs = zip(there, [*there[1:], None], strict=False)
        wanted = [pair for pair in pairs if pair[0] in come]
        assert queue.list_come(QueueQuery(view=view)) == wanted, view
        assert len(wanted) == 3 or view != "all"
    queue._come.extend(come)
    assert queue.list_come(QueueQuery(text="ab")) == []
    # They have been searched for: nobody sees them without the suggestion that they had.
    assert waiting(workspace) == 0


def test_a_delta_of_an_ordinary_day_is_taken_in_before_it_is_searched_for(workspace: Workspace) -> None:
    take_in(workspace, *office(20))
    queue = opened(workspace, None).queue
    queue.search_all()
    handles = queue.list_keys(QueueQuery())
    take_in(workspace, *(unlinked(f"cl_n{at}", f"Nybolag {at} AB") for at in range(100)), rev=2)
    assert sorted(queue.list_kept(QueueQuery(), handles)) == sorted(handles)
    there = queue.list_come(QueueQuery())
    assert len(there) == 100
    assert waiting(workspace) == 100
    assert [handle for handle in queue.list_keys(QueueQuery()) if handle not in handles] == [
        h for h, _ in there
    ]
    assert waiting(workspace) == 100  # too many to wait for


def test_many_renamed_customers_hold_up_nobody_and_open_all_that_they_concern(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciliation_queue, "_OPENED_AT_A_TIME", 3)
    customers = [Customer(id=f"cu_x{at}", customer_number=str(at), name="Ekan AB") for at in range(9)]
    companies = [unlinked(f"cl_x{at}", f"Havtornet {at} AB") for at in range(10)]
    take_in(workspace, *office(3), *customers, *companies)
    reconciliation = opened(workspace, None)
    queue = reconciliation.queue
    queue.search_all()
    handles = queue.list_keys(QueueQuery())
    renamed = [dataclasses.replace(one, name="Havtornet AB") for one in customers]
    take_in(workspace, *renamed, unlinked("cl_n", "Nybolaget AB"), rev=2)
    queue.list_kept(QueueQuery(), handles)
    assert len(queue.list_come(QueueQuery())) == 1
    assert waiting(workspace) == 0  # what has come is found; the renamed are left to search_all
    assert queue.needs_search()
    # Broken off between two lots, nothing is forgotten; what changes meanwhile is noted beside it.
    open_rows, lots = stored.open_rows, []

    def fail(unit: Unit, some: Sequence[int]) -> None:
        lots.append(len(some))
        if len(lots) == 2:
            raise StorageError("disk_full")
        open_rows(unit, some)

    with monkeypatch.context() as broken:
        broken.setattr(stored, "open_rows", fail)
        with pytest.raises(StorageError), queue._keeping:
            queue._bring_in_line(lambda: False)
    assert lots == [3, 3]
    with workspace.read() as unit:
        assert set(read_dirty(unit, 100).customers) == {one.id for one in customers}
    assert {f"cl_x{at}" for at in range(10)} <= opened_by(workspace, reconciliation, lambda: None)
    assert not queue.needs_search()


def wish(collaboration_id: str, customer_id: str) -> LinkWish:
    line = LineWish(collaboration_id=collaboration_id, service="eekonomi", engagement_id=f"en_{customer_id}")
    return LinkWish(lines=(line,), customer_id=customer_id, seen=())


def test_what_is_kept_follows_the_filter_and_the_search(workspace: Workspace) -> None:
    take_in(workspace, *office(40))
    queue = opened(workspace, None).queue
    queue.search_all()
    everything = queue.list_keys(QueueQuery())
    for query in (
        QueueQuery(),
        QueueQuery(view="likely"),
        QueueQuery(view="none"),
        QueueQuery(text="ab"),
        QueueQuery(view="likely", text="ab"),
        QueueQuery(only=tuple(everything[:7])),
        QueueQuery(view="decided"),
    ):
        assert sorted(queue.list_kept(query, everything)) == sorted(queue.list_keys(query)), query
        assert queue.list_kept(query, []) == []
