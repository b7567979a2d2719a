"""Mends one row of a run for many, without leaving the grid."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.domain.activation_facts import is_due_diligence_open
from app.domain.activation_many import ReviewedCustomer
from app.domain.preconditions import Problem, Repair
from ui.activation.many_presenter import ManyPresenter
from ui.activation.presenter import ActivationPresenter
from ui.activation.repairs import Repairs
from ui.screens import ScreenContext


class RowRepairs(QObject):
    """Lends the repairs of the wizard for one customer to a row: what comes of them is taken into the run."""

    def __init__(self, context: ScreenContext, many: ManyPresenter, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._many = many
        self._window = window
        self._presenter: ActivationPresenter | None = None
        self._repairs: Repairs | None = None
        self._problem: Problem | None = None
        self._others: tuple[ReviewedCustomer, ...] = ()

    def mend(self, problem: Problem, row: ReviewedCustomer) -> None:
        """Open what mends the problem of this row."""
        if self._many.run is None:
            return
        self._let_go()
        presenter = ActivationPresenter(self._context, self)
        presenter.edit(row.customer, row.facts, self._many.run.situation)
        presenter.changed.connect(self._changed)
        others = [
            other
            for other in self._many.rows
            if other.customer.customer_id != row.customer.customer_id and _shares(problem, other)
        ]
        names = [other.facts.customer.name for other in others]
        self._repairs = Repairs(presenter, self._window, others=names)
        self._repairs.reason_for_all.connect(self._many.give_reason_to_all)
        self._repairs.engagement_for_all.connect(self._create_for_others)
        self._repairs.participant_for_all.connect(self._add_for_others)
        self._presenter = presenter
        self._problem, self._others = problem, tuple(others)
        self._repairs.mend(problem)

    @Slot()
    def _changed(self) -> None:
        presenter, many = self._presenter, self._many
        if presenter is None or presenter.customer is None or presenter.facts is None or many.run is None:
            return
        customer, facts = presenter.customer, presenter.facts
        known = many.run.draft.find_customer(customer.customer_id)
        if known is not None and (known != customer or many.run.facts.get(customer.customer_id) != facts):
            many.take_edited(customer, facts)

    @Slot(object)
    def _create_for_others(self, values: tuple[str, str, int | None, str]) -> None:
        code, title, year, owner = values
        cases, ids = self._many.cases, [other.customer.customer_id for other in self._others]
        # The run takes the new engagements when it hears that something changed.
        self._context.background.run(
            lambda: cases.repairs.create_engagements(ids, code, title, year, owner),
            self._mended,
            self._context.show_error,
        )

    @Slot(str)
    def _add_for_others(self, staff_id: str) -> None:
        if self._problem is None:
            return
        cases = self._many.cases
        ids = [id_ for other in self._others for id_ in _engagements_without_staff(self._problem, other)]
        self._context.background.run(
            lambda: cases.repairs.add_participants(ids, staff_id), self._mended, self._context.show_error
        )

    @Slot(object)
    def _mended(self, refused: object) -> None:
        if refused:
            self._context.show_error(refused)  # type: ignore[arg-type]

    def _let_go(self) -> None:
        for old in (self._repairs, self._presenter):
            if old is not None:
                old.deleteLater()
        self._repairs = self._presenter = None


def _shares(problem: Problem, other: ReviewedCustomer) -> bool:
    """Tell whether the other row can be mended together with this problem."""
    if problem.repair is Repair.NOTE_DUE_DILIGENCE:
        return is_due_diligence_open(other.facts) and not other.customer.due_diligence_reason
    if problem.repair is Repair.CREATE_ENGAGEMENT:
        return any(
            found.repair is Repair.CREATE_ENGAGEMENT and found.service == problem.service and found.blocks
            for found in (*other.problems, *other.skipped)
        )
    return bool(_engagements_without_staff(problem, other))


def _engagements_without_staff(problem: Problem, other: ReviewedCustomer) -> list[str]:
    """Return the other row's engagements for the same service on which nobody is."""
    if problem.repair is not Repair.ADD_PARTICIPANT:
        return []
    found = [
        other.customer.find_choice(one.service)
        for one in other.problems
        if one.repair is Repair.ADD_PARTICIPANT and one.service == problem.service
    ]
    return [choice.engagement_id for choice in found if choice is not None]
