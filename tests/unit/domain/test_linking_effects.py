"""Linking, unlinking and moving: who has access follows, and nothing is linked twice."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.access import access_change
from app.domain.changes import Actor, RejectedError
from app.domain.commands import (
    AssignService,
    CloseEngagement,
    LinkCollaboration,
    MoveCollaboration,
    RevokeLinkDecision,
    SetLinkDecision,
    UnlinkCollaboration,
)
from app.domain.records import Access, Collaboration, Customer, Engagement, LinkDecision
from tests.support.records_in_memory import RecordsInMemory, a_firm_at_work, context, run

LINK = LinkCollaboration(collaboration_id="cl_old", customer_id="cu_berg", engagement_id="en_2026")


def collaboration_of(records: RecordsInMemory) -> Collaboration:
    found = records.find("collaboration", "cl_old")
    assert isinstance(found, Collaboration)
    return found


def open_access(records: RecordsInMemory) -> set[str | None]:
    rows = records.list_children("access", "cl_old")
    return {row.staff_id for row in rows if isinstance(row, Access) and row.until is None}


@pytest.mark.case(35)
def test_undoing_a_link_moves_access_back_to_what_the_vendor_reported() -> None:
    records = a_firm_at_work()
    records.put(Access(id="ax_v", collaboration_id="cl_old", staff_id="st_sara", because="vendor"))
    run(records, LINK)
    assert open_access(records) == {"st_karin", "st_olle"}
    run(records, UnlinkCollaboration(collaboration_id="cl_old", seen_engagement_id="en_2026"), id_="cmd_2")
    assert collaboration_of(records).customer_id is None
    assert open_access(records) == {"st_sara"}
    decisions = records.list_by_lookup("link_decision", "no:165560360793|0")
    assert [d.revoked_at is not None for d in decisions if isinstance(d, LinkDecision)] == [True]


def test_what_is_gained_and_lost_is_known_before_it_happens() -> None:
    records = a_firm_at_work()
    records.put(Access(id="ax_v", collaboration_id="cl_old", staff_id="st_sara", because="vendor"))
    before = collaboration_of(records)
    change = access_change(records, context(), before, customer_id="cu_berg", engagement_id="en_2026")
    assert change.gained == ("st_karin", "st_olle")
    assert change.lost == ("st_sara",)
    assert collaboration_of(records) == before


@pytest.mark.case(34)
def test_a_collaboration_that_a_colleague_linked_is_not_linked_again() -> None:
    records = a_firm_at_work()
    run(records, LINK)
    with pytest.raises(RejectedError) as caught:
        run(records, dataclasses.replace(LINK, engagement_id="en_lon"))
    assert caught.value.code == "linked_by_other"
    assert caught.value.data["engagement_id"] == "en_2026"
    assert collaboration_of(records).engagement_id == "en_2026"


def test_linking_twice_to_the_same_place_is_harmless() -> None:
    records = a_firm_at_work()
    run(records, LINK)
    run(records, LINK, id_="cmd_2")
    assert len(records.list_children("access", "cl_old")) == 2


def test_the_engagement_must_be_ongoing_and_the_customers_own() -> None:
    records = a_firm_at_work()
    records.put(Customer(id="cu_b", customer_number="2", name="Annan AB"))
    records.put(Engagement(id="en_b", customer_id="cu_b", type="bookkeeping", title="Bokföring"))
    with pytest.raises(RejectedError) as caught:
        run(records, dataclasses.replace(LINK, engagement_id="en_b"))
    assert caught.value.code == "engagement_of_other_customer"
    run(records, CloseEngagement(engagement_id="en_lon"))
    with pytest.raises(RejectedError) as caught:
        run(records, dataclasses.replace(LINK, engagement_id="en_lon"))
    assert caught.value.code == "engagement_closed"


@pytest.mark.case(36)
def test_nothing_is_linked_to_an_archived_customer() -> None:
    records = a_firm_at_work()
    customer = records.find("customer", "cu_berg")
    assert isinstance(customer, Customer)
    records.put(dataclasses.replace(customer, state="archived"))
    with pytest.raises(RejectedError) as caught:
        run(records, LINK)
    assert caught.value.code == "customer_archived"


def test_who_does_not_see_all_customers_does_not_link() -> None:
    with pytest.raises(RejectedError) as caught:
        run(a_firm_at_work(), LINK, context(actor=Actor(staff_id="st_karin", sees="own")))
    assert caught.value.code == "sees_all_needed"


def test_a_customer_without_engagement_is_known_but_still_unlinked() -> None:
    records = a_firm_at_work()
    run(records, dataclasses.replace(LINK, engagement_id=None))
    assert collaboration_of(records).customer_id == "cu_berg"
    assert collaboration_of(records).is_unlinked
    run(records, LINK, id_="cmd_2")
    assert not collaboration_of(records).is_unlinked


def test_moving_takes_access_along_and_minds_what_was_seen() -> None:
    records = a_firm_at_work()
    run(records, LINK)
    stale = MoveCollaboration(collaboration_id="cl_old", engagement_id="en_lon", seen_engagement_id=None)
    with pytest.raises(RejectedError) as caught:
        run(records, stale)
    assert caught.value.code == "linked_by_other"
    run(records, dataclasses.replace(stale, seen_engagement_id="en_2026"))
    assert open_access(records) == {"st_sara"}


@pytest.mark.case(33)
def test_a_person_says_which_service_an_unmapped_product_is() -> None:
    records = a_firm_at_work()
    records.put(dataclasses.replace(collaboration_of(records), service=None, source_product="Lön"))
    run(records, AssignService(collaboration_id="cl_old", service="lon_smart"))
    assert collaboration_of(records).service == "lon_smart"
    with pytest.raises(RejectedError) as caught:
        run(records, AssignService(collaboration_id="cl_old", service="lon_anstalld"))
    assert caught.value.code == "service_changed"


def test_none_of_these_is_remembered_with_its_reason_and_can_be_revoked() -> None:
    records = a_firm_at_work()
    run(
        records,
        SetLinkDecision(
            decision_id="ld_1",
            company_key="no:165560360793|0",
            collaboration_ids=("cl_old",),
            decision="none_of_these",
            reason="test_data",
        ),
    )
    decision = records.find("link_decision", "ld_1")
    assert isinstance(decision, LinkDecision)
    assert (decision.reason, decision.by) == ("test_data", "st_karin")
    run(records, RevokeLinkDecision(decision_id="ld_1"))
    decision = records.find("link_decision", "ld_1")
    assert isinstance(decision, LinkDecision)
    assert decision.revoked_at is not None
