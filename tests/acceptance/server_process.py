"""The real server in a process of its own, that a test can stop and start again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.support.guards import ROOT


class ServerProcess:
    """`main.py serve --sample` on a database file and a port that stay the same."""

    def __init__(self, folder: Path, *words: str) -> None:
        self._folder = folder
        self._words = words
        self._running: subprocess.Popen[bytes] | None = None
        self.url = ""

    def start(self) -> str:
        """Start it and return its address when it answers."""
        port = ["--port", self.url.rpartition(":")[2]] if self.url else []
        database = f"sqlite:///{(self._folder / 'server.db').as_posix()}"
        with (self._folder / "server.log").open("ab") as log:
            self._running = subprocess.Popen(
                [sys.executable, str(ROOT / "main.py"), "serve", "--database", database, *self._words, *port],
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=self._folder,
            )
        assert self._running.stdout is not None
        line = self._running.stdout.readline()
        assert line, (self._folder / "server.log").read_text(encoding="utf-8")
        self.url = str(json.loads(line)["url"])
        return self.url

    def stop(self) -> None:
        """Stop it as an administrator does."""
        self._end(subprocess.Popen.terminate)

    def kill(self) -> None:
        """Let it die where it stands, as when the power goes."""
        self._end(subprocess.Popen.kill)

    def _end(self, how: Callable[[subprocess.Popen[bytes]], None]) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        how(running)
        running.wait(60)
        if running.stdout is not None:
            running.stdout.close()
