"""Clients that keep the server waiting: each is given up in its time, and the others are served meanwhile.

How long is told by a loop whose hours go on when the test says so; that connections end is seen on real ones.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from litestar.types import Receive, Scope, Send
from uvicorn.server import ServerState

from app.server.application import Application, build_application
from app.server.main import ServingProcess
from app.server.patience import Patience, patient_protocol
from app.server.store import open_store
from tests.server.sync_site import Client, SyncSite, create, sync_site
from tests.server.test_operations import figures
from tests.support.clocks import FixedClock

SECONDS = 60.0
HEAD = b"POST /v1/sync/push HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
STALLS = {
    "silent": b"",
    "line": b"POST /v1/sync",
    "head": HEAD[:-2],
    "body": HEAD,
    "part of the body": HEAD + b"{" * 999,
    "chunks": b"POST /i/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    "behind another": b"GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /hea",
    "body that nobody asked for": b"GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n",
}
SHORT, LONG = Patience(request=0.3, answer=0.3), Patience(request=3600, answer=3600)


@contextmanager
def served(application: Application, patience: Patience) -> Iterator[int]:
    """Run what ``samverka serve`` runs, in a thread, and give its port."""
    answers = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = ServingProcess(application, answers.set, patience=patience)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            assert answers.wait(SECONDS)
            yield listening.getsockname()[1]
        finally:
            server.request_stop()
            thread.join(SECONDS)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[SyncSite]:
    """Give a firm with its staff; how lines are kept does not depend on the database."""
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=FixedClock())
    try:
        with sync_site(store) as running:
            yield running
    finally:
        store.close()


class Access(logging.Handler):
    """Notes that a request with this status was logged."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self._status = status
        self.seen = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, Any] = getattr(record, "samverka", {})
        if fields.get("status") == self._status:
            self.seen.set()


@contextmanager
def logged(status: int) -> Iterator[threading.Event]:
    """Give what is set when a request with this status has been counted and logged."""
    logger, handler = logging.getLogger("samverka.access"), Access(status)
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield handler.seen
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


def connect(port: int, data: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
    line.sendall(data)
    return line


def read_to_the_end(line: socket.socket) -> bytes:
    """Return what comes until the other side closes."""
    parts = []
    try:
        while part := line.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


@pytest.mark.parametrize("stall", STALLS)
def test_a_request_that_never_becomes_whole_is_given_up(stall: str, filled: SyncSite) -> None:
    with (
        served(build_application(filled.assembly.parts), SHORT) as port,
        connect(port, STALLS[stall]) as line,
    ):
        came = read_to_the_end(line)
    assert came.count(b"HTTP/1.1 200") == (b"GET /health HTTP" in STALLS[stall])
    assert b"HTTP/1.1 5" not in came


def test_many_that_hang_keep_nobody_from_being_served(filled: SyncSite) -> None:
    """Nobody is given up here: 240 lines hang all the while, and one of them goes on at the end."""
    with ExitStack() as stack:
        port = stack.enter_context(served(build_application(filled.assembly.parts), LONG))
        lines = [stack.enter_context(connect(port, data)) for data in [*STALLS.values()] * 30]
        anna: Client = replace(filled.client(), url=f"http://127.0.0.1:{port}")
        assert [result["status"] for result in anna.push(create(1), create(2))] == ["applied"] * 2
        assert len([key for key in anna.pull()[0] if key[0] == "customer"]) == 2
        counted = figures(anna.url)
        assert 'samverka_http_requests_total{method="POST",route="/v1/sync/push",status="200"}' in counted
        # The control: a line that was not given up is still there, and is answered when it goes on.
        silent = lines[list(STALLS).index("line")]
        silent.sendall(b"/push HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        assert read_to_the_end(silent).startswith(b"HTTP/1.1 4")


def test_who_leaves_in_the_middle_of_a_request_is_no_error_of_the_server(filled: SyncSite) -> None:
    with served(build_application(filled.assembly.parts), SHORT) as port:
        token = f"Authorization: Bearer {filled.client().token}\r\n".encode()
        head = HEAD.replace(b"Host: x\r\n", b"Host: x\r\n" + token)
        with connect(port, head) as line:
            assert read_to_the_end(line) == b""
    with served(build_application(filled.assembly.parts), LONG) as port, logged(499) as seen:
        with connect(port, head):
            pass
        assert seen.wait(SECONDS)
        counted = figures(f"http://127.0.0.1:{port}")
        assert counted['samverka_http_requests_total{method="POST",route="/v1/sync/push",status="499"}'] == 1
        assert not [name for name in counted if 'status="500"' in name]


def test_an_answer_that_nobody_reads_is_given_up(filled: SyncSite) -> None:
    finished = threading.Event()

    async def large(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await filled_application.asgi(scope, receive, send)
            return
        start: Any = {"type": "http.response.start", "status": 200, "headers": []}
        await send(start)
        for _ in range(64):
            part: Any = {"type": "http.response.body", "body": bytes(1 << 20), "more_body": True}
            await send(part)
        finished.set()

    filled_application = build_application(filled.assembly.parts)
    application = Application(large, filled_application.board)
    with served(application, SHORT) as port, socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(SECONDS)
        line.connect(("127.0.0.1", port))
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert finished.wait(SECONDS), "the application waits for ever"
        assert len(read_to_the_end(line)) < 32 << 20, "the rest was never sent"


class HoursOfTheTest(asyncio.SelectorEventLoop):
    """A loop on which time goes on when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def time(self) -> float:
        return self.now

    def go_on(self, seconds: float) -> None:
        """Let seconds pass, and what is due happen."""
        self.now += seconds
        for _ in range(3):
            self.run_until_complete(asyncio.sleep(0))


class Wire(asyncio.Transport):
    """The other end of the protocol."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._loop = loop
        self.line: Any = None
        self.is_over = False
        self.unsent = 0
        self.written = b""

    def write(self, data: Any) -> None:
        self.written += bytes(data)

    def is_closing(self) -> bool:
        return self.is_over

    def abort(self) -> None:
        if not self.is_over:
            self.is_over = True
            self._loop.call_soon(self.line.connection_lost, None)

    def close(self) -> None:
        self.abort()

    def pause_reading(self) -> None:
        return

    def resume_reading(self) -> None:
        return

    def get_write_buffer_size(self) -> int:
        return self.unsent


async def echo(scope: Any, receive: Any, send: Any) -> None:
    body = b""
    while (message := await receive())["type"] == "http.request":
        body += message["body"]
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def hours() -> Iterator[HoursOfTheTest]:
    loop = HoursOfTheTest()
    yield loop
    loop.close()


Begin = Callable[[], tuple[Any, Wire]]


@pytest.fixture
def begin(hours: HoursOfTheTest) -> Iterator[Begin]:
    lines: list[Wire] = []
    config = uvicorn.Config(echo, log_config=None, timeout_keep_alive=1000)

    def new() -> tuple[Any, Wire]:
        wire, made = Wire(hours), patient_protocol(Patience(request=30, answer=60, slowest_bytes=500))
        line: Any = made(config, ServerState(), {}, _loop=hours)  # type: ignore[call-arg]
        wire.line = line
        line.connection_made(wire)
        lines.append(wire)
        return line, wire

    yield new
    for wire in lines:
        wire.abort()
    hours.go_on(0)


def test_seconds_of_a_request(hours: HoursOfTheTest, begin: Begin) -> None:
    line, wire = begin()
    hours.go_on(29)
    assert not wire.is_over
    line.data_received(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n")
    hours.go_on(2)
    assert wire.is_over, "one time for a connection's first request as a whole"

    line, wire = begin()
    line.data_received(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 19000\r\n\r\n")
    for _ in range(19):
        line.data_received(b"x" * 1000)
        hours.go_on(2)
    assert not wire.is_over, "38 seconds, at 500 bytes a second"
    assert wire.written.endswith(b"ok")

    line.data_received(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 19000\r\n\r\n")
    for _ in range(19):
        line.data_received(b"x")
        hours.go_on(2)
    assert wire.is_over, "a byte now and then"


def test_a_pause_between_requests_is_none_in_a_request(hours: HoursOfTheTest, begin: Begin) -> None:
    line, wire = begin()
    for _ in range(3):
        line.data_received(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        hours.go_on(400)
    assert not wire.is_over
    line.data_received(b"GET / HT")
    hours.go_on(29)
    assert not wire.is_over
    hours.go_on(2)
    assert wire.is_over


def test_seconds_of_an_answer(hours: HoursOfTheTest, begin: Begin) -> None:
    line, wire = begin()
    line.data_received(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    for _ in range(4):
        line.pause_writing()
        hours.go_on(59)
        line.resume_writing()
    assert not wire.is_over, "it reads, if slowly"
    line.pause_writing()
    hours.go_on(61)
    assert wire.is_over

    line, wire = begin()
    line.data_received(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    hours.go_on(0)
    wire.unsent = 100
    hours.go_on(1001)
    assert wire.is_over, "too little to pause for, and never read"


def test_what_the_server_does_not_read_is_not_the_clients_fault(hours: HoursOfTheTest, begin: Begin) -> None:
    line, wire = begin()
    line.data_received(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200\r\n\r\n")
    hours.go_on(0)
    line.flow.pause_reading()
    hours.go_on(45)
    assert not wire.is_over
    line.flow.resume_reading()
    hours.go_on(31)
    assert wire.is_over
