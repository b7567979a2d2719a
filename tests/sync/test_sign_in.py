"""Sign-in, tokens and the transport, against the real issuer over real HTTP."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from app.errors import RemoteError, SignInError
from app.remote.one_click import click_sample_sign_in
from app.remote.server import read_meta
from app.remote.sign_in import sign_in
from app.remote.tokens import StoredTokens, Tokens
from app.remote.transport import RequestsTransport
from tests.server.identity_site import EMAIL, PASSWORD, SignInSite, sign_in_site
from tests.support.clocks import FixedClock
from tests.support.http_server import serving

SECONDS = 60


class Kept:
    """Keeps tokens in memory, and what was kept before."""

    def __init__(self) -> None:
        self.tokens: StoredTokens | None = None
        self.history: list[StoredTokens | None] = []

    def load(self) -> StoredTokens | None:
        return self.tokens

    def save(self, tokens: StoredTokens | None) -> None:
        self.tokens = tokens
        self.history.append(tokens)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SignInSite]:
    with sign_in_site(f"sqlite:///{tmp_path / 'server.db'}") as running:
        yield running


@pytest.fixture
def transport(site: SignInSite) -> Iterator[RequestsTransport]:
    made = RequestsTransport(site.url)
    yield made
    made.close()


class Browser:
    """Does what a browser and a person do, in a thread; ``change`` may alter where the answer goes."""

    def __init__(self, change: Callable[[str], str] = lambda place: place, **form: str) -> None:
        self._change = change
        self._form = form or {"email": EMAIL, "password": PASSWORD}
        self.page = ""
        self._thread: threading.Thread | None = None

    def open(self, address: str) -> None:
        self._thread = threading.Thread(target=self._visit, args=(address,), name="browser")
        self._thread.start()

    def _visit(self, address: str) -> None:
        fields = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        with requests.Session() as session:
            session.trust_env = False
            place = f"{address.partition('?')[0]}"
            answer = session.post(place, data=fields | self._form, allow_redirects=False, timeout=SECONDS)
            back = session.get(self._change(answer.headers["Location"]), timeout=SECONDS)
            self.page = back.text

    def close(self) -> None:
        if self._thread is not None:
            self._thread.join(SECONDS)


def altered(**changes: str) -> Callable[[str], str]:
    def change(place: str) -> str:
        address, _, query = place.partition("?")
        fields = {name: values[0] for name, values in parse_qs(query).items()} | changes
        return f"{address}?{urlencode(fields)}"

    return change


def test_person_signs_in_with_a_password(transport: RequestsTransport, site: SignInSite) -> None:
    browser = Browser()
    answer = sign_in(transport, browser.open, language="sv")
    browser.close()
    assert answer.token_type == "Bearer"
    principal = site.issuer.find_principal(answer.access_token)
    assert principal is not None
    assert principal.staff_id == "st_1"
    assert "Du är inloggad" in browser.page
    assert answer.access_token not in browser.page


def test_sample_firm_takes_one_click(tmp_path: Path) -> None:
    with sign_in_site(f"sqlite:///{tmp_path / 'server.db'}", one_click=True) as site:
        transport = RequestsTransport(site.url)
        answer = sign_in(transport, click_sample_sign_in)
        principal = site.issuer.find_principal(answer.access_token)
        assert principal is not None
        assert principal.staff_id == "st_2"
        transport.close()


def test_cancelled_on_the_page(transport: RequestsTransport) -> None:
    browser = Browser(cancel="1")
    with pytest.raises(SignInError) as caught:
        sign_in(transport, browser.open)
    browser.close()
    assert caught.value.code == "sign_in_cancelled"


def test_cancelled_in_the_program(transport: RequestsTransport) -> None:
    cancelled = threading.Event()
    with pytest.raises(SignInError) as caught:
        sign_in(transport, lambda _: cancelled.set(), cancelled=cancelled)
    assert caught.value.code == "sign_in_cancelled"


def test_nobody_comes_back(transport: RequestsTransport) -> None:
    with pytest.raises(SignInError) as caught:
        sign_in(transport, lambda _: None, wait_seconds=0.4)
    assert caught.value.code == "sign_in_timed_out"


def test_answer_of_another_issuer_is_not_taken(transport: RequestsTransport) -> None:
    browser = Browser(altered(iss="https://somebody.example"))
    with pytest.raises(SignInError) as caught:
        sign_in(transport, browser.open)
    browser.close()
    assert caught.value.code == "sign_in_forged"


def test_a_web_page_that_calls_the_listener_neither_signs_in_nor_ends_it(
    transport: RequestsTransport, site: SignInSite
) -> None:
    calls: list[int] = []

    def pushed(place: str) -> str:
        """Before the right answer comes one whose state is another's, and one without any."""
        for other in (altered(state="another", code="stolen")(place), f"{place.partition('?')[0]}?error=x"):
            calls.append(requests.get(other, timeout=SECONDS).status_code)
        return place

    browser = Browser(pushed)
    answer = sign_in(transport, browser.open)
    browser.close()
    assert calls == [400, 400]
    assert site.issuer.find_principal(answer.access_token) is not None


def test_a_machine_with_the_new_loopback_alone_listens_there(transport: RequestsTransport) -> None:
    places: list[str] = []

    def note(place: str) -> str:
        places.append(place)
        return place

    browser = Browser(note)
    sign_in(transport, browser.open, hosts=("::1",))
    browser.close()
    assert places[0].startswith("http://[::1]:")


def signed_in(transport: RequestsTransport, site: SignInSite, kept: Kept) -> Tokens:
    tokens = Tokens(transport, kept, site.clock)
    browser = Browser()
    tokens.accept(sign_in(transport, browser.open))
    browser.close()
    return tokens


def test_token_is_renewed_when_it_runs_out(transport: RequestsTransport, site: SignInSite) -> None:
    kept = Kept()
    tokens = signed_in(transport, site, kept)
    first = tokens.access()
    assert tokens.access() == first
    site.clock.advance(timedelta(minutes=15))
    second = tokens.access()
    assert second != first
    assert site.issuer.find_principal(second) is not None
    # Before the call the nonce was on disk; after it there is none.
    before, after = kept.history[-2:]
    assert before is not None
    assert after is not None
    assert before.nonce
    assert not after.nonce


class LostAnswers(RequestsTransport):
    """A line that carries the request and loses the answer."""

    lose = 0

    def send(self, method: str, path: str, **named: Any) -> Any:
        reply = super().send(method, path, **named)
        if type(self).lose:
            type(self).lose -= 1
            raise RemoteError("server_unreachable")
        return reply


def test_lost_answer_of_a_refresh_is_no_theft(site: SignInSite) -> None:
    transport = LostAnswers(site.url)
    kept = Kept()
    tokens = signed_in(transport, site, kept)
    site.clock.advance(timedelta(minutes=15))
    LostAnswers.lose = 1
    with pytest.raises(RemoteError):
        tokens.access()
    # Another start of the program, with what is on the disk.
    again = Tokens(transport, kept, site.clock)
    assert site.issuer.find_principal(again.access()) is not None
    transport.close()


@pytest.mark.case(51)
def test_session_that_was_ended_asks_for_a_sign_in(transport: RequestsTransport, site: SignInSite) -> None:
    kept = Kept()
    tokens = signed_in(transport, site, kept)
    assert kept.tokens is not None
    stolen = kept.tokens
    site.clock.advance(timedelta(minutes=15))
    tokens.access()
    # The old refresh token with another nonce is theft: the whole family ends.
    thief = Kept()
    thief.tokens = stolen
    with pytest.raises(SignInError):
        Tokens(transport, thief, site.clock).access()
    site.clock.advance(timedelta(minutes=15))
    with pytest.raises(SignInError) as caught:
        tokens.access()
    assert caught.value.code == "sign_in_needed"
    assert not tokens.is_signed_in


def test_sign_out_is_told_to_the_server(transport: RequestsTransport, site: SignInSite) -> None:
    kept = Kept()
    tokens = signed_in(transport, site, kept)
    assert kept.tokens is not None
    access = kept.tokens.access_token
    tokens.sign_out()
    assert site.issuer.find_principal(access) is None
    assert not tokens.is_signed_in


async def captive_portal(scope: Any, receive: Any, send: Any) -> None:
    """Answers everything with its own page and 200, as a hotel's network does."""
    if scope["type"] == "lifespan":
        for _ in range(2):
            event = await receive()
            await send({"type": f"{event['type']}.complete"})
        return
    page = b"<html><title>Welcome to the hotel</title></html>"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": page})


def test_captive_portal_is_not_our_server() -> None:
    with serving(captive_portal) as url:
        transport = RequestsTransport(url)
        with pytest.raises(RemoteError) as caught:
            read_meta(transport, "")
        assert caught.value.code == "not_our_server"
        with pytest.raises(RemoteError) as caught:
            sign_in(transport, lambda _: None)
        assert caught.value.code == "not_our_server"
        kept = Kept()
        clock = FixedClock()
        kept.tokens = StoredTokens(access_token="a", refresh_token="r", expires_at=clock.now())
        with pytest.raises(RemoteError) as caught:
            Tokens(transport, kept, clock).access()
        assert caught.value.code == "not_our_server"
        # A page in between ends no session.
        assert kept.tokens is not None
        transport.close()


def test_nobody_there() -> None:
    transport = RequestsTransport("http://127.0.0.1:9")
    with pytest.raises(RemoteError) as caught:
        read_meta(transport, "")
    assert caught.value.code == "server_unreachable"
    transport.close()


def test_closing_ends_a_request_that_waits() -> None:
    asked, done = threading.Event(), threading.Event()

    async def never_answers(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            for _ in range(2):
                event = await receive()
                await send({"type": f"{event['type']}.complete"})
            return
        asked.set()
        while (await receive())["type"] != "http.disconnect":
            continue

    def wait() -> None:
        with pytest.raises(RemoteError, match="server_unreachable"):
            transport.send("GET", "/", headers={})
        done.set()

    with serving(never_answers) as url:
        transport = RequestsTransport(url)
        thread = threading.Thread(target=wait)
        thread.start()
        assert asked.wait(SECONDS)
        transport.close()
        assert done.wait(SECONDS)
        thread.join(SECONDS)
