"""The list of pages, the search and the page: what the help's screen and its window share."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.help.page_view import PageView
from ui.help.pages import FIRST_PAGE, Found, HelpPage, find_pages, load_pages
from ui.messages import Messages
from ui.theme import Theme
from ui.widgets.cells import Cell, Column
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.list_model import RowsModel
from ui.widgets.search_field import SearchField
from ui.widgets.table import Table
from ui.widgets.translated import Translated


class PagesModel(RowsModel[Found]):
    """One row a page; a second line says under which heading the words of a search are."""

    def columns(self) -> list[Column]:
        return [Column(key="page", title=self.tr("Sidor"), width=200, stretch=True, sortable=False)]

    def row_id(self, row: Found) -> str:
        return row.key

    def cell(self, row: Found, key: str) -> Cell:
        return Cell(text=row.title, second=row.heading, strong=bool(row.heading))

    def sentence(self, row: Found) -> str:
        return f"{row.title}: {row.heading}" if row.heading else row.title


class HelpReader(Translated):
    """`moved` is emitted when the page or what lies before and after it has changed."""

    moved = Signal()

    def __init__(self, theme: Theme, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._messages = messages
        self._key = FIRST_PAGE
        self._back: list[tuple[str, int]] = []
        self._forward: list[tuple[str, int]] = []
        self._build()
        self.retranslate()

    def _build(self) -> None:
        theme = self._theme
        self.search = SearchField(theme, name="helpSearch")
        self.search.searched.connect(self._searched)
        self.search.left_downwards.connect(self._focus_list)
        self.search.returnPressed.connect(self._open_first)
        self._model = PagesModel(parent=self)
        self.table = Table(theme, row_height="compact", name="helpPages")
        self.table.setModel(self._model)
        self.table.horizontalHeader().hide()
        self.table.current_id.connect(self._row_chosen)
        self._empty = EmptyState(theme, name="helpNothing")
        self._empty.action.clicked.connect(self.search.clear)
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(self._empty)
        left = QWidget()
        left.setFixedWidth(theme.px(260))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self._list, 1)
        panel = QFrame()
        panel.setProperty("panel", "side")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(28, 20, 12, 12)
        self.view = PageView(theme)
        self.view.page_wanted.connect(self.open_page)
        inside.addWidget(self.view)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(panel, 1)
        self._keys = [
            self._shortcut(QKeySequence.StandardKey.Back, self.go_back),
            self._shortcut(QKeySequence.StandardKey.Forward, self.go_forward),
        ]

    def _shortcut(self, key: QKeySequence.StandardKey, go: Callable[[], None]) -> QShortcut:
        made = QShortcut(key, self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(go)
        return made

    def retranslate(self) -> None:
        self.search.set_hint(self.tr("Sök i hjälpen"))
        self.table.setAccessibleName(self.tr("Hjälpens sidor"))
        self.view.setAccessibleName(self.tr("Hjälpens text"))
        self._empty.say(
            Emptiness.NOTHING_MATCHES,
            self.tr("Ingen sida har orden"),
            self.tr("Prova ett annat ord."),
            self.tr("Visa alla sidor"),
        )
        self._model.rebuild_columns()
        self._show_list()
        self._show_page(self.view.verticalScrollBar().value())

    @property
    def page(self) -> HelpPage:
        """The page that is shown."""
        return self._find(self._key) or self._pages()[0]

    @property
    def can_go_back(self) -> bool:
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        return bool(self._forward)

    def open_page(self, key: str) -> None:
        """Go to a page; an unknown one is the first page."""
        key = key if self._find(key) is not None else FIRST_PAGE
        if key == self._key:
            return
        self._back.append((self._key, self.view.verticalScrollBar().value()))
        self._forward = []
        self._key = key
        self._show_page(0)

    def go_back(self) -> None:
        """To the page before, where it was scrolled to."""
        self._step(self._back, self._forward)

    def go_forward(self) -> None:
        """To the page that `go_back` left."""
        self._step(self._forward, self._back)

    def _step(self, source: list[tuple[str, int]], other: list[tuple[str, int]]) -> None:
        if not source:
            return
        other.append((self._key, self.view.verticalScrollBar().value()))
        self._key, place = source.pop()
        self._show_page(place)

    def _pages(self) -> tuple[HelpPage, ...]:
        return load_pages(self._messages.language)

    def _find(self, key: str) -> HelpPage | None:
        return next((page for page in self._pages() if page.key == key), None)

    def _show_page(self, place: int) -> None:
        self.view.show_page(self.page.markdown)
        self.view.verticalScrollBar().setValue(place)
        words = self.search.text()
        found = next((each for each in self._model.rows if each.key == self._key), None)
        self.view.highlight(words, found.heading if found is not None and words else "")
        self._select()
        self.moved.emit()

    def _show_list(self) -> None:
        found = find_pages(self._pages(), self.search.text())
        self.table.blockSignals(True)
        self._model.set_rows(found)
        self.table.blockSignals(False)
        self._list.setCurrentWidget(self.table if found else self._empty)
        self._select()

    def _select(self) -> None:
        self.table.blockSignals(True)
        if not self.table.select_id(self._key):
            self.table.clearSelection()
        self.table.blockSignals(False)
        self.table.viewport().update()

    def _searched(self, words: str) -> None:
        self._show_list()
        self.view.highlight(words)

    def _open_first(self) -> None:
        if self._model.rows:
            self._open(self._model.rows[0].key)

    def _focus_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row_chosen(self, key: str) -> None:
        if key:
            self._open(key)

    def _open(self, key: str) -> None:
        if key == self._key:
            self._show_page(0)
        else:
            self.open_page(key)
