"""What stands in the way of an activation, and what is only to be known."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from app.catalogue import Service, load_catalogue
from app.domain.activation_draft import (
    ContactForm,
    Step,
    change_contact,
    change_service,
    choose_vendor_number,
    give_reason,
    new_draft,
)
from app.domain.activation_facts import CustomerFacts, Situation
from app.domain.activation_sending import to_activation
from app.domain.preconditions import (
    Problem,
    Repair,
    Severity,
    contact_problems,
    list_problems,
    why_unavailable,
)
from app.domain.records import (
    Address,
    DueDiligence,
    Engagement,
    EngagementLetter,
    Invitation,
    LicencesLeft,
    OtherFirm,
    RegisteredService,
)
from tests.support.activation_cases import (
    KARIN,
    MAJA,
    NOW,
    berga_gard,
    bergstroms_el,
    collaboration,
    draft_for,
    situation,
    with_customer,
    with_registration,
)

CATALOGUE = load_catalogue()
FORMS = {service.code: service for service in CATALOGUE.services}
EEKONOMI, LON_SMART, UTLAGG, SCANNER, SKATT = (
    FORMS[code] for code in ("eekonomi", "lon_smart", "utlagg", "scanner", "skatt_bokslut_pro")
)


def problems_of(
    facts: CustomerFacts,
    *forms: Service,
    moment: Situation | None = None,
    contact: ContactForm | None = None,
) -> dict[str, Problem]:
    """Return the problems of a draft with these services as proposed, by code."""
    customer = draft_for(facts, *forms).customers[0]
    if contact is not None:
        customer = change_contact(customer, contact)
    return {p.code: p for p in list_problems(customer, facts, moment or situation(), FORMS)}


def test_nothing_stands_in_the_way_of_a_customer_in_order() -> None:
    assert problems_of(berga_gard(), EEKONOMI) == {}
    assert problems_of(bergstroms_el(), LON_SMART, UTLAGG) == {}


def test_something_must_be_chosen() -> None:
    assert problems_of(berga_gard())["no_service_chosen"].step is Step.SERVICES


@pytest.mark.case(1)
@pytest.mark.parametrize(
    ("email", "street", "codes"),
    [
        ("", "Bergavägen 7", {"contact_email_missing"}),
        ("maja@bergagard.example", "", {"street_missing"}),
        ("", "", {"contact_email_missing", "street_missing"}),
    ],
)
def test_a_contact_without_email_or_address(email: str, street: str, codes: set[str]) -> None:
    facts = with_customer(
        berga_gard(contacts=(dataclasses.replace(MAJA, email=email),)),
        address=Address(street=street, postal_code="432 95", town="Varberg"),
    )
    found = problems_of(facts, EEKONOMI)
    assert set(found) == codes
    assert all(p.blocks and p.step is Step.CONTACT for p in found.values())


@pytest.mark.case(1)
def test_a_registered_customer_needs_no_contact_details() -> None:
    facts = with_customer(bergstroms_el(contacts=()), address=Address())
    assert problems_of(facts, LON_SMART) == {}


@pytest.mark.case(2)
def test_a_contact_with_a_staff_members_email() -> None:
    facts = berga_gard(contacts=(dataclasses.replace(MAJA, email="Karin.Ek@byran.example"),))
    problem = problems_of(facts, EEKONOMI)["contact_is_staff"]
    assert problem.blocks
    assert problem.data == {"name": KARIN.name}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "  ", "contact_name_missing"),
        ("email", "maja@", "contact_email_invalid"),
        ("phone", "070", "contact_phone_invalid"),
        ("postal_code", "1234", "contact_postal_code_invalid"),
        ("postal_code", "", "postal_code_missing"),
        ("town", "", "town_missing"),
        ("town", "432 90", "contact_town_invalid"),
        ("town", "–", "contact_town_invalid"),
        ("name", "x" * 301, "too_long"),
        ("street", "x" * 301, "too_long"),
        ("town", "x" * 101, "too_long"),
    ],
)
def test_each_field_of_the_contact_has_its_own_problem(field: str, value: str, code: str) -> None:
    good = draft_for(berga_gard()).customers[0].contact
    found = list(contact_problems(dataclasses.replace(good, **{field: value}), situation()))
    assert [(p.code, p.field_name) for p in found] == [(code, field)]


def test_a_missing_telephone_number_is_no_problem() -> None:
    good = draft_for(berga_gard()).customers[0].contact
    assert not list(contact_problems(dataclasses.replace(good, phone=""), situation()))


@pytest.mark.case(8)
@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("active", "already_active"),
        ("ending", "already_active"),
        ("pending", "already_invited"),
        ("received", "already_under_way"),
        ("stopped", "already_under_way"),
    ],
)
def test_a_service_that_has_begun_cannot_be_chosen_again(state: str, code: str) -> None:
    facts = bergstroms_el()
    facts = dataclasses.replace(facts, collaborations=(collaboration(facts, "lon_smart", state),))
    problem = why_unavailable(LON_SMART, facts)
    assert problem is not None
    assert (problem.code, problem.data["state"]) == (code, state)
    assert why_unavailable(UTLAGG, facts) is None


@pytest.mark.parametrize("state", ["declined", "expired", "withdrawn", "ended", "refused"])
def test_what_came_to_nothing_can_be_activated_again(state: str) -> None:
    facts = bergstroms_el()
    facts = dataclasses.replace(facts, collaborations=(collaboration(facts, "lon_smart", state),))
    assert why_unavailable(LON_SMART, facts) is None


def test_an_unanswered_invitation_stands_in_the_way() -> None:
    waiting = Invitation(
        id="iv_1", activation_id="av_1", customer_id="cu_el", services=("utlagg",), state="sent"
    )
    problem = why_unavailable(UTLAGG, bergstroms_el(invitations=(waiting,)))
    assert problem is not None
    assert problem.code == "already_invited"


@pytest.mark.case(15)
def test_no_ongoing_engagement_offers_to_create_one() -> None:
    closed = tuple(dataclasses.replace(e, state="closed") for e in berga_gard().engagements)
    problem = why_unavailable(EEKONOMI, berga_gard(engagements=closed))
    assert problem is not None
    assert (problem.code, problem.repair) == ("no_ongoing_engagement", Repair.CREATE_ENGAGEMENT)


@pytest.mark.case(15)
def test_no_fitting_engagement_asks_for_one() -> None:
    problem = problems_of(bergstroms_el(), EEKONOMI)["engagement_not_chosen"]
    assert problem.blocks
    assert problem.repair is Repair.CREATE_ENGAGEMENT


def test_an_engagement_of_an_unusual_type_is_allowed_with_a_warning() -> None:
    facts = bergstroms_el()
    customer = change_service(
        draft_for(facts, EEKONOMI).customers[0], EEKONOMI, facts, engagement_id="en_lon"
    )
    found = {p.code: p for p in list_problems(customer, facts, situation(), FORMS)}
    assert set(found) == {"engagement_type_unusual"}
    assert not found["engagement_type_unusual"].blocks


def test_an_engagement_that_was_closed_meanwhile_is_a_problem() -> None:
    facts = bergstroms_el()
    customer = draft_for(facts, LON_SMART).customers[0]
    later = dataclasses.replace(
        facts, engagements=tuple(dataclasses.replace(e, state="closed") for e in facts.engagements)
    )
    codes = {p.code for p in list_problems(customer, later, situation(), FORMS)}
    assert "engagement_closed" in codes


@pytest.mark.case(16)
def test_an_engagement_without_participants_is_warned_of() -> None:
    problem = problems_of(bergstroms_el(participations=()), LON_SMART)["no_participants"]
    assert (problem.severity, problem.repair) == (Severity.WARNS, Repair.ADD_PARTICIPANT)


@pytest.mark.case(16)
def test_a_participant_whose_days_are_over_gives_nobody_access() -> None:
    over = tuple(dataclasses.replace(p, to_on=date(2026, 11, 22)) for p in bergstroms_el().participations)
    assert "no_participants" in problems_of(bergstroms_el(participations=over), LON_SMART)


@pytest.mark.case(10)
def test_one_of_several_customer_numbers_at_the_vendor_is_chosen() -> None:
    facts = with_registration(bergstroms_el(), vendor_customer_numbers=("1", "2"))
    found = problems_of(facts, LON_SMART)["vendor_number_not_chosen"]
    assert found.blocks
    assert (found.data["numbers"], found.repair) == ("1, 2", Repair.CHOOSE_VENDOR_NUMBER)
    customer = choose_vendor_number(draft_for(facts, LON_SMART).customers[0], "2")
    assert "vendor_number_not_chosen" not in {
        p.code for p in list_problems(customer, facts, situation(), FORMS)
    }
    sent = to_activation(new_draft(NOW), customer, facts, situation(), consent_text="1")
    assert sent.vendor_customer_number == "2"


@pytest.mark.case(10)
def test_the_customer_number_that_the_firm_keeps_is_proposed() -> None:
    facts = with_registration(bergstroms_el(), vendor_customer_numbers=("1", "2"))
    kept = with_customer(facts, vendor_customer_number="1")
    assert "vendor_number_not_chosen" not in problems_of(kept, LON_SMART)
    stale = with_customer(facts, vendor_customer_number="3")
    assert "vendor_number_not_chosen" in problems_of(stale, LON_SMART)


@pytest.mark.case(17)
def test_without_a_licence_left_the_service_is_stopped() -> None:
    none_left = (LicencesLeft(service="skatt_bokslut_pro", licence="period", left=0),)
    year_end = Engagement(id="en_year", customer_id="cu_el", type="year_end", title="Bokslut 2026")
    facts = with_registration(bergstroms_el(engagements=(year_end,)), licences_left=none_left)
    assert problems_of(facts, SKATT)["no_licence_left_of"].blocks
    customer = draft_for(facts, SKATT).customers[0]
    other = change_service(customer, SKATT, facts, values={"licence": "year"})
    assert "no_licence_left_of" not in {p.code for p in list_problems(other, facts, situation(), FORMS)}


def test_a_licence_bound_to_another_legal_form_is_warned_of() -> None:
    year_end = Engagement(id="en_year", customer_id="cu_el", type="year_end", title="Bokslut 2026")
    facts = with_registration(bergstroms_el(engagements=(year_end,)), legal_form="HB")
    found = problems_of(facts, SKATT, UTLAGG)["legal_form_differs"]
    assert (found.service, found.data) == ("skatt_bokslut_pro", {"own": "AB", "known": "HB"})
    assert not found.blocks


@pytest.mark.case(11)
def test_nobody_can_answer_where_there_is_no_administrator() -> None:
    facts = with_registration(bergstroms_el(), administrators=(), main_contact=None)
    assert problems_of(facts, LON_SMART)["no_administrator"].blocks


@pytest.mark.case(13)
def test_another_firm_in_the_service_is_warned_of() -> None:
    facts = with_registration(bergstroms_el(), other_firms=(OtherFirm(service="lon_smart"),))
    assert not problems_of(facts, LON_SMART)["other_firm"].blocks
    assert "other_firm" not in problems_of(facts, UTLAGG)
    named = with_registration(
        bergstroms_el(), other_firms=(OtherFirm(service="lon_smart", firm_name="Lönab"),)
    )
    assert problems_of(named, LON_SMART)["other_firm_named"].data == {"firm": "Lönab"}


@pytest.mark.case(18)
def test_lon_direkt_is_warned_of_where_the_variant_switches_it_off() -> None:
    facts = with_registration(bergstroms_el(), lon_direkt=True)
    customer = draft_for(facts, LON_SMART).customers[0]
    assert not list_problems(customer, facts, situation(), FORMS)
    start = change_service(customer, LON_SMART, facts, values={"variant": "start"})
    found = {p.code: p for p in list_problems(start, facts, situation(), FORMS)}
    assert set(found) == {"lon_direkt_off"}
    assert not found["lon_direkt_off"].blocks


@pytest.mark.case(41)
def test_a_downgrade_is_warned_of() -> None:
    shared = RegisteredService(code="eekonomi", variant="pro", subscription_owner="firm")
    facts = with_registration(berga_gard(), answer="registered", services=(shared,), administrators=())
    customer = draft_for(facts, EEKONOMI).customers[0]
    smaller = change_service(customer, EEKONOMI, facts, values={"variant": "start"})
    assert "downgrade" in {p.code for p in list_problems(smaller, facts, situation(), FORMS)}
    assert "downgrade" not in {p.code for p in list_problems(customer, facts, situation(), FORMS)}


@pytest.mark.case(19)
@pytest.mark.parametrize(("blocks", "severity"), [(False, Severity.WARNS), (True, Severity.BLOCKS)])
def test_due_diligence_warns_or_blocks_as_the_firm_says(blocks: bool, severity: Severity) -> None:
    facts = with_customer(berga_gard(), due_diligence=DueDiligence(), engagement_letter=EngagementLetter())
    moment = situation(due_diligence_blocks=blocks)
    asked = problems_of(facts, EEKONOMI, moment=moment)
    assert ("due_diligence_reason_missing" in asked) is not blocks
    customer = give_reason(draft_for(facts, EEKONOMI).customers[0], " Ny ägare,  klart på fredag ")
    found = list_problems(customer, facts, moment, FORMS)
    assert {p.code: p.severity for p in found} == {
        "due_diligence_missing" if blocks else "due_diligence_not_done": severity,
        "engagement_letter_missing": severity,
    }
    sent = to_activation(new_draft(NOW), customer, facts, moment, consent_text="1")
    assert sent.due_diligence_reason == "Ny ägare, klart på fredag"


def test_a_reason_is_not_sent_where_due_diligence_is_done() -> None:
    customer = give_reason(draft_for(berga_gard(), EEKONOMI).customers[0], "Brådskar")
    sent = to_activation(new_draft(NOW), customer, berga_gard(), situation(), consent_text="1")
    assert sent.due_diligence_reason == ""


def test_a_review_of_due_diligence_that_is_due_is_told() -> None:
    overdue = DueDiligence(state="done", review_on=date(2026, 11, 1))
    found = problems_of(with_customer(berga_gard(), due_diligence=overdue), EEKONOMI)
    assert found["due_diligence_overdue"].data == {"date": "2026-11-01"}


@pytest.mark.case(25)
def test_a_wrong_check_digit_stops_an_activation() -> None:
    facts = with_customer(bergstroms_el(), organisation_number="165591234567")
    assert problems_of(facts, LON_SMART)["wrong_check_digit"].blocks


@pytest.mark.case(23)
def test_a_customer_without_number_cannot_be_activated() -> None:
    facts = with_customer(bergstroms_el(), organisation_number="", kind="association_without_number")
    assert problems_of(facts, LON_SMART)["number_missing"].blocks


@pytest.mark.case(28)
@pytest.mark.parametrize(("state", "blocks"), [("liquidation", False), ("bankrupt", True), ("merged", True)])
def test_the_companys_state_is_told_and_stops_where_nobody_may_be_invited(state: str, blocks: bool) -> None:
    facts = with_registration(bergstroms_el(), company_state=state)
    assert problems_of(facts, LON_SMART)[f"company_{state}"].blocks is blocks


@pytest.mark.case(36)
def test_an_archived_customer_is_not_activated() -> None:
    assert problems_of(with_customer(berga_gard(), state="archived"), EEKONOMI)["customer_archived"].blocks


@pytest.mark.case(33)
def test_a_service_of_a_newer_version_in_a_draft_is_named_as_a_problem() -> None:
    facts = bergstroms_el()
    customer = draft_for(facts, LON_SMART).customers[0]
    unknown = dataclasses.replace(customer.choices[0], service="framtidstjanst")
    customer = dataclasses.replace(customer, choices=(unknown,))
    found = list_problems(customer, facts, situation(), FORMS)
    assert [(p.code, p.service) for p in found] == [("service_unknown", "framtidstjanst")]
