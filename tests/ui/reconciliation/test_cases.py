"""Cases 30–37: what the person sees, and what the server has afterwards."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from app.domain.commands import CloseEngagement, LinkCollaboration
from app.domain.limits import letters_of
from app.domain.records import Collaboration, Customer, CustomerState, Engagement
from tests.server.sync_site import ANNA
from tests.ui.reconciliation.conftest import KARIN, LinkDesk, MakeDesk, customer, engagement, unlinked

_ENTER = Qt.Key.Key_Return


def linked(desk: LinkDesk, id_: str) -> tuple[str | None, str | None]:
    """Return the customer and engagement of a collaboration as the server has them."""
    desk.sync()
    found = desk.on_server(Collaboration, id_)
    return found.customer_id, found.engagement_id


def text(desk: LinkDesk, name: str) -> str:
    return desk.find(QLabel, name).text()


def cut_off(desk: LinkDesk, *names: str) -> list[str]:
    """Return those of some texts that do not have the height that they need."""
    labels = [desk.find(QLabel, name) for name in names]
    return [one.objectName() for one in labels if one.height() < one.heightForWidth(one.width())]


def who_has_access(desk: LinkDesk, id_: str) -> set[str]:
    rows = desk.all_on_server("access")
    return {row.staff_id for row in rows if row.collaboration_id == id_ and row.until is None}


@pytest.mark.case(30)
def test_a_customer_is_created_with_engagement_and_link_and_all_of_it_undone_in_one_step(
    open_with: MakeDesk,
) -> None:
    desk = open_with(
        [unlinked("new", "Kvarnbäck Invest AB", 101, town="Malmö", email="ida@kvarnback.example")]
    )
    assert "Ingen kund liknar företaget. Sök efter kunden här eller skapa den (K)." in desk.seen()
    desk.type_key(_ENTER)
    assert desk.toasts == ["Det finns inget förslag. Sök efter kunden eller skapa den (K)."]
    desk.type_key(Qt.Key.Key_K)
    assert desk.find(QLineEdit, "newCustomerName").text() == "Kvarnbäck Invest AB"
    assert desk.find(QLineEdit, "newCustomerTown").text() == "Malmö"
    assert desk.find(QComboBox, "cardEngagement").currentText() == "Skapa nytt: Löpande bokföring 2026"
    desk.press("newCustomerAccept")
    desk.until(lambda: desk.names() == [])
    assert desk.toasts[-1] == "Kvarnbäck Invest AB kopplas till Kvarnbäck Invest AB"
    assert "Allt är kopplat" in desk.seen()
    customer_id, engagement_id = linked(desk, "cl_new")
    made = desk.on_server(Customer, str(customer_id))
    assert (made.name, made.organisation_number[2:]) == ("Kvarnbäck Invest AB", "5598001013")
    assert desk.on_server(Engagement, str(engagement_id)).title == "Löpande bokföring 2026"
    assert who_has_access(desk, "cl_new") == {ANNA.id}
    desk.press("unlinkedUndo")
    assert linked(desk, "cl_new") == (None, None)
    assert desk.on_server(Customer, str(customer_id)).state == CustomerState.ARCHIVED
    assert desk.on_server(Engagement, str(engagement_id)).state == "closed"
    desk.until(lambda: desk.names() == ["Kvarnbäck Invest AB"])


@pytest.mark.case(30)
def test_what_is_created_and_undone_before_it_is_sent_never_reaches_the_server(open_with: MakeDesk) -> None:
    desk = open_with([unlinked("new", "Kvarnbäck Invest AB", 101)])
    desk.type_key(Qt.Key.Key_K)
    desk.press("newCustomerAccept")
    desk.until(lambda: desk.names() == [])
    desk.press("unlinkedUndo")
    desk.until(lambda: desk.names() == ["Kvarnbäck Invest AB"])
    assert linked(desk, "cl_new") == (None, None)
    assert desk.all_on_server("customer") == []
    assert desk.client.states() == ["withdrawn"] * 3


@pytest.mark.case(30)
def test_a_number_that_is_none_is_refused_in_the_form_and_nothing_is_lost(open_with: MakeDesk) -> None:
    desk = open_with([unlinked("new", "Kvarnbäck Invest AB", 101)])
    desk.type_key(Qt.Key.Key_K)
    number, name = desk.find(QLineEdit, "newCustomerNumber"), desk.find(QLineEdit, "newCustomerName")
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "070-123 45 67")
    assert "är ett telefonnummer" not in desk.seen()  # not while it is being written
    QTest.keyClick(number, Qt.Key.Key_Tab)
    assert "är ett telefonnummer, inte ett organisationsnummer." in desk.seen()
    desk.press("newCustomerAccept")
    assert "är ett telefonnummer, inte ett organisationsnummer." in desk.seen()
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "559901-1003")
    name.setText("x" * (letters_of("name") + 1))
    QTest.keyClick(number, Qt.Key.Key_Tab)
    assert "Namnet får ha högst 300 tecken." in desk.seen()
    name.setText("Kvarnbäck Invest AB")
    number.setFocus()
    QTest.keyClicks(number, " ")
    QTest.keyClick(number, Qt.Key.Key_Tab)
    assert "får ha högst" not in desk.seen()
    assert desk.find(QLineEdit, "newCustomerName").text() == "Kvarnbäck Invest AB"
    desk.press("newCustomerCancel")
    assert linked(desk, "cl_new") == (None, None)


@pytest.mark.case(31)
def test_of_two_customers_with_one_number_a_person_chooses(open_with: MakeDesk) -> None:
    desk = open_with(
        [
            customer("1", "Björk Måleri", 102),
            customer("2", "Björk Golv", 102, serial=1),
            *engagement("1", ANNA.id),
            *engagement("2", ANNA.id),
            unlinked("two", "Björk", 102),
        ]
    )
    assert "Flera kunder har samma organisationsnummer. Välj rätt kund." in desk.seen()
    assert desk.card.chosen is None
    desk.type_key(_ENTER)
    assert desk.toasts == ["Välj ett förslag först (1–9)."]
    shown = desk.card.card
    assert shown is not None
    assert {c.customer_id for c in shown.candidates} == {"cu_1", "cu_2"}
    second = shown.candidates[1].customer_id
    desk.type_key(Qt.Key.Key_2)
    desk.type_key(_ENTER)
    assert linked(desk, "cl_two") == (second, f"en_{second[3:]}_Löpa")


@pytest.mark.case(32)
def test_an_engagement_that_is_closed_makes_its_collaborations_unlinked_with_the_reason(
    open_with: MakeDesk,
) -> None:
    desk = open_with(
        [customer("1", "Havtorn AB", 103), *engagement("1", ANNA.id), unlinked("one", "Havtorn AB", 103)]
    )
    desk.type_key(_ENTER)
    assert linked(desk, "cl_one") == ("cu_1", "en_1_Löpa")
    desk.until(lambda: desk.names() == [])
    desk.by_colleague(CloseEngagement(engagement_id="en_1_Löpa", leave_unlinked=True))
    desk.sync()
    desk.until(lambda: desk.names() == ["Havtorn AB"])
    desk.show("missing_engagement")
    because = text(desk, "cardBecause")
    assert because.startswith(
        "Uppdraget Löpande bokföring 2026 avslutades. Därför är samarbetet okopplat igen. (Karin Lund"
    )
    assert desk.find(QPushButton, "cardLink").text() == "Skapa uppdrag och koppla  Enter"
    desk.type_key(_ENTER)
    customer_id, engagement_id = linked(desk, "cl_one")
    assert customer_id == "cu_1"
    assert desk.on_server(Engagement, str(engagement_id)).state == "ongoing"


@pytest.mark.case(32)
def test_an_engagement_that_was_removed_elsewhere_makes_its_collaborations_unlinked_with_the_reason(
    open_with: MakeDesk,
) -> None:
    desk = open_with(
        [customer("1", "Havtorn AB", 103), *engagement("1", ANNA.id), unlinked("one", "Havtorn AB", 103)]
    )
    desk.type_key(_ENTER)
    assert linked(desk, "cl_one") == ("cu_1", "en_1_Löpa")
    desk.until(lambda: desk.names() == [])
    # Nobody removes an engagement here, only where the collaboration comes from: the record says so.
    removed = dataclasses.replace(
        desk.on_server(Collaboration, "cl_one"), engagement_id=None, unlinked_because="engagement_removed"
    )
    desk.write(removed)
    desk.until(lambda: desk.names() == ["Havtorn AB"])
    desk.show("missing_engagement")
    assert text(desk, "cardBecause") == "Uppdraget togs bort. Därför är samarbetet okopplat igen."
    desk.type_key(_ENTER)
    assert linked(desk, "cl_one") == ("cu_1", "en_1_Löpa")


@pytest.mark.case(33)
def test_a_product_that_nobody_knows_is_given_its_service_by_a_person_and_forgets_it_when_undone(
    open_with: MakeDesk,
) -> None:
    desk = open_with(
        [
            customer("1", "Havtorn AB", 103),
            *engagement("1", ANNA.id),
            unlinked("one", "Havtorn AB", 103, source_product="Molnpärmen"),
        ]
    )
    assert "Det framgår inte vilken tjänst det är. Välj tjänst." in desk.seen()
    desk.type_key(_ENTER)
    assert desk.toasts == ["Välj tjänst först (T)."]
    box = desk.find(QComboBox, "cardService")
    box.setCurrentIndex(box.findData("eekonomi"))
    desk.settle()
    assert text(desk, "cardAccess") == "Får tillgång: Anna Ek"
    desk.type_key(_ENTER)
    assert linked(desk, "cl_one") == ("cu_1", "en_1_Löpa")
    assert desk.on_server(Collaboration, "cl_one").service == "eekonomi"
    desk.press("unlinkedUndo")
    assert linked(desk, "cl_one") == (None, None)
    assert desk.on_server(Collaboration, "cl_one").service is None


@pytest.mark.case(33)
def test_a_service_of_a_newer_server_is_shown_as_it_is(open_with: MakeDesk) -> None:
    desk = open_with(
        [
            customer("1", "Havtorn AB", 103),
            *engagement("1", ANNA.id),
            unlinked("one", "Havtorn AB", 103, service="hologram", source_product=""),
        ]
    )
    row = desk.table.rows.row_at(0)
    assert row is not None
    assert "hologram" in desk.table.rows.sentence(row)
    box = desk.find(QComboBox, "cardEngagement")
    box.setCurrentIndex(box.findData("en_1_Löpa"))
    desk.settle()
    desk.type_key(_ENTER)
    assert linked(desk, "cl_one") == ("cu_1", "en_1_Löpa")
    assert desk.on_server(Collaboration, "cl_one").service == "hologram"


@pytest.mark.case(34)
@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ("clashKeep", ("cu_2", "en_2_Löpa")),
        ("clashSwap", ("cu_1", "en_1_Löpa")),
        ("clashRemove", (None, None)),
    ],
)
def test_a_colleague_who_was_first_comes_back_with_both_and_three_choices(
    open_with: MakeDesk, button: str, expected: tuple[str | None, str | None]
) -> None:
    desk = open_with(
        [
            customer("1", "Havtorn AB", 103),
            customer("2", "Havtorn Data AB", 104),
            *engagement("1", ANNA.id),
            *engagement("2", KARIN.id),
            unlinked("one", "Havtorn AB", 103),
        ]
    )
    desk.by_colleague(
        LinkCollaboration(collaboration_id="cl_one", customer_id="cu_2", engagement_id="en_2_Löpa")
    )
    desk.type_key(_ENTER)  # without having heard of it
    desk.sync()
    desk.until(lambda: "hann en kollega göra före dig. Se båda och välj." in desk.seen())
    desk.press("unlinkedClashesAction")
    desk.until(lambda: "Karin Lund" in desk.seen())
    what = "Karin Lund hann före dig, och ditt val gäller inte. Välj hur det ska vara."
    assert text(desk, "clashWhat") == what
    assert text(desk, "clashTheirs").startswith("Havtorn Data AB · Löpande bokföring 2026 (Karin Lund")
    assert text(desk, "clashMine") == "Havtorn AB · Löpande bokföring 2026"
    assert text(desk, "clashIfMine") == "Får tillgång: Anna Ek\nFörlorar tillgång: Karin Lund"
    assert text(desk, "clashIfRemoved") == "Förlorar tillgång: Karin Lund"
    assert cut_off(desk, "clashTitle", "clashWhat", "clashTheirs", "clashMine", "clashIfMine") == []
    desk.press(button)
    assert linked(desk, "cl_one") == expected
    desk.until(lambda: "hann en kollega" not in desk.seen())


@pytest.mark.case(35)
def test_a_link_to_the_wrong_engagement_is_moved_from_the_history_and_access_moves_with_it(
    open_with: MakeDesk,
) -> None:
    desk = open_with(
        [
            customer("1", "Havtorn AB", 103),
            *engagement("1", ANNA.id),
            *engagement("1", KARIN.id, "Momsredovisning", type="vat", fiscal_year=None),
            unlinked("one", "Havtorn AB", 103),
        ]
    )
    box = desk.find(QComboBox, "cardEngagement")
    box.setCurrentIndex(box.findData("en_1_Löpa"))
    desk.settle()
    desk.type_key(_ENTER)
    assert linked(desk, "cl_one") == ("cu_1", "en_1_Löpa")
    assert who_has_access(desk, "cl_one") == {ANNA.id}
    desk.press("unlinkedHistory")
    desk.press("historyChange")
    choice = desk.find(QComboBox, "linkEngagement")
    choice.setCurrentIndex(choice.findData("en_1_Moms"))
    desk.settle()
    assert text(desk, "linkAccess") == "Får tillgång: Karin Lund\nFörlorar tillgång: Anna Ek"
    assert cut_off(desk, "linkPlace", "linkAccess") == []
    desk.press("linkMove")
    desk.press("historyClose")
    assert linked(desk, "cl_one") == ("cu_1", "en_1_Moms")
    assert who_has_access(desk, "cl_one") == {KARIN.id}
    desk.press("unlinkedUndo")
    assert linked(desk, "cl_one") == ("cu_1", "en_1_Löpa")
    assert who_has_access(desk, "cl_one") == {ANNA.id}


@pytest.mark.case(35)
def test_a_link_is_removed_from_the_history_after_who_loses_access_was_said(open_with: MakeDesk) -> None:
    desk = open_with(
        [customer("1", "Havtorn AB", 103), *engagement("1", ANNA.id), unlinked("one", "Havtorn AB", 103)]
    )
    desk.type_key(_ENTER)
    desk.sync()
    desk.press("unlinkedHistory")
    desk.press("historyChange")
    assert "Samarbetet fortsätter hos Visma Spcs. Förlorar tillgång: Anna Ek." in desk.seen()
    desk.press("linkUnlink")
    desk.press("historyClose")
    assert linked(desk, "cl_one") == (None, None)
    assert who_has_access(desk, "cl_one") == set()
    desk.until(lambda: desk.names() == ["Havtorn AB"])
    desk.press("unlinkedUndo")
    assert linked(desk, "cl_one") == ("cu_1", "en_1_Löpa")


@pytest.mark.case(36)
def test_an_archived_customer_is_restored_with_the_link_and_archived_again_when_undone(
    open_with: MakeDesk,
) -> None:
    desk = open_with(
        [
            customer("1", "Havtorn AB", 103, state=CustomerState.ARCHIVED),
            *engagement("1", ANNA.id),
            unlinked("one", "Havtorn AB", 103),
        ]
    )
    assert "Kunden är arkiverad. Den återställs när du kopplar." in desk.seen()
    desk.type_key(Qt.Key.Key_1)
    assert desk.find(QPushButton, "cardLink").text() == "Återställ kund och koppla  Enter"
    desk.type_key(_ENTER)
    assert linked(desk, "cl_one") == ("cu_1", "en_1_Löpa")
    assert desk.on_server(Customer, "cu_1").state == CustomerState.ACTIVE
    desk.press("unlinkedUndo")
    assert linked(desk, "cl_one") == (None, None)
    assert desk.on_server(Customer, "cu_1").state == CustomerState.ARCHIVED


@pytest.mark.case(37)
def test_equal_names_with_different_numbers_are_different_companies(open_with: MakeDesk) -> None:
    desk = open_with(
        [customer("1", "Havtorn AB", 103), *engagement("1", ANNA.id), unlinked("one", "Havtorn AB", 104)]
    )
    shown = desk.card.card
    assert shown is not None
    assert (shown.row.view, shown.row.reason, shown.candidates) == ("none", "other_number", ())
    assert (
        "En kund heter likadant men har ett annat organisationsnummer: det är två olika företag."
        in desk.seen()
    )
    desk.type_key(_ENTER)
    assert linked(desk, "cl_one") == (None, None)
    # A person may know better: searched for by hand it can be chosen, and the number is marked as against.
    QTest.keyClicks(desk.find(QLineEdit, "cardSearch"), "havtorn")
    desk.until(lambda: desk.card.chosen is not None)
    chosen = desk.card.chosen
    assert chosen is not None
    assert [row.level for row in chosen.rows if row.field == "number"] == ["against"]
