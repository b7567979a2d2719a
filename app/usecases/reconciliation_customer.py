"""A customer that is created from a company at the vendor, in the same step as its links."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.changes import RejectedError
from app.domain.contact_details import parse_email, parse_phone, parse_postal_code
from app.domain.identity import NumberError, guess_kind, parse_number
from app.domain.ids import PREFIXES, new_id
from app.domain.limits import find_too_long
from app.domain.records import Address, Contact, Customer, CustomerKind
from app.usecases.reconciliation_values import CompanyFacts, NewCustomer


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCustomerForm:
    """What a person fills in. ``number`` is as shown: a personal number that is left alone stays masked."""

    name: str
    kind: str
    number: str
    customer_number: str = ""
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    postal_code: str = ""
    town: str = ""


def prefill(company: CompanyFacts) -> NewCustomerForm:
    """Return the form as the vendor's particulars fill it."""
    parsed = parse_number(company.number) if company.shown_number else None
    if parsed is None:
        kind = CustomerKind.LEGAL_PERSON
    else:
        kind = guess_kind(parsed)
    return NewCustomerForm(
        name=company.name,
        kind=kind,
        number=company.shown_number,
        email=company.email,
        phone=company.phone,
        postal_code=company.address.postal_code,
        town=company.address.town,
    )


def make_new_customer(form: NewCustomerForm, company: CompanyFacts) -> NewCustomer:
    """Return the customer and its contact.

    A wrong check digit is kept, as in an import: it is what the vendor has, and the register warns of it.

    Raises:
        RejectedError: ``customer_name_missing``, ``too_long``, that of ``NumberError`` for what is no number,
            ``invalid_email``, ``invalid_phone`` or ``invalid_postal_code``.
    """
    if not form.name.strip():
        raise RejectedError("customer_name_missing")
    for field, typed in (
        ("name", form.name),
        ("customer_number", form.customer_number),
        ("contact", form.contact_name),
        ("town", form.town),
    ):
        if (refused := find_too_long("name" if field == "contact" else field, typed)) is not None:
            raise RejectedError(refused.code, **{**refused.data, "field": field})
    number = company.number if form.number == company.shown_number else form.number
    canonical = ""
    if number.strip():
        parsed = parse_number(number, form.kind)
        if parsed.error not in (None, NumberError.WRONG_CHECK_DIGIT) or not parsed.canonical:
            shown = company.shown_number if number == company.number else number
            raise RejectedError(parsed.error or NumberError.NOT_A_NUMBER, number=shown)
        canonical = parsed.canonical
    email, phone = parse_email(form.email), parse_phone(form.phone)
    postal = parse_postal_code(form.postal_code)
    for typed, detail, code in (
        (form.email, email, "invalid_email"),
        (form.phone, phone, "invalid_phone"),
        (form.postal_code, postal, "invalid_postal_code"),
    ):
        if typed.strip() and not detail.ok:
            raise RejectedError(code, value=typed.strip())
    customer = Customer(
        id=new_id(PREFIXES["customer"]),
        customer_number=form.customer_number.strip(),
        name=form.name.strip(),
        kind=form.kind,
        organisation_number=canonical,
        serial=company.serial,
        vendor_customer_number=company.vendor_customer_number,
        address=Address(postal_code=postal.value, town=form.town.strip()),
    )
    contact = None
    if email.value or phone.value:
        contact = Contact(
            id=new_id(PREFIXES["contact"]),
            customer_id=customer.id,
            name=form.contact_name.strip() or customer.name,
            email=email.value,
            phone=phone.value,
            is_main=True,
        )
    return NewCustomer(customer=customer, contact=contact)
