"""Activation from the command to the customer's answer, in the branches."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from app.domain import lifecycle
from app.domain.branches import branch_of
from app.domain.changes import Actor, Effect, RejectedError, Remove
from app.domain.commands import (
    CancelActivation,
    CreateActivation,
    ProceedActivation,
    RemindInvitation,
    ResendInvitation,
    WithdrawInvitation,
)
from app.domain.records import (
    Access,
    Activation,
    ActivationContact,
    ActivationItem,
    Address,
    Branch,
    Collaboration,
    Consent,
    Contact,
    Customer,
    DueDiligence,
    Engagement,
    EngagementLetter,
    Expectation,
    FirmSettings,
    Invitation,
    OtherFirm,
    Person,
    Recipient,
    RegisteredService,
    Registration,
)
from tests.support.clocks import MONDAY_MORNING
from tests.support.records_in_memory import TODAY, RecordsInMemory, a_firm_at_work, context, run

ADDRESS = Address(street="Storgatan 1", postal_code="903 26", town="Umeå")
NEW = Activation(
    id="av_1",
    customer_id="cu_berg",
    branch=Branch.NOT_REGISTERED,
    items=(
        ActivationItem(collaboration_id="cl_1", service="eekonomi", engagement_id="en_2026", variant="smart"),
    ),
    contact=ActivationContact(
        name="Per Berg", email="per@bergsel.example", address=ADDRESS, contact_id="ct_per"
    ),
    expects=Expectation(answer="not_registered", checked_at=MONDAY_MORNING),
    consent=Consent(text_version="1", by="st_karin", at=MONDAY_MORNING),
)
TWO = dataclasses.replace(
    NEW,
    branch=Branch.WITHOUT_SERVICE,
    items=(
        ActivationItem(collaboration_id="cl_1", service="lon_smart", engagement_id="en_lon"),
        ActivationItem(collaboration_id="cl_2", service="utlagg", engagement_id="en_lon"),
    ),
    contact=None,
    expects=Expectation(answer="registered", checked_at=MONDAY_MORNING),
)
PER = Person(name="Per Berg", email="per@bergsel.example")
ANNA = Person(name="Anna Holm", email="anna@bergsel.example")


def at_work() -> RecordsInMemory:
    """Return the firm without its unlinked collaboration, which is in the way of another one."""
    records = a_firm_at_work()
    records.take_in(Effect(changes=(Remove("collaboration", "cl_old"),)))
    return records


def registration(**changes: object) -> Registration:
    base = Registration(
        id=lifecycle.registration_id("cu_berg"),
        customer_id="cu_berg",
        answer="registered",
        administrators=(PER, ANNA),
        main_contact=PER,
        checked_at=MONDAY_MORNING,
    )
    return dataclasses.replace(base, **changes)  # type: ignore[arg-type]


NOT_REGISTERED = registration(answer="not_registered", administrators=(), main_contact=None)


def started(activation: Activation) -> RecordsInMemory:
    records = at_work()
    run(records, CreateActivation(activation=activation))
    return records


def activation_in(records: RecordsInMemory) -> Activation:
    found = records.find("activation", "av_1")
    assert isinstance(found, Activation)
    return found


def states(records: RecordsInMemory, *ids: str) -> list[str]:
    found = [records.find("collaboration", id_) for id_ in ids]
    return [c.state for c in found if isinstance(c, Collaboration)]


def answered(records: RecordsInMemory, found: Registration) -> Effect:
    return records.take_in(lifecycle.activation_answered(activation_in(records), found, records, context()))


def invited(records: RecordsInMemory) -> Invitation:
    answered(records, registration())
    found = records.find("invitation", activation_in(records).invitation_id or "")
    assert isinstance(found, Invitation)
    return found


def refresh(records: RecordsInMemory, invitation: Invitation) -> Invitation:
    found = records.find("invitation", invitation.id)
    assert isinstance(found, Invitation)
    return found


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


@pytest.mark.case(6)
def test_a_customer_is_reminded_at_most_once_a_day() -> None:
    records = started(TWO)
    invitation = invited(records)
    effect = run(records, RemindInvitation(invitation_id=invitation.id), id_="cmd_2")
    assert [m.kind for m in effect.mails] == ["reminder"]
    with pytest.raises(RejectedError) as caught:
        run(records, RemindInvitation(invitation_id=invitation.id), id_="cmd_3")
    assert caught.value.code == "too_soon"
    tomorrow = context(now=MONDAY_MORNING + timedelta(days=1), today=TODAY + timedelta(days=1))
    run(records, RemindInvitation(invitation_id=invitation.id), tomorrow, id_="cmd_4")
    assert len(refresh(records, invitation).reminders) == 2


@pytest.mark.case(4)
def test_a_bounce_is_shown_and_a_corrected_address_gets_a_new_invitation() -> None:
    records = started(TWO)
    invitation = invited(records)
    records.take_in(
        lifecycle.mail_state_changed(
            invitation.id, "invitation", "per@bergsel.example", "bounced", records, context()
        )
    )
    assert refresh(records, invitation).recipients[0].mail_state == "bounced"
    effect = run(
        records,
        ResendInvitation(
            invitation_id=invitation.id,
            recipients=(Recipient(name="Per Berg", email="per.berg@bergsel.example"),),
        ),
        id_="cmd_2",
    )
    assert [(m.kind, m.recipient.email) for m in effect.mails] == [("invitation", "per.berg@bergsel.example")]
    assert refresh(records, invitation).recipients[0].mail_state == "queued"


def test_sent_means_that_the_first_invitation_mail_left() -> None:
    records = started(TWO)
    invitation = invited(records)
    for email in ("anna@bergsel.example", "per@bergsel.example"):
        kind = "invitation" if email.startswith("per") else "information"
        records.take_in(lifecycle.mail_state_changed(invitation.id, kind, email, "sent", records, context()))
    after = refresh(records, invitation)
    assert (after.state, after.sent_at) == ("sent", MONDAY_MORNING)


@pytest.mark.case(38)
@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (Actor(staff_id="st_olle"), "full_permission_needed"),
        (Actor(staff_id="st_olle", full_permission=True), "vendor_administrator_needed"),
    ],
)
def test_withdrawing_needs_full_permission_and_an_administrator(actor: Actor, code: str) -> None:
    records = started(TWO)
    invitation = invited(records)
    with pytest.raises(RejectedError) as caught:
        run(records, WithdrawInvitation(invitation_id=invitation.id), context(actor=actor), id_="cmd_2")
    assert caught.value.code == code


def test_a_withdrawn_invitation_ends_its_collaborations() -> None:
    records = started(TWO)
    invitation = invited(records)
    run(records, WithdrawInvitation(invitation_id=invitation.id), id_="cmd_2")
    assert states(records, "cl_1", "cl_2") == ["withdrawn", "withdrawn"]
    with pytest.raises(RejectedError):
        run(records, RemindInvitation(invitation_id=invitation.id), id_="cmd_3")


@pytest.mark.case(7)
def test_an_unanswered_invitation_expires_after_the_firms_days() -> None:
    records = started(TWO)
    invitation = invited(records)
    last_day = context(today=TODAY + timedelta(days=30))
    assert lifecycle.invitation_expired(invitation, records, last_day) == Effect()
    records.take_in(
        lifecycle.invitation_expired(invitation, records, context(today=TODAY + timedelta(days=31)))
    )
    assert states(records, "cl_1", "cl_2") == ["expired", "expired"]
    again = dataclasses.replace(
        TWO,
        id="av_2",
        items=tuple(dataclasses.replace(i, collaboration_id=f"{i.collaboration_id}b") for i in TWO.items),
    )
    run(records, CreateActivation(activation=again), id_="cmd_9")


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


def test_a_locked_invitation_is_sent_again_and_not_reminded_of() -> None:
    records = started(TWO)
    invitation = invited(records)
    records.take_in(lifecycle.invitation_locked(invitation, records, context()))
    with pytest.raises(RejectedError) as caught:
        run(records, RemindInvitation(invitation_id=invitation.id), id_="cmd_2")
    assert caught.value.code == "invitation_locked"
    run(records, ResendInvitation(invitation_id=invitation.id, recipients=invitation.recipients), id_="cmd_3")
    run(records, RemindInvitation(invitation_id=invitation.id), id_="cmd_4")


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


def test_impatience_sends_an_invitation_once() -> None:
    records = started(TWO)
    invitation = invited(records)
    again = ResendInvitation(invitation_id=invitation.id, recipients=invitation.recipients)
    with pytest.raises(RejectedError) as caught:
        run(records, again, id_="cmd_2")
    assert caught.value.code == "too_soon"
    corrected = tuple(dataclasses.replace(r, email=f"ny.{r.email}") for r in invitation.recipients)
    run(records, dataclasses.replace(again, recipients=corrected), id_="cmd_3")


@pytest.mark.case(28)
def test_nothing_more_goes_to_the_old_administrators_of_a_bankrupt_company() -> None:
    records = started(TWO)
    invitation = invited(records)
    row = records.find("registration", lifecycle.registration_id("cu_berg"))
    assert isinstance(row, Registration)
    records.put(dataclasses.replace(row, company_state="bankrupt"))
    resend = ResendInvitation(invitation_id=invitation.id, recipients=invitation.recipients)
    for payload in (RemindInvitation(invitation_id=invitation.id), resend):
        with pytest.raises(RejectedError) as caught:
            run(records, payload, id_="cmd_2")
        assert caught.value.code == "company_bankrupt"
    another = dataclasses.replace(
        TWO,
        id="av_9",
        items=(dataclasses.replace(TWO.items[0], collaboration_id="cl_9", service="digitala_fakturor"),),
    )
    with pytest.raises(RejectedError) as caught:
        run(records, CreateActivation(activation=another), id_="cmd_3")
    assert caught.value.code == "company_bankrupt"
