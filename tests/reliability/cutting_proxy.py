"""A TCP proxy of our own that cuts, resets and answers in the place of the server."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_PORTAL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 29\r\nConnection: close\r\n\r\n"
    b"<html>Please log in</html>\r\n\r\n"
)
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing sends a reset."""


@dataclass(slots=True)
class Plan:
    """What happens to the bytes: after so many of them (both directions apart) the connection ends."""

    cut_up: int | None = None
    cut_down: int | None = None
    with_reset: bool = False
    is_portal: bool = False


class CuttingProxy:
    """Carries connections to ``port``; ``plan`` may be changed between two requests.

    ``carried_up`` and ``carried_down`` count bytes since the plan was set.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        self.port = self._listener.getsockname()[1]
        self.set_plan(Plan())

    def set_plan(self, plan: Plan) -> None:
        """Let this happen from now on; connections that are open end."""
        with self._lock:
            self.plan, self.carried_up, self.carried_down = plan, 0, 0
            for each in self._sockets:
                _end(each)
            self._sockets.clear()

    def run(self) -> None:
        """Take connections until the listener is closed."""
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.plan.is_portal:
                client.recv(65536)
                client.sendall(_PORTAL)
                client.close()
                continue
            server = socket.create_connection(("127.0.0.1", self._port))
            with self._lock:
                self._sockets += [client, server]
            for source, target, goes_up in ((client, server, True), (server, client, False)):
                thread = threading.Thread(target=self._carry, args=(source, target, goes_up))
                self._threads.append(thread)
                thread.start()

    def close(self) -> None:
        """End everything."""
        _end(self._listener)
        self._listener.close()
        self.set_plan(Plan())
        for thread in self._threads:
            thread.join(60)

    def _carry(self, source: socket.socket, target: socket.socket, goes_up: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                allowed = self._allow(len(data), goes_up)
                target.sendall(data[:allowed])
                if allowed < len(data):
                    break
        for each in (source, target):
            if self.plan.with_reset:
                with contextlib.suppress(OSError):
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            _end(each)
            each.close()

    def _allow(self, count: int, goes_up: bool) -> int:
        with self._lock:
            limit = self.plan.cut_up if goes_up else self.plan.cut_down
            carried = self.carried_up if goes_up else self.carried_down
            allowed = count if limit is None else max(0, min(count, limit - carried))
            if goes_up:
                self.carried_up += allowed
            else:
                self.carried_down += allowed
            return allowed


@contextmanager
def cutting_proxy(port: int) -> Iterator[CuttingProxy]:
    """Run a proxy for the length of a ``with`` statement."""
    proxy = CuttingProxy(port)
    thread = threading.Thread(target=proxy.run)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join(60)


def _end(each: socket.socket) -> None:
    with contextlib.suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
