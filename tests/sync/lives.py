"""A server that is backed up, lost and served again as it was then, and the clients that live on."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from app.domain.records import Staff
from app.server.store import Store, open_store
from tests.server.sync_site import ANNA, SyncSite, sync_site
from tests.support.clocks import FixedClock
from tests.sync.desk import Desk


class Lives:
    """One server with several lives, each on a file of its own, and clients that are closed at the end."""

    def __init__(self, folder: Path, clock: FixedClock, closing: ExitStack) -> None:
        self._folder = folder
        self._clock = clock
        self._closing = closing
        self._lives = 0
        self._file = folder / "server.db"

    @contextmanager
    def first(self) -> Iterator[SyncSite]:
        """Serve a new firm."""
        with self._open() as store, sync_site(store) as site:
            yield site

    def back_up(self, name: str = "backup") -> None:
        """Copy what the present life has written."""
        source, target = sqlite3.connect(self._file), sqlite3.connect(self._folder / f"{name}.db")
        with target:
            source.backup(target)
        source.close()
        target.close()

    @contextmanager
    def restored(self, name: str = "backup", *, epoch: str = "after the restore") -> Iterator[SyncSite]:
        """Serve a backup in a new epoch, as the restore command leaves it."""
        with self._open(name, epoch) as store, sync_site(store, is_filled=True) as site:
            yield site

    @contextmanager
    def gone_back(self, name: str = "backup") -> Iterator[SyncSite]:
        """Serve a backup in the same epoch, as a stand-by does that had not heard of the last commits."""
        with self._open(name) as store, sync_site(store, is_filled=True) as site:
            yield site

    def desk(
        self,
        site: SyncSite,
        name: str = "desk",
        staff: Staff = ANNA,
        clock: FixedClock | None = None,
        **options: Any,
    ) -> Desk:
        """Open a client of the staff member, with the server's clock unless it has another."""
        return self._close_later(Desk(site, staff, self._folder / name, clock or self._clock, **options))

    def copy(self, desk: Desk, name: str = "copy") -> Desk:
        """Copy a client's profile to another machine, and open it there."""
        desk.copy_profile(self._folder / name)
        return self._close_later(Desk(desk.site, desk.staff, self._folder / name, desk.clock))

    @contextmanager
    def _open(self, backup: str = "", epoch: str = "") -> Iterator[Store]:
        self._lives += 1
        self._file = self._folder / f"server{self._lives}.db"
        if backup:
            shutil.copy(self._folder / f"{backup}.db", self._file)
        if epoch:
            with sqlite3.connect(self._file) as connection:
                connection.execute("UPDATE firm_head SET epoch = ?", (epoch,))
            connection.close()
        store = open_store(f"sqlite:///{self._file}", clock=self._clock)
        try:
            yield store
        finally:
            store.close()

    def _close_later(self, desk: Desk) -> Desk:
        self._closing.callback(desk.close)
        return desk
