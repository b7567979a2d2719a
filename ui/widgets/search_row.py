"""The search field and the filters of a pane: side by side, or over each other where there is no room."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.filter_chips import FilterChips
from ui.widgets.page_header import PageHeader
from ui.widgets.search_field import SearchField

_LEAST_SEARCH = 240
_MOST_SEARCH = 360


class SearchRow(QWidget):
    """Put it in a pane's column in the place of the two."""

    def __init__(self, theme: Theme, search: SearchField, filters: FilterChips) -> None:
        super().__init__()
        self._theme = theme
        self._search, self._filters = search, filters
        search.setMinimumWidth(theme.px(_LEAST_SEARCH))
        search.setMaximumWidth(theme.px(_MOST_SEARCH))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(search, 1)
        self._row.addWidget(filters)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def lend_search(self, header: PageHeader) -> None:
        """Let the search stand in the pane's head, until it is taken back."""
        if self._search.parentWidget() is self:
            self._row.removeWidget(self._search)
            self._search.setMaximumWidth(self._theme.px(_MOST_SEARCH))
            header.take_in(self._search)
            self.arrange()

    def take_search_back(self) -> None:
        """Let the search stand before the filters again."""
        if self._search.parentWidget() is not self:
            self._row.insertWidget(0, self._search, 1)
            self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Choose the direction; called again when the words or counts of the filters have changed."""
        if self._search.parentWidget() is not self:
            return
        needed = self._filters.sizeHint().width() + self._theme.px(_LEAST_SEARCH) + 12
        beside = self.width() >= needed
        # Beside them the search gives way before the filters need a second line.
        most = self._theme.px(_MOST_SEARCH)
        room = self.width() - self._filters.sizeHint().width() - 12
        self._search.setMaximumWidth(min(most, room) if beside else most)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() is not direction:
            self._row.setDirection(direction)
            self.updateGeometry()
