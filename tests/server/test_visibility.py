"""What a staff member sees, and that it leaves the file when it is no longer theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.commands import (
    AddParticipation,
    EndParticipation,
    LeaveStaff,
    LinkCollaboration,
    SetLinkDecision,
    UpdateCustomer,
)
from app.domain.effects import Effect, Remove
from app.domain.ids import new_id
from app.domain.records import (
    Collaboration,
    Company,
    Contact,
    Customer,
    Engagement,
    Participation,
    SeenCandidate,
    Staff,
)
from app.server.audit.sealing import Seal, seal_day
from app.server.store import SERVER
from tests.server.sync_site import ANNA, BO, EVA, FIRM, Client, SyncSite, create, customer
from tests.server.test_pull import gone_because
from tests.support.clocks import FixedClock


def seen(client: Client) -> set[tuple[str, str]]:
    return set(client.pull()[0])


def customers_seen(client: Client) -> set[str]:
    return {id_ for kind, id_ in seen(client) if kind == "customer"}


def on_engagement(one: Customer, staff_id: str, **fields: Any) -> tuple[Engagement, Participation]:
    engagement = Engagement(id=new_id("en"), customer_id=one.id, type="bokforing", title="Bokföring")
    participation = Participation(
        id=new_id("pa"), engagement_id=engagement.id, customer_id=one.id, staff_id=staff_id, **fields
    )
    return engagement, participation


def test_own_office_and_all(site: SyncSite) -> None:
    managed = customer(1, account_manager_id=BO.id)
    worked_on, here, elsewhere = customer(2), customer(3, office="Umeå"), customer(4, office="Ystad")
    contact = Contact(id=new_id("ct"), customer_id=elsewhere.id, name="Kim")
    unlinked = Collaboration(id=new_id("cl"), company=Company(name="Okänd AB"))
    engagement, participation = on_engagement(worked_on, BO.id)
    site.write(managed, worked_on, here, elsewhere, contact, unlinked, engagement, participation)
    assert customers_seen(site.client(BO)) == {managed.id, worked_on.id}
    assert customers_seen(site.client(EVA)) == {here.id}
    assert customers_seen(site.client(ANNA)) == {managed.id, worked_on.id, here.id, elsewhere.id}
    for restricted in (site.client(BO), site.client(EVA)):
        rows = seen(restricted)
        assert {("firm", FIRM), ("staff", ANNA.id)} <= rows
        assert not {("contact", contact.id), ("collaboration", unlinked.id)} & rows
    assert {("contact", contact.id), ("collaboration", unlinked.id)} <= seen(site.client(ANNA))


def test_changes_are_filtered_as_snapshots_are(site: SyncSite) -> None:
    bo = site.client(BO)
    _, cursor = bo.pull()
    mine = customer(1, account_manager_id=BO.id)
    site.write(mine, customer(2))
    changes, cursor = bo.pull(cursor)
    assert {id_ for kind, id_ in changes if kind == "customer"} == {mine.id}
    site.write(replace(mine, name="Nytt namn AB"), customer(3))
    changes, _ = bo.pull(cursor, limit=1)
    assert set(changes) == {("customer", mine.id)}


def test_who_comes_to_an_engagement_and_leaves_it_fetches_anew(site: SyncSite) -> None:
    anna, bo, eva = site.client(), site.client(BO), site.client(EVA)
    one = customer(1, office="Umeå")
    engagement, participation = on_engagement(one, BO.id)
    site.write(one, engagement)
    cursors = [client.pull()[1] for client in (anna, bo, eva)]
    anna.push(AddParticipation(participation=participation))
    assert gone_because(bo.page(cursors[1])) == "access"
    assert [
        client.page(cursor).status_code for client, cursor in ((anna, cursors[0]), (eva, cursors[2]))
    ] == [
        200,
        200,
    ]
    rows, cursor = bo.pull()
    assert {("customer", one.id), ("engagement", engagement.id), ("participation", participation.id)} <= set(
        rows
    )
    anna.push(EndParticipation(participation_id=participation.id, to_on=date(2026, 11, 22)))
    assert gone_because(bo.page(cursor)) == "access"
    assert customers_seen(bo) == set()


def test_a_substitute_sees_until_the_last_day_and_the_file_is_emptied_after_it(
    site: SyncSite, clock: FixedClock
) -> None:
    bo = site.client(BO)
    one = customer(1)
    site.write(one, *on_engagement(one, BO.id, to_on=clock.today()))
    assert customers_seen(bo) == {one.id}
    _, cursor = bo.pull()
    clock.advance(timedelta(days=1))
    bo.token = site.token(FIRM, BO.id)
    assert customers_seen(bo) == set()
    with site.store.write(FIRM) as transaction:
        transaction.refresh_grants()
    assert gone_because(bo.page(cursor)) == "access"


@pytest.mark.parametrize(
    "again", [{"account_manager_id": BO.id}, {"protected": True, "protected_staff_ids": (BO.id,)}]
)
def test_one_whose_last_day_was_yesterday_and_who_is_named_today_fetches_anew(
    site: SyncSite, clock: FixedClock, again: dict[str, Any]
) -> None:
    """Midnight is past and the calendar was not gone through: the old grant is there and gives nothing."""
    bo = site.client(BO)
    one = customer(1)
    engagement, participation = on_engagement(one, BO.id, to_on=clock.today())
    site.write(one, engagement, participation)
    clock.advance(timedelta(days=1))
    bo.token = site.token(FIRM, BO.id)
    rows, cursor = bo.pull()
    assert ("customer", one.id) not in rows
    site.write(replace(one, **again))
    assert gone_because(bo.page(cursor)) == "access"
    assert {("customer", one.id), ("engagement", engagement.id)} <= seen(bo)


def test_what_moves_to_a_customer_whose_last_day_was_yesterday_leaves_the_file(
    site: SyncSite, clock: FixedClock
) -> None:
    bo = site.client(BO)
    mine, before = customer(1, account_manager_id=BO.id), customer(2)
    linked = Collaboration(id=new_id("cl"), company=Company(name="Kund 1 AB"), customer_id=mine.id)
    site.write(mine, before, linked, *on_engagement(before, BO.id, to_on=clock.today()))
    clock.advance(timedelta(days=1))
    bo.token = site.token(FIRM, BO.id)
    rows, cursor = bo.pull()
    assert ("collaboration", linked.id) in rows
    site.write(replace(linked, customer_id=before.id))
    assert gone_because(bo.page(cursor)) == "access"
    assert ("collaboration", linked.id) not in seen(bo)


def test_one_who_began_while_the_server_was_away_for_fourteen_months_sees_it(
    site: SyncSite, clock: FixedClock
) -> None:
    bo = site.client(BO)
    one = customer(1)
    site.write(one, *on_engagement(one, BO.id, from_on=clock.today() + timedelta(days=1)))
    clock.advance(timedelta(days=420))  # nobody has signed a day of this firm yet
    bo.token = site.token(FIRM, BO.id)
    with site.store.write(FIRM) as transaction:
        transaction.refresh_grants()
    assert customers_seen(bo) == {one.id}


def test_one_who_began_on_a_signed_day_whose_work_was_not_done_sees_it(
    site: SyncSite, clock: FixedClock
) -> None:
    bo = site.client(BO)
    one = customer(1)
    site.write(one, *on_engagement(one, BO.id, from_on=clock.today() + timedelta(days=1)))
    clock.advance(timedelta(days=2))
    with site.store.write(FIRM) as transaction:
        seal_day(transaction, Seal(b"k" * 32), clock.today())
    clock.advance(timedelta(days=1))
    bo.token = site.token(FIRM, BO.id)
    with site.store.write(FIRM) as transaction:
        transaction.refresh_grants()
    assert customers_seen(bo) == {one.id}


def test_one_who_begins_tomorrow_sees_it_tomorrow(site: SyncSite, clock: FixedClock) -> None:
    bo = site.client(BO)
    one = customer(1)
    site.write(one, *on_engagement(one, BO.id, from_on=clock.today() + timedelta(days=1)))
    assert customers_seen(bo) == set()
    clock.advance(timedelta(days=1))
    bo.token = site.token(FIRM, BO.id)
    with site.store.write(FIRM) as transaction:
        transaction.refresh_grants()
    assert customers_seen(bo) == {one.id}


def test_a_protected_customer_exists_only_for_those_named(site: SyncSite) -> None:
    anna, bo = site.client(), site.client(BO)
    one = customer(1, account_manager_id=BO.id)
    contact = Contact(id=new_id("ct"), customer_id=one.id, name="Kim")
    site.write(one, contact)
    cursors = [client.pull()[1] for client in (anna, bo)]
    hidden = replace(one, protected=True, protected_staff_ids=(ANNA.id,))
    site.write(hidden)
    assert gone_because(bo.page(cursors[1])) == "access"
    assert not {("customer", one.id), ("contact", contact.id)} & seen(bo)
    assert {("customer", one.id), ("contact", contact.id)} <= seen(anna)
    [refused] = bo.push(UpdateCustomer(customer_id=one.id, set={"name": {"from": one.name, "to": "X"}}))
    assert (refused["status"], refused["code"]) == ("rejected", "gone")
    site.write(replace(hidden, protected_staff_ids=(BO.id,)))
    assert not {("customer", one.id), ("contact", contact.id)} & seen(anna)
    assert {("customer", one.id), ("contact", contact.id)} <= seen(bo)
    _, cursor = anna.pull()
    site.write(replace(hidden, protected=False, protected_staff_ids=()))
    assert gone_because(anna.page(cursor)) == "access"
    assert {("customer", one.id), ("contact", contact.id)} <= seen(anna)


def test_a_collaboration_that_is_unlinked_leaves_the_file_of_those_who_see_only_their_own(
    site: SyncSite,
) -> None:
    bo = site.client(BO)
    one = customer(1, account_manager_id=BO.id)
    linked = Collaboration(id=new_id("cl"), company=Company(name="Kund 1 AB"), customer_id=one.id)
    site.write(one, linked)
    rows, cursor = bo.pull()
    assert ("collaboration", linked.id) in rows
    site.write(replace(linked, customer_id=None))
    assert gone_because(bo.page(cursor)) == "access"
    assert ("collaboration", linked.id) not in seen(bo)


def test_a_collaboration_linked_to_a_protected_customer_leaves_the_file_of_those_not_named(
    site: SyncSite,
) -> None:
    anna, clara = site.client(), replace(EVA, id="st_clara", email="clara@byran.example", sees="all")
    site.write(clara)
    other = site.client(clara)
    hidden = customer(1, protected=True, protected_staff_ids=(ANNA.id,))
    unlinked = Collaboration(id=new_id("cl"), company=Company(name="Kund 1 AB"))
    site.write(hidden, unlinked)
    cursors = [client.pull()[1] for client in (anna, other)]
    site.write(replace(unlinked, customer_id=hidden.id))
    assert gone_because(other.page(cursors[1])) == "access"
    assert ("collaboration", unlinked.id) not in seen(other)
    assert anna.page(cursors[0]).status_code == 200


def test_who_is_allowed_less_fetches_anew(site: SyncSite) -> None:
    eva = site.client(EVA)
    here, elsewhere = customer(1, office="Umeå"), customer(2, office="Ystad")
    site.write(here, elsewhere)
    _, cursor = eva.pull()
    site.write(replace(EVA, office="Ystad"))
    assert gone_because(eva.page(cursor)) == "access"
    assert customers_seen(eva) == {elsewhere.id}
    site.write(replace(EVA, sees="all"))
    assert customers_seen(eva) == {here.id, elsewhere.id}
    site.write(replace(EVA, sees="own"))
    assert customers_seen(eva) == set()


def test_who_has_no_office_gets_no_customers_but_the_own(site: SyncSite) -> None:
    nowhere, managed = customer(1, office=""), customer(2, office="", account_manager_id=EVA.id)
    site.write(nowhere, managed, customer(3, office="Ystad"))
    site.write(replace(EVA, office=""))
    eva = site.client(EVA)
    assert customers_seen(eva) == {managed.id}
    [result] = eva.push(create(4, id=new_id("cu")))
    assert result["status"] == "applied"
    assert len(customers_seen(eva)) == 2


def test_new_customers_of_ones_own_need_no_new_snapshot(site: SyncSite) -> None:
    bo = site.client(BO)
    _, cursor = bo.pull()
    one = customer(1, account_manager_id=BO.id)
    [result] = bo.push(create(1, id=one.id, account_manager_id=BO.id))
    assert result["status"] == "applied"
    changes, _ = bo.pull(cursor)
    assert ("customer", one.id) in changes


def test_a_protected_customer_is_nobodys_candidate_in_a_decision(site: SyncSite) -> None:
    """Whoever is named on it may decide with it in sight; the decision is read by all who see all."""
    hidden = customer(1, protected=True, protected_staff_ids=(ANNA.id,))
    known = customer(2)
    unlinked = Collaboration(id=new_id("cl"), company=Company(number="5560360793", name="Ask AB"))
    kim = Staff(id="st_kim", name="Kim Ek", email="kim@byran.example")
    site.write(hidden, known, unlinked, kim)
    candidates = tuple(SeenCandidate(customer_id=one.id, score=50) for one in (hidden, known))
    decision = SetLinkDecision(
        decision_id=new_id("ld"),
        company_key="no:5560360793|0",
        collaboration_ids=(unlinked.id,),
        decision="later",
        candidates=candidates,
    )
    [result] = site.client().push(decision)
    assert result["status"] == "applied"
    rows, _ = site.client(kim).pull()
    assert ("customer", hidden.id) not in rows
    told = rows[("link_decision", decision.decision_id)]["data"]["candidates"]
    assert [candidate["customer_id"] for candidate in told] == [known.id]
    assert hidden.id not in str(rows)


def test_decisions_about_links_are_for_those_who_see_all(site: SyncSite) -> None:
    """A decision's candidates are customers that who sees only their own customers may not know of."""
    own, other = customer(1, account_manager_id=BO.id), customer(2)
    engagement = Engagement(id=new_id("en"), customer_id=own.id, type="bookkeeping", title="Redovisning 2026")
    unlinked = Collaboration(id=new_id("cl"), company=Company(number="5560360793", name="Ask AB"))
    site.write(own, other, engagement, unlinked)
    bo = site.client(BO)
    _, cursor = bo.pull()
    link = LinkCollaboration(
        collaboration_id=unlinked.id,
        customer_id=own.id,
        engagement_id=engagement.id,
        service="scanner",
        candidates=tuple(SeenCandidate(customer_id=one.id, score=50) for one in (own, other)),
    )
    anna = site.client()
    [result] = anna.push(link)
    assert result["status"] == "applied", result
    for rows, _ in (bo.pull(cursor), site.client(BO).pull()):
        assert ("collaboration", unlinked.id) in rows
        assert other.id not in str(rows)
    assert other.id in str(anna.pull()[0])


def test_a_new_day_looks_only_at_what_the_calendar_changes(site: SyncSite, clock: FixedClock) -> None:
    """Removed participations have no data, and those of other days are left alone."""
    today = clock.today()
    begins, over, removed = customer(1), customer(2), customer(3)
    parts = [
        on_engagement(begins, BO.id, from_on=today + timedelta(days=1)),
        on_engagement(over, BO.id, to_on=today),
        on_engagement(removed, BO.id, from_on=today + timedelta(days=1)),
    ]
    site.write(begins, over, removed, *[record for pair in parts for record in pair])
    with site.store.write(FIRM) as transaction:
        gone = Remove("participation", parts[2][1].id)
        transaction.write(Effect(changes=(gone,)), by=SERVER, source="test")
    assert customers_seen(site.client(BO)) == {over.id}
    clock.advance(timedelta(days=1))
    with site.store.write(FIRM) as transaction:
        transaction.refresh_grants()
    assert customers_seen(site.client(BO)) == {begins.id}


def test_who_leaves_with_protected_customers_tells_neither_which_nor_whose(site: SyncSite) -> None:
    """Decision 34: that something hangs on the person is told to whoever may end it, and nothing else."""
    hidden = customer(1, protected=True, protected_staff_ids=(BO.id,), account_manager_id=BO.id)
    number = {"organisation_number": "165560360793"}
    site.write(replace(hidden, **number))
    anna = site.client()
    assert customers_seen(anna) == set()
    answers = [
        anna.push(payload)[0]
        for payload in (LeaveStaff(staff_id=BO.id, left_on=date(2026, 11, 30)), create(2, **number))
    ]
    assert [answer["code"] for answer in answers] == ["reassign_first", "duplicate_number"]
    for answer in answers:
        assert answer["status"] == "rejected"
        for secret in (hidden.id, hidden.name):
            assert secret not in str(answer)
    assert customers_seen(anna) == set()
    eva = site.client(EVA)
    [refused] = eva.push(LeaveStaff(staff_id=BO.id, left_on=date(2026, 11, 30)))
    assert refused["code"] == "full_permission_needed", "the control: who may not ask learns nothing"
