"""Ny kund: from the menu's shortcut to the customer's page and the server's store."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPushButton

from app.domain.limits import letters_of
from app.domain.records import Contact, Customer
from tests.support.year_office import BOSS, COMPANY, YearOffice
from ui.widgets.info_bar import InfoBar

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


def is_whole(said: QLabel) -> bool:
    """Tell whether a text has room for all its lines."""
    return said.height() >= said.heightForWidth(said.width())


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
    number = office.find(QLineEdit, "newNumber")
    number.setText(COMPANY.organisation_number[2:])
    office.find(QPushButton, "dialogAccept").click()  # as Enter does, while the number is still being written
    known = office.find(InfoBar, "newKnown")
    office.until(known.isVisible)
    assert known.accessibleName() == "Kunden finns redan: Verkstaden i Växjö AB (556016-0680)."
    assert "löpnummer" not in office.seen()
    assert office.find(QLineEdit, "newName").text() == "Nya Bageriet i Växjö AB"
    assert not office.find(QPushButton, "dialogAccept").isEnabled()
    write(office, "newNumber", "5560160681")
    error = office.find(QLabel, "newNumber_error")
    assert error.isVisible()
    assert not office.find(QPushButton, "dialogAccept").isEnabled()
    assert not known.isVisible()
    write(office, "newNumber", "")
    assert office.find(QPushButton, "dialogAccept").isEnabled()
    assert new_customer(office) is None


def test_who_adds_at_once_a_number_that_another_has_cannot_press_again(office: YearOffice) -> None:
    open_form(office)
    write(office, "newName", "Nya Bageriet i Växjö AB")
    write(office, "newNumber", COMPANY.organisation_number[2:])  # asks, and is answered after the press
    add, leave = (office.find(QPushButton, name) for name in ("dialogAccept", "dialogReject"))
    add.click()
    assert not leave.isEnabled()
    office.until(leave.isEnabled)
    assert office.find(InfoBar, "newKnown").isVisible()
    assert add.toolTip() == "Det finns redan en kund med det numret."
    assert not add.isEnabled()


def test_who_is_there_already_is_named_as_the_number_is_left_and_can_be_opened(office: YearOffice) -> None:
    open_form(office)
    write(office, "newNumber", COMPANY.organisation_number[2:])
    office.until(office.find(InfoBar, "newKnown").isVisible)
    write(office, "newName", "Verkstaden")
    assert office.find(QPushButton, "dialogAccept").toolTip() == "Det finns redan en kund med det numret."
    office.press("newKnownAction")
    office.until(lambda: office.window.current_screen == "customer")
    office.sees("Verkstaden i Växjö AB")


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


def test_what_is_wrong_with_a_number_names_it_and_has_room(office: YearOffice) -> None:
    open_form(office)
    write(office, "newName", "Nya Bageriet i Växjö AB")
    for typed, expected in (
        ("5560160681", "Kontrollsiffran i 5560160681 stämmer inte."),
        ("0000000000", "0000000000 är inget riktigt nummer."),
        ("123", "123 har fel antal siffror."),
    ):
        write(office, "newNumber", typed)
        said = office.find(QLabel, "newNumber_error")
        assert said.text().startswith(expected)
        assert "läses in" not in said.text()  # nothing is read in here
        office.until(partial(is_whole, said))
    kind = office.find(QComboBox, "newKind")
    kind.setCurrentIndex(kind.findData("legal_person"))
    kind.activated.emit(kind.currentIndex())
    write(office, "newNumber", "19850709-9805")
    assert said.text() == "19850709-9805 är ett personnummer."


def test_a_name_that_is_too_long_is_told_before_anything_is_saved(office: YearOffice) -> None:
    open_form(office)
    most = letters_of("name")
    write(office, "newName", "x" * (most + 1))
    assert office.find(QLabel, "newCustomerWrong").text() == f"Namn: högst {most} tecken, inte {most + 1}."
    assert not office.find(QPushButton, "dialogAccept").isEnabled()
    write(office, "newName", "x" * most)
    assert office.find(QPushButton, "dialogAccept").isEnabled()


def test_who_types_on_while_it_is_saved_adds_the_customer_once(office: YearOffice) -> None:
    open_form(office)
    write(office, "newName", "Nya Bageriet i Växjö AB")
    accept = office.find(QPushButton, "dialogAccept")
    accept.click()
    write(office, "newTown", "Växjö")  # nothing is answered before the next turn of the loop
    assert accept.toolTip() == "Sparar …"
    accept.click()
    office.until(lambda: office.window.current_screen == "customer")
    with office.samverka.workspace.read() as unit:
        made = unit.value("SELECT count(*) FROM shown_customer WHERE name = ?", ("Nya Bageriet i Växjö AB",))
    assert made == 1


def test_escape_waits_while_the_customer_is_saved(office: YearOffice) -> None:
    open_form(office)
    write(office, "newName", "Nya Bageriet i Växjö AB")
    dialog = office.find(QDialog, "newCustomer")
    office.find(QPushButton, "dialogAccept").click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)  # nothing is answered before the next turn of the loop
    dialog.close()
    assert dialog.isVisible()
    assert not office.find(QPushButton, "dialogReject").isEnabled()
    office.until(lambda: office.window.current_screen == "customer")
    office.sees("Nya Bageriet i Växjö AB")


def test_escape_leaves_the_form_when_nothing_is_saved(office: YearOffice) -> None:
    open_form(office)
    dialog = office.find(QDialog, "newCustomer")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
