"""One run for many customers: the same services for all; each has its own branch and problems."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.activation_draft import (
    ActivationDraft,
    CustomerDraft,
    Forms,
    branch_of,
    change_service,
    choose_customer,
    choose_service,
    drop_service,
    give_consent,
    give_reason,
    new_draft,
    refresh_customer,
)
from app.domain.activation_facts import CustomerFacts, Situation, StaffAccess, is_due_diligence_open
from app.domain.consequences import MailLine, list_all_access, list_mails
from app.domain.preconditions import Problem, list_problems, why_unavailable
from app.domain.records import Branch
from app.domain.swedish_order import sort_key

FactsById = Mapping[str, CustomerFacts]
EQUAL_FAILURES = 3
"""So many equal failures in a row, and the rest is not tried: they would most likely fail in the same way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedCustomer:
    """One row of the grid: what is decided, what is skipped because it is there already, what is wrong.

    ``mails`` are the e-mails that go out, ``access`` the staff who get access. ``is_asked`` where the
    rules of sending have been asked, too, and what they would refuse is among the problems.
    """

    customer: CustomerDraft
    facts: CustomerFacts
    branch: Branch
    problems: tuple[Problem, ...]
    skipped: tuple[Problem, ...]
    mails: tuple[MailLine, ...] = ()
    access: tuple[StaffAccess, ...] = ()
    is_asked: bool = False

    @property
    def is_ready(self) -> bool:
        """Tell whether it can be sent (consent is given for all at once)."""
        return not any(problem.blocks for problem in self.problems)


def draft_for_many(facts: Iterable[CustomerFacts], now: datetime) -> ActivationDraft:
    """Return a draft with these customers, in the order in which their names stand in every list."""
    empty = new_draft(now)
    in_order = sorted(facts, key=lambda one: sort_key(one.customer.name))
    chosen = [choose_customer(empty, one).customers[0] for one in in_order]
    unique = {customer.customer_id: customer for customer in chosen}
    return dataclasses.replace(empty, customers=tuple(unique.values()))


def choose_for_all(
    draft: ActivationDraft, facts: FactsById, form_code: str, forms: Forms, *, chosen: bool
) -> ActivationDraft:
    """Return the draft with the service chosen, or not, for every customer that can have it."""
    form = forms[form_code]
    changed = {}
    for customer in draft.customers:
        known = facts.get(customer.customer_id)
        if known is None:
            continue
        if not chosen:
            changed[customer.customer_id] = drop_service(customer, form_code)
        elif why_unavailable(form, known) is None or not known.list_ongoing():
            # Without an engagement it is chosen all the same: the grid says what is missing, and mends it.
            changed[customer.customer_id] = choose_service(customer, form, known)
    return draft.with_customers(changed)


def refresh_all(draft: ActivationDraft, before: FactsById, after: FactsById, forms: Forms) -> ActivationDraft:
    """Return the draft after new answers: see ``activation_draft.refresh_customer``.

    A service that had no engagement takes the fitting one that has come meanwhile.
    """
    changed = {}
    for customer in draft.customers:
        known = after.get(customer.customer_id)
        if known is not None:
            fresh = refresh_customer(customer, before.get(customer.customer_id, known), known)
            changed[customer.customer_id] = _with_engagements(fresh, known, forms)
    return draft.with_customers(changed)


def consent_for(draft: ActivationDraft, customer_ids: Collection[str]) -> ActivationDraft:
    """Return the draft with the consent given for these customers, and for no others."""
    return dataclasses.replace(
        draft,
        customers=tuple(
            give_consent(customer, consented=customer.customer_id in customer_ids)
            for customer in draft.customers
        ),
    )


def reason_for_all(draft: ActivationDraft, facts: FactsById, reason: str) -> ActivationDraft:
    """Return the draft with this reason for each customer that needs one and has none."""
    changed = {
        customer.customer_id: give_reason(customer, reason)
        for customer in draft.customers
        if not customer.due_diligence_reason
        and (known := facts.get(customer.customer_id)) is not None
        and is_due_diligence_open(known)
    }
    return draft.with_customers(changed)


def count_free(facts: FactsById, forms: Forms) -> dict[str, int]:
    """Return, by service, how many of the customers can have it (an engagement can be made on the way)."""
    reasons = {
        code: [why_unavailable(form, known) for known in facts.values()] for code, form in forms.items()
    }
    return {
        code: sum(reason is None or reason.code == "no_ongoing_engagement" for reason in found)
        for code, found in reasons.items()
    }


def is_stuck(codes: Sequence[str]) -> bool:
    """Tell whether the last codes, "" for what went well, are equal failures: the rest is not tried then."""
    last = codes[-EQUAL_FAILURES:]
    return len(last) == EQUAL_FAILURES and bool(last[0]) and len(set(last)) == 1


def review_all(
    draft: ActivationDraft,
    facts: FactsById,
    situation: Situation,
    forms: Forms,
    services: Iterable[str],
    *,
    earlier: Mapping[str, ReviewedCustomer] | None = None,
) -> tuple[ReviewedCustomer, ...]:
    """Return a row for each customer. ``services`` are those that were chosen for all.

    ``earlier`` are rows of the same situation and services: one about which nothing has changed is kept.
    """
    wanted = tuple(services)
    rows = []
    for customer in draft.customers:
        known = facts.get(customer.customer_id)
        if known is None:
            continue
        kept = earlier.get(customer.customer_id) if earlier is not None else None
        if kept is not None and kept.customer is customer and kept.facts is known:
            rows.append(kept)
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
                mails=list_mails(customer, known),
                access=list_all_access(customer, known, situation),
            )
        )
    return tuple(rows)


def _with_engagements(customer: CustomerDraft, facts: CustomerFacts, forms: Forms) -> CustomerDraft:
    for choice in customer.choices:
        form = forms.get(choice.service)
        if choice.engagement_id or form is None:
            continue
        fitting = facts.list_engagements_for(form.engagement_types)
        if fitting:
            customer = change_service(customer, form, facts, engagement_id=fitting[0].id)
    return customer
