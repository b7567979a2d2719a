"""Okopplade samarbeten, with the keyboard, on the sample firm."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QPushButton, QRadioButton

from app.domain.records import Collaboration
from app.storage.local_reader import LocalReader
from tests.ui.screens.conftest import Desk
from ui.collaborations import pane as collaborations
from ui.reconciliation.decision_card import DecisionCardView
from ui.reconciliation.pane import create_pane
from ui.reconciliation.review_dialog import ReviewDialog
from ui.widgets.info_bar import InfoBar
from ui.widgets.search_field import SearchField
from ui.widgets.table import Table


def collaboration(desk: Desk, id_: str) -> Collaboration:
    with desk.database.read() as unit:
        found = LocalReader(unit).find("collaboration", id_)
    assert isinstance(found, Collaboration)
    return found


def card(desk: Desk) -> DecisionCardView:
    return desk.find(DecisionCardView, "decisionCard")


def show_filter(desk: Desk, key: str) -> list[str]:
    desk.press(f"unlinkedFilter_{key}")
    desk.until(lambda: card_is_for_current(desk))
    return desk.ids("unlinkedTable")


def card_is_for_current(desk: Desk) -> bool:
    table, shown = desk.find(Table, "unlinkedTable"), card(desk).card
    current = table.rows.id_at(table.currentIndex().row())
    return shown is not None and shown.row.id == current and desk.background.is_idle


def press_key(desk: Desk, key: Qt.Key) -> None:
    QTest.keyClick(desk.find(Table, "unlinkedTable"), key)
    desk.settle()


def test_linking_is_the_only_primary_button(desk: Desk) -> None:
    desk.open(create_pane)
    assert desk.pane is not None
    desk.until(lambda: card_is_for_current(desk))
    bar = desk.find(InfoBar, "unlinkedCertain")
    assert bar.isVisible()
    assert bar.action.isVisible()
    shown = [one for one in desk.pane.findChildren(QPushButton) if one.isVisible()]
    assert [one.objectName() for one in shown if one.property("kind") == "primary"] == ["cardLink"]


def test_every_band_is_there_and_sums_to_all(desk: Desk) -> None:
    desk.open(create_pane)
    counts = {
        key: len(show_filter(desk, key))
        for key in ("certain", "likely", "unclear", "none", "missing_engagement")
    }
    assert all(counts.values()), counts
    assert counts["none"] + counts["unclear"] >= 15
    assert len(show_filter(desk, "all")) == sum(counts.values())


def test_enter_links_a_certain_one_moves_on_and_ctrl_z_takes_it_back(desk: Desk) -> None:
    desk.open(create_pane)
    first, second = show_filter(desk, "certain")[:2]
    assert "Får tillgång: " in desk.find(QLabel, "cardAccess").text()
    press_key(desk, Qt.Key.Key_Return)
    desk.until(lambda: first not in desk.ids("unlinkedTable"))
    assert collaboration(desk, first).engagement_id is not None
    assert desk.find(Table, "unlinkedTable").selected_ids() == [second]
    assert desk.toasts == [
        f"{collaboration(desk, first).company.name} kopplas till {linked_name(desk, first)}"
    ]
    desk.press("unlinkedUndo")
    desk.until(lambda: first in desk.ids("unlinkedTable"))
    assert collaboration(desk, first).customer_id is None


def linked_name(desk: Desk, id_: str) -> str:
    with desk.database.read() as unit:
        customer = LocalReader(unit).find("customer", collaboration(desk, id_).customer_id or "")
    return str(getattr(customer, "name", ""))


@pytest.mark.case(30)
def test_enter_on_a_row_without_a_chosen_candidate_does_nothing_and_says_why(desk: Desk) -> None:
    desk.open(create_pane)
    row = show_filter(desk, "none")[0]
    press_key(desk, Qt.Key.Key_Return)
    assert desk.toasts == ["Det finns inget förslag. Sök efter kunden eller skapa den (K)."]
    assert collaboration(desk, row).customer_id is None
    assert not desk.find(QPushButton, "cardLink").isEnabled()


@pytest.mark.case(31)
def test_an_unclear_row_has_no_candidate_chosen_until_a_digit_is_pressed(desk: Desk) -> None:
    desk.open(create_pane)
    for row in show_filter(desk, "unclear"):
        desk.find(Table, "unlinkedTable").select_id(row)
        desk.until(lambda: card_is_for_current(desk))
        shown = card(desk).card
        assert shown is not None
        if len(shown.candidates) > 1:
            break
    assert card(desk).chosen is None
    press_key(desk, Qt.Key.Key_2)
    assert card(desk).chosen == shown.candidates[1]
    assert desk.find(QRadioButton, "candidate_2").isChecked()


def test_nothing_is_decided_while_the_next_card_is_being_fetched(desk: Desk) -> None:
    desk.open(create_pane)
    rows = show_filter(desk, "certain")
    table = desk.find(Table, "unlinkedTable")
    table.select_id(rows[1])
    QTest.keyClick(table, Qt.Key.Key_Return)
    desk.settle()
    assert [collaboration(desk, row).engagement_id for row in rows[:2]] == [None, None]


def test_none_of_these_is_remembered_with_its_reason_and_taken_up_again(desk: Desk) -> None:
    desk.open(create_pane)
    row = show_filter(desk, "none")[0]
    QTest.keyClick(desk.find(Table, "unlinkedTable"), Qt.Key.Key_N)
    menu = desk.find(QMenu, "noneReasons")
    next(action for action in menu.actions() if action.data() == "test_data").trigger()
    menu.close()
    desk.until(lambda: row not in desk.ids("unlinkedTable"))
    assert row in show_filter(desk, "decided")
    assert "Testdata" in desk.seen()
    desk.press("cardRevoke")
    desk.until(lambda: row not in desk.ids("unlinkedTable"))
    assert row in show_filter(desk, "all")


def test_later_puts_a_row_among_the_decided(desk: Desk) -> None:
    desk.open(create_pane)
    row = show_filter(desk, "unclear")[0]
    press_key(desk, Qt.Key.Key_S)
    desk.until(lambda: row not in desk.ids("unlinkedTable"))
    assert row in show_filter(desk, "decided")


@pytest.mark.case(33)
def test_the_service_is_chosen_where_the_product_says_nothing(desk: Desk) -> None:
    desk.open(create_pane)
    for row in show_filter(desk, "likely"):
        desk.find(Table, "unlinkedTable").select_id(row)
        desk.until(lambda: card_is_for_current(desk))
        shown = card(desk).card
        if shown is not None and shown.row.reason == "service_unknown":
            break
    else:
        raise AssertionError("the sample has no unmapped product among the likely")
    assert card(desk).why_not_link() == "Välj tjänst först (T)."
    lines = shown.lines
    for number, line in enumerate(lines, start=1):
        name = "" if number == 1 else str(number)
        if line.mapping not in ("exact", "known"):
            desk.find(QComboBox, f"cardService{name}").setCurrentIndex(0)
        desk.find(QComboBox, f"cardEngagement{name}").setCurrentIndex(0)
    wishes = card(desk).lines.wishes()
    desk.settle()
    press_key(desk, Qt.Key.Key_Return)
    desk.until(lambda: row not in desk.ids("unlinkedTable"))
    for wish in wishes:
        linked = collaboration(desk, wish.collaboration_id)
        assert (linked.service, linked.engagement_id) == (wish.service, wish.engagement_id)
        assert linked.service


def test_a_customer_can_be_searched_for_by_hand(desk: Desk) -> None:
    desk.open(create_pane)
    row = show_filter(desk, "none")[0]
    field = desk.find(SearchField, "cardSearch")
    QTest.keyClicks(field, "vinterback golv")
    desk.until(lambda: card(desk).chosen is not None and "Vinterb" in (card(desk).chosen.name))  # type: ignore[union-attr]
    assert collaboration(desk, row).customer_id is None


def test_many_certain_ones_are_reviewed_first_and_undone_as_one(desk: Desk) -> None:
    desk.open(create_pane)
    rows = show_filter(desk, "certain")
    desk.press("unlinkedCertainAction")
    dialog = desk.find(ReviewDialog, "reviewDialog")
    model = dialog.findChild(Table, "reviewTable").rows
    desk.until(lambda: model.rowCount() == len(rows))
    handles = {desk.samverka.reconciliation.queue.find_handle(row): row for row in rows}
    assert model.ticked == handles.keys()
    model.toggle_tick(0)
    left_out = model.id_at(0)
    queue = desk.samverka.reconciliation.queue
    linked = sum(len(row.collaboration_ids) for row in queue.list_rows(sorted(model.ticked)))
    desk.press("reviewAccept")
    desk.until(lambda: desk.ids("unlinkedTable") == [left_out])
    desk.settle()
    assert desk.toasts == [f"{linked} samarbeten kopplas"]
    desk.press("unlinkedUndo")
    desk.until(lambda: sorted(desk.ids("unlinkedTable")) == sorted(rows))


def test_a_personal_number_is_never_shown_in_full(desk: Desk) -> None:
    desk.open(create_pane)
    model = desk.find(Table, "unlinkedTable").rows
    desk.until(lambda: model.rowCount() and all(model.id_at(at) for at in range(model.rowCount())))
    shown = " ".join(str(model.data(model.index(at, 1))) for at in range(model.rowCount()))
    assert "121212+••••" in shown
    assert "1212-1212" not in shown
    assert "12121212" not in shown


def test_one_that_is_gone_takes_no_other_of_the_lot_with_it(desk: Desk) -> None:
    desk.open(create_pane)
    rows = show_filter(desk, "certain")
    reconciliation = desk.samverka.reconciliation
    handles = [reconciliation.queue.find_handle(row) for row in rows[:2]]
    bests = reconciliation.list_bests(handles)
    reviewed = {handles[0]: bests[handles[0]], 999_999: "cu_gone", handles[1]: "cu_another"}
    many = reconciliation.link_many(reviewed)
    assert many.companies == 1
    assert collaboration(desk, rows[0]).engagement_id is not None
    assert collaboration(desk, rows[1]).engagement_id is None
    assert [code for _, code in many.left] == ["gone", "suggestion_changed"]


def test_a_link_is_taken_away_from_the_list_of_collaborations(desk: Desk) -> None:
    desk.open(collaborations.create_pane)
    with desk.database.read() as unit:
        linked = unit.value(
            "SELECT id FROM shown_collaboration WHERE engagement_id IS NOT NULL AND state = 'active'"
            " ORDER BY name_key LIMIT 1"
        )
    table = desk.find(Table, "collaborationsTable")
    desk.until(lambda: linked in desk.ids("collaborationsTable"))
    table.select_id(linked)
    assert desk.pane is not None
    desk.pane.handled_actions()["change_link"]()
    desk.settle()
    assert "Samarbetet fortsätter hos Visma Spcs." in desk.find(InfoBar, "linkUnlinkBar").accessibleName()
    desk.press("linkUnlink")
    desk.until(lambda: collaboration(desk, linked).engagement_id is None)
    assert desk.toasts == [f"Kopplingen för {collaboration(desk, linked).company.name} tas bort"]
