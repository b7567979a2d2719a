"""What happens because a day has passed: invitations that nobody answered."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

from app.domain.changes import Actor, VendorRequest
from app.domain.lifecycle import invitation_expired
from app.domain.records import Invitation, InvitationState
from app.server.day import DayWatch
from app.server.identity.issuer import Issuer
from app.server.store.store import Store

CALENDAR = Actor(name="calendar", kind="server")
_OPEN = (InvitationState.QUEUED, InvitationState.SENT)


class ExpiryWorker:
    """Goes through the firms once a day, and at the server's start."""

    name = "expiry"

    def __init__(self, store: Store, issuer: Issuer) -> None:
        self._store = store
        self._issuer = issuer
        self._day = DayWatch(store.clock)

    def run_once(self) -> int:
        """Let expire what is past its day; return how many invitations that were."""
        today = self._store.clock.today()
        if self._day.is_done:
            return 0
        count = sum(self._expire(firm_id, today) for firm_id in self._store.list_firms())
        self._issuer.purge()
        self._day.note_done()
        return count

    def next_due_at(self) -> datetime | None:
        """Return when the day is over."""
        return self._day.next_due_at()

    def _expire(self, firm_id: str, today: date) -> int:
        with self._store.read(firm_id) as snapshot:
            past = [
                record.id
                for record in snapshot.reader.list_due("invitation", today)
                if isinstance(record, Invitation) and _is_past(record, today)
            ]
        for invitation_id in past:
            with self._store.write(firm_id) as transaction:
                record = transaction.reader.find("invitation", invitation_id)
                if not isinstance(record, Invitation):
                    continue
                effect = invitation_expired(record, transaction.reader, transaction.context(CALENDAR))
                if effect.changes:
                    request = VendorRequest(kind="expired", about_id=invitation_id)
                    effect = dataclasses.replace(effect, vendor=(*effect.vendor, request))
                transaction.write(effect, by=CALENDAR, source=f"expiry:{invitation_id}")
        with self._store.write(firm_id) as transaction:
            transaction.refresh_grants()
        return len(past)


def _is_past(invitation: Invitation, today: date) -> bool:
    return invitation.state in _OPEN and invitation.expires_on is not None and invitation.expires_on < today
