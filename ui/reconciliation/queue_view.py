"""The list of unlinked companies: which row is chosen, what comes after it, and what an empty list says."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget

from app.usecases.reconciliation_values import QueueFigures, QueueQuery
from ui.formats import number_text
from ui.reconciliation.list_model import QueueModel
from ui.screens import ScreenContext
from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.table import Table

_NONE_LEFT: Final = {
    "certain": QT_TRANSLATE_NOOP("QueueView", "Inga säkra förslag kvar"),
    "likely": QT_TRANSLATE_NOOP("QueueView", "Inga troliga förslag kvar"),
    "unclear": QT_TRANSLATE_NOOP("QueueView", "Inga oklara förslag kvar"),
    "none": QT_TRANSLATE_NOOP("QueueView", "Inga företag är utan förslag"),
    "missing_engagement": QT_TRANSLATE_NOOP("QueueView", "Inga uppdrag saknas"),
    "decided": QT_TRANSLATE_NOOP("QueueView", "Här samlas det som du avfärdar eller skjuter upp"),
}
"""What is said where a filter without a search has no more rows: that is done, not a miss."""


class QueueView(QStackedWidget):
    """`chosen(handle)` is emitted when another row is chosen, or the chosen one is to be read again;
    `left` when there is none."""

    chosen = Signal(int)
    left = Signal()
    cleared = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.setObjectName("unlinkedList")
        queue = context.samverka.reconciliation.queue
        self.model = QueueModel(queue, context.background, context.messages.language, self)
        self.table = Table(context.theme, row_height="queue", name="unlinkedTable")
        self.table.setModel(self.model)
        self.setFocusProxy(self.table)
        self._context = context
        self._empty = EmptyState(context.theme, name="unlinkedEmpty")
        self._wanted: int | None = None
        self._expected: int | None = None
        self._wants_focus = False
        self.addWidget(self.table)
        self.addWidget(self._empty)
        self.model.painted.connect(self._came)
        self.model.counted.connect(self._came)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self._empty.action.clicked.connect(self.cleared)

    def retranslate(self, language: str) -> None:
        """Say everything in this language."""
        self.table.setAccessibleName(self.tr("Okopplade samarbeten"))
        self.model.language = language
        self.model.rebuild_columns()
        self.model.repaint_rows()

    def go_to(self, handle: int | None) -> None:
        """Choose this row as soon as it is in the list."""
        if handle is not None:
            self._wanted = handle
            self._came()

    def expect(self, handle: int | None) -> None:
        """Choose this row when it comes back, unless another is decided first."""
        self._expected = handle
        self._came()

    def step(self, step: int) -> None:
        """Choose the row so many further down."""
        position = self.table.currentIndex().row() + step
        if 0 <= position < self.model.rowCount():
            self._select(position)

    def take_next(self, handle: int) -> None:
        """Choose the row after this one (or before, for the last), in the order that is shown.

        The keys go on from there: the field that had the focus belonged to the row that is decided.
        """
        self._expected = None
        self.focus_list()
        position = self.model.position_of_key(handle)
        if position < 0:
            return
        after = position + 1 if position + 1 < self.model.rowCount() else position - 1
        if after >= 0:
            self._select(after)

    def say_empty(self, figures: QueueFigures | None, query: QueueQuery) -> None:
        """Show the list, or why it is empty."""
        has_rows = self.model.rowCount() > 0
        self._wants_focus = self._wants_focus or (self.window().focusWidget() is self.table and not has_rows)
        self.setCurrentWidget(self.table if has_rows else self._empty)
        if has_rows and self._wants_focus:
            self._wants_focus = False
            if not isinstance(QApplication.focusWidget(), QLineEdit):
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if has_rows or figures is None:
            return
        self.left.emit()
        has_any = figures.linked + figures.companies > 0
        if query.view in _NONE_LEFT and has_any and not (query.text or figures.searching):
            text = QCoreApplication.translate("QueueView", _NONE_LEFT[query.view])
            kind = Emptiness.NOTHING_YET if query.view == "decided" else Emptiness.ALL_DONE
            self._empty.say(kind, text, "", self.tr("Visa alla"))
        elif query.text or query.view != "all":
            self._context.say_empty(
                self._empty,
                Emptiness.NOTHING_MATCHES,
                self.tr("Inget samarbete passar"),
                self.tr("Sök på något annat eller visa alla."),
                self.tr("Visa alla"),
            )
        elif figures.unlinked > 0 and figures.companies == 0:
            waiting = self.tr("%1 samarbeten läses in.").replace("%1", number_text(figures.unlinked))
            self._empty.say(Emptiness.NOTHING_YET, self.tr("Söker efter förslag …"), waiting)
        elif figures.linked or figures.companies:
            self._empty.say(Emptiness.ALL_DONE, self.tr("Allt är kopplat"))
        else:
            self._context.say_empty(
                self._empty,
                Emptiness.NOTHING_YET,
                self.tr("Inga okopplade samarbeten"),
                self.tr("Här visas samarbeten från Byråstöd och Smarta Byrån som saknar uppdrag."),
            )

    def _select(self, position: int) -> None:
        index = self.model.index(position, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    @Slot()
    def _came(self, *_total: int) -> None:
        """Keep the chosen row where it is still in the list; otherwise take the one in its place."""
        if self._expected is not None and self.model.position_of_key(self._expected) >= 0:
            self._wanted, self._expected = self._expected, None
        current = self.table.currentIndex()
        position = self.model.position_of_key(self._wanted) if self._wanted is not None else -1
        if position >= 0 and position != current.row():
            self._select(position)
        elif position >= 0 and self._wanted is not None:
            self.chosen.emit(self._wanted)
        elif current.isValid() and current.row() < self.model.rowCount():
            self._row_changed(current, QModelIndex())
        elif self.model.rowCount():
            self._select(0)

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        handle = self.model.key_at(current.row()) if current.isValid() else None
        if isinstance(handle, int):
            self._wanted = handle
            self.chosen.emit(handle)
        else:
            self.left.emit()

    def focus_list(self) -> None:
        """Put the focus where the keys work, as soon as there are rows."""
        self._wants_focus = not self.table.isVisible()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
