"""Invitations: what the server holds and what the person reads (cases 4 to 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from app.domain.records import (
    Activation,
    ActivationItem,
    Collaboration,
    Company,
    Consent,
    Expectation,
    Invitation,
    Recipient,
    Record,
    ServiceAnswer,
)
from tests.support.year_office import (
    BOOKKEEPING,
    BOSS,
    CARL,
    COMPANY,
    MAIN,
    NUMBER,
    YearOffice,
    make_company,
)
from ui.activation.dialog import ActivationDialog

SENT = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)


def asked(state: str = "sent", **fields: object) -> list[Record]:
    """Return an activation of Lön Smart with its invitation, sent by Carl eleven days ago."""
    item = ActivationItem(
        collaboration_id="cl_lon_smart",
        service="lon_smart",
        engagement_id=BOOKKEEPING.id,
        variant="standard",
        payer="firm",
    )
    activation = Activation(
        id="ac_lon",
        customer_id=COMPANY.id,
        branch="registered_without_service",
        items=(item,),
        expects=Expectation(answer="registered", checked_at=SENT),
        consent=Consent(text_version="1", by=CARL.id, at=SENT),
        state="sent",
        made_by=CARL.id,
        made_at=SENT,
        invitation_id="iv_lon",
    )
    invitation = Invitation(
        id="iv_lon",
        activation_id=activation.id,
        customer_id=COMPANY.id,
        services=("lon_smart",),
        recipients=(Recipient(name=MAIN.name, email=MAIN.email, mail_state="sent"),),
        state=state,
        sent_at=SENT,
        sent_by=CARL.id,
        expires_on=(SENT + timedelta(days=30)).date(),
    )
    collaboration = Collaboration(
        id="cl_lon_smart",
        company=Company(number=NUMBER, name=COMPANY.name),
        service="lon_smart",
        customer_id=COMPANY.id,
        engagement_id=BOOKKEEPING.id,
        state={"sent": "pending", "expired": "expired"}.get(state, "declined"),
        activation_id=activation.id,
        invitation_id=invitation.id,
    )
    return [activation, replace(invitation, **fields), collaboration]  # type: ignore[arg-type]


def show(office: YearOffice, *records: Record) -> None:
    """Let the records be at the server, and open the screen on the invitation."""
    office.site.write(*records)
    office.pull()
    office.go("invitations", filter="all", invitation_id="iv_lon")
    office.select("invitationsTable", "iv_lon")


@pytest.mark.case(4)
def test_a_bounce_is_shown_corrected_and_sent_again(office: YearOffice) -> None:
    bounced = Recipient(name=MAIN.name, email="nils@fel.example", mail_state="bounced")
    show(office, *asked(recipients=(bounced,)))
    [row] = office.sentences("invitationsTable")
    assert "E-posten studsade" in row
    office.press("invitationsCorrect")
    office.find(QLineEdit, "correctEmail0").setText(MAIN.email)
    office.press("correctSend")
    office.synchronise()
    invitation = office.get(Invitation, "iv_lon")
    assert [(one.email, one.mail_state) for one in invitation.recipients] == [(MAIN.email, "sent")]
    office.until(lambda: "E-posten studsade" not in " ".join(office.sentences("invitationsTable")))


@pytest.mark.case(5)
def test_the_customers_words_at_a_decline_are_read(office: YearOffice) -> None:
    words = "Vi sköter lönen själva i år."
    show(
        office,
        *asked(
            "answered",
            answers=(ServiceAnswer(service="lon_smart", answer="declined"),),
            answered_at=SENT + timedelta(days=2),
            answered_by=MAIN.name,
            words=words,
        ),
    )
    office.until(lambda: words in office.find(QLabel, "invitationsWords").text())
    assert MAIN.name in office.find(QLabel, "invitationsWords").text()
    [row] = office.sentences("invitationsTable")
    assert "Avböjd" in row
    assert office.get(Invitation, "iv_lon").words == words


@pytest.mark.case(6)
def test_days_waiting_and_one_reminder_a_day(office: YearOffice) -> None:
    show(office, *asked())
    [row] = office.sentences("invitationsTable")
    assert "väntat 11 dagar" in row
    assert f"{CARL.name}" in row
    office.press("invitationsRemind")
    office.synchronise()
    [reminder] = office.get(Invitation, "iv_lon").reminders
    assert reminder.by == BOSS.id
    office.until(lambda: f"{BOSS.name}" in " ".join(office.sentences("invitationsTable")))
    remind = office.find(QPushButton, "invitationsRemind")
    office.until(lambda: not remind.isEnabled())
    assert remind.toolTip() == "Kunden har redan påmints i dag."
    office.next_day()
    office.pull()
    office.go("today")
    office.go("invitations", filter="waiting", invitation_id="iv_lon")
    office.until(remind.isEnabled)


@pytest.mark.case(7)
def test_an_expired_one_is_made_anew_in_the_wizard(office: YearOffice) -> None:
    show(office, *asked("expired"))
    [row] = office.sentences("invitationsTable")
    assert "Utgången" in row
    assert office.find(QPushButton, "invitationsRemind").isEnabled() is False
    office.press("invitationsAnew")
    office.sees(COMPANY.name)
    office.until(lambda: office.window.findChild(ActivationDialog) is not None)
    office.close_dialogs()
    assert office.get(Invitation, "iv_lon").state == "expired"


@pytest.mark.case(28)
def test_an_invitation_to_a_bankrupt_company_is_withdrawn_and_says_why(office: YearOffice) -> None:
    show(office, *asked())
    office.site.assembly.gateway.fill([make_company(company_state="bankrupt")])
    office.next_day()
    office.let_the_server_work()
    office.pull()
    assert office.get(Invitation, "iv_lon").withdrawn_because == "company_bankrupt"
    office.go("invitations", filter="over", invitation_id="iv_lon")
    office.select("invitationsTable", "iv_lon")
    office.until(lambda: "konkurs" in "".join(office.sentences("invitationsTable")))
    office.sees("Företaget är i konkurs. Konkursförvaltaren företräder företaget.")
    office.go("today")
    office.until(lambda: office.find(QPushButton, "answered_iv_lon").isVisible())
    said = office.find(QPushButton, "answered_iv_lon").accessibleName()
    assert "Inbjudan är tillbakadragen. Företaget är i konkurs." in said
