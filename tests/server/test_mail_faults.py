"""Many e-mails through a mail server that fails at every place it can: none is lost, and a second copy comes
only where the server had taken the first and could not say so.

100 e-mails as a rule; SAMVERKA_LONG=1 sends 1,000.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.domain.changes import Effect, MailRequest, Put
from app.domain.records import Activation, ActivationContact, ActivationItem, Consent, Expectation, Recipient
from app.server.store import SERVER
from tests.server.portal_site import ADDRESS, FARM, FIRM, KARIN, PortalSite, portal_site
from tests.support.ports import reserve_port

COUNT = 1_000 if os.environ.get("SAMVERKA_LONG") else 100
SHARE_OF_FAULTS = 0.3
FAULTS = ("busy sender", "busy recipient", "dropped recipient", "busy data", "dropped data", "dropped answer")
SMTP_URL = "smtp://127.0.0.1:{port}?tls=none&from=samverka@byran.example"


@dataclass
class FaultyServer:
    """Takes e-mails and fails at the share of them, at a place that chance chooses."""

    chance: random.Random
    taken: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    bodies: dict[str, set[bytes]] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)

    def _fault(self, session: Session) -> str:
        """Return the fault of this connection, chosen once: the sender opens one for each e-mail."""
        if not hasattr(session, "fault"):
            is_bad = self.chance.random() < SHARE_OF_FAULTS
            session.fault = self.chance.choice(FAULTS) if is_bad else ""
            self.faults[session.fault] += 1
        return str(session.fault)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the sender, or say that it is busy."""
        if self._fault(session) == "busy sender":
            return "451 4.3.2 busy"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the recipient, say that it is busy, or hang up."""
        fault = self._fault(session)
        if fault == "busy recipient":
            return "450 4.2.0 greylisted"
        if fault == "dropped recipient":
            _hang_up(server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take the message, refuse it for now, or hang up before or after it was taken."""
        fault = self._fault(session)
        if fault == "busy data":
            return "452 4.3.1 disk full"
        if fault == "dropped data":
            _hang_up(server)
            return "421 gone"
        content = envelope.content
        assert isinstance(content, bytes)
        head, _, _ = content.partition(b"\r\n\r\n")
        (line,) = [line for line in head.split(b"\r\n") if line.lower().startswith(b"message-id:")]
        mail_id = line.partition(b":")[2].strip().decode()
        self.taken.append(mail_id)
        self.bodies.setdefault(mail_id, set()).add(_without_boundary(content))
        if fault == "dropped answer":
            self.unanswered.append(mail_id)
            _hang_up(server)
            return "421 gone"
        return "250 taken"


def _hang_up(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.abort()


def _without_boundary(content: bytes) -> bytes:
    # The library draws a new boundary for each message object; everything else is the same.
    _, _, rest = content.partition(b'boundary="')
    boundary = rest.partition(b'"')[0]
    return content.replace(boundary, b"BOUNDARY")


def queue_mails(site: PortalSite, count: int) -> None:
    activations = [
        Activation(
            id=f"av_{number:05}",
            customer_id=FARM.id,
            branch="not_registered",
            items=(
                ActivationItem(
                    collaboration_id=f"cl_{number:05}",
                    service="eekonomi",
                    engagement_id=f"en_{FARM.id}",
                    payer="firm",
                ),
            ),
            contact=ActivationContact(
                name="Maja Berg",
                email=f"maja{number}@bergagard.example",
                phone="+46701234567",
                address=ADDRESS,
            ),
            expects=Expectation(answer="not_registered"),
            consent=Consent(text_version="1", by=KARIN.id, at=site.clock.now()),
            state="done",
            login_mail_state="queued",
            made_by=KARIN.id,
            made_at=site.clock.now(),
        )
        for number in range(count)
    ]
    mails = tuple(
        MailRequest(
            kind="login_instructions",
            about_id=each.id,
            recipient=Recipient(name=each.contact.name, email=each.contact.email, role="contact"),
        )
        for each in activations
        if each.contact is not None
    )
    effect = Effect(changes=tuple(Put(each) for each in activations), mails=mails)
    with site.store.write(FIRM.id) as transaction:
        transaction.write(effect, by=SERVER, source="test")


def test_no_mail_is_lost_and_a_second_copy_has_its_reason(database: str) -> None:
    server = FaultyServer(random.Random(20251125))
    controller = Controller(server, hostname="127.0.0.1", port=reserve_port(), ready_timeout=60)
    controller.start()
    try:
        url = SMTP_URL.format(port=controller.port)
        with portal_site(database, smtp=url, public_url="https://s.example") as site:
            queue_mails(site, COUNT)
            for _ in range(60):
                while site.side.mail.run_once():
                    continue
                if site.store.mail_queue.measure().waiting == 0:
                    break
                site.clock.advance(timedelta(hours=1))
            state = site.store.mail_queue.measure()
            assert (state.waiting, state.failed) == (0, 0)
    finally:
        controller.stop()
    copies = Counter(server.taken)
    assert len(copies) == COUNT, "each e-mail came"
    again = {mail_id: number - 1 for mail_id, number in copies.items() if number > 1}
    assert again == Counter(server.unanswered), "and again only after an answer that was lost"
    assert all(len(bodies) == 1 for bodies in server.bodies.values()), "the same e-mail at each try"
    # The control: every kind of fault did happen, and about as often as it should.
    assert set(server.faults) == {"", *FAULTS}
    share = 1 - server.faults[""] / server.faults.total()
    assert SHARE_OF_FAULTS / 2 < share < SHARE_OF_FAULTS * 1.5
