"""Lists: rows in memory, windows of any length, ticks, what a screen reader gets."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shell.listed_rows import ListedRow, ListedRows, RowSource, WindowedRows
from ui.background import Background
from ui.theme import Theme
from ui.widgets.cells import CELL_ROLE
from ui.widgets.search_field import SearchField
from ui.widgets.windowed_model import PAGE


def test_a_shortcut_is_promised_where_it_works(qtbot: QtBot) -> None:
    pane, dialog = QWidget(), QDialog()
    for top in (pane, dialog):
        qtbot.addWidget(top)
        QVBoxLayout(top).addWidget(SearchField(Theme("light")))
        top.findChild(SearchField).set_hint("Sök")
        top.resize(600, 60)
        top.show()
    assert pane.findChild(SearchField).placeholderText() == "Sök   (Ctrl+F)"
    assert dialog.findChild(SearchField).placeholderText() == "Sök"


def test_rows_are_updated_one_by_one(qtbot: QtBot) -> None:
    model = ListedRows()
    model.set_rows([ListedRow("a", "Adam"), ListedRow("b", "Bo"), ListedRow("c", "Cia")])
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_rows([ListedRow("a", "Adam"), ListedRow("x", "Xerxes"), ListedRow("c", "Cia")])
    assert [row.id for row in model.rows] == ["a", "x", "c"]
    assert model.position_of("c") == 2
    assert model.position_of("b") == -1


def test_the_first_column_says_a_sentence_and_cells_say_their_words(qtbot: QtBot) -> None:
    model = ListedRows()
    model.set_rows([ListedRow("a", "Adam")])
    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Adam är en kund."
    assert model.data(model.index(0, 1), Qt.ItemDataRole.DisplayRole) == "Scanner: aktivt"


def test_ticks_are_kept_by_id(qtbot: QtBot) -> None:
    model = ListedRows(tickable=True)
    model.set_rows([ListedRow("a", "Adam"), ListedRow("b", "Bo")])
    with qtbot.waitSignal(model.ticks_changed) as ticked:
        model.toggle_tick(1)
    assert ticked.args == [1]
    model.set_rows([ListedRow("b", "Bo"), ListedRow("a", "Adam")])
    assert model.ticked == {"b"}
    assert model.data(model.index(0, 0), Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    model.set_rows([ListedRow("a", "Adam")])
    assert model.ticked == frozenset()


def test_a_long_list_fetches_only_what_is_looked_at(qtbot: QtBot, background: Background) -> None:
    source = RowSource(10_000)
    model = WindowedRows(source, background)
    with qtbot.waitSignal(model.counted) as counted:
        model.show("all")
    assert counted.args == [10_000]
    assert model.rowCount() == 10_000
    assert source.asked_rows == PAGE
    assert model.data(model.index(0, 0), CELL_ROLE).text == "Kund id0"
    assert model.data(model.index(9_000, 0), CELL_ROLE).text == ""
    qtbot.waitUntil(lambda: model.data(model.index(9_000, 0), CELL_ROLE).text == "Kund id9000")
    assert source.asked_rows < 4 * PAGE


def test_a_refresh_moves_only_what_differs(qtbot: QtBot, background: Background) -> None:
    source = RowSource(300)
    model = WindowedRows(source, background)
    with qtbot.waitSignal(model.counted):
        model.show("all")
    source.all.insert(100, "new")
    del source.all[50]
    source.names["id3"] = "Nytt namn"
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.counted):
        model.refresh()
    assert list(model.keys) == source.all
    assert model.position_of_key("new") == 99
    qtbot.waitUntil(lambda: model.data(model.index(3, 0), CELL_ROLE).text == "Nytt namn")


def test_rows_from_elsewhere_are_shown_at_once(qtbot: QtBot, background: Background) -> None:
    model = WindowedRows(None, background)
    model.show_first([ListedRow("a", "Adam"), ListedRow("b", "Bo")])
    assert model.rowCount() == 2
    assert model.data(model.index(1, 0), CELL_ROLE).text == "Bo"


class _CountedKey(str):
    """A key that counts on which thread it is compared."""

    __slots__ = ()
    compared_here = 0

    def __eq__(self, other: object) -> bool:
        if threading.current_thread() is threading.main_thread():
            type(self).compared_here += 1
        return str.__eq__(self, str(other))

    __hash__ = str.__hash__


def test_keys_of_a_long_list_are_compared_on_a_worker(qtbot: QtBot, background: Background) -> None:
    class Source(RowSource):
        def list_keys(self, query: Any, limit: int | None = None) -> Sequence[str]:
            return [_CountedKey(key) for key in super().list_keys(query, limit)]

    source = Source(5_000)
    model = WindowedRows(source, background)
    with qtbot.waitSignal(model.counted):
        model.show("all")
    del source.all[4_000]
    source.all.insert(1_000, "new")
    _CountedKey.compared_here = 0
    with qtbot.waitSignal(model.counted):
        model.refresh()
    assert model.rowCount() == 5_000
    assert _CountedKey.compared_here == 0
    assert model.position_of_key(_CountedKey("new")) == 1_000
    assert _CountedKey.compared_here > 0  # the count itself counts
