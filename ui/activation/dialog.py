"""The wizard's window: the pages' names at the left, the page, and the buttons that lead on."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.activation_draft import ActivationDraft, CustomerDraft, Step
from app.domain.activation_facts import CustomerFacts, Situation
from app.domain.records import ActivationState
from app.usecases.activation_values import Sending
from ui.activation.check_page import CheckPage
from ui.activation.contact_page import ContactPage
from ui.activation.customer_page import CustomerPage
from ui.activation.earlier_bar import EarlierBar
from ui.activation.foot import WizardFoot
from ui.activation.many_pane import ManyPane
from ui.activation.many_presenter import ManyPresenter
from ui.activation.page import SCROLL_ROOM, ActivationPage
from ui.activation.people_pages import AccessPage, AdministratorsPage
from ui.activation.presenter import ActivationPresenter
from ui.activation.repairs import Repairs
from ui.activation.result_page import ResultPage
from ui.activation.review_page import ReviewPage
from ui.activation.services_page import ServicesPage
from ui.activation.step_list import StepList
from ui.activation.stopped_pane import StoppedPane
from ui.formats import moment_text
from ui.screens import ScreenContext
from ui.turns import PaintedInTurns
from ui.widgets.dialogs import show_modal

_PAGES: dict[Step, Callable[..., ActivationPage]] = {
    Step.CUSTOMERS: CustomerPage,
    Step.CHECK: CheckPage,
    Step.SERVICES: ServicesPage,
    Step.CONTACT: ContactPage,
    Step.ADMINISTRATORS: AdministratorsPage,
    Step.ACCESS: AccessPage,
    Step.REVIEW: ReviewPage,
    Step.RESULT: ResultPage,
}


class ActivationDialog(PaintedInTurns, QDialog):
    """Which page stands in front is the draft's word; the pages are made when they are first needed."""

    edited = Signal(object, object)

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        self._turns = context.background.turns
        super().__init__(parent or context.window)
        self.setObjectName("activationDialog")
        self.resize(1000, 780)
        self.setMinimumSize(760, 560)
        self._context = context
        self._leads_on = False
        self._begun = False
        self._closes_when_sent = False
        self._many: ManyPane | None = None
        self.presenter = ActivationPresenter(context, self)
        self.repairs = Repairs(self.presenter, self)
        self.repairs.page_asked.connect(self.presenter.go_to)
        self.repairs.leave_asked.connect(self._leave_for)
        self.steps = StepList(context.theme)
        self.steps.chosen.connect(self._step_chosen)
        self.stack = QStackedWidget()
        self.stack.setObjectName("activationPages")
        self._pages: dict[Step, ActivationPage] = {}
        self.earlier = EarlierBar(self.presenter)
        self.foot = WizardFoot(context.theme, self.presenter)
        self.foot.keep.clicked.connect(self._keep_draft)
        self.foot.cancel.clicked.connect(self._cancel)
        self.foot.back.clicked.connect(self._go_back)
        self.foot.next.clicked.connect(self._forward)
        self._lay_out()
        self.presenter.changed.connect(self._refresh)
        self.presenter.step_changed.connect(self._turn_page)
        self.presenter.failed.connect(self.accept)
        self.presenter.sent.connect(self._was_sent)
        self._refresh()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(28, 20, 28 - SCROLL_ROOM, 14)
        right.setSpacing(12)
        earlier = QVBoxLayout()
        earlier.setContentsMargins(0, 0, SCROLL_ROOM, 0)
        earlier.addWidget(self.earlier)
        right.addLayout(earlier)
        right.addWidget(self.stack, 1)
        below = QVBoxLayout()
        below.setContentsMargins(0, 0, SCROLL_ROOM, 0)
        below.addWidget(self.foot)
        right.addLayout(below)
        self._right = QWidget()
        self._right.setLayout(right)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.steps)
        whole.addWidget(self._right, 1)
        self._whole = whole

    def open_with(self, **arguments: Any) -> None:
        """Begin with `customer_ids` or `customer_id`, go on with `draft_id`, or decide about `activation_id`.

        An activation that is stopped is shown with what has changed; of one that came to nothing a new
        draft is made.
        """
        self._begun = True
        activation_id = str(arguments.get("activation_id", ""))
        if activation_id:
            cases = self.presenter.cases
            self._context.background.run(
                lambda: cases.get_sending(activation_id), self._activation_found, self._failed
            )
            return
        ids = [str(id_) for id_ in arguments.get("customer_ids", ())]
        customer_id = str(arguments.get("customer_id", ""))
        draft_id = str(arguments.get("draft_id", ""))
        if len(ids) > 1:
            self._show_many(ids)
        elif draft_id:
            self._go_on_with(draft_id)
        else:
            self.presenter.start(ids or ([customer_id] if customer_id else []))

    def edit(self, customer: CustomerDraft, facts: CustomerFacts, situation: Situation) -> None:
        """Change one customer of many; `edited` tells what came of it."""
        self._begun = True
        self.presenter.edit(customer, facts, situation)

    @property
    def many_presenter(self) -> ManyPresenter | None:
        """What holds the run for many customers, while there is one."""
        return self._many.presenter if self._many is not None else None

    def begin_if_idle(self) -> None:
        """Begin anew where nobody said with what."""
        if not self._begun:
            self._begun = True
            self.presenter.start()

    @Slot(str)
    def _go_on_with(self, draft_id: str) -> None:
        cases = self.presenter.cases
        self._context.background.run(lambda: cases.open_draft(draft_id), self._draft_found, self._failed)

    @Slot(object)
    def _draft_found(self, draft: ActivationDraft) -> None:
        if len(draft.customers) > 1:
            self._show_many((), draft.id)
        else:
            self.presenter.start((), draft.id)

    def _show_many(self, customer_ids: Sequence[str], draft_id: str = "") -> None:
        self._many = ManyPane(self._context)
        self._many.left.connect(self.accept)
        self._many.edit_asked.connect(self._edit_one)
        self._replace_by(self._many)
        self._take_room()
        self._many.start(customer_ids, draft_id)

    def _take_room(self) -> None:
        """The grid wants the window's width; the wizard for one customer reads better when it is narrow."""
        room = self._context.window.size() * 0.94
        self.resize(max(self.width(), room.width()), max(self.height(), room.height()))

    @Slot(object, object)
    def _edit_one(self, customer: CustomerDraft, facts: CustomerFacts) -> None:
        run = self._many.presenter.run if self._many is not None else None
        if self._many is not None and run is not None:
            dialog = ActivationDialog(self._context, self)
            dialog.edited.connect(self._many.take_edited)
            dialog.edit(customer, facts, run.situation)
            show_modal(dialog)

    def _replace_by(self, pane: QWidget) -> None:
        self.steps.hide()
        self._right.hide()
        self._whole.addWidget(pane, 1)

    @Slot(object)
    def _activation_found(self, sending: Sending) -> None:
        activation = sending.activation
        if activation is None or activation.state != ActivationState.STOPPED:
            self.presenter.start([sending.customer_id], again=activation)
            return
        stopped = StoppedPane(self._context)
        stopped.left.connect(self.accept)
        self._replace_by(stopped)
        before = self.geometry().center()
        self.resize(820, 640)
        self.move(self.pos() + before - self.geometry().center())
        stopped.open(sending.activation_id)

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        self._context.show_error(error)
        self.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._refresh()

    # Showing

    @Slot()
    def _turn_page(self) -> None:
        page = self._page(self.presenter.step)
        self.stack.setCurrentWidget(page)
        page.scroller.verticalScrollBar().setValue(0)
        self._refresh()
        # After the page is laid out: a field that was hidden until now does not take the focus.
        QTimer.singleShot(0, self, self._focus_page)

    @Slot()
    def _focus_page(self) -> None:
        page = self.stack.currentWidget()
        self._leads_on = isinstance(page, ActivationPage) and not page.take_focus()
        self._focus_next()

    def _focus_next(self) -> None:
        """Where there is only to go on, Enter goes on, also once a check has been answered."""
        if self._leads_on and self.foot.next.isEnabled():
            self._leads_on = False
            self.foot.next.setFocus()

    def _page(self, step: Step) -> ActivationPage:
        found = self._pages.get(step)
        if found is None:
            found = _PAGES[step](self._context.theme, self.presenter)
            found.repair_asked.connect(self.repairs.mend)
            if isinstance(found, CustomerPage):
                found.draft_asked.connect(self._go_on_with)
            if isinstance(found, ContactPage):
                found.keep_asked.connect(self.repairs.keep_contact)
            if isinstance(found, ResultPage):
                found.leave_asked.connect(self.accept)
            self._pages[step] = found
            self.stack.addWidget(found)
        return found

    @Slot()
    def _refresh(self) -> None:
        presenter = self.presenter
        page = self.stack.currentWidget()
        if isinstance(page, ActivationPage):
            page.refresh()
        name = presenter.facts.customer.name if presenter.facts else ""
        self.setWindowTitle(self.tr("Aktivera tjänst") + (f" – {name}" if name else ""))
        self.steps.set_heading(self.tr("Aktivera tjänst"), name)
        self.steps.show_run(presenter)
        self._show_saved()
        self.earlier.refresh()
        self.foot.refresh()
        self._focus_next()

    def _show_saved(self) -> None:
        draft, situation = self.presenter.draft, self.presenter.situation
        saved = draft.saved_at if draft is not None else None
        if saved is None or situation is None or self.presenter.step is Step.RESULT:
            self.steps.set_saved("")
            return
        when = moment_text(saved, max(saved, situation.now))
        self.steps.set_saved(self.tr("Utkast sparat %1").replace("%1", when))

    # Leaving

    def _forward(self) -> None:
        if self.presenter.step is Step.RESULT:
            self.accept()
        elif self.presenter.step is Step.REVIEW:
            self.presenter.commit()
        elif self.foot.is_last_edited:
            self.edited.emit(self.presenter.customer, self.presenter.facts)
            self.accept()
        else:
            self.presenter.move(1)

    def _go_back(self) -> None:
        self.presenter.move(-1)

    @Slot(str)
    def _step_chosen(self, step: str) -> None:
        self.presenter.go_to(Step(step))

    def _keep_draft(self) -> None:
        self.presenter.save()
        self._context.toast(self.tr("Utkastet är sparat och finns under Att göra."))
        super().reject()

    def _cancel(self) -> None:
        if self.presenter.is_editing:
            super().reject()
            return
        draft, cases = self.presenter.draft, self.presenter.cases
        if draft is not None and draft.customers:
            self._context.background.run(lambda: cases.delete_draft(draft.id), None, self._context.show_error)
            name = self.presenter.facts.customer.name if self.presenter.facts else ""
            if draft.customers[0].choices:
                self._context.toast(
                    self.tr("Utkastet för %1 är borttaget.").replace("%1", name),
                    self.tr("Ångra"),
                    _restore(self._context, draft),
                )
        super().reject()

    def reject(self) -> None:
        """Escape and the window's own button: what was begun is kept."""
        if self.presenter.step is Step.RESULT:
            self.accept()
            return
        if self.presenter.is_sending:
            # It is on its way into the outbox: the window closes when it is there, and not if it fails.
            self._closes_when_sent = True
            return
        if self._many is not None:
            self._many.keep_draft()
            return
        customer = self.presenter.customer
        if customer is not None and customer.choices and not self.presenter.is_editing:
            self._keep_draft()
        else:
            self._cancel()

    @Slot(str)
    def _leave_for(self, screen: str) -> None:
        """Keep what was begun and go to where the rest is done."""
        self.reject()
        self._context.navigate(screen)

    @Slot()
    def _was_sent(self) -> None:
        if self._closes_when_sent:
            self.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Left:
            self._go_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.foot.next.isVisible():
            # Not left to the dialog's default button: Qt forgets it when it was disabled with the focus.
            if self.foot.next.isEnabled():
                self._forward()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._many is not None:
            if self._many.next.isEnabled():
                self._many.forward()
        else:
            super().keyPressEvent(event)


def _restore(context: ScreenContext, draft: Any) -> Callable[[], None]:
    cases = context.samverka.activation

    def restore() -> None:
        context.background.run(lambda: cases.save_draft(draft), None, context.show_error)

    return restore
