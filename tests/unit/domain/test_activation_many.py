"""Many customers in one run, without a screen."""

from __future__ import annotations

import dataclasses

import pytest

from app.catalogue import load_catalogue
from app.domain.activation_draft import ActivationDraft
from app.domain.activation_facts import CustomerFacts
from app.domain.activation_many import (
    ReviewedCustomer,
    choose_for_all,
    consent_for,
    draft_for_many,
    refresh_all,
    review_all,
)
from app.domain.records import Branch
from tests.support.activation_cases import (
    NOW,
    berga_gard,
    bergstroms_el,
    collaboration,
    situation,
    with_registration,
)

FORMS = {service.code: service for service in load_catalogue().services}


def by_id(*facts: CustomerFacts) -> dict[str, CustomerFacts]:
    """Return the facts by the customer's id."""
    return {one.customer.id: one for one in facts}


def review(draft: ActivationDraft, facts: dict[str, CustomerFacts], *services: str) -> list[ReviewedCustomer]:
    """Return the grid's rows."""
    return list(review_all(draft, facts, situation(), FORMS, services))


def test_each_customer_goes_its_own_way() -> None:
    facts = by_id(berga_gard(), bergstroms_el())
    draft = choose_for_all(draft_for_many(facts.values(), NOW), facts, "utlagg", FORMS, chosen=True)
    rows = review(draft, facts, "utlagg")
    assert [row.branch for row in rows] == [Branch.NOT_REGISTERED, Branch.WITHOUT_SERVICE]
    assert [row.customer.choices[0].engagement_id for row in rows] == ["en_berga_26", "en_lon"]
    assert all(row.is_ready for row in rows)


def test_what_is_there_already_is_skipped_with_its_reason() -> None:
    el = bergstroms_el()
    el = dataclasses.replace(el, collaborations=(collaboration(el, "utlagg", "active"),))
    facts = by_id(berga_gard(), el)
    draft = choose_for_all(draft_for_many(facts.values(), NOW), facts, "utlagg", FORMS, chosen=True)
    berga, skipped = review(draft, facts, "utlagg")
    assert berga.skipped == ()
    assert [problem.code for problem in skipped.skipped] == ["already_active"]
    assert not skipped.is_ready


@pytest.mark.case(15)
def test_a_customer_without_engagement_is_in_the_grid_to_be_mended() -> None:
    facts = by_id(berga_gard(engagements=()))
    draft = choose_for_all(draft_for_many(facts.values(), NOW), facts, "utlagg", FORMS, chosen=True)
    [row] = review(draft, facts, "utlagg")
    assert "no_ongoing_engagement" in {problem.code for problem in row.problems}
    assert not row.is_ready


def test_a_service_is_dropped_for_all() -> None:
    facts = by_id(berga_gard(), bergstroms_el())
    draft = choose_for_all(draft_for_many(facts.values(), NOW), facts, "utlagg", FORMS, chosen=True)
    draft = choose_for_all(draft, facts, "utlagg", FORMS, chosen=False)
    assert all(not customer.choices for customer in draft.customers)


def test_consent_is_given_for_all_and_lost_where_the_answer_changes() -> None:
    berga, el = berga_gard(), bergstroms_el()
    before = by_id(berga, el)
    draft = choose_for_all(draft_for_many(before.values(), NOW), before, "utlagg", FORMS, chosen=True)
    draft = consent_for(draft, [customer.customer_id for customer in draft.customers])
    assert all(customer.consented for customer in draft.customers)
    after = by_id(with_registration(berga, answer="registered"))
    changed = refresh_all(draft, before, after, FORMS)
    assert [customer.consented for customer in changed.customers] == [False, True]
