"""How a child process of ours ends."""

from __future__ import annotations

from multiprocessing.process import BaseProcess


def end_process(process: BaseProcess, patience: float) -> None:
    """Wait so many seconds for a process that has nothing more to do, then stop it, and let go of it."""
    process.join(patience)
    if process.is_alive():
        process.terminate()
        process.join()
    process.close()
