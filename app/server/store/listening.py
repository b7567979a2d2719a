"""Hears of commits of other server processes, on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable

import psycopg
from sqlalchemy import URL

CHANNEL = "samverka_head"
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_BEFORE_ANOTHER_TRY = 2.0


def listen(
    url: URL,
    heard: Callable[[str, int], None],
    heads: Callable[[], dict[str, int]],
    closed: threading.Event,
) -> None:
    """Call ``heard`` with firm and head after each commit of any process, until ``closed`` is set.

    A lost connection is made anew; what was committed meanwhile is then read from the heads.
    """
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    while not closed.is_set():
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                for firm_id, head in heads().items():
                    heard(firm_id, head)
                while not closed.is_set():
                    for notice in connection.notifies(timeout=SECONDS_BETWEEN_LOOKS):
                        head_text, _, firm_id = notice.payload.partition(":")
                        heard(firm_id, int(head_text))
        except psycopg.OperationalError:
            closed.wait(SECONDS_BEFORE_ANOTHER_TRY)
