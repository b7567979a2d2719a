"""The pages of an activation in order, and what is before and after each."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.activation_answers import asks_contact
from app.domain.activation_draft import ActivationDraft, Step
from app.domain.activation_facts import CustomerFacts

MANY_STEPS = (Step.CUSTOMERS, Step.CHECK, Step.SERVICES, Step.REVIEW, Step.RESULT)
"""The pages of a run for many customers: contact, access and problems are edited in the review's grid."""


def list_steps(draft: ActivationDraft, facts: CustomerFacts | None) -> tuple[Step, ...]:
    """Return the pages of this run in order. ``facts`` are those of the only customer, None with many.

    With many customers contact, access and consent are edited per customer in the review's grid.
    """
    if len(draft.customers) > 1:
        return MANY_STEPS
    person = Step.CONTACT if facts is None or asks_contact(facts) else Step.ADMINISTRATORS
    return (
        Step.CUSTOMERS,
        Step.CHECK,
        Step.SERVICES,
        person,
        Step.ACCESS,
        Step.REVIEW,
        Step.RESULT,
    )


def settle_step(draft: ActivationDraft, facts: CustomerFacts | None) -> ActivationDraft:
    """Return the draft on a page that exists: a changed answer puts another in the contact page's place."""
    steps = list_steps(draft, facts)
    if draft.step in steps:
        return draft
    other = Step.ADMINISTRATORS if draft.step is Step.CONTACT else Step.CONTACT
    return draft.at(other if other in steps else Step.REVIEW)


def next_step(draft: ActivationDraft, facts: CustomerFacts | None) -> Step | None:
    """Return the page after the present one."""
    return _neighbour(draft, facts, lambda at: at + 1)


def previous_step(draft: ActivationDraft, facts: CustomerFacts | None) -> Step | None:
    """Return the page before the present one; nothing leads back from the result."""
    return None if draft.step is Step.RESULT else _neighbour(draft, facts, lambda at: at - 1)


def _neighbour(
    draft: ActivationDraft, facts: CustomerFacts | None, move: Callable[[int], int]
) -> Step | None:
    steps = list_steps(draft, facts)
    at = move(steps.index(draft.step))
    return steps[at] if 0 <= at < len(steps) else None
