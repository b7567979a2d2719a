"""The guides through the screen and the server: each step does something real, and what is left is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.records import (
    Collaboration,
    Contact,
    Customer,
    Engagement,
    Invitation,
    Participation,
    Registration,
)
from tests.support.year_office import BOSS, CARL, COMPANY, YearOffice, make_records, year_office
from tests.ui.years.test_invitations import asked
from tests.ui.years.test_papers import text_of
from ui.sheets.preview_dialog import PaperDialog


def begin(office: YearOffice, event: str) -> None:
    """Go to the customer, open the guide and choose what happens."""
    office.go("customer", customer_id=COMPANY.id)
    office.firm.application.context.actions["life"].trigger()
    office.settle()
    office.press(f"lifeEvent_{event}")


def about(office: YearOffice) -> str:
    return office.find(QLabel, "lifeAbout").text()


def add_contact(office: YearOffice, name: str, email: str) -> None:
    """Carry out the guide's step that asks for another contact person."""
    office.press("lifeDo_contact")
    office.find(QLineEdit, "contactName").setText(name)
    office.find(QLineEdit, "contactEmail").setText(email)
    office.press("dialogAccept")


def test_a_customer_that_leaves_is_followed_to_the_archive(office: YearOffice, tmp_path: Path) -> None:
    begin(office, "leaves")
    office.until(lambda: "1 av 5 steg är klara." in about(office))
    assert not office.find(QPushButton, "lifeDo_archive").isEnabled()
    office.press("lifeDo_end_services")
    for code in ("eekonomi", "scanner", "utlagg", "digitala_fakturor"):
        office.press(f"endChoice_{code}_customer_continues")
    office.find(QLineEdit, "endingTyped").setText(COMPANY.name)
    office.press("endingEnd")
    office.press("endingClose")
    # It can be left and gone on with: the customer's page says what is left.
    office.press("lifeClose")
    office.synchronise()
    office.sees("Kunden lämnar byrån pågår. 2 av 5 steg är klara.")
    office.press("customerGuideAction")
    office.press("lifeDo_hand_over")
    office.sees("Överlämningslista Verkstaden i Växjö AB")
    paper = office.window.findChild(PaperDialog, "paperDialog")
    assert paper is not None
    paper.save(tmp_path / "lista.pdf")
    text = text_of(tmp_path / "lista.pdf")
    for words in ("Visma Scanner Avslutat", "Löpande bokföring 2026", "7 kap. 2 § bokföringslagen", "Lämnat"):
        assert words in text
    paper.reject()
    office.press("lifeNoted_hand_over")
    office.until(lambda: "3 av 5 steg är klara." in about(office))
    office.press("lifeDo_close_engagements")
    office.press("closeAccept")
    office.until(lambda: "4 av 5 steg är klara." in about(office))
    office.press("lifeDo_archive")
    office.until(lambda: "5 av 5 steg är klara." in about(office))
    office.press("lifeClose")
    office.synchronise()
    assert office.get(Customer, COMPANY.id).state == "archived"
    assert {one.state for one in office.list_of_customer(Engagement)} == {"closed"}
    office.go("customer", customer_id=COMPANY.id)
    assert "steg är klara" not in office.seen()


def test_a_change_of_owner_asks_for_new_people(office: YearOffice) -> None:
    begin(office, "owner_change")
    office.until(lambda: "0 av 5 steg är klara." in about(office))
    add_contact(office, "Åsa Ny", "asa@verkstaden.example")
    office.until(lambda: "1 av 5 steg är klara." in about(office))
    office.press("lifeDo_vendor_contact")
    office.press("dialogAccept")
    office.synchronise()
    office.until(lambda: "2 av 5 steg är klara." in about(office))
    [registration] = office.list_of_customer(Registration)
    assert registration.main_contact is not None
    assert registration.main_contact.email == "asa@verkstaden.example"
    mains = [one.name for one in office.list_of_customer(Contact) if one.is_main]
    assert mains == ["Åsa Ny"]


def test_a_conversion_joins_the_two_companies(office: YearOffice) -> None:
    begin(office, "conversion")
    office.press("lifeDo_successor")
    number = office.find(QLineEdit, "successorNumber")
    number.setText("556016-0680")
    assert "ett annat än kundens" in office.find(QPushButton, "dialogAccept").toolTip()
    number.setText("212000-0142")
    QTest.keyClick(number, Qt.Key.Key_Tab)
    office.press("dialogAccept")
    office.until(lambda: "1 av 6" in about(office))
    office.press("lifeDo_successor_engagements")
    office.until(lambda: "2 av 6" in about(office))
    office.synchronise()
    with office.site.store.read("fi_1") as snapshot:
        [successor] = [
            one
            for id_ in snapshot.reader.list_ids("customer")
            if isinstance(one := snapshot.reader.find("customer", id_), Customer)
            and one.predecessor_id == COMPANY.id
        ]
        engagements = snapshot.reader.list_of_customer("engagement", successor.id)
        people = snapshot.reader.list_of_customer("participation", successor.id)
    assert (successor.organisation_number, successor.kind) == ("162120000142", "legal_person")
    assert {one.title for one in engagements if isinstance(one, Engagement)} == {
        "Löpande bokföring 2026",
        "Lön",
    }
    assert {one.staff_id for one in people if isinstance(one, Participation)} == {BOSS.id, CARL.id}


def test_after_a_death_the_customer_is_an_estate(office: YearOffice) -> None:
    person = replace(
        office.get(Customer, COMPANY.id),
        kind="sole_firm",
        organisation_number="198507099805",
        name="Maja Berg",
    )
    office.site.write(person)
    office.pull()
    begin(office, "death")
    office.press("lifeDo_estate")
    office.until(lambda: "2 av 5" in about(office))
    office.synchronise()
    kept = office.get(Customer, COMPANY.id)
    assert (kept.kind, kept.name, kept.due_diligence.state) == (
        "estate",
        "Dödsboet efter Maja Berg",
        "ongoing",
    )
    assert kept.organisation_number == "198507099805"


def test_after_a_bankruptcy_nobody_from_before_can_answer(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with year_office(tmp_path, qapp, qtbot, [*make_records(), *asked()]) as office:
        begin(office, "bankruptcy")
        office.until(lambda: "0 av 4 steg är klara." in about(office))
        office.press("lifeDo_withdraw")
        office.sees("Dra tillbaka inbjudan till Verkstaden i Växjö AB?")
        office.sees("Lön Smart, till nils@verkstaden.example")
        office.press("messageReject")
        office.synchronise()
        assert office.get(Invitation, "iv_lon").state == "sent", "nothing happens without a yes"
        office.press("lifeDo_withdraw")
        office.press("messageAccept")
        office.until(lambda: "1 av 4 steg är klara." in about(office))
        office.synchronise()
        assert office.get(Invitation, "iv_lon").state == "withdrawn"
        assert office.get(Collaboration, "cl_lon_smart").state == "withdrawn"
        add_contact(office, "Kim Konkursson", "kim@forvaltaren.example")
        office.until(lambda: "2 av 4 steg är klara." in about(office))
        office.press("lifeDo_vendor_contact")
        office.press("dialogAccept")
        office.synchronise()
        office.until(lambda: "3 av 4 steg är klara." in about(office))
        [registration] = office.list_of_customer(Registration)
        assert registration.main_contact is not None
        assert registration.main_contact.email == "kim@forvaltaren.example"
        office.press("lifeNoted_decide_services")
        office.until(lambda: "4 av 4 steg är klara." in about(office))
        office.press("lifeClose")
        office.go("customer", customer_id=COMPANY.id)
        assert "steg är klara" not in office.seen()


def test_who_may_not_withdraw_is_told_in_the_guide(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    plain = replace(BOSS, full_permission=False)
    eva = replace(CARL, full_permission=True, vendor_administrator=True)
    changed = {BOSS.id: plain, CARL.id: eva}
    records = [changed.get(one.id, one) for one in [*make_records(), *asked()]]
    with year_office(tmp_path, qapp, qtbot, records) as office:
        begin(office, "bankruptcy")
        office.until(lambda: not office.find(QPushButton, "lifeDo_withdraw").isEnabled())
        assert "Carl Dahl" in office.find(QPushButton, "lifeDo_withdraw").toolTip()


def test_an_extract_is_about_one_person_only(office: YearOffice, tmp_path: Path) -> None:
    office.site.write(
        Contact(id="ct_annan", customer_id=COMPANY.id, name="En Annan", email="annan@verkstaden.example"),
        replace(
            COMPANY, id="cu_2", name="Nils andra bolag AB", organisation_number="", customer_number="1002"
        ),
        Contact(id="ct_2", customer_id="cu_2", name="Nils E", email="Nils@Verkstaden.example"),
    )
    office.pull()
    office.go("customer", customer_id=COMPANY.id)
    office.firm.application.context.actions["extract"].trigger()
    office.settle()
    office.sees("Registerutdrag Nils Ek")
    paper = office.window.findChild(PaperDialog, "paperDialog")
    assert paper is not None
    paper.save(tmp_path / "utdrag.pdf")
    text = text_of(tmp_path / "utdrag.pdf")
    for words in ("Verkstaden i Växjö AB", "Nils andra bolag AB", "Administratör hos Visma Spcs"):
        assert words in text
    assert "Annan" not in text
