"""The embedded server: a child process on the loopback interface, which dies with its parent.

Its database key and the secret of this start go through its standard input, never through arguments or the
environment; the end of that input means that the parent is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from secrets import token_urlsafe
from typing import IO

from app.errors import RemoteError

START_SECONDS = 60.0
STOP_SECONDS = 10.0
_FLAGS: int = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(
    subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0
)
"""Windows only: no console window for the child, and the person's window before it."""
_STEP_BACK = 10
"""POSIX: how much later than the person's window the child gets the processor (0–19)."""


class EmbeddedServer:
    """Starts the server when it is needed and stops it with the program."""

    def __init__(
        self, command: Sequence[str], database: Path, key: bytes, *, sample: bool, log_file: Path
    ) -> None:
        self._command = [*command, "serve", "--database", f"sqlite:///{database.as_posix()}", "--key-stdin"]
        if sample:
            self._command.append("--sample")
        self._key = key
        self._log_file = log_file
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers = False
        self._is_stopped = False
        self._url = ""
        self.secret = token_urlsafe(32)

    @property
    def url(self) -> str:
        """Return the server's address; empty before the first start."""
        return self._url

    @property
    def process_id(self) -> int | None:
        """Return the child's process id while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    @property
    def is_starting(self) -> bool:
        """Tell whether somebody waits for the server's first word."""
        return self._process is not None and not self._answers

    def start(self, *, port: int = 0) -> str:
        """Start the server where it does not run, and return its address when it answers.

        Raises:
            RemoteError: ``embedded_server_failed`` where it ended or said nothing in time.
        """
        with self._lock:
            if self.process_id is not None:
                return self._url
            self._end()
            if self._is_stopped:
                raise RemoteError("embedded_server_failed", reason="stopped")
            command = [*self._command, *(["--port", str(port)] if port else [])]
            self._log_file.parent.mkdir(parents=True, exist_ok=True)
            with self._log_file.open("ab") as log:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    creationflags=_FLAGS,
                )
            _step_back(self._process.pid)
            process = self._process
            assert process.stdin is not None  # noqa: S101 - both are pipes
            assert process.stdout is not None  # noqa: S101
            start = json.dumps({"key": self._key.hex(), "secret": self.secret})
            try:
                process.stdin.write(start.encode() + b"\n")
                process.stdin.flush()
            except OSError as error:
                self._end()
                raise RemoteError("embedded_server_failed", reason="stdin") from error
            line = _read_line(process.stdout)
            try:
                self._url = str(json.loads(line)["url"]).rstrip("/")
            except (ValueError, KeyError, TypeError) as error:
                self._end()
                raise RemoteError("embedded_server_failed", reason="said nothing") from error
            self._answers = True
            return self._url

    def stop(self) -> None:
        """Stop the server for good; it finishes what it is doing, unless it has not begun to answer."""
        self._is_stopped = True
        starting = self._process
        if starting is not None and self.is_starting:
            # Whoever waits for its first word hears the end of it at once.
            starting.kill()
        with self._lock:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        self._answers = False
        if process is None:
            return
        if process.stdin is not None:
            # The end of its standard input is the sign to stop, on every platform.
            process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_SECONDS)
        if process.stdout is not None:
            process.stdout.close()


def _read_line(source: IO[bytes]) -> bytes:
    """Return the first line, or nothing where none comes in time. A pipe cannot be waited for on Windows."""
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    reader = threading.Thread(target=lambda: lines.put(source.readline()), name="embedded", daemon=True)
    reader.start()
    try:
        return lines.get(timeout=START_SECONDS)
    except queue.Empty:
        return b""


def _step_back(process_id: int) -> None:
    """Let the window have the processor before its own server (POSIX; on Windows a flag does)."""
    set_priority = getattr(os, "setpriority", None)
    if set_priority is not None:
        with contextlib.suppress(OSError):
            set_priority(os.PRIO_PROCESS, process_id, _STEP_BACK)
