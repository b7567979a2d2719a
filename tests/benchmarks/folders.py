"""The folder of a benchmark's run: removed at its end, and at the next start where the run was killed."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "samverka-benchmark-"
LOCK = "alive"
"""Held by the run as long as it lives: the system lets go of it however the process ends."""

UNHELD_SECONDS = 24 * 3600.0
"""A folder without a lock is of a run that was killed before it had one, or of an older program."""


@contextmanager
def benchmark_folder() -> Iterator[Path]:
    """Give an empty folder, after those of dead runs are cleared away."""
    clear_dead_runs(Path(tempfile.gettempdir()), now=time.time())
    outer = Path(tempfile.mkdtemp(prefix=PREFIX))
    # Named when it is held already, so that nobody who clears away finds it free in between.
    with (outer / "new").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (outer / "new").rename(outer / LOCK)
        inner = outer / "run"
        inner.mkdir()
        try:
            yield inner
        finally:
            shutil.rmtree(outer, ignore_errors=True)


def clear_dead_runs(place: Path, *, now: float) -> None:
    """Remove the folders in ``place`` whose run has ended; ``now`` in seconds, as files have it."""
    for folder in place.glob(f"{PREFIX}*"):
        if _is_dead(folder, now):
            shutil.rmtree(folder, ignore_errors=True)


def _is_dead(folder: Path, now: float) -> bool:
    try:
        with (folder / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except BlockingIOError:
        return False
    except OSError:
        return now - folder.stat().st_mtime > UNHELD_SECONDS if folder.is_dir() else False
