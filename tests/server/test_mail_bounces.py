"""Delivery reports of Postfix, Exchange Online and Gmail: shown on the invitation; everything else is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.commands import RemindInvitation, ResendInvitation
from app.domain.records import Activation, Event, Invitation, Recipient
from app.server.mail.bounces import BounceResult, read_report, take_bounce
from tests.server.portal_site import ANNA, MAJA, PER, PortalSite, portal_site

FOLDER = Path(__file__).parent / "bounces"
ROOT = Path(__file__).resolve().parents[2]
REPORTS = ["postfix", "exchange", "gmail"]


@pytest.fixture
def site(database: str) -> Iterator[PortalSite]:
    with portal_site(database) as running:
        yield running


def report(name: str, mail_id: str) -> bytes:
    return (FOLDER / f"{name}.eml").read_bytes().replace(b"MAIL-ID", mail_id.encode())


def state_of(site: PortalSite, invitation: Invitation, email: str) -> str:
    recipients = site.get(Invitation, invitation.id).recipients
    return next(each.mail_state for each in recipients if each.email == email)


@pytest.mark.case(4)
@pytest.mark.parametrize("name", REPORTS)
def test_a_bounce_is_shown_on_the_invitation_and_a_correction_sends_anew(site: PortalSite, name: str) -> None:
    invitation, link, _ = site.invite()
    (mail,) = site.mails(PER)
    assert state_of(site, invitation, PER) == "sent"
    assert take_bounce(site.store, report(name, mail.id)) == BounceResult.TAKEN
    assert state_of(site, invitation, PER) == "bounced"
    assert state_of(site, invitation, ANNA) == "sent"
    assert [event.what for event in site.list_all(Event)].count("mail_bounced") == 1
    # The same report again says nothing new.
    assert take_bounce(site.store, report(name, mail.id)) == BounceResult.TAKEN
    assert [event.what for event in site.list_all(Event)].count("mail_bounced") == 1
    corrected = Recipient(name="Per Bergström", email="per.b@bergstromsel.example", role="approver")
    site.command(ResendInvitation(invitation_id=invitation.id, recipients=(corrected,)))
    site.side.run_until_quiet()
    assert link not in site.mails("per.b@")[-1].text
    # A late report about the first address is nothing to the new one.
    take_bounce(site.store, report(name, mail.id))
    assert state_of(site, invitation, "per.b@bergstromsel.example") == "sent"


@pytest.mark.parametrize("name", REPORTS)
def test_a_reminder_that_bounces_says_so_too(site: PortalSite, name: str) -> None:
    invitation, _, _ = site.invite()
    site.command(RemindInvitation(invitation_id=invitation.id))
    site.side.run_until_quiet()
    assert len(site.mails(PER)) == 2
    take_bounce(site.store, report(name, site.mails(PER)[-1].id))
    assert state_of(site, invitation, PER) == "bounced"


def test_login_instructions_that_bounce_say_so(site: PortalSite) -> None:
    activation_id, _, _ = site.register_farm()
    take_bounce(site.store, report("postfix", site.mails(MAJA)[-1].id))
    assert site.get(Activation, activation_id).login_mail_state == "bounced"


@pytest.mark.parametrize(
    ("name", "result"),
    [("postfix_delayed", BounceResult.NOT_FAILED), ("absence", BounceResult.NOT_A_REPORT)],
)
def test_a_delay_and_an_absence_are_no_bounces(site: PortalSite, name: str, result: BounceResult) -> None:
    invitation, _, _ = site.invite()
    (mail,) = site.mails(PER)
    assert take_bounce(site.store, report(name, mail.id)) == result
    assert state_of(site, invitation, PER) == "sent"


@pytest.mark.parametrize("name", REPORTS)
def test_reports_about_others_letters_change_nothing(site: PortalSite, name: str) -> None:
    invitation, _, _ = site.invite()
    assert take_bounce(site.store, report(name, "mo_of_somebody_else")) == BounceResult.NOT_OURS
    assert state_of(site, invitation, PER) == "sent"


def test_a_report_that_quotes_nothing_is_known_by_the_envelopes_id(site: PortalSite) -> None:
    invitation, _, _ = site.invite()
    (mail,) = site.mails(PER)
    text = report("postfix", "x").decode().replace("Message-ID: <x@byran.example>\n", "")
    text = text.replace("Reporting-MTA:", f"Original-Envelope-Id: {mail.id}\nReporting-MTA:")
    assert take_bounce(site.store, text.encode()) == BounceResult.TAKEN
    assert state_of(site, invitation, PER) == "bounced"


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_reports_never_raise(data: st.DataObject) -> None:
    content = bytearray(report(data.draw(st.sampled_from(REPORTS)), "mo_x"))
    for _ in range(data.draw(st.integers(0, 40))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(0, len(content))) :]
    read_report(bytes(content))
    read_report(data.draw(st.binary(max_size=200)))


def test_the_command_takes_a_message_from_standard_input(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'server.db'}"
    with portal_site(database) as site:
        invitation, _, _ = site.invite()
        (mail,) = site.mails(PER)
        environment = {**os.environ, "SAMVERKA_DATABASE": database}
        words = [sys.executable, str(ROOT / "main.py"), "server", "take-bounce", "--json"]
        answer = subprocess.run(
            words, input=report("exchange", mail.id), env=environment, capture_output=True, check=True
        )
        assert json.loads(answer.stdout) == {"result": "taken"}
        assert state_of(site, invitation, PER) == "bounced"
        again = subprocess.run(words, input=b"rubbish", env=environment, capture_output=True, check=True)
        assert json.loads(again.stdout) == {"result": "not_a_report"}


def nested(depth: int) -> bytes:
    parts = b"Content-Type: multipart/report; boundary=b0\r\n\r\n"
    for level in range(depth):
        parts += b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (level, level + 1)
    return parts


def test_reports_made_to_harm_are_none() -> None:
    assert read_report(nested(3000)) is None
    report = b"Content-Type: multipart/report; boundary=b\r\nReferences: %s\r\n\r\n--b\r\n"
    report += b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: x\r\n\r\n"
    report += b"Action: failed\r\n\r\n--b--\r\n"
    found = read_report(report % (b"<mo_12345678@byran.example> " * 20_000))
    assert found is not None, "the control: one with many references is read, and soon"
    assert (found.mail_ids, found.has_failed) == (("mo_12345678",), True)
