"""The sample firm in a temporary profile: nothing of it stays on the machine, and nothing in its keyring."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.paths import Profile

if TYPE_CHECKING:
    from app.bootstrap import Samverka

SECONDS_TO_CONNECT = 20


class KeyInMemory:
    """Keeps a profile's key for as long as the program runs."""

    def __init__(self) -> None:
        self._keys: dict[str, bytes] = {}

    def find(self, name: str) -> bytes | None:
        """Return the key of that name, or None where there is none yet."""
        return self._keys.get(name)

    def keep(self, name: str, key: bytes) -> None:
        """Keep the key under that name."""
        self._keys[name] = key

    def forget(self, name: str) -> None:
        """Remove the key of that name."""
        self._keys.pop(name, None)


@contextmanager
def temporary_profile() -> Iterator[Profile]:
    """Give a profile in a folder that is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="samverka-", ignore_cleanup_errors=True) as folder:
        yield Profile(Path(folder) / "profile")


@contextmanager
def open_sample() -> Iterator[Samverka]:
    """Give the program on the sample firm: server running, signed in, everything received.

    Raises:
        RemoteError: ``embedded_server_failed``.
    """
    from app.bootstrap import Start

    with temporary_profile() as profile:
        start = Start(profile, demo=True, key_store=KeyInMemory())
        start.lock()
        try:
            samverka = start.build(start=False)
            try:
                samverka.connection.ensure_server()
                samverka.session.sign_in_sample()
                samverka.connection.engine.round()
                _stay_connected(samverka)
                yield samverka
            finally:
                samverka.close()
        finally:
            start.unlock()


def _stay_connected(samverka: Samverka) -> None:
    """Begin to synchronise and wait for contact, so that screens do not say that they are offline."""
    arrived = threading.Event()

    def notice(event: object) -> None:
        if getattr(event, "connection", "") == "connected":
            arrived.set()

    samverka.events.subscribe(notice)
    samverka.start()
    arrived.wait(SECONDS_TO_CONNECT)
