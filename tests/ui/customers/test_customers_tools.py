"""More filters, saved views and columns of the customer list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QListWidget

from tests.ui.customers.conftest import Firm, customer
from ui.customers.tools import CustomerTools
from ui.widgets.table import Table


def names(firm: Firm) -> list[str]:
    """Return the names in the order shown."""
    table = firm.pane.findChild(Table, "customersTable")
    assert table is not None
    rows = [table.rows.row_at(at) for at in range(table.rows.rowCount())]
    return [row.name for row in rows if row is not None]


def press(firm: Firm, name: str) -> None:
    button = firm.pane.findChild(QAbstractButton, name)
    assert button is not None, name
    button.click()
    firm.settle()


def choose(firm: Firm, field: str, text: str) -> None:
    box = firm.pane.findChild(QComboBox, f"customersMore_{field}")
    assert box is not None, field
    at = box.findText(text)
    assert at >= 0, [box.itemText(place) for place in range(box.count())]
    box.setCurrentIndex(at)
    firm.settle()


def columns(firm: Firm) -> list[str]:
    table = firm.pane.findChild(Table, "customersTable")
    assert table is not None
    return [table.rows.column_at(at).key for at in range(table.rows.columnCount())][1:]


def test_the_boxes_narrow_together(firm: Firm) -> None:
    everybody = len(names(firm))
    press(firm, "customersMoreFilters")
    choose(firm, "service", "eEkonomi")
    assert names(firm) == ["Zettermans AB"]
    choose(firm, "service_state", "Väntar på kund")
    assert names(firm) == []
    press(firm, "customersMoreClear")
    assert len(names(firm)) == everybody
    choose(firm, "owner_id", "Karin Ek")
    assert names(firm) == ["Zettermans AB"]
    choose(firm, "manager_id", "Karin Ek")
    choose(firm, "engagement_type", "Löpande bokföring")
    choose(firm, "registered", "Registrerad")
    assert names(firm) == ["Zettermans AB"]


def test_month_office_group_and_archive(firm: Firm) -> None:
    firm.pull(
        [
            customer(6, "Dotter AB", parent_id="cu_1", fiscal_year_end="06-30", office="Umeå"),
            customer(7, "Gamla kunden AB", state="archived"),
        ]
    )
    firm.settle()
    press(firm, "customersMoreFilters")
    choose(firm, "year_end_month", "Räkenskapsår till juni")
    assert names(firm) == ["Dotter AB"]
    press(firm, "customersMoreClear")
    choose(firm, "office", "Umeå")
    assert names(firm) == ["Dotter AB"]
    press(firm, "customersMoreClear")
    choose(firm, "group_id", "Zettermans AB")
    assert "Dotter AB" in names(firm)
    press(firm, "customersMoreClear")
    choose(firm, "archived", "Arkiverade kunder")
    assert names(firm) == ["Gamla kunden AB"]


def test_a_view_is_saved_shown_and_removed(firm: Firm) -> None:
    tools = firm.pane.findChild(CustomerTools)
    assert tools is not None
    press(firm, "customersMoreFilters")
    choose(firm, "service", "Scanner")
    tools.save_view("Scanner hos kunder")
    firm.settle()
    press(firm, "customersMoreClear")
    assert len(names(firm)) > 1
    tools.show_view("Scanner hos kunder")
    firm.settle()
    assert names(firm) == ["Östens Måleri"]
    assert [view.name for view in firm.samverka.views.list_views("customers")] == ["Scanner hos kunder"]
    firm.samverka.views.remove("customers", "Scanner hos kunder")
    assert firm.samverka.views.list_views("customers") == ()


def test_columns_are_chosen_ordered_and_kept(firm: Firm) -> None:
    assert columns(firm) == ["number", "name", "registered", "services", "manager", "changed"]
    press(firm, "customersColumns")
    dialog = firm.pane.findChild(QListWidget, "columnsList")
    assert dialog is not None
    for at in range(dialog.count()):
        if dialog.item(at).text() in ("Ändrad", "Kundnr"):
            dialog.item(at).setCheckState(Qt.CheckState.Unchecked)
        if dialog.item(at).text() == "Ort":
            dialog.item(at).setCheckState(Qt.CheckState.Checked)
    dialog.setCurrentRow(1)
    press(firm, "columnsUp")
    press(firm, "dialogAccept")
    assert columns(firm) == ["name", "registered", "services", "manager", "town"]
    assert firm.samverka.views.columns("customers") == tuple(columns(firm))
