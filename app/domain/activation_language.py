"""The language of the customers' e-mails: English to foreign companies, otherwise Swedish, by default.

A person may choose for one customer or for a whole run. Another letter is agreed to anew.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from app.domain.activation_draft import ActivationDraft, CustomerDraft, give_consent
from app.domain.activation_facts import CustomerFacts
from app.domain.records import CustomerKind

MAIL_LANGUAGES = ("sv", "en")
"""The languages that e-mails to customers are written in, the usual one first."""


def language_of(draft: ActivationDraft, customer: CustomerDraft) -> str:
    """Return the language of the customer's e-mails."""
    return customer.language or draft.language


def usual_language(facts: CustomerFacts) -> str:
    """Return the language that the customer's e-mails have where nobody chooses."""
    return "en" if facts.customer.kind == CustomerKind.FOREIGN else MAIL_LANGUAGES[0]


def choose_language(
    draft: ActivationDraft, language: str, customer_ids: Collection[str] | None = None
) -> ActivationDraft:
    """Return the draft with that language for these customers, or for all of them.

    Raises:
        ValueError: a language that no letter is written in.
    """
    if language not in MAIL_LANGUAGES:
        raise ValueError(language)
    return draft.with_customers(
        {
            customer.customer_id: _in_language(draft, customer, language)
            for customer in draft.customers
            if customer_ids is None or customer.customer_id in customer_ids
        }
    )


def choose_usual_languages(draft: ActivationDraft, facts: Collection[CustomerFacts]) -> ActivationDraft:
    """Return the draft with each customer's usual language."""
    changed = {}
    for known in facts:
        customer = draft.find_customer(known.customer.id)
        if customer is not None:
            changed[customer.customer_id] = _in_language(draft, customer, usual_language(known))
    return draft.with_customers(changed)


def _in_language(draft: ActivationDraft, customer: CustomerDraft, language: str) -> CustomerDraft:
    if language_of(draft, customer) == language:
        return customer
    return dataclasses.replace(give_consent(customer, consented=False), language=language)
