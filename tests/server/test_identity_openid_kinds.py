"""Entra ID, Google and ADFS, as far as they can be had here: npm's oidc-provider issues what they issue.

Addresses, claims and what is missing are as their documents say; the settings are those that
packaging/server/README.md gives for each. The names of the people are accounts in provider.mjs.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from app.clock import SystemClock
from app.domain.records import Staff
from app.errors import SignInError
from app.server.identity.openid import OpenIdProvider
from app.server.options import OpenIdOptions
from tests.server.identity_site import EMAIL, answer_of, new_verifier
from tests.server.test_identity_openid import SECONDS, end, federation
from tests.support.openid_provider import CLIENT_ID, Person, openid_provider

GROUP = "6a0f5d7e-0000-4000-8000-000000000001"
FORGED, NOT_ADMITTED = "gick inte att lita på", "hör inte till dem som får logga in här"
UNVERIFIED, NOBODY = "har inte bekräftat", "hör inte till någon medarbetare"


class LaterClock(SystemClock):
    """The machine's time, since a provider's tokens carry that, and a while more."""

    def __init__(self) -> None:
        self.later = timedelta()

    def now(self) -> datetime:
        """Return the time."""
        return super().now() + self.later


def test_entra_id_by_the_name_that_the_tenant_decides(tmp_path: Path) -> None:
    options = {"claim": "preferred_username", "require": f"groups={GROUP}"}
    with federation(tmp_path, "--as=entra", **options) as there:
        assert urlsplit(there.issuer).path.endswith("/v2.0")
        # The name is written as somebody once typed it.
        assert "code" in answer_of(end(there, "karin"))
        assert NOT_ADMITTED in end(there, "outside").text
        # A guest brings an address of another tenant; the name says so.
        assert NOBODY in end(there, "guest").text


def test_entra_ids_address_is_nobodys_word(tmp_path: Path) -> None:
    with federation(tmp_path, "--as=entra") as there:
        refused = end(there, "karin")
        assert refused.status_code == 403
        assert UNVERIFIED in refused.text


@pytest.mark.parametrize("tenant", ["common", "organizations", "00000000-0000-0000-0000-000000000000"])
def test_another_tenants_address_is_not_this_one(tmp_path: Path, tenant: str) -> None:
    with openid_provider("http://127.0.0.1:1/", tmp_path, "--as=entra") as issuer:
        right = OpenIdOptions(issuer=issuer, client_id=CLIENT_ID)
        assert OpenIdProvider(right, SystemClock()).begin("http://127.0.0.1:1/", language="sv")
        own = urlsplit(issuer).path.split("/")[1]
        wrong = OpenIdOptions(issuer=issuer.replace(own, tenant), client_id=CLIENT_ID)
        with pytest.raises(SignInError) as caught:
            OpenIdProvider(wrong, SystemClock()).begin("http://127.0.0.1:1/", language="sv")
        assert caught.value.code == "openid_not_as_configured"


def test_google_by_the_firms_own_domain(tmp_path: Path) -> None:
    with federation(tmp_path, "--as=google", require="hd=exempelbyran.se") as there:
        assert "code" in answer_of(end(there, "karin"))
        assert NOT_ADMITTED in end(there, "private").text
        assert NOT_ADMITTED in end(there, "elsewhere").text


def test_adfs_by_its_principal_name(tmp_path: Path) -> None:
    with federation(tmp_path, "--as=adfs", claim="upn", require="group=Samverka") as there:
        assert "code" in answer_of(end(there, "karin"))
        assert NOT_ADMITTED in end(there, "outside").text


def test_adfs_without_its_claim_says_what_is_missing(tmp_path: Path) -> None:
    with federation(tmp_path, "--as=adfs") as there:
        assert UNVERIFIED in end(there, "karin").text


def test_keys_may_change_while_somebody_signs_in(tmp_path: Path) -> None:
    clock = LaterClock()
    with federation(tmp_path, "--as=entra", clock=clock, claim="preferred_username") as there:
        assert "code" in answer_of(end(there, "karin"))
        person = Person("karin")
        place = there.start(new_verifier())
        answer = person.visit(place, stop_at=there.site.url + "/oauth/openid/")
        parts = urlsplit(there.issuer)
        requests.post(f"{parts.scheme}://{parts.netloc}/test/new-keys", timeout=SECONDS)
        # The keys that are known are older than a minute: the provider is asked for those of today.
        clock.later = timedelta(seconds=61)
        back = person.browser.get(answer.headers["location"], allow_redirects=False, timeout=SECONDS)
        assert "code" in answer_of(back)
        person.close()
        # The control: within that minute nobody makes us ask again, and the page says to try again.
        requests.post(f"{parts.scheme}://{parts.netloc}/test/new-keys", timeout=SECONDS)
        assert FORGED in end(there, "karin").text
        clock.later = timedelta(seconds=125)
        there.put(Staff(id="st_1", name="Karin Ek", email=EMAIL))
        assert "code" in answer_of(end(there, "karin"))
