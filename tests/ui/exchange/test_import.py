"""An import by hand: chosen, looked at, committed, followed, called off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.what_changed import WhatChanged
from app.storage.outbox import count_by_state
from app.usecases.customer_list import CustomerFilter, CustomerList
from app.usecases.importing import ImportRow
from tests.ui.exchange.conftest import LIST, Desk
from ui.exchange.list_model import ImportListModel
from ui.exchange.presenter import Step
from ui.widgets.info_bar import InfoBar
from ui.widgets.search_field import SearchField
from ui.widgets.table import Table

WEB_PAGE = "<!DOCTYPE html><html><body>Logga in</body></html>"


def model(desk: Desk) -> ImportListModel:
    found = table(desk).model()
    assert isinstance(found, ImportListModel)
    return found


def table(desk: Desk) -> Table:
    found = desk.pane.findChild(Table, "importTable")
    assert isinstance(found, Table)
    return found


def button(desk: Desk, name: str) -> QPushButton:
    found = desk.pane.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def foot(desk: Desk) -> str:
    found = desk.pane.findChild(QLabel, "importFootText")
    assert isinstance(found, QLabel)
    return found.text()


def shown_names(desk: Desk) -> list[str]:
    rows = model(desk)
    found = [rows.row_at(at) for at in range(rows.rowCount())]
    return [row.row.name for row in found if row is not None]


def press(desk: Desk, name: str) -> None:
    QTest.mouseClick(button(desk, name), Qt.MouseButton.LeftButton)


def commit_and_wait(desk: Desk) -> None:
    press(desk, "importCommit")
    desk.qtbot.waitUntil(lambda: desk.pane.presenter.step is Step.SENDING)


def test_rows_are_shown_by_what_would_happen_to_them(desk: Desk) -> None:
    desk.open(desk.write("kunder.csv", LIST))
    names = {}
    for key in ("new", "changed", "same", "invalid", "remarks"):
        desk.pane.choose_filter(key)
        names[key] = shown_names(desk)
    assert names == {
        "new": ["Kommunen", "Delta AB", "Berga Gård"],
        "changed": ["Alfa AB"],
        "same": ["Gamma AB"],
        "invalid": ["Epsilon AB"],
        "remarks": ["Delta AB", "Epsilon AB", "Berga Gård"],
    }
    assert foot(desk) == "3 nya och 1 ändrade kunder är valda"


def test_reasons_are_sentences_and_differences_are_told(desk: Desk) -> None:
    desk.open(desk.write("kunder.csv", LIST))
    rows = model(desk)
    said = {
        name: rows.cell(row, "why").text for name, row in zip(shown_names(desk), _rows(desk), strict=True)
    }
    assert said["Epsilon AB"] == "070-123 45 67 är ett telefonnummer, inte ett organisationsnummer."
    assert said["Alfa AB"] == "Ort: – → Solna"
    assert "Kontrollsiffran i 559123-4567 stämmer inte." in said["Delta AB"]


def test_a_personal_number_is_masked_wherever_it_is_shown(desk: Desk) -> None:
    desk.open(desk.write("kunder.csv", LIST))
    rows = model(desk)
    at = shown_names(desk).index("Berga Gård")
    row = rows.row_at(at)
    assert row is not None
    assert rows.cell(row, "name").second == "850709-••••"
    table(desk).selectRow(at)
    told = [found.text() for found in desk.pane.findChildren(QLabel)]
    assert any("850709-••••" in text for text in told)
    assert not any("9805" in text for text in [*told, rows.sentence(row), rows.cell(row, "why").hint])


def test_a_web_page_is_refused_and_the_other_file_is_read(desk: Desk) -> None:
    desk.open(desk.write("saldo.SE", WEB_PAGE), desk.write("kunder.csv", LIST))
    bars = [bar for bar in desk.pane.findChildren(InfoBar) if bar.isVisible()]
    assert [bar.accessibleName().startswith("saldo.SE Filen är en sparad webbsida") for bar in bars] == [True]
    assert model(desk).rowCount() == 6


def test_nothing_but_refused_files_says_so(desk: Desk) -> None:
    desk.open(desk.write("saldo.SE", WEB_PAGE))
    assert model(desk).rowCount() == 0
    assert not button(desk, "importCommit").isVisible()
    assert button(desk, "importEmptyAction").isVisible()


def test_searching_narrows_the_rows_and_keeps_the_ticks(desk: Desk) -> None:
    desk.open(desk.write("kunder.csv", LIST))
    search = desk.pane.findChild(SearchField, "importSearch")
    assert isinstance(search, SearchField)
    QTest.keyClicks(search, "kommunen")
    desk.qtbot.waitUntil(lambda: shown_names(desk) == ["Kommunen"])
    assert len(model(desk).ticked) == 4


def test_only_what_is_ticked_is_imported(desk: Desk) -> None:
    desk.open(desk.write("kunder.csv", LIST))
    at = shown_names(desk).index("Delta AB")
    table(desk).selectRow(at)
    QTest.keyClick(table(desk), Qt.Key.Key_Space)
    assert button(desk, "importCommit").text() == "Importera 3 kunder"
    commit_and_wait(desk)
    customers = CustomerList(desk.workspace)
    assert customers.count(CustomerFilter(search="Delta")) == 0
    assert customers.count(CustomerFilter(search="Kommunen")) == 1


def test_a_row_that_cannot_be_imported_has_no_tick(desk: Desk) -> None:
    desk.open(desk.write("kunder.csv", LIST))
    rows = model(desk)
    states = {
        name: rows.index(at, 0).data(Qt.ItemDataRole.CheckStateRole)
        for at, name in enumerate(shown_names(desk))
    }
    assert states["Epsilon AB"] is None
    assert states["Gamma AB"] is None
    assert states["Kommunen"] == Qt.CheckState.Checked


def test_the_way_to_the_server_is_followed_to_the_end(desk: Desk) -> None:
    desk.open(desk.write("kunder.csv", LIST))
    commit_and_wait(desk)
    desk.qtbot.waitUntil(lambda: foot(desk) == "0 av 4 har kommit fram")
    desk.confirm()
    desk.qtbot.waitUntil(lambda: desk.pane.presenter.step is Step.DONE)
    assert foot(desk) == "Klart: 3 nya och 1 ändrade kunder är inlästa"
    press(desk, "importCommit")
    assert desk.went == [("customers", {})]


def test_calling_it_off_takes_back_what_has_not_gone(desk: Desk) -> None:
    desk.open(desk.write("kunder.csv", LIST))
    commit_and_wait(desk)
    press(desk, "importStop")
    desk.qtbot.waitUntil(lambda: desk.pane.presenter.step is Step.DONE)
    assert foot(desk) == "Avbrutet: 0 hade redan kommit fram och 4 togs tillbaka"
    with desk.database.read() as unit:
        assert count_by_state(unit) == {}
    press(desk, "importSecond")
    desk.qtbot.waitUntil(lambda: desk.pane.presenter.step is Step.PREVIEW)
    assert foot(desk) == "3 nya och 1 ändrade kunder är valda"


def test_it_goes_on_while_another_screen_is_shown(desk: Desk) -> None:
    desk.open(desk.write("kunder.csv", LIST))
    press(desk, "importCommit")
    desk.pane.hide()
    desk.qtbot.waitUntil(lambda: desk.pane.presenter.step is Step.SENDING)
    desk.confirm()
    desk.qtbot.waitUntil(lambda: desk.pane.presenter.step is Step.DONE)


def test_without_the_right_everything_is_blocked_with_the_reason(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk("st_some")
    reason = "Bara medarbetare med fullständig behörighet får läsa in kunder."
    desk.qtbot.waitUntil(lambda: reason in button(desk, "importEmptyAction").toolTip())
    assert not button(desk, "importEmptyAction").isEnabled()
    assert not desk.context.actions["import"].isEnabled()
    desk.open(desk.write("kunder.csv", LIST))
    assert not button(desk, "importCommit").isEnabled()
    assert reason in button(desk, "importCommit").accessibleDescription()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_remark_has_a_sentence(desk: Desk, language: str) -> None:
    desk.context.messages.language = language
    desk.open(desk.write("kunder.csv", LIST))
    assert not any("kod " in model(desk).cell(row, "why").text for row in _rows(desk))


def _rows(desk: Desk) -> list[ImportRow]:
    rows = model(desk)
    found = [rows.row_at(at) for at in range(rows.rowCount())]
    return [row for row in found if row is not None]


def test_a_firm_that_comes_after_the_files_is_held_against_them(desk: Desk) -> None:
    desk.open(desk.write("kunder.csv", LIST))
    before = desk.pane.presenter.listed
    desk.events.publish(WhatChanged(everything=True))
    desk.qtbot.waitUntil(
        lambda: desk.pane.presenter.step is Step.PREVIEW and desk.pane.presenter.listed is not before
    )
    assert shown_names(desk)
