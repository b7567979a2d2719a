"""What is left to do when something happens to a customer is seen from the records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.life_steps import (
    STEPS,
    LifeEvent,
    LifeFacts,
    StepCode,
    begin,
    can_happen,
    list_steps,
)
from app.domain.records import (
    Collaboration,
    Company,
    Contact,
    Customer,
    DueDiligence,
    Engagement,
    Invitation,
    Person,
    Registration,
)

TODAY = date(2026, 11, 23)
COMPANY = Customer(id="cu_1", customer_number="1", name="Björk AB")
RUNS = Collaboration(id="cl_1", company=Company(name="Björk AB"), service="scanner", customer_id="cu_1")
OLD = Contact(id="ct_1", customer_id="cu_1", name="Nils Ek", email="nils@bjork.example", is_main=True)
BOOKS = Engagement(id="en_1", customer_id="cu_1", type="bookkeeping", title="Löpande 2026")
ASKED = Invitation(id="in_1", activation_id="ac_1", customer_id="cu_1", state="sent")
KNOWN = Registration(
    id="re_1", customer_id="cu_1", answer="registered", main_contact=Person(name="Nils Ek", email=OLD.email)
)
FACTS = LifeFacts(
    customer=COMPANY,
    contacts=(OLD,),
    engagements=(BOOKS,),
    collaborations=(RUNS,),
    invitations=(ASKED,),
    registration=KNOWN,
)


def states(event: LifeEvent, facts: LifeFacts, before: LifeFacts = FACTS) -> dict[StepCode, bool]:
    return {step.code: step.done for step in list_steps(begin(event, before, TODAY), facts)}


@pytest.mark.parametrize("event", list(LifeEvent))
def test_nothing_is_done_when_it_begins(event: LifeEvent) -> None:
    assert states(event, FACTS) == dict.fromkeys(STEPS[event], False)


def test_a_customer_that_leaves_is_archived_last() -> None:
    guide = begin(LifeEvent.LEAVES, FACTS, TODAY)
    steps = {step.code: step for step in list_steps(guide, FACTS)}
    assert (steps[StepCode.END_SERVICES].left, steps[StepCode.WITHDRAW].left) == (1, 1)
    assert steps[StepCode.ARCHIVE].needs is StepCode.END_SERVICES
    ending = replace(FACTS, collaborations=(replace(RUNS, state="ending", ends_on=date(2026, 12, 31)),))
    [waits] = [s for s in list_steps(guide, ending) if s.code is StepCode.END_SERVICES]
    assert (waits.done, waits.left, waits.ends_on) == (False, 0, date(2026, 12, 31))
    over = replace(
        FACTS,
        customer=replace(COMPANY, state="archived"),
        collaborations=(replace(RUNS, state="ended"),),
        engagements=(replace(BOOKS, state="closed"),),
        invitations=(replace(ASKED, state="withdrawn"),),
    )
    noted = replace(guide, noted=(StepCode.HAND_OVER,))
    assert all(step.done for step in list_steps(noted, over))
    assert not all(step.done for step in list_steps(guide, over)), "handing over is noted by hand"


def test_a_new_owner_means_other_people_and_papers_of_a_later_day() -> None:
    other = replace(OLD, id="ct_2", name="Åsa Ny", email="asa@bjork.example")
    after = replace(
        FACTS,
        customer=replace(COMPANY, due_diligence=DueDiligence(state="done", done_on=date(2026, 11, 22))),
        contacts=(replace(OLD, is_main=False), other),
        registration=replace(KNOWN, main_contact=Person(name="Åsa Ny", email="asa@bjork.example")),
    )
    found = states(LifeEvent.OWNER_CHANGE, after)
    assert found[StepCode.CONTACT]
    assert found[StepCode.VENDOR_CONTACT]
    assert not found[StepCode.DUE_DILIGENCE], "it was done before the change"
    after = replace(after, customer=replace(COMPANY, due_diligence=DueDiligence(state="done", done_on=TODAY)))
    assert states(LifeEvent.OWNER_CHANGE, after)[StepCode.DUE_DILIGENCE]


def test_who_is_not_registered_has_no_main_contact_at_the_vendor() -> None:
    facts = replace(FACTS, registration=replace(KNOWN, answer="not_registered"))
    assert StepCode.VENDOR_CONTACT not in states(LifeEvent.OWNER_CHANGE, facts)


def test_a_conversion_activates_anew_what_ran() -> None:
    guide = begin(LifeEvent.CONVERSION, FACTS, TODAY)
    found = {step.code: step for step in list_steps(guide, FACTS)}
    assert found[StepCode.SUCCESSOR_ENGAGEMENTS].needs is StepCode.SUCCESSOR
    assert found[StepCode.SUCCESSOR_SERVICES].needs is StepCode.SUCCESSOR
    there = replace(
        FACTS,
        successor=replace(COMPANY, id="cu_2", predecessor_id="cu_1"),
        successor_engagements=(replace(BOOKS, id="en_2", customer_id="cu_2"),),
    )
    [services] = [s for s in list_steps(guide, there) if s.code is StepCode.SUCCESSOR_SERVICES]
    assert (services.done, services.left, services.needs) == (False, 1, None)
    there = replace(there, successor_collaborations=(replace(RUNS, id="cl_2", state="pending"),))
    [services] = [s for s in list_steps(guide, there) if s.code is StepCode.SUCCESSOR_SERVICES]
    assert services.done


@pytest.mark.parametrize(
    ("event", "kind", "expected"),
    [
        (LifeEvent.DEATH, "legal_person", False),
        (LifeEvent.DEATH, "sole_firm", True),
        (LifeEvent.OWNER_CHANGE, "sole_firm", False),
        (LifeEvent.OWNER_CHANGE, "legal_person", True),
        (LifeEvent.CONVERSION, "sole_firm", True),
        (LifeEvent.CONVERSION, "estate", False),
        (LifeEvent.LEAVES, "estate", True),
    ],
)
def test_not_everything_happens_to_everybody(event: LifeEvent, kind: str, expected: bool) -> None:
    assert can_happen(event, replace(COMPANY, kind=kind)) is expected
