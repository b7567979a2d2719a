"""The repairs beside the wizard's problems: each is a command of its own, sent before the activation."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.activation_draft import (
    Step,
    change_contact,
    choose_vendor_number,
    give_reason,
    vendor_number_of,
)
from app.domain.preconditions import Problem, Repair
from ui.activation.customer_dialogs import DueDiligenceDialog, NumberDialog, VendorNumberDialog
from ui.activation.presenter import ActivationPresenter
from ui.activation.repair_dialogs import EngagementDialog, ParticipantDialog
from ui.widgets.dialogs import show_modal


class Repairs(QObject):
    """Opens the dialog that fits a problem and sends what was decided in it.

    `page_asked(step)`: the problem is mended on a page, not in a dialog. `others` are the names of the
    customers of a run with the same problem: `reason_for_all(reason)`, `engagement_for_all(values)` and
    `participant_for_all(staff_id)` are for them too.
    """

    page_asked = Signal(object)
    reason_for_all = Signal(str)
    engagement_for_all = Signal(object)
    participant_for_all = Signal(str)
    leave_asked = Signal(str)

    def __init__(
        self, presenter: ActivationPresenter, window: QWidget, *, others: Sequence[str] = ()
    ) -> None:
        super().__init__(window)
        self._presenter = presenter
        self._window = window
        self._others = others
        self._service = ""

    @Slot(object)
    def mend(self, problem: Problem) -> None:
        """Do what the button beside the problem says."""
        match problem.repair:
            case Repair.CREATE_ENGAGEMENT:
                self._create_engagement(problem.service)
            case Repair.ADD_PARTICIPANT:
                self._add_participant(problem)
            case Repair.CHECK_AGAIN:
                self.page_asked.emit(Step.CHECK)
                self._presenter.check()
            case Repair.EDIT_CONTACT:
                self.page_asked.emit(Step.CONTACT)
            case Repair.CHOOSE_VENDOR_NUMBER:
                self._choose_vendor_number()
            case Repair.NOTE_DUE_DILIGENCE:
                self._note_due_diligence()
            case Repair.CORRECT_NUMBER:
                self._correct_number()
            case Repair.RESTORE_CUSTOMER:
                self._restore()
            case Repair.LINK_INSTEAD:
                self.leave_asked.emit("unlinked")
            case Repair.NONE:
                pass

    @Slot()
    def keep_contact(self) -> None:
        """Keep the contact person's details on the customer."""
        customer, cases = self._presenter.customer, self._presenter.cases
        if customer is not None:
            self._send(
                lambda: cases.repairs.keep_contact(customer.customer_id, customer.contact), self._contact_kept
            )

    @Slot(object)
    def _contact_kept(self, contact_id: str) -> None:
        customer = self._presenter.customer
        if customer is not None:
            contact = dataclasses.replace(customer.contact, contact_id=contact_id or None)
            self._presenter.change(lambda draft: change_contact(draft, contact))
        self._presenter.ask_again()

    def _create_engagement(self, service: str) -> None:
        presenter = self._presenter
        customer, situation = presenter.customer, presenter.situation
        if customer is None or situation is None:
            return
        types = presenter.forms[service].engagement_types if service in presenter.forms else ()
        dialog = EngagementDialog(
            presenter.context.theme,
            presenter.catalogue,
            situation,
            types,
            presenter.language,
            others=self._others,
            parent=self._window,
        )
        self._service, customer_id = service, customer.customer_id

        def create() -> None:
            code, title, year, owner = dialog.values
            self._send(
                lambda: presenter.cases.repairs.create_engagement(customer_id, code, title, year, owner),
                self._engagement_made,
            )
            if dialog.for_others.is_chosen:
                self.engagement_for_all.emit((code, title, year, owner))

        self._show(dialog, create)

    @Slot(object)
    def _engagement_made(self, engagement_id: str) -> None:
        self._presenter.ask_again((self._service, engagement_id))

    def _add_participant(self, problem: Problem) -> None:
        presenter = self._presenter
        customer, situation = presenter.customer, presenter.situation
        choice = customer.find_choice(problem.service) if customer is not None else None
        if choice is None or situation is None:
            return
        dialog = ParticipantDialog(
            presenter.context.theme,
            situation,
            problem.data.get("engagement", ""),
            others=self._others,
            parent=self._window,
        )

        def add() -> None:
            staff_id = dialog.staff_id
            self._send(
                lambda: presenter.cases.repairs.add_participant(choice.engagement_id, staff_id), self._done
            )
            if dialog.for_others.is_chosen:
                self.participant_for_all.emit(staff_id)

        self._show(dialog, add)

    def _choose_vendor_number(self) -> None:
        presenter = self._presenter
        facts, customer = presenter.facts, presenter.customer
        if facts is None or customer is None or facts.registration is None:
            return
        numbers = facts.registration.vendor_customer_numbers
        chosen = vendor_number_of(customer, facts)
        dialog = VendorNumberDialog(
            presenter.context.theme, facts.customer.name, numbers, chosen, self._window
        )
        self._show(dialog, lambda: presenter.change(lambda draft: choose_vendor_number(draft, dialog.number)))

    def _note_due_diligence(self) -> None:
        presenter = self._presenter
        facts, customer, situation = presenter.facts, presenter.customer, presenter.situation
        if facts is None or customer is None or situation is None:
            return
        dialog = DueDiligenceDialog(
            presenter.context.theme,
            facts.customer,
            situation.today,
            customer.due_diligence_reason,
            blocks=situation.firm.settings.due_diligence_blocks,
            others=self._others,
            parent=self._window,
        )

        def note() -> None:
            answer = dialog.answer
            presenter.change(lambda draft: give_reason(draft, answer.reason))
            if answer.for_all:
                self.reason_for_all.emit(answer.reason)
            self._send(
                lambda: presenter.cases.repairs.note_due_diligence(
                    customer.customer_id, answer.due_diligence_on, answer.engagement_letter_on
                ),
                self._done,
            )

        self._show(dialog, note)

    def _correct_number(self) -> None:
        presenter = self._presenter
        facts, situation = presenter.facts, presenter.situation
        if facts is None or situation is None:
            return
        context, customer_id = presenter.context, facts.customer.id
        dialog = NumberDialog(context.theme, context.messages, facts.customer, situation.today, self._window)

        def correct() -> None:
            kind, number = dialog.values
            self._send(lambda: presenter.cases.repairs.correct_number(customer_id, kind, number), self._done)

        self._show(dialog, correct)

    def _restore(self) -> None:
        customer, cases = self._presenter.customer, self._presenter.cases
        if customer is not None:
            self._send(lambda: cases.repairs.restore_customer(customer.customer_id), self._done)

    def _show(self, dialog: QDialog, accepted: Callable[[], None]) -> None:
        dialog.accepted.connect(accepted)
        show_modal(dialog)

    def _send(self, work: Callable[[], Any], on_done: Callable[[Any], None]) -> None:
        context = self._presenter.context
        context.background.run(work, on_done, context.show_error)

    @Slot(object)
    def _done(self, _result: object) -> None:
        self._presenter.ask_again()
