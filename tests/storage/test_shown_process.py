"""Rows of the lists made in another process: the same as made here, whatever becomes of that process."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from app.contract.codec import ContractError, encode_record
from app.domain.records import (
    Activation,
    Collaboration,
    Company,
    Contact,
    Customer,
    Engagement,
    Invitation,
    Participation,
    Recipient,
    Record,
    Staff,
    type_of,
)
from app.storage.database import Database, Unit
from app.storage.mirror import make_rows, stage, swap_staging
from app.storage.missing_indexes import make_missing_indexes
from app.storage.outbox import CommandState
from app.storage.shown_making import CustomerPart, make_lot
from app.storage.shown_process import MakingProcess
from app.storage.shown_rebuild import rebuild_shown
from tests.storage.test_projection import change, shown, structure
from tests.support.stopped_processes import needs_signals, stop_process

STAFF = Staff(id="st_1", name="Åsa Ek", email="asa@byran.example")


def records_of(number: int) -> list[Record]:
    id_ = f"cu_{number}"
    return [
        Activation(id=f"av_{number}", customer_id=id_, branch="", items=(), state="stopped"),
        Collaboration(
            id=f"cl_{number}",
            company=Company(name="Öbo"),
            service="scanner",
            customer_id=id_,
            state="pending",
        ),
        Contact(id=f"ct_{number}", customer_id=id_, name="Örjan Fält", email="orjan@fisk.example"),
        Customer(id=id_, customer_number=f"{number}", name=f"Kund {number} ÅÄÖ", account_manager_id="st_1"),
        Engagement(id=f"en_{number}", customer_id=id_, type="bookkeeping", title="Bokföring"),
        Invitation(
            id=f"iv_{number}",
            customer_id=id_,
            activation_id=f"av_{number}",
            state="sent",
            recipients=(Recipient(name="A", email="a@fisk.example", mail_state="bounced"),),
        ),
        Participation(
            id=f"pa_{number}", customer_id=id_, engagement_id=f"en_{number}", staff_id="st_1", role="owner"
        ),
    ]


def part(number: int) -> CustomerPart:
    records = ",".join(f'["{type_of(one)}",{encode_record(one).decode()}]' for one in records_of(number))
    return (f"cu_{number}", f"[{records}]".encode(), number, "2026-11-25T08:00:00+00:00", number % 3)


PARTS = [[part(1), part(2)], [part(3)], [part(4), part(5), part(6)], [part(7)]]
HERE = [make_lot(some, {STAFF.id: STAFF}).rows for some in PARTS]


@pytest.fixture
def process() -> Iterator[MakingProcess]:
    with MakingProcess() as started:
        yield started


def made_by(process: MakingProcess, parts: Sequence[list[CustomerPart]]) -> list[Any]:
    lots = process.make_lots(parts, {STAFF.id: STAFF})
    return [tuple([tuple(row) for row in rows] for rows in lot.rows) for lot in lots]


def plain(lots: Sequence[Any]) -> list[Any]:
    return [tuple([tuple(row) for row in rows] for rows in lot) for lot in lots]


def test_rows_are_those_made_here(process: MakingProcess) -> None:
    assert all(rows for rows in HERE[0])
    assert made_by(process, PARTS) == plain(HERE)
    assert process.made_here == 0


def test_nothing_to_do(process: MakingProcess) -> None:
    assert made_by(process, []) == []


def test_a_process_that_is_killed_is_done_without(process: MakingProcess) -> None:
    process.kill()
    assert made_by(process, PARTS) == plain(HERE)
    assert process.made_here == len(PARTS)


def test_a_process_that_is_killed_half_way_is_done_without(process: MakingProcess) -> None:
    lots = process.make_lots(PARTS, {STAFF.id: STAFF})
    made = [next(lots).rows]
    process.kill()
    made += [lot.rows for lot in lots]
    assert plain(made) == plain(HERE)
    assert process.made_here > 0


@needs_signals
@pytest.mark.parametrize("letters", [1, 400_000])
def test_a_process_that_is_stopped_is_done_without(letters: int) -> None:
    """Both where an answer is waited for, and where the pipe takes no more."""
    id_, records, *rest = part(1)
    parts = [[(id_, records + b" " * letters, *rest)], [part(2)]]
    with MakingProcess(patience=0.2) as process:
        assert process.pid is not None
        stop_process(process.pid)
        assert made_by(process, parts) == plain([make_lot(some, {STAFF.id: STAFF}).rows for some in parts])
        assert process.made_here == len(parts)


def test_a_record_without_its_shape_is_told_here(process: MakingProcess) -> None:
    broken: CustomerPart = ("cu_8", b'[["customer",{"id":7}]]', 8, "", 0)
    with pytest.raises(ContractError):
        made_by(process, [[part(1)], [broken]])


def fill(unit: Unit) -> None:
    records = [STAFF, *(one for number in range(1, 30) for one in records_of(number))]
    stage(unit, list(make_rows([change(one, 1) for one in records])))
    swap_staging(unit)


@pytest.mark.parametrize("is_live", [False, True])
def test_lists_are_the_same(database: Database, process: MakingProcess, *, is_live: bool) -> None:
    with database.write() as unit:
        before = structure(unit)
        if is_live:  # what is under way is known here only
            unit.run(
                "INSERT INTO outbox (id, type, v, entity, customer_id, payload, needs, state, made_at)"
                " VALUES ('c', 'customer.archive', 1, 'cu_1', 'cu_1', '{\"customer_id\":\"cu_1\"}', '[]', ?,"
                " '2026-11-25T08:00:00+00:00')",
                (CommandState.QUEUED,),
            )
        fill(unit)
        rebuild_shown(unit, process)
        assert structure(unit) == before
        beside = shown(unit)
        assert len(beside["shown_customer"]) == 29
        rebuild_shown(unit)
        assert shown(unit) == beside


def test_lists_without_the_indexes_that_they_do_not_need(database: Database) -> None:
    with database.write() as unit:
        before = structure(unit)
        fill(unit)
        rebuild_shown(unit, lists_first=True)
        at_first, beside = structure(unit), shown(unit)
        rebuild_shown(unit)
        assert shown(unit) == beside
        assert structure(unit) == at_first
    left = set(before) - set(at_first)
    assert "shown_customer_registered" in left
    assert not {name for name in left if name.startswith("mirror")}
    assert "shown_customer_name_key" not in left
    assert make_missing_indexes(database) == len(left)
    with database.read() as unit:
        assert structure(unit) == before
    assert make_missing_indexes(database) == 0
