"""A row of a file laid over the customer that is already there: what the file leaves empty stays."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from app.domain.records import Address, Contact, Customer
from app.domain.swedish_order import fold_for_search
from app.exchange.judging import JudgedRow
from app.exchange.known_customers import KnownCustomer


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One value that the file would change; ``field`` is a field of customer, address or contact."""

    field: str
    before: str
    after: str


def differences_from(row: JudgedRow, known: KnownCustomer) -> tuple[FieldDifference, ...]:
    """Return what the row would change. What the file leaves empty is never a difference."""
    customer, contact = known.customer, contact_of(row, known)
    wanted = updated_customer(row, customer)
    pairs: list[tuple[str, str, str]] = [
        (name, getattr(customer, name), getattr(wanted, name))
        for name in ("name", "legal_form", "organisation_number", "customer_number",
                     "vendor_customer_number", "fiscal_year_end", "office")
    ]  # fmt: skip
    pairs += [
        (name, getattr(customer.address, name), getattr(wanted.address, name))
        for name in ("street", "postal_code", "town", "country")
    ]
    if has_contact(row):
        before = contact or Contact(id="", customer_id=customer.id, name="")
        after = updated_contact(row, before)
        pairs += [
            ("contact", before.name, after.name),
            ("email", before.email, after.email),
            ("phone", before.phone, after.phone),
        ]
    return tuple(FieldDifference(*pair) for pair in pairs if pair[1] != pair[2])


def updated_customer(row: JudgedRow, customer: Customer) -> Customer:
    """Return the customer with what the row says; empty cells change nothing, the kind stays."""
    old = customer.address
    has_address = bool(row.street or row.postal_code or row.town)
    address = Address(
        street=row.street or old.street,
        postal_code=row.postal_code or old.postal_code,
        town=row.town or old.town,
        country=row.country if has_address else old.country,
    )
    return dataclasses.replace(
        customer,
        name=row.name,
        legal_form=row.legal_form or customer.legal_form,
        organisation_number=customer.organisation_number or row.number,
        customer_number=row.customer_number or customer.customer_number,
        vendor_customer_number=row.vendor_customer_number or customer.vendor_customer_number,
        fiscal_year_end=row.fiscal_year_end or customer.fiscal_year_end,
        office=row.office or customer.office,
        address=address,
    )


def contact_of(row: JudgedRow, known: KnownCustomer) -> Contact | None:
    """Return the contact that the row is about: by e-mail, by name, or the main one where none is named."""
    if row.email:
        for contact in known.contacts:
            if contact.email.casefold() == row.email.casefold():
                return contact
    if row.contact:
        wanted = fold_for_search(row.contact)
        return next((each for each in known.contacts if fold_for_search(each.name) == wanted), None)
    return known.main_contact


def updated_contact(row: JudgedRow, contact: Contact) -> Contact:
    """Return the contact with what the row says; an e-mail address that differs in case only is the same.

    Without a person's name a new contact bears the customer's: a switchboard, an ``info@``.
    """
    same_email = row.email.casefold() == contact.email.casefold()
    return dataclasses.replace(
        contact,
        name=row.contact or contact.name or row.name,
        email=contact.email if same_email else row.email or contact.email,
        phone=row.phone or contact.phone,
    )


def has_contact(row: JudgedRow) -> bool:
    """Tell whether the row says anything about a person or how to reach the customer."""
    return bool(row.contact or row.email or row.phone)
