"""Cases 38 to 48: who may, what must come first, what the vendor says, and what days bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.catalogue import load_catalogue
from app.domain.commands import (
    CancelEndCollaboration,
    EndCollaboration,
    LeaveStaff,
    ReplaceParticipation,
    SetMainContact,
    UpdateCollaboration,
    UpdateCustomer,
    WithdrawInvitation,
)
from app.domain.records import Collaboration, Participation, Registration, Staff
from app.domain.retention import keep_until
from app.errors import RemoteError
from app.server.gateway.register import end_by_customer
from app.server.gateway.register_company import RegisterPerson
from app.server.gateway.vendor import CompanyQuery
from app.usecases.ending import Ending
from tests.cases.office import (
    BERGS,
    HANNA,
    KARIN,
    OLLE,
    PER,
    SARA,
    TODAY,
    Office,
    company,
    register_with,
    sentence,
)
from tests.server.sync_site import FIRM
from tests.support.clocks import FixedClock

COMPANY = CompanyQuery(number=BERGS.organisation_number)


def end(service: str, choice: str = "service_ends", **fields: object) -> EndCollaboration:
    return EndCollaboration(collaboration_id=f"cl_{service}", choice=choice, **fields)  # type: ignore[arg-type]


def cancel(service: str) -> CancelEndCollaboration:
    return CancelEndCollaboration(collaboration_id=f"cl_{service}")


def get(office: Office, service: str) -> Collaboration:
    return office.get(Collaboration, f"cl_{service}")


def at_vendor(office: Office) -> dict[str, str]:
    found = office.gateway.find_company(COMPANY)
    assert found is not None
    return {one.service: one.state for one in found.collaborations if one.firm_id == FIRM}


@pytest.mark.case(38)
def test_38_without_the_right_the_server_refuses_and_says_who_can(office: Office) -> None:
    office.run("scanner")
    olle = office.open(OLLE)
    olle.round()
    change = UpdateCollaboration(
        collaboration_id="cl_scanner", set={"payer": {"from": "firm", "to": "customer"}}
    )
    view = Ending(olle.workspace, load_catalogue()).open_customer(BERGS.id)
    assert (view.blocked, view.who_can) == ("full_permission_needed", (KARIN.name,))
    own = Ending(office.desk.workspace, load_catalogue()).open_customer(BERGS.id)
    assert (own.blocked, own.who_can) == ("", ())
    for payload in (end("scanner"), change, cancel("scanner")):
        assert office.refused(payload, desk=olle).code == "full_permission_needed"
    office.gateway.fill([company()])
    invitation = office.invitation_of(office.invite("utlagg"))
    olle.round()
    withdraw = WithdrawInvitation(invitation_id=invitation.id)
    assert office.refused(withdraw, desk=olle).code == "full_permission_needed"
    leave = LeaveStaff(staff_id=SARA.id, left_on=TODAY)
    assert office.refused(leave, desk=olle).code == "full_permission_needed"
    assert office.states() == {"scanner": "active", "utlagg": "pending"}


@pytest.mark.case(39)
def test_39_a_missing_main_contact_is_repaired_and_the_end_goes_through(office: Office) -> None:
    office.run("scanner", in_register={"people": (HANNA,)})
    error = office.refused(end("scanner"))
    assert error.code == "main_contact_missing"
    assert sentence(error).startswith("Huvudkontakt saknas för kundnumret")
    repair = SetMainContact(customer_id=BERGS.id, name=HANNA.name, email=HANNA.email)
    office.decide(repair, end("scanner"))
    assert get(office, "scanner").state == "ended"
    assert at_vendor(office) == {"scanner": "ended"}
    (found,) = office.check(BERGS)
    assert found.main_contact is not None
    assert found.main_contact.email == HANNA.email


@pytest.mark.case(39)
def test_39_a_main_contact_that_the_vendor_refuses_is_shown_and_the_end_too(office: Office) -> None:
    office.gateway.fill([company(vendor_customer_number="9000", number="162120000142", people=(PER,))])
    office.run("scanner", in_register={"people": (HANNA,)})
    wrong = SetMainContact(customer_id=BERGS.id, name="Någon Annan", email=PER.email)
    office.decide(wrong, end("scanner"))
    registration = office.list_all(Registration)[0]
    assert (registration.main_contact, registration.problem) == (None, "contact_is_other_person")
    after = get(office, "scanner")
    assert (after.state, after.problem) == ("active", "main_contact_missing")
    assert office.access("cl_scanner") == {KARIN.id, OLLE.id}


@pytest.mark.case(40)
def test_40_dates_of_an_end(office: Office, clock: FixedClock) -> None:
    office.run("scanner", period_months=12, period_from=date(2026, 3, 1))
    error = office.refused(end("scanner", on=TODAY - timedelta(days=1)))
    assert error.code == "end_in_past"
    assert sentence(error).startswith("Slutdatumet {date} har passerat.")
    leap_day = date(2028, 2, 29)
    office.decide(end("scanner", on=leap_day))
    asked = get(office, "scanner")
    assert (asked.state, asked.ends_on, asked.ended_by) == ("ending", leap_day, KARIN.id)
    assert asked.end_confirmed_at is not None
    assert office.access("cl_scanner") == {KARIN.id, OLLE.id}
    office.decide(cancel("scanner"))
    assert (get(office, "scanner").state, get(office, "scanner").ends_on) == ("active", None)
    assert at_vendor(office) == {"scanner": "active"}
    tomorrow = TODAY + timedelta(days=1)
    office.decide(end("scanner", on=tomorrow))
    assert get(office, "scanner").state == "ending"
    clock.advance(timedelta(days=1))
    office.work()
    assert get(office, "scanner").state == "ended"
    assert office.access("cl_scanner") == set()
    assert at_vendor(office) == {"scanner": "ended"}
    error = office.refused(cancel("scanner"))
    assert error.code == "too_late"


def test_the_administrators_are_told_of_an_end_and_that_it_was_called_off(
    office: Office, clock: FixedClock
) -> None:
    other = RegisterPerson(name="Elin Mo", email="elin@annanbyra.example", firm_name="Annan Byrå AB")
    office.run("scanner", in_register={"people": (PER, HANNA, other)})
    office.decide(end("scanner", on=TODAY + timedelta(days=7)))
    letter = next(mail for mail in office.store.mail_tray.list_mails(FIRM) if mail.kind == "ended")
    for words in ("Visma Scanner", "2026-11-30", "Nya kvitton kan inte skickas in efter slutdatumet."):
        assert words in letter.text
    office.decide(cancel("scanner"))
    for person in (PER, HANNA):
        assert office.mails(person.email) == ["ended", "end_cancelled"]
    assert office.mails(other.email) == [], "another firm's people do not represent the company"
    # Who represented a bankrupt company hears nothing.
    office.gateway.fill([register_with(("scanner",), company_state="bankrupt")])
    office.check(BERGS)
    office.decide(end("scanner"))
    assert get(office, "scanner").state == "ended"
    assert office.mails(PER.email) == ["ended", "end_cancelled"]


def test_an_end_that_the_vendor_refuses_is_not_told(office: Office) -> None:
    office.run("utlagg", in_register={"open_reports": 0})
    office.gateway.fill([register_with(("utlagg",), open_reports=2)])
    office.decide(end("utlagg", "customer_continues", checklist=("reports_submitted",)))
    assert get(office, "utlagg").problem == "has_open_reports"
    assert office.mails() == []


@pytest.mark.case(41)
def test_41_a_downgrade_is_told_of_and_reaches_the_vendor(office: Office) -> None:
    office.run("eekonomi", variant="pro")
    change = UpdateCollaboration(
        collaboration_id="cl_eekonomi", set={"variant": {"from": "pro", "to": "smart"}}
    )
    office.decide(change)
    assert (get(office, "eekonomi").variant, get(office, "eekonomi").problem) == ("smart", "")
    found = office.gateway.find_company(COMPANY)
    assert found is not None
    assert [one.variant for one in found.subscriptions] == ["smart"]
    unknown = UpdateCollaboration(
        collaboration_id="cl_eekonomi", set={"variant": {"from": "smart", "to": "platinum"}}
    )
    error = office.refused(unknown)
    assert error.code == "choice_not_allowed"


@pytest.mark.case(41)
def test_41_a_change_that_the_vendor_refuses_is_taken_back(office: Office) -> None:
    office.run("eekonomi", variant="pro")
    # The customer has taken the subscription over since the last check.
    office.gateway.fill([company()])
    change = UpdateCollaboration(
        collaboration_id="cl_eekonomi", set={"variant": {"from": "pro", "to": "smart"}}
    )
    office.decide(change)
    after = get(office, "eekonomi")
    assert (after.variant, after.problem) == ("pro", "unknown_service")
    assert [event.after for event in office.events("agreement_change_refused")] == ["unknown_service"]


@pytest.mark.case(42)
def test_42_a_bank_link_is_ended_first(office: Office) -> None:
    office.run("eekonomi", in_register={"bank_link": True})
    wanted = end("eekonomi", checklist=("bank_link",))
    error = office.refused(wanted)
    assert error.code == "has_bank_link"
    assert "aktiv bankkoppling" in sentence(error)
    office.run("eekonomi")
    office.desk.workspace.enqueue([wanted])
    office.gateway.fill([register_with(("eekonomi",), bank_link=True)])
    office.work()
    after = get(office, "eekonomi")
    assert (after.state, after.problem) == ("active", "has_bank_link"), "since the check it was turned on"
    assert at_vendor(office) == {"eekonomi": "active"}


@pytest.mark.case(43)
def test_43_reports_are_submitted_first(office: Office) -> None:
    office.run("utlagg", in_register={"open_reports": 2})
    wanted = end("utlagg", "customer_continues", checklist=("reports_submitted",))
    error = office.refused(wanted)
    assert (error.code, error.data["count"]) == ("has_open_reports", "2")
    office.run("utlagg", in_register={"open_reports": 0})
    office.decide(wanted)
    assert get(office, "utlagg").state == "ended"
    found = office.gateway.find_company(COMPANY)
    assert found is not None
    assert [(one.service, one.owner, one.payer) for one in found.subscriptions] == [
        ("utlagg", "customer", "customer")
    ]


@pytest.mark.case(44)
def test_44_what_is_deleted_is_typed_and_the_seven_years_are_told(office: Office) -> None:
    office.run("ekonomioversikt")
    assert keep_until(BERGS.fiscal_year_end, date(2025, 6, 30)) == date(2032, 12, 31)
    error = office.refused(end("ekonomioversikt", "all_deleted", typed="Berg"))
    assert (error.code, error.data["name"]) == ("typed_wrong", BERGS.name)
    handed_over = TODAY - timedelta(days=1)
    wanted = end("ekonomioversikt", "all_deleted", typed=BERGS.name, handed_over_on=handed_over)
    office.decide(wanted)
    after = get(office, "ekonomioversikt")
    assert (after.state, after.handed_over_on) == ("ended", handed_over)
    found = office.gateway.find_company(COMPANY)
    assert found is not None
    assert found.subscriptions == ()


@pytest.mark.case(45)
def test_45_what_stands_on_it_ends_first(office: Office) -> None:
    office.run("eekonomi", "ekonomioversikt", "scanner")
    wanted = end("eekonomi", checklist=("bank_link",))
    error = office.refused(wanted)
    assert (error.code, error.data["service"]) == ("ends_before", "ekonomioversikt")
    office.decide(
        end("ekonomioversikt", "all_deleted", typed=BERGS.name), end("scanner", "customer_continues"), wanted
    )
    assert set(office.states().values()) == {"ended"}
    assert set(at_vendor(office).values()) == {"ended"}


@pytest.mark.case(46)
def test_46_the_customers_own_end_comes_with_the_next_synchronisation(
    office: Office, clock: FixedClock
) -> None:
    office.run("scanner", "utlagg")
    office.work()
    later = TODAY + timedelta(days=10)
    end_by_customer(office.store.register, clock, FIRM, COMPANY, "scanner", TODAY, "Per Berg")
    end_by_customer(office.store.register, clock, FIRM, COMPANY, "utlagg", later, "Per Berg")
    clock.advance(timedelta(minutes=16))
    office.work()
    ended, ending = get(office, "scanner"), get(office, "utlagg")
    assert (ended.state, ended.ended_by, ended.ends_on) == ("ended", "customer", TODAY)
    assert (ending.state, ending.ended_by, ending.ends_on) == ("ending", "customer", later)
    events = office.events("ended_elsewhere")
    assert {(event.by, event.by_kind, event.at) for event in events} == {
        ("Per Berg", "customer", clock.now())
    }
    assert office.access("cl_scanner") == set()
    assert office.refused(cancel("utlagg")).code == "ended_by_customer"
    clock.advance(timedelta(hours=1))
    office.work()
    assert len(office.events("ended_elsewhere")) == 2, "the same news is taken in once"


@pytest.mark.case(47)
def test_47_the_third_of_five_fails_and_the_rest_is_clear(office: Office) -> None:
    services = ("ekonomioversikt", "scanner", "utlagg", "lon_smart", "digitala_fakturor")
    office.run(*services)
    wanted = [
        end("ekonomioversikt", "all_deleted", typed=BERGS.name),
        end("scanner"),
        end("utlagg", "customer_continues", checklist=("reports_submitted",)),
        end("lon_smart"),
        end("digitala_fakturor"),
    ]
    results = office.desk.workspace.enqueue_each(wanted)
    assert [result.error for result in results] == [None] * 5
    before = office.gateway.find_company(COMPANY)
    assert before is not None
    office.gateway.fill([replace(before, open_reports=1)])
    office.work()
    assert office.states() == {
        "ekonomioversikt": "ended",
        "scanner": "ended",
        "utlagg": "active",
        "lon_smart": "ended",
        "digitala_fakturor": "ended",
    }
    assert get(office, "utlagg").problem == "has_open_reports"
    assert office.access("cl_utlagg") == {KARIN.id, OLLE.id}
    office.gateway.fill([replace(before, open_reports=0)])
    office.check(BERGS)
    office.decide(wanted[2])
    assert (get(office, "utlagg").state, get(office, "utlagg").problem) == ("ended", "")


@pytest.mark.case(48)
def test_48_who_leaves_is_replaced_and_then_has_no_access(office: Office, clock: FixedClock) -> None:
    office.run("scanner")
    olle = office.open(OLLE)
    olle.round()
    office.decide(
        UpdateCustomer(customer_id=BERGS.id, set={"account_manager_id": {"from": None, "to": OLLE.id}}),
        ReplaceParticipation(
            engagement_id=f"en_{BERGS.id}", staff_id=KARIN.id, by_staff_id=OLLE.id, role="owner"
        ),
    )
    assert office.access("cl_scanner") == {OLLE.id}
    last_day = TODAY + timedelta(days=3)
    leave = LeaveStaff(staff_id=OLLE.id, left_on=last_day)
    error = office.refused(leave)
    assert (error.code, error.data["engagements"], error.data["customers"]) == ("reassign_first", 1, 1)
    assert "Byt uppdragsansvarig och kundansvarig först" in sentence(error)
    office.decide(
        ReplaceParticipation(
            engagement_id=f"en_{BERGS.id}", staff_id=OLLE.id, by_staff_id=SARA.id, role="owner"
        ),
        ReplaceParticipation(
            engagement_id=f"en_{BERGS.id}",
            staff_id=SARA.id,
            by_staff_id=OLLE.id,
            to_on=last_day + timedelta(days=30),
        ),
        UpdateCustomer(customer_id=BERGS.id, set={"account_manager_id": {"from": OLLE.id, "to": SARA.id}}),
        leave,
    )
    assert office.get(Staff, OLLE.id).state == "leaving"
    assert office.access("cl_scanner") == {SARA.id, OLLE.id}
    clock.advance(timedelta(days=4))
    office.work()
    assert office.get(Staff, OLLE.id).state == "left"
    assert office.access("cl_scanner") == {SARA.id}
    with pytest.raises(RemoteError) as refused:
        olle.round()
    assert refused.value.code == "problem_sign_in_needed"


@pytest.mark.case(48)
def test_48_a_substitutes_days_run_out(office: Office, clock: FixedClock) -> None:
    office.run("scanner")
    until = TODAY + timedelta(days=2)
    office.decide(
        ReplaceParticipation(
            engagement_id=f"en_{BERGS.id}", staff_id=KARIN.id, by_staff_id=SARA.id, to_on=until
        )
    )
    assert office.access("cl_scanner") == {KARIN.id, OLLE.id, SARA.id}
    for days, names in ((2, {KARIN.id, OLLE.id, SARA.id}), (1, {KARIN.id, OLLE.id})):
        clock.advance(timedelta(days=days))
        office.work()
        assert office.access("cl_scanner") == names
    rows = [row for row in office.list_all(Participation) if row.staff_id == SARA.id]
    assert [row.to_on for row in rows] == [until], "what was decided is kept, for who asks later"
    (event,) = office.events("access_by_calendar")
    assert (event.by_kind, event.before) == ("server", SARA.id)
