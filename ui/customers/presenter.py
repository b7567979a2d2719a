"""Between the customer list and the use cases: what is asked, when it is asked again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.background import Latest
from ui.customers.lines import Line, from_first_screen, from_use_case
from ui.customers.list_model import CustomerListModel
from ui.screens import ScreenContext

_REFRESH_MS = 200
FILTERS = ("all", "mine", "missing_engagement", "waiting", "attention")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the list is narrowed to and how it is sorted; `chip` is one of FILTERS.

    `more` are further fields of app.usecases.customer_list.CustomerFilter by name, from the filter bar.
    """

    search: str = ""
    chip: str = "all"
    more: tuple[tuple[str, str | int | bool], ...] = ()
    sort: str = "name"
    descending: bool = False


class _Source:
    """What the windowed model asks on the `db` thread."""

    def __init__(self, use_case: Any, my_id: Callable[[], str]) -> None:
        self._use_case = use_case
        self._my_id = my_id

    def filter_of(self, question: Question) -> Any:
        from app.usecases.customer_list import CustomerFilter, CustomerSort

        more: dict[str, Any] = dict(question.more)
        return CustomerFilter(
            **more,
            search=question.search,
            staff_id=self._my_id() if question.chip == "mine" else None,
            missing_engagement=question.chip == "missing_engagement",
            waiting=question.chip == "waiting",
            attention=question.chip == "attention",
            sort=CustomerSort(question.sort),
            descending=question.descending,
        )

    def list_keys(self, query: Question, limit: int | None = None) -> Sequence[int]:
        handles: Sequence[int] = self._use_case.list_handles(self.filter_of(query), limit)
        return handles

    def list_rows(self, keys: Sequence[int]) -> Sequence[Line]:
        return [from_use_case(line) for line in self._use_case.fetch_lines(keys)]


class CustomersPresenter(QObject):
    """Signals carry what came back: `counts_came` FilterCounts, `details_came` CustomerDetails or None."""

    counts_came = Signal(object)
    details_came = Signal(object)

    def __init__(self, context: ScreenContext, model: CustomerListModel, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model
        self._question = Question()
        self._my_id = ""
        self._source: _Source | None = None
        self._shown_customer = ""
        self._counts = Latest()
        self._details = Latest()
        self._is_stale = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_REFRESH_MS)
        self._again.timeout.connect(self._refresh)
        model.sort_requested.connect(self._sort)
        first = context.first
        if first is not None and context.samverka is None:
            model.show_first([from_first_screen(line) for line in first.lines])
        context.when_ready(self._ready)

    @property
    def question(self) -> Question:
        """What is asked at the moment."""
        return self._question

    @property
    def is_ready(self) -> bool:
        """True when the use cases are there; before that the first rows are shown and nothing is asked."""
        return self._source is not None

    def search(self, text: str) -> None:
        self._ask(replace(self._question, search=text))

    def choose(self, chip: str) -> None:
        self._ask(replace(self._question, chip=chip))

    def narrow(self, more: tuple[tuple[str, str | int | bool], ...]) -> None:
        """Narrow further, by the fields of the filter bar."""
        self._ask(replace(self._question, more=more))

    def show_view(self, question: Question) -> None:
        """Ask all of a saved view."""
        self._model.sort_key, self._model.sort_descending = question.sort, question.descending
        self._ask(question)

    def clear(self) -> None:
        """No search and no filter; the order stays."""
        self._ask(replace(self._question, search="", chip="all", more=()))

    def show_customer(self, customer_id: str) -> None:
        """Ask about the customer of the side panel; "" for none."""
        self._shown_customer = customer_id
        self._ask_details()

    def with_ids(self, handles: Sequence[int], use: Callable[[list[str]], None]) -> None:
        """Call `use` with the ids of these handles."""
        use_case = self._context.samverka.customer_list if self.is_ready else None
        if use_case is not None and handles:
            self._context.background.run(lambda: [line.id for line in use_case.fetch_lines(handles)], use)

    def with_lines(self, handles: Sequence[int], use: Callable[[Sequence[Line]], None]) -> None:
        """Call `use` with the rows of these handles, for the clipboard."""
        source = self._source
        if source is not None and handles:
            self._context.background.run(lambda: source.list_rows(handles), use)

    def _ready(self) -> None:
        use_case = self._context.samverka.customer_list
        self._source = _Source(use_case, lambda: self._my_id)
        self._model.set_source(self._source)
        self._context.events.changed.connect(self._changed)
        self._context.background.run(lambda: use_case.load_choices().my_id, self._my_id_came)

    @Slot(object)
    def _my_id_came(self, my_id: str) -> None:
        self._my_id = my_id
        self._ask(self._question)

    @Slot(str, bool)
    def _sort(self, key: str, descending: bool) -> None:
        self._ask(replace(self._question, sort=key, descending=descending))

    def _ask(self, question: Question) -> None:
        self._question = question
        self._model.show(question)
        self._ask_counts()

    def _ask_counts(self) -> None:
        source = self._source
        if source is None:
            return
        samverka, question = self._context.samverka, self._question

        def count() -> Any:
            return samverka.customer_list.count_filters(source.filter_of(question))

        self._context.background.run(count, self._counts_came, latest=self._counts)

    @Slot(object)
    def _counts_came(self, counts: Any) -> None:
        self.counts_came.emit(counts)

    def _ask_details(self) -> None:
        if not self.is_ready or not self._shown_customer:
            self._details.cancel()
            self.details_came.emit(None)
            return
        use_case, customer_id = self._context.samverka.customer_details, self._shown_customer
        self._context.background.run(
            lambda: use_case.find(customer_id), self._details_came, latest=self._details
        )

    @Slot(object)
    def _details_came(self, details: object) -> None:
        self.details_came.emit(details)

    @Slot(object)
    def _changed(self, value: Any) -> None:
        customers = getattr(value, "customers", None)
        if (customers or getattr(value, "everything", False)) and not self._again.isActive():
            self._again.start()

    def catch_up(self) -> None:
        """The list is shown again: ask for what has changed meanwhile."""
        if self._is_stale:
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        parent = self.parent()
        self._is_stale = isinstance(parent, QWidget) and not parent.isVisible()
        if self._is_stale:
            return
        if not self._my_id:
            self._ready_again()
            return
        self._model.refresh()
        self._ask_counts()
        if self._shown_customer:
            self._ask_details()

    def _ready_again(self) -> None:
        """Who is signed in was not known before the first sign-in."""
        use_case = self._context.samverka.customer_list
        self._context.background.run(lambda: use_case.load_choices().my_id, self._my_id_came)
