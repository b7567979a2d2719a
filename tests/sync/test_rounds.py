"""Rounds against the real server: what is decided here ends there once, and the other way round."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.contract.wire import PullAnswer
from app.domain.changes import RejectedError
from app.domain.commands import (
    AddContact,
    ArchiveCustomer,
    CreateCustomer,
    RemoveContact,
    UpdateContact,
    UpdateCustomer,
)
from app.domain.ids import new_id
from app.domain.records import Contact, Customer
from app.errors import RemoteError
from app.storage.keyvalues import get_session, put_session
from app.storage.overlay import who_acts
from app.sync.engine import LONGEST_CHANGES, STAGED_PER_TRANSACTION, Engine
from app.usecases.outbox import Outbox
from app.usecases.workspace import Decision, new_command_id
from tests.server.sync_site import ANNA, BO, FIRM, SyncSite, create, customer
from tests.sync.conftest import NewDesk
from tests.sync.desk import Desk


def rename(row: Customer, to: str) -> UpdateCustomer:
    return UpdateCustomer(customer_id=row.id, set={"name": {"from": row.name, "to": to}})


def outcomes(site: SyncSite, desk: Desk) -> dict[str, str]:
    with site.store.read(FIRM) as snapshot:
        found = snapshot.devices.list_outcomes([entry.command.id for entry in desk.entries()])
        return {outcome.command_id: str(outcome.status) for outcome in found}


def server_names(site: SyncSite) -> list[str]:
    client = site.client()
    found, _ = client.pull()
    return sorted(row["data"]["name"] for (t, _), row in found.items() if t == "customer" and "data" in row)


def test_first_round_brings_everything(site: SyncSite, desk: Desk) -> None:
    site.write(customer(1), customer(2))
    result = desk.round()
    assert desk.names() == ["Kund 1 AB", "Kund 2 AB"]
    assert result.head == site.store.find_head(FIRM)
    assert desk.changes[-1].everything
    assert desk.shows_what_follows()
    with desk.database.read() as unit:
        assert who_acts(unit) == (ANNA.id, FIRM)


def test_a_first_fetch_that_breaks_off_goes_on_from_the_last_part(site: SyncSite, desk: Desk) -> None:
    site.write(*(customer(number) for number in range(1, 21)))

    def cut_the_line(received: int) -> None:
        desk.line.cut = received >= STAGED_PER_TRANSACTION + 3

    engine = Engine(
        desk.database, desk.line, desk.clock, lambda _: None, page_rows=1, on_progress=cut_the_line
    )
    with pytest.raises(RemoteError):
        engine.round()
    with desk.database.read() as unit:
        assert unit.value("SELECT count(*) FROM staging") == STAGED_PER_TRANSACTION
    desk.line.cut = False
    rest = desk.round()
    assert len(desk.names()) == 20
    assert rest.received == len(desk.mirror_rows()) - STAGED_PER_TRANSACTION
    assert desk.shows_what_follows()


@pytest.mark.parametrize("lots", [1, 2])
def test_what_waits_is_shown_where_a_pull_broke_off_in_the_middle_of_its_command(
    site: SyncSite, desk: Desk, lots: int
) -> None:
    """Contacts come before their customer: between two pages there is half of what a command did."""
    row = customer(1)
    contacts = tuple(
        Contact(id=new_id("ct"), customer_id=row.id, name=f"Kim {number}")
        for number in range(lots * LONGEST_CHANGES + 5)
    )
    desk.page_rows = 1
    desk.restart()
    desk.round()
    desk.workspace.enqueue([CreateCustomer(customer=row, contacts=contacts)])
    desk.workspace.enqueue([rename(row, "Kund 1 i Umeå AB")])
    pull, pulls = desk.line.pull, 0

    def breaks_off(device: str, cursor: str | None, limit: int, place: str = "") -> PullAnswer:
        nonlocal pulls
        pulls += 1
        if pulls > lots * LONGEST_CHANGES + 2:
            raise RemoteError("server_unreachable", host="test")
        return pull(device, cursor, limit, place)

    desk.line.pull = breaks_off  # type: ignore[method-assign]
    with pytest.raises(RemoteError):
        desk.round()
    assert desk.names() == ["Kund 1 i Umeå AB"]
    desk.restart()
    assert desk.states() == ["acknowledged", "acknowledged"]
    assert desk.shows_what_follows()
    assert desk.names() == ["Kund 1 i Umeå AB"]
    desk.line.pull = pull  # type: ignore[method-assign]
    desk.round()
    assert desk.states() == ["confirmed", "confirmed"]
    assert desk.names() == ["Kund 1 i Umeå AB"]
    assert len(desk.mirror_rows()) == len(site.client().pull()[0])


def test_rows_of_a_type_that_the_program_did_not_know_before_are_fetched(site: SyncSite, desk: Desk) -> None:
    """An older program passes them over; its cursor is past them when it is updated."""
    row = customer(1)
    contact = Contact(id=new_id("ct"), customer_id=row.id, name="Kim")
    site.write(row, contact)
    desk.round()
    assert desk.mirrored("contact", contact.id) == contact
    with desk.database.write() as unit:
        unit.run("DELETE FROM mirror WHERE type = 'contact'")
        unit.run("INSERT INTO staging SELECT * FROM mirror")  # of a snapshot that it had begun
        unit.run("UPDATE staging SET id = 'cu_gone' WHERE type = 'customer'")
        known = [name for name in get_session(unit, "known_types") if name != "contact"]
        put_session(unit, known_types=known)
    pulls = desk.line.pulls
    desk.round()
    assert desk.mirrored("contact", contact.id) == contact
    assert desk.mirrored("customer", "cu_gone") is None
    assert desk.shows_what_follows()
    desk.round()
    assert desk.line.pulls - pulls == 3  # a snapshot, the changes since then, and nothing new


def test_decision_goes_there_and_comes_back(site: SyncSite, desk: Desk) -> None:
    desk.round()
    desk.workspace.enqueue([create(7)])
    assert (desk.names(), desk.states()) == (["Kund 7 AB"], ["queued"])
    assert server_names(site) == []
    result = desk.round()
    assert (result.applied, result.waiting) == (1, 0)
    assert (desk.names(), desk.states()) == (["Kund 7 AB"], ["confirmed"])
    assert server_names(site) == ["Kund 7 AB"]
    with desk.database.read() as unit:
        assert unit.rows("SELECT * FROM overlay") == []
    assert desk.shows_what_follows()


def test_offline_decisions_are_sent_once_after_a_restart(site: SyncSite, desk: Desk) -> None:
    row = customer(1)
    site.write(row)
    desk.round()
    desk.line.cut = True
    desk.workspace.enqueue([create(2), rename(row, "Nytt namn AB")])
    for _ in range(3):
        with pytest.raises(RemoteError, match="server_unreachable"):
            desk.round()
    desk.restart()
    assert desk.names() == ["Kund 2 AB", "Nytt namn AB"]
    assert desk.states() == ["sending", "sending"]
    desk.line.cut = False
    desk.round()
    desk.round()
    assert server_names(site) == ["Kund 2 AB", "Nytt namn AB"]
    assert desk.states() == ["confirmed", "confirmed"]
    assert set(outcomes(site, desk).values()) == {"applied"}


@pytest.mark.case(54)
def test_answer_lost_after_the_commit(site: SyncSite, desk: Desk) -> None:
    desk.round()
    desk.workspace.enqueue([create(1)])
    head = site.store.find_head(FIRM) or 0
    desk.line.lose_answer = 1
    desk.changes.clear()
    with pytest.raises(RemoteError):
        desk.round()
    assert desk.states() == ["sending"]
    assert [change.outbox for change in desk.changes] == [True], "the outbox hears that it is on its way"
    assert site.store.find_head(FIRM) == head + 1
    desk.restart()
    desk.round()
    assert site.store.find_head(FIRM) == head + 1
    assert desk.states() == ["confirmed"]
    first, again = desk.line.pushes
    assert [(c.id, c.seq) for c in first] == [(c.id, c.seq) for c in again]


@pytest.mark.case(53)
def test_conflict_on_one_field_is_shown_and_mine_can_be_kept(new_desk: NewDesk, site: SyncSite) -> None:
    row = customer(1)
    site.write(row)
    here, there = new_desk(), new_desk()
    here.round()
    there.round()
    here.workspace.enqueue([rename(row, "Mitt namn AB")])
    there.workspace.enqueue([rename(row, "Deras namn AB")])
    there.round()
    here.round()
    assert here.names() == ["Deras namn AB"]
    (item,) = here.outbox.list_attention()
    (field,) = item.fields
    assert (field.name, field.mine, field.theirs, field.seen) == (
        "name",
        "Mitt namn AB",
        "Deras namn AB",
        "Kund 1 AB",
    )
    assert field.by == ANNA.name
    here.outbox.keep_mine(item.command_id or "")
    assert here.outbox.list_attention() == []
    here.round()
    there.round()
    assert there.names() == here.names() == ["Mitt namn AB"]
    assert server_names(site) == ["Mitt namn AB"]


def test_refused_takes_with_it_what_needs_it_and_nothing_else(new_desk: NewDesk, site: SyncSite) -> None:
    here, there = new_desk(), new_desk()
    here.round()
    there.round()
    number = {"organisation_number": "165560360793"}
    mine, made, needing = customer(1, **number), new_command_id(), new_command_id()
    contact = Contact(id=new_id("ct"), customer_id=mine.id, name="Örjan")
    here.workspace.enqueue(
        [
            Decision(payload=create(1, id=mine.id, **number), command_id=made),
            Decision(payload=AddContact(contact=contact), needs=(made,), command_id=needing),
            create(3),
        ]
    )
    there.workspace.enqueue([create(2, **number)])
    there.round()
    here.round()
    assert here.states() == ["rejected", "rejected", "confirmed"]
    assert here.names() == ["Kund 2 AB", "Kund 3 AB"]
    (item,) = here.outbox.list_attention()
    assert (item.code, item.command_id, item.also) == ("duplicate_number", made, (needing,))
    assert here.entries()[1].code == "depends"


def test_rules_refuse_at_once_where_they_can(desk: Desk) -> None:
    desk.round()
    desk.workspace.enqueue([create(1, organisation_number="165560360793")])
    with pytest.raises(RejectedError, match="duplicate_number"):
        desk.workspace.enqueue([create(2, organisation_number="165560360793")])
    assert len(desk.entries()) == 1


@pytest.mark.case(55)
def test_removed_there_and_edited_here(new_desk: NewDesk, site: SyncSite) -> None:
    row = customer(1)
    contact = Contact(id="ct_1", customer_id=row.id, name="Örjan")
    site.write(row, contact)
    here, there = new_desk(), new_desk()
    here.round()
    there.round()
    there.workspace.enqueue([RemoveContact(contact_id="ct_1")])
    there.round()
    here.workspace.enqueue(
        [UpdateContact(contact_id="ct_1", set={"name": {"from": "Örjan", "to": "Örjan Fält"}})]
    )
    here.round()
    assert here.states() == ["rejected"]
    assert here.outbox.list_attention()[0].code == "gone"
    assert here.mirrored("contact", "ct_1") is None


def test_withdrawn_before_it_was_sent(site: SyncSite, desk: Desk) -> None:
    desk.round()
    (first, second) = desk.workspace.enqueue([create(1), create(2)])
    assert desk.outbox.withdraw([first]) == (first,)
    assert desk.names() == ["Kund 2 AB"]
    desk.round()
    assert server_names(site) == ["Kund 2 AB"]
    assert desk.states() == ["withdrawn", "confirmed"]
    assert [(c.id, c.withdraw) for push in desk.line.pushes for c in push] == [(first, True), (second, False)]


def test_withdrawn_when_the_answer_was_lost_shows_what_really_happened(site: SyncSite, desk: Desk) -> None:
    desk.round()
    (made,) = desk.workspace.enqueue([create(1)])
    desk.line.lose_answer = 1
    with pytest.raises(RemoteError):
        desk.round()
    assert desk.outbox.withdraw([made]) == ()
    desk.round()
    assert desk.states() == ["confirmed"]
    assert server_names(site) == ["Kund 1 AB"]


def test_withdrawn_when_the_request_was_lost(site: SyncSite, desk: Desk) -> None:
    desk.round()
    (made,) = desk.workspace.enqueue([create(1)])
    desk.line.cut = True
    with pytest.raises(RemoteError):
        desk.round()
    desk.line.cut = False
    assert desk.outbox.withdraw([made]) == ()
    desk.round()
    assert desk.states() == ["withdrawn"]
    assert (server_names(site), desk.names()) == ([], [])


@pytest.mark.case(59)
def test_small_pages_give_the_same_mirror(new_desk: NewDesk, site: SyncSite) -> None:
    site.write(*[customer(n) for n in range(40)])
    small, large = new_desk(page_rows=3), new_desk()
    small.round()
    large.round()
    site.write(*[customer(n) for n in range(40, 70)])
    small.round()
    large.round()
    assert small.mirror_rows() == large.mirror_rows()
    assert small.line.pulls > 20
    assert small.shows_what_follows()


@pytest.mark.case(59)
@pytest.mark.parametrize("is_snapshot", [True, False], ids=["snapshot", "changes"])
def test_rows_change_while_a_client_fetches_pages(
    new_desk: NewDesk, site: SyncSite, *, is_snapshot: bool
) -> None:
    """Between two pages a row is changed, one goes and one comes; in the end all is as the server has it."""
    rows = [customer(n) for n in range(20)]
    contacts = [Contact(id=new_id("ct"), customer_id=row.id, name="Kim") for row in rows]
    desk = new_desk(page_rows=3)
    if not is_snapshot:
        desk.round()
    site.write(*rows, *contacts)
    other = site.client()
    pull = desk.line.pull
    changed: list[int] = []

    def with_changes(device: str, cursor: str | None, limit: int, place: str = "") -> object:
        page = pull(device, cursor, limit, place)
        if page.more and len(changed) < 12:
            number = len(changed)
            changed.append(number)
            name = {"name": {"from": f"Kund {number} AB", "to": f"Annat {number} AB"}}
            results = other.push(
                UpdateCustomer(customer_id=rows[number].id, set=name),
                RemoveContact(contact_id=contacts[-1 - number].id),
                create(100 + number),
            )
            assert [result["status"] for result in results] == ["applied"] * 3
        return page

    desk.line.pull = with_changes  # type: ignore[method-assign,assignment]
    desk.round()
    desk.round()
    assert len(changed) == 12
    assert sorted(desk.names()) == server_names(site)
    assert [desk.mirrored("contact", contact.id) is None for contact in contacts] == [False] * 8 + [True] * 12
    assert desk.shows_what_follows()
    whole = new_desk()
    whole.round()
    assert whole.mirror_rows() == desk.mirror_rows()


@pytest.mark.case(49)
def test_a_client_that_was_away_longer_than_removals_are_remembered(
    new_desk: NewDesk, site: SyncSite
) -> None:
    """Its cursor is too old: everything is fetched anew, what has gone goes, what waits is sent once."""
    row = customer(1)
    contact = Contact(id=new_id("ct"), customer_id=row.id, name="Kim")
    site.write(row, contact)
    away, other = new_desk(), site.client()
    away.round()
    away.workspace.enqueue([rename(row, "Nytt namn AB"), create(2)])
    [removed] = other.push(RemoveContact(contact_id=contact.id))
    other.push(create(3))
    with site.store.write(FIRM) as transaction:
        assert transaction.purge_tombstones(removed["head"]) == 1
    assert away.mirrored("contact", contact.id) is not None
    away.round()
    assert away.mirrored("contact", contact.id) is None
    assert away.states() == ["confirmed", "confirmed"]
    assert sorted(away.names()) == server_names(site) == ["Kund 2 AB", "Kund 3 AB", "Nytt namn AB"]
    assert set(outcomes(site, away).values()) == {"applied"}
    assert away.shows_what_follows()


def test_rows_that_are_no_longer_mine_leave_the_file(new_desk: NewDesk, site: SyncSite) -> None:
    mine, other = customer(1, account_manager_id=BO.id), customer(2)
    site.write(mine, other)
    desk = new_desk(BO)
    desk.round()
    assert desk.names() == ["Kund 1 AB"]
    site.write(replace(mine, account_manager_id=ANNA.id))
    desk.round()
    assert desk.names() == []
    assert desk.mirrored("customer", mine.id) is None
    assert desk.shows_what_follows()


def test_the_outbox_no_longer_names_a_customer_that_is_not_mine(new_desk: NewDesk, site: SyncSite) -> None:
    """What was decided stays in the journal, for a server that is restored; who it was about is not shown."""
    mine = customer(1, account_manager_id=BO.id)
    desk = new_desk(BO)
    desk.round()
    desk.workspace.enqueue([CreateCustomer(customer=mine)])
    desk.workspace.enqueue([rename(mine, "Nytt namn AB")])
    desk.round()
    outbox = Outbox(desk.workspace)
    assert [line.subject for line in outbox.list_history()] == ["Nytt namn AB"] * 2
    site.write(replace(mine, account_manager_id=ANNA.id))
    desk.round()
    assert desk.names() == []
    assert desk.states() == ["confirmed"] * 2
    assert [line.subject for line in outbox.list_history()] == [""] * 2


def test_own_change_stays_on_screen_while_pages_come(new_desk: NewDesk, site: SyncSite) -> None:
    """Confirmed only after the last page: what was typed is shown in every transaction until then."""
    row = customer(1)
    site.write(row, *[customer(n) for n in range(2, 30)])
    desk = new_desk(page_rows=2)
    desk.round()
    desk.workspace.enqueue([rename(row, "Mitt namn AB")])
    seen: set[str] = set()
    pull = desk.line.pull

    def watched(device: str, cursor: str | None, limit: int, place: str = "") -> object:
        seen.update(name for name in desk.names() if name in ("Kund 1 AB", "Mitt namn AB"))
        return pull(device, cursor, limit, place)

    desk.line.pull = watched  # type: ignore[method-assign,assignment]
    site.write(*[customer(n) for n in range(30, 60)])
    desk.round()
    assert seen == {"Mitt namn AB"}
    assert desk.states() == ["confirmed"]


def test_archive_is_refused_with_its_reason(desk: Desk) -> None:
    desk.round()
    with pytest.raises(RejectedError, match="gone"):
        desk.workspace.enqueue([ArchiveCustomer(customer_id="cu_nobody")])
