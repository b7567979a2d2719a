"""Kunder, with keyboard and mouse on the real use cases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.customers.conftest import Firm, customer
from ui.translation import Languages
from ui.widgets.cells import CELL_ROLE
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.side_panel import SidePanel
from ui.widgets.table import Table


def table(firm: Firm) -> Table:
    return firm.pane.findChild(Table, "customersTable")


def names(firm: Firm) -> list[str]:
    model = table(firm).rows
    name = model.section_of("name")
    return [model.data(model.index(row, name), CELL_ROLE).text for row in range(model.rowCount())]


def pill(firm: Firm, key: str) -> QPushButton:
    return firm.pane.findChild(QPushButton, f"customersFilters_{key}")


def test_names_are_in_swedish_order(firm: Firm) -> None:
    firm.qtbot.waitUntil(
        lambda: (
            names(firm) == ["Vikens Fisk", "Wiksell Bygg", "Zettermans AB", "Åkeri Norr AB", "Östens Måleri"]
        )
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("wik", ["Wiksell Bygg"]),
        ("556036-0793", ["Zettermans AB"]),
        ("5560360793", ["Zettermans AB"]),
        ("orjan", ["Zettermans AB"]),
        ("zetterman.example", ["Zettermans AB"]),
        ("åk", ["Åkeri Norr AB"]),
        ("ak", ["Åkeri Norr AB"]),
    ],
)
def test_search_as_one_types(firm: Firm, typed: str, expected: list[str]) -> None:
    field = firm.pane.findChild(QLineEdit, "customersSearch")
    firm.qtbot.keyClicks(field, typed)
    firm.qtbot.waitUntil(lambda: names(firm) == expected)


def test_what_matches_nothing_can_be_cleared(firm: Firm) -> None:
    field = firm.pane.findChild(QLineEdit, "customersSearch")
    firm.qtbot.keyClicks(field, "finns inte")
    firm.qtbot.waitUntil(lambda: firm.pane.findChild(EmptyState, "customersEmpty") is not None)
    empty = firm.pane.findChild(EmptyState, "customersEmpty")
    firm.qtbot.waitUntil(empty.isVisible)
    firm.qtbot.waitUntil(lambda: empty.kind is Emptiness.NOTHING_MATCHES)
    firm.qtbot.mouseClick(empty.action, Qt.MouseButton.LeftButton)
    firm.qtbot.waitUntil(lambda: len(names(firm)) == 5)
    assert field.text() == ""


def test_filters_have_counts_and_narrow(firm: Firm) -> None:
    firm.qtbot.waitUntil(lambda: pill(firm, "mine").text() == "Mina  1")
    assert pill(firm, "missing_engagement").text() == "Uppdrag saknas  1"
    assert pill(firm, "waiting").text() == "Väntar på kund  1"
    firm.qtbot.mouseClick(pill(firm, "missing_engagement"), Qt.MouseButton.LeftButton)
    firm.qtbot.waitUntil(lambda: names(firm) == ["Östens Måleri"])
    firm.qtbot.mouseClick(pill(firm, "mine"), Qt.MouseButton.LeftButton)
    firm.qtbot.waitUntil(lambda: names(firm) == ["Zettermans AB"])


def test_a_head_sorts_and_sorts_back(firm: Firm) -> None:
    firm.settle()
    shown = table(firm)
    header = shown.horizontalHeader()
    x = header.sectionViewportPosition(shown.rows.section_of("number")) + 10
    firm.qtbot.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton, pos=header.viewport().rect().topLeft() + _point(x, 10)
    )
    firm.qtbot.waitUntil(lambda: names(firm)[0] == "Zettermans AB")
    firm.qtbot.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton, pos=header.viewport().rect().topLeft() + _point(x, 10)
    )
    firm.qtbot.waitUntil(lambda: names(firm)[0] == "Vikens Fisk")


def test_a_missing_engagement_is_grey_and_a_personal_number_is_masked(firm: Firm) -> None:
    firm.qtbot.waitUntil(lambda: len(names(firm)) == 5)
    model = table(firm).rows
    services = model.section_of("services")
    chips = model.data(model.index(4, services), CELL_ROLE).chips
    assert [(chip.text, chip.kind, chip.hint) for chip in chips] == [
        ("Scanner", "none", "Scanner: Aktivt, uppdrag saknas")
    ]
    assert model.data(model.index(1, model.section_of("name")), CELL_ROLE).second == "850709-••••"


def test_a_screen_reader_hears_a_sentence_about_the_row(firm: Firm) -> None:
    firm.qtbot.waitUntil(lambda: len(names(firm)) == 5)
    model = table(firm).rows
    said = model.data(model.index(2, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == ("Zettermans AB, 556036-0793, Registrerad, eEkonomi: Aktivt, Utlägg: Väntar på kund.")


def test_the_panel_tells_about_the_chosen_customer(firm: Firm) -> None:
    firm.qtbot.waitUntil(lambda: len(names(firm)) == 5)
    table(firm).select_id("cu_1")
    firm.qtbot.waitUntil(lambda: firm.pane.findChild(SidePanel, "customerPanel") is not None)
    panel = firm.pane.findChild(SidePanel, "customerPanel")
    firm.qtbot.waitUntil(panel.isVisible)
    words = [label.text() for label in panel.findChildren(QLabel)]
    assert "Örjan Fält · huvudkontakt" in words
    assert "Löpande bokföring 2026" in words
    assert "Väntar på kund · Löpande bokföring 2026" in words
    assert "Karin Ek" in words


def test_ticked_customers_are_activated_together(firm: Firm) -> None:
    firm.qtbot.waitUntil(lambda: len(names(firm)) == 5)
    model = table(firm).rows
    model.toggle_tick(0)
    model.toggle_tick(2)
    many = firm.pane.findChild(QPushButton, "customersActivateMany")
    assert many.text() == "Aktivera tjänst för 2…"
    firm.qtbot.mouseClick(many, Qt.MouseButton.LeftButton)
    firm.qtbot.waitUntil(lambda: bool(firm.went))
    key, arguments = firm.went[0]
    assert key == "activation"
    assert sorted(arguments["customer_ids"]) == ["cu_1", "cu_5"]


def test_ticked_customers_are_copied_as_text(firm: Firm) -> None:
    firm.qtbot.waitUntil(lambda: len(names(firm)) == 5)
    table(firm).rows.toggle_tick(2)
    firm.qtbot.mouseClick(firm.pane.findChild(QPushButton, "customersCopy"), Qt.MouseButton.LeftButton)
    firm.qtbot.waitUntil(lambda: bool(firm.toasts))
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Kundnr\tKund\tOrg.nr\tHos Visma Spcs\tTjänster")
    assert lines[1].startswith("1\tZettermans AB\t556036-0793\tRegistrerad\teEkonomi, Utlägg\tKarin Ek")


def test_a_pull_changes_rows_in_place_and_keeps_the_selection(firm: Firm) -> None:
    firm.qtbot.waitUntil(lambda: len(names(firm)) == 5)
    shown = table(firm)
    shown.select_id("cu_2")
    with firm.qtbot.assertNotEmitted(shown.rows.modelReset):
        firm.pull([customer(2, "Åkeri Söder AB"), customer(6, "Ahlins Plåt")])
        firm.qtbot.waitUntil(lambda: "Åkeri Söder AB" in names(firm) and "Ahlins Plåt" in names(firm))
    assert shown.rows.id_at(shown.currentIndex().row()) == "cu_2"


def test_enter_opens_the_customer(firm: Firm, qtbot: QtBot) -> None:
    firm.qtbot.waitUntil(lambda: len(names(firm)) == 5)
    table(firm).select_id("cu_3")
    qtbot.keyClick(table(firm), Qt.Key.Key_Return)
    assert firm.went == [("customer", {"customer_id": "cu_3"})]


def _point(x: int, y: int) -> object:
    from PySide6.QtCore import QPoint

    return QPoint(x, y)


def test_the_language_changes_everywhere_at_once(firm: Firm, languages: Languages) -> None:
    firm.qtbot.waitUntil(lambda: len(names(firm)) == 5)
    table(firm).select_id("cu_1")
    firm.qtbot.waitUntil(lambda: firm.pane.findChild(SidePanel, "customerPanel") is not None)
    firm.context.messages.language = "en"
    languages.choose("en")
    firm.qtbot.waitUntil(lambda: pill(firm, "mine").text() == "Mine  1")
    panel = firm.pane.findChild(SidePanel, "customerPanel")
    assert panel.findChild(QPushButton, "panelOpen").text() == "Open the customer"
    assert table(firm).rows.column_at(2).title == "Customer"
    assert firm.side == "5 in the selection"
