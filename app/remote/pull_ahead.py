"""The next pages of a pull are fetched while those before them are written.

A first synchronisation waits for the server and the line half of its time, and writes the other half.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence

from app.contract.wire import DeviceAnswer, Meta, PullAnswer, PushAnswer, WireCommand
from app.errors import RemoteError
from app.remote.server import Server

PAGES_AHEAD = 12
"""Pages that may wait: as many as a server gives while one transaction is written, and some megabytes."""


class PullAhead:
    """The calls of a round at a server, with pulls that run ahead.

    Every answer is what the server gave for the cursor that was asked for; an error is raised when the page
    that it concerns is asked for. Called from one thread at a time; ``cancel`` from any.
    """

    def __init__(self, server: Server, *, pages: int = PAGES_AHEAD) -> None:
        self._server = server
        self._pages = pages
        self._run: _Run | None = None
        self._is_cancelled = False

    def meta(self) -> Meta:
        """Tell who is there, and what the time is there."""
        return self._server.meta()

    def register_device(self, name: str) -> DeviceAnswer:
        """Register this installation."""
        return self._server.register_device(name)

    def push(self, device: str, epoch: str, commands: Sequence[WireCommand], place: str = "") -> PushAnswer:
        """Send commands in order."""
        self.close()  # pages of a pull that broke off know nothing of these
        return self._server.push(device, epoch, commands, place)

    def outcomes(self, device: str, command_ids: Sequence[str]) -> PushAnswer:
        """Return recorded outcomes again."""
        return self._server.outcomes(device, command_ids)

    def pull(self, device: str, cursor: str | None, limit: int, place: str = "") -> PullAnswer:
        """Return the page, and go on with the next ones where there are more: the cursor of each page is from
        a newer moment than ``place``.

        Raises as the server does, and RemoteError ``server_unreachable`` after ``cancel``.
        """
        if self._is_cancelled:
            raise _left()
        run = self._run
        if run is not None and run.is_at(device, cursor, limit):
            answer = run.take()
        else:
            self.close()
            answer = self._server.pull(device, cursor, limit, place)
            if has_next(answer):
                self._run = _Run(self._server, device, answer.cursor, limit, self._pages)
        if not has_next(answer):
            self.close()
        return answer

    def cancel(self) -> None:
        """Fetch nothing from now on: the program ends, or speaks to another server. Does not wait."""
        self._is_cancelled = True
        run = self._run
        if run is not None:
            run.cancel()

    def close(self) -> None:
        """End the pull that is under way; what has been fetched and not been asked for is forgotten."""
        run, self._run = self._run, None
        if run is not None:
            run.stop()


def has_next(answer: PullAnswer) -> bool:
    """Tell whether a pull goes on after this page: a snapshot is followed by the changes since it began."""
    return answer.more or answer.snapshot


def _left() -> RemoteError:
    return RemoteError("server_unreachable", detail="cancelled")


class _Run:
    """The rest of one pull, fetched by a thread that ends with it."""

    def __init__(self, server: Server, device: str, cursor: str, limit: int, pages: int) -> None:
        self._server = server
        self._asked = (device, cursor, limit)
        self._pages = pages
        self._changed = threading.Condition()
        self._waiting: deque[PullAnswer | Exception] = deque()
        self._is_over = False
        self._thread = threading.Thread(target=self._fetch, args=(cursor,), name="pull-ahead", daemon=True)
        self._thread.start()

    def is_at(self, device: str, cursor: str | None, limit: int) -> bool:
        """Tell whether this is the page that comes next."""
        return (device, cursor, limit) == self._asked

    def take(self) -> PullAnswer:
        """Wait for the next page. Raises what fetching it has raised."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._is_over)
            if not self._waiting:
                raise _left()
            found = self._waiting.popleft()
            self._changed.notify_all()
        if isinstance(found, Exception):
            self._asked = ("", "", 0)  # it is not to be had here a second time
            raise found
        device, _, limit = self._asked
        self._asked = (device, found.cursor, limit)
        return found

    def cancel(self) -> None:
        """Let the thread end after the request that it waits for."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def stop(self) -> None:
        """Cancel, and wait for the thread."""
        self.cancel()
        self._thread.join()

    def _fetch(self, cursor: str) -> None:
        try:
            self._fetch_all(cursor)
        finally:
            self._server.leave()

    def _fetch_all(self, cursor: str) -> None:
        device, _, limit = self._asked
        while True:
            found: PullAnswer | Exception
            try:
                found = self._server.pull(device, cursor, limit)
            except Exception as error:  # noqa: BLE001 - the top of a thread: it is raised where the page is asked for
                found = error
            with self._changed:
                self._waiting.append(found)
                self._changed.notify_all()
                if isinstance(found, Exception) or not has_next(found):
                    return
                self._changed.wait_for(lambda: self._is_over or len(self._waiting) < self._pages)
                if self._is_over:
                    return
            cursor = found.cursor
