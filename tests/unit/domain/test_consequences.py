"""What is shown before anything is sent is what the server then does."""

from __future__ import annotations

import pytest

from app.catalogue import load_catalogue
from app.domain import lifecycle
from app.domain.activation_draft import CustomerDraft
from app.domain.activation_facts import CustomerFacts
from app.domain.activation_sending import to_activation
from app.domain.commands import CreateActivation
from app.domain.consequences import (
    CommitVerb,
    Consequences,
    MailRole,
    TextKey,
    list_administrators,
    work_out,
)
from app.domain.records import Activation, Branch, Person, RegisteredService, Registration
from app.domain.service_form import ServiceForm
from tests.support.activation_cases import (
    ANNA,
    NOW,
    PER,
    berga_gard,
    bergstroms_el,
    draft_for,
    situation,
    with_registration,
)
from tests.support.records_in_memory import RecordsInMemory, context, run

FORMS = {service.code: service for service in load_catalogue().services}
EEKONOMI, LON_SMART, UTLAGG = (FORMS[code] for code in ("eekonomi", "lon_smart", "utlagg"))


def review(facts: CustomerFacts, *forms: ServiceForm, online: bool = True) -> Consequences:
    """Return the review of a draft with these services as proposed."""
    return work_out(draft_for(facts, *forms).customers[0], facts, situation(online=online))


def test_a_customer_that_is_not_registered() -> None:
    found = review(berga_gard(), EEKONOMI)
    assert found.branch is Branch.NOT_REGISTERED
    assert found.branches == (TextKey.NOT_REGISTERED,)
    assert [(line.person.name, line.role) for line in found.mails] == [("Maja Berg", MailRole.LOGIN)]
    assert found.registered is not None
    assert found.registered.gives_personal_number
    assert found.commit is CommitVerb.REGISTER
    assert [(a.staff.name, a.engagement.title) for a in found.access] == [
        ("Olle Ström", "Löpande bokföring 2026")
    ]
    assert not found.access_after_approval


def test_a_registered_customer_is_asked_and_the_others_informed() -> None:
    found = review(bergstroms_el(), LON_SMART, UTLAGG)
    assert found.branches == (TextKey.REGISTERED,)
    assert [(line.person, line.role) for line in found.mails] == [
        (PER, MailRole.MAIN_APPROVER),
        (ANNA, MailRole.INFORMED),
    ]
    assert found.registered is None
    assert found.commit is CommitVerb.INVITE
    assert [a.staff.name for a in found.access] == ["Karin Ek", "Sara Lind"]
    assert found.access_after_approval


def test_all_administrators_may_answer_where_the_main_contact_is_none_of_them() -> None:
    other = Person(name="Nils Holm", email="nils@bergstromsel.example")
    lines = list_administrators(with_registration(bergstroms_el(), main_contact=other))
    assert [(line.person, line.role) for line in lines] == [
        (PER, MailRole.APPROVER),
        (ANNA, MailRole.APPROVER),
    ]


def test_a_single_administrator_who_is_the_main_contact() -> None:
    [line] = list_administrators(with_registration(bergstroms_el(), administrators=(PER,)))
    assert line.role is MailRole.MAIN_APPROVER


@pytest.mark.case(14)
def test_access_is_requested_where_the_customer_owns_the_subscription() -> None:
    found = review(bergstroms_el(), EEKONOMI)
    assert found.branches == (TextKey.OWNS_SUBSCRIPTION,)
    assert found.commit is CommitVerb.REQUEST
    assert found.services[0].values == {}


def test_both_texts_are_shown_where_the_services_go_different_ways() -> None:
    found = review(bergstroms_el(), EEKONOMI, LON_SMART)
    assert found.branches == (TextKey.REGISTERED, TextKey.OWNS_SUBSCRIPTION)
    assert found.commit is CommitVerb.INVITE
    assert [line.branch for line in found.services] == [
        Branch.OWNS_SUBSCRIPTION,
        Branch.WITHOUT_SERVICE,
    ]


def test_while_nobody_knows_both_outcomes_are_shown() -> None:
    found = review(berga_gard(registration=None), EEKONOMI, online=False)
    assert found.branches == (TextKey.UNKNOWN, TextKey.NOT_REGISTERED, TextKey.REGISTERED)
    assert found.mails_if_registered
    assert found.commit is CommitVerb.OUTBOX
    assert found.is_check_old


@pytest.mark.parametrize("facts", [berga_gard(), bergstroms_el()], ids=["not registered", "registered"])
def test_offline_everything_goes_to_the_outbox(facts: CustomerFacts) -> None:
    found = review(facts, LON_SMART, online=False)
    assert found.offline
    assert found.commit is CommitVerb.OUTBOX


def test_a_legal_persons_number_is_no_personal_number() -> None:
    found = review(with_registration(bergstroms_el(), answer="not_registered", services=()), LON_SMART)
    assert found.registered is not None
    assert not found.registered.gives_personal_number


def test_a_person_on_two_engagements_is_named_with_both_reasons() -> None:
    facts = bergstroms_el()
    found = review(facts, LON_SMART, UTLAGG)
    assert len(found.access) == 2


def carry_out(facts: CustomerFacts, customer: CustomerDraft) -> tuple[Activation, RecordsInMemory]:
    """Send the draft to the rules that the server runs."""
    moment = situation()
    records = RecordsInMemory(
        [
            facts.customer,
            *facts.contacts,
            *facts.engagements,
            *facts.participations,
            *moment.staff,
        ]
    )
    activation = to_activation(draft_for(facts), customer, facts, moment, consent_text="2026-11-23")
    run(records, CreateActivation(activation=activation))
    return activation, records


@pytest.mark.parametrize(
    ("facts", "forms"),
    [
        (berga_gard(), (EEKONOMI,)),
        (bergstroms_el(), (LON_SMART, UTLAGG)),
    ],
    ids=["register", "invite"],
)
def test_the_mails_are_those_that_were_shown(facts: CustomerFacts, forms: tuple[ServiceForm, ...]) -> None:
    customer = draft_for(facts, *forms).customers[0]
    shown = work_out(customer, facts, situation())
    activation, records = carry_out(facts, customer)
    stored = records.find("activation", activation.id)
    assert isinstance(stored, Activation)
    assert stored.branch == shown.branch
    assert isinstance(facts.registration, Registration)
    effect = records.take_in(lifecycle.activation_answered(stored, facts.registration, records, context()))
    if shown.branch is Branch.NOT_REGISTERED:
        sent = records.find("activation", activation.id)
        assert isinstance(sent, Activation)
        effect = records.take_in(lifecycle.company_registered(sent, "4711", records, context()))
    assert {mail.recipient.email for mail in effect.mails} == {line.person.email for line in shown.mails}


@pytest.mark.case(9)
def test_what_was_shown_is_held_against_the_answer_right_before_sending() -> None:
    facts = berga_gard()
    activation, records = carry_out(facts, draft_for(facts, EEKONOMI).customers[0])
    stored = records.find("activation", activation.id)
    assert isinstance(stored, Activation)
    now_registered = with_registration(
        facts,
        answer="registered",
        services=(RegisteredService(code="eekonomi"),),
        administrators=(PER,),
        checked_at=NOW,
    ).registration
    assert now_registered is not None
    effect = records.take_in(lifecycle.activation_answered(stored, now_registered, records, context()))
    assert not effect.mails
    assert records.find("activation", activation.id).stopped_because == "answer_changed"  # type: ignore[union-attr]
