"""A run for many customers: the pages' names at the left, the page, and the buttons that lead on."""

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.activation_draft import CustomerDraft, Step
from app.domain.activation_facts import CustomerFacts
from app.domain.activation_many import ReviewedCustomer
from app.domain.preconditions import Problem, Repair
from ui.activation.many_pages import ManyCheckPage, ManyPage, ManyServicesPage
from ui.activation.many_presenter import ManyPresenter
from ui.activation.many_result_page import ManyResultPage
from ui.activation.many_review_page import ManyReviewPage
from ui.activation.page import SCROLL_ROOM
from ui.activation.row_repairs import RowRepairs
from ui.activation.step_list import StepList
from ui.activation.wording import step_name
from ui.formats import moment_text
from ui.screens import ScreenContext
from ui.turns import paint_next_turn
from ui.widgets.buttons import Button
from ui.widgets.texts import label, rule
from ui.widgets.translated import Translated

_PAGES: dict[Step, Callable[..., ManyPage]] = {
    Step.CHECK: ManyCheckPage,
    Step.SERVICES: ManyServicesPage,
    Step.REVIEW: ManyReviewPage,
    Step.RESULT: ManyResultPage,
}


AHEAD_MILLISECONDS = 150
"""By then the page that the person came to is painted, with all that it shows."""
POLISHED_AT_A_TIME = 12


class ManyPane(Translated):
    """`left` when it is over; `edit_asked(customer, facts)` for one row of the grid."""

    left = Signal()
    edit_asked = Signal(object, object)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.setObjectName("manyPane")
        self._context = context
        self.presenter = ManyPresenter(context, self)
        self.repairs = RowRepairs(context, self.presenter, self)
        self.steps = StepList(context.theme)
        self.steps.chosen.connect(self._step_chosen)
        self.stack = QStackedWidget()
        self._pages: dict[Step, ManyPage] = {}
        self.keep = Button(context.theme, name="manyKeepDraft")
        self.cancel = Button(context.theme, name="manyCancel")
        self.back = Button(context.theme, name="manyBack")
        self.next = Button(context.theme, kind="primary", name="manyNext")
        self.next.setDefault(True)
        self.note = label("", "secondary", name="manyNote", wrap=True)
        self.note.setMinimumHeight(context.theme.px(18))
        self.keep.clicked.connect(self.keep_draft)
        self.cancel.clicked.connect(self._cancel)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self.forward)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(AHEAD_MILLISECONDS)
        self._ahead.timeout.connect(self._prepare_next)
        self._prepared: list[QWidget] = []
        self._polish = QTimer(self)
        self._polish.setInterval(0)
        self._polish.timeout.connect(self._polish_some)
        self._lay_out()
        self.presenter.changed.connect(self.retranslate)
        # What is left to press can be pressed now: the focus waited for it.
        self.presenter.sending.finished.connect(lambda: QTimer.singleShot(0, self, self._focus_page))
        self.presenter.failed.connect(self.left)
        self.presenter.step_changed.connect(self._turn_page)
        self._turn_page()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.keep)
        buttons.addStretch(1)
        for button in (self.cancel, self.back, self.next):
            buttons.addWidget(button)
        below = QVBoxLayout()
        below.setContentsMargins(0, 0, SCROLL_ROOM, 0)
        below.setSpacing(12)
        below.addWidget(rule())
        below.addLayout(buttons)
        below.addWidget(self.note)
        right = QVBoxLayout()
        right.setContentsMargins(28, 20, 28 - SCROLL_ROOM, 14)
        right.setSpacing(12)
        right.addWidget(self.stack, 1)
        right.addLayout(below)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.steps)
        whole.addLayout(right, 1)

    def start(self, customer_ids: Sequence[str], draft_id: str = "") -> None:
        """Begin with these customers, or where a draft was left."""
        self.presenter.start(customer_ids, draft_id)

    @Slot()
    def _turn_page(self) -> None:
        self.stack.setCurrentWidget(self._page(self.presenter.step))
        self.retranslate()
        paint_next_turn(self.stack)
        QTimer.singleShot(0, self, self._focus_page)
        self._ahead.start()

    @Slot()
    def _prepare_next(self) -> None:
        """Make the page after this one while the person looks at this one: it costs some tens of ms."""
        presenter = self.presenter
        at = presenter.steps.index(presenter.step) + 1 if presenter.steps else 0
        if 0 < at < len(presenter.steps) and presenter.steps[at] not in self._pages:
            page = self._page(presenter.steps[at])
            self._prepared = [page, *page.findChildren(QWidget)]
            self._polish.start()

    @Slot()
    def _polish_some(self) -> None:
        """The sheet of styles is applied to a few widgets in each turn, and not to all when it is shown."""
        turn, self._prepared = self._prepared[:POLISHED_AT_A_TIME], self._prepared[POLISHED_AT_A_TIME:]
        for widget in turn:
            if shiboken6.isValid(widget):
                widget.ensurePolished()
        if not self._prepared:
            self._polish.stop()

    @Slot()
    def _focus_page(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, ManyPage) and not page.take_focus():
            self.next.setFocus()

    def _page(self, step: Step) -> ManyPage:
        found = self._pages.get(step)
        if found is None:
            found = _PAGES[step](self._context.theme, self.presenter)
            if isinstance(found, ManyReviewPage):
                found.edit_asked.connect(self._edit)
                found.repair_asked.connect(self._repair)
            if isinstance(found, ManyResultPage):
                found.opened.connect(self._open_waiting)
            self._pages[step] = found
            self.stack.addWidget(found)
        return found

    def retranslate(self) -> None:
        presenter = self.presenter
        page = self.stack.currentWidget()
        if isinstance(page, ManyPage):
            page.refresh()
        number = len(presenter.run.draft.customers) if presenter.run is not None else 0
        customers = self.tr("%n kunder", "", number)
        self.steps.set_heading(self.tr("Aktivera tjänst"), customers if number else "")
        steps = presenter.steps or (Step.CHECK,)
        at = steps.index(presenter.step)
        is_result = presenter.step is Step.RESULT
        self.steps.set_steps(
            [
                (
                    step,
                    step_name(step),
                    "present" if number == at else "passed" if is_result else "done" if number < at else "",
                    step_name(step),
                )
                for number, step in enumerate(steps)
            ]
        )
        saved = presenter.run.draft.saved_at if presenter.run is not None else None
        now = presenter.run.situation.now if presenter.run is not None else None
        words = ""
        if saved is not None and now is not None and not is_result:
            words = self.tr("Utkast sparat %1").replace("%1", moment_text(saved, max(saved, now)))
        self.steps.set_saved(words)
        self._show_buttons()

    def _show_buttons(self) -> None:
        presenter, is_result = self.presenter, self.presenter.step is Step.RESULT
        self.keep.setText(self.tr("Spara utkast"))
        self.cancel.setText(self.tr("Avbryt"))
        self.back.setText(self.tr("Tillbaka"))
        for button in (self.keep, self.cancel, self.back):
            button.setVisible(not is_result)
        first = presenter.steps[:1] == (presenter.step,) or not presenter.steps
        self.back.set_blocked(self.tr("Det här är första sidan.") if first else "")
        reason = "" if is_result else presenter.why_not_next()
        if presenter.sending.is_busy:
            reason = self.tr("Sparar i utkorgen…")
        self.next.setIcon(QIcon())
        if presenter.step is Step.REVIEW:
            ready, kept = len(presenter.ready), len(presenter.rows) - len(presenter.ready)
            run = presenter.run
            online = run is None or run.situation.online
            words = (self.tr("Skicka %1") if online else self.tr("Lägg %1 i utkorgen")).replace(
                "%1", str(ready)
            )
            if kept:
                words += self.tr(", spara %1 som utkast").replace("%1", str(kept))
            self.next.setText(words)
            self.next.set_icon_name("send" if online else "upload")
        else:
            self.next.setText(self.tr("Stäng") if is_result else self.tr("Nästa"))
            self.next.set_icon_name("")
        self.next.set_blocked(reason)
        self.note.setText(reason)

    def forward(self) -> None:
        """Do what the primary button says."""
        if self.presenter.step is Step.RESULT:
            self.left.emit()
        elif self.presenter.step is Step.REVIEW:
            self.presenter.commit()
        elif not self.presenter.why_not_next():
            self._move(1)

    def _go_back(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        steps = self.presenter.steps
        at = steps.index(self.presenter.step) + by if steps else -1
        if 0 <= at < len(steps):
            self.presenter.go_to(steps[at])

    @Slot(str)
    def _step_chosen(self, step: str) -> None:
        self.presenter.go_to(Step(step))

    def keep_draft(self) -> None:
        """Keep what was begun and leave."""
        if self.presenter.sending.is_busy:
            # What is being sent goes on to the end: what has not been tried is kept as a draft anyway.
            self.presenter.sending.stop()
        elif self.presenter.step is not Step.RESULT and self.presenter.services:
            self.presenter.save()
            self._context.toast(self.tr("Utkastet är sparat och finns under Att göra."))
        self.left.emit()

    def _cancel(self) -> None:
        draft, cases = self.presenter.run.draft if self.presenter.run else None, self.presenter.cases
        if draft is not None:
            background = self._context.background
            background.run(lambda: cases.delete_draft(draft.id), None, self._context.show_error)
            if self.presenter.services:
                self._context.toast(
                    self.tr("Utkastet är borttaget."),
                    self.tr("Ångra"),
                    lambda: background.run(lambda: cases.save_draft(draft), None, self._context.show_error),
                )
        self.left.emit()

    @Slot(str)
    def _edit(self, customer_id: str) -> None:
        run = self.presenter.run
        if run is None:
            return
        customer, facts = run.draft.find_customer(customer_id), run.facts.get(customer_id)
        if customer is not None and facts is not None:
            self.edit_asked.emit(customer, facts)

    @Slot(object, object)
    def _repair(self, problem: Problem, row: ReviewedCustomer) -> None:
        if problem.repair is Repair.EDIT_CONTACT:
            self._edit(row.customer.customer_id)
        elif problem.repair is Repair.CHECK_AGAIN:
            self.presenter.check()
        elif problem.repair is Repair.LINK_INSTEAD:
            self.keep_draft()
            self._context.navigate("unlinked")
        else:
            self.repairs.mend(problem, row)

    @Slot(str)
    def _open_waiting(self, activation_id: str) -> None:
        self.left.emit()
        self._context.navigate("activation", activation_id=activation_id)

    def take_edited(self, customer: CustomerDraft, facts: CustomerFacts) -> None:
        """Take what was changed for one row."""
        self.presenter.take_edited(customer, facts)
