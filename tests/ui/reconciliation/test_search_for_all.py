"""The search for everything that is unlinked: told, paused and gone on with."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.catalogue import Catalogue
from app.domain.records import Collaboration, Record
from app.matching.index import CustomerIndex
from app.storage.local_reader import LocalReader
from app.usecases.reconciliation_search import CompanySuggestion, suggest_for_company
from tests.server.sync_site import ANNA
from tests.ui.reconciliation.conftest import MakeDesk, customer, engagement, unlinked

_PATIENCE_SECONDS = 60


class Held:
    """The shipped search, held up in the middle of the search for everything until it is let go."""

    def __init__(self, after: int) -> None:
        self._left = after
        self.reached = threading.Event()
        self.go_on = threading.Event()

    def __call__(
        self,
        members: Sequence[Collaboration],
        index: CustomerIndex,
        catalogue: Catalogue,
        reader: LocalReader,
    ) -> CompanySuggestion:
        if threading.current_thread().name.startswith("pool"):
            self._left -= 1
            if self._left == 0:
                self.reached.set()
                assert self.go_on.wait(_PATIENCE_SECONDS)
        return suggest_for_company(members, index, catalogue, reader)


def test_the_search_is_paused_and_goes_on_where_it_was(open_with: MakeDesk) -> None:
    held = Held(after=30)
    desk = open_with([customer("0", "Bolaget 0000 AB", 1000), *engagement("0", ANNA.id)], search=held)
    many: list[Record] = []
    for place in range(1, 101):
        many += [
            customer(str(place), f"Bolaget {place:04d} AB", 1000 + place),
            *engagement(str(place), ANNA.id),
            unlinked(f"{place:04d}", f"Bolaget {place:04d} AB", 1000 + place),
        ]
    desk.site.write(*many)
    desk.client.round()
    desk.qtbot.waitUntil(held.reached.is_set, timeout=_PATIENCE_SECONDS * 1000)

    def bar() -> str:
        found = [one for one in desk.pane_bars() if one.objectName() == "unlinkedSearching"]
        return found[0].accessibleName() if found and found[0].isVisible() else ""

    desk.qtbot.waitUntil(lambda: "Söker efter förslag: 20 av 100 företag." in bar(), timeout=20_000)
    pause = desk.find(QPushButton, "unlinkedSearchingAction")
    assert pause.text() == "Pausa"
    QTest.mouseClick(pause, Qt.MouseButton.LeftButton)
    held.go_on.set()
    desk.settle()
    assert "Sökningen är pausad: 40 av 100 företag är genomsökta." in bar()
    assert desk.count("pending") == 60
    desk.press("unlinkedSearchingAction")
    desk.settle()
    assert bar() == ""
    assert (desk.count("pending"), desk.count("certain")) == (0, 100)
