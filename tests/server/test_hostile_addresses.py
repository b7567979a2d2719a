"""Addresses and forms that nobody honest sends: no log has what is in them, and no fault comes of them."""

from __future__ import annotations

import gc
import http.client
import json
import logging
import tracemalloc
from contextlib import closing
from urllib.parse import quote, urlsplit

import pytest
import requests

from app.contract.wire import MOST_NEEDS
from app.server.logs import JsonFormatter, TextFormatter
from tests.server.sync_site import Client, SyncSite, create
from tests.server.test_hostile_requests import raw
from tests.server.test_operations import listening

TOKEN = "Zq3" * 14 + "a"
NUMBER = "850709-9805"
SPELLINGS = [
    f"/i/{TOKEN}",
    f"//i/{TOKEN}",
    f"/./i/{TOKEN}",
    f"/%69/{TOKEN}",
    f"/I/{TOKEN}",
    f"/i%2F{TOKEN}",
    f"/i/{TOKEN}/",
    f"/x/../i/{TOKEN}",
    f"http://127.0.0.1/i/{TOKEN}",
    f"/PORTAL/{TOKEN}",
    f"/v1/customers/{NUMBER}/history",
    f"/{NUMBER}",
    "/anna@byran.example",
]
FORGERIES = ["/x%0d%0a2026-11-26 INFO forged".replace(" ", "%20"), "/x%0Aforged", "/x%1b[31m", "/x%c2%85y"]


def ask(site: SyncSite, target: str) -> None:
    answer = raw(site, f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode(), ends=False)
    assert answer.startswith(b"HTTP/1.1 4"), (target, answer[:100])


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonFormatter()])
def test_no_spelling_of_an_address_brings_a_secret_into_the_log(
    site: SyncSite, formatter: logging.Formatter
) -> None:
    with listening("samverka.access") as records:
        for target in SPELLINGS:
            ask(site, target)
        ask(site, "/nothing/that/hides")
    written = "\n".join(formatter.format(record) for record in records)
    assert len(records) == len(SPELLINGS) + 1
    for secret in (TOKEN, NUMBER, "anna@"):
        assert secret not in written
    assert "/nothing/that/hides" in written, "the control: an honest address can be read"


def test_no_address_forges_a_line_of_the_log(site: SyncSite) -> None:
    with listening("samverka.access") as records:
        for target in FORGERIES:
            ask(site, target)
    for record in records:
        for line in (TextFormatter().format(record), JsonFormatter().format(record)):
            assert line.isprintable(), ascii(line)
        assert json.loads(JsonFormatter().format(record))["path"].startswith("/x%")


FORMS = {
    "not utf-8 in parts": ("multipart/form-data; boundary=x", b'name="a"\r\n\r\n\xff\xfe'),
    "a part in no alphabet": (
        "multipart/form-data; boundary=x",
        b'name="a"\r\nContent-Type: text/plain; charset=nothing\r\n\r\nabc',
    ),
    "parts without a boundary": ("multipart/form-data", b"x"),
    "json": ("application/json", b'{"a":'),
    "no kind": ("", b"fact=1"),
    "not utf-8": ("application/x-www-form-urlencoded", b"fact=\xff\xfe&\xff=1"),
    "half a letter": (
        "application/x-www-form-urlencoded; charset=nothing",
        b"fact=%ED%A0%80&email=%00&%zz&=&&",
    ),
    "many fields": ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % each for each in range(3000))),
}


@pytest.mark.parametrize("kind", FORMS)
def test_forms_of_every_kind_are_answered(site: SyncSite, kind: str) -> None:
    named, body = FORMS[kind]
    if named.endswith("boundary=x"):
        body = b"--x\r\nContent-Disposition: form-data; " + body + b"\r\n--x--\r\n"
    for path in ("/oauth/token", "/oauth/revoke", "/oauth/authorize", "/i/" + "a" * 43):
        answer = requests.post(site.url + path, data=body, headers={"Content-Type": named}, timeout=60)
        assert answer.status_code < 500, (path, answer.status_code)


def test_what_strangers_send_is_not_kept(site: SyncSite) -> None:
    """Neither their forms nor their addresses: passwords are among them, and there is no end of them."""
    words = [f"f{number}=" + "x" * 150 for number in range(95)]
    # The plain client: requests remembers addresses, too.
    line = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=60)

    def send(number: int) -> None:
        text = "&".join([f"n={number}", *words])
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        for method, path, body in (
            ("POST", "/oauth/token", text),
            ("GET", f"/oauth/authorize?{text}", None),
        ):
            line.request(method, path, body, form)
            answer = line.getresponse()
            answer.read()
            assert answer.status in (400, 401)

    with closing(line):
        send(0)
        tracemalloc.start()
        try:
            for number in range(1, 40):
                send(number)
            gc.collect()
            assert tracemalloc.get_traced_memory()[0] < 400_000
            kept = ["&".join([f"n={number}", *words]) for number in range(40)]
            assert tracemalloc.get_traced_memory()[0] > 400_000, f"the control: {len(kept)} of them are seen"
        finally:
            tracemalloc.stop()


def test_an_address_of_thousands_of_letters_is_refused(site: SyncSite) -> None:
    assert requests.get(f"{site.url}/i/{'a' * 1900}", timeout=60).status_code == 404
    assert requests.get(f"{site.url}/i/{'a' * 2100}", timeout=60).status_code == 413


def test_a_mail_with_an_impossible_id_is_not_there(site: SyncSite) -> None:
    answer = site.client().call("GET", f"/v1/mail-tray/{quote(chr(0), safe='')}")
    assert answer.status_code in (400, 404), answer.text


def test_a_command_that_needs_more_than_a_statement_holds_is_settled(site: SyncSite) -> None:
    """PostgreSQL takes 65,535 values at once; an error for ever would block the device."""
    anna: Client = site.client()
    first, second, third = (anna.wire(create(number)) for number in (1, 2, 4))
    second["needs"] = [first["id"], *[f"n{number}" for number in range(70_000)]]
    third["needs"] = [first["id"], *[f"n{number}" for number in range(MOST_NEEDS - 1)]]
    answer = anna.send(first, second, third)
    codes = [each.get("code") for each in answer.json()["results"]]
    assert codes == [None, "too_many", "depends"], answer.text[:300]
    [result] = anna.push(create(3))
    assert result["status"] == "applied"
