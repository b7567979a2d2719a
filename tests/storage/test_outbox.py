"""The outbox as its screen uses it: attention, retry, withdraw, bulk, previews."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta

import pytest

from app.domain import commands as c
from app.domain.changes import ConflictError, RejectedError
from app.domain.records import (
    Activation,
    Contact,
    Customer,
    Firm,
    FirmSettings,
    Invitation,
    Recipient,
    Staff,
)
from app.domain.what_changed import SyncState, WhatChanged
from app.storage.database import Database
from app.storage.outbox import list_entries
from app.storage.writing import show_settled
from app.usecases.events import Events
from app.usecases.outbox import Outbox
from app.usecases.workspace import LOT, Decision, Workspace, new_command_id
from tests.support.cache import pull, sign_in
from tests.support.clocks import FixedClock

ME = Staff(id="st_1", name="Karin Ek", email="karin@byran.example", full_permission=True)
FIRM = Firm(
    id="fi_1", name="Byrån AB", organisation_number="", settings=FirmSettings(due_diligence_blocks=True)
)
NUMBER = "165560360793"


class Heard(list[WhatChanged | SyncState]):
    """What the events delivered."""


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def workspace(database: Database, heard: Heard) -> Workspace:
    events = Events()
    events.subscribe(heard.append)
    sign_in(database, "st_1", "fi_1")
    pull(database, [ME, FIRM])
    return Workspace(database, FixedClock(), events)


@pytest.fixture
def outbox(workspace: Workspace) -> Outbox:
    return Outbox(workspace)


@pytest.fixture
def settle(database: Database) -> Callable[[str, str, str], None]:
    def run(command_id: str, state: str, code: str) -> None:
        with database.write() as unit:
            unit.run("UPDATE outbox SET state = ?, code = ? WHERE id = ?", (state, code, command_id))
            show_settled(unit, list_entries(unit, "id = ?", (command_id,)))

    return run


def create(n: int, **fields: str) -> c.CreateCustomer:
    return c.CreateCustomer(
        customer=Customer(id=f"cu_{n}", customer_number=f"{n}", name=f"Kund {n}", **fields)  # type: ignore[arg-type]
    )


def test_all_or_nothing(workspace: Workspace, outbox: Outbox, heard: Heard) -> None:
    with pytest.raises(RejectedError, match="duplicate_number"):
        workspace.enqueue([create(1, organisation_number=NUMBER), create(2, organisation_number=NUMBER)])
    assert outbox.list_waiting() == []
    assert heard == []


def test_each_has_its_own_result(workspace: Workspace, outbox: Outbox) -> None:
    done: list[int] = []
    results = workspace.enqueue_each(
        [create(1, organisation_number=NUMBER), create(2, organisation_number=NUMBER), create(3)],
        on_progress=done.append,
    )
    assert [result.error.code if result.error else "" for result in results] == ["", "duplicate_number", ""]
    assert [line.subject for line in outbox.list_waiting()] == ["Kund 1", "Kund 3"]
    assert done == [3]


def test_cancelled_between_two_lots(workspace: Workspace, outbox: Outbox) -> None:
    asked = iter([False, True])
    results = workspace.enqueue_each([create(n) for n in range(LOT + 50)], is_cancelled=lambda: next(asked))
    assert len(results) == outbox.counts().waiting == LOT
    waiting = [line.command_id for line in outbox.list_waiting()]
    assert len(outbox.withdraw(waiting)) == LOT
    assert outbox.counts().waiting == 0


def test_one_value_per_write(workspace: Workspace, heard: Heard) -> None:
    workspace.enqueue([create(1), create(2)])
    (event,) = heard
    assert isinstance(event, WhatChanged)
    assert event.customers == {"cu_1", "cu_2"}
    assert event.outbox
    assert event.concerns_type("customer")
    assert not event.concerns_type("collaboration")


def test_check_writes_nothing(workspace: Workspace, outbox: Outbox) -> None:
    assert workspace.check(create(1)) is None
    workspace.enqueue([create(1)])
    refused = workspace.check(create(1))
    assert refused is not None
    assert refused.code == "exists"
    assert outbox.counts().waiting == 1


def test_context_has_my_rights_and_the_firms_rules(workspace: Workspace) -> None:
    with workspace.read() as unit:
        context = workspace.context(unit)
    assert (context.actor.name, context.actor.full_permission) == ("Karin Ek", True)
    assert context.settings.due_diligence_blocks
    assert context.now == workspace.clock.now()


def test_chain_is_grouped_under_its_cause_and_tried_again_as_new_commands(
    workspace: Workspace, outbox: Outbox, settle: Callable[[str, str, str], None]
) -> None:
    made, needing = new_command_id(), new_command_id()
    contact = Contact(id="ct_1", customer_id="cu_1", name="Örjan")
    workspace.enqueue(
        [
            Decision(payload=create(1, organisation_number=NUMBER), command_id=made),
            Decision(payload=c.AddContact(contact=contact), needs=(made,), command_id=needing),
        ]
    )
    settle(made, "rejected", "duplicate_number")
    settle(needing, "rejected", "depends")
    (item,) = outbox.list_attention()
    assert (item.kind, item.code, item.subject, item.also) == (
        "rejected",
        "duplicate_number",
        "Kund 1",
        (needing,),
    )
    again = outbox.retry(made)
    assert outbox.list_attention() == []
    first, second = outbox.list_waiting()
    assert (first.command_id, second.command_id) == again
    with workspace.read() as unit:
        assert list_entries(unit, "id = ?", (again[1],))[0].command.needs == (again[0],)
    with pytest.raises(RejectedError, match="nothing_to_retry"):
        outbox.retry(again[0])


def test_withdrawing_takes_what_needs_it(workspace: Workspace, outbox: Outbox) -> None:
    (made, other) = workspace.enqueue([create(1), create(2)])
    contact = Contact(id="ct_1", customer_id="cu_1", name="Örjan")
    (needing,) = workspace.enqueue([c.AddContact(contact=contact)], needs=[made])
    assert outbox.withdraw([made]) == (made, needing)
    assert [line.command_id for line in outbox.list_waiting()] == [other]
    assert [line.state for line in outbox.list_history()] == ["withdrawn", "withdrawn"]


def test_take_theirs(workspace: Workspace, outbox: Outbox, settle: Callable[[str, str, str], None]) -> None:
    (made,) = workspace.enqueue([create(1)])
    settle(made, "conflict", "conflict")
    assert outbox.counts().attention == 1
    outbox.dismiss([made])
    assert outbox.counts().attention == 0
    with pytest.raises(RejectedError, match="nothing_to_keep"):
        outbox.keep_mine("cmd_unknown")


def test_mail_that_stands_still_is_said_until_it_is_put_aside_or_goes_again(
    outbox: Outbox, database: Database
) -> None:
    at = FixedClock().now()
    stopped = Firm(
        id="fi_1",
        name="Byrån",
        organisation_number="",
        mail_stopped="smtp_sign_in_refused",
        mail_stopped_at=at,
    )
    pull(database, [stopped], rev=2)
    (item,) = outbox.list_attention()
    assert (item.kind, item.code, item.subject, item.customer_id) == (
        "mail_stopped",
        "mail_stopped",
        "Byrån",
        None,
    )
    outbox.dismiss([item.key])
    assert outbox.list_attention() == []
    again = dataclasses.replace(stopped, mail_stopped_at=at + timedelta(days=1))
    pull(database, [again], rev=3)
    assert len(outbox.list_attention()) == 1, "another stop is news"
    pull(database, [dataclasses.replace(stopped, mail_stopped="", mail_stopped_at=None)], rev=4)
    assert outbox.list_attention() == []


def test_stopped_activations_and_bounced_mail_need_a_person(
    workspace: Workspace, outbox: Outbox, database: Database
) -> None:
    customer = Customer(id="cu_1", customer_number="1", name="Kund 1")
    stopped = Activation(
        id="av_1", customer_id="cu_1", branch="unknown", items=(), state="stopped", stopped_because="changed"
    )
    bounced = Invitation(
        id="iv_1",
        activation_id="av_2",
        customer_id="cu_1",
        state="sent",
        recipients=(Recipient(name="Örjan", email="orjan@kund.example", mail_state="bounced"),),
    )
    pull(database, [customer, stopped, bounced])
    assert [(item.kind, item.code, item.subject) for item in outbox.list_attention()] == [
        ("activation_stopped", "changed", "Kund 1"),
        ("invitation_problem", "invitation_bounced", "Kund 1"),
    ]
    outbox.dismiss([outbox.list_attention()[1].key])
    assert [item.kind for item in outbox.list_attention()] == ["activation_stopped"]


def test_conflict_is_seen_before_it_is_sent(workspace: Workspace, database: Database) -> None:
    pull(database, [Customer(id="cu_1", customer_number="1", name="Kund 1")])
    with pytest.raises(ConflictError) as caught:
        workspace.enqueue(
            [c.UpdateCustomer(customer_id="cu_1", set={"name": {"from": "Ett äldre namn", "to": "Nytt"}})]
        )
    assert caught.value.fields["name"].theirs == "Kund 1"
