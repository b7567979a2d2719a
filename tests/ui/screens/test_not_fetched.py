"""Before the firm's data has come for the first time no screen says that there is nothing to see or do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.what_changed import WhatChanged
from app.storage.opening import open_database
from tests.support.cache import KEY, sign_in
from tests.support.clocks import FixedClock
from tests.ui.screens.conftest import Desk
from ui.collaborations.pane import create_pane as create_collaborations
from ui.customers.pane import create_pane as create_customers
from ui.engagements.pane import create_pane as create_engagements
from ui.invitations.pane import create_pane as create_invitations
from ui.overview.pane import create_pane as create_overview
from ui.reconciliation.pane import create_pane as create_unlinked
from ui.theme import Theme
from ui.today.pane import create_pane as create_today
from ui.translation import Languages
from ui.widgets.empty_state import Emptiness, EmptyState

NOT_FETCHED = "Byråns uppgifter har inte hämtats än"


@pytest.fixture
def bare(qtbot: QtBot, tmp_path: Path, theme: Theme) -> Iterator[Desk]:
    """Give a desk that has signed in and fetched nothing."""
    database = open_database(
        tmp_path / "cache.db", KEY, set_aside_folder=tmp_path / "aside", now=FixedClock().now()
    ).database
    sign_in(database, "st_anna", "fi_1")
    made = Desk(qtbot, database, theme)
    made.has_fetched = False
    yield made
    made.close()
    assert made.errors == []


SCREENS = {
    "today": (create_today, "Allt är klart."),
    "customers": (create_customers, "Inga kunder än"),
    "unlinked": (create_unlinked, "Inga okopplade samarbeten"),
    "collaborations": (create_collaborations, "Inga samarbeten ännu"),
    "invitations": (create_invitations, "Inga inbjudningar ännu"),
    "engagements": (create_engagements, "Inget uppdrag passar"),
    "overview": (create_overview, "Inga samarbeten ännu"),
}
LISTS = ("customers", "unlinked", "collaborations", "invitations", "engagements")
FILTERS = {
    "customers": "mine",
    "unlinked": "likely",
    "collaborations": "ending",
    "invitations": "waiting",
    "engagements": "due",
}


@pytest.mark.parametrize("name", [name for name in SCREENS if name != "overview"])
def test_what_has_not_been_fetched_is_not_called_empty(bare: Desk, name: str) -> None:
    create, empty = SCREENS[name]
    bare.open(create)
    assert NOT_FETCHED in bare.seen()
    assert empty not in bare.seen()
    # The first pull brings nothing: the firm is new. Now it is so.
    bare.has_fetched = True
    bare.events.publish(WhatChanged(everything=True))
    bare.until(lambda: empty in bare.seen())
    assert NOT_FETCHED not in bare.seen()


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_counted_before_it_has_been_fetched(bare: Desk, name: str) -> None:
    """The overview reads when it was fetched out of the cache itself."""
    create, empty = SCREENS[name]
    bare.open(create)
    bare.until(lambda: NOT_FETCHED in bare.seen())
    assert empty not in bare.seen()
    assert "har 0 startat" not in bare.seen()
    heading = bare.find(QLabel, "pageSubtitle")
    assert not heading.text()


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_called_unfitting_before_it_has_been_fetched(bare: Desk, name: str) -> None:
    create, _ = SCREENS[name]
    bare.open(create, filter=FILTERS[name])
    assert NOT_FETCHED in bare.seen()
    bare.has_fetched = True
    bare.events.publish(WhatChanged(everything=True))
    bare.until(lambda: NOT_FETCHED not in bare.seen())


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("has_fetched", [False, True])
def test_the_language_changes_while_it_is_shown(bare: Desk, name: str, *, has_fetched: bool) -> None:
    create, empty = SCREENS[name]
    bare.has_fetched = has_fetched
    bare.open(create)
    said = empty if has_fetched and name != "overview" else NOT_FETCHED
    bare.until(lambda: said in bare.seen())
    languages = Languages()
    try:
        languages.choose("en")
        bare.until(lambda: said not in bare.seen())
        if said is NOT_FETCHED:
            bare.until(lambda: "The firm's data has not been fetched yet" in bare.seen())
    finally:
        languages.choose("sv")


def test_no_button_can_be_pressed_before_it_is_known_why_the_list_is_empty(bare: Desk) -> None:
    """The thread of the database may be busy: until it has answered there is nothing to press."""
    answer = Event()

    def wait_and_tell() -> bool:
        answer.wait()
        return False

    bare.samverka.status.has_fetched = wait_and_tell
    pane = create_customers(bare.context)
    bare.qtbot.addWidget(pane)
    try:
        pane.resize(1200, 820)
        pane.show()
        bare.until(lambda: pane.findChild(EmptyState, "customersEmpty") is not None)
        empty = pane.findChild(EmptyState, "customersEmpty")
        bare.until(empty.isVisible)
        assert not empty.action.isVisible()
        assert pane.focusWidget() is not empty.action
    finally:
        answer.set()
    bare.settle()
    assert empty.kind is Emptiness.NOT_FETCHED
    assert not empty.action.isVisible()
