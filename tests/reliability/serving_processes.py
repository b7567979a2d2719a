"""Server processes on one database that can be killed (kill -9) and started again, one by one."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.guards import ROOT

PATIENCE = 60.0


class Servers:
    """Some processes of `samverka serve`. ``addresses`` are those that answer now."""

    def __init__(self, words: Sequence[str], folder: Path, count: int) -> None:
        self._words = [*words]
        self._folder = folder
        self._running: list[subprocess.Popen[str]] = []
        self._addresses: list[str] = []
        self._lock = threading.Lock()
        self.killed = 0
        for number in range(count):
            self._start(number)

    def address(self, dice: random.Random) -> str:
        """Return the address of one of them."""
        with self._lock:
            return dice.choice(self._addresses)

    def kill(self, number: int) -> None:
        """Kill one of them at once, whatever it is doing, and start another in its place."""
        process = self._running[number]
        process.kill()
        process.wait(PATIENCE)
        _close(process)
        self.killed += 1
        self._start(number)

    def kill_all(self) -> None:
        """Kill them all and start none."""
        for process in self._running:
            process.kill()
            process.wait(PATIENCE)
            _close(process)
        self._running.clear()

    def _start(self, number: int) -> None:
        words = [sys.executable, "main.py", "serve", *self._words]
        process = subprocess.Popen(
            [*words, "--state", str(self._folder / f"state{number}")],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, "a server did not start again"
        address = str(json.loads(line)["url"])
        with self._lock:
            if number < len(self._running):
                self._running[number], self._addresses[number] = process, address
            else:
                self._running.append(process)
                self._addresses.append(address)


def _close(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    process.stdout.close()


@contextmanager
def serving_processes(words: Sequence[str], folder: Path, count: int) -> Iterator[Servers]:
    """Run so many server processes with these options; none is left at the end."""
    servers = Servers(words, folder, count)
    try:
        yield servers
    finally:
        servers.kill_all()
