"""The vendor and the customer answering at the same moment: whoever comes second finds what the first did.

The other side acts while a call to the vendor is under way: outside every transaction, as in life.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.commands import CancelEndCollaboration, EndCollaboration, WithdrawInvitation
from app.domain.records import Access, Activation, Collaboration, Event, Invitation
from app.server.gateway.register import RegisterGateway
from app.server.gateway.vendor import CompanyQuery, Seat, ServiceOrder, VendorRefusedError
from app.server.gateway.worker import VendorWorker
from tests.server.portal_site import (
    ELECTRICIAN,
    FIRM,
    KARIN,
    PER,
    PortalSite,
    answer,
    link_and_code,
    portal_site,
)

COMPANY = CompanyQuery(number=ELECTRICIAN.organisation_number)
Meanwhile = Callable[[], None]


class Interrupted(RegisterGateway):
    """The register; ``before`` and ``after`` a call something else happens, once, by the call's name."""

    def __init__(self, site: PortalSite) -> None:
        super().__init__(site.store.register, site.clock)
        self.before: dict[str, Meanwhile] = {}
        self.after: dict[str, Meanwhile] = {}
        self.refuse: dict[str, str] = {}

    def invite(
        self, seat: Seat, company: CompanyQuery, services: Sequence[ServiceOrder], *, idempotency_key: str
    ) -> str:
        return self._call("invite", lambda: super(Interrupted, self).invite(
            seat, company, services, idempotency_key=idempotency_key))  # fmt: skip

    def activate(
        self, seat: Seat, company: CompanyQuery, services: Sequence[ServiceOrder], *, idempotency_key: str
    ) -> None:
        self._call("activate", lambda: super(Interrupted, self).activate(
            seat, company, services, idempotency_key=idempotency_key))  # fmt: skip

    def end(
        self, seat: Seat, company: CompanyQuery, service: str, on: date, choice: str, *, idempotency_key: str
    ) -> None:
        self._call("end", lambda: super(Interrupted, self).end(
            seat, company, service, on, choice, idempotency_key=idempotency_key))  # fmt: skip

    def _call(self, name: str, call: Callable[[], Any]) -> Any:
        self.before.pop(name, lambda: None)()
        if name in self.refuse:
            raise VendorRefusedError(self.refuse[name])
        result = call()
        self.after.pop(name, lambda: None)()
        return result


@pytest.fixture
def site(database: str) -> Iterator[PortalSite]:
    with portal_site(database) as running:
        yield running


@pytest.fixture
def vendor(site: PortalSite) -> Interrupted:
    """Put a gateway that can be interrupted behind the site's vendor worker."""
    gateway = Interrupted(site)
    worker = VendorWorker(site.store, gateway)
    site.side = replace(site.side, workers=(worker, *site.side.workers[1:]))
    return gateway


def firms_services(site: PortalSite) -> dict[str, str]:
    company = site.gateway.find_company(COMPANY)
    assert company is not None
    return {one.service: one.state for one in company.collaborations if one.firm_id == FIRM.id}


def open_access(site: PortalSite) -> list[str]:
    return [row.staff_id or "" for row in site.list_all(Access) if row.until is None]


def invited(site: PortalSite, *services: str) -> Invitation:
    """Activate, ask the vendor and send the e-mail, but do not tell the vendor of the invitation yet."""
    activation_id = site.activate(ELECTRICIAN, *services)
    assert site.store.vendor_queue.next_due_at() is not None
    worker = site.side.workers[0]
    job = site.store.vendor_queue.lease(limit=1)[0]
    worker._handle(job)  # type: ignore[attr-defined]
    site.side.workers[1].run_once()
    return site.get(Invitation, site.get(Activation, activation_id).invitation_id)


def test_the_customer_answers_while_the_vendor_is_told_of_the_invitation(
    site: PortalSite, vendor: Interrupted
) -> None:
    invitation = invited(site, "scanner", "utlagg")
    link, code = link_and_code(site.mails(PER)[-1].text)
    both = {"scanner": "approved", "utlagg": "declined"}
    vendor.before["invite"] = lambda: _expect(answer(link, code, both).status_code == 200)
    site.side.run_until_quiet()
    assert site.states() == {"scanner": "active", "utlagg": "declined"}
    assert site.get(Invitation, invitation.id).state == "answered"
    assert firms_services(site) == {"scanner": "active"}
    assert open_access(site) == [KARIN.id]


def test_the_vendor_refuses_an_invitation_that_is_being_answered(
    site: PortalSite, vendor: Interrupted
) -> None:
    invitation = invited(site, "scanner")
    link, code = link_and_code(site.mails(PER)[-1].text)
    vendor.refuse = {"invite": "not_registered", "activate": "not_registered"}
    vendor.before["invite"] = lambda: _expect(answer(link, code, {"scanner": "approved"}).status_code == 200)
    site.side.run_until_quiet()
    assert site.get(Invitation, invitation.id).state == "answered", "the customer's word is not rewritten"
    assert site.states() == {"scanner": "refused"}
    activation = site.get(Activation, invitation.activation_id)
    assert (activation.state, activation.refused_because) == ("refused", "not_registered")
    assert open_access(site) == []
    assert "withdrawn" not in [mail.kind for mail in site.mails(PER)]


def test_an_invitation_is_withdrawn_while_the_vendor_is_told_of_it(
    site: PortalSite, vendor: Interrupted
) -> None:
    invitation = invited(site, "scanner")

    def withdraw_and_tell() -> None:
        site.command(WithdrawInvitation(invitation_id=invitation.id))
        # Another process of the server tells the vendor of the withdrawal first.
        VendorWorker(site.store, site.gateway).run_once()

    vendor.before["invite"] = withdraw_and_tell
    site.side.run_until_quiet()
    assert site.states() == {"scanner": "withdrawn"}
    assert firms_services(site) == {}, "the vendor has nothing that waits for nobody"


def test_an_answer_that_comes_after_the_vendors_refusal_is_not_taken_in(
    site: PortalSite, vendor: Interrupted
) -> None:
    invited(site, "scanner")
    link, code = link_and_code(site.mails(PER)[-1].text)
    vendor.refuse = {"invite": "not_registered"}
    site.side.run_until_quiet()
    assert site.states() == {"scanner": "refused"}
    assert answer(link, code, {"scanner": "approved"}).status_code == 404
    assert site.states() == {"scanner": "refused"}
    assert open_access(site) == []


def test_an_end_is_called_off_while_the_vendor_carries_it_out(site: PortalSite, vendor: Interrupted) -> None:
    collaboration = _running(site)
    later = site.clock.today() + timedelta(days=30)
    site.command(EndCollaboration(collaboration_id=collaboration.id, choice="service_ends", on=later))
    vendor.after["end"] = lambda: site.command(CancelEndCollaboration(collaboration_id=collaboration.id))
    site.side.run_until_quiet()
    assert site.states()["scanner"] == "active"
    company = site.gateway.find_company(COMPANY)
    assert company is not None
    ends = [one.ends_on for one in company.collaborations if one.service == "scanner"]
    assert ends == [None]
    assert open_access(site) == [KARIN.id]


def test_an_end_at_once_cannot_be_called_off_when_the_vendor_has_carried_it_out(
    site: PortalSite, vendor: Interrupted
) -> None:
    collaboration = _running(site)
    site.command(EndCollaboration(collaboration_id=collaboration.id, choice="service_ends"))
    vendor.after["end"] = lambda: site.command(CancelEndCollaboration(collaboration_id=collaboration.id))
    site.side.run_until_quiet()
    (after,) = [one for one in site.list_all(Collaboration) if one.id == collaboration.id]
    assert (after.state, after.problem) == ("ended", "already_ended")
    assert firms_services(site) == {"scanner": "ended"}
    assert open_access(site) == []
    whats = [event.what for event in site.list_all(Event)]
    assert whats.count("cancel_end_refused") == 1


def _running(site: PortalSite) -> Collaboration:
    _, link, code = site.invite("scanner")
    answer(link, code, {"scanner": "approved"})
    site.side.run_until_quiet()
    (collaboration,) = site.list_all(Collaboration)
    assert collaboration.state == "active"
    return collaboration


def _expect(holds: bool) -> None:
    assert holds
