"""The window during the first synchronisation and the import of 14,814 customers, until they are back.

GUI thread never blocked over 50 ms; back from the server in at most two minutes (quality.md, "List and
search"; issue 2, "Speed and size").
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from app.usecases.session import try_sample_sign_in
from tests.benchmarks.figures import Figure
from tests.benchmarks.heartbeat import Heartbeat
from tests.benchmarks.opened_program import ORGANISATIONS, ROOT, open_program, spin, wait_until
from ui.application import Application
from ui.exchange.pane import ImportPane
from ui.exchange.presenter import Step

_SEARCHES = ("b", "by", "byg", "bygg", "bygg a", "", "stockholm", "zq", "5560", "")


def measure(*, rows: int | None = None, where: bool = False) -> Sequence[Figure]:
    """Import through the screen, search in the list meanwhile, and count the beats that came late."""
    alone = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.heartbeat"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        with open_program() as application:
            heart = Heartbeat(where=where)
            seconds = _run(application, heart, rows)
            beats = heart.stop()
        floor_text, _ = alone.communicate("")
    finally:
        alone.kill()
    floor_worst, floor_blocks = floor_text.split()
    if where:
        print("\n".join(heart.seen), file=sys.stderr)
    details: dict[str, object] = {
        "blocks over 50 ms": beats.blocks(),
        "blocks over 50 ms, floor": int(floor_blocks),
        **beats.summary(),
        **{f"seconds, {name}": round(value, 1) for name, value in seconds.items()},
    }
    total = sum(value for name, value in seconds.items() if name in ("writing", "sending"))
    return [
        Figure(
            name="responsiveness",
            unit="ms",
            ours=beats.worst(),
            floor=float(floor_worst),
            target="worst block at most 50 ms",
            details=details,
        ),
        Figure(
            name="import there and back",
            unit="s",
            ours=total,
            floor=seconds["reading"],
            target="at most 120 s for 14,814 customers; the floor is reading the file and the preview",
        ),
    ]


def _run(application: Application, heart: Heartbeat, rows: int | None) -> dict[str, float]:
    samverka, window = application.samverka, application.window
    error = application.background.call(lambda: try_sample_sign_in(samverka.session)).result()
    if error is not None:
        raise error
    seconds: dict[str, float] = {}
    heart.begin("first synchronisation")
    samverka.status.synchronise_now()
    seconds["first synchronisation"] = wait_until(
        lambda: samverka.connection.runner.state.last_pull_at is not None, "nothing was pulled"
    )
    spin(1000)
    heart.begin("opening screens")
    for screen in ("customers", "import"):
        window.navigate(screen)
        spin(500)
    heart.begin("reading")
    window.navigate("import", files=[ORGANISATIONS])
    pane = window.pane("import")
    if not isinstance(pane, ImportPane):
        raise TypeError("the import is a pane")
    presenter = pane.presenter
    seconds["reading"] = wait_until(lambda: presenter.step is Step.PREVIEW, "nothing was read")
    heart.begin("preview")
    _look_around(pane)
    if rows is not None:
        pane.choose_first(rows)
    spin(200)
    heart.begin("writing")
    pane.commit()
    seconds["writing"] = _meanwhile(application, lambda: presenter.step is not Step.WRITING)
    heart.begin("sending")
    seconds["sending"] = _meanwhile(application, lambda: presenter.step is Step.DONE)
    progress = presenter.progress
    if progress is None or progress.done != progress.total:
        raise AssertionError(f"not all came back: {progress}")
    heart.begin("afterwards")
    spin(1500)
    return seconds


def _look_around(pane: ImportPane) -> None:
    for key in ("new", "changed", "invalid", "all"):
        pane.choose_filter(key)
        spin(80)


def _meanwhile(application: Application, is_over: Callable[[], bool]) -> float:
    """Search and look at other screens while it goes on."""
    started = time.perf_counter()
    turn = 0
    window = application.window
    places = ("customers", "today", "import", "outbox")
    while not is_over():
        window.navigate(places[(turn // 12) % len(places)])
        if window.current_screen == "customers":
            window.navigate("customers", search=_SEARCHES[turn % len(_SEARCHES)])
        turn += 1
        spin(250)
    window.navigate("customers", search="")
    return time.perf_counter() - started
