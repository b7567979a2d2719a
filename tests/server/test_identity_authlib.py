"""A client that we did not write signs in at our issuer: Authlib on requests, as RFC 8252 says."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata

from app.contract.sign_in import CLIENT_ID, METADATA_PATH
from tests.server.identity_site import EMAIL, PASSWORD, SignInSite, sign_in_site

SECONDS = 60


@pytest.fixture(params=["http://127.0.0.1:50999/callback", "http://[::1]:50999/callback"])
def redirect_uri(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SignInSite]:
    with sign_in_site(f"sqlite:///{tmp_path / 'server.db'}") as running:
        yield running


def _query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_authlib_signs_in_renews_and_signs_out(site: SignInSite, redirect_uri: str) -> None:
    told = requests.get(site.url + METADATA_PATH, timeout=SECONDS).json()
    metadata = AuthorizationServerMetadata(told)
    assert metadata["issuer"] == site.url
    assert metadata["code_challenge_methods_supported"] == ["S256"]
    client = OAuth2Session(
        client_id=CLIENT_ID,
        token_endpoint_auth_method="none",
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        token_endpoint=metadata["token_endpoint"],
        default_timeout=SECONDS,
    )
    verifier = secrets.token_urlsafe(48)
    address, state = client.create_authorization_url(
        metadata["authorization_endpoint"], code_verifier=verifier
    )
    # The browser's part: the page, the form, and where it is sent.
    page = requests.get(address, timeout=SECONDS)
    assert page.status_code == 200
    form = _query(address) | {"email": EMAIL, "password": PASSWORD}
    answer = requests.post(address.partition("?")[0], data=form, allow_redirects=False, timeout=SECONDS)
    place = answer.headers["location"]
    assert place.startswith(redirect_uri + "?")
    assert _query(place)["iss"] == site.url

    token = client.fetch_token(authorization_response=place, state=state, code_verifier=verifier)
    assert token["token_type"] == "Bearer"
    assert site.issuer.find_principal(token["access_token"]) is not None
    # Without our nonce, too: whoever knows of none just cannot ask again for a lost answer.
    renewed = client.refresh_token()
    assert renewed["refresh_token"] != token["refresh_token"]
    assert site.issuer.find_principal(renewed["access_token"]) is not None
    client.revoke_token(
        told["revocation_endpoint"], token=renewed["refresh_token"], body=f"client_id={CLIENT_ID}"
    )
    assert site.issuer.find_principal(renewed["access_token"]) is None
    with pytest.raises(OAuthError, match="invalid_grant"):
        client.refresh_token(refresh_token=renewed["refresh_token"])
    client.close()


def test_authlib_with_another_verifier_gets_nothing(site: SignInSite, redirect_uri: str) -> None:
    client = OAuth2Session(
        client_id=CLIENT_ID,
        token_endpoint_auth_method="none",
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        default_timeout=SECONDS,
    )
    address, state = client.create_authorization_url(
        f"{site.url}/oauth/authorize", code_verifier=secrets.token_urlsafe(48)
    )
    form = _query(address) | {"email": EMAIL, "password": PASSWORD}
    answer = requests.post(address.partition("?")[0], data=form, allow_redirects=False, timeout=SECONDS)
    with pytest.raises(OAuthError, match="invalid_grant"):
        client.fetch_token(
            f"{site.url}/oauth/token",
            authorization_response=answer.headers["location"],
            state=state,
            code_verifier=secrets.token_urlsafe(48),
        )
    client.close()
