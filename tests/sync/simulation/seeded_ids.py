"""Ids by seed for as long as a schedule runs: pages are ordered by id, and a seed must give one order."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import uuid_utils


@contextmanager
def seeded_ids(seed: int) -> Iterator[None]:
    """Let ``app.domain.ids.new_id`` give ids that rise with a counter and are the same for the same seed."""
    shipped = uuid_utils.uuid7
    dice = random.Random(seed)
    count = 0

    def next_id() -> uuid.UUID:
        nonlocal count
        count += 1
        # Not in the order of making: ids of two machines interleave in any order.
        return uuid.UUID(int=dice.getrandbits(80) << 32 | count)

    uuid_utils.uuid7 = next_id  # type: ignore[assignment]  # .hex is all that new_id asks for
    try:
        yield
    finally:
        uuid_utils.uuid7 = shipped
