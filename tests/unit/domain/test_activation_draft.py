"""The activation's state machine: pages, what is proposed, what is sent."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from app.catalogue import load_catalogue
from app.domain.activation_draft import (
    ActivationDraft,
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
    new_draft,
    refresh,
)
from app.domain.activation_facts import CustomerFacts
from app.domain.activation_language import choose_language, choose_usual_languages, language_of
from app.domain.activation_sending import to_activation
from app.domain.activation_steps import list_steps, next_step, previous_step, settle_step
from app.domain.records import (
    Branch,
    CustomerKind,
    RegisteredService,
)
from tests.support.activation_cases import (
    KARIN,
    MAJA,
    NOW,
    OLLE,
    berga_gard,
    bergstroms_el,
    draft_for,
    situation,
    with_registration,
)

CATALOGUE = load_catalogue()
FORMS = {service.code: service for service in CATALOGUE.services}
EEKONOMI, LON_SMART, UTLAGG, SCANNER, SKATT = (
    FORMS[code] for code in ("eekonomi", "lon_smart", "utlagg", "scanner", "skatt_bokslut_pro")
)


# The language of the e-mails


def test_e_mails_are_in_swedish_but_to_a_foreign_company_and_a_person_may_choose() -> None:
    facts = berga_gard()
    abroad = dataclasses.replace(
        facts, customer=dataclasses.replace(facts.customer, id="cu_abroad", kind=CustomerKind.FOREIGN)
    )
    draft = choose_customer(choose_customer(new_draft(NOW), facts), abroad)

    def languages(one: ActivationDraft) -> list[str]:
        return [language_of(one, customer) for customer in one.customers]

    assert languages(draft) == ["sv", "en"]
    assert languages(choose_language(draft, "sv")) == ["sv", "sv"]
    assert languages(choose_language(draft, "en")) == ["en", "en"]
    assert languages(choose_language(draft, "en", [facts.customer.id])) == ["en", "en"]
    assert languages(choose_language(draft, "sv", [abroad.customer.id])) == ["sv", "sv"]
    usual = choose_usual_languages(choose_language(draft, "en"), [facts, abroad])
    assert languages(usual) == ["sv", "en"]


def test_another_letter_is_agreed_to_anew() -> None:
    facts = berga_gard()
    draft = choose_customer(new_draft(NOW), facts)
    agreed = draft.with_customer(give_consent(draft.customers[0], consented=True))
    assert choose_language(agreed, "sv").customers[0].consented
    assert not choose_language(agreed, "en").customers[0].consented


def test_there_are_letters_in_two_languages() -> None:
    draft = choose_customer(new_draft(NOW), berga_gard())
    with pytest.raises(ValueError, match="de"):
        choose_language(draft, "de")


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
