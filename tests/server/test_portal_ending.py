"""The customer ends a collaboration on the page whose link came with the receipt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests

from app.domain.records import Activation, Collaboration, Event, Invitation
from app.server.gateway.vendor import query_for
from tests.server.portal_site import (
    ANNA,
    ELECTRICIAN,
    FIRM,
    MAJA,
    PER,
    PortalSite,
    answer,
    link_and_code,
    portal_site,
)

SECONDS = 60


@pytest.fixture
def site(database: str) -> Iterator[PortalSite]:
    with portal_site(database) as running:
        yield running


def approve(site: PortalSite, *services: str, fact: str = "") -> tuple[str, str]:
    """Let Per approve; return the receipt's link and code."""
    _, link, code = site.invite(*services)
    answer(link, fact or code, dict.fromkeys(services, "approved"))
    site.side.run_until_quiet()
    return link_and_code(site.mails(PER)[-1].text)


def end(link: str, fact: str, *services: str, **fields: str) -> requests.Response:
    form = {f"answer-{service}": "end" for service in services} | {"fact": fact} | fields
    return requests.post(link, data=form, timeout=SECONDS)


def heading(response: requests.Response) -> str:
    found = re.search(r"<h1>(.*?)</h1>", response.text)
    assert found is not None
    return found.group(1)


def active(site: PortalSite) -> dict[str, Collaboration]:
    return {each.service or "": each for each in site.list_all(Collaboration)}


@pytest.mark.case(46)
def test_the_customer_ends_one_of_two_and_the_firm_sees_who_and_when(site: PortalSite) -> None:
    link, code = approve(site, "scanner", "utlagg")
    receipt = site.mails(PER)[-1]
    assert receipt.subject == "Klart: Bergströms El AB samarbetar med Ek & Lind Redovisning AB"
    page = requests.get(link, timeout=SECONDS)
    assert heading(page) == "Ert samarbete"
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    site.clock.advance(timedelta(days=10))
    done = end(link, code, "scanner", name="Per Bergström")
    assert heading(done) == "Det är avslutat"
    assert "Samarbetet fortsätter i Visma Utlägg." in done.text
    assert site.states() == {"scanner": "ended", "utlagg": "active"}
    scanner = active(site)["scanner"]
    assert (scanner.ended_by, scanner.ends_on) == ("customer", site.clock.today())
    (event,) = [each for each in site.list_all(Event) if each.what == "ended_elsewhere"]
    assert (event.by_kind, event.before, event.after) == (
        "customer",
        "Per Bergström",
        site.clock.today().isoformat(),
    )
    assert event.at == site.clock.now()
    # The vendor's register hears of it, too.
    site.side.run_until_quiet()
    company = site.gateway.find_company(query_for(ELECTRICIAN))
    assert company is not None
    own = {each.service: each.ends_on for each in company.collaborations if each.firm_id == FIRM.id}
    assert own == {"scanner": site.clock.today(), "utlagg": None}
    # The page goes on with what is left, and is gone when nothing is.
    assert "Visma Scanner" not in requests.get(link, timeout=SECONDS).text
    last = end(link, code, "utlagg")
    assert heading(last) == "Det är avslutat"
    assert "fortsätter" not in last.text
    assert active(site)["utlagg"].ended_by == "customer"
    assert requests.get(link, timeout=SECONDS).status_code == 404


def test_nothing_ends_by_looking_or_without_the_code(site: PortalSite) -> None:
    link, code = approve(site, "scanner")
    requests.get(link, timeout=SECONDS)
    requests.head(link, timeout=SECONDS)
    assert "Kryssa för minst en tjänst." in end(link, code).text
    assert "Skriv koden från mejlet." in end(link, "", "scanner").text
    assert "Du kan försöka 4 gånger till innan länken låses." in end(link, "AAA-AAA", "scanner").text
    # Neither the digits, which are public, nor the invitation's code.
    assert "3 gånger" in end(link, "0680", "scanner").text
    _, invitations_code = link_and_code(site.mails(PER)[0].text)
    assert "2 gånger" in end(link, invitations_code, "scanner").text
    other = requests.post(
        link,
        data={"answer-scanner": "end", "fact": code},
        headers={"Sec-Fetch-Site": "cross-site"},
        timeout=SECONDS,
    )
    assert other.status_code == 404
    assert site.states() == {"scanner": "active"}
    end(link, "AAA-AAA", "scanner")
    assert heading(end(link, "AAA-AAA", "scanner")) == "Länken är låst"
    assert heading(end(link, code, "scanner")) == "Länken är låst"
    assert site.states() == {"scanner": "active"}
    assert "customers_page_locked" in [event.what for event in site.list_all(Event)]


def test_who_answers_with_the_digits_is_one_of_those_who_may(site: PortalSite) -> None:
    approve(site, "scanner", fact="0680")
    kinds = [(mail.recipient, mail.kind) for mail in site.mails() if mail.kind == "receipt"]
    assert [PER in recipient for recipient, _ in kinds] == [True]
    assert ANNA not in str(kinds)


def test_who_declines_everything_gets_no_receipt(site: PortalSite) -> None:
    _, link, code = site.invite("scanner")
    answer(link, code, {"scanner": "declined"})
    site.side.run_until_quiet()
    assert [mail.kind for mail in site.mails() if mail.kind == "receipt"] == []


def test_the_newly_registered_company_gets_one_in_its_language(site: PortalSite) -> None:
    activation_id, link, code = site.register_farm()
    requests.post(link, data={"fact": code}, timeout=SECONDS)
    site.side.run_until_quiet()
    mail = site.mails(MAJA)[-1]
    assert mail.kind == "receipt"
    own, own_code = link_and_code(mail.text)
    assert heading(end(own + "?lang=en", own_code, "eekonomi")) == "It has ended"
    (collaboration,) = site.list_all(Collaboration)
    assert (collaboration.state, collaboration.ended_by) == ("ended", "customer")
    assert site.get(Activation, activation_id).logged_in_at is not None


def test_the_invitations_own_link_stays_used_up(site: PortalSite) -> None:
    invitation, link, code = site.invite("scanner")
    answer(link, code, {"scanner": "approved"})
    site.side.run_until_quiet()
    assert requests.get(link, timeout=SECONDS).status_code == 404
    assert site.get(Invitation, invitation.id).state == "answered"
