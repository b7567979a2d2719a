"""The help: every page in both languages, links that lead somewhere, search, ways back, F1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.support.own_firm import OwnFirm, own_firm
from ui.help.dialog import HelpDialog, HelpKey
from ui.help.pages import FIRST_PAGE, find_pages, load_pages
from ui.help.pane import HelpPane
from ui.help.reader import HelpReader
from ui.messages import Messages
from ui.screens import SCREENS
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState


@pytest.fixture
def reader(qapp: QApplication, qtbot: QtBot) -> HelpReader:
    theme = Theme("light")
    theme.install(qapp)
    made = HelpReader(theme, Messages("sv"))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_screen_has_its_page_and_every_link_leads_to_one(language: str) -> None:
    pages = load_pages(language)
    keys = {page.key for page in pages}
    assert pages[0].key == FIRST_PAGE
    assert {spec.help for spec in SCREENS if spec.help} <= keys
    for page in pages:
        assert page.title
        assert set(re.findall(r"\]\((\w+)\.md\)", page.markdown)) <= keys, page.key


def test_both_languages_have_the_same_pages() -> None:
    assert [page.key for page in load_pages("sv")] == [page.key for page in load_pages("en")]


def test_the_best_page_is_found_first() -> None:
    pages = load_pages("sv")
    assert find_pages(pages, "utkorg")[0].key == "outbox"
    found = find_pages(pages, "kontrollsiffra")
    assert {each.key for each in found} == {"unlinked", "import"}
    assert all(each.heading for each in found)
    assert find_pages(pages, "grävmaskin") == []
    assert [each.key for each in find_pages(pages, " ")] == [page.key for page in pages]


def test_words_are_found_where_they_begin_only() -> None:
    pages = load_pages("sv")
    assert "today" not in {each.key for each in find_pages(pages, "korgen")}
    assert "today" in {each.key for each in find_pages(pages, "utkorg")}


def test_a_page_is_read_and_one_finds_back(qtbot: QtBot, reader: HelpReader) -> None:
    assert "Samverka visar" in reader.view.toPlainText()
    reader.view.anchorClicked.emit(QUrl("outbox.md"))
    assert reader.page.key == "outbox"
    assert "I utkorgen" in reader.view.toPlainText()
    assert reader.table.selected_ids() == ["outbox"]
    reader.go_back()
    assert reader.page.key == FIRST_PAGE
    assert reader.can_go_forward
    reader.go_forward()
    assert reader.page.key == "outbox"
    assert not reader.can_go_forward


def test_a_page_begins_at_its_top(qtbot: QtBot, reader: HelpReader) -> None:
    reader.view.setFocus()
    reader.open_page("unlinked")
    assert reader.view.verticalScrollBar().value() == 0


def test_a_search_shows_where_the_words_are(qtbot: QtBot, reader: HelpReader) -> None:
    qtbot.keyClicks(reader.search, "kontrollsiffra")
    qtbot.waitUntil(lambda: len(reader.table.rows.rows) == 2)
    qtbot.keyClick(reader.search, Qt.Key.Key_Return)
    assert reader.page.key in ("unlinked", "import")
    assert len(reader.view.extraSelections()) >= 1
    qtbot.keyClick(reader.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(reader.table.rows.rows) > 10)
    assert reader.view.extraSelections() == []


def test_a_search_without_an_answer_says_so(qtbot: QtBot, reader: HelpReader) -> None:
    qtbot.keyClicks(reader.search, "traktor")
    empty = reader.findChild(EmptyState, "helpNothing")
    assert empty is not None
    qtbot.waitUntil(empty.isVisible)
    empty.action.click()
    qtbot.waitUntil(lambda: not empty.isVisible())


@pytest.fixture
def firm(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[OwnFirm]:
    with own_firm(tmp_path, qapp, qtbot) as opened:
        opened.wait_for("welcome")
        yield opened


def test_f1_opens_the_page_of_the_screen_and_follows_the_language(firm: OwnFirm) -> None:
    window = firm.application.window
    window.navigate("outbox")
    firm.bot.keyClick(window, Qt.Key.Key_F1)
    pane = window.pane("help")
    assert isinstance(pane, HelpPane)
    assert window.current_screen == "help"
    assert pane.reader.page.title == "Utkorg"
    firm.application.choose_language("en")
    firm.bot.waitUntil(lambda: "In the outbox" in pane.reader.view.toPlainText())
    window.navigate("customers")
    firm.bot.keyClick(window, Qt.Key.Key_F1)
    assert pane.reader.page.key == "customers"


def test_f1_works_over_a_dialog(firm: OwnFirm) -> None:
    dialog = QDialog(firm.application.window)
    HelpKey(firm.application.context, "activation", dialog)
    dialog.open()
    firm.bot.waitUntil(dialog.isVisible)
    dialog.activateWindow()
    firm.bot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    firm.bot.keyClick(dialog, Qt.Key.Key_F1)
    opened = dialog.findChild(HelpDialog)
    assert opened is not None
    assert opened.reader.page.key == "activation"
    opened.reject()
    dialog.reject()
