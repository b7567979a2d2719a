"""What the vendor's answer puts in the way of an activation: who may answer, licences, the company's state.

Source: domain.md, "Activation: the branch" and cases 10 to 12, 17 and 28. The server stops an activation with
these codes; the wizard shows them beforehand.
"""

from __future__ import annotations

from app.domain.records import Activation, Customer, Person, Registration, RegistrationAnswer

CLOSED_COMPANIES = frozenset({"bankrupt", "merged"})


def approvers_of(registration: Registration) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Return (who may approve, who is informed).

    The main contact approves if an administrator, otherwise all administrators; the other
    administrators get information. People of another accounting firm never answer for the company.
    """
    others_people = tuple(p for p in registration.administrators if p.firm_name)
    administrators = tuple(p for p in registration.administrators if not p.firm_name)
    main = registration.main_contact
    if main is not None and any(a.email.casefold() == main.email.casefold() for a in administrators):
        others = tuple(a for a in administrators if a.email.casefold() != main.email.casefold())
        return (main,), others + others_people
    return administrators, others_people


def find_obstacle(activation: Activation, registration: Registration, customer: Customer) -> str:
    """Return the code of what the vendor's answer puts in the way of the activation, or "".

    ``company_bankrupt`` and ``company_merged`` (nothing goes to the old administrators), ``contact_needed``,
    ``vendor_number_not_chosen``, ``no_administrator``, ``other_firm_only_administrator``,
    ``no_licence_left``.
    """
    if registration.company_state in CLOSED_COMPANIES:
        return f"company_{registration.company_state}"
    if not has_licences(activation, registration):
        return "no_licence_left"
    if registration.answer == RegistrationAnswer.NOT_REGISTERED:
        return "" if activation.contact is not None else "contact_needed"
    numbers = registration.vendor_customer_numbers
    chosen = activation.vendor_customer_number or customer.vendor_customer_number
    if len(numbers) > 1 and chosen not in numbers:
        return "vendor_number_not_chosen"
    approvers, _ = approvers_of(registration)
    if any(person.email for person in approvers):
        return ""
    is_others = any(person.firm_name for person in registration.administrators)
    return "other_firm_only_administrator" if is_others else "no_administrator"


def has_licences(activation: Activation, registration: Registration) -> bool:
    """Tell whether the firm has a licence left for each service that it would start; sharing uses none."""
    held = {service.code for service in registration.services}
    for item in activation.items:
        licence = item.options.get("licence", "")
        left = [
            row.left
            for row in registration.licences_left
            if row.service == item.service and row.licence in ("", licence)
        ]
        if item.service not in held and left and max(left) < 1:
            return False
    return True
