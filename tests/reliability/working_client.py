"""A client in a process of its own that decides and synchronises until somebody kills it.

Prints the id of each decision when ``enqueue`` has returned: from then on it must not be lost.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.clock import SystemClock
from app.errors import SamverkaError
from app.remote.server import Server, ServerPlace
from app.remote.transport import RequestsTransport
from app.storage.opening import open_database
from app.sync.engine import Engine
from app.usecases.events import Events
from app.usecases.workspace import Workspace
from tests.server.sync_site import create

KEY = bytes(range(32))


class GivenToken:
    """Stands where Tokens stands; the sign-in has tests of its own."""

    def __init__(self, token: str) -> None:
        self._token = token

    def access(self, *, refused: str = "") -> str:
        """Return the token."""
        return self._token


def open_client(folder: Path, url: str, token: str) -> tuple[Workspace, Engine]:
    """Open what is on the disk."""
    clock, events = SystemClock(), Events()
    opened = open_database(folder / "cache.db", KEY, set_aside_folder=folder / "aside", now=clock.now())
    tokens: Any = GivenToken(token)
    server = Server(ServerPlace(transport=RequestsTransport(url)), tokens)
    engine = Engine(opened.database, server, clock, events.publish, page_rows=20)
    return Workspace(opened.database, clock, events), engine


def main() -> None:
    """Work for ever."""
    folder, url, token, begin = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
    workspace, engine = open_client(folder, url, token)
    with suppress(SamverkaError):
        engine.round()
    for number in range(begin, begin + 1_000_000):
        (id_,) = workspace.enqueue([create(number)])
        print(id_, flush=True)
        with suppress(SamverkaError):
            engine.round()


if __name__ == "__main__":
    main()
