"""Lines that trickle, and small replies that unpack to anything: every request ends, and holds little."""

from __future__ import annotations

import gzip
import socket
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.contract.wire import PokeAnswer
from app.errors import RemoteError
from app.remote.server import read_answer
from app.remote.transport import LARGEST_REPLY, Reply, RequestsTransport
from app.sync.policy import Verdict, judge
from tests.support.http_server import serving
from tests.sync.test_transport import hello

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
PATIENCE = 60.0
PACKED = gzip.compress(b"{}", mtime=0)


class Trickle:
    """A server that takes a request, sends ``at_once`` and then a byte now and then, for ever."""

    def __init__(self, at_once: bytes, byte: bytes) -> None:
        self._at_once, self._byte = at_once, byte
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self.ended_by_client = threading.Event()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            client, _ = self._listener.accept()
        except OSError:
            return
        with client:
            client.recv(65536)
            try:
                client.sendall(self._at_once)
                # Much oftener than the client's limit for silence.
                while not self._over.wait(0.02):
                    client.sendall(self._byte)
            except OSError:
                self.ended_by_client.set()

    def close(self) -> None:
        """End it."""
        self._over.set()
        self._listener.close()
        self._thread.join(PATIENCE)


@contextmanager
def trickling(at_once: bytes, byte: bytes) -> Iterator[Trickle]:
    server = Trickle(at_once, byte)
    try:
        yield server
    finally:
        server.close()


@pytest.mark.parametrize(
    ("at_once", "byte"),
    [(b"", b"H"), (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"), (HEAD, b"{")],
    ids=["status", "head", "body"],
)
def test_a_line_that_trickles_is_given_up(at_once: bytes, byte: bytes) -> None:
    """No byte is late, and the answer would never be complete."""
    with trickling(at_once, byte) as server:
        transport = RequestsTransport(server.url, connect_seconds=0.3)
        with pytest.raises(RemoteError) as caught:
            transport.send("GET", "/", headers={}, read_seconds=0.3)
        assert judge(caught.value).verdict == Verdict.RETRY
        assert judge(caught.value).connection == "offline"
        transport.close()
        assert server.ended_by_client.wait(PATIENCE), "nothing goes on in the background"


def test_a_slow_line_is_not_given_up() -> None:
    """The control: what comes fast enough arrives, however small the pieces."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n"
    with trickling(head, b"y" * 40) as server:
        transport = RequestsTransport(server.url)
        assert transport.send("GET", "/", headers={}).content == b"y" * 400
        transport.close()


@pytest.mark.parametrize(
    "content", [PACKED, PACKED[:12], b"\x1f\x8b"], ids=["packed twice", "by halves", "nothing but its sign"]
)
def test_a_reply_that_is_packed_twice_or_by_halves_is_not_our_servers(content: bytes) -> None:
    """What the line has unpacked is text: a portal's page may be anything else, and of any size unpacked."""
    with pytest.raises(RemoteError, match="not_our_server"):
        read_answer(Reply(200, {}, content), PokeAnswer)


def test_a_small_reply_that_unpacks_to_anything_is_refused() -> None:
    bomb = gzip.compress(b" " * (2 * LARGEST_REPLY), compresslevel=1)
    assert len(bomb) < LARGEST_REPLY / 50
    sizes = {"/bomb": bomb, "/fair": gzip.compress(b" " * (LARGEST_REPLY // 2), compresslevel=1)}

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await hello(scope, receive, send)
            return
        headers = [(b"content-encoding", b"gzip"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": sizes[scope["path"]]})

    with serving(answer) as url:
        transport = RequestsTransport(url)
        tracemalloc.start()
        try:
            with pytest.raises(RemoteError, match="not_our_server"):
                transport.send("GET", "/bomb", headers={"Accept-Encoding": "gzip"})
            assert tracemalloc.get_traced_memory()[1] < 1.6 * LARGEST_REPLY
        finally:
            tracemalloc.stop()
        fair = transport.send("GET", "/fair", headers={"Accept-Encoding": "gzip"})
        assert len(fair.content) == LARGEST_REPLY // 2, "the control: what fits is taken"
        transport.close()
