"""The invitation's page over real HTTP: what it shows, what it takes, what it never tells."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import requests
from sqlalchemy import select

from app.domain.commands import ResendInvitation, WithdrawInvitation
from app.domain.records import Access, Collaboration, Event, Invitation, Recipient
from app.server.gateway.register_company import RegisterCompany, RegisterPerson
from app.server.gateway.vendor import CompanyQuery
from app.server.portal.links import MAXIMUM_TRIES
from app.server.store.tables import metadata
from app.server.store.tenancy import enter_firm
from tests.server.portal_site import (
    ANNA,
    ELECTRICIAN,
    FARM,
    KARIN,
    MAJA,
    PER,
    PortalSite,
    answer,
    engagement_records,
    link_and_code,
    portal_site,
)

BOTH = {"scanner": "approved", "utlagg": "declined"}
DIGITS = ELECTRICIAN.organisation_number[-4:]


@pytest.fixture
def site(database: str) -> Iterator[PortalSite]:
    with portal_site(database) as running:
        yield running


def heading(response: requests.Response) -> str:
    found = re.search(r"<h1>(.*?)</h1>", response.text)
    return found.group(1) if found else response.text[:200]


def without_switch(response: requests.Response) -> tuple[int, str]:
    return response.status_code, response.text


def test_each_service_gets_its_own_answer(site: PortalSite) -> None:
    invitation, link, code = site.invite()
    assert site.states() == {"scanner": "pending", "utlagg": "pending"}
    response = answer(link, code, BOTH, words="Vi kör utlägg på annat håll.")
    assert response.status_code == 200
    assert heading(response) == "Tack, svaret är skickat"
    assert site.states() == {"scanner": "active", "utlagg": "declined"}
    kept = site.get(Invitation, invitation.id)
    assert kept.state == "answered"
    assert {a.service: a.answer for a in kept.answers} == BOTH
    assert kept.answered_by == "Per Bergström"
    assert kept.words == "Vi kör utlägg på annat håll."
    active = [c.id for c in site.list_all(Collaboration) if c.state == "active"]
    held = [a for a in site.list_all(Access) if a.staff_id == KARIN.id and a.until is None]
    assert [a.collaboration_id for a in held] == active
    events = [e for e in site.list_all(Event) if e.what in BOTH.values()]
    assert {(e.what, e.by, e.by_kind) for e in events} == {
        ("approved", "Per Bergström", "customer"),
        ("declined", "Per Bergström", "customer"),
    }


def test_the_vendor_is_told_of_the_answer(site: PortalSite) -> None:
    _, link, code = site.invite()
    query = CompanyQuery(number=ELECTRICIAN.organisation_number)
    before = site.gateway.find_company(query)
    assert before is not None
    assert {c.service: c.state for c in before.collaborations if c.firm_id == "fi_1"} == {
        "scanner": "pending",
        "utlagg": "pending",
    }
    answer(link, code, BOTH)
    site.side.run_until_quiet()
    after = site.gateway.find_company(query)
    assert after is not None
    assert {c.service: c.state for c in after.collaborations if c.firm_id == "fi_1"} == {"scanner": "active"}
    assert "scanner" in {s.service for s in after.subscriptions}


def test_the_same_answer_again_is_the_same_page_and_no_second_effect(site: PortalSite) -> None:
    _, link, code = site.invite()
    first = answer(link, code, BOTH)
    head = site.store.heads()["fi_1"]
    again = answer(link, code, BOTH)
    assert without_switch(again) == without_switch(first)
    assert site.store.heads()["fi_1"] == head


def test_unknown_expired_used_replaced_and_withdrawn_look_the_same(site: PortalSite) -> None:
    unknown = requests.get(f"{site.url}/i/{'x' * 43}", timeout=60)
    assert unknown.status_code == 404
    assert heading(unknown) == "Länken gäller inte"
    pages = {
        "short": requests.get(f"{site.url}/i/x", timeout=60),
        "unknown, sent": answer(f"{site.url}/i/{'x' * 43}", "1234", BOTH),
    }
    invitation, link, code = site.invite()
    first = Recipient(name="Per Bergström", email="per.ny@bergstromsel.example")
    site.clock.advance(timedelta(seconds=5))
    site.command(ResendInvitation(invitation_id=invitation.id, recipients=(first,)))
    site.side.run_until_quiet()
    pages["replaced"] = requests.get(link, timeout=60)
    pages["replaced, sent"] = answer(link, code, BOTH)
    link, code = link_and_code(site.mails("per.ny@")[-1].text)
    assert requests.get(link, timeout=60).status_code == 200
    answer(link, code, BOTH)
    pages["used"] = requests.get(link, timeout=60)
    pages["used, another answer"] = answer(link, code, BOTH | {"utlagg": "approved"})
    pages["used, wrong fact"] = answer(link, "AAA-AAA", BOTH)
    second, link, code = site.invite("lon_smart")
    site.command(WithdrawInvitation(invitation_id=second.id))
    pages["withdrawn"] = requests.get(link, timeout=60)
    _, link, code = site.invite("lon_smart")
    site.clock.advance(timedelta(days=31))
    pages["expired"] = requests.get(link, timeout=60)
    pages["expired, sent"] = answer(link, code, {"lon_smart": "approved"})
    for name, page in pages.items():
        assert without_switch(page) == without_switch(unknown), name
    headers = {name: set(page.headers) - {"content-length"} for name, page in pages.items()}
    assert all(names == set(unknown.headers) - {"content-length"} for names in headers.values())


def test_looking_changes_nothing(site: PortalSite) -> None:
    invitation, link, _ = site.invite()
    before = site.store.heads(), site.get(Invitation, invitation.id)
    for _ in range(3):
        assert requests.get(link, timeout=60).status_code == 200
        assert requests.head(link, timeout=60).status_code == 200
    assert (site.store.heads(), site.get(Invitation, invitation.id)) == before


def test_a_scanner_that_sends_the_form_is_no_person(site: PortalSite) -> None:
    invitation, link, _ = site.invite()
    for _ in range(10):
        response = answer(link, "", dict.fromkeys(BOTH, "approved"))
        assert response.status_code == 422
        assert "Skriv koden" in response.text
    kept = site.get(Invitation, invitation.id)
    assert (kept.state, kept.locked) == ("sent", False), "an empty field is no try"
    # One that fills in every field with something.
    typed = answer(link, "test@example.com", dict.fromkeys(BOTH, "approved"), name="test", words="test")
    assert typed.status_code == 422
    assert site.get(Invitation, invitation.id).state == "sent"
    assert set(site.states().values()) == {"pending"}


@pytest.mark.parametrize("typed", ["{code}", "{lower}", "{spaced}", "{digits}", " {digits} "])
def test_the_fact_may_be_typed_as_people_type(site: PortalSite, typed: str) -> None:
    _, link, code = site.invite()
    fact = typed.format(code=code, lower=code.lower(), spaced=" ".join(code.replace("-", "")), digits=DIGITS)
    assert answer(link, fact, BOTH).status_code == 200


def test_five_wrong_facts_lock_the_invitation_and_the_staff_are_told(site: PortalSite) -> None:
    invitation, link, code = site.invite()
    pages = [answer(link, "AAA-AAA", BOTH) for _ in range(MAXIMUM_TRIES)]
    assert [page.status_code for page in pages] == [422] * 4 + [403]
    assert "Du kan försöka 4 gånger till" in pages[0].text
    assert "Du kan försöka en gång till" in pages[3].text
    assert heading(pages[4]) == "Länken är låst"
    assert answer(link, code, BOTH).status_code == 403, "the right code comes too late"
    assert requests.get(link, timeout=60).status_code == 403
    kept = site.get(Invitation, invitation.id)
    assert kept.locked
    assert kept.state == "sent"
    assert [e.what for e in site.list_all(Event)].count("invitation_locked") == 1
    assert site.states() == {"scanner": "pending", "utlagg": "pending"}


def test_guessing_ends_after_an_answer_too(site: PortalSite) -> None:
    """The page of an answer says what was answered: nobody gets ten thousand tries at four digits for it."""
    _, link, code = site.invite("scanner")
    answers = {"scanner": "approved"}
    assert answer(link, code, answers).status_code == 200
    for number in range(4):
        assert answer(link, f"{number:04}", answers).status_code == 404
        assert answer(link, " ", answers).status_code == 404, "an empty field is no try"
    assert answer(link, code, answers).status_code == 200, "the control: it can still be seen again"
    assert answer(link, "9999", answers).status_code == 404
    assert answer(link, code, answers).status_code == 404


def test_sending_anew_unlocks_with_a_new_link_and_new_tries(site: PortalSite) -> None:
    invitation, link, _ = site.invite()
    for _ in range(MAXIMUM_TRIES):
        answer(link, "AAA-AAA", BOTH)
    site.clock.advance(timedelta(minutes=1))
    recipients = site.get(Invitation, invitation.id).recipients
    site.command(ResendInvitation(invitation_id=invitation.id, recipients=recipients))
    site.side.run_until_quiet()
    mail = site.mails(PER)[-1]
    assert "ersätter ett tidigare" in mail.text
    new_link, code = link_and_code(mail.text)
    assert new_link != link
    assert answer(new_link, "AAA-AAA", BOTH).status_code == 422
    assert answer(new_link, code, BOTH).status_code == 200


def test_every_service_needs_an_answer(site: PortalSite) -> None:
    invitation, link, code = site.invite()
    response = answer(link, code, {"scanner": "approved"})
    assert response.status_code == 422
    assert "Välj Godkänn eller Avböj för Visma Utlägg." in response.text
    assert re.search(r'id="scanner-approved" value="approved" checked', response.text), "kept as chosen"
    assert answer(link, code, {"scanner": "maybe", "utlagg": "approved"}).status_code == 422
    assert answer(link, code, BOTH | {"lon_smart": "approved"}).status_code == 200
    assert "lon_smart" not in site.states(), "a service that was not offered is not answered"
    assert site.get(Invitation, invitation.id).state == "answered"


def test_with_several_who_may_approve_the_digits_do_not_say_who_it_is(site: PortalSite) -> None:
    company = site.gateway.find_company(CompanyQuery(number=ELECTRICIAN.organisation_number))
    assert company is not None
    nobody_main = tuple(replace(person, is_main_contact=False) for person in company.people)
    site.gateway.fill([replace(company, people=nobody_main)])
    invitation, link, _ = site.invite()
    assert {r.email for r in invitation.recipients if r.role == "approver"} == {PER, ANNA}
    response = answer(link, DIGITS, BOTH)
    assert response.status_code == 422
    assert "Skriv ditt namn." in response.text
    assert answer(link, DIGITS, BOTH, name="  Anna\u202e Holm\r\nBcc: x ").status_code == 200
    assert site.get(Invitation, invitation.id).answered_by == "Anna Holm Bcc: x"


def test_the_code_says_which_of_them_it_is_and_the_first_answer_counts(site: PortalSite) -> None:
    company = site.gateway.find_company(CompanyQuery(number=ELECTRICIAN.organisation_number))
    assert company is not None
    nobody_main = tuple(replace(person, is_main_contact=False) for person in company.people)
    site.gateway.fill([replace(company, people=nobody_main)])
    invitation, link, per = site.invite()
    anna_link, anna = link_and_code(site.mails(ANNA)[-1].text)
    assert anna_link == link, "one link is live per invitation"
    assert anna != per
    assert answer(link, anna, BOTH).status_code == 200
    assert site.get(Invitation, invitation.id).answered_by == "Anna Holm"
    assert answer(link, per, BOTH | {"utlagg": "approved"}).status_code == 404
    assert site.states()["utlagg"] == "declined"


def test_neither_the_link_nor_the_code_lies_in_the_database(site: PortalSite) -> None:
    """Who has read the database or a backup cannot answer for a customer. The tray is mail."""
    _, link, code = site.invite()
    token = link.rpartition("/")[2]
    assert len(b64decode(f"{token}=", altchars=b"-_")) == 32, "256 bits"
    answer(link, code, BOTH)
    site.side.run_until_quiet()
    seen = 0
    with site.store.engine.connect() as connection:
        enter_firm(connection, "fi_1")
        for table in metadata.sorted_tables:
            if table.name != "mail_tray":
                told = str(connection.execute(select(table)).all())
                seen += len(told)
                assert token not in told, table.name
                assert code not in told, table.name
                assert code.replace("-", "") not in told, table.name
    assert seen > 5_000, "the control: the tables were read"


def test_the_page_tells_nothing_about_persons_and_nothing_is_kept(site: PortalSite) -> None:
    _, link, code = site.invite()
    response = requests.get(link, timeout=60)
    for private in ("Per", "Anna", "Karin", PER, ANNA, code, DIGITS, ELECTRICIAN.organisation_number):
        assert private not in response.text, private
    assert "<script" not in response.text
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["x-frame-options"] == "DENY"
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "form-action 'self'" in policy
    assert "set-cookie" not in response.headers


def test_it_speaks_the_browsers_language_and_can_be_switched(site: PortalSite) -> None:
    _, link, _ = site.invite()
    english = requests.get(link, headers={"Accept-Language": "en-GB,en;q=0.9"}, timeout=60)
    assert heading(english) == "Invitation to collaborate"
    switched = requests.get(f"{link}?lang=sv", headers={"Accept-Language": "en"}, timeout=60)
    assert heading(switched) == "Inbjudan till samarbete"
    refused = requests.post(f"{link}?lang=en", data={"lang": "en"}, timeout=60)
    assert "The answer has not been sent" in refused.text
    assert '<html lang="en">' in refused.text


def test_words_are_kept_as_text(site: PortalSite) -> None:
    invitation, link, code = site.invite()
    words = "<script>alert(1)</script>\r\nHej\x00då " + "x" * 2000
    assert answer(link, code, BOTH, words=words).status_code == 200
    kept = site.get(Invitation, invitation.id).words
    assert kept.startswith("<script>alert(1)</script>\nHej då ")
    assert len(kept) == 1000
    again = answer(link, "", {}, words='"><script>alert(1)</script>')
    assert "<script>alert" not in again.text


def test_another_site_cannot_send_the_form(site: PortalSite) -> None:
    invitation, link, code = site.invite()
    form = {f"answer-{c}": a for c, a in BOTH.items()} | {"fact": code}
    response = requests.post(link, data=form, headers={"Sec-Fetch-Site": "cross-site"}, timeout=60)
    assert response.status_code == 404
    assert site.get(Invitation, invitation.id).state == "sent"


def test_a_body_that_is_too_large_is_refused(site: PortalSite) -> None:
    _, link, code = site.invite()
    assert answer(link, code, BOTH, words="x" * 50_000).status_code == 413


def test_a_sole_firm_is_never_asked_for_digits_of_a_personal_number(site: PortalSite) -> None:
    site.register_farm()
    site.activate(FARM, "scanner")
    site.side.run_until_quiet()
    link, code = link_and_code(site.mails(MAJA)[-1].text)
    page = requests.get(link, timeout=60).text
    assert "organisationsnummer" not in page
    assert "Berga Gård" not in page, "the name of a sole firm may be a person's"
    assert answer(link, FARM.organisation_number[-4:], {"scanner": "approved"}).status_code == 422
    assert answer(link, code, {"scanner": "approved"}).status_code == 200


def test_a_failure_is_a_calm_page_and_the_answer_can_be_sent_again(
    site: PortalSite, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    invitation, link, code = site.invite()
    with monkeypatch.context() as broken:
        broken.setattr(site.store, "write", None)
        response = answer(link, code, BOTH)
    assert response.status_code == 500
    assert heading(response) == "Det gick inte just nu"
    assert response.headers["cache-control"] == "no-store"
    token = link.rpartition("/")[2]
    assert token not in caplog.text
    assert code not in caplog.text
    assert answer(link, code, BOTH).status_code == 200
    assert site.get(Invitation, invitation.id).state == "answered"


def test_a_person_is_spoken_to_as_a_person_and_not_as_a_company(database: str) -> None:
    """A private person has no company: neither the e-mails nor the pages may speak of one."""
    number = "191212121212"
    lars = replace(FARM, id="cu_lars", name="Lars Lind", kind="private_person", organisation_number=number)
    with portal_site(database) as site:
        people = (RegisterPerson(name="Lars Lind", email=PER, is_main_contact=True),)
        registered = RegisterCompany(
            vendor_customer_number="5002", name="Lars Lind", number=number, kind=lars.kind, people=people
        )
        site.gateway.fill([registered])
        site.put(lars, *engagement_records(lars))
        site.activate(lars, "digitala_fakturor")
        site.side.run_until_quiet()
        invitation = site.mails(PER)[-1].text
        link, code = link_and_code(invitation)
        pages = [requests.get(f"{link}?lang={lang}", timeout=60).text for lang in ("sv", "en")]
        assert "du får tillgång till tjänsterna" in pages[0]
        assert "you get access to the services" in pages[1]
        answer(link, code, {"digitala_fakturor": "approved"})
        site.side.run_until_quiet()
        receipt = site.mails(PER)[-1].text
        link, code = link_and_code(receipt)
        pages += [requests.get(f"{link}?lang={lang}", timeout=60).text for lang in ("sv", "en")]
        assert "Du och Ek &amp; Lind Redovisning AB samarbetar" in pages[2]
        assert "You and Ek &amp; Lind Redovisning AB collaborate" in pages[3]
        for text in (invitation, receipt, *pages):
            assert not re.search("företag|company|bolag|Kunden|The customer", text), text
