"""Empties the mail outbox: at least once, in the order of its rows, with no connection under a lock."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.changes import Actor
from app.domain.lifecycle import mail_stands_still, mail_state_changed
from app.domain.records import MailState
from app.server.mail.composing import Composer
from app.server.mail.message import (
    AddressRefusedError,
    MailDelayedError,
    MailSignInError,
    OutgoingMail,
)
from app.server.mail.ways import MailWay
from app.server.store.queues import Job
from app.server.store.store import Store

LOG = logging.getLogger(__name__)
BATCH = 10
LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=72)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
PAUSE_AFTER_SIGN_IN = timedelta(minutes=15)
_ACTOR = Actor(name="mail", kind="server")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRoute:
    """How e-mails leave. ``public_url`` is where their links lead."""

    way: MailWay
    sender_address: str
    public_url: str


class MailWorker:
    """Takes rows, re-checks them, sends them, and notes on the invitation what became of them.

    ``problem`` is a code while the queue stands still because the mail server refused our sign-in: it is
    shown by the health page and ends when the server is started with other settings. The firms' staff see
    it among what there is to do, until an e-mail has left again.
    """

    name = "mail"

    def __init__(self, store: Store, composer: Composer, route: MailRoute) -> None:
        self._store = store
        self._composer = composer
        self._route = route
        self.problem = ""
        # What the firms were told last; None until this process knows: another one may have told them.
        self._told: str | None = None

    def run_once(self) -> int:
        """Handle the rows that are due; return how many that were."""
        handled = 0
        while not self.problem and handled < BATCH:
            # One at a time: a slow mail server must not outlast the lease of the rows behind it.
            jobs = self._store.mail_queue.lease(limit=1, lease=LEASE)
            if not jobs:
                break
            self._handle(jobs[0])
            handled += 1
        return handled

    def next_due_at(self) -> datetime | None:
        """Return when there may be something to do, or None."""
        return None if self.problem else self._store.mail_queue.next_due_at()

    def _handle(self, job: Job) -> None:
        try:
            mail = self._compose(job)
            if mail is None:
                self._store.mail_queue.finish(job)
                return
            self._route.way.send(mail)
        except AddressRefusedError as error:
            self._settle(job, MailState.REFUSED, error.code)
        except MailDelayedError as error:
            self._put_off(job, error.code)
        except MailSignInError as error:
            self.problem = error.code
            LOG.error("mail stands still: %s", error)
            self._store.mail_queue.retry(job, self._store.clock.now() + PAUSE_AFTER_SIGN_IN, error.code)
            self._tell_firms(error.code)
        else:
            self._settle(job, MailState.SENT, "")
            self._tell_firms("")

    def _compose(self, job: Job) -> OutgoingMail | None:
        # The transaction orders this against an answer on the portal; it ends before anything is sent.
        with self._store.write(job.firm_id) as transaction:
            composed = self._composer.compose(job, transaction, self._route.public_url)
        if composed is None or job.recipient is None:
            return None
        return OutgoingMail(
            id=job.id,
            firm_id=job.firm_id,
            kind=job.kind,
            to_name=job.recipient.name,
            to_address=job.recipient.email,
            sender_name=composed.sender_name,
            sender_address=self._route.sender_address,
            made_at=job.created_at,
            letter=composed.letter,
        )

    def _settle(self, job: Job, state: MailState, error: str) -> None:
        email = "" if job.recipient is None else job.recipient.email
        with self._store.write(job.firm_id) as transaction:
            context = transaction.context(_ACTOR, job.id)
            effect = mail_state_changed(job.about_id, job.kind, email, state, transaction.reader, context)
            transaction.write(effect, by=_ACTOR, source=job.id)
            if error:
                self._store.mail_queue.give_up(job, error, inside=transaction)
            else:
                self._store.mail_queue.finish(job, inside=transaction)

    def _tell_firms(self, because: str) -> None:
        """Let every firm's staff see that e-mails wait, or no longer do: the mail server is everybody's."""
        if because == self._told:
            return
        for firm_id in self._store.list_firms():
            with self._store.write(firm_id) as transaction:
                context = transaction.context(_ACTOR)
                effect = mail_stands_still(firm_id, because, transaction.reader, context)
                if effect.changes:
                    transaction.write(effect, by=_ACTOR, source=f"mail:{because or 'resumed'}")
        self._told = because

    def _put_off(self, job: Job, error: str) -> None:
        now = self._store.clock.now()
        if now - job.created_at >= GIVE_UP_AFTER:
            self._settle(job, MailState.REFUSED, error)
            return
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(job.attempts - 1, 10)))
        self._store.mail_queue.retry(job, min(now + pause, job.created_at + GIVE_UP_AFTER), error)
