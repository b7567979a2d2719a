"""The rows of a first synchronisation's lists are made in a process of their own.

Of the work after the last page a third is Python's and the rest SQLite's, and threads of one program share
one interpreter. The process is started afresh (spawn), also in a frozen program, and is given what it reads:
it opens no file and no database, and the cache's key never leaves the program. Where it cannot be started,
dies, or stands still, the rows are made here.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterable, Iterator, Mapping
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

import msgspec

from app.child_process import ChildProcess
from app.domain.records import Staff
from app.storage.shown_making import CustomerPart, make_lot
from app.storage.shown_rows import Lot, Rows

_ANSWER_SECONDS = 30.0
"""For a part, which takes some hundredths of a second; the process may have to be loaded first."""
_encode = msgspec.msgpack.Encoder().encode
_staff = msgspec.msgpack.Decoder(list[Staff])
_parts = msgspec.msgpack.Decoder(list[CustomerPart])
_rows = msgspec.msgpack.Decoder(Rows)
_log = logging.getLogger(__name__)


class MakingProcess:
    """Makes rows beside whoever reads and writes; a context manager that ends its process in any case.

    Use it on one thread. It may be started long before there is something to do: that takes a moment.
    """

    def __init__(self, patience: float = _ANSWER_SECONDS) -> None:
        """``patience`` is how many seconds, at most twice, a part is waited for."""
        self._child: ChildProcess | None = None
        self._is_there = False
        self.made_here = 0
        """Parts that the process did not make."""
        try:
            self._child = ChildProcess(_work, "samverka-lists", patience=patience)
            self._is_there = True
        except OSError:
            _log.warning("the process that makes the lists cannot be started", exc_info=True)

    @property
    def pid(self) -> int | None:
        """The process's number, where it was started."""
        return None if self._child is None else self._child.pid

    def __enter__(self) -> Self:
        """Return the process."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it, finished or not."""
        if self._child is not None:
            self._child.end(at_once=kind is not None)

    def make_lots(self, parts: Iterable[list[CustomerPart]], staff: Mapping[str, Staff]) -> Iterator[Lot]:
        """Give the rows of the parts, in their order. Raises as ``make_lot`` does."""
        self._give(_encode(list(staff.values())))
        under_way: list[CustomerPart] | None = None
        for part in parts:
            question = _encode(part)
            answer = None if under_way is None else self._take()
            # Before the answer is looked at: the process works meanwhile. It waits for something to do,
            # so that neither waits for the other whatever the pipe holds.
            self._give(question)
            if under_way is not None:
                yield self._lot(answer, under_way, staff)
            under_way = part
        if under_way is not None:
            yield self._lot(self._take(), under_way, staff)

    def kill(self) -> None:
        """End the process at once, as a system without memory does."""
        if self._child is not None:
            self._child.kill()

    def _lot(self, answer: bytes | None, part: list[CustomerPart], staff: Mapping[str, Staff]) -> Lot:
        if answer:
            return Lot(*_rows.decode(answer))
        self.made_here += 1
        return make_lot(part, staff)

    def _give(self, something: bytes) -> None:
        if self._child is not None and self._is_there:
            try:
                self._child.send_bytes(something)
            except (EOFError, OSError):
                self._is_gone()

    def _take(self) -> bytes:
        """Return an answer, or nothing."""
        if self._child is not None and self._is_there:
            try:
                return self._child.recv_bytes()
            except (EOFError, OSError):
                self._is_gone()
        return b""

    def _is_gone(self) -> None:
        self._is_there = False
        _log.warning("the process that makes the lists has ended; they are made here")


def _work(connection: Connection) -> None:
    """Make rows in the other process for as long as somebody asks."""
    # Records and rows hold no rings that would have to be looked for among all that is read and made.
    gc.disable()
    staff = {one.id: one for one in _staff.decode(connection.recv_bytes())}
    while True:
        connection.send_bytes(_answer(_parts.decode(connection.recv_bytes()), staff))


def _answer(parts: list[CustomerPart], staff: Mapping[str, Staff]) -> bytes:
    """Return the rows, or nothing: who asked makes them, then, and finds the error where it can be told."""
    try:
        return _encode(make_lot(parts, staff).rows)
    except Exception:  # noqa: BLE001 - the top of one part in another process
        return b""
