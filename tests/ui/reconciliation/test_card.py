"""The decision card by keyboard: another service, another customer, and that everything in it can be read."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.records import Address, Collaboration, CustomerState, Participation, Staff
from app.errors import StorageError
from app.usecases.reconciliation_values import CandidateView, EvidenceRow
from tests.server.sync_site import ANNA
from tests.ui.reconciliation.conftest import LinkDesk, MakeDesk, customer, engagement, unlinked
from ui.reconciliation.candidate_button import CandidateButton
from ui.reconciliation.evidence_grid import EvidenceGrid
from ui.theme import Theme
from ui.widgets.search_field import SearchField


def press(desk: LinkDesk, key: Qt.Key) -> None:
    """Press a key where the focus is, as a keyboard does."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)
    desk.settle()


def write(desk: LinkDesk, text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)
    desk.settle()


def choose_in_popup(desk: LinkDesk, name: str, words: str) -> None:
    """Choose in a list of choices that is open, with the arrow keys and Enter."""
    box = desk.find(QComboBox, name)
    view = box.view()
    assert view.isVisible()
    wanted = box.findText(words)
    assert wanted >= 0, [box.itemText(at) for at in range(box.count())]
    while view.currentIndex().row() != wanted:
        QTest.keyClick(view, Qt.Key.Key_Down if view.currentIndex().row() < wanted else Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Return)
    desk.settle()


@pytest.mark.case(33)
def test_a_service_that_the_product_says_wrongly_is_chosen_by_a_person(open_with: MakeDesk) -> None:
    scanner = engagement("1", ANNA.id, "Löpande bokföring 2026")
    desk = open_with([customer("1", "Havtorn AB", 103), *scanner, unlinked("a", "Havtorn AB", 103)])
    desk.take_keys()
    assert desk.card.lines.services() == ("eekonomi",)
    press(desk, Qt.Key.Key_T)
    choose_in_popup(desk, "cardService", "Visma Scanner")
    assert desk.card.lines.services() == ("scanner",)
    assert desk.card.why_not_link() == ""
    desk.table.setFocus()
    press(desk, Qt.Key.Key_Return)
    desk.sync()
    linked = desk.on_server(Collaboration, "cl_a")
    assert (linked.service, linked.engagement_id) == ("scanner", "en_1_Löpa")


def test_a_service_that_the_vendor_tells_is_not_for_a_person_to_change(open_with: MakeDesk) -> None:
    told = dataclasses.replace(unlinked("a", "Havtorn AB", 103), service="eekonomi")
    desk = open_with([customer("1", "Havtorn AB", 103), *engagement("1", ANNA.id), told])
    desk.take_keys()
    press(desk, Qt.Key.Key_T)
    assert desk.pane is not None
    assert desk.pane.findChild(QComboBox, "cardService") is None
    assert desk.pane.findChild(QPushButton, "cardDoubtService") is None


def test_another_customer_is_searched_for_chosen_and_linked_without_a_mouse(open_with: MakeDesk) -> None:
    desk = open_with(
        [
            customer("1", "Vinterbacken Golv AB", 104),
            *engagement("1", ANNA.id),
            unlinked("a", "Sommarängen", 0),
            unlinked("b", "Ödmården", 0),
        ]
    )
    desk.take_keys()
    assert desk.names() == ["Sommarängen", "Ödmården"]
    press(desk, Qt.Key.Key_F)
    assert QApplication.focusWidget() is desk.find(SearchField, "cardSearch")
    write(desk, "vinterb")
    desk.until(lambda: desk.card.chosen is not None)
    assert "Sökresultat".upper() in desk.seen().upper()
    assert "Ingen kund liknar företaget" not in desk.seen()
    press(desk, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is desk.table
    press(desk, Qt.Key.Key_Return)
    desk.until(lambda: desk.names() == ["Ödmården"])
    desk.sync()
    assert desk.on_server(Collaboration, "cl_a").customer_id == "cu_1"
    assert desk.find(SearchField, "cardSearch").text() == ""


def test_who_is_searched_for_by_name_stands_before_those_who_only_live_there(open_with: MakeDesk) -> None:
    in_lund = [
        customer(str(at), f"Almen {at} AB", 300 + at, address=Address(town="Lund")) for at in range(1, 12)
    ]
    gone = customer("20", "Lunds Bageri AB", 320, state=CustomerState.ARCHIVED)
    named = [customer("21", "Södra Lunds Golv AB", 321), customer("22", "Lunds Åkeri AB", 322)]
    desk = open_with([*in_lund, gone, *named, unlinked("a", "Sommarängen", 0)])
    desk.take_keys()
    press(desk, Qt.Key.Key_F)
    write(desk, "lund")

    def found() -> list[str]:
        return [one.candidate.name for one in desk.card.findChildren(CandidateButton) if one.isVisible()]

    desk.until(lambda: len(found()) == 9)
    assert found()[:4] == ["Lunds Åkeri AB", "Lunds Bageri AB", "Södra Lunds Golv AB", "Almen 1 AB"]


def test_enter_before_the_search_has_answered_links_to_what_was_searched_for(open_with: MakeDesk) -> None:
    desk = open_with(
        [
            customer("1", "Vinterbacken Golv AB", 104),
            *engagement("1", ANNA.id),
            customer("2", "Havtorn AB", 103),
            *engagement("2", ANNA.id),
            unlinked("a", "Havtorn AB", 103),
            unlinked("b", "Ödmården", 0),
        ]
    )
    desk.take_keys()
    assert desk.card.chosen is not None
    assert desk.card.chosen.customer_id == "cu_2"
    press(desk, Qt.Key.Key_F)
    search = desk.find(SearchField, "cardSearch")
    # As fast as a person can: nothing is answered between these keys.
    QTest.keyClicks(search, "vinterb")
    QTest.keyClick(search, Qt.Key.Key_Return)
    QTest.keyClick(desk.table, Qt.Key.Key_Return)
    assert desk.toasts == ["Söker …"]
    desk.until(lambda: desk.card.chosen is not None and desk.card.chosen.customer_id == "cu_1")
    press(desk, Qt.Key.Key_Return)
    desk.until(lambda: desk.names() == ["Ödmården"])
    desk.sync()
    assert desk.on_server(Collaboration, "cl_a").customer_id == "cu_1"


def test_a_search_that_fails_says_so_and_is_made_again(
    open_with: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_with(
        [
            customer("1", "Vinterbacken Golv AB", 104),
            *engagement("1", ANNA.id),
            customer("2", "Havtorn AB", 103),
            *engagement("2", ANNA.id),
            unlinked("a", "Havtorn AB", 103),
        ]
    )
    find, is_locked = desk.reconciliation.find_customers, True

    def find_or_fail(handle: int, text: str) -> tuple[CandidateView, ...]:
        if is_locked:
            raise StorageError("database_locked")
        return find(handle, text)

    monkeypatch.setattr(desk.reconciliation, "find_customers", find_or_fail)
    desk.take_keys()
    press(desk, Qt.Key.Key_F)
    write(desk, "vinterb")
    said = "Uppgifterna på den här datorn används just nu av något annat."
    desk.until(lambda: said in desk.seen())
    assert desk.card.chosen is None
    assert desk.card.why_not_link() == "Sökningen misslyckades. Sök igen först."
    again = desk.find(QPushButton, "cardWarningAction")
    assert again.text() == "Sök igen"
    press(desk, Qt.Key.Key_Return)  # with the keyboard, too: it fails again
    assert QApplication.focusWidget() is desk.table
    desk.until(lambda: said in desk.seen())
    is_locked = False
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.card.chosen is not None and desk.card.chosen.customer_id == "cu_1")
    assert said not in desk.seen()
    assert not again.isVisible()
    assert desk.errors == []


def test_what_was_found_by_hand_is_there_again_when_the_row_changes_under_it(open_with: MakeDesk) -> None:
    desk = open_with(
        [customer("1", "Vinterbacken Golv AB", 104), *engagement("1", ANNA.id), unlinked("a", "Havtorn", 103)]
    )
    desk.take_keys()
    press(desk, Qt.Key.Key_F)
    write(desk, "vinterb")
    desk.until(lambda: desk.card.chosen is not None)
    desk.write(dataclasses.replace(unlinked("a", "Havtorn", 103), started_on=date(2024, 2, 1)))
    desk.until(lambda: desk.card.card is not None and "2024-02-01" in desk.card.subtitle.text())
    desk.until(lambda: desk.card.chosen is not None and desk.card.chosen.customer_id == "cu_1")
    assert desk.card.why_not_link() == ""


def test_a_choice_is_kept_when_the_row_changes_under_it(open_with: MakeDesk) -> None:
    first, second = customer("1", "Havtorn AB", 103), customer("2", "Havtorn i Växjö", 103, serial=1)
    desk = open_with(
        [first, *engagement("1", ANNA.id), second, *engagement("2", ANNA.id), unlinked("a", "Havtorn", 103)]
    )
    desk.take_keys()
    press(desk, Qt.Key.Key_2)
    before = desk.card.chosen
    assert before is not None
    desk.write(dataclasses.replace(unlinked("a", "Havtorn", 103), started_on=date(2024, 2, 1)))
    desk.until(lambda: desk.card.card is not None and "2024-02-01" in desk.card.subtitle.text())
    assert desk.card.chosen is not None
    assert desk.card.chosen.customer_id == before.customer_id


def test_a_search_that_fails_for_no_known_cause_says_where_the_cause_is(
    open_with: MakeDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk = open_with([customer("1", "Havtorn AB", 103), unlinked("a", "Havtorn AB", 103)])

    def fail(_handle: int, _text: str) -> tuple[CandidateView, ...]:
        raise OSError("no such luck")

    monkeypatch.setattr(desk.reconciliation, "find_customers", fail)
    desk.take_keys()
    press(desk, Qt.Key.Key_F)
    write(desk, "havt")
    desk.until(lambda: "Sökningen gick inte att göra." in desk.seen())
    assert "Inställningar, Diagnostik" in desk.seen()
    assert "no such luck" in caplog.text


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_a_list_that_a_key_opened_gives_the_keys_back(open_with: MakeDesk, key: Qt.Key) -> None:
    desk = open_with(
        [customer("1", "Havtorn AB", 103), *engagement("1", ANNA.id), unlinked("a", "Havtorn AB", 103)]
    )
    desk.take_keys()
    press(desk, Qt.Key.Key_U)
    view = desk.find(QComboBox, "cardEngagement").view()
    assert view.parentWidget() is QApplication.activePopupWidget()
    QTest.keyClick(view if key == Qt.Key.Key_Return else view.parentWidget(), key)
    desk.until(lambda: QApplication.focusWidget() is desk.table)


def test_who_gets_access_is_never_cut_off(open_with: MakeDesk) -> None:
    names = ("Ingrid Öberg Falk", "Oskar Brännmark", "Sara Lindholm", "Jonas Sandvall", "Amir Haddad")
    staff = [Staff(id=f"st_{at}", name=name, email=f"{at}@byran.example") for at, name in enumerate(names)]
    many = [
        Participation(
            id=f"pa_{one.id}",
            engagement_id="en_1_Löpa",
            customer_id="cu_1",
            staff_id=one.id,
            role="participant",
        )
        for one in staff
    ]
    desk = open_with(
        [
            *staff,
            customer("1", "Havtorn AB", 103),
            *engagement("1", ANNA.id),
            *many,
            unlinked("a", "Havtorn AB", 103),
        ]
    )
    desk.take_keys()
    assert desk.pane is not None
    for width, height in ((1240, 860), (735, 600), (1000, 700)):
        desk.pane.resize(width, height)
        desk.settle()
        access = desk.card.access
        assert "Jonas Sandvall" in access.text()
        assert access.height() >= access.heightForWidth(access.width()), width
        assert access.heightForWidth(access.width()) > access.fontMetrics().height() * 1.5


def test_a_number_is_whole_in_the_narrowest_card(qtbot: QtBot, theme: Theme) -> None:
    grid = EvidenceGrid(theme)
    qtbot.addWidget(grid)
    rows = (("number", "559802-8396"), ("vendor_customer_number", "311403"))
    grid.show_rows(
        [EvidenceRow(field=field, level="equal", points=21, left=text, right=text) for field, text in rows]
    )
    grid.resize(347, 200)  # in a window of 1024 × 700, beside a scroll bar
    grid.show()
    numbers = [shown for shown in grid.findChildren(QLabel) if "559802" in shown.text()]
    assert len(numbers) == 2
    for shown in numbers:
        assert shown.width() >= shown.fontMetrics().horizontalAdvance("559802-8396")
