"""The repairs beside the wizard's problems: each is a command of its own, sent before the activation."""

import dataclasses

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.domain.activation_draft import Step
from app.domain.preconditions import Problem, Repair
from ui.activation.presenter import ActivationPresenter
from ui.activation.repair_dialogs import EngagementDialog, ParticipantDialog
from ui.widgets.dialogs import show_modal


class Repairs(QObject):
    """Opens the dialog that fits a problem and sends what was decided in it."""

    def __init__(self, presenter: ActivationPresenter, window: QWidget) -> None:
        super().__init__(window)
        self._presenter = presenter
        self._window = window
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
                self._presenter.go_to(Step.CHECK)
                self._presenter.check()
            case Repair.EDIT_CONTACT:
                self._presenter.go_to(Step.CONTACT)
            case Repair.NONE:
                pass

    @Slot()
    def keep_contact(self) -> None:
        """Keep the contact person's details on the customer."""
        customer, cases = self._presenter.customer, self._presenter.cases
        if customer is not None:
            self._presenter.context.background.run(
                lambda: cases.repairs.keep_contact(customer.customer_id, customer.contact),
                self._contact_kept,
                self._presenter.context.show_error,
            )

    @Slot(object)
    def _contact_kept(self, contact_id: str) -> None:
        customer = self._presenter.customer
        if customer is not None:
            contact = dataclasses.replace(customer.contact, contact_id=contact_id or None)
            self._presenter.set_contact(contact)
        self._presenter.ask_again()

    def _create_engagement(self, service: str) -> None:
        presenter = self._presenter
        customer, situation = presenter.customer, presenter.situation
        if customer is None or situation is None:
            return
        types = presenter.forms[service].engagement_types if service in presenter.forms else ()
        dialog = EngagementDialog(
            presenter.context.theme, presenter.catalogue, situation, types, presenter.language, self._window
        )
        self._service, customer_id = service, customer.customer_id

        def create() -> None:
            code, title, year, owner = dialog.values
            presenter.context.background.run(
                lambda: presenter.cases.repairs.create_engagement(customer_id, code, title, year, owner),
                self._engagement_made,
                presenter.context.show_error,
            )

        dialog.accepted.connect(create)
        show_modal(dialog)

    @Slot(object)
    def _engagement_made(self, engagement_id: str) -> None:
        self._presenter.take_engagement(self._service, engagement_id)

    def _add_participant(self, problem: Problem) -> None:
        presenter = self._presenter
        customer, situation = presenter.customer, presenter.situation
        choice = customer.find_choice(problem.service) if customer is not None else None
        if choice is None or situation is None:
            return
        dialog = ParticipantDialog(
            presenter.context.theme, situation, problem.data.get("engagement", ""), self._window
        )

        def add() -> None:
            staff_id = dialog.staff_id
            presenter.context.background.run(
                lambda: presenter.cases.repairs.add_participant(choice.engagement_id, staff_id),
                self._done,
                presenter.context.show_error,
            )

        dialog.accepted.connect(add)
        show_modal(dialog)

    @Slot(object)
    def _done(self, _result: object) -> None:
        self._presenter.ask_again()
