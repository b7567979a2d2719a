"""The contact person: each field is judged as it is left, and what is written is understood."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.domain.activation_draft import Step
from app.domain.records import (
    Address,
)
from app.storage.outbox import list_all_live
from tests.support.activation_cases import (
    MAJA,
    berga_gard,
    with_customer,
)
from tests.support.activation_desk import Desk
from tests.support.hands import find, go_on_to, press, shown_text, tick
from ui.activation.dialog import ActivationDialog

W = TypeVar("W", bound=QWidget)
MakeDesk = Callable[..., Desk]
OpenWizard = Callable[..., ActivationDialog]


@pytest.mark.case(1)
def test_contact_details_are_judged_as_the_field_is_left(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_berga")
    dialog.presenter.set_chosen("eekonomi", chosen=True)
    go_on_to(desk, dialog, Step.CONTACT)
    email = find(dialog, QLineEdit, "contact_email")
    error = find(dialog, QLabel, "contact_email_error")
    email.setFocus()
    email.selectAll()
    QTest.keyClicks(email, "maja@")
    assert not error.isVisible()
    QTest.keyClick(email, Qt.Key.Key_Tab)
    assert error.isVisible()
    assert email.property("invalid") == "true"
    assert not find(dialog, QPushButton, "activationNext").isEnabled()
    assert error.text() == "E-postadressen är inte fullständig. Den skrivs som namn@foretag.se."
    assert "{" not in shown_text(dialog)
    email.setFocus()
    email.selectAll()
    QTest.keyClicks(email, "maja@berga.example")
    QTest.keyClick(email, Qt.Key.Key_Tab)
    assert not error.isVisible()
    phone = find(dialog, QLineEdit, "contact_phone")
    phone.setFocus()
    phone.selectAll()
    QTest.keyClicks(phone, "0701234567")
    QTest.keyClick(phone, Qt.Key.Key_Tab)
    assert phone.text() == "070-123 45 67"
    code = find(dialog, QLineEdit, "contact_postal_code")
    code.setFocus()
    code.selectAll()
    QTest.keyClicks(code, "43295")
    QTest.keyClick(code, Qt.Key.Key_Tab)
    assert code.text() == "432 95"
    assert find(dialog, QPushButton, "activationNext").isEnabled()


@pytest.mark.parametrize(
    ("typed", "shown", "stored"),
    [
        ("08-465 004 92", "08-465 004 92", "+46846500492"),
        ("0846500492", "08-465 004 92", "+46846500492"),
        ("+46 (0)8 465 004 92", "08-465 004 92", "+46846500492"),
        ("0046 8 465 004 92", "08-465 004 92", "+46846500492"),
        ("070 1234567", "070-123 45 67", "+46701234567"),
        ("070-123 45 67 ankn 12", "070-123 45 67", "+46701234567"),
        ("+47 22 34 56 78", "+47 22 34 56 78", "+4722345678"),
    ],
)
def test_a_phone_number_is_understood_in_any_swedish_writing(
    make_desk: MakeDesk, open_wizard: OpenWizard, typed: str, shown: str, stored: str
) -> None:
    desk = make_desk()
    dialog = open_wizard(desk, customer_id="cu_berga")
    dialog.presenter.set_chosen("eekonomi", chosen=True)
    go_on_to(desk, dialog, Step.CONTACT)
    phone = find(dialog, QLineEdit, "contact_phone")
    phone.setFocus()
    phone.selectAll()
    QTest.keyClicks(phone, typed)
    QTest.keyClick(phone, Qt.Key.Key_Tab)
    assert phone.text() == shown
    assert dialog.presenter.customer is not None
    assert dialog.presenter.customer.contact.to_contact().phone == stored


def test_postal_code_and_town_pasted_together_are_parted(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk(with_customer(berga_gard(), address=Address(street="Bergavägen 7")))
    dialog = open_wizard(desk, customer_id="cu_berga")
    dialog.presenter.set_chosen("eekonomi", chosen=True)
    go_on_to(desk, dialog, Step.CONTACT)
    code = find(dialog, QLineEdit, "contact_postal_code")
    code.setFocus()
    QTest.keyClicks(code, "43295 Varberg")
    QTest.keyClick(code, Qt.Key.Key_Tab)
    assert code.text() == "432 95"
    assert find(dialog, QLineEdit, "contact_town").text() == "Varberg"
    assert find(dialog, QPushButton, "activationNext").isEnabled()


@pytest.mark.case(2)
def test_a_staff_members_address_is_refused_at_the_field(
    make_desk: MakeDesk, open_wizard: OpenWizard
) -> None:
    desk = make_desk(berga_gard(contacts=(dataclasses.replace(MAJA, email="karin.ek@byran.example"),)))
    dialog = open_wizard(desk, customer_id="cu_berga")
    dialog.presenter.set_chosen("eekonomi", chosen=True)
    go_on_to(desk, dialog, Step.CONTACT)
    assert find(dialog, QLabel, "contact_email_error").text() == "Kontaktpersonen arbetar på byrån."
    assert not find(dialog, QPushButton, "activationNext").isEnabled()


@pytest.mark.case(1)
def test_missing_details_are_kept_on_the_customer(make_desk: MakeDesk, open_wizard: OpenWizard) -> None:
    facts = with_customer(berga_gard(contacts=()), address=Address())
    desk = make_desk(facts)
    dialog = open_wizard(desk, customer_id="cu_berga")
    dialog.presenter.set_chosen("eekonomi", chosen=True)
    go_on_to(desk, dialog, Step.CONTACT)
    for name, text in (
        ("name", "Maja Berg"),
        ("email", "maja@berga.example"),
        ("street", "Storgatan 7"),
        ("postal_code", "43295"),
        ("town", "Varberg"),
    ):
        line = find(dialog, QLineEdit, f"contact_{name}")
        line.setFocus()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Tab)
    press(desk, dialog, "contactKeep")
    desk.wait_until(lambda: not find(dialog, QPushButton, "contactKeep").isVisible())
    found = desk.activation.get_facts("cu_berga")
    assert [(c.name, c.email, c.is_main) for c in found.contacts] == [
        ("Maja Berg", "maja@berga.example", True)
    ]
    assert found.customer.address == Address(street="Storgatan 7", postal_code="432 95", town="Varberg")
    go_on_to(desk, dialog, Step.REVIEW)
    tick(desk, dialog, "activationConsent")
    press(desk, dialog, "activationNext")
    with desk.database.read() as unit:
        entries = list_all_live(unit)
    assert [entry.command.type for entry in entries] == [
        "contact.add",
        "customer.update",
        "activation.create",
    ]
    assert entries[0].command.id in entries[2].command.needs
