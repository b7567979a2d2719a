"""Stories on a disk of a few megabytes that is really full, run in a process that has one (ENOSPC).

``python -m tests.reliability.full_disk FOLDER`` prints what happened as JSON; test_full_disk starts it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.clock import SystemClock
from app.errors import RemoteError, StorageError
from app.server.store import open_store
from app.storage.opening import open_database
from app.sync.policy import Verdict, judge
from tests.reliability.test_failing_writes import FRAME, live_through
from tests.server.sync_site import ANNA, create, customer, sync_site
from tests.support.clocks import FixedClock
from tests.sync.desk import KEY, open_desk
from tests.sync.test_rounds import server_names

POINTS = range(0, 64, 16)


@contextmanager
def room_of(disk: Path, size: int) -> Iterator[None]:
    """Fill the disk but for so many bytes, and empty it again."""
    ballast = disk / "ballast"
    block = bytes(1 << 16)
    with ballast.open("wb", buffering=0) as file:
        for length in (len(block), 4096, 1):
            while shutil.disk_usage(disk).free >= length:
                try:
                    file.write(block[:length])
                except OSError:
                    break
        os.ftruncate(file.fileno(), max(0, file.tell() - size))
    try:
        yield
    finally:
        ballast.unlink()


def run_lives(disk: Path) -> list[int]:
    """One laptop: cache and embedded server are on the same disk, with room for more and more pages."""
    failures = []
    for point in POINTS:
        folder = disk / f"life{point}"
        failures.append(live_through(folder, room_of(disk, point * FRAME)))
        shutil.rmtree(folder)
    return failures


def run_client(disk: Path) -> list[str]:
    """The first start and a decision on a full disk; return the codes of what the person is told."""
    codes = []
    folder = disk / "first"
    folder.mkdir()
    path, now = folder / "cache.db", SystemClock().now()
    for size in (0, 20 * FRAME):
        with room_of(disk, size):
            try:
                open_database(path, KEY, set_aside_folder=disk / "aside", now=now)
            except StorageError as error:
                codes.append(error.code)
    opened = open_database(path, KEY, set_aside_folder=disk / "aside", now=now)
    assert opened.set_aside is None
    opened.database.close()
    shutil.rmtree(folder)
    return codes


def run_server(disk: Path, elsewhere: Path) -> list[str]:
    """Only the server's disk is full: it says so, answers what it can, and takes the command later."""
    told: list[RemoteError] = []
    folder = disk / "server"
    store = open_store(f"sqlite:///{folder / 'server.db'}", key=KEY, clock=FixedClock())
    with (
        sync_site(store) as site,
        open_desk(site, ANNA, elsewhere / "desk", FixedClock()) as desk,
        open_desk(site, ANNA, elsewhere / "reader", FixedClock()) as reader,
    ):
        desk.round()
        reader.round()
        site.write(customer(999))
        with room_of(disk, 0):
            desk.workspace.enqueue([create(number) for number in range(20)])
            for _ in range(8):  # more often than a command that is at fault itself would be tried
                try:
                    desk.round()
                except RemoteError as error:
                    told.append(error)
            reader.round()
            assert reader.names() == ["Kund 999 AB"], "it can still be read"
            assert set(desk.states()) <= {"sending", "queued"}, desk.states()
        assert {judge(error).verdict for error in told} == {Verdict.RETRY}
        assert not any(judge(error).counts_as_try for error in told)
        desk.round()
        assert desk.states() == ["confirmed"] * 20
        assert sorted(desk.names()) == server_names(site)
    store.close()
    shutil.rmtree(folder)
    return [error.code for error in told]


def main(disk: Path, elsewhere: Path) -> None:
    """Run every story."""
    result = {
        "lives": run_lives(disk),
        "client": run_client(disk),
        "server": run_server(disk, elsewhere),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
