"""A client as a person has it: cache, outbox, engine; and a network that fails when it is told to."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from app.contract.wire import PROTOCOL_VERSION, DeviceAnswer, Meta, PullAnswer, PushAnswer, WireCommand
from app.domain.records import Record, Staff
from app.domain.what_changed import WhatChanged
from app.errors import RemoteError
from app.remote.server import Server, ServerPlace
from app.remote.transport import RequestsTransport
from app.storage.database import Database
from app.storage.local_reader import MirrorReader
from app.storage.opening import open_database
from app.storage.outbox import OutboxEntry, list_entries
from app.storage.shown_rebuild import rebuild_shown
from app.sync.engine import Engine, RoundResult
from app.usecases.events import Events
from app.usecases.outbox import Outbox
from app.usecases.workspace import Workspace
from tests.server.sync_site import FIRM, SyncSite
from tests.storage.test_projection import shown
from tests.support.clocks import FixedClock

KEY = bytes(range(32))
T = TypeVar("T")


class TokenOfTheTest:
    """Stands where app.remote.tokens.Tokens stands; the sign-in has tests of its own."""

    def __init__(self, issue: Callable[[], str]) -> None:
        self._issue = issue
        self._token = issue()

    def access(self, *, refused: str = "") -> str:
        if refused:
            self._token = self._issue()
        return self._token


class Line:
    """The line between client and server. ``cut`` fails before the server, ``lose_answer`` after it.

    ``cut_calls`` are names of calls (pull, snapshot: a pull without a cursor, outcomes) that alone fail
    before the server. ``places`` are those that pulls have named.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cut = False
        self.cut_calls: frozenset[str] = frozenset()
        self.lose_answer = 0
        self.before_push: Callable[[], None] | None = None
        self.pushes: list[tuple[WireCommand, ...]] = []
        self.pulls = 0
        self.places: list[str] = []

    def meta(self) -> Meta:
        return self._carry(self.server.meta)

    def register_device(self, name: str) -> DeviceAnswer:
        return self._carry(lambda: self.server.register_device(name))

    def push(self, device: str, epoch: str, commands: Sequence[WireCommand], place: str = "") -> PushAnswer:
        self.pushes.append(tuple(commands))
        if self.before_push is not None:
            self.before_push()
        return self._carry(lambda: self.server.push(device, epoch, commands, place))

    def pull(self, device: str, cursor: str | None, limit: int, place: str = "") -> PullAnswer:
        self.pulls += 1
        self.places.append(place)
        self._be_cut("pull")
        if cursor is None:
            self._be_cut("snapshot")
        return self._carry(lambda: self.server.pull(device, cursor, limit, place))

    def outcomes(self, device: str, command_ids: Sequence[str]) -> PushAnswer:
        self._be_cut("outcomes")
        return self._carry(lambda: self.server.outcomes(device, command_ids))

    def _be_cut(self, name: str) -> None:
        if name in self.cut_calls:
            raise RemoteError("server_unreachable", host="test")

    def _carry(self, call: Callable[[], T]) -> T:
        if self.cut:
            raise RemoteError("server_unreachable", host="test")
        answer = call()
        if self.lose_answer:
            self.lose_answer -= 1
            raise RemoteError("server_unreachable", host="test", detail="answer lost")
        return answer


class Desk:
    """One installation of one person."""

    def __init__(
        self,
        site: SyncSite,
        staff: Staff,
        folder: Path,
        clock: FixedClock,
        *,
        page_rows: int = 2000,
        protocol: int = PROTOCOL_VERSION,
        make_transport: Callable[[str], RequestsTransport] = RequestsTransport,
        make_line: Callable[[Server], Line] = Line,
    ) -> None:
        self.site = site
        self.staff = staff
        self.clock = clock
        self.folder = folder
        self.page_rows = page_rows
        folder.mkdir(exist_ok=True)
        self.transport = make_transport(site.url)
        token: Any = TokenOfTheTest(lambda: self.site.token(FIRM, staff.id))
        self.line = make_line(Server(ServerPlace(transport=self.transport, protocol=protocol), token))
        self.changes: list[WhatChanged] = []
        self.open()

    def open(self) -> None:
        """Start the program on what is on the disk."""
        opened = open_database(
            self.folder / "cache.db", KEY, set_aside_folder=self.folder / "aside", now=self.clock.now()
        )
        self.database: Database = opened.database
        events = Events()
        events.subscribe(lambda event: self.changes.append(event) if isinstance(event, WhatChanged) else None)
        self.workspace = Workspace(self.database, self.clock, events)
        self.outbox = Outbox(self.workspace)
        self.engine = Engine(self.database, self.line, self.clock, events.publish, page_rows=self.page_rows)

    def sign_in_at(self, site: SyncSite) -> None:
        """Go to another address of the server and sign in there; the old token is refused."""
        self.site = site
        self.transport.base_url = site.url

    def restart(self) -> None:
        """Quit, or die, and start again."""
        self.database.close()
        self.open()

    def copy_profile(self, folder: Path) -> None:
        """Copy what is on the disk, with the program closed meanwhile."""
        self.database.close()
        shutil.copytree(self.folder, folder)
        self.open()

    def round(self) -> RoundResult:
        """Make one round."""
        return self.engine.round()

    def entries(self) -> list[OutboxEntry]:
        """Return the whole outbox."""
        with self.database.read() as unit:
            return list_entries(unit, "1")

    def states(self) -> list[str]:
        """Return the states of the commands, in order."""
        return [entry.state for entry in self.entries()]

    def names(self) -> list[str]:
        """Return the names in the customer list, as the person sees them."""
        with self.database.read() as unit:
            return [row[0] for row in unit.rows("SELECT name FROM shown_customer ORDER BY name_key")]

    def mirrored(self, type_name: str, id_: str) -> Record | None:
        """Return the record as the server's pull has brought it."""
        with self.database.read() as unit:
            return MirrorReader(unit).find(type_name, id_)

    def mirror_rows(self) -> list[tuple[str, str, int]]:
        """Return type, id and rev of everything in the mirror."""
        with self.database.read() as unit:
            return [tuple(row) for row in unit.rows("SELECT type, id, rev FROM mirror ORDER BY type, id")]

    def shows_what_follows(self) -> bool:
        """Tell whether what is shown is what mirror and outbox give from nothing."""
        with self.database.write() as unit:
            before = shown(unit)
            rebuild_shown(unit)
            return shown(unit) == before

    def close(self) -> None:
        self.database.close()
        self.transport.close()


@contextmanager
def open_desk(
    site: SyncSite, staff: Staff, folder: Path, clock: FixedClock, **options: Any
) -> Iterator[Desk]:
    """Give a client for the length of a ``with`` statement."""
    desk = Desk(site, staff, folder, clock, **options)
    try:
        yield desk
    finally:
        desk.close()
