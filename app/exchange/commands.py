"""From an accepted preview to commands: one customer.create per new row, updates for changed ones.

The commands are ordinary ones: they go to the outbox, travel to the server and are judged there one by
one. Rows that are invalid, unchanged or duplicates make none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.domain.changes import changes_between
from app.domain.commands import AddContact, CreateCustomer, UpdateContact, UpdateCustomer
from app.domain.ids import new_id
from app.domain.records import Address, Contact, Customer
from app.exchange.judging import JudgedRow
from app.exchange.known_customers import KnownCustomer
from app.exchange.merging import contact_of, has_contact, updated_contact, updated_customer
from app.exchange.preview import ImportRow

ImportPayload = CreateCustomer | UpdateCustomer | AddContact | UpdateContact


def make_payloads(row: ImportRow, make_id: Callable[[str], str] = new_id) -> tuple[ImportPayload, ...]:
    """Return what an accepted row commands; none refers to another, so that each may fail alone.

    ``make_id`` gives ids from a type prefix.
    """
    if not row.will_be_imported:
        return ()
    if row.known is None:
        return (create_customer(row.row, make_id),)
    return tuple(_updates(row.row, row.known, make_id))


def create_customer(row: JudgedRow, make_id: Callable[[str], str] = new_id) -> CreateCustomer:
    """Return the payload that creates the row's customer, with its contact where the row has one."""
    customer_id = make_id("cu")
    customer = Customer(
        id=customer_id,
        customer_number=row.customer_number,
        name=row.name,
        kind=row.kind,
        legal_form=row.legal_form,
        organisation_number=row.number,
        serial=row.serial,
        vendor_customer_number=row.vendor_customer_number,
        office=row.office,
        fiscal_year_end=row.fiscal_year_end or "12-31",
        address=Address(street=row.street, postal_code=row.postal_code, town=row.town, country=row.country),
    )
    contacts = (_new_contact(row, customer_id, make_id, is_main=True),) if has_contact(row) else ()
    return CreateCustomer(customer=customer, contacts=contacts)


def _updates(
    row: JudgedRow, known: KnownCustomer, make_id: Callable[[str], str]
) -> Iterator[UpdateCustomer | AddContact | UpdateContact]:
    changes = changes_between(known.customer, updated_customer(row, known.customer))
    if changes:
        yield UpdateCustomer(customer_id=known.customer.id, set=changes)
    if not has_contact(row):
        return
    contact = contact_of(row, known)
    if contact is None:
        yield AddContact(contact=_new_contact(row, known.customer.id, make_id, is_main=not known.contacts))
        return
    wanted = updated_contact(row, contact)
    contact_changes = changes_between(contact, wanted)
    if contact_changes:
        yield UpdateContact(contact_id=contact.id, set=contact_changes)


def _new_contact(
    row: JudgedRow, customer_id: str, make_id: Callable[[str], str], *, is_main: bool
) -> Contact:
    empty = Contact(id=make_id("ct"), customer_id=customer_id, name="", is_main=is_main)
    return updated_contact(row, empty)
