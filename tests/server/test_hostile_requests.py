"""Requests that nobody honest sends: each is answered as a problem, soon, and holds little memory."""

from __future__ import annotations

import gzip
import json
import socket
import tracemalloc
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from app.contract.wire import MAXIMUM_PUSH_BYTES
from tests.server.sync_site import ANNA, Client, SyncSite, create, customer

HORRORS = {
    "nul": "cu_\x00a",
    "right to left": "cu_\u202e\u2066abc",
    "zalgo": "cu_" + "a\u0301\u0327" * 500,
    "not a character": "cu_\uffff\U0010ffff",
    "joined": "cu_" + "\u200d" * 1000,
    "quotes": "cu_'; DROP TABLE record; --",
    "wildcards": "cu_%_\\%",
    "long": "cu_" + "x" * 100_000,
    "empty": "",
    "path": "../../v1/meta",
    "line ends": "cu_\r\nX-Evil: 1",
}


def raw(site: SyncSite, *parts: bytes, ends: bool = True) -> bytes:
    """Send bytes as they are and return the answer; ``ends`` says that no more come."""
    place = urlsplit(site.url)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=60) as line:
        answer = b""
        try:
            for part in parts:
                line.sendall(part)
            if ends:
                line.shutdown(socket.SHUT_WR)
            while data := line.recv(65536):
                answer += data
        except OSError:
            pass  # it was thrown out in the middle: what was answered before counts
        return answer


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


@pytest.fixture
def anna(site: SyncSite) -> Client:
    return site.client()


@pytest.mark.parametrize("kind", HORRORS)
def test_ids_of_every_kind_are_answered(anna: Client, kind: str) -> None:
    """Also by PostgreSQL, whose text has no NUL; and what was accepted comes back as it was."""
    id_ = HORRORS[kind]
    for path in (f"/v1/customers/{requote(id_)}/history", f"/v1/commands?id={requote(id_)}"):
        try:
            answer = anna.call("GET", path)
        except requests.ConnectionError:
            assert len(path) > 65_536, path  # it was thrown out while it was still sending its address
            continue
        assert answer.status_code in (200, 400, 404, 405, 413, 431), (path[:60], answer.text[:300])
    command = anna.wire(create(1, id=id_), entity=id_)
    pushed = anna.send(command)
    assert pushed.status_code in (200, 400), pushed.text[:300]
    if pushed.status_code == 200 and pushed.json()["results"][0]["status"] == "applied":
        assert ("customer", id_) in anna.pull()[0]
    for body in (
        {"device": id_, "epoch": anna.epoch, "commands": []},
        {"device": anna.device, "epoch": id_, "commands": []},
        {"device": anna.device, "epoch": anna.epoch, "commands": [dict(command, id=id_, seq=2)]},
        {"device": anna.device, "epoch": anna.epoch, "commands": [dict(command, needs=[id_], seq=3)]},
    ):
        answer = anna.call("POST", "/v1/sync/push", json=body)
        assert answer.status_code < 500, answer.text[:300]
    answer = anna.call("POST", "/v1/registrations/check", json={"customer_ids": [id_]})
    assert answer.status_code < 500, answer.text[:300]
    [result] = anna_anew(anna).push(create(2))
    assert result["status"] == "applied", "the device goes on"


def anna_anew(anna: Client) -> Client:
    fresh = Client(anna.url, anna.token)
    fresh.register()
    return fresh


def requote(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


@pytest.mark.parametrize("field", ["name", "customer_number", "organisation_number", "legal_form"])
def test_text_that_a_database_cannot_hold_is_refused_for_good(anna: Client, field: str) -> None:
    [result] = anna.push(create(1, **{field: "Bo\x00lag"}))
    assert (result["status"], result["code"]) == ("rejected", "invalid"), result
    [result] = anna.push(create(2))
    assert result["status"] == "applied"


BODIES: dict[str, bytes] = {
    "nested lists": b"[" * 500_000,
    "nested objects": b'{"a":' * 150_000,
    "many digits": b'{"device":"d","epoch":"e","commands":[],"x":' + b"9" * 900_000 + b"}",
    "a number as seq": b'{"device":"d","epoch":"e","commands":[{"id":"a","seq":' + b"9" * 900_000 + b"}]}",
    "exponent": b'{"device":"d","epoch":"e","commands":[{"id":"a","seq":1e999999999}]}',
    "surrogate": b'{"device":"\\ud800","epoch":"e","commands":[]}',
    "not utf-8": b'{"device":"\xff\xfe","epoch":"e","commands":[]}',
    "same name again": b'{"device":"d",' * 1 + b'"epoch":"e",' * 70_000 + b'"commands":[]}',
    "payload nested": b'{"device":"d","epoch":"e","commands":[{"id":"a","seq":1,"type":"customer.update",'
    b'"entity":"x","payload":' + b"[" * 200_000 + b"]" * 200_000 + b"}]}",
}


@pytest.mark.parametrize("kind", BODIES)
def test_json_of_every_kind_is_a_problem(anna: Client, kind: str) -> None:
    for path in ("/v1/sync/push", "/v1/sync/pull", "/v1/devices", "/v1/registrations/check"):
        answer = anna.call("POST", path, data=BODIES[kind], headers={"Content-Type": "application/json"})
        if path == "/v1/sync/push" or answer.status_code != 200:  # what a route does not know is left alone
            assert 400 <= answer.status_code < 500, (path, answer.status_code, answer.text[:200])
            assert answer.headers["content-type"] == "application/problem+json"
    [result] = anna.push(create(1))
    assert result["status"] == "applied", "the control: an honest body is taken"


def test_a_body_is_never_unpacked(anna: Client) -> None:
    """No door of the server unpacks: a packed body is as large as it is sent."""
    packed = gzip.compress(b'{"device":"d","epoch":"e","commands":[],"x":"' + b" " * 100_000_000 + b'"}', 1)
    assert len(packed) < MAXIMUM_PUSH_BYTES
    tracemalloc.start()
    try:
        for name in ("gzip", "deflate", "br", "zstd", "gzip, gzip"):
            answer = anna.call(
                "POST",
                "/v1/sync/push",
                data=packed,
                headers={"Content-Encoding": name, "Content-Type": "application/json"},
            )
            assert answer.status_code in (400, 415), answer.status_code
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
        bytes(30_000_000)
        assert tracemalloc.get_traced_memory()[1] > 20_000_000, "the control: thirty megabytes are seen"
    finally:
        tracemalloc.stop()


def head(site: SyncSite, anna: Client, *lines: str) -> bytes:
    named = [
        "POST /v1/sync/pull HTTP/1.1",
        f"Host: {urlsplit(site.url).netloc}",
        f"Authorization: Bearer {anna.token}",
        f"Samverka-Device: {anna.device}",
        "Content-Type: application/json",
        "Connection: close",
    ]
    return ("\r\n".join([*named, *lines]) + "\r\n\r\n").encode()


def test_lengths_that_lie(site: SyncSite, anna: Client) -> None:
    body = b'{"limit": 10}'
    honest = raw(site, head(site, anna, f"Content-Length: {len(body)}"), body, ends=False)
    assert status(honest) == 200, "the control: the truth is answered"
    lies: dict[str, tuple[bytes, bytes]] = {
        "more than comes": (head(site, anna, "Content-Length: 50"), body),
        "less than comes": (head(site, anna, "Content-Length: 4"), body),
        "below nothing": (head(site, anna, "Content-Length: -1"), body),
        "no number": (head(site, anna, "Content-Length: 0x10"), body),
        "two of them": (head(site, anna, "Content-Length: 13", "Content-Length: 14"), body),
        "and chunks": (head(site, anna, "Content-Length: 5", "Transfer-Encoding: chunked"), b"0\r\n\r\n"),
        "far too much": (head(site, anna, f"Content-Length: {10**15}"), body),
        "a chunk without end": (head(site, anna, "Transfer-Encoding: chunked"), b"F" * 100_000),
    }
    for name, (first, second) in lies.items():
        answer = raw(site, first, second)
        assert status(answer) in (0, 400, 413), (name, answer[:200])
        assert b'"changes"' not in answer, name
    [result] = anna.push(create(1))
    assert result["status"] == "applied"


def test_floods_of_headers(site: SyncSite, anna: Client) -> None:
    floods = {
        "many": head(site, anna, *[f"X-{number}: {number}" for number in range(20_000)]),
        "one long": head(site, anna, "X-Long: " + "x" * 5_000_000),
        "a long path": b"GET /" + b"a" * 5_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        "a long token": head(site, anna, "Authorization: Bearer " + "x" * 2_000_000),
        "no end": b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * 200_000,
    }
    for name, flood in floods.items():
        answer = raw(site, flood)
        assert status(answer) in (0, 400, 413, 414, 431), (name, answer[:200])
    honest = raw(site, head(site, anna, "Content-Length: 2"), b"{}", ends=False)
    assert status(honest) == 200, "the control: an honest head is answered"


def test_an_id_that_is_another_record_after_folding_is_another(site: SyncSite) -> None:
    """å as one character and as two are two ids: nothing folds them on the way."""
    anna = site.client(ANNA)
    one, two = customer(1, id="cu_\u00e5"), customer(2, id="cu_a\u030a")
    for row in (one, two):
        [result] = anna.push(create(int(row.customer_number), id=row.id))
        assert result["status"] == "applied"
    found: dict[tuple[str, str], Any] = anna.pull()[0]
    assert json.dumps(sorted(id_ for kind, id_ in found if kind == "customer")) == json.dumps(
        sorted([one.id, two.id])
    )
