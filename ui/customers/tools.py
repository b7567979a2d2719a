"""More filters, saved views and the choice of columns of the customer list."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QInputDialog, QMenu, QVBoxLayout, QWidget

from ui.customers.list_model import OPTIONAL, CustomerListModel
from ui.customers.presenter import CustomersPresenter, Question
from ui.screens import ScreenContext
from ui.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from app.usecases.customer_list import Choices
    from app.usecases.views import SavedView
    from ui.customers.filter_bar import FilterBar

SCREEN = "customers"


class CustomerTools(QObject):
    """`viewed(question)` when a saved view is shown: the pane brings its search field and chips in line."""

    viewed = Signal(object)

    def __init__(
        self,
        context: ScreenContext,
        header: PageHeader,
        place: QVBoxLayout,
        model: CustomerListModel,
        presenter: CustomersPresenter,
        pane: QWidget,
    ) -> None:
        super().__init__(pane)
        self._context = context
        self._place = place
        self._model = model
        self._presenter = presenter
        self._pane = pane
        self._bar: FilterBar | None = None
        self._views: tuple[SavedView, ...] = ()
        self.filter = header.add_action(icon="filter", name="customersMoreFilters")
        self.filter.setCheckable(True)
        self.filter.toggled.connect(self._show_bar)
        self.views = header.add_action(icon="eye", name="customersViews")
        self._menu = QMenu(self.views)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.views.setMenu(self._menu)
        self.columns = header.add_action(icon="columns", name="customersColumns")
        self.columns.clicked.connect(self._ask_columns)
        context.when_ready(self._ready)

    def retranslate(self) -> None:
        """Set every text."""
        for button, text, hint in (
            (
                self.filter,
                self.tr("Fler filter"),
                self.tr("Tjänst, läge, ansvariga, räkenskapsår, koncern, kontor"),
            ),
            (self.views, self.tr("Vyer"), self.tr("Sparade filter och sökningar")),
            (self.columns, self.tr("Kolumner"), self.tr("Välj kolumner och deras ordning")),
        ):
            button.setAccessibleName(text)
            button.setToolTip(f"{text}: {hint}")
        if self._bar is not None:
            self._bar.retranslate()

    def clear(self) -> None:
        """The boxes narrow no more."""
        if self._bar is not None:
            self._bar.choose(())

    def _ready(self) -> None:
        views = self._context.samverka.views
        self._context.background.run(
            lambda: (views.columns(SCREEN), views.list_views(SCREEN)), self._kept_came
        )

    @Slot(object)
    def _kept_came(self, kept: "tuple[tuple[str, ...], tuple[SavedView, ...]]") -> None:
        columns, self._views = kept
        if columns:
            self._model.choose_columns(columns)

    # Filters

    @Slot(bool)
    def _show_bar(self, shown: bool) -> None:
        if self._bar is None and shown:
            self._make_bar()
        if self._bar is not None:
            self._bar.setVisible(shown)

    def _make_bar(self) -> "FilterBar":
        from ui.customers.filter_bar import FilterBar

        bar = FilterBar(self._context)
        bar.changed.connect(self._presenter.narrow)
        self._place.insertWidget(2, bar)
        self._bar = bar
        use_case = self._context.samverka.customer_list
        self._context.background.run(use_case.load_choices, self._choices_came)
        return bar

    @Slot(object)
    def _choices_came(self, choices: "Choices") -> None:
        if self._bar is not None:
            self._bar.fill(choices)
            self._bar.choose(self._presenter.question.more)

    # Views

    def _fill_menu(self) -> None:
        self._menu.clear()
        for view in self._views:
            action = self._menu.addAction(view.name)
            action.setProperty("view", view.name)
            action.triggered.connect(self._view_chosen)
        if self._views:
            self._menu.addSeparator()
        self._menu.addAction(self.tr("Spara den här vyn…"), self._ask_name)
        if self._views:
            remove = self._menu.addMenu(self.tr("Ta bort vy"))
            for view in self._views:
                action = remove.addAction(view.name)
                action.setProperty("view", view.name)
                action.triggered.connect(self._remove_view)

    @Slot()
    def _view_chosen(self) -> None:
        self.show_view(str(self.sender().property("view")))

    def show_view(self, name: str) -> None:
        """Show the view of that name."""
        view = next((one for one in self._views if one.name == name), None)
        if view is None:
            return
        values = view.values
        question = Question(
            search=str(values.get("search", "")),
            chip=str(values.get("chip", "all")),
            more=tuple((str(key), value) for key, value in values.get("more", ())),
            sort=str(values.get("sort", "name")),
            descending=bool(values.get("descending", False)),
        )
        if question.more:
            self.filter.setChecked(True)
            if self._bar is not None:
                self._bar.choose(question.more)
        elif self._bar is not None:
            self._bar.choose(())
        self._presenter.show_view(question)
        self.viewed.emit(question)

    def _ask_name(self) -> None:
        from ui.widgets.dialogs import show_modal  # not for the first picture

        dialog = QInputDialog(self._pane)
        dialog.setObjectName("viewName")
        dialog.setWindowTitle(self.tr("Spara vyn"))
        dialog.setLabelText(self.tr("Vyns namn"))
        dialog.textValueSelected.connect(self.save_view)
        show_modal(dialog)

    @Slot(str)
    def save_view(self, name: str) -> None:
        """Keep the present search, filters and order under this name."""
        from app.usecases.views import SavedView

        if not name.strip():
            return
        question = self._presenter.question
        values = {
            "search": question.search,
            "chip": question.chip,
            "more": [list(pair) for pair in question.more],
            "sort": question.sort,
            "descending": question.descending,
        }
        self._keep(SavedView(name=name.strip(), values=values), "")

    @Slot()
    def _remove_view(self) -> None:
        self._keep(None, str(self.sender().property("view")))

    def _keep(self, view: "SavedView | None", removed: str) -> None:
        views = self._context.samverka.views

        def work() -> "tuple[tuple[str, ...], tuple[SavedView, ...]]":
            if view is not None:
                views.save(SCREEN, view)
            else:
                views.remove(SCREEN, removed)
            return (), views.list_views(SCREEN)

        self._context.background.run(work, self._kept_came)

    # Columns

    def _ask_columns(self) -> None:
        from ui.customers.columns_dialog import ColumnsDialog
        from ui.widgets.dialogs import show_modal

        everything = [(column.key, column.title) for column in self._model.all_columns()]
        default = [key for key, _ in everything if key not in OPTIONAL]
        shown = [column.key for column in self._model.columns()]
        dialog = ColumnsDialog(self._context.theme, everything, shown, default, "name", self._pane)
        dialog.chosen.connect(self._columns_chosen)
        show_modal(dialog)

    @Slot(object)
    def _columns_chosen(self, keys: Sequence[str]) -> None:
        self._model.choose_columns(keys)
        views = self._context.samverka.views
        self._context.background.run(lambda: views.choose_columns(SCREEN, keys))
