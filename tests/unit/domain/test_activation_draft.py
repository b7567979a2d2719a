"""The activation's state machine: pages, what is proposed, what stands in the way, what is sent."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from app.catalogue import Service, load_catalogue
from app.domain.activation_draft import (
    ContactForm,
    CustomerDraft,
    Step,
    branch_of,
    change_contact,
    change_service,
    choose_customer,
    choose_service,
    drop_customer,
    drop_service,
    give_consent,
    list_steps,
    new_draft,
    next_step,
    previous_step,
    refresh,
    settle_step,
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
    Branch,
    DueDiligence,
    EngagementLetter,
    Invitation,
    OtherFirm,
    RegisteredService,
)
from tests.support.activation_cases import (
    KARIN,
    MAJA,
    NOW,
    OLLE,
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
EEKONOMI, LON_SMART, UTLAGG, SCANNER = (
    FORMS[code] for code in ("eekonomi", "lon_smart", "utlagg", "scanner")
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


# Pages


def test_a_customer_that_is_not_registered_gets_the_contact_page() -> None:
    facts = berga_gard()
    assert list_steps(draft_for(facts), facts) == (
        Step.CUSTOMERS,
        Step.CHECK,
        Step.SERVICES,
        Step.CONTACT,
        Step.ACCESS,
        Step.REVIEW,
        Step.RESULT,
    )


def test_a_registered_customer_gets_the_administrators_instead() -> None:
    facts = bergstroms_el()
    steps = list_steps(draft_for(facts), facts)
    assert Step.ADMINISTRATORS in steps
    assert Step.CONTACT not in steps


def test_while_nobody_knows_the_contact_person_is_asked_for() -> None:
    facts = berga_gard(registration=None)
    assert Step.CONTACT in list_steps(draft_for(facts), facts)


def test_many_customers_share_the_pages_and_are_reviewed_in_one_grid() -> None:
    draft = choose_customer(draft_for(berga_gard()), bergstroms_el())
    assert list_steps(draft, None) == (
        Step.CUSTOMERS,
        Step.CHECK,
        Step.SERVICES,
        Step.REVIEW,
        Step.RESULT,
    )


def test_the_pages_are_walked_in_order_and_back() -> None:
    facts = bergstroms_el()
    draft = draft_for(facts)
    walked = [draft.step]
    while (step := next_step(draft, facts)) is not None:
        draft = draft.at(step)
        walked.append(step)
    assert tuple(walked) == list_steps(draft, facts)
    assert previous_step(draft.at(Step.REVIEW), facts) is Step.ACCESS
    assert previous_step(draft.at(Step.CUSTOMERS), facts) is None


def test_nothing_leads_back_from_the_result() -> None:
    facts = bergstroms_el()
    assert previous_step(draft_for(facts).at(Step.RESULT), facts) is None


def test_a_changed_answer_puts_the_administrators_in_the_contact_pages_place() -> None:
    before, after = berga_gard(), with_registration(berga_gard(), answer="registered")
    draft = draft_for(before).at(Step.CONTACT)
    assert settle_step(draft, before).step is Step.CONTACT
    assert settle_step(draft, after).step is Step.ADMINISTRATORS


# What is proposed


def test_the_main_contact_and_the_postal_address_are_filled_in() -> None:
    contact = draft_for(berga_gard()).customers[0].contact
    assert contact == ContactForm(
        contact_id=MAJA.id,
        name="Maja Berg",
        email="maja@bergagard.example",
        phone="070-123 45 67",
        street="Bergavägen 7",
        postal_code="432 95",
        town="Varberg",
    )


def test_the_latest_fitting_engagement_is_proposed() -> None:
    choice = draft_for(berga_gard(), EEKONOMI).customers[0].choices[0]
    assert choice.engagement_id == "en_berga_26"


def test_no_engagement_is_proposed_where_none_fits() -> None:
    choice = draft_for(bergstroms_el(), EEKONOMI).customers[0].choices[0]
    assert choice.engagement_id == ""


def test_the_customers_present_variant_and_payer_are_kept() -> None:
    shared = RegisteredService(code="eekonomi", variant="pro", payer="customer", subscription_owner="firm")
    facts = with_registration(bergstroms_el(), services=(shared,))
    values = draft_for(facts, EEKONOMI).customers[0].choices[0].values
    assert (values["variant"], values["payer"]) == ("pro", "customer")
    assert branch_of(draft_for(facts, EEKONOMI).customers[0], facts) is Branch.WITH_SERVICE


def test_a_customer_that_already_pays_is_proposed_as_payer() -> None:
    values = draft_for(bergstroms_el(), LON_SMART).customers[0].choices[0].values
    assert values == {"variant": "standard", "payer": "customer"}


def test_an_answer_that_another_makes_impossible_is_settled_anew() -> None:
    facts = bergstroms_el()
    customer = draft_for(facts, LON_SMART).customers[0]
    changed = change_service(customer, LON_SMART, facts, values={"variant": "start"})
    assert changed.choices[0].values == {"variant": "start", "payer": "firm"}


def test_a_customer_with_its_own_subscription_is_asked_for_the_engagement_only() -> None:
    facts = bergstroms_el()
    customer = draft_for(facts, EEKONOMI).customers[0]
    assert customer.choices[0].values == {}
    assert branch_of(customer, facts) is Branch.OWNS_SUBSCRIPTION


def test_choosing_twice_and_dropping() -> None:
    facts = bergstroms_el()
    customer = draft_for(facts, LON_SMART).customers[0]
    assert choose_service(customer, LON_SMART, facts) is customer
    assert drop_service(customer, "lon_smart").choices == ()
    draft = draft_for(facts)
    assert choose_customer(draft, facts) is draft
    assert drop_customer(draft, facts.customer.id).customers == ()


def test_the_branch_of_two_services_is_that_which_asks_most() -> None:
    facts = bergstroms_el()
    customer = draft_for(facts, EEKONOMI, LON_SMART).customers[0]
    assert branch_of(customer, facts) is Branch.WITHOUT_SERVICE


def test_changing_a_service_that_is_not_chosen_is_an_error() -> None:
    facts = bergstroms_el()
    with pytest.raises(KeyError):
        change_service(draft_for(facts).customers[0], LON_SMART, facts, engagement_id="en_lon")


# Consent


@pytest.mark.parametrize("edit", ["service", "values", "drop", "contact"])
def test_every_edit_takes_the_consent_away(edit: str) -> None:
    facts = bergstroms_el()
    customer = draft_for(facts, LON_SMART, consented=True).customers[0]
    assert customer.consented
    changed = {
        "service": lambda: choose_service(customer, UTLAGG, facts),
        "values": lambda: change_service(customer, LON_SMART, facts, values={"variant": "start"}),
        "drop": lambda: drop_service(customer, "lon_smart"),
        "contact": lambda: change_contact(customer, ContactForm(name="Någon annan")),
    }[edit]()
    assert not changed.consented


def test_an_edit_that_changes_nothing_keeps_the_consent() -> None:
    facts = bergstroms_el()
    customer = draft_for(facts, LON_SMART, consented=True).customers[0]
    same = change_service(customer, LON_SMART, facts, values=customer.choices[0].values)
    assert same.consented
    assert change_contact(customer, customer.contact).consented


@pytest.mark.case(9)
def test_a_new_answer_takes_the_consent_away() -> None:
    before, after = berga_gard(), with_registration(berga_gard(), answer="registered")
    draft = draft_for(before, EEKONOMI, consented=True)
    assert draft.customers[0].consented
    assert not refresh(draft, before, after).customers[0].consented


def test_an_untouched_contact_form_follows_the_customers_contacts() -> None:
    before = berga_gard(contacts=())
    draft = draft_for(before)
    assert refresh(draft, before, berga_gard()).customers[0].contact.name == "Maja Berg"


def test_a_contact_form_that_was_typed_in_is_left_alone() -> None:
    before = berga_gard(contacts=())
    draft = draft_for(before)
    typed = ContactForm(name="Nils Berg", email="nils@bergagard.example")
    draft = draft.with_customer(change_contact(draft.customers[0], typed))
    assert refresh(draft, before, berga_gard()).customers[0].contact == typed


# What stands in the way


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
        ("email", "maja@", "invalid_email"),
        ("phone", "070", "invalid_phone"),
        ("postal_code", "1234", "invalid_postal_code"),
        ("postal_code", "", "postal_code_missing"),
        ("town", "", "town_missing"),
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
def test_several_customer_numbers_at_the_vendor_are_told() -> None:
    facts = with_registration(bergstroms_el(), vendor_customer_numbers=("1", "2"))
    assert not problems_of(facts, LON_SMART)["several_vendor_numbers"].blocks


@pytest.mark.case(11)
def test_nobody_can_answer_where_there_is_no_administrator() -> None:
    facts = with_registration(bergstroms_el(), administrators=(), main_contact=None)
    assert problems_of(facts, LON_SMART)["no_administrator"].blocks


@pytest.mark.case(13)
def test_another_firm_in_the_service_is_warned_of() -> None:
    facts = with_registration(bergstroms_el(), other_firms=(OtherFirm(service="lon_smart"),))
    assert not problems_of(facts, LON_SMART)["other_firm"].blocks
    assert "other_firm" not in problems_of(facts, UTLAGG)


@pytest.mark.case(18)
def test_lon_direkt_is_warned_of_where_the_variant_switches_it_off() -> None:
    facts = with_registration(bergstroms_el(), services=(RegisteredService(code="lon_direkt"),))
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
    found = problems_of(facts, EEKONOMI, moment=situation(due_diligence_blocks=blocks))
    assert {code: p.severity for code, p in found.items()} == {
        "due_diligence_missing" if blocks else "due_diligence_not_done": severity,
        "engagement_letter_missing": severity,
    }


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


# What is sent


def sent(facts: CustomerFacts, customer: CustomerDraft):
    draft = new_draft(NOW)
    return to_activation(draft, customer, facts, situation(), consent_text="2026-11-23")


def test_the_same_draft_is_always_the_same_activation() -> None:
    facts = bergstroms_el()
    customer = draft_for(facts, LON_SMART, UTLAGG, consented=True).customers[0]
    first, second = sent(facts, customer), sent(facts, customer)
    assert first == second
    assert first.id == customer.activation_id
    assert len({item.collaboration_id for item in first.items}) == 2


def test_two_drafts_are_two_activations() -> None:
    facts = bergstroms_el()
    one, other = (draft_for(facts, LON_SMART).customers[0] for _ in range(2))
    assert one.activation_id != other.activation_id
    assert one.command_id != other.command_id


def test_what_is_sent_for_a_customer_that_is_not_registered() -> None:
    facts = berga_gard()
    activation = sent(facts, draft_for(facts, EEKONOMI, consented=True).customers[0])
    assert activation.branch == Branch.NOT_REGISTERED
    assert activation.contact is not None
    assert (activation.contact.phone, activation.contact.contact_id) == ("+46701234567", MAJA.id)
    assert activation.contact.address.is_complete
    assert activation.consent is not None
    assert (activation.consent.by, activation.consent.text_version) == (KARIN.id, "2026-11-23")
    assert activation.expects.answer == "not_registered"
    [item] = activation.items
    assert (item.variant, item.payer, item.period_months, item.options) == ("smart", "firm", 12, {})


def test_what_is_sent_for_a_registered_customer() -> None:
    facts = bergstroms_el()
    activation = sent(facts, draft_for(facts, LON_SMART, UTLAGG, consented=True).customers[0])
    assert activation.contact is None
    assert activation.expects.services == facts.registration.services  # type: ignore[union-attr]
    lon, utlagg = activation.items
    assert (lon.variant, lon.payer, lon.options) == ("standard", "customer", {})
    assert utlagg.options == {"pricing": "per_item"}


@pytest.mark.case(14)
def test_nothing_but_the_engagement_is_sent_where_the_customer_owns_the_subscription() -> None:
    facts = with_registration(
        berga_gard(),
        answer="registered",
        services=(RegisteredService(code="eekonomi", variant="smart", subscription_owner="customer"),),
        administrators=(),
    )
    [item] = sent(facts, draft_for(facts, EEKONOMI, consented=True).customers[0]).items
    assert item.engagement_id == "en_berga_26"
    assert (item.variant, item.payer, item.period_months, item.options) == ("", "", None, {})


def test_an_unknown_answer_sends_the_contact_and_expects_nothing() -> None:
    facts = berga_gard(registration=None)
    activation = sent(facts, draft_for(facts, EEKONOMI, consented=True).customers[0])
    assert activation.branch == Branch.UNKNOWN
    assert activation.expects.answer == "unknown"
    assert activation.contact is not None


# Facts


def test_an_answer_grows_old() -> None:
    facts = berga_gard()
    assert facts.is_check_fresh(NOW)
    assert not facts.is_check_fresh(NOW + timedelta(hours=1))
    assert not berga_gard(registration=None).is_check_fresh(NOW)


def test_a_word_of_a_newer_server_counts_as_unknown() -> None:
    facts = with_registration(berga_gard(), answer="perhaps")
    assert facts.answer == "unknown"


def test_who_gets_access_is_the_owner_first_and_nobody_who_left() -> None:
    facts, moment = bergstroms_el(), situation()
    assert [a.staff.name for a in facts.list_access("en_lon", moment)] == ["Karin Ek", "Sara Lind"]
    without = dataclasses.replace(moment, staff=(dataclasses.replace(KARIN, state="left"), OLLE))
    assert facts.list_access("en_lon", without) == ()


def test_consent_is_never_given_beforehand() -> None:
    assert not draft_for(berga_gard(), EEKONOMI).customers[0].consented
    given = give_consent(draft_for(berga_gard(), EEKONOMI).customers[0], consented=True)
    assert given.consented
