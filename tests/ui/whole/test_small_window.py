"""Every screen and dialog has room on a small laptop's screen, in both languages."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton, QStyle, QStyleOptionComboBox, QWidget

from tests.ui.whole.conftest import OpenStudio
from ui.screens import list_screens
from ui.widgets.action_bar import ActionBar
from ui.widgets.table import Table

SMALL = (1024, 700)
SCREENS = [spec.key for spec in list_screens(sample=True)]


def tick_some(top: QWidget) -> None:
    """Tick three rows of each list that is shown: what can be done with them appears below it."""
    for table in top.findChildren(Table):
        if table.isVisible() and table.rows.rowCount():
            table.rows.set_ticked([table.rows.id_at(at) for at in range(min(3, table.rows.rowCount()))])


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_screen_widens_the_window(open_studio: OpenStudio, language: str) -> None:
    studio = open_studio(language, SMALL)
    window = studio.context.window
    too_large = []
    for key in SCREENS:
        found = studio.visit(key)
        tick_some(found)
        studio.settle()
        size = found.size() if isinstance(found, QDialog) else window.size()
        if size.width() > SMALL[0] or size.height() > SMALL[1]:
            too_large.append(f"{key}: {size.width()} × {size.height()}")
            window.resize(*SMALL)
    assert too_large == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_button_of_a_bar_is_cut_off(open_studio: OpenStudio, language: str) -> None:
    studio = open_studio(language, SMALL)
    cut, bars = [], 0
    for key in SCREENS:
        found = studio.visit(key)
        tick_some(found)
        studio.settle()
        for bar in found.findChildren(ActionBar):
            for button in bar.findChildren(QPushButton):
                if bar.isVisible() and button.isVisible():
                    bars += 1
                    inside = button.visibleRegion().boundingRect()
                    if inside.size() != button.size() and bar.visibleRegion().boundingRect() == bar.rect():
                        cut.append(f"{key}: {button.text()} {inside.size()} of {button.size()}")
    assert cut == []
    assert bars > 10


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_a_bar_says_when_nothing_is_chosen_is_not_cut_off(
    open_studio: OpenStudio, language: str
) -> None:
    studio = open_studio(language, SMALL)
    cut, bars = [], 0
    for key in SCREENS:
        for bar in studio.visit(key).findChildren(ActionBar):
            said = bar.chosen
            if bar.isVisible() and said.text():
                bars += 1
                if said.fontMetrics().horizontalAdvance(said.text()) > said.contentsRect().width():
                    cut.append(f"{key}: {said.text()}")
    assert cut == []
    assert bars > 3


def is_cut_off(box: QComboBox) -> bool:
    """Tell whether the chosen words are wider than the place that the style has for them."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    place = box.style().subControlRect(control, option, part, box)
    return box.fontMetrics().horizontalAdvance(box.currentText()) > place.width()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_choice_is_cut_off(open_studio: OpenStudio, language: str) -> None:
    studio = open_studio(language, SMALL)
    cut, boxes = [], 0
    for key in [
        "customers.filters",
        "collaborations",
        "engagements",
        "overview",
        "settings",
        "customer.details",
    ]:
        for box in studio.visit(key).findChildren(QComboBox):
            if box.isVisible():
                boxes += 1
                if is_cut_off(box):
                    cut.append(f"{key}: {box.currentText()}")
    assert cut == []
    assert boxes > 15
    box.setFixedWidth(40)
    assert is_cut_off(box)


def test_a_screen_that_is_too_wide_is_seen(open_studio: OpenStudio) -> None:
    studio = open_studio("sv", SMALL)
    outbox = studio.visit("outbox").findChild(QWidget, "outboxPane")
    assert outbox is not None
    QPushButton("x" * 300, outbox)
    outbox.setMinimumWidth(1200)
    studio.settle()
    assert studio.context.window.width() > SMALL[0]
