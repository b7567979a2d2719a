"""Invitations: reminded, sent again, withdrawn, expired; and what no longer goes out."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from app.domain import lifecycle
from app.domain.changes import Actor, Effect, RejectedError
from app.domain.commands import (
    CreateActivation,
    RemindInvitation,
    ResendInvitation,
    WithdrawInvitation,
)
from app.domain.records import (
    Recipient,
    Registration,
)
from tests.support.activation_moves import (
    TWO,
    invited,
    refresh,
    started,
    states,
)
from tests.support.clocks import MONDAY_MORNING
from tests.support.records_in_memory import TODAY, context, run


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


def test_a_locked_invitation_is_sent_again_and_not_reminded_of() -> None:
    records = started(TWO)
    invitation = invited(records)
    records.take_in(lifecycle.invitation_locked(invitation, records, context()))
    with pytest.raises(RejectedError) as caught:
        run(records, RemindInvitation(invitation_id=invitation.id), id_="cmd_2")
    assert caught.value.code == "invitation_locked"
    run(records, ResendInvitation(invitation_id=invitation.id, recipients=invitation.recipients), id_="cmd_3")
    run(records, RemindInvitation(invitation_id=invitation.id), id_="cmd_4")


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
