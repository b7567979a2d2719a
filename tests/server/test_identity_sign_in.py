"""The sign-in page: who is let in, what is told, what is slowed down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from app.server.identity.accounts import Account
from app.server.identity.passwords import Passwords, WeakPasswordError
from app.server.identity.sign_in_errors import TooManyTriesError, WrongCredentialsError
from app.server.identity.throttle import FREE_TRIES, FREE_TRIES_OF_ADDRESS, network_of
from app.server.portal.pages import language_of
from tests.server.identity_site import (
    EMAIL,
    PASSWORD,
    REDIRECT,
    SAMPLE_EMAIL,
    SignInSite,
    answer_of,
    new_verifier,
    sign_in_site,
)


@pytest.fixture
def site(database: str) -> Iterator[SignInSite]:
    with sign_in_site(database) as running:
        yield running


def open_page(site: SignInSite, language: str = "sv", **changes: str) -> requests.Response:
    question = site.question(new_verifier(), **changes)
    return requests.get(
        f"{site.url}/oauth/authorize",
        params=question,
        headers={"Accept-Language": language},
        allow_redirects=False,
        timeout=60,
    )


def test_the_page_speaks_swedish_and_english_and_runs_no_script(site: SignInSite) -> None:
    swedish, english = open_page(site), open_page(site, "en-GB,en;q=0.9,sv;q=0.2")
    assert '<html lang="sv">' in swedish.text
    assert ">Logga in</button>" in swedish.text
    assert '<html lang="en">' in english.text
    assert ">Sign in</button>" in english.text
    assert "<script" not in swedish.text
    assert "lang=en" in swedish.text, "a switch to the other language"
    policy = swedish.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self' http://127.0.0.1:50123;" in policy
    assert swedish.headers["referrer-policy"] == "no-referrer"
    assert swedish.headers["cache-control"] == "no-store"


def test_a_request_that_cannot_be_trusted_is_answered_on_the_page_and_nowhere_else(site: SignInSite) -> None:
    for changes in ({"client_id": "x"}, {"redirect_uri": "https://evil.example/cb"}, {"state": "s" * 600}):
        answer = open_page(site, **changes)
        assert answer.status_code == 400, changes
        assert "location" not in answer.headers
        assert "Inloggningen kan inte fortsätta" in answer.text


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"state": ""}, "invalid_request"),
    ],
)
def test_a_wrong_request_is_told_to_its_sender(site: SignInSite, changes: dict[str, str], error: str) -> None:
    answer = answer_of(open_page(site, **changes))
    assert answer["error"] == error
    assert answer["iss"] == site.url


def test_cancelling_tells_the_program(site: SignInSite) -> None:
    form = site.question(new_verifier()) | {"cancel": "1"}
    response = requests.post(f"{site.url}/oauth/authorize", data=form, allow_redirects=False, timeout=60)
    assert response.headers["location"].startswith(REDIRECT + "?")
    assert answer_of(response)["error"] == "access_denied"


def test_a_wrong_password_and_an_unknown_address_look_the_same(site: SignInSite) -> None:
    wrong = site.sign_in(new_verifier(), password="fel lösenord")
    unknown = site.sign_in(new_verifier(), email="nobody@exempelbyran.se", password="fel lösenord")
    assert wrong.status_code == unknown.status_code == 403
    strip = str.maketrans("", "", "")
    assert "stämmer inte" in wrong.text

    def shown(response: requests.Response) -> str:
        body = response.text.translate(strip)
        start = body.index('id="problem"')
        return body[start : body.index("</p>", start)]

    assert shown(wrong) == shown(unknown)
    assert site.sign_in(new_verifier(), email=f"  {EMAIL.upper()} ").status_code == 303


def test_guessing_is_slowed_down_and_nobody_is_locked_out_for_good(site: SignInSite) -> None:
    for _ in range(FREE_TRIES):
        assert site.sign_in(new_verifier(), password="fel").status_code == 403
    right = site.sign_in(new_verifier())
    assert right.status_code == 429
    assert "Vänta 30 sekunder" in right.text
    site.clock.advance(timedelta(seconds=31))
    assert site.sign_in(new_verifier(), password="fel").status_code == 403
    site.clock.advance(timedelta(seconds=31))
    assert site.sign_in(new_verifier()).status_code == 429, "the second wait is longer"
    site.clock.advance(timedelta(seconds=30))
    assert site.sign_in(new_verifier()).status_code == 303
    assert site.sign_in(new_verifier(), password="fel").status_code == 403, "the count began anew"


def test_spraying_many_accounts_from_one_address_is_slowed_down(site: SignInSite) -> None:
    statuses = [
        site.sign_in(new_verifier(), email=f"a{n}@exempelbyran.se", password="fel").status_code
        for n in range(52)
    ]
    assert statuses[:50] == [403] * 50
    assert 429 in statuses[50:]


def test_a_form_sent_by_another_site_is_refused(site: SignInSite) -> None:
    form = site.question(new_verifier()) | {"email": EMAIL, "password": PASSWORD}
    response = requests.post(
        f"{site.url}/oauth/authorize",
        data=form,
        headers={"Sec-Fetch-Site": "cross-site"},
        allow_redirects=False,
        timeout=60,
    )
    assert response.status_code == 400


def test_what_is_typed_comes_back_as_text(site: SignInSite) -> None:
    response = site.sign_in(new_verifier(), email='"><script>alert(1)</script>', password="fel")
    assert "<script" not in response.text
    assert "&lt;script&gt;" in response.text


def test_a_body_that_is_too_large_is_refused(site: SignInSite) -> None:
    response = requests.post(f"{site.url}/oauth/token", data={"code": "x" * 20_000}, timeout=60)
    assert response.status_code == 413


def test_the_sample_firm_is_opened_by_one_click_through_the_same_path(database: str) -> None:
    with sign_in_site(database, one_click=True) as site:
        page = open_page(site)
        assert "Logga in som Karin Ek (exempelbyrån)" in page.text
        assert 'type="password"' not in page.text
        verifier = new_verifier()
        form = site.question(verifier) | {"as": SAMPLE_EMAIL}
        response = requests.post(f"{site.url}/oauth/authorize", data=form, allow_redirects=False, timeout=60)
        tokens = site.exchange(answer_of(response)["code"], verifier).json()
        principal = site.issuer.find_principal(tokens["access_token"])
        assert principal is not None
        assert principal.staff_id == "st_2"


def test_one_click_opens_nothing_but_sample_accounts(tmp_path: Path, site: SignInSite) -> None:
    form = site.question(new_verifier()) | {"as": SAMPLE_EMAIL}
    answer = requests.post(f"{site.url}/oauth/authorize", data=form, allow_redirects=False, timeout=60)
    assert answer.status_code == 403, "a server that is no sample has no such button"
    with sign_in_site(f"sqlite:///{tmp_path / 'sample.db'}", one_click=True) as sample:
        form = sample.question(new_verifier()) | {"as": EMAIL}
        answer = requests.post(f"{sample.url}/oauth/authorize", data=form, allow_redirects=False, timeout=60)
        assert answer.status_code == 403, "an account with a password wants it"


def test_a_password_has_a_length(site: SignInSite) -> None:
    account = Account(firm_id="fi_1", staff_id="st_9", email="ny@exempelbyran.se")
    for password in ("kort", "x" * 257):
        with pytest.raises(WeakPasswordError):
            site.accounts.add(account, password)
    assert site.accounts.find("ny@exempelbyran.se") is None


def test_an_account_without_password_opens_to_no_password() -> None:
    passwords = Passwords()
    assert not passwords.fits(None, "nobody has this one")
    kept = passwords.hash("ett riktigt lösenord")
    assert passwords.fits(kept, "ett riktigt lösenord")
    assert not passwords.fits(kept, "ett riktigt losenord")
    assert not passwords.fits("nonsense", "ett riktigt lösenord")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "sv"),
        ("sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("en-US,en;q=0.9", "en"),
        ("de,en;q=0.5,sv;q=0.7", "sv"),
        ("fr", "sv"),
        ("en;q=x", "sv"),
        ("en;q=0", "sv"),
    ],
)
def test_the_language_follows_the_browser(header: str, language: str) -> None:
    assert language_of(header) == language


def test_a_household_of_ipv6_is_one_address(site: SignInSite) -> None:
    """Whoever has a network of 2^64 addresses does not guess from each of them anew."""
    for number in range(FREE_TRIES_OF_ADDRESS):
        with pytest.raises(WrongCredentialsError):
            site.accounts.check(f"person{number}@exempelbyran.se", "fel", f"2001:db8:1:2::{number:x}")
    with pytest.raises(TooManyTriesError):
        site.accounts.check(EMAIL, PASSWORD, "2001:db8:1:2:ffff::1")
    assert site.accounts.check(EMAIL, PASSWORD, "2001:db8:1:3::1").staff_id == "st_1", "the neighbours"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_what_counts_as_one_address(address: str, network: str) -> None:
    assert network_of(address) == network
