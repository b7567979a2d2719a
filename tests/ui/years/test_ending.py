"""Ending collaborations: what the server holds and what the person reads (cases 38 to 47)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QLineEdit,
    QPushButton,
    QRadioButton,
)
from pytestqt.qtbot import QtBot

from app.domain.limits import letters_of
from app.domain.records import Access, Collaboration, Event, Registration, Staff
from app.server.gateway.register import end_by_customer
from app.server.gateway.vendor import CompanyQuery
from tests.server.sync_site import FIRM
from tests.support.year_office import (
    BOSS,
    COMPANY,
    NUMBER,
    SERVICES,
    YearOffice,
    collaboration_id,
    make_company,
    make_records,
    year_office,
)
from tests.ui.years.test_invitations import asked


def end(office: YearOffice, service: str, choice: str) -> None:
    """Open the end dialog for one service and choose how it ends."""
    office.go("ending", collaboration_ids=[collaboration_id(service)])
    if choice:
        office.press(f"endChoice_{service}_{choice}")


@pytest.mark.case(38)
def test_without_the_right_it_is_said_why_and_who_can(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    plain = replace(BOSS, full_permission=False)
    records = [plain if isinstance(one, Staff) and one.id == BOSS.id else one for one in make_records()]
    with year_office(tmp_path, qapp, qtbot, records) as office:
        end(office, "scanner", "customer_continues")
        assert not office.find(QPushButton, "endingEnd").isEnabled()
        assert "behörighet" in office.find(QPushButton, "endingEnd").toolTip()
        office.sees("behörighet")
        office.close_dialogs()
        office.go("change", collaboration_ids=[collaboration_id("eekonomi")])
        office.sees("behörighet")
        assert office.state("scanner") == "active"


@pytest.mark.case(39)
def test_a_missing_main_contact_is_repaired_in_place(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    records, company = make_records(main_contact=None), make_company(has_main_contact=False)
    with year_office(tmp_path, qapp, qtbot, records, company) as office:
        end(office, "scanner", "customer_continues")
        office.sees("Kunden saknar huvudkontakt hos Visma Spcs.")
        assert not office.find(QPushButton, "endingEnd").isEnabled()
        office.press("endingBarAction")
        who = office.find(QComboBox, "mainContactWho")
        who.setCurrentIndex(who.count() - 1)  # somebody else
        name, most = office.find(QLineEdit, "mainContactName"), letters_of("name")
        QTest.keyClicks(name, "x" * (most + 1))
        office.find(QLineEdit, "mainContactEmail").setText("nils@verkstaden.example")
        assert not office.find(QPushButton, "dialogAccept").isEnabled()
        QTest.keyClick(name, Qt.Key.Key_Return)  # leaves the field, and decides nothing
        office.sees(f"Namn: högst {most} tecken, inte {most + 1}.")
        who.setCurrentIndex(0)
        assert f"högst {most} tecken" not in office.seen()
        office.press("dialogAccept")
        office.until(lambda: office.find(QPushButton, "endingEnd").isEnabled())
        office.press("endingEnd")
        office.synchronise()
        [row] = office.list_of_customer(Registration)
        assert row.main_contact is not None
        assert row.main_contact.email == "nils@verkstaden.example"
        found = office.site.assembly.gateway.find_company(CompanyQuery(number=NUMBER))
        assert found is not None
        assert [person.name for person in found.people if person.is_main_contact] == ["Nils Ek"]
        assert office.state("scanner") == "ended"


@pytest.mark.case(40)
def test_an_end_on_a_date_is_cancelled_before_it(office: YearOffice) -> None:
    today = office.samverka.clock.today()
    end(office, "eekonomi", "")
    day = office.find(QDateEdit, "endingDay")
    assert day.minimumDate().toPython() == today, "a day in the past cannot be chosen"
    office.close_dialogs()
    end(office, "scanner", "service_ends")
    office.press("endingLater")
    office.find(QDateEdit, "endingDay").setDate(QDate(2028, 2, 29))
    office.settle()
    office.press("endingEnd")
    office.sees("Avslutas 2028-02-29. Det kan ångras fram till dess.")
    office.press("endingClose")
    office.synchronise()
    scanner = office.get(Collaboration, collaboration_id("scanner"))
    assert (scanner.state, scanner.ends_on, scanner.ended_by) == ("ending", date(2028, 2, 29), BOSS.id)
    office.go("collaborations", filter="ending")
    office.select("collaborationsTable", scanner.id)
    assert any("Avslutas 2028-02-29" in one for one in office.sentences("collaborationsTable"))
    office.press("collaborationsCancelEnd")
    office.press("messageAccept")
    office.synchronise()
    scanner = office.get(Collaboration, collaboration_id("scanner"))
    assert (scanner.state, scanner.ends_on) == ("active", None)


@pytest.mark.case(40)
def test_an_end_before_the_periods_end_says_so(office: YearOffice) -> None:
    end(office, "ekonomioversikt", "")
    office.sees("avtalsperioden löper till 2027-02-28")
    office.sees("Före avtalsperiodens slut 2027-02-28: perioden betalas ändå.")


@pytest.mark.case(41)
def test_a_downgrade_says_what_is_lost(office: YearOffice) -> None:
    office.go("change", collaboration_ids=[collaboration_id("eekonomi")])
    engagement = office.find(QComboBox, "changeEngagement")
    dialog = engagement.window()
    # Asked of the dialog: whether it is the active window is the screen's affair.
    office.until(lambda: dialog.focusWidget() is engagement)
    variant = office.find(QComboBox, "change_variant")  # a layout shows it in its next turn only
    QTest.keyClick(engagement, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is variant, "and Tab goes down through the fields"
    office.choose("change_variant", "Fakturering")
    office.sees("Det försvinner: betalningar, bokföring.")
    office.press("dialogAccept")
    office.synchronise()
    assert office.get(Collaboration, collaboration_id("eekonomi")).variant == "fakturering"


def test_who_chooses_on_while_a_change_is_saved_saves_it_once(office: YearOffice) -> None:
    office.go("change", collaboration_ids=[collaboration_id("eekonomi")])
    office.choose("change_variant", "Fakturering")
    payer, save = office.find(QComboBox, "change_payer"), office.find(QPushButton, "dialogAccept")
    save.click()
    payer.setCurrentIndex(1 - payer.currentIndex())  # nothing is answered before the next turn of the loop
    assert not save.isEnabled()
    office.synchronise()
    assert office.get(Collaboration, collaboration_id("eekonomi")).variant == "fakturering"


def test_what_cannot_be_changed_is_not_left_out_in_silence(office: YearOffice) -> None:
    ids = [collaboration_id(code) for code in ("eekonomi", "scanner")]
    office.go("change", collaboration_ids=[*ids, "cl_gone_1", "cl_gone_2"])
    office.sees("Ändra 2 samarbeten")
    office.sees("2 ändras inte: bara aktiva samarbeten som hör till en kund kan ändras.")


@pytest.mark.case(42)
def test_an_active_bank_link_stands_in_the_way(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    with year_office(
        tmp_path, qapp, qtbot, make_records(bank_link=True), make_company(bank_link=True)
    ) as office:
        office.go("ending", customer_id=COMPANY.id)
        office.sees("Kunden har en aktiv bankkoppling.")
        assert not office.find(QPushButton, "endingEnd").isEnabled()
        assert office.state("eekonomi") == "active"


@pytest.mark.case(43)
def test_reports_that_are_not_submitted_stand_in_the_way(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with year_office(
        tmp_path, qapp, qtbot, make_records(open_reports=3), make_company(open_reports=3)
    ) as office:
        end(office, "utlagg", "")
        office.sees("Det finns utläggsrapporter som inte är inlämnade.")
        assert not office.find(QPushButton, "endingEnd").isEnabled()
        assert office.state("utlagg") == "active"


@pytest.mark.case(44)
def test_where_everything_is_deleted_the_name_is_typed_and_the_law_is_shown(office: YearOffice) -> None:
    end(office, "ekonomioversikt", "")
    office.sees("här till 2034-12-31")  # the fiscal year that runs ends on 2027-06-30
    office.sees("Allt i Ekonomiöversikt raderas.")
    assert not office.find(QPushButton, "endingEnd").isEnabled()
    office.find(QLineEdit, "endingTyped").setText("Verkstaden")
    assert not office.find(QPushButton, "endingEnd").isEnabled()
    office.find(QLineEdit, "endingTyped").setText("verkstaden i växjö ab")
    office.press("endingHanded")
    office.press("endingEnd")
    office.synchronise()
    ended = office.get(Collaboration, collaboration_id("ekonomioversikt"))
    assert (ended.state, ended.end_choice) == ("ended", "all_deleted")
    assert ended.handed_over_on == office.samverka.clock.today()


@pytest.mark.case(45)
def test_what_must_end_first_is_ended_first(office: YearOffice) -> None:
    end(office, "eekonomi", "customer_continues")
    # What it waits for stands beside it, to be ticked: nobody chose to end that.
    office.sees("eEkonomi: kryssa för Ekonomiöversikt, Scanner också, det måste avslutas först.")
    assert not office.find(QPushButton, "endingEnd").isEnabled()
    ids = [collaboration_id(code) for code in ("eekonomi", "scanner", "ekonomioversikt")]
    for code in ("ekonomioversikt", "scanner"):
        assert not office.find(QCheckBox, f"endTick_{code}").isChecked()
        office.press(f"endTick_{code}")
    office.sees("Avslutas efter Ekonomiöversikt, Scanner.")
    office.press("endChoice_eekonomi_customer_continues")
    office.press("endChoice_scanner_customer_continues")
    office.find(QLineEdit, "endingTyped").setText(COMPANY.name)
    office.press("endingEnd")
    office.sees("3 i utkorgen")
    office.until(lambda: office.find(QPushButton, "endingClose").hasFocus())
    office.synchronise()
    assert {code: office.state(code) for code in ("eekonomi", "scanner", "ekonomioversikt")} == dict.fromkeys(
        ("eekonomi", "scanner", "ekonomioversikt"), "ended"
    )
    still_open = {row.collaboration_id for row in office.list_of_customer(Access) if row.until is None}
    assert still_open.isdisjoint(ids)


@pytest.mark.case(46)
def test_what_the_customer_has_ended_says_who_and_when(office: YearOffice) -> None:
    today = office.samverka.clock.today()
    store = office.site.store
    company = CompanyQuery(number=NUMBER)
    end_by_customer(store.register, store.clock, FIRM, company, "scanner", today, "Nils Ek")
    office.next_day()
    office.pull()
    scanner = office.get(Collaboration, collaboration_id("scanner"))
    assert (scanner.state, scanner.ended_by) == ("ended", "customer")
    office.go("customer", customer_id=COMPANY.id)
    office.until(lambda: any("av kunden" in s for s in office.sentences("customerCollaborationList")))
    office.sees("Ett samarbete avslutades av kunden")
    office.go("today")
    office.until(lambda: "Scanner avslutas av kunden" in office.seen())


@pytest.mark.case(47)
def test_ending_everything_where_one_fails_leaves_a_clear_state(office: YearOffice) -> None:
    office.go("ending", customer_id=COMPANY.id)
    for code in ("eekonomi", "scanner", "utlagg", "digitala_fakturor"):
        office.press(f"endChoice_{code}_customer_continues")
    office.find(QLineEdit, "endingTyped").setText(COMPANY.name)
    # Meanwhile the vendor has learnt of reports: the server refuses one of the five.
    [registration] = office.list_of_customer(Registration)
    office.site.write(replace(registration, open_reports=2))
    office.press("endingEnd")
    office.sees("5 i utkorgen")  # decided here; the server has the last word
    office.press("endingClose")
    office.firm.application.context.actions["sync"].trigger()
    office.until(lambda: office.samverka.outbox.list_attention())
    office.let_the_server_work()
    office.pull()
    assert office.state("utlagg") == "active"
    for code in ("eekonomi", "ekonomioversikt", "scanner", "digitala_fakturor"):
        assert office.state(code) == "ended", code
    [item] = office.samverka.outbox.list_attention()
    assert item.customer_id == COMPANY.id
    office.go("outbox", tab="attention")
    office.until(lambda: COMPANY.name in " ".join(office.sentences("outboxAttention")))
    whats = [event.what for event in office.list_of_customer(Event)]
    assert whats.count("end_asked") == 4


def test_what_the_vendor_refused_is_on_the_start_screen_and_on_the_row(office: YearOffice) -> None:
    scanner = office.get(Collaboration, collaboration_id("scanner"))
    office.site.write(replace(scanner, problem="has_bank_link"))
    office.pull()
    office.go("today")
    office.sees("Scanner: Kunden har en aktiv bankkoppling.")
    office.go("collaborations")
    office.until(lambda: any("aktiv bankkoppling" in one for one in office.sentences("collaborationsTable")))
    office.site.write(replace(scanner, problem=""))
    office.pull()
    office.go("today")
    office.until(lambda: "aktiv bankkoppling" not in office.seen())


@pytest.mark.case(47)
def test_what_the_vendor_refuses_in_the_middle_goes_back_alone(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    # The firm's last answer says no open reports; the vendor knows of two when it is told to end.
    with year_office(tmp_path, qapp, qtbot, make_records(), make_company(open_reports=2)) as office:
        office.go("ending", customer_id=COMPANY.id)
        for code in ("eekonomi", "scanner", "utlagg", "digitala_fakturor"):
            office.press(f"endChoice_{code}_customer_continues")
        office.find(QLineEdit, "endingTyped").setText(COMPANY.name)
        office.press("endingEnd")
        office.sees("5 i utkorgen")
        office.press("endingClose")
        office.synchronise()
        states = {code: office.state(code) for code in SERVICES}
        assert states == {**dict.fromkeys(SERVICES, "ended"), "utlagg": "active"}
        kept = office.get(Collaboration, collaboration_id("utlagg"))
        assert (kept.problem, kept.ends_on) == ("has_open_reports", None)
        still = {row.collaboration_id for row in office.list_of_customer(Access) if row.until is None}
        assert still == {kept.id}, "access stays where the collaboration does, and nowhere else"
        office.go("today")
        office.sees("Utlägg: Det finns utläggsrapporter som inte är inlämnade.")


def test_ending_everything_says_what_nobody_has_answered_yet(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with year_office(tmp_path, qapp, qtbot, [*make_records(), *asked()]) as office:
        office.go("ending", customer_id=COMPANY.id)
        office.sees("Inte klart än: Lön Smart.")
        office.press("endingUnfinishedAction")
        office.until(lambda: office.window.current_screen == "invitations")
        end(office, "scanner", "customer_continues")
        assert "Inte klart än" not in office.seen(), "one service is no farewell"


def test_everything_is_decided_without_contact_and_sent_in_order_afterwards(office: YearOffice) -> None:
    office.samverka.status.pause()
    office.go("ending", customer_id=COMPANY.id)
    for code in ("eekonomi", "scanner", "utlagg", "digitala_fakturor"):
        office.press(f"endChoice_{code}_customer_continues")
    office.find(QLineEdit, "endingTyped").setText(COMPANY.name)
    office.press("endingEnd")
    office.sees("5 i utkorgen")
    office.press("endingClose")
    assert {office.state(code) for code in SERVICES} == {"active"}, "nothing has left this computer"
    office.go("customer", customer_id=COMPANY.id)
    office.until(lambda: all("utkorgen" in one for one in office.sentences("customerCollaborationList")))
    office.samverka.status.resume()
    office.synchronise()
    assert {office.state(code) for code in SERVICES} == {"ended"}
    whats = [event.what for event in office.list_of_customer(Event)]
    assert (whats.count("end_asked"), whats.count("end_refused")) == (5, 0), "what must end first came first"


def test_nobody_leaves_while_it_is_sent(office: YearOffice) -> None:
    end(office, "scanner", "customer_continues")
    dialog, send = office.find(QDialog, "endingDialog"), office.find(QPushButton, "endingEnd")
    send.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)  # nothing is answered before the next turn of the loop
    dialog.close()
    assert dialog.isVisible()
    assert not office.find(QPushButton, "endingCancel").isEnabled()
    office.find(QRadioButton, "endingLater").click()  # what is chosen now is asked about no more
    assert (send.isEnabled(), send.toolTip()) == (False, "Skickas …")
    office.sees("1 i utkorgen")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    office.synchronise()
    assert office.state("scanner") == "ended"


def test_what_could_not_be_decided_is_told_and_tried_again(office: YearOffice) -> None:
    end(office, "scanner", "customer_continues")
    database = office.samverka.workspace.database
    with database.write() as unit:
        unit.run("CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END")
    office.press("endingEnd")
    office.press("messageAccept")
    assert office.find(QPushButton, "endingCancel").isEnabled()
    with database.write() as unit:
        unit.run("DROP TRIGGER full")
    office.press("endingEnd")
    office.sees("1 i utkorgen")
    office.press("endingClose")
    office.synchronise()
    assert office.state("scanner") == "ended"
