"""One story, and the client or the server dies in it at every commit, send and receive there is, one by one.

The judge is the simulation's: I1–I10. ``test_crash_points`` does the same to a client over real HTTP and with
the encrypted file; here the server dies, too, and what it does beside requests is part of the story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import pytest

from app.domain.changes import RejectedError
from app.domain.commands import (
    AddContact,
    CloseEngagement,
    CreateActivation,
    CreateCustomer,
    Payload,
    RemoveContact,
    UpdateCustomer,
)
from app.domain.ids import new_id
from app.domain.records import Activation, ActivationItem, Consent, Contact, Customer, Expectation
from app.usecases.workspace import Decision, new_command_id
from tests.support.clocks import MONDAY_MORNING
from tests.sync.simulation.client import Installation
from tests.sync.simulation.faults import KilledError, ViolationError
from tests.sync.simulation.firms import ANNA, BIG_ENGAGEMENT, CLARA, FIRM
from tests.sync.simulation.mutants import MUTANTS
from tests.sync.simulation.running import workshop
from tests.sync.simulation.seeded_ids import seeded_ids
from tests.sync.simulation.world import Workshop, World


class Story(World):
    """Two colleagues, a chain of decisions, a conflict, a refusal, a withdrawal, an invitation."""

    def tell(self, *, client_dies_at: int = 0, server_dies_at: int = 0) -> tuple[int, int]:
        """Let it happen. Return how many steps client and server took. Raises ViolationError."""
        self.begin()
        self.faults.stop()
        try:
            anna, clara = self.add_machine(FIRM, ANNA), self.add_machine(FIRM, CLARA)
            for machine in (anna, clara):
                while not machine.database.path.exists() or not self.make_round(machine):
                    pass
                machine.page_rows = 12
                machine.kill()
            self.server.fuse.burnt = anna.fuse.burnt = 0
            anna.fuse.left, self.server.fuse.left = client_dies_at, server_dies_at
            for step in self._steps(anna, clara):
                try:
                    # What the rules refuse is refused: a life that ended earlier has left other rows.
                    with suppress(RejectedError):
                        step()
                except KilledError:
                    anna.kill()
                anna.read_ledger()
                self.oracle.saw_view(anna)
            burnt = anna.fuse.burnt, self.server.fuse.burnt
            self.come_to_rest()
            self.oracle.at_rest(self.machines)
            return burnt
        finally:
            self.close()

    def _steps(self, anna: Installation, clara: Installation) -> Iterator[Callable[[], object]]:
        made, id_ = new_command_id(), new_id("cu")
        new = Customer(id=id_, customer_number="77", name="Ny AB")
        contacts = tuple(Contact(id=new_id("ct"), customer_id=id_, name=f"Kontakt {n}") for n in range(6))
        late = Contact(id=new_id("ct"), customer_id=id_, name="Sist")
        yield lambda: anna.workspace.enqueue(
            [
                Decision(payload=CreateCustomer(customer=new, contacts=contacts), command_id=made),
                Decision(payload=AddContact(contact=late), needs=(made,)),
                Decision(payload=rename("cu_start1", "Kund 1 AB", "Annas namn AB")),
            ]
        )
        clara.workspace.enqueue([rename("cu_start1", "Kund 1 AB", "Claras namn AB")])
        clara.workspace.enqueue([RemoveContact(contact_id="ct_start2")])
        clara.read_ledger()
        yield lambda: self.make_round(clara)
        yield lambda: anna.workspace.enqueue([RemoveContact(contact_id="ct_start2")])
        yield lambda: self.make_round(anna)
        yield lambda: anna.workspace.enqueue([CloseEngagement(engagement_id="en_start3")])
        yield lambda: anna.outbox.withdraw([line.command_id for line in anna.outbox.list_waiting()])
        yield lambda: anna.workspace.enqueue([activation()])
        yield lambda: self.make_round(anna)
        yield self.server.work
        yield lambda: self.advance(timedelta(hours=2))
        yield lambda: self.make_round(anna)
        yield self.server.work
        yield lambda: self.make_round(clara)
        yield lambda: self.make_round(anna)


def rename(customer_id: str, before: str, after: str) -> Payload:
    return UpdateCustomer(customer_id=customer_id, set={"name": {"from": before, "to": after}})


def activation() -> Payload:
    item = ActivationItem(
        collaboration_id=new_id("cl"), service="scanner", engagement_id=BIG_ENGAGEMENT, payer="customer"
    )
    return CreateActivation(
        activation=Activation(
            id=new_id("av"),
            customer_id="cu_start0",
            branch="",
            items=(item,),
            expects=Expectation(answer="registered"),
            consent=Consent(text_version="1", by=ANNA.id, at=MONDAY_MORNING),
        )
    )


@pytest.fixture(scope="module")
def shop() -> Iterator[Workshop]:
    with workshop() as opened:
        yield opened


def told(shop: Workshop, **dies: int) -> tuple[int, int]:
    with seeded_ids(1):
        return Story(shop, 1).tell(**dies)


def told_at_all(shop: Workshop, steps: int, who: str) -> None:
    for point in range(1, steps + 1):
        told(shop, **{who: point})


def test_client_dies_at_every_point(shop: Workshop) -> None:
    steps, _ = told(shop)
    assert steps >= 40
    told_at_all(shop, steps, "client_dies_at")


def test_server_dies_at_every_point(shop: Workshop) -> None:
    _, steps = told(shop)
    assert steps >= 40
    assert shop.server.postbox.sent, "the story has an e-mail in it"
    told_at_all(shop, steps, "server_dies_at")


@pytest.mark.parametrize("name", ["done_before_send", "cursor_before_data", "new_key_per_retry"])
def test_points_see_a_broken_client(shop: Workshop, name: str) -> None:
    """The control: a client that is broken between two steps is seen at one of the points."""
    steps, _ = told(shop)
    with MUTANTS[name].in_place(), pytest.raises(ViolationError):
        told_at_all(shop, steps, "client_dies_at")


def test_points_see_a_broken_server(shop: Workshop) -> None:
    """The control: a server that forgets what it has settled is seen when it dies before its answer."""
    _, steps = told(shop)
    with MUTANTS["no_deduplication"].in_place(), pytest.raises(ViolationError):
        told_at_all(shop, steps, "server_dies_at")
