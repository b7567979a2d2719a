"""Connections whose client keeps the server waiting end: a request that never becomes whole, an answer that
nobody fetches. Lines that end in another way than HTTP's are refused.

uvicorn limits only the pause between two requests. A client that connects and is silent, stops in the middle
of a head or a body, or does not read its answer, would keep its connection and what belongs to it for ever.
"""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import dataclass
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

log = logging.getLogger(__name__)
_AMBIGUOUS = re.compile(rb"(?<!\r)\n|\n[ \t]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the server waits for a client, in seconds.

    ``request`` is for the first byte of a connection and from a request's first byte to its last, and it
    grows by a second per ``slowest_bytes`` that have come (the client itself gives up at that pace).
    ``answer`` is for a client that has stopped reading.
    """

    request: float = 30.0
    answer: float = 60.0
    slowest_bytes: int = 500


class _StrictConnection(h11.Connection):
    """h11's reading of requests, whose lines end as HTTP says and in no other way.

    h11 takes a bare line feed for the end of a line and unfolds folded ones, which it may (RFC 9112, 2.2 and
    5.2). A proxy in front that took either for something else would see other requests than we do. Trailers
    are of no use here, and are read with the same latitude.
    """

    def next_event(self) -> Any:
        """Return what came next. Raises h11.RemoteProtocolError."""
        if self.their_state is h11.IDLE:
            head, _, _ = self.trailing_data[0].partition(b"\r\n\r\n")
            if _AMBIGUOUS.search(head):
                raise h11.RemoteProtocolError("a bare line feed, or a folded line")
        event = super().next_event()
        if isinstance(event, h11.EndOfMessage) and list(event.headers):
            raise h11.RemoteProtocolError("trailers")
        return event


class _PatientProtocol(H11Protocol):
    """uvicorn's own protocol, with a watch on the client. ``patience`` is given by a subclass."""

    patience: Patience

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.conn = _StrictConnection(h11.SERVER)
        self._waits_since: float | None = None
        self._bytes_since = 0
        self._watch: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._begin_to_wait()

    def data_received(self, data: bytes) -> None:
        """Take what came, and see whether the request is whole."""
        self._bytes_since += len(data)
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """What is left of a body that was answered already has no more time for being long."""
        super().on_response_complete()
        if self._waits_since is not None:
            self._begin_to_wait()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        for timer in (self._watch, self._unread):
            if timer is not None:
                timer.cancel()
        self._waits_since = self._watch = self._unread = None
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client reads more slowly than we write."""
        super().pause_writing()
        if self._unread is None:
            self._unread = self.loop.call_later(self.patience.answer, self._give_up, "answer")

    def resume_writing(self) -> None:
        """The client has read."""
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def timeout_keep_alive_handler(self) -> None:
        """End a connection without a new request, its last answer read or not."""
        if self.transport.get_write_buffer_size():
            self._give_up("answer")
        else:
            super().timeout_keep_alive_handler()

    def _begin_to_wait(self) -> None:
        self._waits_since, self._bytes_since = self.loop.time(), 0
        if self._watch is None:
            self._watch = self.loop.call_later(self.patience.request, self._check)

    def _look(self) -> None:
        """Note whether it is the client's turn, in the middle of a request."""
        state = self.conn.their_state
        is_in_request = state is h11.SEND_BODY or (state is h11.IDLE and bool(self.conn.trailing_data[0]))
        if not is_in_request:
            self._waits_since = None
        elif self._waits_since is None:
            self._begin_to_wait()

    def _check(self) -> None:
        self._watch = None
        if self._waits_since is None or self.transport.is_closing():
            return
        cycle: Any = self.cycle  # None before the first request, whatever its annotation says
        is_answered = cycle is not None and cycle.response_complete
        for_length = 0.0 if is_answered else self._bytes_since / self.patience.slowest_bytes
        left = self._waits_since + self.patience.request + for_length - self.loop.time()
        if self.flow.read_paused:
            # What came is not read yet by our own side: that is nothing the client could do.
            left = max(left, self.patience.request)
        if left > 0:
            self._watch = self.loop.call_later(left, self._check)
        else:
            self._give_up("request")

    def _give_up(self, what: str) -> None:
        """Close at once, also where something is still to be written; the application hears of it."""
        log.info(
            "a client was given up: its %s did not go on", what, extra={"samverka": {"waited_for": what}}
        )
        self.transport.abort()


def patient_protocol(patience: Patience) -> type[asyncio.Protocol]:
    """Return the protocol for uvicorn's ``http`` setting."""
    return type("PatientProtocol", (_PatientProtocol,), {"patience": patience})
