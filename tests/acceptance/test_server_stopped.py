"""The server is stopped in the middle of ending everything: the state is clear, and it goes on afterwards.

Where it is killed (`kill -9`) instead, what it had in its hands goes on when the lease of two minutes is out.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton

from app.domain.records import Collaboration, Customer, Event, Registration
from app.storage.local_reader import LocalReader
from tests.acceptance.conftest import OpenProgram
from tests.acceptance.person import Person
from tests.acceptance.server_process import ServerProcess
from tests.acceptance.steps import find_example, state_of, wait_for_the_firm
from ui.ending.item_card import EndItemCard

pytestmark = pytest.mark.acceptance

Serve = Callable[..., ServerProcess]

SAID = ("I utkorgen", "Skickas", "Avslutas", "Avslutat", "Genomfört")
"""What a row may say of an end that is somewhere between here and the vendor."""


def has_several_services(reader: LocalReader, customer: Customer) -> bool:
    """Tell whether three services or more can be ended, with nothing in the way."""
    rows = [
        row for row in reader.list_of_customer("collaboration", customer.id) if isinstance(row, Collaboration)
    ]
    answers = [
        one for one in reader.list_of_customer("registration", customer.id) if isinstance(one, Registration)
    ]
    return (
        len(rows) >= 3
        and all(row.state == "active" and row.customer_id and row.engagement_id for row in rows)
        and any(one.main_contact and not one.bank_link and not one.open_reports for one in answers)
    )


def decide(person: Person, customer: Customer) -> int:
    """End everything in the dialog; return how many services that is."""
    person.window.navigate("ending", customer_id=customer.id)
    person.until(lambda: person.dialog().findChildren(EndItemCard), "the services are shown")
    cards = person.dialog().findChildren(EndItemCard)
    for card in cards:
        for box in card.findChildren(QCheckBox):
            box.setChecked(True)
        radios = card.findChildren(QRadioButton)
        if radios and not any(one.isChecked() for one in radios):
            radios[0].setChecked(True)
    field = person.dialog().findChild(QLineEdit, "endingTyped")
    assert field is not None
    field.setText(customer.name)
    person.press("endingEnd")
    person.until(lambda: person.has("endingClose"), "everything is decided")
    person.press("endingClose")
    return len(cards)


def marks(person: Person) -> list[str]:
    """Return what the customer's page says of each of its collaborations."""
    return [row for row in person.rows("customerCollaborationList") if row]


def test_a_server_that_is_stopped_while_everything_ends_goes_on_when_it_is_back(
    open_program: OpenProgram, serve: Serve
) -> None:
    server = serve("--sample")
    person = open_program(server_url=server.url)
    person.sign_in()
    wait_for_the_firm(person)
    customer = find_example(person, has_several_services)
    person.samverka.status.pause()
    number = decide(person, customer)
    person.until(lambda: person.samverka.status.read().waiting == number, "all of it in the outbox")
    person.window.navigate("customer", customer_id=customer.id)
    person.until(lambda: person.has("customerCollaborationList"), "the customer's page")
    person.samverka.status.resume()
    person.until(
        lambda: (
            {"ending", "ended"} & set(state_of(person.samverka, customer.id).values())
            and person.samverka.status.read().waiting < number
        ),
        "the server has begun",
    )
    server.stop()
    person.samverka.status.synchronise_now()
    person.until(lambda: person.samverka.status.read().is_offline, "offline is noticed")
    person.until(
        lambda: (
            len(marks(person)) == number and all(any(word in row for word in SAID) for row in marks(person))
        ),
        "each service says how far it has come",
    )
    server.start()
    person.samverka.status.synchronise_now()
    person.until(lambda: person.samverka.status.read().waiting == 0, "the rest is sent")
    person.until(
        lambda: set(state_of(person.samverka, customer.id).values()) == {"ended"}, "everything has ended"
    )
    with person.samverka.workspace.read() as unit:
        events = [
            row for row in LocalReader(unit).list_of_customer("event", customer.id) if isinstance(row, Event)
        ]
    asked = [one for one in events if one.what == "end_asked"]
    assert len(asked) == number, "nothing was asked for twice"
    assert not [one for one in person.samverka.outbox.list_attention() if one.customer_id == customer.id]
