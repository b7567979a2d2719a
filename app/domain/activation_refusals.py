"""What the rules would refuse, told beforehand as a problem of the row, with what mends it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from app.domain.activation_draft import Step
from app.domain.activation_many import ReviewedCustomer
from app.domain.preconditions import Problem, Repair
from app.errors import SamverkaError

_REPAIRS = {
    "contact_incomplete": Repair.EDIT_CONTACT,
    "contact_is_staff": Repair.EDIT_CONTACT,
    "choice_not_allowed": Repair.EDIT_CONTACT,
    "invalid_number": Repair.CORRECT_NUMBER,
    "customer_archived": Repair.RESTORE_CUSTOMER,
    "already_unlinked": Repair.LINK_INSTEAD,
    "no_ongoing_engagement": Repair.CREATE_ENGAGEMENT,
    "engagement_closed": Repair.CREATE_ENGAGEMENT,
    "due_diligence_missing": Repair.NOTE_DUE_DILIGENCE,
    "engagement_letter_missing": Repair.NOTE_DUE_DILIGENCE,
    "due_diligence_reason_missing": Repair.NOTE_DUE_DILIGENCE,
    "company_bankrupt": Repair.CHECK_AGAIN,
    "company_merged": Repair.CHECK_AGAIN,
}


def refusal_problem(error: SamverkaError) -> Problem:
    """Return the refusal as a problem that blocks; its sentence is that of the code."""
    data = {name: str(value) for name, value in error.data.items()}
    return Problem(
        code=error.code,
        step=Step.REVIEW,
        service=data.pop("service", ""),
        field_name=data.pop("field", ""),
        repair=_REPAIRS.get(error.code, Repair.NONE),
        data=data,
    )


def list_unasked(rows: Sequence[ReviewedCustomer]) -> tuple[str, ...]:
    """Return the customers about whom the rules are still to be asked; what blocks already is not."""
    return tuple(row.customer.customer_id for row in rows if row.is_ready and not row.is_asked)


def with_refusals(
    rows: Sequence[ReviewedCustomer], asked: Sequence[str], refused: Mapping[str, SamverkaError]
) -> tuple[ReviewedCustomer, ...]:
    """Return the rows after the rules were asked about some of them."""
    wanted = frozenset(asked)
    return tuple(
        _asked(row, refused.get(row.customer.customer_id)) if row.customer.customer_id in wanted else row
        for row in rows
    )


def _asked(row: ReviewedCustomer, error: SamverkaError | None) -> ReviewedCustomer:
    more = () if error is None else (refusal_problem(error),)
    return dataclasses.replace(row, problems=(*row.problems, *more), is_asked=True)
