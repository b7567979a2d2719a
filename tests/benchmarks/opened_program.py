"""The real program in a window, on the sample firm with its embedded server, in a folder of its own."""

from __future__ import annotations

import compileall
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import Start
from app.paths import Profile
from tests.benchmarks.folders import benchmark_folder
from ui.application import Application
from ui.program import BootstrapProgram
from ui.running import make_qt

ROOT = Path(__file__).parents[2]
ORGANISATIONS = ROOT / "tests" / "data" / "organisations.csv"
PATIENCE_SECONDS = 900.0
NOBODY = "http://127.0.0.1:9"


class KeysInMemory:
    """A keyring that forgets."""

    def __init__(self) -> None:
        self._keys: dict[str, bytes] = {}

    def find(self, name: str) -> bytes | None:
        """Return the key, or None."""
        return self._keys.get(name)

    def keep(self, name: str, key: bytes) -> None:
        """Keep the key."""
        self._keys[name] = key

    def forget(self, name: str) -> None:
        """Forget the key."""
        self._keys.pop(name, None)


def spin(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(holds: Callable[[], bool], what: str, *, every: int = 50) -> float:
    """Let the window live until it holds; return the seconds. Raises TimeoutError."""
    started = time.perf_counter()
    while not holds():
        if time.perf_counter() - started > PATIENCE_SECONDS:
            raise TimeoutError(what)
        spin(every)
    return time.perf_counter() - started


def settle(application: Application) -> None:
    """Let the window live until nothing is under way in its threads."""
    wait_until(lambda: application.background.is_idle, "something did not end", every=5)


@contextmanager
def open_program(
    prepare: Callable[[Start], None] | None = None, *, server_url: str = NOBODY
) -> Iterator[Application]:
    """Open the window and wait until the program is built: on the sample firm, or on what ``prepare`` makes.

    ``prepare`` fills the profile before the window opens it; the server is ``server_url`` then, or nobody.
    Whatever the machine's habits are, the program is compiled first, as an installed one is.
    """
    for part in ("app", "ui"):
        compileall.compile_dir(ROOT / part, quiet=2)
    with benchmark_folder() as folder:
        yield from _open(folder, prepare, server_url)


def _open(folder: Path, prepare: Callable[[Start], None] | None, server_url: str) -> Iterator[Application]:
    command = [sys.executable, str(ROOT / "main.py")]
    is_sample = prepare is None
    start = Start(Profile(folder), demo=is_sample, key_store=KeysInMemory(), server_command=command)
    program = BootstrapProgram(start)
    found = QApplication.instance()
    qt = found if isinstance(found, QApplication) else make_qt()
    program.lock()
    if prepare is not None:
        prepare(start)
        start.save_config(server_url=server_url, sample=False, welcome_done=True)
    application = Application(qt, program)
    try:
        application.window.resize(1440, 900)
        application.show()
        wait_until(lambda: application.samverka is not None, "the program was not built")
        yield application
    finally:
        application.shut_down()
