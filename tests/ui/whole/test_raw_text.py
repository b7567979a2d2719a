"""What is shown is written for people: no stored form of a number, no place that was not filled in."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tests.ui.whole.conftest import OpenStudio

RAW = re.compile(r"\+46\d|%\d|%n\b|\{\w+\}")
PLACES = (
    "today", "customers.chosen", "customer", "collaborations.ticked", "invitations.correct", "outbox",
    "engagements", "access", "overview", "import.preview", "settings", "settings.passphrase_new",
    "responsible",
)  # fmt: skip


def raw_texts(widget: QWidget) -> list[str]:
    """Return the texts that are seen and are not for people."""
    seen = [one for kind in (QLabel, QAbstractButton) for one in widget.findChildren(kind) if one.isVisible()]
    texts = [text for one in seen for text in (one.text(), one.toolTip(), one.accessibleName())]
    return [text for text in texts if RAW.search(text)]


def test_nothing_is_shown_as_it_is_stored(open_studio: OpenStudio) -> None:
    studio = open_studio("sv")
    found = {place: texts for place in PLACES if (texts := raw_texts(studio.visit(place)))}
    assert found == {}


def test_raw_text_is_seen(open_studio: OpenStudio) -> None:
    window = open_studio("sv").visit("today")
    told = QLabel("Ring +4646112233, %1", window)
    told.show()
    assert raw_texts(window) == [told.text()]
