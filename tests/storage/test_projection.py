"""What is shown always equals what follows from mirror and outbox alone, whatever happened in between."""

import dataclasses
from datetime import timedelta

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.contract.codec import encode_record
from app.contract.wire import PullAnswer, WireChange
from app.domain import commands as c
from app.domain.records import (
    About,
    Activation,
    Collaboration,
    Company,
    Contact,
    Customer,
    Engagement,
    Event,
    Firm,
    Invitation,
    Participation,
    Recipient,
    Record,
    Registration,
    Staff,
    type_of,
)
from app.storage.database import Database, Unit
from app.storage.keyvalues import put_session
from app.storage.mirror import apply_changes
from app.storage.outbox import CommandState, list_entries
from app.storage.overlay import refresh
from app.storage.pulling import PullProgress, begin_again
from app.storage.shown_rebuild import rebuild_shown
from app.storage.shown_tables import rewrite
from app.storage.writing import show_settled, withdraw_commands, write_commands
from tests.support.clocks import MONDAY_MORNING

TABLES = {
    "overlay": "type, id, customer_id, parent_id, lookup, data",
    "outbox_touch": "position, key, writes",
    "shown_customer": "*",
    "shown_customer_service": "*",
    "shown_customer_staff": "*",
    "shown_collaboration": "*",
    "shown_invitation": "*",
}


def change(record: Record, rev: int, *, removed: bool = False) -> WireChange:
    if removed:
        return WireChange(t=type_of(record), id=record.id, rev=rev, removed="deleted")
    return WireChange(t=type_of(record), id=record.id, rev=rev, data=msgspec.Raw(encode_record(record)))


def shown(unit: Unit) -> dict[str, list[tuple[object, ...]]]:
    found: dict[str, list[tuple[object, ...]]] = {}
    for table, columns in TABLES.items():
        cursor = unit.connection.exec_driver_sql(f"SELECT {columns} FROM {table}")
        names = list(cursor.keys())
        keep = [place for place, name in enumerate(names) if name != "row"]
        found[table] = sorted((tuple(row[i] for i in keep) for row in cursor), key=repr)
    found["search"] = sorted(
        tuple(row)
        for row in unit.rows(
            "SELECT id FROM shown_customer WHERE row IN"
            " (SELECT rowid FROM shown_search WHERE shown_search MATCH '\"kund\"')"
        )
    )
    return found


FIRM = Firm(id="fi_1", name="Byrån", organisation_number="165560360793")
ME = Staff(id="st_1", name="Karin Ek", email="karin@byran.example", full_permission=True)
OTHER = Staff(id="st_2", name="Olle Ström", email="olle@byran.example")


def customer(n: int, **fields: object) -> Customer:
    start = Customer(id=f"cu_{n}", customer_number=f"{n}", name=f"Kund {n} AB", account_manager_id="st_1")
    return dataclasses.replace(start, **fields)  # type: ignore[arg-type]


def seen_change(record: Record, **to: object) -> dict[str, dict[str, object]]:
    return {name: {"from": getattr(record, name), "to": value} for name, value in to.items()}


NAMES = st.sampled_from(["Kund A", "Kund Å", "Kundernas kund", "Kund 7"])
CUSTOMERS = st.integers(1, 4)
DECISIONS = st.one_of(
    st.builds(lambda n, name: c.CreateCustomer(customer=customer(n, name=name)), CUSTOMERS, NAMES),
    st.builds(
        lambda n, seen, name: c.UpdateCustomer(
            customer_id=f"cu_{n}", set={"name": {"from": seen, "to": name}}
        ),
        CUSTOMERS,
        NAMES,
        NAMES,
    ),
    st.builds(lambda n: c.ArchiveCustomer(customer_id=f"cu_{n}"), CUSTOMERS),
    st.builds(
        lambda n, k, main: c.AddContact(
            contact=Contact(id=f"ct_{n}_{k}", customer_id=f"cu_{n}", name=f"Person {k}", is_main=main)
        ),
        CUSTOMERS,
        st.integers(1, 2),
        st.booleans(),
    ),
    st.builds(lambda n: c.RemindInvitation(invitation_id=f"iv_{n}"), CUSTOMERS),
    st.builds(lambda n: c.WithdrawInvitation(invitation_id=f"iv_{n}"), CUSTOMERS),
    st.builds(lambda n: c.CancelActivation(activation_id=f"av_{n}"), CUSTOMERS),
    st.builds(lambda n, k: c.RemoveContact(contact_id=f"ct_{n}_{k}"), CUSTOMERS, st.integers(1, 2)),
    st.builds(
        lambda n: c.CreateEngagement(
            engagement=Engagement(
                id=f"en_{n}", customer_id=f"cu_{n}", type="bookkeeping", title="Bokföring", fiscal_year=2026
            ),
            participations=(
                Participation(
                    id=f"pa_{n}",
                    engagement_id=f"en_{n}",
                    customer_id=f"cu_{n}",
                    staff_id="st_1",
                    role="owner",
                ),
            ),
        ),
        CUSTOMERS,
    ),
    st.builds(
        lambda k, n: c.LinkCollaboration(
            collaboration_id=f"cl_{k}", customer_id=f"cu_{n}", engagement_id=f"en_{n}", service="scanner"
        ),
        st.integers(1, 3),
        CUSTOMERS,
    ),
    st.builds(
        lambda k, n: c.UnlinkCollaboration(collaboration_id=f"cl_{k}", seen_engagement_id=f"en_{n}"),
        st.integers(1, 3),
        CUSTOMERS,
    ),
)
SERVER_ROWS: st.SearchStrategy[Record] = st.one_of(
    st.builds(lambda n, name: customer(n, name=name), CUSTOMERS, NAMES),
    st.builds(
        lambda n: Engagement(id=f"en_{n}", customer_id=f"cu_{n}", type="bookkeeping", title="Bokföring"),
        CUSTOMERS,
    ),
    st.builds(
        lambda n, k: Contact(id=f"ct_{n}_{k}", customer_id=f"cu_{n}", name="Annan"),
        CUSTOMERS,
        st.integers(1, 2),
    ),
    st.builds(
        lambda k, n: Collaboration(
            id=f"cl_{k}", company=Company(name=f"Kund {k} AB"), service="scanner", customer_id=n
        ),
        st.integers(1, 3),
        st.sampled_from([None, "cu_1", "cu_9"]),
    ),
    st.builds(
        lambda n, state, at: Invitation(
            id=f"iv_{n}",
            activation_id=f"av_{n}",
            customer_id=f"cu_{n}",
            services=("scanner",),
            state=state,
            sent_at=at,
            recipients=(Recipient(name="Örjan", email="orjan@kund.example", mail_state="bounced"),),
        ),
        CUSTOMERS,
        st.sampled_from(["queued", "sent", "answered"]),
        st.sampled_from([None, MONDAY_MORNING]),
    ),
    st.builds(
        lambda n, state: Activation(
            id=f"av_{n}", customer_id=f"cu_{n}", branch="unknown", items=(), state=state
        ),
        CUSTOMERS,
        st.sampled_from(["received", "stopped", "refused"]),
    ),
    st.builds(
        lambda n, answer: Registration(
            id=f"rg_{n}", customer_id=f"cu_{n}", answer=answer, checked_at=MONDAY_MORNING
        ),
        CUSTOMERS,
        st.sampled_from(["registered", "not_registered", "a word of a newer server"]),
    ),
    st.builds(
        lambda n, minute: Event(
            id=f"ev_{n}_{minute}",
            about=About(type="customer", id=f"cu_{n}", customer_id=f"cu_{n}"),
            what="customer_updated",
            at=MONDAY_MORNING + timedelta(minutes=minute),
        ),
        CUSTOMERS,
        st.integers(1, 5),
    ),
    st.just(dataclasses.replace(OTHER, name="Olle Ny")),
    st.just(dataclasses.replace(ME, sees="own")),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("decide"), st.lists(DECISIONS, min_size=1, max_size=3)),
        st.tuples(st.just("pull"), st.lists(st.tuples(SERVER_ROWS, st.booleans()), min_size=1, max_size=4)),
        st.tuples(
            st.just("snapshot"),
            st.lists(st.tuples(SERVER_ROWS, st.just(False)), min_size=1, max_size=6),
            st.integers(1, 3),
            st.lists(st.tuples(SERVER_ROWS, st.booleans()), max_size=3),
        ),
        st.tuples(
            st.just("settle"), st.integers(0, 9), st.sampled_from(["confirmed", "rejected", "conflict"])
        ),
        st.tuples(st.just("send"), st.integers(0, 9), st.sampled_from(["sending", "acknowledged"])),
        st.tuples(st.just("withdraw"), st.integers(0, 9)),
    ),
    max_size=12,
)


def play(unit: Unit, steps: list[tuple[object, ...]]) -> None:
    put_session(unit, staff_id="st_1", firm_id="fi_1")
    rev = 1
    first = apply_changes(unit, [change(FIRM, 1), change(ME, 1), change(OTHER, 1)])
    rewrite(unit, first.affected)
    made = 0
    for step in steps:
        match step:
            case ("decide", payloads):
                commands = []
                for payload in payloads:
                    made += 1
                    at = MONDAY_MORNING + timedelta(minutes=made)
                    commands.append(c.Command(id=f"cmd_{made}", payload=payload, made_at=at))
                write_commands(unit, commands)
            case ("pull", rows):
                rev += 1
                pulled = apply_changes(unit, [change(row, rev, removed=gone) for row, gone in unique(rows)])
                affected = refresh(unit, pulled.keys)
                affected.customers |= pulled.affected.customers
                affected.records |= pulled.affected.records
                rewrite(unit, affected)
            case ("snapshot", rows, page, since):
                rev = take_snapshot(unit, rows, page, since, rev)
            case ("settle" | "send", place, state):
                live = list_entries(unit, "state IN ('queued', 'sending', 'acknowledged')")
                if place < len(live):
                    entry = live[place]
                    unit.run("UPDATE outbox SET state = ? WHERE position = ?", (state, entry.position))
                    if step[0] == "settle":
                        show_settled(unit, [entry])
                    else:
                        show_settled(unit, [], also=[entry])
            case ("withdraw", place):
                queued = list_entries(unit, "state = ?", (CommandState.QUEUED,))
                if place < len(queued):
                    withdraw_commands(unit, [queued[place].command.id], MONDAY_MORNING)


def take_snapshot(
    unit: Unit,
    rows: list[tuple[Record, bool]],
    page: int,
    since: list[tuple[Record, bool]],
    rev: int,
) -> int:
    """Fetch everything anew in pages, as a round does, and then the changes since it began."""
    begin_again(unit)
    progress = PullProgress.begin(unit)
    firm = [FIRM, ME, OTHER]
    present = {row.id: row for row in (*firm, *(row for row, _ in rows))}
    ordered = sorted(present.values(), key=lambda row: (type_of(row), row.id))
    pages = [
        answer([change(row, rev) for row in ordered[at : at + page]], snapshot=True)
        for at in range(0, len(ordered), page)
    ]
    pages.append(answer([change(row, rev + 1, removed=gone) for row, gone in unique(since)], snapshot=False))
    for each in pages:
        progress.add(each)
        if each.snapshot:
            progress.stage(unit)
    progress.write(unit)
    assert progress.wrote_anew
    rebuild_shown(unit)
    return rev + 1


def answer(changes: list[WireChange], *, snapshot: bool) -> PullAnswer:
    return PullAnswer(
        epoch="e",
        cursor="c",
        more=snapshot,
        last_seq=0,
        head=1,
        server_time=MONDAY_MORNING,
        changes=tuple(changes),
        snapshot=snapshot,
    )


def unique(rows: list[tuple[Record, bool]]) -> list[tuple[Record, bool]]:
    return list({row.id: (row, gone) for row, gone in rows}.values())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_step_by_step_equals_from_nothing(database: Database, steps: list[tuple[object, ...]]) -> None:
    class UndoneError(Exception):
        pass

    try:
        with database.write() as unit:
            play(unit, steps)
            step_by_step = shown(unit)
            rebuild_shown(unit)
            from_nothing = shown(unit)
            assert step_by_step == from_nothing
            raise UndoneError
    except UndoneError:
        pass


def structure(unit: Unit) -> dict[str, str]:
    return {
        name: sql.replace('"', "")
        for name, sql in unit.rows("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    }


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_making_anew_keeps_handles_and_structure(database: Database, steps: list[tuple[object, ...]]) -> None:
    class UndoneError(Exception):
        pass

    try:
        with database.write() as unit:
            before = structure(unit)
            play(unit, steps)
            handles = dict(unit.rows("SELECT id, row FROM shown_customer"))
            rebuild_shown(unit)
            assert dict(unit.rows("SELECT id, row FROM shown_customer")) == handles
            assert structure(unit) == before
            raise UndoneError
    except UndoneError:
        pass


def test_a_snapshot_takes_the_mirrors_place_with_its_indexes(database: Database) -> None:
    with database.write() as unit:
        before = structure(unit)
        assert "mirror_customer_id" in before
        play(unit, [("pull", [(customer(1), False), (customer(2), False)])])
        unit.run("CREATE TEMP TABLE old_handles AS SELECT id, row FROM shown_customer")
        take_snapshot(unit, [(customer(2), False), (customer(3), False)], 2, [], 7)
        assert structure(unit) == before
        assert [row[0] for row in unit.rows("SELECT id FROM mirror WHERE type = 'customer' ORDER BY id")] == [
            "cu_2",
            "cu_3",
        ]
        assert unit.rows("SELECT count(*) FROM staging") == [(0,)]
        kept = "SELECT row FROM {} WHERE id = 'cu_2'"
        assert unit.value(kept.format("shown_customer")) == unit.value(kept.format("temp.old_handles"))
        assert unit.rows("SELECT id FROM mirror INDEXED BY mirror_customer_id WHERE customer_id = 'cu_3'")


def test_what_is_staged_is_not_on_the_screen(database: Database) -> None:
    with database.write() as unit:
        progress = PullProgress.begin(unit)
        progress.add(answer([change(customer(1), 1)], snapshot=True))
        progress.stage(unit)
        assert unit.rows("SELECT * FROM mirror") == []
        progress.add(answer([], snapshot=False))
        progress.write(unit)
        assert len(unit.rows("SELECT * FROM mirror")) == 1


def test_the_comparison_can_fail(database: Database) -> None:
    """A control: the same comparison sees a row that was not rewritten."""
    with database.write() as unit:
        play(unit, [("pull", [(customer(1), False)])])
        apply_changes(unit, [change(customer(1, name="Nytt namn AB"), 9)])
        before = shown(unit)
        rebuild_shown(unit)
        assert shown(unit) != before


def test_own_change_stays_until_its_outcome(database: Database) -> None:
    with database.write() as unit:
        play(unit, [("pull", [(customer(1), False)])])
        update = c.UpdateCustomer(customer_id="cu_1", set=seen_change(customer(1), name="Mitt namn AB"))
        write_commands(unit, [c.Command(id="cmd_1", payload=update, made_at=MONDAY_MORNING)])
        assert unit.rows("SELECT name, mark FROM shown_customer") == [("Mitt namn AB", "queued")]
        entry = list_entries(unit, "1")[0]
        unit.run("UPDATE outbox SET state = 'rejected', code = 'gone'")
        show_settled(unit, [entry])
        assert unit.rows("SELECT name, mark, attention FROM shown_customer") == [("Kund 1 AB", "", 1)]
