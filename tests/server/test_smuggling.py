"""Requests whose end is a matter of opinion: what a proxy in front takes for a body is no request here."""

from __future__ import annotations

import pytest

from tests.server.sync_site import SyncSite
from tests.server.test_hostile_requests import raw, status

HEAD = b"POST /v1/sync/pull HTTP/1.1\r\nHost: 127.0.0.1\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
REFUSED = {
    "length and chunks": HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and length": HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 9\r\n\r\n0\r\n\r\n",
    "two lengths": HEAD + b"Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
    "two codings": HEAD + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "an unknown coding": HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a blank before the colon": HEAD + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a signed length": HEAD + b"Content-Length: +0\r\n\r\n",
    "a length with a line under it": HEAD + b"Content-Length: 1_0\r\n\r\n",
    "a negative length": HEAD + b"Content-Length: -1\r\n\r\n",
    "a line feed in an extension": CHUNKED + b"0;\nX\r\n\r\n",
    "a length in letters": CHUNKED + b"0x0\r\n\r\n",
    "a huge chunk": CHUNKED + b"F" * 30 + b"\r\n",
    "a chunk without its end": CHUNKED + b"1\r\naXX0\r\n\r\n",
    "a return in a header": HEAD + b"X: a\rContent-Length: 0\r\n\r\n",
    "a line feed after the first line": HEAD.replace(b"\r", b"", 1) + b"Content-Length: 0\r\n\r\n",
    "a line feed in a value": HEAD + b"X: a\nContent-Length: 0\r\n\r\n",
    "a folded line": HEAD + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
    "a folded line of a tab": HEAD + b"Content-Length: 0\r\nX: a\r\n\tb\r\n\r\n",
    "line feeds only": b"POST /v1/sync/pull HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 0\n\n",
    "an empty line of a line feed": HEAD + b"Content-Length: 0\r\n\n",
    "a line feed first": b"\n" + HEAD + b"Content-Length: 0\r\n\r\n",
    "a line feed behind chunks": CHUNKED + b"0\r\nX: a\n\r\n",
    "trailers": CHUNKED + b"0\r\nX: a\r\n\r\n",
    "two hosts": HEAD + b"Host: evil.example\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_request_of_two_lengths_is_refused_with_all_that_follows(site: SyncSite, kind: str) -> None:
    anna = site.client()
    inner = (
        f"GET /v1/devices HTTP/1.1\r\nHost: 127.0.0.1\r\nSync-Protocol: 1\r\n"
        f"Authorization: Bearer {anna.token}\r\nConnection: close\r\n\r\n"
    ).encode()
    answer = raw(site, REFUSED[kind] + inner, ends=False)
    assert status(answer) == 400, answer[:200]
    assert answer.count(b"HTTP/1.1 ") == 1, "one answer, and the connection ends"
    assert b"signed_in_at" not in answer
    control = raw(site, HEAD + b"Content-Length: 0\r\n\r\n" + inner, ends=False)
    assert control.count(b"HTTP/1.1 ") == 2, "the control: two requests of plain lengths are two"
    assert b"signed_in_at" in control
