"""One run for many customers: the same services for all; each has its own branch and problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.activation_draft import (
    ActivationDraft,
    CustomerDraft,
    Forms,
    branch_of,
    choose_customer,
    choose_service,
    drop_service,
    give_consent,
    new_draft,
    refresh,
)
from app.domain.activation_facts import CustomerFacts, Situation
from app.domain.preconditions import Problem, list_problems, why_unavailable
from app.domain.records import Branch

FactsById = Mapping[str, CustomerFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedCustomer:
    """One row of the grid: what is decided, what is skipped because it is there already, what is wrong."""

    customer: CustomerDraft
    facts: CustomerFacts
    branch: Branch
    problems: tuple[Problem, ...]
    skipped: tuple[Problem, ...]

    @property
    def is_ready(self) -> bool:
        """Tell whether it can be sent (consent is given for all at once)."""
        return not any(problem.blocks for problem in self.problems)


def draft_for_many(facts: Iterable[CustomerFacts], now: datetime) -> ActivationDraft:
    """Return a draft with these customers."""
    draft = new_draft(now)
    for one in facts:
        draft = choose_customer(draft, one)
    return draft


def choose_for_all(
    draft: ActivationDraft, facts: FactsById, form_code: str, forms: Forms, *, chosen: bool
) -> ActivationDraft:
    """Return the draft with the service chosen, or not, for every customer that can have it."""
    form = forms[form_code]
    for customer in draft.customers:
        known = facts.get(customer.customer_id)
        if known is None:
            continue
        if not chosen:
            draft = draft.with_customer(drop_service(customer, form_code))
        elif why_unavailable(form, known) is None or not known.list_ongoing():
            # Without an engagement it is chosen all the same: the grid says what is missing, and mends it.
            draft = draft.with_customer(choose_service(customer, form, known))
    return draft


def refresh_all(draft: ActivationDraft, before: FactsById, after: FactsById) -> ActivationDraft:
    """Return the draft after new answers: see ``activation_draft.refresh``."""
    for customer_id, facts in after.items():
        draft = refresh(draft, before.get(customer_id, facts), facts)
    return draft


def consent_for_all(draft: ActivationDraft, *, consented: bool) -> ActivationDraft:
    """Return the draft with the consent ticked, or not, for every customer."""
    for customer in draft.customers:
        draft = draft.with_customer(give_consent(customer, consented=consented))
    return draft


def review_all(
    draft: ActivationDraft,
    facts: FactsById,
    situation: Situation,
    forms: Forms,
    services: Iterable[str],
) -> tuple[ReviewedCustomer, ...]:
    """Return a row for each customer. ``services`` are those that were chosen for all."""
    wanted = tuple(services)
    rows = []
    for customer in draft.customers:
        known = facts.get(customer.customer_id)
        if known is None:
            continue
        skipped = [
            reason
            for code in wanted
            if customer.find_choice(code) is None
            and (reason := why_unavailable(forms[code], known)) is not None
        ]
        rows.append(
            ReviewedCustomer(
                customer=customer,
                facts=known,
                branch=branch_of(customer, known),
                problems=list_problems(customer, known, situation, forms),
                skipped=tuple(skipped),
            )
        )
    return tuple(rows)
