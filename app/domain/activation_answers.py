"""What a form is given by the facts about a customer, and what they leave to be asked."""

from __future__ import annotations

from app.domain.activation_facts import CustomerFacts
from app.domain.records import Payer, RegistrationAnswer
from app.domain.service_form import PAYER, VARIANT, ServiceForm


def asks_agreement(form: ServiceForm, facts: CustomerFacts) -> bool:
    """Tell whether the form asks for variant, payer and so on: not where the customer has its own."""
    return bool(form.fields_for(facts.branch_for(form.code)))


def asks_contact(facts: CustomerFacts) -> bool:
    """Tell whether a contact person is asked for: the company is not registered, or nobody knows."""
    return facts.answer is not RegistrationAnswer.REGISTERED


def present_values(form: ServiceForm, facts: CustomerFacts) -> dict[str, str]:
    """Return the form's answers that the company already has at the vendor."""
    present = facts.find_registered_service(form.code)
    values: dict[str, str] = {}
    if present is not None:
        if present.variant:
            values[VARIANT] = present.variant
        if present.payer:
            values[PAYER] = present.payer
    return values


def fact_values(form: ServiceForm, facts: CustomerFacts) -> dict[str, str]:
    """Return the facts that a form's rules may ask for, by the names that the catalogue uses."""
    customer, registration = facts.customer, facts.registration
    services = registration.services if registration else ()
    return {
        "branch": facts.branch_for(form.code),
        "customer_kind": customer.kind,
        "legal_form": customer.legal_form or (registration.legal_form if registration else ""),
        "customer_pays": _yes(any(found.payer == Payer.CUSTOMER for found in services)),
        "lon_direkt": "on" if registration is not None and registration.lon_direkt else "off",
        "has_main_contact": _yes(any(contact.is_main for contact in facts.contacts)),
    }


def _yes(value: object) -> str:
    return "yes" if value else "no"
