"""One part of *Att göra*: its heading with a link, and its rows; each is brought up to date for itself."""

from collections.abc import Sequence

from ui.screens import ScreenContext
from ui.today.rows import TodayRow
from ui.widgets.card import Card
from ui.widgets.texts import SectionHeader


class Section(Card):
    """A heading with its count, rows, and a link to the place where all of them are."""

    def __init__(self, context: ScreenContext, name: str) -> None:
        super().__init__(name=name)
        self.body.setContentsMargins(4, 10, 4, 6)
        self.body.setSpacing(0)
        self.head = SectionHeader(context.theme, name=name)
        self.head.setContentsMargins(12, 0, 8, 4)
        self.body.addWidget(self.head)
        self._rows: list[TodayRow] = []
        self._said: tuple[object, ...] = ()

    def says(self, *what: object) -> bool:
        """Tell whether this is what is shown already, and note it: making rows takes as long as a picture."""
        same, self._said = what == self._said, what
        return same

    def show_rows(self, title: str, rows: Sequence[TodayRow], link: str = "", *, blocked: str = "") -> None:
        """Replace the rows; without rows the whole section is hidden."""
        self.head.set_texts(title, link, blocked=blocked)
        for row in self._rows:
            self.body.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        self._rows = list(rows)
        for row in rows:
            self.body.addWidget(row)
        self.setVisible(bool(rows))
