"""What the server asks the vendor by itself, now and then, firm by firm."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime, timedelta

from app.server.gateway.vendor import VendorGateway
from app.server.store.store import Store


class VendorRounds(ABC):
    """A worker that goes through the firms every ``every``, and at the server's start."""

    name: str
    every: timedelta

    def __init__(self, store: Store, gateway: VendorGateway) -> None:
        self._store = store
        self._gateway = gateway
        self._due_at: datetime | None = None

    def run_once(self) -> int:
        """Go through the firms if it is time; return how much was new."""
        now = self._store.clock.now()
        if self._due_at is not None and now < self._due_at:
            return 0
        self._due_at = now + self.every
        return sum(self._run_firm(firm_id) for firm_id in self._store.list_firms())

    def next_due_at(self) -> datetime | None:
        """Return when it looks again."""
        return self._due_at or self._store.clock.now()

    @abstractmethod
    def _run_firm(self, firm_id: str) -> int:
        """Ask for one firm and take in what is new; return how much that was."""
