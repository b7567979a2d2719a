"""The vendor worker: asks again before anything is sent, and takes each answer in once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.commands import CancelActivation, ProceedActivation
from app.domain.records import Access, Activation, Collaboration, Contact, Invitation
from app.server.gateway.vendor import (
    CompanyAnswer,
    CompanyQuery,
    NewCompany,
    Seat,
    VendorUnavailableError,
)
from app.server.gateway.worker import CHECKS_BEFORE_UNKNOWN, VendorWorker
from tests.server.portal_site import (
    ADDRESS,
    ELECTRICIAN,
    FARM,
    FIRM,
    KARIN,
    MAJA,
    PortalSite,
    electrician_in_register,
    portal_site,
)
from tests.server.test_gateway_register import MAJA as CONTACT
from tests.server.test_gateway_register import SCANNER

FARM_QUERY = CompanyQuery(number=FARM.organisation_number, kind="sole_firm")
SOMEONE = Seat(firm_id="fi_other", firm_name="Annan Byrå AB")


@pytest.fixture
def site(database: str) -> Iterator[PortalSite]:
    with portal_site(database) as running:
        yield running


def test_a_company_that_is_not_registered_becomes_active_at_once(site: PortalSite) -> None:
    activation_id, _, _ = site.register_farm()
    activation = site.get(Activation, activation_id)
    assert activation.state == "done"
    assert activation.login_mail_state == "sent"
    assert site.states() == {"eekonomi": "active"}
    held = [a for a in site.list_all(Access) if a.until is None]
    assert [a.staff_id for a in held if a.staff_id] == [KARIN.id]
    (contact,) = site.list_all(Contact)
    assert (contact.name, contact.email, contact.is_main) == ("Maja Berg", MAJA, True)
    assert [a.contact_id for a in held if a.contact_id] == [contact.id]
    company = site.gateway.find_company(FARM_QUERY)
    assert company is not None
    assert company.people[0].email == MAJA
    assert company.address == ADDRESS


@pytest.mark.case(9)
def test_a_company_that_was_registered_meanwhile_stops_and_asks(site: PortalSite) -> None:
    activation_id = site.activate(FARM, "eekonomi", expects="not_registered")
    new = NewCompany(name=FARM.name, number=FARM.organisation_number, kind="sole_firm")
    site.gateway.register(SOMEONE, new, CONTACT, [SCANNER], idempotency_key="theirs")
    site.side.run_until_quiet()
    activation = site.get(Activation, activation_id)
    assert (activation.state, activation.stopped_because) == ("stopped", "answer_changed")
    assert site.states() == {"eekonomi": "stopped"}
    assert site.mails() == [], "nothing is sent on an answer that changed"
    site.command(ProceedActivation(activation_id=activation_id, answer="registered"))
    site.side.run_until_quiet()
    assert site.get(Activation, activation_id).state == "sent"
    assert [m.kind for m in site.mails()] == ["invitation"]


def test_a_stopped_activation_can_be_cancelled(site: PortalSite) -> None:
    activation_id = site.activate(FARM, "eekonomi", expects="registered")
    site.side.run_until_quiet()
    assert site.get(Activation, activation_id).state == "stopped"
    site.command(CancelActivation(activation_id=activation_id))
    site.side.run_until_quiet()
    assert site.get(Activation, activation_id).state == "cancelled"
    assert site.mails() == []


@pytest.mark.case(11)
@pytest.mark.case(28)
@pytest.mark.parametrize(
    ("change", "reason"),
    [({"people": ()}, "no_administrator"), ({"company_state": "bankrupt"}, "company_bankrupt")],
)
def test_what_stands_in_the_way_stops_it(site: PortalSite, change: dict[str, object], reason: str) -> None:
    site.gateway.fill([replace(electrician_in_register(), **change)])  # type: ignore[arg-type]
    activation_id = site.activate(ELECTRICIAN, "scanner")
    site.side.run_until_quiet()
    assert site.get(Activation, activation_id).stopped_because == reason


@pytest.mark.case(3)
def test_an_address_that_is_another_persons_is_refused_with_its_reason(site: PortalSite) -> None:
    other = NewCompany(name="Annat", number="165560360793", kind="legal_person")
    contact = replace(CONTACT, name="Någon Annan", email=MAJA)
    site.gateway.register(SOMEONE, other, contact, [SCANNER], idempotency_key="theirs")
    activation_id = site.activate(FARM, "eekonomi", expects="not_registered")
    site.side.run_until_quiet()
    activation = site.get(Activation, activation_id)
    assert (activation.state, activation.refused_because) == ("refused", "contact_is_other_person")
    assert site.states() == {"eekonomi": "refused"}
    assert site.mails() == []


class Unsteady:
    """A gateway that does not answer so many times, and then does what the register does."""

    def __init__(self, site: PortalSite, failures: int, *, after: bool = False) -> None:
        self._gateway = site.gateway
        self.failures = failures
        self.after = after
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> object:
        method = getattr(self._gateway, name)

        def call(*arguments: object, **options: object) -> object:
            self.calls.append(name)
            if self.failures > 0 and self.after:
                method(*arguments, **options)
            if self.failures > 0:
                self.failures -= 1
                raise VendorUnavailableError("vendor_unavailable")
            return method(*arguments, **options)

        return call

    def check(self, seat: Seat, companies: Sequence[CompanyQuery]) -> list[CompanyAnswer]:
        self.calls.append("check")
        return self._gateway.check(seat, companies)


class NeverAnswers(Unsteady):
    """A gateway whose checks never come back."""

    def check(self, seat: Seat, companies: Sequence[CompanyQuery]) -> list[CompanyAnswer]:
        self.calls.append("check")
        raise VendorUnavailableError("vendor_unavailable")


def run_through(site: PortalSite, worker: VendorWorker, rounds: int = 20) -> None:
    for _ in range(rounds):
        if not worker.run_once():
            due_at = worker.next_due_at()
            if due_at is None:
                return
            site.clock.set_to(max(due_at, site.clock.now() + timedelta(seconds=1)))


def test_a_check_without_an_answer_is_repeated_and_then_stops(site: PortalSite) -> None:
    gateway = NeverAnswers(site, 0)
    worker = VendorWorker(site.store, gateway)  # type: ignore[arg-type]
    activation_id = site.activate(FARM, "eekonomi", expects="not_registered")
    worker.run_once()
    assert site.get(Activation, activation_id).state == "received", "one lost answer stops nobody"
    run_through(site, worker)
    assert gateway.calls == ["check"] * CHECKS_BEFORE_UNKNOWN
    activation = site.get(Activation, activation_id)
    assert (activation.state, activation.stopped_because) == ("stopped", "answer_unknown")


@pytest.mark.case(54)
@pytest.mark.parametrize("after", [False, True])
def test_a_vendor_that_is_down_or_whose_answer_is_lost_registers_once(site: PortalSite, after: bool) -> None:
    gateway = Unsteady(site, 3, after=after)
    worker = VendorWorker(site.store, gateway)  # type: ignore[arg-type]
    activation_id = site.activate(FARM, "eekonomi", expects="not_registered")
    run_through(site, worker)
    assert gateway.calls.count("register") == 4
    assert site.get(Activation, activation_id).state == "done"
    company = site.gateway.find_company(FARM_QUERY)
    assert company is not None
    assert len(company.people) == 1
    site.side.run_until_quiet()
    assert len(site.mails(MAJA)) == 1


def test_no_call_is_made_inside_a_transaction(site: PortalSite) -> None:
    class Watching(Unsteady):
        def check(self, seat: Seat, companies: Sequence[CompanyQuery]) -> list[CompanyAnswer]:
            # Would wait for ever, were the firm's head held.
            with site.store.write(FIRM.id) as transaction:
                assert transaction.head > 0
            return super().check(seat, companies)

    worker = VendorWorker(site.store, Watching(site, 0))  # type: ignore[arg-type]
    activation_id = site.activate(ELECTRICIAN, "scanner")
    run_through(site, worker)
    assert site.get(Activation, activation_id).state == "sent"


def test_a_row_that_was_taken_by_a_worker_that_died_is_taken_again(site: PortalSite) -> None:
    activation_id = site.activate(ELECTRICIAN, "scanner")
    assert len(site.store.vendor_queue.lease()) == 1
    assert site.side.workers[0].run_once() == 0
    site.clock.advance(timedelta(minutes=3))
    site.side.run_until_quiet()
    assert site.get(Activation, activation_id).state == "sent"


@pytest.mark.case(7)
def test_an_unanswered_invitation_expires_on_its_day(site: PortalSite) -> None:
    invitation, _, _ = site.invite("scanner")
    site.clock.advance(timedelta(days=30))
    site.side.run_until_quiet()
    assert site.get(Invitation, invitation.id).state == "sent", "its last day is its last day"
    site.clock.advance(timedelta(days=1))
    site.side.run_until_quiet()
    assert site.get(Invitation, invitation.id).state == "expired"
    assert [c.state for c in site.list_all(Collaboration)] == ["expired"]
    company = site.gateway.find_company(CompanyQuery(number=ELECTRICIAN.organisation_number))
    assert company is not None
    assert [c.firm_id for c in company.collaborations] == ["fi_other"]
    again = site.activate(ELECTRICIAN, "scanner")
    site.side.run_until_quiet()
    assert site.get(Activation, again).state == "sent", "created anew from it"
