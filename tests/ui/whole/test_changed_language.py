"""The language is changed while the program runs: no word of the other language stays behind."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from tests.ui.whole.conftest import OpenStudio
from ui.screens import list_screens
from ui.screenshots import Studio

HIDDEN_PANES = frozenset({"customer", "import", "welcome"})
SCREENS = [
    spec.key for spec in list_screens(sample=True) if spec.place != "hidden" or spec.key in HIDDEN_PANES
]
ENGLISH = Path(__file__).parents[3] / "resources" / "translations" / "samverka_en.ts"
DATA = frozenset({"Lön", "Skatt & Bokslut Pro"})
"""Names of services and engagements are the same in both languages; some are words of the screens, too."""


def words_of(language: str) -> frozenset[str]:
    """Return the texts of screens that only this language has."""
    pairs = {
        (message.findtext("source") or "", message.findtext("translation") or "")
        for message in ElementTree.parse(ENGLISH).iter("message")  # noqa: S314  our own file
        if message.get("numerus") != "yes"
    }
    swedish, english = ({pair[at] for pair in pairs} for at in (0, 1))
    return frozenset((swedish - english if language == "sv" else english - swedish) - DATA)


def texts_of(widget: QWidget) -> set[str]:
    """Return what a widget says, to eyes and to ears."""
    found = {widget.toolTip(), widget.accessibleName()}
    if isinstance(widget, QLabel | QAbstractButton):
        found.add(widget.text())
    elif isinstance(widget, QLineEdit):
        found.add(widget.placeholderText())
    elif isinstance(widget, QComboBox):
        found |= {widget.itemText(at) for at in range(widget.count())}
    return found


def left_behind(studio: Studio, language: str) -> dict[str, list[str]]:
    """Return the texts that are of this language, which was chosen before, by the widgets that have them."""
    words = words_of(language)
    found: dict[str, list[str]] = {}
    for key in SCREENS:
        for widget in studio.visit(key).findChildren(QWidget):
            # What is hidden is said anew when it is shown.
            for text in sorted(texts_of(widget) & words if widget.isVisible() else ()):
                name = f"{widget.parent().objectName()} {widget.objectName()} {type(widget).__name__}"
                found.setdefault(text, [])
                found[text] = sorted({*found[text], name})
    return found


@pytest.mark.parametrize(("before", "after"), [("sv", "en"), ("en", "sv")])
def test_no_word_of_the_other_language_stays(open_studio: OpenStudio, before: str, after: str) -> None:
    studio = open_studio(before)
    for key in SCREENS:
        studio.visit(key)
    assert left_behind(studio, before) != {}
    studio.choose_language(after)
    studio.settle()
    assert left_behind(studio, before) == {}
