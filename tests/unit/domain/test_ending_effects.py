"""Changing and ending a collaboration, and calling an end off: what may be done, and what it leaves."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from app.catalogue import load_catalogue
from app.domain import vendor_answers
from app.domain.changes import Actor, ConflictError, Context, RejectedError
from app.domain.commands import (
    CancelEndCollaboration,
    EndCollaboration,
    SetMainContact,
    UpdateCollaboration,
    UpdateCustomer,
)
from app.domain.end_rules import add_months, find_period_end
from app.domain.lifecycle import registration_id
from app.domain.records import (
    Access,
    Collaboration,
    Company,
    Customer,
    Person,
    RegisteredService,
    Registration,
)
from tests.support.clocks import MONDAY_MORNING
from tests.support.records_in_memory import TODAY, RecordsInMemory, a_firm_at_work, context, run

PER = Person(name="Per Berg", email="per@bergsel.example")


def here(**changes: object) -> Context:
    return context(**({"terms": load_catalogue()} | changes))


def a_running(service: str, **fields: object) -> Collaboration:
    values: dict[str, object] = {
        "id": f"cl_{service}",
        "company": Company(number="165560360793", name="BERGS EL I UMEA AB"),
        "service": service,
        "customer_id": "cu_berg",
        "engagement_id": "en_2026",
        "state": "active",
        "started_on": date(2026, 1, 1),
    }
    return Collaboration(**(values | fields))  # type: ignore[arg-type]


def a_firm_with(*services: str, **registration: object) -> RecordsInMemory:
    records = a_firm_at_work()
    for service in services:
        records.put(a_running(service))
    values = {"answer": "registered", "main_contact": PER, "administrators": (PER,), "open_reports": 0}
    row = Registration(id=registration_id("cu_berg"), customer_id="cu_berg")
    records.put(dataclasses.replace(row, **(values | registration)))  # type: ignore[arg-type]
    return records


def get(records: RecordsInMemory, service: str) -> Collaboration:
    found = records.find("collaboration", f"cl_{service}")
    assert isinstance(found, Collaboration)
    return found


def end(service: str, choice: str = "service_ends", **fields: object) -> EndCollaboration:
    return EndCollaboration(collaboration_id=f"cl_{service}", choice=choice, **fields)  # type: ignore[arg-type]


def refused(records: RecordsInMemory, payload: object, at: Context | None = None) -> RejectedError:
    with pytest.raises(RejectedError) as caught:
        run(records, payload, at or here())  # type: ignore[arg-type]
    return caught.value


def test_an_end_waits_for_the_vendor_and_the_day() -> None:
    records = a_firm_with("scanner")
    effect = run(records, end("scanner"), here())
    found = get(records, "scanner")
    assert (found.state, found.ends_on, found.end_asked_by) == ("ending", TODAY, "st_karin")
    assert found.end_confirmed_at is None
    assert [(r.kind, r.about_id) for r in effect.vendor] == [("end", "cl_scanner")]
    assert found.end_asked_at is not None
    records.take_in(vendor_answers.end_confirmed("cl_scanner", found.end_asked_at, records, here()))
    assert get(records, "scanner").state == "ended"
    rows = records.list_children("access", "cl_scanner")
    assert not [row for row in rows if isinstance(row, Access) and row.until is None]


@pytest.mark.case(38)
@pytest.mark.parametrize(
    ("full", "administrator", "code"),
    [(False, True, "full_permission_needed"), (True, False, "vendor_administrator_needed")],
)
def test_only_who_has_both_rights_may_end_or_change(full: bool, administrator: bool, code: str) -> None:
    records = a_firm_with("scanner", "eekonomi")
    at = here(actor=Actor(staff_id="st_olle", full_permission=full, vendor_administrator=administrator))
    change = UpdateCollaboration(collaboration_id="cl_eekonomi", set={"payer": {"from": "", "to": "firm"}})
    contact = SetMainContact(customer_id="cu_berg", name="Per", email="per@bergsel.example")
    for payload in (end("scanner"), change, CancelEndCollaboration(collaboration_id="cl_scanner"), contact):
        assert refused(records, payload, at).code == code


@pytest.mark.case(39)
def test_without_a_main_contact_the_end_waits_for_one() -> None:
    records = a_firm_with("scanner", main_contact=None)
    assert refused(records, end("scanner")).code == "main_contact_missing"
    effect = run(
        records, SetMainContact(customer_id="cu_berg", name="Per Berg", email="per@bergsel.example"), here()
    )
    assert [r.kind for r in effect.vendor] == ["main_contact"]
    run(records, end("scanner"), here())
    assert get(records, "scanner").state == "ending"


@pytest.mark.case(40)
def test_dates_that_cannot_be_are_refused_and_an_end_is_cancelled_before_its_day() -> None:
    records = a_firm_with("scanner")
    assert refused(records, end("scanner", on=TODAY - timedelta(days=1))).code == "end_in_past"
    leap_day = date(2028, 2, 29)
    run(records, end("scanner", on=leap_day), here())
    asked = get(records, "scanner")
    assert asked.ends_on == leap_day
    assert refused(records, end("scanner")).code == "already_ending"
    assert asked.end_asked_at is not None
    records.take_in(vendor_answers.end_confirmed("cl_scanner", asked.end_asked_at, records, here()))
    assert get(records, "scanner").state == "ending"
    for day, state in ((date(2028, 2, 28), "ending"), (leap_day, "ended")):
        still = RecordsInMemory([get(records, "scanner")])
        still.take_in(vendor_answers.end_if_due("cl_scanner", still, here(today=day)))
        assert get(still, "scanner").state == state
    effect = run(records, CancelEndCollaboration(collaboration_id="cl_scanner"), here())
    assert [r.kind for r in effect.vendor] == ["cancel_end"]
    assert (get(records, "scanner").state, get(records, "scanner").ends_on) == ("active", None)
    code = refused(records, CancelEndCollaboration(collaboration_id="cl_scanner")).code
    assert code == "not_ending"


@pytest.mark.case(40)
@pytest.mark.parametrize(
    ("months", "start", "day", "expected"),
    [
        (12, date(2024, 2, 29), date(2025, 1, 1), date(2025, 2, 28)),
        (12, date(2024, 2, 29), date(2027, 6, 1), date(2028, 2, 29)),
        (3, date(2025, 11, 30), date(2026, 1, 1), date(2026, 2, 28)),
        (12, date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)),
        (12, date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)),
    ],
)
def test_the_period_that_a_day_lies_in_ends(months: int, start: date, day: date, expected: date) -> None:
    assert find_period_end(a_running("x", period_months=months, period_from=start), day) == expected


def test_the_last_day_of_a_month_stays_the_last() -> None:
    assert add_months(date(2026, 10, 31), 1) == date(2026, 11, 30)
    assert add_months(date(2023, 12, 31), 2) == date(2024, 2, 29)


@pytest.mark.case(41)
def test_a_downgrade_is_a_change_like_any_other_but_must_be_allowed() -> None:
    records = a_firm_with("lon_smart")
    records.put(a_running("lon_smart", variant="standard", payer="customer"))
    change = {"variant": {"from": "standard", "to": "start"}}
    error = refused(records, UpdateCollaboration(collaboration_id="cl_lon_smart", set=change))
    assert (error.code, error.data["field"]) == ("choice_not_allowed", "payer")
    change["payer"] = {"from": "customer", "to": "firm"}
    effect = run(records, UpdateCollaboration(collaboration_id="cl_lon_smart", set=change), here())
    assert (get(records, "lon_smart").variant, get(records, "lon_smart").payer) == ("start", "firm")
    (request,) = effect.vendor
    records.take_in(
        vendor_answers.change_refused(
            "cl_lon_smart", "customer_owns_subscription", request.data["before"], records, here()
        )
    )
    found = get(records, "lon_smart")
    assert (found.variant, found.payer, found.problem) == (
        "standard",
        "customer",
        "customer_owns_subscription",
    )


def test_a_change_conflicts_with_what_somebody_else_changed() -> None:
    records = a_firm_with("eekonomi")
    payload = UpdateCollaboration(
        collaboration_id="cl_eekonomi", set={"variant": {"from": "smart", "to": "pro"}}
    )
    with pytest.raises(ConflictError):
        run(records, payload, here())


@pytest.mark.case(14)
def test_a_subscription_of_the_customers_own_is_not_ours_to_change() -> None:
    own = RegisteredService(code="eekonomi", subscription_owner="customer")
    records = a_firm_with("eekonomi", services=(own,))
    payload = UpdateCollaboration(collaboration_id="cl_eekonomi", set={"payer": {"from": "", "to": "firm"}})
    assert refused(records, payload).code == "customer_owns_subscription"
    run(records, end("eekonomi", checklist=("bank_link",)), here())
    assert get(records, "eekonomi").state == "ending"


@pytest.mark.case(42)
@pytest.mark.case(43)
@pytest.mark.parametrize(
    ("service", "choice", "item", "fact", "code"),
    [
        ("eekonomi", "service_ends", "bank_link", {"bank_link": True}, "has_bank_link"),
        ("utlagg", "customer_continues", "reports_submitted", {"open_reports": 2}, "has_open_reports"),
    ],
)
def test_what_the_vendor_says_goes_before_a_tick(
    service: str, choice: str, item: str, fact: dict[str, object], code: str
) -> None:
    ticked = end(service, choice, checklist=(item,))
    assert refused(a_firm_with(service, **fact), ticked).code == code
    unknown = a_firm_with(service, bank_link=None, open_reports=None)
    assert refused(unknown, end(service, choice)).code == "checklist_incomplete"
    run(unknown, ticked, here())
    assert get(unknown, service).state == "ending"


@pytest.mark.case(44)
def test_what_deletes_data_is_confirmed_by_typing_the_name() -> None:
    records = a_firm_with("ekonomioversikt")
    for typed in ("", "Bergs El"):
        assert refused(records, end("ekonomioversikt", "all_deleted", typed=typed)).code == "typed_wrong"
    handed_over = TODAY - timedelta(days=3)
    typed_right = end(
        "ekonomioversikt", "all_deleted", typed=" bergs el i  UMEÅ ab", handed_over_on=handed_over
    )
    run(records, typed_right, here())
    found = get(records, "ekonomioversikt")
    assert (found.state, found.handed_over_on) == ("ending", handed_over)
    later = dataclasses.replace(typed_right, handed_over_on=TODAY + timedelta(days=1))
    assert refused(a_firm_with("ekonomioversikt"), later).code == "handed_over_in_future"


@pytest.mark.case(45)
def test_what_must_end_first_ends_first_or_on_the_same_day() -> None:
    records = a_firm_with("eekonomi", "scanner")
    wanted = end("eekonomi", checklist=("bank_link",), on=TODAY + timedelta(days=10))
    error = refused(records, wanted)
    assert (error.code, error.data["service"]) == ("ends_before", "scanner")
    run(records, end("scanner", on=TODAY + timedelta(days=11)), here())
    assert refused(records, wanted).code == "ends_before"
    run(records, CancelEndCollaboration(collaboration_id="cl_scanner"), here())
    run(records, end("scanner", on=TODAY + timedelta(days=10)), here())
    run(records, wanted, here())
    assert get(records, "eekonomi").state == "ending"


@pytest.mark.case(46)
def test_the_customer_may_end_it_and_only_they_can_call_it_off() -> None:
    records = a_firm_with("scanner")
    day = TODAY + timedelta(days=5)
    customer = here(actor=Actor(name="Per Berg", kind="customer"))
    effect = records.take_in(vendor_answers.ended_elsewhere("cl_scanner", day, "Per Berg", records, customer))
    found = get(records, "scanner")
    assert (found.state, found.ends_on, found.ended_by) == ("ending", day, "customer")
    assert [(e.what, e.by_kind, e.before) for e in effect.events] == [
        ("ended_elsewhere", "customer", "Per Berg")
    ]
    again = vendor_answers.ended_elsewhere("cl_scanner", day, "Per Berg", records, customer)
    assert again.changes == ()
    cancel = CancelEndCollaboration(collaboration_id="cl_scanner")
    assert refused(records, cancel).code == "ended_by_customer"


def test_a_refused_end_leaves_it_as_it_was_with_the_reason() -> None:
    records = a_firm_with("scanner")
    run(records, end("scanner"), here())
    asked_at = get(records, "scanner").end_asked_at
    assert asked_at is not None
    for _ in range(2):
        records.take_in(
            vendor_answers.end_refused("cl_scanner", asked_at, "main_contact_missing", records, here())
        )
    found = get(records, "scanner")
    assert (found.state, found.ends_on, found.problem) == ("active", None, "main_contact_missing")
    run(records, end("scanner"), here(now=MONDAY_MORNING + timedelta(hours=1)))
    assert get(records, "scanner").problem == ""
    stale = vendor_answers.end_confirmed("cl_scanner", asked_at, records, here())
    assert stale.changes == (), "an answer to the first end does not confirm the second"


def test_an_end_that_was_called_off_is_not_carried_out_by_a_late_answer() -> None:
    records = a_firm_with("scanner")
    run(records, end("scanner"), here())
    asked_at = get(records, "scanner").end_asked_at
    assert asked_at is not None
    effect = run(records, CancelEndCollaboration(collaboration_id="cl_scanner"), here())
    assert vendor_answers.end_confirmed("cl_scanner", asked_at, records, here()).changes == ()
    before = effect.vendor[0].data["before"]
    records.take_in(vendor_answers.cancel_refused("cl_scanner", "already_ended", before, records, here()))
    found = get(records, "scanner")
    assert (found.state, found.problem) == ("ended", "already_ended")


@pytest.mark.case(27)
def test_the_legal_form_stays_while_a_service_is_bound_to_it() -> None:
    records = a_firm_with("skatt_bokslut_pro")
    berg = records.find("customer", "cu_berg")
    assert isinstance(berg, Customer)
    records.put(dataclasses.replace(berg, legal_form="HB"))
    change = UpdateCustomer(customer_id="cu_berg", set={"legal_form": {"from": "HB", "to": "AB"}})
    error = refused(records, change)
    assert (error.code, error.data["service"]) == ("legal_form", "skatt_bokslut_pro")
    records.put(a_running("skatt_bokslut_pro", state="ended"))
    run(records, change, here())


def test_a_predecessor_is_another_customer_and_never_comes_after_itself() -> None:
    records = a_firm_at_work()
    records.put(Customer(id="cu_new", customer_number="1", name="Bergs El Holding AB"))
    run(
        records, UpdateCustomer(customer_id="cu_new", set={"predecessor_id": {"from": None, "to": "cu_berg"}})
    )
    for customer_id, earlier in (("cu_berg", "cu_new"), ("cu_berg", "cu_berg")):
        change = UpdateCustomer(
            customer_id=customer_id, set={"predecessor_id": {"from": None, "to": earlier}}
        )
        assert refused(records, change).code == "invalid"
    unknown = UpdateCustomer(customer_id="cu_berg", set={"predecessor_id": {"from": None, "to": "cu_x"}})
    assert refused(records, unknown).code == "gone"


def test_an_unlinked_collaboration_is_ended_by_its_companys_name() -> None:
    records = a_firm_at_work()
    wanted = EndCollaboration(collaboration_id="cl_old", choice="service_ends", checklist=("bank_link",))
    run(records, wanted, here())
    found = records.find("collaboration", "cl_old")
    assert isinstance(found, Collaboration)
    assert found.state == "ending"
    sees_own = here(
        actor=Actor(staff_id="st_olle", full_permission=True, vendor_administrator=True, sees="own")
    )
    assert refused(a_firm_at_work(), wanted, sees_own).code == "sees_all_needed"


def test_a_service_of_a_newer_catalogue_is_not_judged() -> None:
    records = a_firm_with("visma_tid")
    run(records, end("visma_tid", "whatever"), here())
    assert get(records, "visma_tid").state == "ending"
    assert refused(a_firm_with("scanner"), end("scanner", "whatever")).code == "end_choice_missing"
