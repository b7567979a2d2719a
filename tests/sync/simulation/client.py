"""One installation of one person: the shipped storage, use cases and engine over a simulated network."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.domain.records import Staff
from app.remote.server import Server, ServerPlace
from app.remote.tokens import Tokens
from app.remote.transport import Transport
from app.storage.keyvalues import get_session
from app.storage.shown_rebuild import rebuild_shown
from app.sync.connection import DatabaseTokens
from app.sync.engine import LISTS_FIRST_FROM, Engine, RoundResult
from app.usecases.events import Events
from app.usecases.outbox import Outbox
from app.usecases.workspace import Workspace
from tests.support.clocks import FixedClock
from tests.sync.simulation.faults import Fuse
from tests.sync.simulation.plain_database import PlainDatabase


@dataclass(frozen=True, slots=True)
class SavedCommand:
    """A command that was on a disk: who decided what, and when it first was there by the world's clock."""

    id: str
    type: str
    entity: str
    payload: dict[str, Any]
    needs: tuple[str, ...]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class DiskCopy:
    """A copy of an installation's disk."""

    path: Path
    ledger: tuple[str, ...]
    confirmed: frozenset[str]
    failed: frozenset[str]


@dataclass(slots=True)
class Notes:
    """What the simulation remembers of an installation, beside what its disk holds."""

    ledger: list[str] = field(default_factory=list)
    """Ids of the commands that this disk has held, in the order of the decisions."""
    confirmed: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    """What is called taken back, refused or a conflict here."""
    copies: list[DiskCopy] = field(default_factory=list)
    is_offline: bool = False


class Installation:
    """The program on one machine. ``open`` and ``kill`` as often as the schedule wants."""

    def __init__(
        self,
        name: str,
        firm_id: str,
        staff: Staff,
        path: Path,
        clock: FixedClock,
        make_transport: Callable[[Installation], Transport],
        *,
        world_clock: FixedClock,
        page_rows: int,
    ) -> None:
        self.name = name
        self.firm_id = firm_id
        self.staff = staff
        self.path = path
        self.clock = clock
        self._world_clock = world_clock
        self.page_rows = page_rows
        self.lists_first = False
        self.fuse = Fuse()
        self.notes = Notes()
        self.saved: dict[str, SavedCommand] = {}
        self.watch_commit: Callable[[Installation, Any], None] = lambda _me, _unit: None
        self._transport = make_transport(self)

    def open(self) -> None:
        """Start the program on what is on the disk."""
        self.database = PlainDatabase(self.path)
        with self.database.read() as unit:
            is_stale = bool(get_session(unit, "stale"))
        if is_stale:
            with self.database.write() as unit:
                rebuild_shown(unit)
        self.events = Events()
        self.workspace = Workspace(self.database, self.clock, self.events)
        self.outbox = Outbox(self.workspace)
        self.tokens = Tokens(self._transport, DatabaseTokens(self.database), self.clock)
        self.engine = Engine(
            self.database,
            Server(ServerPlace(transport=self._transport), self.tokens),
            self.clock,
            self.events.publish,
            page_rows=self.page_rows,
            lists_first_from=2 if self.lists_first else LISTS_FIRST_FROM,
        )
        self.database.before_commit = self._before_commit
        self.database.after_commit = self.fuse.burn
        self.read_ledger()

    def kill(self) -> None:
        """Die, and be started again."""
        self.fuse.put_out()
        self.database.close()
        self.open()

    def round(self) -> RoundResult:
        """Make one round. Raises SamverkaError as the engine does."""
        return self.engine.round()

    def read_ledger(self) -> None:
        """Note the commands that have come onto the disk."""
        known = set(self.notes.ledger)
        with self.database.read() as unit:
            for entry in unit.rows("SELECT id, type, entity, payload, needs FROM outbox ORDER BY position"):
                if entry[0] not in known:
                    self.notes.ledger.append(entry[0])
                if entry[0] not in self.saved:
                    self.saved[entry[0]] = SavedCommand(
                        entry[0],
                        entry[1],
                        entry[2],
                        json.loads(entry[3]),
                        tuple(json.loads(entry[4])),
                        self._world_clock.now(),
                    )

    def move_clock(self, step: timedelta) -> None:
        """Let this machine's clock show another time."""
        self.clock.advance(step)

    def states(self) -> dict[str, str]:
        """Return the state of each command of the outbox, by id."""
        with self.database.read() as unit:
            return dict(unit.rows("SELECT id, state FROM outbox ORDER BY position"))

    def copy_disk(self, to: Path) -> DiskCopy:
        """Copy the disk as it is now."""
        self.database.checkpoint()
        shutil.copyfile(self.path, to)
        notes = self.notes
        return DiskCopy(to, tuple(notes.ledger), frozenset(notes.confirmed), frozenset(notes.failed))

    def put_disk(self, copy: DiskCopy) -> None:
        """Put a copy in the place of the disk, and start."""
        self.fuse.put_out()
        self.database.close()
        self.place_file(copy.path)
        self.notes.ledger = list(copy.ledger)
        self.notes.confirmed = set(copy.confirmed)
        self.notes.failed = set(copy.failed)
        self.open()

    def place_file(self, source: Path) -> None:
        """Let this be the file; the program must not be running."""
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(source, self.path)

    def close(self) -> None:
        """End the program."""
        self.database.close()

    def _before_commit(self, unit: Any) -> None:
        self.watch_commit(self, unit)
        self.fuse.burn()
