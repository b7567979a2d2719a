"""A TCP proxy of ours that cuts, resets, falls silent, trickles, and answers in the place of the server."""

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
    """What happens to the bytes, both directions apart.

    After ``cut_up`` or ``cut_down`` of them the connection ends. After ``hold_up`` or ``hold_down`` nothing
    more passes, and neither side hears that: the connection is half-open. ``piece`` is how many go on at a
    time, with ``pause`` seconds before each piece (a slow line).
    """

    cut_up: int | None = None
    cut_down: int | None = None
    with_reset: bool = False
    is_portal: bool = False
    hold_up: int | None = None
    hold_down: int | None = None
    piece: int = 65536
    pause: float = 0.0


class CuttingProxy:
    """Carries connections to ``port``; ``plan`` may be changed between two requests.

    ``carried_up`` and ``carried_down`` count bytes since the plan was set. ``server_gave_up`` is set when the
    server ends a connection that is half-open.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        self._plan_is_over = threading.Event()
        self.server_gave_up = threading.Event()
        self.port = self._listener.getsockname()[1]
        self.set_plan(Plan())

    def set_plan(self, plan: Plan) -> None:
        """Let this happen from now on; connections that are open end."""
        with self._lock:
            self._plan_is_over.set()
            self._plan_is_over = threading.Event()
            self.server_gave_up.clear()
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
        with self._lock:
            plan, plan_is_over = self.plan, self._plan_is_over
        with contextlib.suppress(OSError):
            while data := source.recv(min(65536, plan.piece)):
                if plan.pause:
                    plan_is_over.wait(plan.pause)
                allowed, is_held = self._allow(plan, len(data), goes_up)
                target.sendall(data[:allowed])
                if allowed < len(data) and not is_held:
                    break
        if plan.hold_up is not None or plan.hold_down is not None:
            # One side has ended; the other side of a half-open connection does not hear of it.
            if not goes_up:
                self.server_gave_up.set()
            plan_is_over.wait(60)
        for each in (source, target):
            if plan.with_reset:
                with contextlib.suppress(OSError):
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            _end(each)
            each.close()

    def _allow(self, plan: Plan, count: int, goes_up: bool) -> tuple[int, bool]:
        """Return how many bytes may go on, and whether the others vanish without an end."""
        with self._lock:
            limits = (plan.cut_up, plan.hold_up) if goes_up else (plan.cut_down, plan.hold_down)
            carried = self.carried_up if goes_up else self.carried_down
            known = [limit for limit in limits if limit is not None]
            allowed = min([count, *(max(0, limit - carried) for limit in known)])
            if goes_up:
                self.carried_up += allowed
            else:
                self.carried_down += allowed
            return allowed, limits[1] is not None


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
