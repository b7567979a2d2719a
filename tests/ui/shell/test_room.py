"""What widgets do where there is little room, and where the focus goes when what has it is disabled."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.buttons import Button, Pill
from ui.widgets.combo import Combo
from ui.widgets.filter_chips import FilterChips
from ui.widgets.page_header import PageHeader
from ui.widgets.search_field import SearchField
from ui.widgets.search_row import SearchRow

LONG = "Maria Rosengård <maria@kulturforeningen-rimfrost.example> · Huvudkontakt"


@pytest.mark.parametrize(("width", "is_cut"), [(160, True), (900, False)])
def test_a_choice_without_room_ends_in_an_ellipsis(qtbot: QtBot, width: int, is_cut: bool) -> None:
    box = Combo()
    qtbot.addWidget(box)
    box.addItem(LONG)
    box.setFixedWidth(width)
    box.show()
    shown = box.shown_text()
    assert shown.endswith("…") is is_cut
    assert LONG.startswith(shown.removesuffix("…"))
    assert not box.grab().isNull()


def test_the_search_gives_way_before_the_filters_need_a_second_line(qtbot: QtBot) -> None:
    theme = Theme("light")
    keys = ("all", "waiting", "problem", "answered", "declined", "over")
    search, filters = SearchField(theme, name="search"), FilterChips(theme, keys)
    for key in keys:
        filters.set_label(key, "Utgångna kunder")
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    row = SearchRow(theme, search, filters)
    column.addWidget(row)
    column.addStretch(1)
    page.resize(filters.sizeHint().width() + 12 + theme.px(250), 400)
    page.show()
    qtbot.waitUntil(lambda: filters.width() >= filters.sizeHint().width())
    assert theme.px(240) <= search.width() <= theme.px(250)
    page.resize(filters.sizeHint().width() + 12 + theme.px(800), 400)
    qtbot.waitUntil(lambda: search.width() == theme.px(360))


NAMES = ("Alla", "Väntar på kund", "Nådde inte fram", "Besvarade", "Avböjda", "Utgångna")


def filters_in_a_page(qtbot: QtBot, names: tuple[str, ...]) -> tuple[QWidget, FilterChips]:
    filters = FilterChips(Theme("light"), names)
    for name in names:
        filters.set_label(name, name)
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(filters)
    column.addStretch(1)
    page.show()
    return page, filters


def rows_of(filters: FilterChips) -> list[list[Pill]]:
    pills = filters.findChildren(Pill)
    return [[pill for pill in pills if pill.y() == y] for y in sorted({pill.y() for pill in pills})]


def test_filters_that_nearly_have_room_in_a_row_become_narrower_with_their_words_whole(qtbot: QtBot) -> None:
    page, filters = filters_in_a_page(qtbot, NAMES)
    least = sum(pill.minimumSizeHint().width() for pill in filters.findChildren(Pill)) + 4 * (len(NAMES) - 1)
    assert least < filters.sizeHint().width()
    page.resize(least, 300)
    qtbot.waitUntil(lambda: filters.width() == least)
    [row] = rows_of(filters)
    assert all(pill.width() >= pill.minimumSizeHint().width() for pill in row)
    assert row[-1].x() + row[-1].width() == least
    one_less = least - 1
    page.resize(one_less, 300)
    qtbot.waitUntil(lambda: filters.width() == one_less)
    assert len(rows_of(filters)) == 2


def test_filters_in_two_rows_are_shared_between_them(qtbot: QtBot) -> None:
    page, filters = filters_in_a_page(qtbot, tuple(f"Filter {number}" for number in range(8)))
    pills = filters.findChildren(Pill)
    least = sum(pill.minimumSizeHint().width() for pill in pills) + 4 * 7
    width = least - 1  # one would be left alone
    page.resize(width, 300)
    qtbot.waitUntil(lambda: filters.width() == width)
    assert [len(row) for row in rows_of(filters)] == [4, 4]
    assert filters.height() == filters.heightForWidth(width)


def test_a_small_pane_lends_the_search_to_its_head_and_takes_it_back(qtbot: QtBot) -> None:
    theme = Theme("light")
    search, filters = SearchField(theme, name="search"), FilterChips(theme, ("all", "certain"))
    page, header = QWidget(), PageHeader(theme)
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    row = SearchRow(theme, search, filters)
    for widget in (header, row):
        column.addWidget(widget)
    history = header.add_action("Historik")
    page.resize(736, 200)
    page.show()
    for _ in range(2):  # twice is once
        row.lend_search(header)
    qtbot.waitUntil(lambda: search.mapTo(page, search.rect().center()).y() < row.y())
    assert (
        search.mapTo(page, search.rect().topRight()).x() < history.mapTo(page, history.rect().topLeft()).x()
    )
    for _ in range(2):
        row.take_search_back()
    qtbot.waitUntil(lambda: search.mapTo(page, search.rect().center()).y() > row.y())


class _Page(QWidget):
    """A list and a button under it, as in a pane."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.rows = QLineEdit()
        self.act = Button(Theme("light"), "Avsluta…")
        self.other = Button(Theme("light"), "Status")
        for widget in (self.rows, self.act, self.other):
            column.addWidget(widget)
        self.focus_home: QWidget | None = self.rows


@pytest.mark.parametrize("is_behind_a_dialog", [False, True])
def test_a_button_that_is_disabled_gives_the_focus_home(qtbot: QtBot, is_behind_a_dialog: bool) -> None:
    page, window = _Page(), QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(page)
    window.show()
    window.activateWindow()
    page.act.setFocus()
    qtbot.waitUntil(page.act.hasFocus)
    if is_behind_a_dialog:
        dialog = QDialog(window)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
    page.act.set_blocked("Det är redan avslutat.")
    assert window.focusWidget() is page.rows
    page.focus_home = None
    page.rows.clearFocus()
    page.other.setFocus()
    page.act.set_blocked("Fortfarande.")
    assert window.focusWidget() is page.other, "who is elsewhere stays there"
