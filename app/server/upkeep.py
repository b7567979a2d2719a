"""What is done once a day: sign each chain's end, forget what has had its time.

How long everything is kept is told in packaging/server/README.md, which a test holds against the tables.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.contract.wire import OUTCOME_DAYS
from app.server.audit.sealing import Seal, seal_day
from app.server.store import Store
from app.server.store.mail_trays import forget_mails

OUTCOMES_KEPT = timedelta(days=OUTCOME_DAYS)
"""A device that was away for a year learns what became of its commands. The client's journal has 30 days."""

TOMBSTONES_KEPT = timedelta(days=180)
"""A device that was away for longer fetches everything anew."""

QUEUE_ROWS_KEPT = timedelta(days=90)
"""Done and refused rows of the outboxes, which name recipients."""


TRAY_KEPT = timedelta(days=365)
"""E-mails of the embedded server's tray."""

UNUSED_DEVICES_KEPT = OUTCOMES_KEPT
"""Devices that never sent a command."""


class UpkeepWorker:
    """Goes through the firms once a day, and at the server's start."""

    name = "upkeep"

    def __init__(self, store: Store, seal: Seal) -> None:
        self._store = store
        self._seal = seal
        self._done_for: date | None = None

    def run_once(self) -> int:
        """Do what the day asks for; return in how many firms there was something to do."""
        today = self._store.clock.today()
        if self._done_for == today:
            return 0
        count = sum(self._keep_up(firm_id, today) for firm_id in self._store.list_firms())
        before = self._store.clock.now() - QUEUE_ROWS_KEPT
        for queue in (self._store.vendor_queue, self._store.mail_queue):
            queue.forget(before)
        with self._store.register.write() as rows:
            rows.remove_expired(self._store.clock.now())
        self._done_for = today
        return count

    def next_due_at(self) -> datetime | None:
        """Return when the day may be over: at the next full hour, or now."""
        now = self._store.clock.now()
        if self._done_for != self._store.clock.today():
            return now
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)

    def _keep_up(self, firm_id: str, today: date) -> int:
        with self._store.write(firm_id) as transaction:
            sealed = seal_day(transaction, self._seal, today)
            pruned = transaction.devices.prune_outcomes(transaction.now - OUTCOMES_KEPT)
            pruned += transaction.devices.prune_unused(transaction.now - UNUSED_DEVICES_KEPT)
            pruned += forget_mails(transaction.connection, firm_id, transaction.now - TRAY_KEPT)
            # A sealed head tells which version the firm had that day.
            old_day = (today - TOMBSTONES_KEPT).isoformat()
            revs = [head.rev for head in transaction.list_heads() if head.day <= old_day]
            purged = transaction.purge_tombstones(max(revs)) if revs else 0
        return int(bool(sealed or pruned or purged))
