"""From what was decided to what is sent."""

from __future__ import annotations

from app.domain.activation_answers import asks_contact
from app.domain.activation_draft import (
    ActivationDraft,
    CustomerDraft,
    ServiceChoice,
    branch_of,
    vendor_number_of,
)
from app.domain.activation_facts import CustomerFacts, Situation, is_due_diligence_open
from app.domain.activation_language import language_of
from app.domain.records import Activation, ActivationItem, Branch, Consent, Expectation
from app.domain.service_form import PAYER, PERIOD, VARIANT


def to_activation(
    draft: ActivationDraft,
    customer: CustomerDraft,
    facts: CustomerFacts,
    situation: Situation,
    *,
    consent_text: str,
) -> Activation:
    """Return what is sent for one customer. ``consent_text`` is the version of the text that was agreed to.

    The caller has seen that nothing blocks (``preconditions.list_problems``).
    """
    registration = facts.registration
    return Activation(
        id=customer.activation_id,
        customer_id=customer.customer_id,
        branch=branch_of(customer, facts),
        items=tuple(_item(choice, facts) for choice in customer.choices),
        contact=customer.contact.to_contact() if asks_contact(facts) else None,
        expects=Expectation(
            answer=facts.answer,
            services=registration.services if registration else (),
            checked_at=facts.checked_at,
        ),
        consent=Consent(text_version=consent_text, by=situation.me.id, at=situation.now),
        made_by=situation.me.id,
        made_at=situation.now,
        language=language_of(draft, customer),
        vendor_customer_number=vendor_number_of(customer, facts),
        due_diligence_reason=customer.due_diligence_reason if is_due_diligence_open(facts) else "",
    )


def _item(choice: ServiceChoice, facts: CustomerFacts) -> ActivationItem:
    if facts.branch_for(choice.service) is Branch.OWNS_SUBSCRIPTION:
        return ActivationItem(
            collaboration_id=choice.collaboration_id,
            service=choice.service,
            engagement_id=choice.engagement_id,
        )
    values = choice.values
    period = values.get(PERIOD, "")
    return ActivationItem(
        collaboration_id=choice.collaboration_id,
        service=choice.service,
        engagement_id=choice.engagement_id,
        variant=values.get(VARIANT, ""),
        payer=values.get(PAYER, ""),
        period_months=int(period) if period.isdecimal() else None,
        options={
            name: value for name, value in values.items() if value and name not in (VARIANT, PAYER, PERIOD)
        },
    )
