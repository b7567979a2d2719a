"""The same thing decided on two devices at once is done once, and whoever came second is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.records import Collaboration
from app.storage.local_reader import LocalReader
from tests.acceptance.conftest import OpenProgram
from tests.acceptance.server_process import ServerProcess
from tests.acceptance.steps import (
    activate_scanner,
    close_wizard,
    find_example,
    is_free_for_activation,
    open_wizard,
    second_client,
    state_of,
    wait_for_the_firm,
    walk_to_review,
)

pytestmark = pytest.mark.acceptance

Serve = Callable[..., ServerProcess]


@pytest.mark.case(8)
def test_two_devices_that_decide_the_same_send_it_once(
    open_program: OpenProgram, serve: Serve, tmp_path: Path
) -> None:
    server = serve("--sample")
    person = open_program(server_url=server.url)
    person.sign_in()
    wait_for_the_firm(person)
    customer = find_example(person, lambda r, c: is_free_for_activation(r, c, "not_registered"))
    other = second_client(tmp_path / "other", server.url)
    try:
        person.until(lambda: other.customer_list.count() > 200, "the other device has the firm")
        open_wizard(person, customer)
        walk_to_review(person, "scanner")
        person.tick("activationConsent")
        person.samverka.status.pause()
        person.press("activationNext")
        person.until(lambda: person.samverka.status.read().waiting == 1, "in the outbox of the one")
        close_wizard(person)
        activate_scanner(other, customer.id)
        person.until(lambda: state_of(other, customer.id).get("scanner") == "active", "the other was first")
        person.samverka.status.resume()
        person.until(lambda: person.samverka.status.read().waiting == 0, "the first has been told")
        person.until(lambda: state_of(person.samverka, customer.id).get("scanner") == "active", "one of them")
        with other.workspace.read() as unit:
            rows = LocalReader(unit).list_of_customer("collaboration", customer.id)
            live = [row for row in rows if isinstance(row, Collaboration) and row.service == "scanner"]
        assert len(live) == 1
    finally:
        other.close()
    person.go("outbox")
    person.press("outboxTab_attention")
    person.until(lambda: any(customer.name in row for row in person.rows("outboxAttention")), "it is told")
    [row] = [row for row in person.rows("outboxAttention") if customer.name in row]
    assert "Scanner" in row
