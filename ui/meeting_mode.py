"""Kundmötesläge: the screen is turned towards a customer, and nobody else's name is on it.

One key covers every screen that lists customers and hides the figures at the side. The page of the one
customer stays, and what is opened from it; the way back to a list is closed until the mode is left.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.theme import Theme
from ui.widgets.empty_state import Emptiness, EmptyState

ABOUT_ONE_CUSTOMER = frozenset({"customer", "help"})
"""Screens that stay: they are about the customer who is in the room, or about nobody."""

DIALOGS_ABOUT_ONE = frozenset({"ending", "change", "sheet", "activation"})
"""Dialogs that are about what is chosen on the customer's page."""


class MeetingMode(QObject):
    """`allows(key)` tells whether a screen may be shown; `cover` is shown in the place of the others."""

    def __init__(
        self, theme: Theme, stack: QStackedWidget, hidden: Sequence[QWidget], leave: Callable[[], None]
    ) -> None:
        super().__init__(stack)
        self._stack = stack
        self._hidden = hidden
        self.is_on = False
        self.cover = EmptyState(theme, name="meetingCover")
        self.cover.action.clicked.connect(leave)
        stack.addWidget(self.cover)

    def allows(self, key: str) -> bool:
        """Everything while it is off; then only what is about one customer."""
        if not self.is_on:
            return True
        if key in ABOUT_ONE_CUSTOMER:
            return key != "customer"
        return key in DIALOGS_ABOUT_ONE and self._stack.currentWidget() is not self.cover

    def set_on(self, on: bool, current: str) -> bool:
        """Turn it on or off; True where the present screen is covered."""
        self.is_on = on
        for widget in self._hidden:
            widget.setVisible(not on)
        if on and current not in ABOUT_ONE_CUSTOMER:
            self.show_cover()
            return True
        return False

    def show_cover(self) -> None:
        """Hide what is on the screen, and say how to get it back."""
        self.cover.say(
            Emptiness.ALL_DONE,
            self.tr("Kundmötesläge"),
            self.tr("Listorna är dolda. Tryck F8 för att visa dem igen."),
            self.tr("Avsluta kundmötesläget"),
        )
        self._stack.setCurrentWidget(self.cover)
        self.cover.action.setFocus(Qt.FocusReason.OtherFocusReason)
