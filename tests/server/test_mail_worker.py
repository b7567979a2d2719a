"""The mail outbox through a real SMTP server: once as far as it can be, never lost, never to the wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from app.domain.commands import RemindInvitation, ResendInvitation, WithdrawInvitation
from app.domain.records import Activation, Event, Firm, Invitation, Recipient
from app.paths import resources_folder
from app.server.application import build_application
from app.server.assembly import assemble
from app.server.customer_side import customer_side
from app.server.identity.issuer import Issuer
from app.server.portal.pages import Pages
from app.server.store import Store
from tests.server.portal_site import (
    ANNA,
    ELECTRICIAN,
    FARM,
    FIRM,
    KARIN,
    MAJA,
    PER,
    PortalSite,
    answer,
    electrician_in_register,
    engagement_records,
    link_and_code,
    portal_site,
)
from tests.support.clocks import FixedClock
from tests.support.http_server import serving
from tests.support.mail_server import Post, make_certificate, post_office
from tests.support.ports import reserve_port

SMTP = "smtp://127.0.0.1:{port}?tls=none&from=samverka@byran.example"


@contextmanager
def site_with_post(database: str) -> Iterator[tuple[PortalSite, Post]]:
    with (
        post_office() as post,
        portal_site(database, smtp=SMTP.format(port=post.port), public_url="https://s.example") as site,
    ):
        yield site, post


@pytest.fixture
def tray(database: str) -> Iterator[PortalSite]:
    with portal_site(database) as running:
        yield running


def invitation_of(site: PortalSite, activation_id: str) -> Invitation:
    return site.get(Invitation, site.get(Activation, activation_id).invitation_id)


def firm_of(site: PortalSite) -> Firm:
    with site.store.read(FIRM.id) as snapshot:
        firm = snapshot.reader.find("firm", FIRM.id)
    assert isinstance(firm, Firm)
    return firm


def state_of(invitation: Invitation, email: str) -> str:
    return next(r.mail_state for r in invitation.recipients if r.email == email)


@pytest.mark.case(54)
def test_an_invitation_goes_to_who_may_approve_and_information_to_the_others(database: str) -> None:
    with site_with_post(database) as (site, post):
        activation_id = site.activate(ELECTRICIAN, "scanner", "utlagg")
        assert post.messages == [], "nothing is sent inside the command's transaction"
        site.side.run_until_quiet()
        assert sorted(post.recipients) == [ANNA, PER]
        by_subject = {str(m["To"]): str(m["Subject"]) for m in post.messages}
        assert by_subject["Per Bergström <per@bergstromsel.example>"].endswith("till samarbete")
        assert by_subject["Anna Holm <anna@bergstromsel.example>"].startswith("För kännedom")
        invitation = invitation_of(site, activation_id)
        assert invitation.state == "sent"
        assert {r.mail_state for r in invitation.recipients} == {"sent"}
        body = post.messages[post.recipients.index(PER)].get_body(("plain",))
        assert body is not None
        assert "https://s.example/i/" in body.get_content(), "links lead to the public address"
        site.side.run_until_quiet()
        assert len(post.messages) == 2, "one each"


def test_a_lost_answer_is_tried_again_with_the_same_message_id_and_link(database: str) -> None:
    with site_with_post(database) as (site, post):
        post.after_data = ["drop", "drop", "drop"]
        activation_id = site.activate(ELECTRICIAN, "scanner")
        site.side.run_until_quiet()
        assert invitation_of(site, activation_id).state == "queued"
        site.clock.advance(timedelta(minutes=10))
        site.side.run_until_quiet()
        site.clock.advance(timedelta(minutes=10))
        site.side.run_until_quiet()
        assert invitation_of(site, activation_id).state == "sent"
        assert len(set(post.ids())) == 2, "two e-mails, however often each was tried"
        assert len(post.ids()) > 2
        texts = {
            str(m["Message-ID"]): str(m.get_body(("plain",)).get_content())  # type: ignore[union-attr]
            for m in post.messages
        }
        for message in post.messages:
            body = message.get_body(("plain",))
            assert body is not None
            assert body.get_content() == texts[str(message["Message-ID"])]


@pytest.mark.case(4)
def test_a_refused_address_is_shown_and_can_be_corrected(database: str) -> None:
    with site_with_post(database) as (site, post):
        post.replies = ["550 no such user", "250 ok"]
        activation_id = site.activate(ELECTRICIAN, "scanner")
        site.side.run_until_quiet()
        invitation = invitation_of(site, activation_id)
        assert sorted(r.mail_state for r in invitation.recipients) == ["refused", "sent"]
        assert "mail_refused" in [e.what for e in site.list_all(Event)]
        site.clock.advance(timedelta(days=1))
        site.side.run_until_quiet()
        assert len(post.messages) == 1, "a refused address is not tried again"
        corrected = Recipient(name="Per Bergström", email="per.bergstrom@bergstromsel.example")
        site.command(ResendInvitation(invitation_id=invitation.id, recipients=(corrected,)))
        site.side.run_until_quiet()
        assert post.recipients[-1] == corrected.email
        assert state_of(invitation_of(site, activation_id), corrected.email) == "sent"


def test_a_busy_server_is_asked_again_with_growing_pauses_for_three_days(database: str) -> None:
    with site_with_post(database) as (site, post):
        post.replies = ["451 later"] * 500
        activation_id = site.activate(ELECTRICIAN, "scanner")
        site.side.run_until_quiet()
        tries, began = [500 - len(post.replies)], site.clock.now()
        while site.clock.now() - began < timedelta(hours=80):
            due_at = site.side.mail.next_due_at()
            if due_at is None:
                break
            site.clock.set_to(max(due_at, site.clock.now()))
            site.side.run_until_quiet()
            tries.append(500 - len(post.replies))
        assert site.clock.now() - began == timedelta(hours=72)
        assert {r.mail_state for r in invitation_of(site, activation_id).recipients} == {"refused"}
        assert 40 < tries[-1] < 80, "two e-mails, with pauses of up to four hours"
        assert post.messages == []


def test_no_server_at_all_loses_nothing(database: str) -> None:
    port = reserve_port()
    with portal_site(database, smtp=SMTP.format(port=port), public_url="https://s.example") as site:
        activation_id = site.activate(ELECTRICIAN, "scanner")
        site.side.run_until_quiet()
        invitation = invitation_of(site, activation_id)
        assert invitation.state == "queued"
        assert {r.mail_state for r in invitation.recipients} == {"queued"}
        assert site.side.mail.problem == ""


def test_a_refused_sign_in_stops_the_queue_and_says_so(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path / "server.pem")
    # How a company's own certificate is made known to OpenSSL.
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    with post_office(certificate=certificate, tls="tls", password="right") as post:
        url = f"smtps://post:wrong@127.0.0.1:{post.port}?from=samverka@byran.example"
        with portal_site(database, smtp=url, public_url="https://s.example") as site:
            site.activate(ELECTRICIAN, "scanner")
            site.side.run_until_quiet()
            assert site.side.mail.problem == "smtp_sign_in_refused"
            assert site.side.mail.next_due_at() is None, "it does not knock again and again"
            site.clock.advance(timedelta(days=1))
            assert site.side.mail.run_once() == 0
            assert firm_of(site).mail_stopped == "smtp_sign_in_refused"
            assert firm_of(site).mail_stopped_at == FixedClock().now()
            # The server is started anew with the right password: what waited goes, and the firm sees that.
            other = customer_side(
                site.store,
                gateway=site.gateway,
                issuer=Issuer(site.store.routing, site.clock, b"r" * 32),
                pages=Pages(resources_folder() / "portal"),
                link_key=b"l" * 32,
                local_url=site.url,
                public_url="https://s.example",
                smtp=url.replace("wrong", "right"),
            )
            other.run_until_quiet()
            assert len(post.messages) == 2
            assert firm_of(site).mail_stopped == ""
            whats = [event.what for event in site.list_all(Event)]
            assert (whats.count("mail_stopped"), whats.count("mail_resumed")) == (1, 1)
            post.messages.clear()
        good = url.replace("wrong", "right")
        with portal_site(
            f"sqlite:///{tmp_path / 'again.db'}", smtp=good, public_url="https://s.example"
        ) as site:
            site.activate(ELECTRICIAN, "scanner")
            site.side.run_until_quiet()
            assert len(post.messages) == 2


def test_an_answer_that_comes_first_stops_the_reminder(tray: PortalSite) -> None:
    invitation, link, code = tray.invite("scanner")
    tray.clock.advance(timedelta(days=2))
    tray.command(RemindInvitation(invitation_id=invitation.id))
    answer(link, code, {"scanner": "approved"})
    tray.side.run_until_quiet()
    assert [m.kind for m in tray.mails(PER)] == ["invitation", "receipt"]


@pytest.mark.case(6)
def test_a_reminder_carries_the_link_that_already_works(tray: PortalSite) -> None:
    invitation, link, code = tray.invite("scanner")
    tray.clock.advance(timedelta(days=8))
    tray.command(RemindInvitation(invitation_id=invitation.id))
    tray.side.run_until_quiet()
    reminder = tray.mails(PER)[-1]
    assert reminder.kind == "reminder"
    assert link_and_code(reminder.text) == (link, code)
    assert tray.mails(ANNA)[-1].kind == "information", "who need not answer is not reminded"


def test_a_withdrawn_invitation_is_told_to_those_who_had_it(tray: PortalSite) -> None:
    invitation, _, _ = tray.invite("scanner")
    tray.command(WithdrawInvitation(invitation_id=invitation.id))
    tray.side.run_until_quiet()
    assert [m.kind for m in tray.mails(PER)] == ["invitation", "withdrawn"]
    assert [m.kind for m in tray.mails(ANNA)] == ["information"]


def test_what_was_withdrawn_before_it_was_sent_is_never_sent(database: str) -> None:
    with portal_site(database) as site:
        activation_id = site.activate(ELECTRICIAN, "scanner")
        site.side.workers[0].run_once()
        invitation = invitation_of(site, activation_id)
        assert invitation.state == "queued"
        site.command(WithdrawInvitation(invitation_id=invitation.id))
        site.side.run_until_quiet()
        assert site.mails() == []


def test_a_resend_overtakes_the_first_e_mail(tray: PortalSite) -> None:
    activation_id = tray.activate(ELECTRICIAN, "scanner")
    tray.side.workers[0].run_once()
    first = invitation_of(tray, activation_id)
    tray.clock.advance(timedelta(seconds=1))
    correct = Recipient(name="Per Bergström", email="per.ny@bergstromsel.example")
    tray.command(ResendInvitation(invitation_id=first.id, recipients=(correct,)))
    tray.side.run_until_quiet()
    assert tray.mails(PER) == [], "the wrong address gets nothing any more"
    assert len(tray.mails(correct.email)) == 1


def test_two_servers_share_one_outbox_without_sending_twice(database: str) -> None:
    with site_with_post(database) as (site, post):
        other = customer_side(
            site.store,
            gateway=site.gateway,
            issuer=Issuer(site.store.routing, site.clock, b"r" * 32),
            pages=Pages(resources_folder() / "portal"),
            link_key=b"l" * 32,
            local_url="http://127.0.0.1:1",
            public_url="https://s.example",
            smtp=SMTP.format(port=post.port),
        )
        site.activate(ELECTRICIAN, "scanner")
        assert site.store.mail_queue.lease() == []
        assert site.side.workers[0].run_once() == 2, "the check, and the invitation that follows from it"
        held = site.store.mail_queue.lease(limit=1)  # another server takes one, and dies
        assert len(held) == 1
        assert other.mail.run_once() == 1
        assert other.mail.run_once() == 0
        site.clock.advance(timedelta(minutes=3))
        assert other.mail.run_once() == 1, "its lease has run out: it must have died"
        site.side.run_until_quiet()
        other.run_until_quiet()
        assert sorted(post.recipients) == [ANNA, PER]


def test_login_instructions_say_what_became_of_them(database: str) -> None:
    with site_with_post(database) as (site, post):
        post.replies = ["550 no such user"]
        activation_id = site.activate(FARM, "eekonomi", expects="not_registered")
        site.side.run_until_quiet()
        assert site.get(Activation, activation_id).login_mail_state == "refused"
        assert MAJA not in post.recipients


def test_the_health_page_says_that_mail_stands_still(store: Store) -> None:
    public = "https://s.example"
    with post_office() as post:
        # A server that wants no sign-in at all refuses ours.
        smtp = f"smtp://post:wrong@127.0.0.1:{post.port}?tls=none&from=samverka@byran.example"
        parts = assemble(
            store, version="1", local_url=public, public_url=public, smtp=smtp, with_threads=False
        )
        parts.gateway.fill([electrician_in_register()])
        store.create_firm(FIRM, KARIN)
        site = PortalSite(public, store, FixedClock(), parts.gateway, parts.customer_side)
        site.put(ELECTRICIAN, *engagement_records(ELECTRICIAN))
        with serving(build_application(parts.parts).asgi) as url:
            assert requests.get(f"{url}/health", timeout=60).json() == {"status": "ok"}
            site.activate(ELECTRICIAN, "scanner")
            parts.customer_side.run_until_quiet()
            health = requests.get(f"{url}/health", timeout=60)
    assert health.status_code == 200
    assert health.json() == {"status": "attention", "problem": "smtp_no_sign_in"}
