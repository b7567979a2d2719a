"""Codes and tokens over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests
from sqlalchemy import select

from app.server.identity.authorization import is_loopback_redirect, verifier_fits
from app.server.store.tables import routing_entry
from tests.server.identity_site import (
    REDIRECT,
    SignInSite,
    answer_of,
    challenge_of,
    new_verifier,
    sign_in_site,
)


@pytest.fixture
def site(database: str) -> Iterator[SignInSite]:
    with sign_in_site(database) as running:
        yield running


def test_a_password_becomes_a_code_and_a_code_becomes_tokens(site: SignInSite) -> None:
    verifier = new_verifier()
    answer = answer_of(site.sign_in(verifier))
    assert answer["state"] == "s-123"
    assert answer["iss"] == site.url
    tokens = site.exchange(answer["code"], verifier)
    assert tokens.status_code == 200
    assert tokens.headers["cache-control"] == "no-store"
    body = tokens.json()
    assert body["token_type"] == "Bearer"
    assert body["expires_in"] == 900
    principal = site.issuer.find_principal(body["access_token"])
    assert principal is not None
    assert (principal.firm_id, principal.staff_id) == ("fi_1", "st_1")
    assert principal.session_id == site.issuer.list_sessions("st_1")[0].id


def test_nothing_secret_lies_in_the_database(site: SignInSite) -> None:
    tokens = site.tokens()
    with site.store.engine.connect() as connection:
        rows = connection.execute(select(routing_entry)).all()
    content = repr(rows)
    assert len(rows) >= 4
    for secret in (tokens["access_token"], tokens["refresh_token"], "norrsken"):
        assert secret not in content
    assert "$argon2id$" in content


def test_an_access_token_ends_after_a_quarter_of_an_hour(site: SignInSite) -> None:
    token = site.tokens()["access_token"]
    site.clock.advance(timedelta(minutes=14, seconds=59))
    assert site.issuer.find_principal(token) is not None
    site.clock.advance(timedelta(seconds=1))
    assert site.issuer.find_principal(token) is None


def test_a_code_lives_a_minute(site: SignInSite) -> None:
    verifier = new_verifier()
    code = site.code(verifier)
    site.clock.advance(timedelta(seconds=60))
    assert site.exchange(code, verifier).json() == {"error": "invalid_grant", "error_description": ""}


def test_a_code_used_twice_ends_the_session_that_it_began(site: SignInSite) -> None:
    verifier = new_verifier()
    code = site.code(verifier)
    first = site.exchange(code, verifier).json()
    assert site.exchange(code, verifier).status_code == 400
    assert site.issuer.find_principal(first["access_token"]) is None
    assert site.refresh(first["refresh_token"], "n").status_code == 400


def test_a_code_needs_its_verifier_and_its_redirect(site: SignInSite) -> None:
    verifier = new_verifier()
    code = site.code(verifier)
    assert site.exchange(code, new_verifier()).status_code == 400
    assert site.exchange(code, verifier).status_code == 400, "a code that was tried wrongly is used up"
    code = site.code(verifier)
    assert site.exchange(code, verifier, "http://127.0.0.1:50124/callback").status_code == 400
    code = site.code(verifier)
    assert site.exchange(code, verifier).status_code == 200


def test_a_refresh_token_has_one_successor_however_often_its_answer_is_lost(site: SignInSite) -> None:
    first = site.tokens()
    answers = [site.refresh(first["refresh_token"], "nonce-1").json() for _ in range(3)]
    assert len({answer["refresh_token"] for answer in answers}) == 1
    assert answers[0]["refresh_token"] != first["refresh_token"]
    for answer in answers:
        assert site.issuer.find_principal(answer["access_token"]) is not None
    later = site.refresh(answers[0]["refresh_token"], "nonce-2")
    assert later.status_code == 200
    assert later.json()["refresh_token"] not in (first["refresh_token"], answers[0]["refresh_token"])


def test_an_old_refresh_token_with_another_nonce_is_theft(site: SignInSite) -> None:
    first = site.tokens()
    second = site.refresh(first["refresh_token"], "nonce-1").json()
    assert site.refresh(first["refresh_token"], "another").status_code == 400
    assert site.refresh(second["refresh_token"], "nonce-2").status_code == 400
    assert site.issuer.find_principal(second["access_token"]) is None
    assert site.issuer.list_sessions("st_1")[0].revoked_because == "refresh_token_reused"


def test_a_late_duplicate_of_a_refresh_gets_nothing_and_harms_nobody(site: SignInSite) -> None:
    first = site.tokens()
    second = site.refresh(first["refresh_token"], "nonce-1").json()
    third = site.refresh(second["refresh_token"], "nonce-2").json()
    assert site.refresh(first["refresh_token"], "nonce-1").status_code == 400
    assert site.refresh(third["refresh_token"], "nonce-3").status_code == 200


def test_another_server_process_continues_a_session_with_the_shared_key(site: SignInSite) -> None:
    from app.server.identity.issuer import Issuer
    from tests.server.identity_site import KEY

    first = site.tokens()
    here = site.refresh(first["refresh_token"], "nonce-1").json()
    there = Issuer(site.store.routing, site.clock, KEY).refresh(first["refresh_token"], "nonce-1")
    assert there.refresh_token == here["refresh_token"]


def test_a_client_without_nonces_can_refresh_and_a_second_use_is_theft(site: SignInSite) -> None:
    first = site.tokens()
    second = site.refresh(first["refresh_token"], "").json()
    third = site.refresh(second["refresh_token"], "").json()
    assert site.refresh(second["refresh_token"], "").status_code == 400
    assert site.refresh(third["refresh_token"], "").status_code == 400
    assert site.refresh(site.tokens()["refresh_token"], "n" * 129).json()["error"] == "invalid_request"


def test_a_session_sleeps_ninety_days_at_most(site: SignInSite) -> None:
    tokens = site.tokens()
    site.clock.advance(timedelta(days=89))
    tokens = site.refresh(tokens["refresh_token"], "n1").json()
    site.clock.advance(timedelta(days=89))
    tokens = site.refresh(tokens["refresh_token"], "n2").json()
    site.clock.advance(timedelta(days=91))
    assert site.refresh(tokens["refresh_token"], "n3").status_code == 400


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_revoking_either_token_signs_out(site: SignInSite, which: str) -> None:
    tokens, other = site.tokens(), site.tokens()
    answer = requests.post(f"{site.url}/oauth/revoke", data={"token": tokens[which]}, timeout=60)
    assert answer.status_code == 200
    assert site.issuer.find_principal(tokens["access_token"]) is None
    assert site.refresh(tokens["refresh_token"], "n").status_code == 400
    assert site.issuer.find_principal(other["access_token"]) is not None, "other sessions go on"
    assert requests.post(f"{site.url}/oauth/revoke", data={"token": "unknown"}, timeout=60).status_code == 200


def test_a_staff_member_who_leaves_is_signed_out_everywhere(site: SignInSite) -> None:
    tokens = [site.tokens() for _ in range(2)]
    site.issuer.revoke_staff("st_1", "left")
    assert [site.issuer.find_principal(t["access_token"]) for t in tokens] == [None, None]


def test_strangers_get_no_tokens(site: SignInSite) -> None:
    assert site.token(client_id="somebody-else", grant_type="refresh_token").status_code == 401
    assert site.token(grant_type="password", username="a", password="b").json()["error"] == (
        "unsupported_grant_type"
    )
    assert site.issuer.find_principal("") is None
    assert site.issuer.find_principal("x" * 43) is None


def test_expired_entries_are_purged(site: SignInSite) -> None:
    site.tokens()
    assert site.issuer.purge() == 0
    site.clock.advance(timedelta(days=100))
    assert site.issuer.purge() >= 3
    with site.store.routing.read() as rows:
        assert [rows.list_kind(kind) for kind in ("code", "access", "refresh")] == [[], [], []]


def test_the_metadata_are_those_of_rfc_8414(site: SignInSite) -> None:
    body = requests.get(f"{site.url}/.well-known/oauth-authorization-server", timeout=60).json()
    assert body["issuer"] == site.url
    assert body["token_endpoint"] == f"{site.url}/oauth/token"
    assert body["code_challenge_methods_supported"] == ["S256"]
    assert body["authorization_response_iss_parameter_supported"] is True


@pytest.mark.parametrize(
    ("uri", "good"),
    [
        (REDIRECT, True),
        ("http://[::1]:4711/callback", True),
        ("http://127.0.0.1:1/", True),
        ("http://127.0.0.1/callback", False),
        ("http://localhost:4711/callback", False),
        ("https://127.0.0.1:4711/callback", False),
        ("http://127.0.0.1:4711@evil.example/callback", False),
        ("http://evil.example:80/?http://127.0.0.1:1", False),
        ("http://127.0.0.1.evil.example:80/", False),
        ("http://127.0.0.2:80/", False),
        ("http://127.0.0.1:4711/cb?x=1", False),
        ("http://127.0.0.1:4711/cb#x", False),
        ("http://127.0.0.1:99999/cb", False),
        ("http://127.0.0.1:80\\@evil.example/", False),
        ("http://127.0.0.1:80/\r\nSet-Cookie: a=b", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_answers_go_to_this_machine_only(uri: str, good: bool) -> None:
    assert is_loopback_redirect(uri) is good


def test_the_verifier_of_rfc_7636_appendix_b() -> None:
    challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert verifier_fits(challenge, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    assert not verifier_fits(challenge, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl")
    assert not verifier_fits(challenge_of("short"), "short")
