"""The customer list: search, filter, sort, page, and the first picture."""

import dataclasses
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain import commands as c
from app.domain.records import Address, Collaboration, Company, Contact, Customer, Engagement, Staff
from app.storage.customer_rows import CustomerFilter, CustomerSort, count, fetch_lines, list_handles
from app.storage.database import Database, Unit
from app.storage.first_screen import _SCHEMA_VERSION, read_first_screen
from app.storage.keyvalues import put_session
from app.storage.mirror import apply_changes
from app.storage.schema import SCHEMA_VERSION
from app.storage.shown_tables import rewrite
from app.storage.writing import write_commands
from tests.storage.conftest import KEY
from tests.storage.test_projection import change
from tests.support.clocks import MONDAY_MORNING

ME = Staff(id="st_1", name="Karin Ek", email="karin@byran.example")
CUSTOMERS = [
    Customer(
        id="cu_1",
        customer_number="A212",
        name="Åkeri Norr AB",
        organisation_number="165560360793",
        address=Address(town="Umeå"),
    ),
    Customer(id="cu_2", customer_number="A35", name="Zettermans AB", account_manager_id="st_1"),
    Customer(
        id="cu_3",
        customer_number="007",
        name="Wiksell Bygg",
        kind="sole_firm",
        organisation_number="198507099805",
    ),
    Customer(id="cu_4", customer_number="7", name="Vikens Fisk", state="archived"),
    Customer(id="cu_5", customer_number="8", name="Östens Måleri"),
]
HANGING = [
    ME,
    Contact(id="ct_1", customer_id="cu_2", name="Örjan Fält", email="orjan@zetterman.example"),
    Engagement(id="en_1", customer_id="cu_1", type="bookkeeping", title="Bokföring"),
    Collaboration(
        id="cl_1", company=Company(name="x"), service="scanner", customer_id="cu_1", engagement_id="en_1"
    ),
    Collaboration(
        id="cl_2", company=Company(name="x"), service="utlagg", customer_id="cu_5", state="pending"
    ),
]


@pytest.fixture
def filled(database: Database) -> Database:
    with database.write() as unit:
        put_session(unit, staff_id="st_1", firm_id="fi_1")
        pulled = apply_changes(unit, [change(record, 1) for record in (*CUSTOMERS, *HANGING)])
        rewrite(unit, pulled.affected)
    return database


def names(unit: Unit, wanted: CustomerFilter) -> list[str]:
    return [line.name for line in fetch_lines(unit, list_handles(unit, wanted))]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (CustomerFilter(), ["Wiksell Bygg", "Zettermans AB", "Åkeri Norr AB", "Östens Måleri"]),
        (
            CustomerFilter(descending=True),
            ["Östens Måleri", "Åkeri Norr AB", "Zettermans AB", "Wiksell Bygg"],
        ),
        (
            CustomerFilter(sort=CustomerSort.NUMBER),
            ["Wiksell Bygg", "Östens Måleri", "Zettermans AB", "Åkeri Norr AB"],
        ),
        (CustomerFilter(archived=True), ["Vikens Fisk"]),
        (CustomerFilter(search="åk"), ["Åkeri Norr AB"]),
        (CustomerFilter(search="AKERI"), ["Åkeri Norr AB"]),
        (CustomerFilter(search="556036-0793"), ["Åkeri Norr AB"]),
        (CustomerFilter(search="5560360793"), ["Åkeri Norr AB"]),
        (CustomerFilter(search="umeå ake"), ["Åkeri Norr AB"]),
        (CustomerFilter(search="orjan@zetterman"), ["Zettermans AB"]),
        (CustomerFilter(search="fält zett"), ["Zettermans AB"]),
        (CustomerFilter(search='"; DROP'), []),
        (CustomerFilter(search="xq"), []),
        (CustomerFilter(service="scanner"), ["Åkeri Norr AB"]),
        (CustomerFilter(service_state="pending"), ["Östens Måleri"]),
        (CustomerFilter(missing_engagement=True), ["Östens Måleri"]),
        (CustomerFilter(waiting=True), ["Östens Måleri"]),
        (CustomerFilter(staff_id="st_1"), ["Zettermans AB"]),
        (CustomerFilter(staff_id="st_1", role="owner"), []),
        (CustomerFilter(year_end_month=12, search="wik"), ["Wiksell Bygg"]),
    ],
)
def test_filter_and_order(filled: Database, wanted: CustomerFilter, expected: list[str]) -> None:
    with filled.read() as unit:
        assert names(unit, wanted) == expected
        assert count(unit, wanted) == len(expected)


def test_personal_number_is_masked_and_still_found(filled: Database) -> None:
    with filled.read() as unit:
        lines = fetch_lines(unit, list_handles(unit, CustomerFilter(search="850709-9805")))
    assert [line.identity for line in lines] == ["850709-••••"]


def test_handle_stays_when_a_row_changes(filled: Database) -> None:
    with filled.write() as unit:
        before = {line.id: line.handle for line in fetch_lines(unit, list_handles(unit, CustomerFilter()))}
        pulled = apply_changes(unit, [change(dataclasses.replace(CUSTOMERS[1], name="Aaberg AB"), 5)])
        rewrite(unit, pulled.affected)
        after = {line.id: line.handle for line in fetch_lines(unit, list_handles(unit, CustomerFilter()))}
        assert before == after
        assert names(unit, CustomerFilter(search="aaberg")) == ["Aaberg AB"]
        assert names(unit, CustomerFilter(search="zettermans")) == []


def test_first_screen_shows_the_top_of_the_list(filled: Database) -> None:
    with filled.write() as unit:
        update = c.UpdateCustomer(
            customer_id="cu_3", set={"name": {"from": "Wiksell Bygg", "to": "Wiksells Bygg"}}
        )
        write_commands(unit, [c.Command(id="cmd_1", payload=update, made_at=MONDAY_MORNING)])
    path = filled.path
    filled.close()
    first = read_first_screen(path, KEY)
    assert first is not None
    assert [(line.name, line.mark) for line in first.lines][:2] == [
        ("Wiksells Bygg", "queued"),
        ("Zettermans AB", ""),
    ]
    assert (first.customers, first.unlinked, first.outbox) == (4, 1, 1)


def test_first_screen_gives_up_on_what_does_not_fit(filled: Database) -> None:
    assert read_first_screen(filled.path.with_name("missing.db"), KEY) is None
    assert read_first_screen(filled.path, bytes(32)) is None
    with filled.write() as unit:
        unit.run("PRAGMA user_version = 99")
    assert read_first_screen(filled.path, KEY) is None


def test_first_screen_knows_the_schema_of_today() -> None:
    assert _SCHEMA_VERSION == SCHEMA_VERSION


def test_first_screen_loads_nothing_heavy() -> None:
    """Counted in a process of its own: the first picture waits for none of these libraries."""
    code = (
        "import sys, pathlib; from app.storage.first_screen import read_first_screen;"
        "read_first_screen(pathlib.Path('/nowhere/at/all'), bytes(32)); import sqlcipher3;"
        "print(sorted({'sqlalchemy','msgspec','alembic','requests','keyring'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("with_index", [True, False])
def test_first_screen_after_the_program_was_killed(
    filled: Database, tmp_path: Path, *, with_index: bool
) -> None:
    """The write-ahead log still holds the last commits, and its index may be gone."""
    with filled.write() as unit:
        update = c.UpdateCustomer(
            customer_id="cu_3", set={"name": {"from": "Wiksell Bygg", "to": "Aaberg Bygg"}}
        )
        write_commands(unit, [c.Command(id="cmd_1", payload=update, made_at=MONDAY_MORNING)])
    left = tmp_path / "left"
    left.mkdir()
    for suffix in ("", "-wal", "-shm") if with_index else ("", "-wal"):
        shutil.copy(f"{filled.path}{suffix}", left / f"cache.db{suffix}")
    assert (left / "cache.db-wal").stat().st_size > 0
    first = read_first_screen(left / "cache.db", KEY)
    assert first is not None
    assert first.lines[0].name == "Aaberg Bygg"
