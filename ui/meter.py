"""How far a worker has come, told across threads without a signal."""

import threading


class Meter:
    """How far a worker has come, and the wish that it stops. Written by one thread, read by another."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self._stop = threading.Event()

    def tell(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def stop(self) -> None:
        self._stop.set()

    @property
    def is_stopped(self) -> bool:
        return self._stop.is_set()
