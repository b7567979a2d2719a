"""The table: keys, copying, the focus, and what stays where it is when rows come and go."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shell.listed_rows import ListedRow, ListedRows, RowSource, WindowedRows
from ui.background import Background
from ui.theme import Theme
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.table import Table


def test_copying_gives_tabs_and_a_table_with_numbers_as_text(qtbot: QtBot, theme: Theme) -> None:
    table = Table(theme)
    qtbot.addWidget(table)
    model = ListedRows(parent=table)
    model.set_rows([ListedRow("a", "Adam & Co"), ListedRow("b", "Bo")])
    table.setModel(model)
    table.select_id("a")
    table.copy_selection()
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == "Kund\t\tOrg.nr\nAdam & Co\t556036-0793\t556036-0793"
    assert "<td style=\"mso-number-format:'\\@'\">Adam &amp; Co</td>" in mime.html()


def test_keys_activate_and_tick(qtbot: QtBot, theme: Theme) -> None:
    table = Table(theme)
    qtbot.addWidget(table)
    model = ListedRows(tickable=True, parent=table)
    model.set_rows([ListedRow("a", "Adam"), ListedRow("b", "Bo")])
    table.setModel(model)
    table.select_id("b")
    with qtbot.waitSignal(table.activated_id) as activated:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert activated.args == ["b"]
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert model.ticked == {"b"}


class _Around(QWidget):
    """What stands around a list and gets the keys that the list leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


def test_enter_on_a_row_that_is_still_being_fetched_is_not_lost(
    qtbot: QtBot, background: Background, theme: Theme
) -> None:
    around = _Around()
    qtbot.addWidget(around)
    table = Table(theme, parent=around)
    model = WindowedRows(RowSource(10_000), background, parent=table)
    table.setModel(model)
    with qtbot.waitSignal(model.counted):
        model.show("all")
    table.setCurrentIndex(model.index(9_000, 0))
    with qtbot.assertNotEmitted(table.activated_id):
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert around.keys == [Qt.Key.Key_Return]
    qtbot.waitUntil(lambda: model.id_at(9_000) == "id9000")
    with qtbot.waitSignal(table.activated_id) as activated:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert activated.args == ["id9000"]
    assert around.keys == [Qt.Key.Key_Return]


def shown_table(
    qtbot: QtBot, background: Background, theme: Theme, source: RowSource
) -> tuple[Table, WindowedRows]:
    """Show all of a source in a table, and return when every key is known."""
    table = Table(theme)
    qtbot.addWidget(table)
    model = WindowedRows(source, background, parent=table)
    table.setModel(model)
    table.resize(600, 400)
    table.show()
    with qtbot.waitSignal(model.counted):
        model.show("all")
    return table, model


def test_rows_that_come_and_go_at_both_ends_leave_the_scroll_and_the_chosen_row(
    qtbot: QtBot, background: Background, theme: Theme
) -> None:
    source = RowSource(2_000)
    table, model = shown_table(qtbot, background, theme, source)
    table.setCurrentIndex(model.index(1_000, 0))
    table.scrollTo(model.index(1_000, 0))
    before = table.verticalScrollBar().value()
    del source.all[1_990]
    source.all.insert(5, "new")
    with qtbot.waitSignal(model.counted):
        model.refresh()
    assert model.key_at(table.currentIndex().row()) == "id1000"
    row_height = table.rowHeight(0)
    assert abs(table.verticalScrollBar().value() - before) <= row_height


def place_of_chosen(table: Table) -> int:
    """Return how far down in the view the chosen row is."""
    return table.visualRect(table.currentIndex()).top()


def first_seen(table: Table) -> object:
    """Return the key of the uppermost row, when what has changed has been laid out."""
    table.visualRect(table.model().index(0, 0))
    return table.rows.key_at(table.rowAt(0))


@pytest.mark.parametrize("chosen", [0, 3, 1_000])
def test_the_chosen_row_keeps_its_place_on_the_screen_when_rows_come_above_it(
    qtbot: QtBot, background: Background, theme: Theme, chosen: int
) -> None:
    source = RowSource(2_000)
    table, model = shown_table(qtbot, background, theme, source)
    table.setCurrentIndex(model.index(chosen, 0))
    before = place_of_chosen(table)
    source.all[0:0] = ["new1", "new2", "new3"]
    with qtbot.waitSignal(model.counted):
        model.refresh()
    assert model.key_at(table.currentIndex().row()) == f"id{chosen}"
    assert place_of_chosen(table) == before


def test_what_is_looked_at_stays_when_rows_above_the_view_come_and_go(
    qtbot: QtBot, background: Background, theme: Theme
) -> None:
    source = RowSource(2_000)
    table, model = shown_table(qtbot, background, theme, source)
    table.setCurrentIndex(model.index(2, 0))
    table.scrollTo(model.index(1_000, 0), Table.ScrollHint.PositionAtTop)  # the chosen row is out of sight
    assert first_seen(table) == "id1000"
    source.all[0:0] = ["new1", "new2", "new3"]
    with qtbot.waitSignal(model.counted):
        model.refresh()
    assert first_seen(table) == "id1000"
    del source.all[100:300]
    with qtbot.waitSignal(model.counted):
        model.refresh()
    assert first_seen(table) == "id1000"


def test_rows_that_go_from_the_view_close_up_and_new_ones_are_seen_at_the_top(
    qtbot: QtBot, background: Background, theme: Theme
) -> None:
    source = RowSource(2_000)
    table, model = shown_table(qtbot, background, theme, source)
    table.clearSelection()
    table.setCurrentIndex(model.index(-1, 0))
    source.all.insert(0, "new")
    with qtbot.waitSignal(model.counted):
        model.refresh()
    assert first_seen(table) == "new"  # nothing is chosen: the newest is what a person wants
    table.setCurrentIndex(model.index(1_001, 0))
    table.scrollTo(model.index(999, 0), Table.ScrollHint.PositionAtTop)
    before = place_of_chosen(table)
    source.all.remove("id999")  # the row above the chosen one has been decided
    with qtbot.waitSignal(model.counted):
        model.refresh()
    assert place_of_chosen(table) == before - table.rowHeight(0)


class _LongSource(RowSource):
    """Reads its list only when it may."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.may_read = threading.Event()
        self.may_read.set()
        self.come: set[str] = set()

    def list_keys(self, query: Any, limit: int | None = None) -> Sequence[str]:
        assert self.may_read.wait(60)
        return list(super().list_keys(query, limit))

    def list_kept(self, _query: Any, keys: Sequence[str]) -> Sequence[str]:
        return [key for key in keys if key in self.all]

    def list_come(self, _query: Any) -> Sequence[tuple[str, str | None]]:
        after = dict(zip(self.all, [*self.all[1:], None], strict=True))
        return [(key, after[key]) for key in self.all if key in self.come]


def test_a_row_that_is_looked_at_goes_before_a_long_list_has_been_read(
    qtbot: QtBot, background: Background, theme: Theme
) -> None:
    source = _LongSource(5_000)
    table, model = shown_table(qtbot, background, theme, source)
    table.setCurrentIndex(model.index(3_000, 0))
    table.scrollTo(model.index(3_000, 0))
    qtbot.waitUntil(lambda: model.id_at(3_000) == "id3000")
    source.may_read.clear()
    source.all.remove("id3000")
    source.all.insert(4_500, "new")
    del source.all[1_000]
    with qtbot.waitSignal(model.counted):
        model.refresh()
    assert model.rowCount() == 4_999
    assert model.position_of_key("id3000") == -1
    assert model.key_at(table.currentIndex().row()) == "id3001"
    with qtbot.waitSignal(model.counted):
        source.may_read.set()
    assert list(model.keys) == source.all
    assert model.key_at(table.currentIndex().row()) == "id3001"


def test_a_row_that_comes_back_stands_in_its_place_before_a_long_list_has_been_read(
    qtbot: QtBot, background: Background, theme: Theme
) -> None:
    source = _LongSource(5_000)
    table, model = shown_table(qtbot, background, theme, source)
    model.set_ticked(["id7"])
    table.setCurrentIndex(model.index(3_000, 0))
    table.scrollTo(model.index(3_000, 0))
    source.may_read.clear()
    source.all.insert(4_999, "last but one")
    source.all[2_000:2_000] = ["new", "newer"]
    source.all.append("last")
    source.come = {"newer", "last", "new", "id10"}  # one has been shown already
    with qtbot.waitSignal(model.counted), qtbot.assertNotEmitted(model.settled):
        model.refresh()
    assert list(model.keys) == [key for key in source.all if key != "last but one"]
    assert model.key_at(table.currentIndex().row()) == "id3000"
    assert model.ticked == {"id7"}
    with qtbot.waitSignal(model.settled):
        source.may_read.set()
    assert list(model.keys) == source.all


def test_the_focus_comes_back_to_a_list_that_was_empty_for_a_while(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    elsewhere, place, rows = QPushButton("elsewhere"), QWidget(), QPushButton("rows")
    column.addWidget(place)
    column.addWidget(elsewhere)
    stack = QStackedLayout(place)
    empty = EmptyState(theme)
    stack.addWidget(rows)
    stack.addWidget(empty)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    rows.setFocus()
    empty.say(Emptiness.NOTHING_MATCHES, "Inga kunder matchar", action="Rensa")
    stack.setCurrentWidget(empty)
    assert window.focusWidget() is empty.action
    empty.say(Emptiness.NOT_FETCHED, "Kunderna har inte hämtats än")
    assert window.focusWidget() is empty
    stack.setCurrentWidget(rows)
    assert window.focusWidget() is rows


def test_when_the_chosen_row_leaves_the_list_the_next_one_is_chosen(qtbot: QtBot) -> None:
    model = ListedRows()
    table = Table(Theme("light"), name="rows")
    qtbot.addWidget(table)
    table.setModel(model)
    rows = [ListedRow(str(number), f"Kund {number}") for number in range(6)]
    model.set_rows(rows)
    table.select_id("2")
    model.set_rows([row for row in rows if row.id != "2"])
    assert (table.selected_ids(), table.currentIndex().row()) == (["3"], 2)
    table.select_id("5")
    model.set_rows(rows[:5])
    assert table.selected_ids() == ["4"], "after the last one, the one that is last now"
    table.clearSelection()
    model.set_rows(rows[:3])
    assert table.selected_ids() == [], "where nothing was chosen nothing is"


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot: QtBot) -> None:
    model = ListedRows()
    table = Table(Theme("light"), name="rows")
    qtbot.addWidget(table)
    table.setModel(model)
    model.set_rows([ListedRow(str(number), f"Kund {number}") for number in range(6)])
    table.select_id("3")
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.selected_ids() == ["5"]
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert table.selected_ids() == ["0"]
