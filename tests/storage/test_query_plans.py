"""How SQLite answers the lists: through indexes, in their order, and never by walking through the rows.

What is asked at hundreds of thousands of rows is looked at with EXPLAIN QUERY PLAN, as it was really run.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.storage import collaboration_rows, customer_rows, engagement_rows, linking_queue
from app.storage.collaboration_rows import CollaborationFilter, CollaborationSort
from app.storage.customer_rows import CustomerFilter, CustomerSort
from app.storage.database import Database, Unit
from app.storage.engagement_rows import EngagementFilter
from app.storage.shown_rebuild import rebuild_shown, walk_of
from app.usecases import reconciliation_rows, today
from app.usecases.invitations import CURRENT

DAY = date(2026, 11, 25)
LARGE = {
    "shown_customer",
    "shown_collaboration",
    "shown_invitation",
    "linking_queue",
    "linking_member",
    "mirror",
    "overlay",
    "p",
    "k",
    "e",
}
Ask = Callable[[Unit], object]


def plan(unit: Unit, ask: Ask) -> list[tuple[str, str]]:
    """Return (statement, step) of everything that is run to answer."""
    driver = unit.connection.connection.driver_connection
    assert driver is not None
    statements: list[str] = []
    driver.set_trace_callback(statements.append)
    try:
        ask(unit)
    finally:
        driver.set_trace_callback(None)
    return [(sql, row[3]) for sql in statements for row in unit.rows(f"EXPLAIN QUERY PLAN {sql}")]


def walks(steps: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the steps that read every row of a large table, or sort what they have read."""
    found = []
    for sql, step in steps:
        words = step.split()
        reads_all = words[0] == "SCAN" and words[1] in LARGE and "INDEX" not in words
        sorts_all = step == "USE TEMP B-TREE FOR ORDER BY"
        if reads_all or sorts_all or "AUTOMATIC" in words:
            found.append((sql, step))
    return found


def walks_for_each_row(unit: Unit, ask: Ask) -> list[tuple[str, str]]:
    """Return the steps that read every row of a large table for each of another's: nothing ends that."""
    found = []
    for sql in dict.fromkeys(sql for sql, _ in plan(unit, ask)):
        rows = unit.rows(f"EXPLAIN QUERY PLAN {sql}")
        parents = {row[0]: (row[1], row[3]) for row in rows}
        for at, (id_, parent, _, step) in enumerate(rows):
            words = step.split()
            if words[0] != "SCAN" or words[1] not in LARGE:
                continue
            is_inner = any(row[1] == parent and row[3].startswith(("SCAN", "SEARCH")) for row in rows[:at])
            above, inside = id_, []
            while above in parents:
                above, text = parents[above]
                inside.append(text)
            if is_inner or any(text.startswith("CORRELATED") for text in inside):
                found.append((sql, step))
    return found


def customers(**wanted: object) -> Ask:
    return lambda unit: customer_rows.list_handles(unit, CustomerFilter(**wanted))  # type: ignore[arg-type]


def collaborations(**wanted: object) -> Ask:
    return lambda unit: collaboration_rows.list_ids(unit, CollaborationFilter(**wanted))  # type: ignore[arg-type]


QUESTIONS: dict[str, Ask] = {
    **{f"customers by {sort}": customers(sort=sort) for sort in CustomerSort},
    **{f"customers by {sort}, downwards": customers(sort=sort, descending=True) for sort in CustomerSort},
    "customers found": customers(search="kalle"),
    "customers counted": lambda unit: customer_rows.count(unit, CustomerFilter()),
    "a page of customers": lambda unit: customer_rows.fetch_lines(unit, [1, 2, 3]),
    "collaborations by name": collaborations(),
    "collaborations by name, downwards": collaborations(descending=True),
    "collaborations by service": collaborations(sort=CollaborationSort.SERVICE),
    "collaborations by state": collaborations(sort=CollaborationSort.STATE),
    "collaborations of a service": collaborations(service="eekonomi"),
    "collaborations in a state": collaborations(states=("active",)),
    "unlinked collaborations": collaborations(unlinked=True),
    "figures of all": lambda unit: collaboration_rows.count_by_state(unit, CollaborationFilter()),
    "figures of a service": lambda unit: collaboration_rows.count_by_state(
        unit, CollaborationFilter(service="eekonomi")
    ),
    "services": collaboration_rows.list_services,
    "companies to link": lambda unit: linking_queue.list_handles(unit, "all"),
    "companies of a filter": lambda unit: linking_queue.list_handles(unit, "pending"),
    "companies that are still there": lambda unit: linking_queue.list_kept(unit, "pending", "ab", [1, 2]),
    "figures of the queue": linking_queue.count_views,
    "a page of the queue": lambda unit: linking_queue.fetch_rows(unit, [1, 2, 3]),
    "sources of the unlinked": linking_queue.list_sources,
    "companies of a customer": lambda unit: reconciliation_rows.companies_of_customers(unit, ["cu_1"]),
    "a page of engagements": lambda unit: engagement_rows.fetch_lines(unit, ["en_1", "en_2"], DAY),
    "what the vendor refused": today._refused,
    "what renews": lambda unit: today._renewing(unit, DAY, DAY),
    "without an engagement": today._missing_engagement,
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_list_walks_through_the_rows(database: Database, question: str) -> None:
    with database.read() as unit:
        steps = plan(unit, QUESTIONS[question])
        assert steps
        assert walks(steps) == []


MORE: dict[str, Ask] = {
    **QUESTIONS,
    "engagements counted": lambda unit: engagement_rows.count_by_state(unit, EngagementFilter(today=DAY)),
    "engagements due": lambda unit: engagement_rows.list_ids(unit, EngagementFilter(today=DAY, state="due")),
    "what others ended": lambda unit: today._ended_by_others(unit, "2026-11-01"),
    "what ends soon": lambda unit: today._ending(unit, DAY, DAY),
    "one's own customers": today._own_customers,
}


@pytest.mark.parametrize("question", MORE)
def test_before_the_lists_other_orders_are_there_nothing_walks_for_each_row(
    database: Database, question: str
) -> None:
    """Right after a large first synchronisation the screens ask all of it."""
    with database.write() as unit:
        rebuild_shown(unit, lists_first=True)
        assert not unit.row("SELECT 1 FROM sqlite_master WHERE name = 'shown_customer_registered'")
        assert walks_for_each_row(unit, MORE[question]) == []


def test_a_walk_for_each_row_is_seen(database: Database) -> None:
    with database.write() as unit:
        unit.run("DROP INDEX mirror_parent_id")
        assert walks_for_each_row(unit, MORE["engagements counted"])


def test_what_others_ended_is_looked_up_and_only_those_are_sorted(database: Database) -> None:
    with database.read() as unit:
        steps = plan(unit, lambda unit: today._ended_by_others(unit, "2026-11-01"))
    assert {step for _, step in walks(steps)} == {"USE TEMP B-TREE FOR ORDER BY"}
    assert any("shown_collaboration_ended" in step for _, step in steps)


@pytest.mark.parametrize(
    ("view", "index"), [("all", "linking_queue_name"), ("pending", "linking_queue_view")]
)
def test_the_place_of_a_company_is_looked_up_and_only_those_that_are_asked_for_are_sorted(
    database: Database, view: str, index: str
) -> None:
    with database.write() as unit:
        rows = [(f"cl_{at}", f"c{at}", f"Bolag {at}") for at in range(3)]
        for id_, company, name in rows:
            unit.run(
                "INSERT INTO linking_queue (id, company_key, members, name, name_key, identity, source, view,"
                " band, reason, score, best_name, best_number, place, why, alternatives, is_open, search)"
                " VALUES (?, ?, '[]', ?, ?, '', '', 'pending', '', '', 0, '', '', '', '[]', 0, 0, '')",
                (id_, company, name, name),
            )
        steps = plan(unit, lambda unit: linking_queue.list_places(unit, view, [2]))
        assert linking_queue.list_places(unit, view, [3, 2]) == [(2, 3), (3, None)]
    assert {step for _, step in walks(steps)} == {"USE TEMP B-TREE FOR ORDER BY"}
    assert any(f"COVERING INDEX {index}" in step and ">" in step for _, step in steps)


def test_what_ends_soon_is_looked_up_and_only_that_is_sorted(database: Database) -> None:
    with database.read() as unit:
        steps = plan(unit, lambda unit: today._ending(unit, DAY, DAY))
    assert {step for _, step in walks(steps)} == {"USE TEMP B-TREE FOR ORDER BY"}
    assert any("shown_collaboration_state (state=?)" in step for _, step in steps)


def test_the_start_screen_looks_up_the_invitations_that_it_tells_of(database: Database) -> None:
    with database.read() as unit:
        current = f"SELECT id FROM shown_invitation WHERE {CURRENT} ORDER BY name_key"
        steps = plan(unit, lambda unit: unit.rows(current, ("queued", "sent", "2026-11-18", "2026-11-18")))
    assert {step for _, step in walks(steps)} == {"USE TEMP B-TREE FOR ORDER BY"}
    assert sum("shown_invitation_state" in step for _, step in steps) == 3


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM shown_collaboration WHERE variant = 'x'",
        "SELECT id FROM shown_collaboration ORDER BY payer",
        "SELECT count(*) FROM shown_customer WHERE town = 'Umeå' AND +state = 'active'",
        "SELECT k.id, (SELECT max(e.id) FROM present e WHERE e.parent_id = k.id) FROM shown_invitation k"
        " WHERE k.id = 'x'",
    ],
)
def test_a_walk_is_seen(database: Database, sql: str) -> None:
    """A control: the check sees what reads everything, what sorts, and what makes an index of its own."""
    with database.read() as unit:
        assert walks(plan(unit, lambda unit: unit.rows(sql)))


@pytest.mark.parametrize("source", ["mirror", "present"])
def test_customers_are_gone_through_without_a_sort(database: Database, source: str) -> None:
    with database.read() as unit:
        assert not walks(plan(unit, lambda unit: unit.rows(walk_of(source))))


def test_a_sort_of_all_records_is_seen(database: Database) -> None:
    """The control: the order of what is not asked for."""
    sql = walk_of("present").replace("customer_id, type, id, data FROM", "customer_id, type, data FROM")
    with database.read() as unit:
        assert walks(plan(unit, lambda unit: unit.rows(sql)))
