"""The customer's own page: forms that judge each field as it is left, its number, and the links."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from app.domain.records import Access, Collaboration, Contact, Customer
from tests.support.year_office import COMPANY, PAYROLL, YearOffice, collaboration_id
from ui.widgets.table import Table


def type_into(office: YearOffice, name: str, text: str) -> QLineEdit:
    """Type as a person does, and go on with Tab."""
    field = office.find(QLineEdit, name)
    field.window().activateWindow()
    office.until(field.window().isActiveWindow)
    field.setFocus()
    office.until(field.hasFocus)
    field.selectAll()
    if text.isascii():
        QTest.keyClicks(field, text)
    else:
        field.insert(text)  # QTest has no keys for å, ä and ö
    return field


def leave(office: YearOffice, field: QLineEdit) -> None:
    QTest.keyClick(field, Qt.Key.Key_Tab)
    office.settle()


def errors(office: YearOffice, name: str) -> str:
    """Return what stands under a field; nothing where it is hidden."""
    found = [one for one in office.window.findChildren(QLabel, f"{name}_error") if one.isVisible()]
    return found[0].text() if found else ""


def test_a_contact_is_judged_field_by_field_as_they_are_left(office: YearOffice) -> None:
    office.go("customer", customer_id=COMPANY.id)
    office.press("customerContactsLink")
    office.until(office.find(QLineEdit, "contactName").hasFocus)
    field = type_into(office, "contactName", "Åsa Öberg")
    leave(office, field)
    field = type_into(office, "contactEmail", "asa@verkstaden")
    assert errors(office, "contactEmail") == "", "nothing is said while one types"
    leave(office, field)
    assert errors(office, "contactEmail") == "E-postadressen är inte skriven som en adress."
    assert not office.find(QPushButton, "dialogAccept").isEnabled()
    field = type_into(office, "contactEmail", " Asa@Verkstaden.Example ")
    leave(office, field)
    assert (field.text(), errors(office, "contactEmail")) == ("Asa@verkstaden.example", "")
    field = type_into(office, "contactPhone", "ring mig")
    leave(office, field)
    assert errors(office, "contactPhone") == "Telefonnumret går inte att förstå."
    field = type_into(office, "contactPhone", "0046 (0)470-123 45")
    leave(office, field)
    assert field.text() == "0470-123 45"
    office.press("dialogAccept")
    office.synchronise()
    [made] = [one for one in office.list_of_customer(Contact) if one.name == "Åsa Öberg"]
    assert (made.email, made.phone) == ("Asa@verkstaden.example", "+4647012345")


def test_a_postal_line_fills_code_and_town(office: YearOffice) -> None:
    office.go("customer", customer_id=COMPANY.id)
    office.press("customerFactsLink")
    field = type_into(office, "customerPostal", "1234")
    leave(office, field)
    assert errors(office, "customerPostal") == "Postnumret går inte att förstå."
    field = type_into(office, "customerPostal", "SE-35230 Växjö")
    leave(office, field)
    assert field.text() == "352 30"
    assert office.find(QLineEdit, "customerTown").text() == "Växjö"
    field = type_into(office, "customerYearEnd", "02-29")
    leave(office, field)
    assert "till exempel 12-31" in errors(office, "customerYearEnd")
    field = type_into(office, "customerYearEnd", "8-31")
    leave(office, field)
    assert field.text() == "08-31"
    office.press("dialogAccept")
    office.synchronise()
    kept = office.get(Customer, COMPANY.id)
    assert (kept.address.postal_code, kept.address.town) == ("352 30", "Växjö")
    assert kept.fiscal_year_end == "08-31"


def test_the_number_is_judged_with_the_kind(office: YearOffice) -> None:
    office.go("customer", customer_id=COMPANY.id)
    office.firm.application.context.actions["correct_number"].trigger()
    office.settle()
    field = type_into(office, "number", "556016-0681")
    leave(office, field)
    assert "ontrollsiffra" in errors(office, "number")
    kinds = office.find(QComboBox, "numberKind")
    kinds.setCurrentIndex(kinds.findData("sole_firm"))
    field = type_into(office, "number", "850709-9805")
    leave(office, field)
    assert errors(office, "number") == ""
    office.press("dialogAccept")
    office.synchronise()
    kept = office.get(Customer, COMPANY.id)
    assert (kept.kind, kept.organisation_number) == ("sole_firm", "198507099805")


@pytest.mark.case(35)
def test_links_of_several_collaborations_are_moved_from_the_customers_page(office: YearOffice) -> None:
    office.go("customer", customer_id=COMPANY.id)
    table = "customerCollaborationList"
    office.until(lambda: len(office.sentences(table)) == 5)
    assert not office.find(QPushButton, "customerLink").isEnabled()
    office.select(table, collaboration_id("scanner"))
    office.press("customerLink")
    office.choose("linkEngagement", "Lön (Carl Dahl)")
    office.sees("Anna Ek")  # loses access: said before it is done
    office.press("linkMove")
    office.synchronise()
    moved = office.get(Collaboration, collaboration_id("scanner"))
    assert moved.engagement_id == PAYROLL.id
    still = {
        row.staff_id
        for row in office.list_of_customer(Access)
        if row.collaboration_id == moved.id and row.until is None
    }
    assert still == {"st_carl"}


def test_who_chooses_on_while_a_link_is_moved_moves_it_once(office: YearOffice) -> None:
    office.go("customer", customer_id=COMPANY.id)
    table = "customerCollaborationList"
    office.until(lambda: len(office.sentences(table)) == 5)
    office.select(table, collaboration_id("scanner"))
    office.press("customerLink")
    office.choose("linkEngagement", "Lön (Carl Dahl)")
    choice, move = office.find(QComboBox, "linkEngagement"), office.find(QPushButton, "linkMove")
    move.click()
    at = choice.currentIndex()
    choice.setCurrentIndex(-1)
    choice.setCurrentIndex(at)  # nothing is answered before the next turn of the loop
    assert not move.isEnabled()
    office.synchronise()
    assert office.get(Collaboration, collaboration_id("scanner")).engagement_id == PAYROLL.id


def test_a_customer_without_anything_says_so_instead_of_a_head_over_nothing(office: YearOffice) -> None:
    new = replace(COMPANY, id="cu_ny", customer_number="1002", name="Nystartad AB", organisation_number="")
    office.site.write(new)
    office.pull()
    office.go("customer", customer_id=new.id)
    office.sees("Kunden har inga tjänster hos byrån än.")
    office.sees("Kunden har inget uppdrag än.")
    table = office.window.findChild(Table, "customerCollaborationList")
    assert table is not None
    assert not table.isVisible()
    office.go("customer", customer_id=COMPANY.id)
    office.until(table.isVisible)
    assert "Kunden har inga tjänster" not in office.seen()
