"""Cases 1 to 10: what is asked for, who is invited, and what comes of it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.commands import (
    ArchiveCustomer,
    CancelActivation,
    CreateActivation,
    ProceedActivation,
    RemindInvitation,
    ResendInvitation,
    WithdrawInvitation,
)
from app.domain.records import Activation, Address, Collaboration, Customer, Invitation, Recipient
from app.errors import SamverkaError
from app.server.gateway.vendor import CompanyQuery
from app.server.store import open_store
from app.usecases.invitations import Invitations
from tests.cases.office import (
    BERGS,
    CONTACT,
    FARM,
    HANNA,
    KARIN,
    OLLE,
    PER,
    Office,
    company,
    engagement_of,
    open_office,
    sentence,
)
from tests.server.sync_site import sync_site
from tests.support.clocks import FixedClock
from tests.support.mail_server import post_office


@pytest.mark.case(1)
@pytest.mark.parametrize(
    "changes", [{"email": ""}, {"address": Address()}, {"email": "", "address": Address()}]
)
def test_1_a_contact_without_email_or_address_is_not_registered(
    office: Office, changes: dict[str, object]
) -> None:
    contact = dataclasses.replace(CONTACT, **changes)  # type: ignore[arg-type]
    new = office.activation(FARM, "scanner", contact=contact)
    error = office.refused(CreateActivation(activation=new))
    assert error.code == "contact_incomplete"
    assert sentence(error).startswith("Kontaktpersonens uppgifter räcker inte.")
    assert office.list_all(Activation) == []
    fixed = dataclasses.replace(new, contact=CONTACT)
    office.decide(CreateActivation(activation=fixed))
    assert office.states() == {"scanner": "active"}


@pytest.mark.case(2)
def test_2_a_contact_with_a_colleagues_address_is_refused(office: Office) -> None:
    contact = dataclasses.replace(CONTACT, email="Olle.Strom@byran.example")
    error = office.refused(CreateActivation(activation=office.activation(FARM, "scanner", contact=contact)))
    assert error.code == "contact_is_staff"
    assert "arbetar på byrån" in sentence(error)


@pytest.mark.case(3)
def test_3_one_person_may_stand_for_several_companies_but_not_another_one(office: Office) -> None:
    sister = dataclasses.replace(
        FARM, id="cu_sister", customer_number="1014", name="Berga Skog AB", organisation_number="162120000142"
    )
    third = dataclasses.replace(
        FARM, id="cu_third", customer_number="1015", name="Berga Fisk AB", organisation_number="162021005489"
    )
    office.site.write(sister, third, *engagement_of(sister, KARIN), *engagement_of(third, KARIN))
    office.desk.round()
    same = [office.activation(one, "scanner", contact=CONTACT) for one in (FARM, sister)]
    other = office.activation(third, "scanner", contact=dataclasses.replace(CONTACT, name="Nils Ek"))
    office.decide(*(CreateActivation(activation=one) for one in (*same, other)))
    assert [office.get(Activation, one.id).state for one in same] == ["done", "done"]
    refused = office.get(Activation, other.id)
    assert (refused.state, refused.refused_because) == ("refused", "contact_is_other_person")
    states = {one.customer_id: one.state for one in office.list_all(Collaboration)}
    assert states == {FARM.id: "active", sister.id: "active", third.id: "refused"}
    assert office.mails(CONTACT.email) == ["login_instructions"] * 2


@pytest.mark.case(4)
def test_4_a_wrong_address_is_shown_corrected_and_invited_again(tmp_path: Path, clock: FixedClock) -> None:
    with post_office() as post:
        store = open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=clock)
        smtp = f"smtp://127.0.0.1:{post.port}?tls=none&from=samverka@byran.example"
        with (
            sync_site(store, smtp=smtp, public_url="https://samverka.byran.example") as site,
            open_office(site, clock, tmp_path) as office,
        ):
            office.gateway.fill([company(people=(PER,))])
            post.replies.append("550 5.1.1 no such user")
            activation = office.invite("scanner")
            invitation = office.invitation_of(activation)
            (bounced,) = invitation.recipients
            assert (bounced.email, bounced.mail_state) == (PER.email, "refused")
            assert office.events("mail_refused")
            lines = Invitations(office.desk.workspace)
            assert lines.list_sent().rows[0].blocked == {"remind": "nobody_reached"}
            post.replies.append("550 5.1.1 no such user")
            both = (Recipient(name=PER.name, email=PER.email), Recipient(name=HANNA.name, email=HANNA.email))
            office.decide(ResendInvitation(invitation_id=invitation.id, recipients=both))
            (half,) = lines.list_sent().rows
            assert (half.problem, half.blocked) == ("refused", {})  # the other one can be reminded
            corrected = Recipient(name="Per Berg", email="per.berg@bergsel.example")
            office.decide(ResendInvitation(invitation_id=invitation.id, recipients=(corrected,)))
            after = office.get(Invitation, invitation.id)
            assert after.state == "sent"
            assert [(r.email, r.mail_state) for r in after.recipients] == [(corrected.email, "sent")]
            assert post.recipients == [HANNA.email, corrected.email]
        store.close()


@pytest.mark.case(5)
def test_5_a_no_comes_with_the_customers_words(office: Office) -> None:
    office.gateway.fill([company()])
    activation = office.invite("scanner", "utlagg")
    words = "Vi sköter utläggen själva."
    assert office.reply({"scanner": "approved", "utlagg": "declined"}, words=words) == 200
    assert office.states() == {"scanner": "active", "utlagg": "declined"}
    invitation = office.invitation_of(activation)
    assert (invitation.state, invitation.words, invitation.answered_by) == ("answered", words, PER.name)
    at_vendor = office.gateway.find_company(CompanyQuery(number=BERGS.organisation_number))
    assert at_vendor is not None
    assert [(one.service, one.state) for one in at_vendor.collaborations] == [("scanner", "active")]


@pytest.mark.case(6)
def test_6_a_reminder_a_day_with_who_and_when(office: Office, clock: FixedClock) -> None:
    office.gateway.fill([company()])
    invitation = office.invitation_of(office.invite("scanner"))
    clock.advance(timedelta(days=3))
    first_at = clock.now()
    remind = RemindInvitation(invitation_id=invitation.id)
    office.decide(remind)
    error = office.refused(remind)
    assert error.code == "too_soon"
    assert sentence(error).startswith("Det har gått för kort tid")
    assert office.mails(PER.email) == ["invitation", "reminder"]
    clock.advance(timedelta(days=1))
    office.decide(remind)
    after = office.get(Invitation, invitation.id)
    assert [(r.at, r.by) for r in after.reminders] == [(first_at, KARIN.id), (clock.now(), KARIN.id)]
    assert office.mails(PER.email) == ["invitation", "reminder", "reminder"]


@pytest.mark.case(7)
def test_7_an_expired_invitation_can_be_made_anew(office: Office, clock: FixedClock) -> None:
    office.gateway.fill([company()])
    activation = office.invite("scanner")
    invitation = office.invitation_of(activation)
    assert invitation.expires_on is not None
    clock.advance(timedelta(days=31))
    office.work()
    assert office.get(Invitation, invitation.id).state == "expired"
    assert office.states() == {"scanner": "expired"}
    assert office.refused(RemindInvitation(invitation_id=invitation.id)).code == "answered"
    again = office.invite("scanner")
    assert office.invitation_of(again).state == "sent"
    assert sorted(one.state for one in office.list_all(Collaboration)) == ["expired", "pending"]


@pytest.mark.case(8)
def test_8_two_colleagues_at_once_make_one_invitation(office: Office) -> None:
    office.gateway.fill([company()])
    other = office.open(OLLE)
    other.round()
    (found,) = office.check(BERGS)
    other.round()
    for desk in (office.desk, other):
        new = office.activation(BERGS, "scanner", registration=found)
        desk.workspace.enqueue([CreateActivation(activation=new)])
    office.work(office.desk, other)
    assert office.outcomes() == [("confirmed", "")]
    assert office.outcomes(other) == [("rejected", "already_invited")]
    assert len(office.list_all(Invitation)) == 1
    assert office.mails(PER.email) == ["invitation"]


@pytest.mark.case(9)
def test_9_registered_between_check_and_send_stops_and_asks(office: Office) -> None:
    new = office.activation(FARM, "scanner", contact=CONTACT)
    office.desk.workspace.enqueue([CreateActivation(activation=new)])
    there = company(vendor_customer_number="5002", name=FARM.name, number=FARM.organisation_number)
    office.gateway.fill([there])
    office.work()
    stopped = office.get(Activation, new.id)
    assert (stopped.state, stopped.stopped_because) == ("stopped", "answer_changed")
    assert office.mails() == []
    assert office.states() == {"scanner": "stopped"}
    office.decide(ProceedActivation(activation_id=new.id, answer="registered"))
    assert office.get(Activation, new.id).state == "sent"
    assert office.states() == {"scanner": "pending"}
    assert office.mails(PER.email) == ["invitation"]
    assert office.refused(CancelActivation(activation_id=new.id)).code == "already_sent"


@pytest.mark.case(10)
def test_10_of_several_customer_numbers_one_is_chosen(office: Office) -> None:
    office.gateway.fill([company(other_customer_numbers=("5009",))])
    activation = office.invite("scanner")
    assert (activation.state, activation.stopped_because) == ("stopped", "vendor_number_not_chosen")
    assert office.mails() == []
    office.decide(CancelActivation(activation_id=activation.id))
    chosen = office.invite("scanner", vendor_customer_number="5009")
    assert chosen.state == "sent"
    assert office.get(Customer, BERGS.id).vendor_customer_number == "5009"
    assert office.mails(HANNA.email) == ["information"]


@pytest.mark.case(6)
@pytest.mark.parametrize(
    ("first", "same_day", "next_day"),
    [
        # An evening and the small hours after it are one day in UTC and two in Sweden.
        (
            datetime(2026, 11, 25, 23, 10, tzinfo=UTC),
            datetime(2026, 11, 26, 22, 50, tzinfo=UTC),
            datetime(2026, 11, 26, 23, 10, tzinfo=UTC),
        ),
        (
            datetime(2026, 3, 28, 23, 10, tzinfo=UTC),
            datetime(2026, 3, 29, 21, 50, tzinfo=UTC),
            datetime(2026, 3, 29, 22, 10, tzinfo=UTC),
        ),
        (
            datetime(2026, 10, 24, 22, 10, tzinfo=UTC),
            datetime(2026, 10, 25, 22, 50, tzinfo=UTC),
            datetime(2026, 10, 25, 23, 10, tzinfo=UTC),
        ),
    ],
    ids=["winter", "when summer time begins", "when summer time ends"],
)
def test_6_the_day_of_a_reminder_is_a_swedish_day(
    office: Office, clock: FixedClock, first: datetime, same_day: datetime, next_day: datetime
) -> None:
    clock.set_to(first - timedelta(days=2))
    office.gateway.fill([company()])
    invitation = office.invitation_of(office.invite("scanner"))
    remind, lines = RemindInvitation(invitation_id=invitation.id), Invitations(office.desk.workspace)
    clock.set_to(first)
    office.decide(remind)
    clock.set_to(same_day)
    assert office.refused(remind).code == "too_soon"
    (line,) = lines.list_sent().rows
    assert (line.blocked.get("remind"), line.days) == ("too_soon", 2)
    clock.set_to(next_day)
    (line,) = lines.list_sent().rows
    assert ("remind" in line.blocked, line.days) == (False, 3)
    office.decide(remind)
    assert len(office.get(Invitation, invitation.id).reminders) == 2


@pytest.mark.case(28)
@pytest.mark.parametrize(
    ("state", "words"),
    [("bankrupt", "Företaget är i konkurs."), ("merged", "Företaget har gått upp i ett annat.")],
)
@pytest.mark.parametrize("learnt", ["by the server itself", "by a check"])
def test_28_an_open_invitation_is_withdrawn_when_the_company_is_closed(
    office: Office, clock: FixedClock, state: str, words: str, learnt: str
) -> None:
    office.gateway.fill([company()])
    invitation = office.invitation_of(office.invite("scanner"))
    assert invitation.state == "sent"
    office.gateway.fill([company(company_state=state)])
    clock.advance(timedelta(hours=7))
    if learnt == "by a check":
        office.check(BERGS)
    office.work()
    after = office.get(Invitation, invitation.id)
    assert (after.state, after.withdrawn_because) == ("withdrawn", f"company_{state}")
    assert office.states()["scanner"] == "withdrawn"
    assert office.mails(PER.email) == ["invitation"], "those who represented it before hear nothing more"
    assert office.reply({"scanner": "approved"}) in (404, 409, 410)
    assert office.states()["scanner"] == "withdrawn"
    (line,) = Invitations(office.desk.workspace).list_sent(wanted="over").rows
    assert sentence(SamverkaError(line.withdrawn_because)).startswith(words)
    assert office.events("invitation_withdrawn")


@pytest.mark.case(28)
def test_28_a_company_in_liquidation_may_still_answer(office: Office, clock: FixedClock) -> None:
    office.gateway.fill([company()])
    invitation = office.invitation_of(office.invite("scanner"))
    office.gateway.fill([company(company_state="liquidation")])
    clock.advance(timedelta(hours=7))
    office.work()
    assert office.get(Invitation, invitation.id).state == "sent"


def test_a_customer_with_an_open_invitation_is_not_archived_before_it_is_withdrawn(office: Office) -> None:
    office.gateway.fill([company()])
    invitation = office.invitation_of(office.invite("scanner"))
    assert office.refused(ArchiveCustomer(customer_id=BERGS.id)).code == "has_collaborations"
    office.decide(WithdrawInvitation(invitation_id=invitation.id))
    office.decide(ArchiveCustomer(customer_id=BERGS.id))
    assert office.get(Customer, BERGS.id).state == "archived"
    assert office.get(Invitation, invitation.id).withdrawn_because == ""
