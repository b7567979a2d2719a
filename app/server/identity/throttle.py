"""Slows down guessing of passwords, by account and by address, for all server processes together.

The first wrong passwords cost nothing: people mistype. Then each costs twice the wait of the one before.
Nothing
is locked for good, or anyone could lock a colleague out (ASVS 2.2.1).
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_TRIES = 5
FREE_TRIES_OF_ADDRESS = 50
"""An office of many behind one address mistypes more often than a person does."""

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


def network_of(address: str) -> str:
    """Return what is counted as one address: of IPv6 the network of a household or an office (/64).

    Whoever has one such network has 2^64 addresses to guess from (RFC 6177). Other words stay as they are.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), 64), strict=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """Wrong passwords in a row, and when the last was."""

    count: int
    last_at: datetime

    def wait_until(self, free_tries: int) -> datetime:
        """Return when the next try is allowed."""
        over = self.count - free_tries
        if over < 0:
            return self.last_at
        return self.last_at + min(LONGEST_WAIT, FIRST_WAIT * (1 << min(over, 10)))


def add_failure(failures: Failures | None, now: datetime) -> Failures:
    """Return the count after one more wrong password; an old count is forgotten."""
    if failures is None or now - failures.last_at > FORGOTTEN_AFTER:
        return Failures(count=1, last_at=now)
    return Failures(count=failures.count + 1, last_at=now)
