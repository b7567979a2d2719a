"""The way to the server in companies: proxies, own certificates, time-outs, servers that ask to wait."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
import uvicorn

from app.errors import RemoteError
from app.remote.server import read_meta
from app.remote.tokens import StoredTokens, Tokens, read_token_answer
from app.remote.transport import LONGEST_RETRY_SECONDS, Reply, RequestsTransport, retry_after
from app.sync.policy import judge
from tests.support.clocks import FixedClock
from tests.support.http_server import serving

SECONDS = 60


async def hello(scope: Any, receive: Any, send: Any) -> None:
    """Answer everything with the path and whether there was a proxy in between."""
    if scope["type"] == "lifespan":
        for _ in range(2):
            event = await receive()
            await send({"type": f"{event['type']}.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


@contextmanager
def serving_tls(
    authority: trustme.CA, host: str, file: Path, *, valid: tuple[datetime, datetime] | None = None
) -> Iterator[str]:
    """Serve over TLS with a certificate of a company's own authority, as its inspecting proxy does."""
    listener = socket.create_server(("127.0.0.1", 0))
    started = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started.set()

    begins, ends = valid or (None, None)
    certificate = authority.issue_cert(host, not_before=begins, not_after=ends)
    certificate.private_key_and_cert_chain_pem.write_to_path(str(file))
    server = Server(uvicorn.Config(hello, log_config=None, access_log=False, ssl_certfile=str(file)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="tls server")
    thread.start()
    try:
        assert started.wait(SECONDS)
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(SECONDS)
        listener.close()


class Proxy:
    """A forwarding proxy that notes what it is asked for; ``status`` other than 0 is all that it says."""

    def __init__(self, status: int = 0) -> None:
        self.asked: list[str] = []
        self._status = status
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, name="proxy")
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                head = b""
                while b"\r\n\r\n" not in head:
                    part = connection.recv(4096)
                    if not part:
                        break
                    head += part
                if not head:
                    continue
                self.asked.append(head.split(b"\r\n")[0].decode())
                if self._status:
                    answer = f"HTTP/1.1 {self._status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                else:
                    answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nproxy"
                connection.sendall(answer.encode())

    def close(self) -> None:
        """Stop."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(SECONDS)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    made = Proxy()
    yield made
    made.close()


def test_a_proxy_that_was_chosen_is_used_and_loopback_has_none(proxy: Proxy) -> None:
    with serving(hello) as url:
        direct = RequestsTransport(url, proxy=proxy.url)
        assert direct.send("GET", "/here", headers={}).content == b"/here"
        direct.close()
    assert proxy.asked == []
    far = RequestsTransport("http://samverka.byran.example", proxy=proxy.url)
    assert far.send("GET", "/v1/meta", headers={}).content == b"proxy"
    far.close()
    assert proxy.asked == ["GET http://samverka.byran.example/v1/meta HTTP/1.1"]


def test_the_environments_proxy_is_used_where_none_was_chosen(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", proxy.url)
    monkeypatch.delenv("no_proxy", raising=False)
    far = RequestsTransport("http://samverka.byran.example")
    assert far.send("GET", "/", headers={}).content == b"proxy"
    far.close()
    assert len(proxy.asked) == 1


def test_a_proxy_that_refuses_is_said_to_be_the_one() -> None:
    refusing = Proxy(status=407)
    far = RequestsTransport("https://samverka.byran.example", proxy=refusing.url)
    with pytest.raises(RemoteError) as caught:
        far.send("GET", "/", headers={})
    assert caught.value.code == "proxy_refused"
    assert [line.rpartition(" ")[0] for line in refusing.asked] == ["CONNECT samverka.byran.example:443"]
    far.close()
    refusing.close()


def test_a_companys_own_certificate_is_trusted_where_the_system_trusts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA(organization_name="Byråns IT")
    with serving_tls(authority, "127.0.0.1", tmp_path / "server.pem") as url:
        stranger = RequestsTransport(url)
        with pytest.raises(RemoteError) as caught:
            stranger.send("GET", "/", headers={})
        assert caught.value.code == "certificate_untrusted"
        assert judge(caught.value).connection == "not_our_server"
        stranger.close()
        file = tmp_path / "company.pem"
        authority.cert_pem.write_to_path(str(file))
        # Where OpenSSL looks on this system; on Windows and macOS it is the system's own store.
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        known = RequestsTransport(url)
        assert known.send("GET", "/here", headers={}).content == b"/here"
        known.close()


def test_the_name_in_the_certificate_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    file = tmp_path / "company.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with serving_tls(authority, "another.example", tmp_path / "server.pem") as url:
        transport = RequestsTransport(url)
        with pytest.raises(RemoteError) as caught:
            transport.send("GET", "/", headers={})
        assert caught.value.code == "certificate_untrusted"
        transport.close()


@pytest.mark.case(56)
@pytest.mark.parametrize("years", [-10, 10])
def test_a_certificate_of_another_time_is_told_with_the_machines_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, years: int
) -> None:
    """As a machine whose clock is ten years ahead, or behind, finds every server (the control is above)."""
    authority = trustme.CA()
    file = tmp_path / "company.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    middle = datetime.now(UTC) + timedelta(days=365 * years)
    valid = (middle - timedelta(days=30), middle + timedelta(days=30))
    with serving_tls(authority, "127.0.0.1", tmp_path / "server.pem", valid=valid) as url:
        transport = RequestsTransport(url)
        with pytest.raises(RemoteError) as caught:
            transport.send("GET", "/", headers={})
        assert (caught.value.code, caught.value.data["host"]) == ("certificate_out_of_date", "127.0.0.1")
        judgement = judge(caught.value)
        assert (judgement.verdict, judgement.connection) == ("person", "not_our_server")
        transport.close()


def test_a_server_that_says_nothing_is_not_waited_for_for_ever() -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    transport = RequestsTransport(f"http://127.0.0.1:{silent.getsockname()[1]}")
    with pytest.raises(RemoteError) as caught:
        transport.send("GET", "/", headers={}, read_seconds=0.1)
    assert (caught.value.code, caught.value.data["detail"]) == ("server_unreachable", "ReadTimeout")
    transport.close()
    silent.close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_what_is_sent_goes_to_nobody_else(status: int) -> None:
    """A hotel's portal says where to sign in: what it is sent to gets neither decisions nor the token."""
    reached: list[str] = []

    async def stranger(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            reached.append(scope["path"])
        await hello(scope, receive, send)

    async def portal(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await hello(scope, receive, send)
            return
        headers = [(b"location", f"{elsewhere}/sign-in".encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    with serving(stranger) as elsewhere, serving(portal) as url:
        transport = RequestsTransport(url)
        reply = transport.send("POST", "/v1/sync/push", headers={"Authorization": "Bearer t"}, body=b"{}")
        assert (reply.status, reached) == (status, [])
        transport.close()


def test_a_gateway_that_asks_to_wait_is_obeyed_in_every_call() -> None:
    async def busy(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await hello(scope, receive, send)
            return
        headers = [(b"retry-after", b"120"), (b"content-type", b"text/html")]
        await send({"type": "http.response.start", "status": 503, "headers": headers})
        await send({"type": "http.response.body", "body": b"<h1>Maintenance</h1>"})

    class Kept:
        def load(self) -> StoredTokens:
            return StoredTokens(access_token="a", refresh_token="r", expires_at=FixedClock().now())

        def save(self, tokens: StoredTokens | None) -> None:
            assert tokens is not None, "a busy server ends no session"

    with serving(busy) as url:
        transport = RequestsTransport(url)
        for call in (
            lambda: read_meta(transport, ""),
            lambda: Tokens(transport, Kept(), FixedClock()).access(),
        ):
            with pytest.raises(RemoteError) as caught:
                call()
            judgement = judge(caught.value)
            assert (judgement.verdict, judgement.retry_after) == ("retry", 120.0)
        transport.close()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", None),
        ("0", 0.0),
        ("30", 30.0),
        ("999999999", LONGEST_RETRY_SECONDS),
        ("-5", None),
        ("soon", None),
        ("Mon, 23 Nov 2026 08:42:00 GMT", 60.0),
        ("Mon, 23 Nov 2026 08:42:00 -0000", 60.0),
        ("Mon, 23 Nov 2020 08:42:00 GMT", 0.0),
    ],
)
def test_how_long_a_server_asks_to_wait(value: str, expected: float | None) -> None:
    date = format_datetime(FixedClock().now())
    assert retry_after(Reply(429, {"retry-after": value, "date": date}, b"")) == expected


def test_too_many_tries_at_the_token_endpoint_end_no_session() -> None:
    with pytest.raises(RemoteError) as caught:
        read_token_answer(Reply(429, {"retry-after": "7"}, b"{}"))
    assert caught.value.data["retry_after"] == 7.0


def test_a_thread_that_ends_takes_its_connections_with_it() -> None:
    with serving(hello) as address:
        transport = RequestsTransport(address)
        transport.leave()
        assert transport.send("GET", "/a", headers={}).content == b"/a"
        transport.leave()
        assert transport._sessions == []
        assert transport.send("GET", "/b", headers={}).content == b"/b"
        transport.close()
        transport.leave()
