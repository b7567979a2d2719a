"""Thirty unlinked companies of the sample firm by keys alone, as they come: certain, unclear, without any."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.records import Collaboration, LinkDecision
from app.storage.local_reader import LocalReader
from tests.acceptance.conftest import OpenProgram
from tests.acceptance.person import Person
from tests.acceptance.steps import wait_for_the_firm
from ui.reconciliation.decision_card import DecisionCardView
from ui.widgets.table import Table

_log = logging.getLogger(__name__)
pytestmark = pytest.mark.acceptance
ROWS = 30
MOST_KEYS = 3
_ENTER = Qt.Key.Key_Return


def press_key(key: Qt.Key) -> None:
    """Press a key where the focus is, in an open list of choices too; nothing is put in focus for it."""
    popup = QApplication.activePopupWidget()
    target = (popup.focusWidget() or popup) if popup is not None else QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    QTest.keyClick(target, key)


class Clerk:
    """Somebody who reads the card and presses keys."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.keys: list[tuple[int, int]] = []

    @property
    def card(self) -> DecisionCardView:
        return self.person.find(DecisionCardView, "decisionCard")

    @property
    def table(self) -> Table:
        return self.person.find(Table, "unlinkedTable")

    def is_ready(self) -> bool:
        """Tell whether the card is the chosen row's, all of it is there, and the list has the keyboard."""
        shown = self.card.card
        chosen = self.table.rows.key_at(self.table.currentIndex().row())
        return (
            shown is not None
            and shown.row.handle == chosen
            and not self.card.why_not_decide()
            and self.card.access.text() != "…"
            and self.card.isAncestorOf(QApplication.focusWidget())
            | (QApplication.focusWidget() is self.table)
        )

    def decide(self) -> str:
        """Decide the row that is shown and return how: linked, or put off where nobody is proposed."""
        # Without a window manager nobody gives the keyboard back to the window when a list of choices closes.
        self.person.window.activateWindow()
        self.person.until(self.person.window.isActiveWindow, "the window has the keyboard")
        self.person.until(self.is_ready, "the next row is there")
        card = self.card
        shown = card.card
        assert shown is not None
        pressed = 0

        def press(key: Qt.Key, holds: Callable[[], object], what: str) -> None:
            nonlocal pressed
            pressed += 1
            press_key(key)
            self.person.until(holds, what)

        handle = shown.row.handle
        gone: Callable[[], bool] = lambda: self.table.rows.position_of_key(handle) < 0  # noqa: E731
        if not shown.candidates:
            press(Qt.Key.Key_S, gone, "it is put off")
            self.keys.append((pressed, len(shown.lines)))
            return "later"
        unclear = card.chosen is None
        if unclear and not self._would_need_more(card):
            press(Qt.Key.Key_1, lambda: card.chosen is not None, "the first is chosen")
        while why_not := card.why_not_link():
            if QApplication.activePopupWidget() is None:
                # U and T take the first candidate with them where none is chosen yet.
                opens = Qt.Key.Key_T if "(T)" in why_not else Qt.Key.Key_U
                press(opens, lambda: QApplication.activePopupWidget() is not None, "the choices are open")
            before = card.lines.wishes()
            press(_ENTER, lambda before=before: card.lines.wishes() != before, "it is chosen")
            # Where more is to be chosen, its choices open by themselves.
            self.person.until(
                lambda: not card.why_not_link() or QApplication.activePopupWidget() is not None,
                "the next choices are open",
            )
        press(_ENTER, gone, "it is linked")
        self.keys.append((pressed, len(shown.lines)))
        return "linked"

    def _would_need_more(self, card: DecisionCardView) -> bool:
        """Tell whether service or engagement would still be to choose with the first candidate."""
        shown = card.card
        assert shown is not None
        first = shown.candidates[0]
        fitting = [len(first.fitting(line.service)) for line in shown.lines]
        return any(line.service is None for line in shown.lines) or any(count > 1 for count in fitting)


def test_thirty_rows_as_they_come_with_at_most_three_keys_each(open_program: OpenProgram) -> None:
    person = open_program()
    wait_for_the_firm(person)
    person.go("unlinked")
    person.until(lambda: person.has("unlinkedFilter_all"), "the queue is there")
    person.until(lambda: not person.samverka.reconciliation.queue.needs_search(), "all is searched for")
    clerk = Clerk(person)
    began = time.monotonic()
    how = [clerk.decide() for _ in range(ROWS)]
    _log.info(
        "%s keys, %.1f seconds: %s", sum(keys for keys, _ in clerk.keys), time.monotonic() - began, clerk.keys
    )
    # A company with several services that are to be chosen needs a key for each of them.
    assert all(keys <= MOST_KEYS * services for keys, services in clerk.keys), clerk.keys
    assert sum(keys > MOST_KEYS for keys, _ in clerk.keys) <= 2, clerk.keys
    assert how.count("linked") >= ROWS // 2
    assert how.count("later") >= 1
    person.until(lambda: person.samverka.status.read().waiting == 0, "everything is sent")
    with person.samverka.workspace.read() as unit:
        reader = LocalReader(unit)
        decisions = [one for one in reader.list_all(LinkDecision) if one.revoked_at is None]
        linked = {id_ for one in decisions if one.decision == "linked" for id_ in one.collaboration_ids}
        collaborations = reader.get_many(Collaboration, linked)
    put_off = [one for one in decisions if one.decision == "later"]
    assert len(put_off) == how.count("later")
    assert len({one.company_key for one in decisions if one.decision == "linked"}) == how.count("linked")
    assert all(one.customer_id for one in collaborations.values())
