"""The queue of unlinked companies where it is long: what a decision and a day's changes read at once."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import event

from app.domain.records import (
    Customer,
    LinkDecisionKind,
)
from app.errors import StorageError
from app.storage import linking_queue as stored
from app.storage.database import Database, Unit
from app.storage.linking_dirty import read_dirty
from app.usecases import reconciliation_queue
from app.usecases.reconciliation_values import LineWish, LinkWish, QueueQuery, Step
from app.usecases.workspace import Workspace
from tests.support.unlinked_companies import (
    engagement,
    link,
    office,
    opened,
    opened_by,
    take_in,
    unlinked,
    waiting,
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
