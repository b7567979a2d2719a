"""Engagements through the year, and staff who come, change and leave."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from app.domain.access import derive_access
from app.domain.changes import Actor, EffectBuilder, RejectedError
from app.domain.commands import (
    AddParticipation,
    LeaveStaff,
    LinkCollaboration,
    Payload,
    ReplaceParticipation,
    RevealIdentity,
    RollEngagement,
    UpdateCustomer,
    UpdateFirm,
    UpdateStaff,
)
from app.domain.records import (
    Access,
    Collaboration,
    Customer,
    Engagement,
    Firm,
    FirmSettings,
    Participation,
    Staff,
)
from tests.support.records_in_memory import TODAY, RecordsInMemory, a_firm_at_work, context, run

LINK = LinkCollaboration(collaboration_id="cl_old", customer_id="cu_berg", engagement_id="en_2026")


def linked() -> RecordsInMemory:
    records = a_firm_at_work()
    run(records, LINK)
    return records


def access_of(records: RecordsInMemory) -> set[str | None]:
    rows = records.list_children("access", "cl_old")
    return {row.staff_id for row in rows if isinstance(row, Access) and row.until is None}


def refused(records: RecordsInMemory, payload: Payload, **at: object) -> RejectedError:
    with pytest.raises(RejectedError) as caught:
        run(records, payload, context(**at))
    return caught.value


def roll(*staff_ids: str) -> RollEngagement:
    return RollEngagement(
        engagement_id="en_2026",
        engagement=Engagement(
            id="en_2027", customer_id="cu_berg", type="bookkeeping", title="Löpande bokföring 2027"
        ),
        participations=tuple(
            Participation(id=f"pa_{id_}", engagement_id="en_2027", customer_id="cu_berg", staff_id=id_)
            for id_ in staff_ids
        ),
    )


def test_rolling_moves_the_collaborations_and_the_access() -> None:
    records = linked()
    assert access_of(records) == {"st_karin", "st_olle"}
    run(records, roll("st_karin", "st_sara"))
    old, new = records.find("engagement", "en_2026"), records.find("engagement", "en_2027")
    assert isinstance(old, Engagement)
    assert isinstance(new, Engagement)
    assert (old.state, new.state) == ("closed", "ongoing")
    moved = records.find("collaboration", "cl_old")
    assert isinstance(moved, Collaboration)
    assert (moved.engagement_id, moved.unlinked_because) == ("en_2027", "")
    assert access_of(records) == {"st_karin", "st_sara"}
    assert refused(records, roll("st_karin")).code == "engagement_closed"


def test_an_ended_collaboration_stays_with_the_year_it_belonged_to() -> None:
    records = linked()
    present = records.find("collaboration", "cl_old")
    assert isinstance(present, Collaboration)
    records.put(dataclasses.replace(present, state="ended"))
    run(records, roll("st_karin"))
    kept = records.find("collaboration", "cl_old")
    assert isinstance(kept, Collaboration)
    assert kept.engagement_id == "en_2026"


def test_a_year_cannot_roll_to_another_customer_or_to_who_has_left() -> None:
    records = linked()
    records.put(Customer(id="cu_other", customer_number="1", name="Annan AB"))
    other = dataclasses.replace(roll().engagement, customer_id="cu_other")
    code = refused(records, dataclasses.replace(roll(), engagement=other)).code
    assert code == "engagement_of_other_customer"
    records.put(Staff(id="st_gone", name="Gun Borta", email="gun@byran.example", state="left"))
    assert refused(records, roll("st_gone")).code == "staff_left"


@pytest.mark.case(48)
def test_a_substitutes_days_run_out_by_themselves() -> None:
    records = linked()
    until = TODAY + timedelta(days=14)
    run(
        records,
        ReplaceParticipation(
            engagement_id="en_2026", staff_id="st_karin", by_staff_id="st_sara", role="owner", to_on=until
        ),
    )
    rows = [r for r in records.list_children("participation", "en_2026") if isinstance(r, Participation)]
    assert [(r.role, r.to_on) for r in rows if r.staff_id == "st_sara"] == [("participant", until)]
    assert [(r.role, r.to_on) for r in rows if r.staff_id == "st_karin"] == [("owner", None)]
    assert access_of(records) == {"st_karin", "st_olle", "st_sara"}
    for day, names in (
        (until, {"st_karin", "st_olle", "st_sara"}),
        (until + timedelta(days=1), {"st_karin", "st_olle"}),
    ):
        builder = EffectBuilder(records, context(today=day), "day")
        present = records.find("collaboration", "cl_old")
        assert isinstance(present, Collaboration)
        derive_access(builder, present)
        records.take_in(builder.build())
        assert access_of(records) == names


def test_a_new_owner_takes_over_from_a_day() -> None:
    records = linked()
    run(
        records,
        ReplaceParticipation(
            engagement_id="en_2026", staff_id="st_karin", by_staff_id="st_olle", role="owner"
        ),
    )
    rows = [r for r in records.list_children("participation", "en_2026") if isinstance(r, Participation)]
    owners = [r.staff_id for r in rows if r.role == "owner" and r.holds_on(TODAY)]
    assert owners == ["st_olle"]
    assert access_of(records) == {"st_olle"}
    assert [r.staff_id for r in rows if r.holds_on(TODAY - timedelta(days=1))].count("st_karin") == 1


def test_a_change_of_owner_in_the_future_waits() -> None:
    records = linked()
    day = TODAY + timedelta(days=30)
    run(
        records,
        ReplaceParticipation(
            engagement_id="en_2026", staff_id="st_karin", by_staff_id="st_sara", role="owner", from_on=day
        ),
    )
    rows = [r for r in records.list_children("participation", "en_2026") if isinstance(r, Participation)]
    for when, owner in ((day - timedelta(days=1), "st_karin"), (day, "st_sara")):
        assert [r.staff_id for r in rows if r.role == "owner" and r.holds_on(when)] == [owner]
    assert access_of(records) == {"st_karin", "st_olle"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"by_staff_id": "st_karin"}, "same_person"),
        ({"staff_id": "st_sara", "by_staff_id": "st_olle"}, "participation_missing"),
        ({"staff_id": "st_olle", "role": "owner"}, "participation_missing"),
        ({"from_on": TODAY, "to_on": TODAY - timedelta(days=1)}, "dates_reversed"),
        (
            {"from_on": TODAY - timedelta(days=9), "to_on": TODAY - timedelta(days=1)},
            "date_in_past",
        ),
    ],
)
def test_a_replacement_that_cannot_be_is_refused(fields: dict[str, object], code: str) -> None:
    values = {"engagement_id": "en_2026", "staff_id": "st_karin", "by_staff_id": "st_sara"} | fields
    assert refused(linked(), ReplaceParticipation(**values)).code == code  # type: ignore[arg-type]


def test_others_engagements_are_changed_with_full_permission_only() -> None:
    payload = ReplaceParticipation(engagement_id="en_2026", staff_id="st_olle", by_staff_id="st_sara")
    assert refused(linked(), payload, actor=Actor(staff_id="st_sara")).code == "full_permission_needed"
    run(linked(), payload, context(actor=Actor(staff_id="st_olle")))


@pytest.mark.case(48)
def test_who_leaves_is_replaced_first_and_then_has_no_access_anywhere() -> None:
    records = linked()
    run(
        records,
        AddParticipation(
            participation=Participation(
                id="pa_9", engagement_id="en_lon", customer_id="cu_berg", staff_id="st_karin"
            )
        ),
    )
    run(
        records,
        UpdateCustomer(customer_id="cu_berg", set={"account_manager_id": {"from": None, "to": "st_karin"}}),
    )
    vendor_row = Access(id="ax_v", collaboration_id="cl_free", staff_id="st_karin", because="vendor")
    free = records.find("collaboration", "cl_old")
    assert isinstance(free, Collaboration)
    records.put(dataclasses.replace(free, id="cl_free", customer_id=None, engagement_id=None))
    records.put(vendor_row)
    boss = context(actor=Actor(staff_id="st_boss", full_permission=True))
    leave = LeaveStaff(staff_id="st_karin", left_on=TODAY + timedelta(days=20))
    with pytest.raises(RejectedError) as caught:
        run(records, leave, boss)
    assert caught.value.code == "reassign_first"
    assert (caught.value.data["engagements"], caught.value.data["customers"]) == (1, 1)
    run(
        records,
        ReplaceParticipation(
            engagement_id="en_2026",
            staff_id="st_karin",
            by_staff_id="st_olle",
            role="owner",
            from_on=leave.left_on + timedelta(days=1),
        ),
        boss,
    )
    run(
        records,
        UpdateCustomer(
            customer_id="cu_berg", set={"account_manager_id": {"from": "st_karin", "to": "st_olle"}}
        ),
        boss,
    )
    run(records, leave, boss)
    leaving = records.find("staff", "st_karin")
    assert isinstance(leaving, Staff)
    assert (leaving.state, leaving.left_on) == ("leaving", leave.left_on)
    assert "st_karin" in access_of(records)
    at_once = dataclasses.replace(leave, left_on=TODAY - timedelta(days=1))
    assert refused(records, at_once, actor=boss.actor).code == "reassign_first", "owner for 20 days more"
    run(
        records,
        ReplaceParticipation(
            engagement_id="en_2026", staff_id="st_karin", by_staff_id="st_olle", role="owner"
        ),
        boss,
        id_="cmd_2",
    )
    run(records, at_once, boss, id_="cmd_3")
    gone = records.find("staff", "st_karin")
    assert isinstance(gone, Staff)
    assert gone.state == "left"
    rows = [r for r in records.list_by_lookup("access", "st_karin") if isinstance(r, Access)]
    assert rows
    assert all(r.until is not None for r in rows)
    rows_of = [r for r in records.list_by_lookup("participation", "st_karin") if isinstance(r, Participation)]
    assert not [r for r in rows_of if r.holds_on(TODAY)]


def test_nobody_locks_themselves_out() -> None:
    records = linked()
    karin = records.find("staff", "st_karin")
    assert isinstance(karin, Staff)
    records.put(dataclasses.replace(karin, full_permission=True))
    own = UpdateStaff(staff_id="st_karin", set={"full_permission": {"from": True, "to": False}})
    assert refused(records, own).code == "own_permission"
    assert refused(records, LeaveStaff(staff_id="st_karin", left_on=TODAY)).code == "own_permission"
    office = UpdateStaff(staff_id="st_karin", set={"office": {"from": "", "to": "Umeå"}})
    run(records, office)


def test_permissions_are_given_by_who_has_them_all() -> None:
    records = linked()
    give = UpdateStaff(staff_id="st_olle", set={"vendor_administrator": {"from": False, "to": True}})
    assert refused(records, give, actor=Actor(staff_id="st_sara")).code == "full_permission_needed"
    run(records, give)
    olle = records.find("staff", "st_olle")
    assert isinstance(olle, Staff)
    assert olle.vendor_administrator
    odd = UpdateStaff(staff_id="st_olle", set={"sees": {"from": "all", "to": "everything"}})
    assert refused(records, odd).code == "invalid"
    state = UpdateStaff(staff_id="st_olle", set={"state": {"from": "active", "to": "left"}})
    assert refused(records, state).code == "invalid"


def test_the_firms_rules_stay_within_reason() -> None:
    records = linked()
    records.put(Firm(id="fi_1", name="Byrån AB", organisation_number=""))
    present = dataclasses.asdict(FirmSettings())
    for changes, is_fine in (({"invitation_days": 45}, True), ({"invitation_days": 0}, False)):
        payload = UpdateFirm(firm_id="fi_1", set={"settings": {"from": present, "to": present | changes}})
        if is_fine:
            run(records, payload)
            present |= changes
        else:
            assert refused(records, payload).code == "invalid"
    firm = records.find("firm", "fi_1")
    assert isinstance(firm, Firm)
    assert firm.settings.invitation_days == 45


def test_a_revealed_number_leaves_a_note_and_a_list_needs_a_reason() -> None:
    records = linked()
    records.put(Customer(id="cu_2", customer_number="2", name="Två AB"))
    effect = run(records, RevealIdentity(customer_ids=("cu_berg",)))
    assert [(e.what, e.about.id) for e in effect.events] == [("identity_revealed", "cu_berg")]
    assert effect.changes == ()
    both = RevealIdentity(customer_ids=("cu_berg", "cu_2"))
    assert refused(records, both).code == "reason_missing"
    effect = run(records, dataclasses.replace(both, reason="Deklarationer"))
    assert [e.after for e in effect.events] == ["Deklarationer", "Deklarationer"]


def test_days_of_a_participation_are_local_days() -> None:
    row = Participation(id="pa", engagement_id="en", customer_id="cu", staff_id="st", to_on=date(2028, 2, 29))
    assert row.holds_on(date(2028, 2, 29))
    assert not row.holds_on(date(2028, 3, 1))


def test_nobody_who_has_left_is_given_a_place() -> None:
    records = linked()
    records.put(Staff(id="st_gone", name="Gun Borta", email="gun@byran.example", state="left"))
    row = Participation(id="pa_x", engagement_id="en_lon", customer_id="cu_berg", staff_id="st_gone")
    assert refused(records, AddParticipation(participation=row)).code == "staff_left"
    change = {"account_manager_id": {"from": None, "to": "st_gone"}}
    assert refused(records, UpdateCustomer(customer_id="cu_berg", set=change)).code == "staff_left"
    backwards = dataclasses.replace(row, staff_id="st_olle", from_on=TODAY, to_on=TODAY - timedelta(days=1))
    assert refused(records, AddParticipation(participation=backwards)).code == "dates_reversed"


def test_an_owner_is_replaced_as_an_owner() -> None:
    """Otherwise the engagement would be left without one."""
    as_participant = ReplaceParticipation(engagement_id="en_2026", staff_id="st_karin", by_staff_id="st_sara")
    assert refused(linked(), as_participant).code == "participation_missing"
