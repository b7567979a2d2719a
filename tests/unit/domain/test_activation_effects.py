"""Activation from the command to the customer's answer, in the branches."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain import lifecycle
from app.domain.branches import branch_of
from app.domain.changes import Actor, Effect, RejectedError
from app.domain.commands import (
    CancelActivation,
    CreateActivation,
    ProceedActivation,
)
from app.domain.records import (
    Access,
    Activation,
    Address,
    Branch,
    Contact,
    Customer,
    DueDiligence,
    Engagement,
    EngagementLetter,
    Expectation,
    FirmSettings,
    OtherFirm,
    Person,
    RegisteredService,
    Registration,
)
from tests.support.activation_moves import (
    ANNA,
    NEW,
    NOT_REGISTERED,
    PER,
    TWO,
    activation_in,
    answered,
    at_work,
    invited,
    refresh,
    registration,
    started,
    states,
)
from tests.support.records_in_memory import a_firm_at_work, context, run


def test_received_first_and_the_vendor_is_asked_afterwards() -> None:
    records = at_work()
    effect = run(records, CreateActivation(activation=NEW))
    assert states(records, "cl_1") == ["received"]
    assert [(v.kind, v.about_id) for v in effect.vendor] == [("activate", "av_1")]
    assert effect.mails == ()


def test_not_registered_is_registered_and_gets_login_instructions() -> None:
    records = started(NEW)
    effect = answered(records, NOT_REGISTERED)
    assert [v.kind for v in effect.vendor] == ["register"]
    assert states(records, "cl_1") == ["registering"]
    effect = records.take_in(lifecycle.company_registered(activation_in(records), "V-77", records, context()))
    assert states(records, "cl_1") == ["active"]
    assert activation_in(records).state == "done"
    assert [(m.kind, m.recipient.email) for m in effect.mails] == [
        ("login_instructions", "per@bergsel.example")
    ]
    rows = [a for a in records.list_children("access", "cl_1") if isinstance(a, Access)]
    assert {a.staff_id or a.contact_id for a in rows} == {"st_karin", "st_olle", "ct_per"}
    customer = records.find("customer", "cu_berg")
    assert isinstance(customer, Customer)
    assert customer.vendor_customer_number == "V-77"


def test_the_vendors_answer_taken_in_twice_changes_nothing() -> None:
    records = started(NEW)
    answered(records, NOT_REGISTERED)
    assert answered(records, NOT_REGISTERED) == Effect()
    act = activation_in(records)
    records.take_in(lifecycle.company_registered(act, "V-77", records, context()))
    assert lifecycle.company_registered(act, "V-77", records, context()) == Effect()


def test_registered_is_invited_main_contact_approves_others_are_informed() -> None:
    records = started(TWO)
    effect = answered(records, registration())
    assert states(records, "cl_1", "cl_2") == ["pending", "pending"]
    assert [(m.kind, m.recipient.name) for m in effect.mails] == [
        ("invitation", "Per Berg"),
        ("information", "Anna Holm"),
    ]


def test_without_an_administrating_main_contact_all_administrators_may_approve() -> None:
    outsider = Person(name="Ute", email="ute@example.org")
    assert lifecycle.approvers_of(registration(main_contact=outsider)) == ((PER, ANNA), ())


def test_one_service_is_approved_and_the_other_declined() -> None:
    records = started(TWO)
    invitation = invited(records)
    records.take_in(
        lifecycle.invitation_answered(
            invitation,
            {"lon_smart": "approved", "utlagg": "declined"},
            "Per Berg",
            "Vi har redan Utlägg hos er kollega.",
            records,
            context(actor=Actor(kind="customer", name="Per Berg")),
        )
    )
    assert states(records, "cl_1", "cl_2") == ["active", "declined"]
    invitation = refresh(records, invitation)
    assert invitation.state == "answered"
    assert invitation.words == "Vi har redan Utlägg hos er kollega."
    assert {a.staff_id for a in records.list_children("access", "cl_1") if isinstance(a, Access)} == {
        "st_sara"
    }
    assert records.list_children("access", "cl_2") == []
    with pytest.raises(RejectedError) as caught:
        lifecycle.invitation_answered(invitation, {"utlagg": "approved"}, "Anna", "", records, context())
    assert caught.value.code == "answered"


def test_an_answer_for_a_service_that_was_not_asked_is_invalid() -> None:
    records = started(TWO)
    invitation = invited(records)
    with pytest.raises(RejectedError) as caught:
        lifecycle.invitation_answered(invitation, {"scanner": "approved"}, "Per", "", records, context())
    assert caught.value.code == "invalid"


@pytest.mark.case(9)
def test_became_registered_between_check_and_send_stops_and_says_why() -> None:
    records = started(NEW)
    effect = answered(records, registration())
    assert activation_in(records).state == "stopped"
    assert activation_in(records).stopped_because == "answer_changed"
    assert effect.mails == ()
    assert states(records, "cl_1") == ["stopped"]
    run(records, ProceedActivation(activation_id="av_1", answer="registered"), id_="cmd_2")
    assert activation_in(records).state == "received"
    answered(records, registration())
    assert states(records, "cl_1") == ["pending"]


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (registration(answer="unknown"), "answer_unknown"),
        (NOT_REGISTERED, "answer_changed"),
        (
            registration(services=(RegisteredService(code="lon_smart", subscription_owner="firm"),)),
            "services_changed",
        ),
        (registration(administrators=(), main_contact=None), "no_administrator"),
        (registration(company_state="bankrupt"), "company_bankrupt"),
    ],
)
def test_what_stops_an_invitation(found: Registration, reason: str) -> None:
    records = started(TWO)
    answered(records, found)
    assert activation_in(records).stopped_because == reason


def test_another_firm_does_not_stop_it() -> None:
    records = started(TWO)
    answered(records, registration(other_firms=(OtherFirm(service="eekonomi"),)))
    assert activation_in(records).state == "sent"


def test_who_was_shown_unknown_saw_both_outcomes() -> None:
    unknown = dataclasses.replace(NEW, expects=Expectation())
    for found, state in ((NOT_REGISTERED, "registering"), (registration(), "pending")):
        records = started(unknown)
        answered(records, found)
        assert states(records, "cl_1") == [state]


def test_unknown_without_contact_stops_where_a_contact_is_needed() -> None:
    records = started(dataclasses.replace(TWO, expects=Expectation()))
    answered(records, NOT_REGISTERED)
    assert activation_in(records).stopped_because == "contact_needed"
    with pytest.raises(RejectedError) as caught:
        run(records, ProceedActivation(activation_id="av_1", answer="not_registered"), id_="cmd_2")
    assert caught.value.code == "contact_incomplete"
    run(records, CancelActivation(activation_id="av_1"), id_="cmd_3")
    assert states(records, "cl_1", "cl_2") == ["withdrawn", "withdrawn"]


def _without(**changes: object) -> Activation:
    assert NEW.contact is not None
    return dataclasses.replace(NEW, contact=dataclasses.replace(NEW.contact, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("activation", "code"),
    [
        pytest.param(_without(email=""), "contact_incomplete", marks=pytest.mark.case(1)),
        pytest.param(_without(address=Address()), "contact_incomplete", marks=pytest.mark.case(1)),
        pytest.param(
            _without(email="OLLE.strom@byran.example"), "contact_is_staff", marks=pytest.mark.case(2)
        ),
        (dataclasses.replace(NEW, contact=None), "contact_incomplete"),
        (dataclasses.replace(NEW, consent=None), "consent_missing"),
        (dataclasses.replace(NEW, items=()), "invalid"),
        (dataclasses.replace(NEW, items=NEW.items * 2), "invalid"),
        (dataclasses.replace(NEW, customer_id="cu_gone"), "gone"),
        pytest.param(
            dataclasses.replace(NEW, items=(dataclasses.replace(NEW.items[0], engagement_id="en_gone"),)),
            "engagement_missing",
            marks=pytest.mark.case(15),
        ),
    ],
)
def test_what_is_missing_is_said_before_anything_is_sent(activation: Activation, code: str) -> None:
    records = at_work()
    with pytest.raises(RejectedError) as caught:
        run(records, CreateActivation(activation=activation))
    assert caught.value.code == code
    assert records.find("activation", "av_1") is None


@pytest.mark.case(8)
def test_two_people_who_invite_for_one_service_make_one_invitation() -> None:
    records = started(TWO)
    other = dataclasses.replace(
        TWO, id="av_2", items=(dataclasses.replace(TWO.items[0], collaboration_id="cl_9"),)
    )
    with pytest.raises(RejectedError) as caught:
        run(records, CreateActivation(activation=other), id_="cmd_2")
    assert (caught.value.code, caught.value.data["service"]) == ("already_invited", "lon_smart")


@pytest.mark.case(19)
def test_due_diligence_blocks_only_where_the_firm_says_so() -> None:
    strict = context(settings=FirmSettings(due_diligence_blocks=True))
    records = at_work()
    customer = records.find("customer", "cu_berg")
    assert isinstance(customer, Customer)
    for missing, code in (
        (dataclasses.replace(customer, due_diligence=DueDiligence()), "due_diligence_missing"),
        (dataclasses.replace(customer, engagement_letter=EngagementLetter()), "engagement_letter_missing"),
    ):
        records.put(missing)
        with pytest.raises(RejectedError) as caught:
            run(records, CreateActivation(activation=NEW), strict)
        assert caught.value.code == code
    records.put(customer)
    run(records, CreateActivation(activation=NEW), strict)


def test_the_vendors_refusal_is_kept_with_its_reason() -> None:
    records = started(NEW)
    records.take_in(lifecycle.activation_refused(activation_in(records), "email_taken", records, context()))
    assert activation_in(records).refused_because == "email_taken"
    assert states(records, "cl_1") == ["refused"]


def test_a_contact_that_is_not_yet_the_customers_becomes_one() -> None:
    assert NEW.contact is not None
    unknown = dataclasses.replace(
        NEW,
        contact=dataclasses.replace(
            NEW.contact, name="Ny Person", email="ny@bergsel.example", contact_id=None
        ),
    )
    records = started(unknown)
    answered(records, NOT_REGISTERED)
    records.take_in(lifecycle.company_registered(activation_in(records), "V-1", records, context()))
    names = [c.name for c in records.list_of_customer("contact", "cu_berg") if isinstance(c, Contact)]
    assert sorted(names) == ["Ny Person", "Per Berg"]


def test_a_closed_engagement_is_no_place_for_a_new_service() -> None:
    records = at_work()
    engagement = records.find("engagement", "en_2026")
    assert isinstance(engagement, Engagement)
    records.put(dataclasses.replace(engagement, state="closed"))
    with pytest.raises(RejectedError) as caught:
        run(records, CreateActivation(activation=NEW))
    assert caught.value.code == "engagement_closed"


@pytest.mark.parametrize(
    ("answer", "owner", "branch"),
    [
        ("not_registered", "", Branch.NOT_REGISTERED),
        ("unknown", "", Branch.UNKNOWN),
        ("registered", "", Branch.WITHOUT_SERVICE),
        ("registered", "firm", Branch.WITH_SERVICE),
        ("registered", "customer", Branch.OWNS_SUBSCRIPTION),
        ("something_new", "", Branch.UNKNOWN),
    ],
)
def test_the_answer_decides_the_branch(answer: str, owner: str, branch: str) -> None:
    held = (RegisteredService(code="eekonomi", subscription_owner=owner),) if owner else ()
    assert branch_of(answer, held, "eekonomi") == branch


def test_an_unlinked_collaboration_is_linked_and_not_started_again() -> None:
    with pytest.raises(RejectedError) as caught:
        run(a_firm_at_work(), CreateActivation(activation=NEW))
    assert caught.value.code == "already_unlinked"


@pytest.mark.case(19)
def test_where_the_firm_only_warns_a_reason_is_asked_for_and_kept() -> None:
    records = at_work()
    customer = records.find("customer", "cu_berg")
    assert isinstance(customer, Customer)
    records.put(dataclasses.replace(customer, due_diligence=DueDiligence()))
    with pytest.raises(RejectedError) as caught:
        run(records, CreateActivation(activation=NEW))
    assert caught.value.code == "due_diligence_reason_missing"
    reasoned = dataclasses.replace(NEW, due_diligence_reason="Klart på fredag")
    effect = run(records, CreateActivation(activation=reasoned))
    assert [event.before for event in effect.events] == ["Klart på fredag"]
