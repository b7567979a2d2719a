"""The real window during a first synchronisation of 400,000 rows, with the process that makes the lists.

Worst block of the GUI thread at most 50 ms (quality.md, "List and search"). The server is a process of its
own, as everywhere. Meanwhile somebody looks at the screens: what is shown is read while it is written.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence

from app.bootstrap import Start
from app.contract.sign_in import TokenAnswer
from tests.benchmarks.figures import Figure
from tests.benchmarks.folders import benchmark_folder
from tests.benchmarks.heartbeat import Heartbeat
from tests.benchmarks.opened_program import ROOT, open_program, settle, spin, wait_until
from tests.benchmarks.sync import ROWS, Place, running
from ui.application import Application

_SCREENS = ("customers", "today", "collaborations", "outbox", "unlinked")


def measure(*, rows: int | None = None, where: bool = False) -> Sequence[Figure]:
    """Count the beats that came late; ``rows`` in all at the server (400,000)."""
    rows = rows or ROWS
    with (
        benchmark_folder() as folder,
        running(folder / "server", rows) as place,
        open_program(_nothing, server_url=place.address) as application,
    ):
        alone = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.heartbeat"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            _open_screens(application)
            heart = Heartbeat(where=where)
            seconds, answered = _run(application, place, heart)
            beats = heart.stop()
            floor_text, _ = alone.communicate("")
        finally:
            alone.kill()
        count = application.samverka.customer_list.count()
    if count != rows // 4:
        raise AssertionError(f"{count} of {rows // 4} customers")
    floor_worst, floor_blocks = floor_text.split()
    if where:
        print("\n".join(heart.seen), file=sys.stderr)
    return [
        Figure(
            name=f"the window during a first synchronisation of {rows} rows",
            unit="ms",
            ours=beats.worst(),
            floor=float(floor_worst),
            target="worst block at most 50 ms",
            details={
                "blocks over 50 ms": beats.blocks(),
                "blocks over 50 ms, floor": int(floor_blocks),
                **beats.summary(),
                "seconds": round(seconds, 1),
                "seconds until every screen has answered": round(answered, 1),
            },
        )
    ]


def _nothing(_start: Start) -> None:
    """Open the program on a profile in which nothing is yet."""


def _open_screens(application: Application) -> None:
    """Build them beforehand: ``responsiveness`` measures that."""
    spin(2000)
    for screen in _SCREENS:
        application.window.navigate(screen)
        spin(500)
    settle(application)


def _run(application: Application, place: Place, heart: Heartbeat) -> tuple[float, float]:
    samverka, window = application.samverka, application.window
    heart.begin("first synchronisation")
    samverka.connection.tokens.accept(
        TokenAnswer(access_token=place.token, refresh_token="none", expires_in=3600)
    )
    samverka.status.synchronise_now()
    turn = 0

    def is_over() -> bool:
        nonlocal turn
        if turn % 10 == 0:
            window.navigate(_SCREENS[(turn // 10) % len(_SCREENS)])
        turn += 1
        return samverka.connection.runner.state.last_pull_at is not None

    seconds = wait_until(is_over, "nothing was pulled", every=100)
    heart.begin("afterwards")
    began = time.perf_counter()
    settle(application)  # what the screens ask as they are told of everything
    answered = time.perf_counter() - began
    spin(3000)
    return seconds, answered
