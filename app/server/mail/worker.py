"""Empties the mail outbox: at least once, in the order of its rows, with no connection under a lock.

A mail server may take ten minutes over an e-mail that it scans (``ways.Patience``). Its lease is short and
renewed meanwhile: nobody else sends it, and where this process is killed it does not lie long.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.changes import Actor
from app.domain.lifecycle import mail_stands_still, mail_state_changed
from app.domain.records import MailState
from app.server.mail.composing import Composer
from app.server.mail.keeping import Keeping, Turns, beating
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
LEASE = timedelta(minutes=2)
"""Renewed four times while it lasts (``keeping.RENEW_SECONDS``)."""

MAILS_AT_ONCE = 3
"""Of one process, where all but the last are slow. Microsoft 365 takes no more connections of one mailbox."""

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

    Several threads may run one worker: they take turns, and go past an e-mail that the server is slow with.
    ``keeping`` says how the lease of an e-mail is renewed while it is being sent.
    """

    name = "mail"

    def __init__(
        self, store: Store, composer: Composer, route: MailRoute, *, keeping: Keeping = beating
    ) -> None:
        self._store = store
        self._keeping = keeping
        self._turns = Turns()
        self._telling = threading.Lock()
        self._composer = composer
        self._route = route
        self.problem = ""
        # What the firms were told last; None until this process knows: another one may have told them.
        self._told: str | None = None

    def run_once(self) -> int:
        """Handle the rows that are due; return how many that were."""
        handled = 0
        while not self.problem and handled < BATCH:
            turn = self._turns.take()
            if turn is None:
                break
            try:
                # One at a time: a slow mail server must not outlast the lease of the rows behind it.
                jobs = self._store.mail_queue.lease(limit=1, lease=LEASE)
                if not jobs:
                    break
                self._handle_leased(jobs[0], turn)
            finally:
                self._turns.end(turn)
            handled += 1
        return handled

    def next_due_at(self) -> datetime | None:
        """Return when there may be something to do, or None."""
        return None if self.problem else self._store.mail_queue.next_due_at()

    def _handle_leased(self, job: Job, turn: object) -> None:
        def beat() -> bool:
            self._turns.end(turn)  # it is slow: the e-mails behind it need not wait
            return self._store.mail_queue.renew(job, LEASE)

        with self._keeping(beat):
            self._handle(job)

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
        with self._telling:
            # An e-mail that was slow may leave after the sign-in of a later one was refused.
            if because == self._told or (self.problem and not because):
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
