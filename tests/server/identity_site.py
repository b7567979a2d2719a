"""A sign-in site over real HTTP with one account, for the tests of the issuer."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import requests
from argon2 import PasswordHasher
from litestar import Litestar
from litestar.types import ExceptionHandlersMap

from app.clock import Clock
from app.contract.sign_in import CLIENT_ID
from app.paths import resources_folder
from app.server.api.answers import answer_with_pages
from app.server.identity.accounts import Account, Accounts
from app.server.identity.desk import Elsewhere, SignInDesk
from app.server.identity.directory import StaffDirectory
from app.server.identity.issuer import Issuer
from app.server.identity.openid import OpenIdProvider
from app.server.identity.passwords import Passwords
from app.server.identity.routes import sign_in_routes
from app.server.options import OpenIdOptions
from app.server.portal.pages import Pages
from app.server.portal.refusing import RefusalPages
from app.server.portal.routes import asset_routes
from app.server.store.store import Store, open_store
from tests.support.clocks import FixedClock
from tests.support.http_server import serving

EMAIL = "karin@exempelbyran.se"
PASSWORD = "norrsken och kaffe"
SAMPLE_EMAIL = "prov@exempelbyran.se"
REDIRECT = "http://127.0.0.1:50123/callback"
KEY = b"k" * 32


@dataclass
class SignInSite:
    """The running site and its parts. ``clock`` moves it, unless it was given another one."""

    url: str
    store: Store
    clock: FixedClock
    issuer: Issuer
    accounts: Accounts

    def question(self, verifier: str, **changes: str) -> dict[str, str]:
        """Return the fields of a right authorisation request, with changes."""
        fields = {
            "response_type": "code",
            "client_id": CLIENT_ID,
            "redirect_uri": REDIRECT,
            "state": "s-123",
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in (fields | changes).items() if value}

    def sign_in(self, verifier: str, *, email: str = EMAIL, password: str = PASSWORD) -> requests.Response:
        """Send the sign-in form."""
        form = self.question(verifier) | {"email": email, "password": password}
        return requests.post(f"{self.url}/oauth/authorize", data=form, allow_redirects=False, timeout=60)

    def code(self, verifier: str) -> str:
        """Sign in and return the code."""
        return answer_of(self.sign_in(verifier))["code"]

    def token(self, **fields: str) -> requests.Response:
        """Send a token request."""
        return requests.post(f"{self.url}/oauth/token", data={"client_id": CLIENT_ID} | fields, timeout=60)

    def exchange(self, code: str, verifier: str, redirect_uri: str = REDIRECT) -> requests.Response:
        """Exchange a code."""
        return self.token(
            grant_type="authorization_code", code=code, code_verifier=verifier, redirect_uri=redirect_uri
        )

    def refresh(self, token: str, nonce: str) -> requests.Response:
        """Refresh."""
        return self.token(grant_type="refresh_token", refresh_token=token, nonce=nonce)

    def tokens(self) -> dict[str, str]:
        """Sign in all the way and return the tokens."""
        verifier = new_verifier()
        answer: dict[str, str] = self.exchange(self.code(verifier), verifier).json()
        return answer


def new_verifier() -> str:
    """Return a PKCE verifier."""
    return secrets.token_urlsafe(48)


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def answer_of(response: requests.Response) -> dict[str, str]:
    """Return the query of the redirect that a form was answered with."""
    assert response.status_code == 303, (response.status_code, response.text[:300])
    return {
        name: values[0] for name, values in parse_qs(urlsplit(response.headers["location"]).query).items()
    }


@contextmanager
def sign_in_site(
    database: str,
    *,
    one_click: bool = False,
    clock: Clock | None = None,
    providers: Callable[[str], Sequence[OpenIdOptions]] | None = None,
) -> Iterator[SignInSite]:
    """Serve the issuer on a database. ``providers`` gets the site's address and returns the external ones."""
    fixed = FixedClock()
    clock = clock or fixed
    store = open_store(database, clock=clock)
    quick = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    accounts = Accounts(store.routing, clock, quick)
    accounts.add(Account(firm_id="fi_1", staff_id="st_1", email=EMAIL, name="Karin Ek"), PASSWORD)
    sample = Account(firm_id="fi_1", staff_id="st_2", email=SAMPLE_EMAIL, name="Karin Ek", one_click=True)
    accounts.add(sample, None)
    issuer = Issuer(store.routing, clock, KEY)
    pages = Pages(resources_folder() / "portal")
    try:
        handlers: ExceptionHandlersMap = {Exception: answer_with_pages(RefusalPages(pages))}
        application = Litestar(
            [*asset_routes(pages)], exception_handlers=handlers, openapi_config=None, logging_config=None
        )
        with serving(application) as url:
            elsewhere = None
            if providers is not None:
                found = [OpenIdProvider(options, clock) for options in providers(url)]
                elsewhere = Elsewhere(providers=found, directory=StaffDirectory(store), key=KEY)
            desk = SignInDesk(
                issuer=issuer, accounts=accounts, pages=pages, one_click=one_click, elsewhere=elsewhere
            )
            for route in sign_in_routes(desk):
                application.register(route)
            yield SignInSite(url, store, fixed, issuer, accounts)
    finally:
        store.close()
