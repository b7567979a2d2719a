"""Login instructions: who has not logged in yet is shown, and they are sent again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtWidgets import QLineEdit, QPushButton

from app.domain.records import Activation, ActivationContact, ActivationItem, Collaboration
from tests.support.year_office import BOOKKEEPING, BOSS, COMPANY, MAIN, YearOffice, collaboration_id

MADE = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def registered() -> Activation:
    """Return an activation that registered the company, whose contact has not logged in."""
    return Activation(
        id="ac_registered",
        customer_id=COMPANY.id,
        branch="not_registered",
        items=(
            ActivationItem(
                collaboration_id=collaboration_id("eekonomi"),
                service="eekonomi",
                engagement_id=BOOKKEEPING.id,
            ),
        ),
        contact=ActivationContact(name=MAIN.name, email="nils@gammal.example"),
        state="done",
        made_by=BOSS.id,
        made_at=MADE,
        login_mail_state="sent",
    )


def test_who_has_not_logged_in_is_shown_and_gets_the_instructions_again(office: YearOffice) -> None:
    eekonomi = office.get(Collaboration, collaboration_id("eekonomi"))
    office.site.write(registered(), replace(eekonomi, activation_id="ac_registered"))
    office.pull()
    office.go("customer", customer_id=COMPANY.id)
    office.until(
        lambda: any("Har inte loggat in än" in s for s in office.sentences("customerCollaborationList"))
    )
    office.press("customerLogin")
    address = office.find(QLineEdit, "loginEmail")
    assert address.text() == "nils@gammal.example"
    address.setText("nils@")
    # Under the field it is said when the field is left; the button says it at once.
    assert "inte skriven som en adress" in office.find(QPushButton, "dialogAccept").toolTip()
    address.setText(MAIN.email)
    office.press("dialogAccept")
    office.synchronise()
    activation = office.get(Activation, "ac_registered")
    assert activation.contact is not None
    assert activation.contact.email == MAIN.email
    assert activation.login_mail_state == "sent", "the mail left again"
    # The contact logs in: nothing more to send.
    office.site.write(replace(activation, logged_in_at=MADE))
    office.pull()
    office.until(
        lambda: not any("inte loggat in" in s for s in office.sentences("customerCollaborationList"))
    )
