"""Processes that are stopped and not dead, as a debugger or a virus scanner leaves them."""

from __future__ import annotations

import os
import signal
import sys

import pytest

needs_signals = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no signal that stops a process"
)


def stop_process(pid: int) -> None:
    """Stop a child of this process, and return when it is."""
    assert sys.platform != "win32"
    os.kill(pid, signal.SIGSTOP)
    os.waitpid(pid, os.WUNTRACED)
