"""How many requests one session, or one address without a session, may make: a bucket that fills steadily.

The buckets are this process's own. With several processes the limit is that many times as high, which is
enough to keep one client from taking the whole server.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.contract.wire import ProblemCode
from app.server.problems import ProblemError

MOST_BUCKETS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """``burst`` requests at once, and ``per_second`` from then on."""

    burst: int
    per_second: float


SESSION_RATE = Rate(burst=600, per_second=50.0)
"""A first synchronisation of 400,000 rows is 200 requests; an import of 15,000 customers some hundred."""

STRANGER_RATE = Rate(burst=100, per_second=2.0)
"""Refused tokens of one address: an office of many, whose sessions ended all at once, gets through."""


class RateLimit:
    """Counts requests by key. Any thread may ask; ``clock`` gives seconds that never go back."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> None:
        """Count a request. Raises ProblemError 429 ``too-many-requests`` with the seconds to wait."""
        self._charge(key, 1.0)

    def check(self, key: str) -> None:
        """Count nothing. Raises ProblemError 429 where the key's next request would be one too many."""
        self._charge(key, 0.0)

    def _charge(self, key: str, cost: float) -> None:
        now = self._clock()
        with self._lock:
            left, seen = self._buckets.get(key, (float(self._rate.burst), now))
            left = min(float(self._rate.burst), left + (now - seen) * self._rate.per_second)
            if left < 1.0:
                raise ProblemError(
                    ProblemCode.TOO_MANY, retry_after=max(1.0, (1.0 - left) / self._rate.per_second)
                )
            if cost:
                self._buckets[key] = (left - cost, now)
                if len(self._buckets) > MOST_BUCKETS:
                    self._forget(now)

    def _forget(self, now: float) -> None:
        """Drop the buckets that are full again by now; where none is, the half that was used longest ago."""
        burst, rate = self._rate.burst, self._rate.per_second
        kept = {
            key: (left, seen)
            for key, (left, seen) in self._buckets.items()
            if left + (now - seen) * rate < burst
        }
        if len(kept) > MOST_BUCKETS:
            newest = sorted(kept, key=lambda key: kept[key][1])[MOST_BUCKETS // 2 :]
            kept = {key: kept[key] for key in newest}
        self._buckets = kept


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one application: by session, and by address for requests whose token is refused."""

    sessions: RateLimit
    strangers: RateLimit


def make_limits(clock: Callable[[], float] = time.monotonic) -> Limits:
    """Return the limits that a server has."""
    return Limits(RateLimit(SESSION_RATE, clock), RateLimit(STRANGER_RATE, clock))
