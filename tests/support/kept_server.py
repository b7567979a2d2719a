"""`samverka serve` in a process of its own that ends with the one that started it, also with a killed one.

An embedded server knows from the end of its standard input that its client is gone. An office's server has
no such parent; this runs the same program with the same watch beside it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def kept_server(*words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve with these words of the command line; give the address, and the server's own process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.kept_server", *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield str(json.loads(process.stdout.readline())["url"]), process
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def main(words: Sequence[str]) -> int:
    """Serve until standard input ends."""
    from app.commandline.entry import run_program
    from app.server.start_keys import watch_parent

    watch_parent(sys.stdin.buffer, lambda: os.kill(os.getpid(), signal.SIGTERM))
    return run_program(["serve", *words])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
