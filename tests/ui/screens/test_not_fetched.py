"""Before the firm's data has come for the first time no screen says that there is nothing to see or do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
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
from ui.reconciliation.pane import create_pane as create_unlinked
from ui.screens import ScreenContext
from ui.theme import Theme
from ui.today.pane import create_pane as create_today

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


@pytest.mark.parametrize(
    ("create", "empty"),
    [
        (create_today, "Allt är klart."),
        (create_customers, "Inga kunder än"),
        (create_unlinked, "Inga okopplade samarbeten"),
        (create_collaborations, "Inga samarbeten ännu"),
        (create_invitations, "Inga inbjudningar ännu"),
        (create_engagements, "Inget uppdrag passar"),
    ],
    ids=["today", "customers", "unlinked", "collaborations", "invitations", "engagements"],
)
def test_what_has_not_been_fetched_is_not_called_empty(
    bare: Desk, create: Callable[[ScreenContext], QWidget], empty: str
) -> None:
    bare.open(create)
    assert NOT_FETCHED in bare.seen()
    assert empty not in bare.seen()
    # The first pull brings nothing: the firm is new. Now it is so.
    bare.has_fetched = True
    bare.events.publish(WhatChanged(everything=True))
    bare.until(lambda: empty in bare.seen())
    assert NOT_FETCHED not in bare.seen()
