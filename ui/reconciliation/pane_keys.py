"""The keys of the screen *Okopplade*: single letters while the list or the card has the focus, and Enter."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from ui.reconciliation.decision_card import DecisionCardView
from ui.reconciliation.pane_dialogs import PaneDialogs
from ui.reconciliation.queue_view import QueueView


class PaneKeys:
    """`press(event)` does what the key means here and tells whether it means anything."""

    def __init__(
        self,
        pane: QWidget,
        listed: QueueView,
        card: DecisionCardView,
        link: Callable[[], None],
        review_ticked: Callable[[], None],
        dialogs: PaneDialogs,
    ) -> None:
        self._pane = pane
        self._list = listed
        self._card = card
        self._link = link
        self._review_ticked = review_ticked
        self._dialogs = dialogs

    def press(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if modifiers == Qt.KeyboardModifier.ControlModifier and is_enter:
            self._review_ticked()
            return True
        if modifiers:
            return False
        if is_enter:
            self._enter()
            return True
        return self._letter(event.text().casefold())

    def _enter(self) -> None:
        focused = self._focused()
        if isinstance(focused, QPushButton):
            focused.click()
        elif isinstance(focused, QLineEdit):
            # From the search for a customer: the first that was found is chosen, and Enter then links it.
            self._card.choose_found()
            self._list.focus_list()
        else:
            self._link()

    def _focused(self) -> QWidget | None:
        """Return what has the focus in this window; None before anything has had it."""
        return self._pane.window().focusWidget()

    def _letter(self, text: str) -> bool:
        """Single letters only while the list or the card has the focus, and no field that takes letters."""
        focused, card = self._focused(), self._card
        is_here = focused is self._list.table or (focused is not None and card.isAncestorOf(focused))
        if not is_here or isinstance(focused, QLineEdit | QComboBox):
            return False
        if text == "?":
            self._dialogs.open_keys()
            return True
        if not text or not card.isEnabled():
            return False
        letters = {
            "n": card.none.click,
            "k": card.new_customer.click,
            "s": card.later.click,
            "u": card.open_engagement,
            "t": card.open_service,
            "f": card.search.take_focus,
        }
        if text in letters:
            letters[text]()
        elif text in "123456789":
            card.choose(int(text) - 1)
        else:
            return False
        return True
