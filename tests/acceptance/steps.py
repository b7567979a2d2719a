"""What people do in several stories, step by step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from app.bootstrap import Samverka, Start
from app.config import change_config
from app.domain.commands import CreateActivation
from app.domain.ids import new_id
from app.domain.records import (
    Access,
    Activation,
    ActivationContact,
    ActivationItem,
    Collaboration,
    Consent,
    Contact,
    Customer,
    Engagement,
    Expectation,
)
from app.paths import Profile
from app.remote.one_click import click_sample_sign_in
from app.storage.local_reader import LocalReader
from tests.acceptance.person import Person
from tests.acceptance.server_process import ServerProcess
from ui.customers.list_model import CustomerListModel
from ui.widgets.table import Table

Serve = Callable[..., ServerProcess]


def wait_for_the_firm(person: Person) -> None:
    """Wait until the sample firm has been pulled."""
    person.until(lambda: person.samverka.customer_list.count() > 200, "the customers have come")
    person.until(lambda: person.samverka.status.read().connection == "connected", "connected")


def find_example(person: Person, wanted: Callable[[LocalReader, Customer], bool]) -> Customer:
    """Return the first customer, in the order of names, of whom something holds."""
    with person.samverka.workspace.read() as unit:
        reader = LocalReader(unit)
        customers = sorted(reader.list_all(Customer), key=lambda c: c.name)
        return next(c for c in customers if wanted(reader, c))


def is_free_for_activation(reader: LocalReader, customer: Customer, answer: str) -> bool:
    """Tell whether nothing is under way for the customer and everything that is needed is there."""
    registration = [
        r for r in reader.list_of_customer("registration", customer.id) if getattr(r, "answer", "") == answer
    ]
    busy = reader.list_of_customer("collaboration", customer.id)
    engagements = {
        getattr(e, "type", "")
        for e in reader.list_of_customer("engagement", customer.id)
        if getattr(e, "state", "") == "ongoing"
    }
    contacts = reader.list_of_customer("contact", customer.id)
    return (
        bool(registration)
        and not busy
        and customer.kind == "legal_person"
        and customer.state == "active"
        and customer.address.is_complete
        and "bookkeeping" in engagements
        and any(getattr(c, "email", "") for c in contacts)
    )


def open_wizard(person: Person, customer: Customer) -> None:
    """From the list: search, choose, activate."""
    person.go("customers")
    person.type("customersSearch", customer.name)
    table = person.find(Table, "customersTable")
    model = table.rows
    assert isinstance(model, CustomerListModel)
    person.until(
        lambda: model.rowCount() >= 1 and (row := model.row_at(0)) is not None and row.id == customer.id,
        f"{customer.name} is found",
    )
    table.selectRow(0)
    table.setFocus()
    person.press("customersActivate")
    person.until(lambda: person.has("activationDialog"), "the wizard is open")


def walk_to_review(person: Person, *services: str) -> None:
    """Page by page to the review, with these services chosen."""
    person.until(lambda: person.find(QPushButton, "activationNext").isEnabled(), "the check is done")
    person.press("activationNext")
    for service in services:
        person.tick(f"choose_{service}")
    for _ in range(4):
        if person.has("activationConsent"):
            return
        person.press("activationNext")
        person.until(lambda: person.has("activationNext"), "the next page")
    assert person.has("activationConsent"), person.seen()


def close_wizard(person: Person) -> None:
    person.dialog().close()
    person.until(lambda: not person.has("activationDialog"), "the wizard is closed")


def state_of(samverka: Samverka, customer_id: str) -> dict[str | None, str]:
    """Return service → state of the customer's collaborations, as a client shows them."""
    with samverka.workspace.read() as unit:
        rows = LocalReader(unit).list_of_customer("collaboration", customer_id)
        return {row.service: row.state for row in rows if isinstance(row, Collaboration)}


def staff_with_access(samverka: Samverka, collaboration_id: str) -> set[str]:
    with samverka.workspace.read() as unit:
        rows = LocalReader(unit).list_children("access", collaboration_id)
        return {a.staff_id for a in rows if isinstance(a, Access) and a.until is None and a.staff_id}


def second_client(folder: Path, server_url: str) -> Samverka:
    """Another installation of the program, without a window, signed in on the same server."""
    profile = Profile(folder)
    profile.prepare()
    change_config(profile, server_url=server_url, welcome_done=True)
    samverka = Start(profile).build()
    samverka.session.sign_in(click_sample_sign_in)
    return samverka


def activate_scanner(samverka: Samverka, customer_id: str) -> None:
    """A colleague activates another service for the same company, which registers it."""
    with samverka.workspace.read() as unit:
        reader = LocalReader(unit)
        customer = reader.get_many(Customer, [customer_id])[customer_id]
        contact = next(c for c in reader.list_of_customer("contact", customer_id) if getattr(c, "email", ""))
        engagement = next(
            e
            for e in reader.list_of_customer("engagement", customer_id)
            if isinstance(e, Engagement) and e.type == "bookkeeping" and e.state == "ongoing"
        )
    assert isinstance(contact, Contact)
    samverka.workspace.enqueue(
        [
            CreateActivation(
                activation=Activation(
                    id=new_id("av"),
                    customer_id=customer_id,
                    branch="not_registered",
                    items=(
                        ActivationItem(
                            collaboration_id=new_id("cl"), service="scanner", engagement_id=engagement.id
                        ),
                    ),
                    contact=ActivationContact(
                        name=contact.name,
                        email=contact.email,
                        address=customer.address,
                        contact_id=contact.id,
                    ),
                    expects=Expectation(answer="not_registered"),
                    consent=Consent(text_version="1", by="", at=samverka.clock.now()),
                )
            )
        ]
    )
