"""The network: loses requests and answers, delivers late and twice, answers in the place of the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import msgspec

from app.errors import RemoteError
from app.remote.transport import READ_SECONDS, Reply
from tests.sync.simulation.client import Installation
from tests.sync.simulation.faults import Faults, KilledError, ViolationError
from tests.sync.simulation.server import SimulatedServer

_PORTAL = b"<html><body>Logga in p\xc3\xa5 hotellets n\xc3\xa4t</body></html>"
_LATE = 12
"""So many requests are kept to come a second time."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it went out."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None


class Watcher(Protocol):
    """Who looks at what goes over the wire."""

    def saw_answer(self, staff_id: str, firm_id: str, request: Request, reply: Reply) -> None:
        """Look at an answer of the server, whether or not it arrives."""
        ...


class Network:
    """Carries requests. ``meanwhile`` is called while a request is on its way: the person works on."""

    def __init__(self, server: SimulatedServer, faults: Faults, watcher: Watcher) -> None:
        self._server = server
        self._faults = faults
        self._watcher = watcher
        self._late: list[tuple[str, str, Request]] = []
        self.meanwhile: Callable[[Installation], None] = lambda _installation: None
        self.loses_answers = False
        """Whether the answer to every push goes astray."""

    def carry(self, sender: Installation, request: Request) -> Reply:
        """Return the reply. Raises RemoteError as the shipped transport does, and KilledError."""
        sender.fuse.burn()
        if sender.database.is_writing:
            raise ViolationError("network: a request waits for the network while it holds the write lock")
        self.meanwhile(sender)
        faults = self._faults
        if sender.notes.is_offline:
            raise _unreachable("offline")
        if self._late and faults.happens("late duplicate", 0.06):
            self.deliver_late()
        if faults.happens("request lost", 0.05):
            raise _unreachable("lost")
        instead = self._answer_of_somebody_else()
        if instead is not None:
            return instead
        will_die = faults.happens("server killed", 0.035)
        if will_die:
            self._server.fuse.left = faults.dice.randint(1, 5)
        reply = self._deliver(sender.staff.id, sender.firm_id, request)
        if will_die:
            self._server.fuse.put_out()
        if faults.happens("answer lost", 0.06) or (self.loses_answers and request.path == "/v1/sync/push"):
            raise _unreachable("answer lost")
        sender.fuse.burn()
        return reply

    def deliver_late(self) -> None:
        """Let one of the requests of before arrive once more; its answer goes nowhere."""
        if not self._late:
            return
        staff_id, firm_id, request = self._late[self._faults.dice.randrange(len(self._late))]
        self._faults.trace.note("late", request.path)
        try:
            self._deliver(staff_id, firm_id, request)
        except RemoteError:
            return

    def forget_late(self) -> None:
        """Let nothing arrive any more."""
        self._late.clear()

    def _deliver(self, staff_id: str, firm_id: str, request: Request) -> Reply:
        if request.method == "POST":
            self._late.append((staff_id, firm_id, request))
            del self._late[:-_LATE]
        try:
            reply = self._server.call(request.method, request.path, request.headers, request.body)
        except KilledError:
            self._server.restart()
            self._faults.trace.note("server died")
            raise _unreachable("reset") from None
        self._faults.trace.note(request.path, reply.status)
        self._watcher.saw_answer(staff_id, firm_id, request, reply)
        return reply

    def _answer_of_somebody_else(self) -> Reply | None:
        faults = self._faults
        if faults.happens("captive portal", 0.012):
            return Reply(200, {"content-type": "text/html"}, _PORTAL)
        if faults.happens("503", 0.015):
            return Reply(503, {"content-type": "text/html"}, b"<html>Service Unavailable</html>")
        if faults.happens("429", 0.015):
            return _problem("too-many-requests", 429, {"retry-after": "7"})
        if faults.happens("500", 0.01):
            return _problem("internal", 500, {})
        return None


class SimulatedTransport:
    """Follows ``app.remote.transport.Transport`` for one installation."""

    base_url = "https://samverka.example"

    def __init__(self, network: Network, sender: Installation) -> None:
        self._network = network
        self._sender = sender

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        read_seconds: float = READ_SECONDS,
    ) -> Reply:
        """Return the reply."""
        return self._network.carry(self._sender, Request(method, path, headers, body))

    def close(self) -> None:
        """Nothing is kept open."""


def _unreachable(detail: str) -> RemoteError:
    return RemoteError("server_unreachable", host="simulation", detail=detail)


def _problem(code: str, status: int, headers: dict[str, str]) -> Reply:
    body = {"type": f"urn:samverka:problem:{code}", "title": code, "status": status, "code": code}
    return Reply(status, headers, msgspec.json.encode(body))
