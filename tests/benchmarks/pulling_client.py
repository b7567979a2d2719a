"""Our client, fetching in a process of its own.

`python -m tests.benchmarks.pulling_client ADDRESS TOKEN FOLDER` makes a first synchronisation, prints a
line of JSON, and makes another round for each line on standard input.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

KEY = bytes(range(32))
YOUNG = 700
"""New objects after which the young ones are collected, as ``ui.collector`` does."""


class _Token:
    def __init__(self, token: str) -> None:
        self._token = token

    def access(self, *, refused: str = "") -> str:
        if refused:
            raise RuntimeError("the token of the measurement was refused")
        return self._token


def _memory_mb(name: str, process: str = "self") -> float:
    # Not getrusage: its peak is the parent's where that was larger.
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name)) / 1024


def main() -> None:
    """Fetch, and go on fetching."""
    # Not at the top, as in the program: the process that makes the lists imports this module too.
    from app.clock import SystemClock
    from app.remote.pull_ahead import PullAhead
    from app.remote.server import Server, ServerPlace
    from app.remote.transport import RequestsTransport
    from app.storage.opening import open_database
    from app.sync.engine import Engine

    address, token, folder = sys.argv[1:]
    opened = open_database(
        Path(folder) / "cache.db", KEY, set_aside_folder=Path(folder) / "aside", now=datetime.now(UTC)
    )
    received: list[float] = []

    # As in the program: nothing is collected in the middle of writing, and what has been loaded never.
    gc.disable()
    gc.freeze()

    def note(_rows: int) -> None:
        received.append(time.perf_counter())
        if gc.get_count()[0] > YOUNG:
            gc.collect(0)

    shown: list[float] = []
    beside = 0.0

    def note_shown(_changed: object) -> None:
        nonlocal beside
        shown.append(time.perf_counter())
        # The process that has made the lists is still there, and its memory is the client's, too.
        beside = sum(_memory_mb("VmHWM", str(one.pid)) for one in multiprocessing.active_children())

    place = ServerPlace(transport=RequestsTransport(address))
    server = Server(place, _Token(token))  # type: ignore[arg-type]  # stands where Tokens stands
    engine = Engine(opened.database, PullAhead(server), SystemClock(), note_shown, on_progress=note)
    idle = _memory_mb("VmRSS")
    while True:
        before = resource.getrusage(resource.RUSAGE_SELF)
        began = time.perf_counter()
        result = engine.round()
        ended = time.perf_counter()
        after = resource.getrusage(resource.RUSAGE_SELF)
        told = {
            "rows": result.received,
            "seconds": ended - began,
            "until_shown": shown[-1] - began,
            "until_last_page": received[-1] - began,
            "user": after.ru_utime - before.ru_utime,
            "peak_mb": _memory_mb("VmHWM") - idle + beside,
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        if not sys.stdin.readline():
            break
    opened.database.close()


if __name__ == "__main__":
    main()
