"""Ny kund: from the menu's shortcut to the customer's page and the server's store."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from app.domain.records import Contact, Customer
from tests.support.year_office import BOSS, COMPANY, YearOffice

FREE = "212000-0142"


def open_form(office: YearOffice) -> None:
    """Give the command, and wait until one can type."""
    office.window.actions_registry["new_customer"].trigger()
    office.until(lambda: office.find(QLineEdit, "newName").hasFocus())


def write(office: YearOffice, name: str, text: str) -> None:
    """Fill a field and leave it."""
    field = office.find(QLineEdit, name)
    field.setFocus()
    field.setText(text)
    field.clearFocus()


def new_customer(office: YearOffice) -> Customer | None:
    with office.samverka.workspace.read() as unit:
        row = unit.rows("SELECT id FROM shown_customer WHERE name = ?", ("Nya Bageriet i Växjö AB",))
    return office.find_record(Customer, str(row[0][0])) if row else None


def test_a_customer_is_added_by_hand_and_comes_to_the_server(office: YearOffice) -> None:
    open_form(office)
    accept = office.find(QPushButton, "dialogAccept")
    assert accept.toolTip() == "Skriv ett namn."
    office.until(lambda: office.find(QComboBox, "newManager").currentData() == BOSS.id)
    write(office, "newName", "Nya Bageriet i Växjö AB")
    write(office, "newNumber", FREE)
    write(office, "newPostal", "35236 Växjö")
    write(office, "newContact", "Pia Ek")
    write(office, "newEmail", "Pia@Bageriet.example")
    assert office.find(QLineEdit, "newPostal").text() == "352 36"
    assert office.find(QLineEdit, "newTown").text() == "Växjö"
    office.press("dialogAccept")
    office.until(lambda: office.window.current_screen == "customer")
    office.sees("Nya Bageriet i Växjö AB")
    assert "· kundnr" not in office.seen()  # it has none yet
    office.synchronise()
    made = new_customer(office)
    assert made is not None
    assert (made.kind, made.organisation_number) == ("legal_person", "162120000142")
    assert (made.account_manager_id, made.address.postal_code) == (BOSS.id, "352 36")
    with office.samverka.workspace.read() as unit:
        [contact] = unit.rows("SELECT id FROM mirror WHERE type = 'contact' AND parent_id = ?", (made.id,))
    pia = office.get(Contact, str(contact[0]))
    assert (pia.name, pia.email, pia.is_main) == ("Pia Ek", "Pia@bageriet.example", True)


def test_a_number_that_another_customer_has_is_refused_and_nothing_is_lost(office: YearOffice) -> None:
    open_form(office)
    write(office, "newName", "Nya Bageriet i Växjö AB")
    write(office, "newNumber", COMPANY.organisation_number[2:])
    office.press("dialogAccept")
    wrong = office.find(QLabel, "newCustomerWrong")
    office.until(wrong.isVisible)
    assert wrong.text().startswith("En annan kund har samma nummer")
    assert office.find(QLineEdit, "newName").text() == "Nya Bageriet i Växjö AB"
    assert not office.find(QPushButton, "dialogAccept").isEnabled()
    write(office, "newNumber", "5560160681")
    error = office.find(QLabel, "newNumber_error")
    assert error.isVisible()
    assert not office.find(QPushButton, "dialogAccept").isEnabled()
    write(office, "newNumber", "")
    assert office.find(QPushButton, "dialogAccept").isEnabled()
    assert new_customer(office) is None


def test_a_personal_number_makes_it_a_sole_firm_until_a_person_says_another(office: YearOffice) -> None:
    open_form(office)
    write(office, "newName", "Alvas Trädgård")
    write(office, "newNumber", "19850709-9805")
    kind = office.find(QComboBox, "newKind")
    assert kind.currentData() == "sole_firm"
    kind.setCurrentIndex(kind.findData("private_person"))
    kind.activated.emit(kind.currentIndex())
    write(office, "newNumber", "850709-9805")
    assert kind.currentData() == "private_person"
