"""What becomes of an answer when the vendor says no to it, and of requests that fail in unforeseen ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.commands import CancelActivation, WithdrawInvitation
from app.domain.records import Access, Activation, Event, Invitation
from app.server.gateway.register import RegisterGateway
from app.server.gateway.vendor import (
    CompanyQuery,
    Seat,
    ServiceOrder,
    VendorRefusedError,
    VendorUnavailableError,
)
from app.server.gateway.worker import VendorWorker
from tests.server.portal_site import (
    ELECTRICIAN,
    FIRM,
    KARIN,
    PER,
    PortalSite,
    answer,
    portal_site,
)

COMPANY = CompanyQuery(number=ELECTRICIAN.organisation_number)
SEAT = Seat(firm_id=FIRM.id, firm_name=FIRM.name)


class Reluctant(RegisterGateway):
    """The register, with calls that fail as a test says: ``failures`` by the call's name."""

    def __init__(self, site: PortalSite) -> None:
        super().__init__(site.store.register, site.clock)
        self.failures: dict[str, Exception] = {}
        self.calls: list[str] = []

    def invite(
        self, seat: Seat, company: CompanyQuery, services: Sequence[ServiceOrder], *, idempotency_key: str
    ) -> str:
        self._fail("invite")
        return super().invite(seat, company, services, idempotency_key=idempotency_key)

    def activate(
        self, seat: Seat, company: CompanyQuery, services: Sequence[ServiceOrder], *, idempotency_key: str
    ) -> None:
        self._fail("activate")
        super().activate(seat, company, services, idempotency_key=idempotency_key)

    def withdraw(
        self, seat: Seat, company: CompanyQuery, services: Sequence[str], *, idempotency_key: str
    ) -> None:
        self._fail("withdraw")
        super().withdraw(seat, company, services, idempotency_key=idempotency_key)

    def check(self, seat: Seat, companies: Sequence[CompanyQuery]) -> list[Any]:
        self._fail("check")
        return super().check(seat, companies)

    def _fail(self, call: str) -> None:
        self.calls.append(call)
        if call in self.failures:
            raise self.failures[call]


@pytest.fixture
def site(database: str) -> Iterator[PortalSite]:
    with portal_site(database) as running:
        yield running


@pytest.fixture
def vendor(site: PortalSite) -> Reluctant:
    """Put a gateway that can fail behind the site's vendor worker."""
    gateway = Reluctant(site)
    worker = VendorWorker(site.store, gateway)
    site.side = replace(site.side, workers=(worker, *site.side.workers[1:]))
    return gateway


def open_access(site: PortalSite) -> list[str]:
    return [a.staff_id or a.contact_id or "" for a in site.list_all(Access) if a.until is None]


def test_an_answer_that_the_vendor_refuses_is_taken_back_and_shown(
    site: PortalSite, vendor: Reluctant
) -> None:
    invitation, link, code = site.invite("scanner", "utlagg")
    vendor.failures["activate"] = VendorRefusedError("not_registered")
    answer(link, code, {"scanner": "approved", "utlagg": "declined"})
    assert site.states() == {"scanner": "active", "utlagg": "declined"}
    assert open_access(site) == [KARIN.id]
    site.side.run_until_quiet()
    assert site.states() == {"scanner": "refused", "utlagg": "declined"}
    assert open_access(site) == [], "what the vendor has not started gives nobody access"
    activation = site.get(Activation, invitation.activation_id)
    assert (activation.state, activation.refused_because) == ("refused", "not_registered")
    assert site.get(Invitation, invitation.id).state == "answered", "what the customer said stays"
    assert ("answer_refused", "vendor") in [(e.what, e.by_kind) for e in site.list_all(Event)]
    site.side.run_until_quiet()
    assert [e.what for e in site.list_all(Event)].count("answer_refused") == 1
    site.command(CancelActivation(activation_id=activation.id))
    assert site.states()["utlagg"] == "declined", "a cancelled activation does not rewrite an answer"


def test_a_declined_service_is_told_even_where_the_approved_one_is_refused(
    site: PortalSite, vendor: Reluctant
) -> None:
    _, link, code = site.invite("scanner", "utlagg")
    vendor.failures["activate"] = VendorRefusedError("not_registered")
    answer(link, code, {"scanner": "approved", "utlagg": "declined"})
    site.side.run_until_quiet()
    company = site.gateway.find_company(COMPANY)
    assert company is not None
    mine = {c.service: c.state for c in company.collaborations if c.firm_id == FIRM.id}
    assert "utlagg" not in mine


def test_an_invitation_that_the_vendor_refuses_is_called_off(site: PortalSite, vendor: Reluctant) -> None:
    vendor.failures["invite"] = VendorRefusedError("not_registered")
    activation_id = site.activate(ELECTRICIAN, "scanner")
    site.side.run_until_quiet()
    activation = site.get(Activation, activation_id)
    assert (activation.state, activation.refused_because) == ("refused", "not_registered")
    assert site.get(Invitation, activation.invitation_id).state == "withdrawn"
    assert site.states() == {"scanner": "refused"}
    assert [m.kind for m in site.mails(PER)] in ([], ["invitation", "withdrawn"]), "nobody is left waiting"


def test_an_invitation_that_was_withdrawn_first_is_not_noted_at_the_vendor(
    site: PortalSite, vendor: Reluctant
) -> None:
    vendor.failures["invite"] = VendorUnavailableError("vendor_unavailable")
    activation_id = site.activate(ELECTRICIAN, "scanner")
    site.side.run_until_quiet()
    invitation = site.get(Invitation, site.get(Activation, activation_id).invitation_id)
    site.command(WithdrawInvitation(invitation_id=invitation.id))
    site.side.run_until_quiet()
    vendor.failures.clear()
    site.clock.advance(timedelta(hours=1))
    site.side.run_until_quiet()
    company = site.gateway.find_company(COMPANY)
    assert company is not None
    assert [c for c in company.collaborations if c.firm_id == FIRM.id] == []


def test_an_unforeseen_failure_is_put_off_and_stands_in_nobodys_way(
    site: PortalSite, vendor: Reluctant
) -> None:
    vendor.failures["check"] = ValueError("an answer that nobody foresaw")
    first = site.activate(ELECTRICIAN, "scanner")
    assert site.side.workers[0].run_once() == 1, "the worker lives on"
    due_at = site.side.workers[0].next_due_at()
    assert due_at is not None
    assert due_at > site.clock.now(), "it is tried again later, with pauses"
    vendor.failures.clear()
    second = site.activate(ELECTRICIAN, "utlagg")
    site.side.run_until_quiet()
    assert site.get(Activation, second).state == "sent"
    assert site.get(Activation, first).state == "received"
    site.clock.set_to(due_at)
    site.side.run_until_quiet()
    assert site.get(Activation, first).state == "sent"


def test_a_slow_vendor_does_not_outlast_the_lease_of_the_rows_behind(
    site: PortalSite, vendor: Reluctant
) -> None:
    for service in ("scanner", "utlagg", "lon_smart"):
        site.activate(ELECTRICIAN, service)
    other = VendorWorker(site.store, vendor)

    def slow(seat: Seat, companies: Sequence[CompanyQuery]) -> list[Any]:
        site.clock.advance(timedelta(minutes=1, seconds=30))
        return RegisterGateway.check(vendor, seat, companies)

    vendor.check = slow  # type: ignore[method-assign]
    waiting = site.store.vendor_queue.lease(limit=1)
    assert len(waiting) == 1, "only what is worked on is taken"
    assert site.side.workers[0].run_once() > 0
    site.clock.advance(timedelta(minutes=20))
    other.run_once()
    site.side.run_until_quiet()
    mails = [m.kind for m in site.mails(PER)]
    assert mails == ["invitation"] * 3, "one e-mail for each, whoever took it"
