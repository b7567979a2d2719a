"""The list of devices over the API: whose one sees, and what ending one does to it and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from argon2 import PasswordHasher

from app.domain.effects import Effect, Put
from app.domain.records import Firm, Staff
from app.server.application import build_application
from app.server.assembly import Assembly, assemble
from app.server.identity.accounts import Account
from app.server.identity.authorization import read_authorization
from app.server.identity.passwords import Passwords
from app.server.store import SERVER, open_store
from tests.server.identity_site import REDIRECT, challenge_of, new_verifier
from tests.support.clocks import FixedClock
from tests.support.http_server import serving

SECONDS = 60
FIRM = Firm(id="fi_1", name="Ek & Lind Redovisning AB", organisation_number="165560360793")
OTHER_FIRM = Firm(id="fi_2", name="Annan Byrå AB", organisation_number="162120000142")
KARIN = Staff(id="st_karin", name="Karin Ek", email="karin@byran.example", full_permission=True)
BO = Staff(id="st_bo", name="Bo Lind", email="bo@byran.example")
EVA = Staff(id="st_eva", name="Eva Ny", email="eva@annan.example", full_permission=True)


@dataclass
class Site:
    """A whole server with two firms."""

    url: str
    assembly: Assembly
    clock: FixedClock

    def sign_in(self, staff: Staff, firm: Firm, name: str) -> dict[str, str]:
        """Return the tokens of a new sign-in on a device with this name."""
        verifier = new_verifier()
        question = {
            "response_type": "code",
            "client_id": "samverka-desktop",
            "redirect_uri": REDIRECT,
            "state": "s",
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
        code = self.assembly.issuer.issue_code(read_authorization(question), firm.id, staff.id)
        form = {
            "client_id": "samverka-desktop",
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": REDIRECT,
            "device_name": name,
            "device_platform": "linux",
        }
        tokens: dict[str, str] = requests.post(f"{self.url}/oauth/token", data=form, timeout=SECONDS).json()
        return tokens

    def refresh(self, tokens: dict[str, str]) -> requests.Response:
        """Renew."""
        form = {
            "client_id": "samverka-desktop",
            "grant_type": "refresh_token",
            "refresh_token": tokens["refresh_token"],
            "nonce": "n",
        }
        return requests.post(f"{self.url}/oauth/token", data=form, timeout=SECONDS)

    def list(self, tokens: dict[str, str]) -> list[dict[str, object]]:
        """Return the devices that the owner of the tokens sees."""
        answer = requests.get(f"{self.url}/v1/devices", headers=bearer(tokens), timeout=SECONDS)
        assert answer.status_code == 200, answer.text
        devices: list[dict[str, object]] = answer.json()["devices"]
        return devices

    def names(self, tokens: dict[str, str]) -> list[object]:
        """Return their names."""
        return [device["name"] for device in self.list(tokens)]

    def revoke(self, tokens: dict[str, str], device_id: object) -> int:
        """End a sign-in; return the status."""
        address = f"{self.url}/v1/devices/{device_id}/revoke"
        return requests.post(address, headers=bearer(tokens), timeout=SECONDS).status_code


def bearer(tokens: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


@contextmanager
def device_site(database: str) -> Iterator[Site]:
    clock = FixedClock()
    with ExitStack() as stack:
        store = open_store(database, clock=clock)
        stack.callback(store.close)
        store.create_firm(FIRM, KARIN, BO)
        store.create_firm(OTHER_FIRM, EVA)
        quick = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        assembly = assemble(
            store, version="1", local_url="http://127.0.0.1", with_threads=False, passwords=quick
        )
        url = stack.enter_context(serving(build_application(assembly.parts).asgi))
        yield Site(url, assembly, clock)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with device_site(f"sqlite:///{tmp_path / 'server.db'}") as running:
        yield running


def test_one_sees_ones_own_and_with_full_permission_the_staffs(site: Site) -> None:
    karin = site.sign_in(KARIN, FIRM, "KONTORET-7")
    site.clock.advance(timedelta(minutes=1))
    bo = site.sign_in(BO, FIRM, "bo-laptop")
    site.clock.advance(timedelta(minutes=1))
    bo_home = site.sign_in(BO, FIRM, "bo-hemma")
    eva = site.sign_in(EVA, OTHER_FIRM, "eva")
    assert site.names(karin) == ["KONTORET-7", "bo-hemma", "bo-laptop"]
    assert site.names(bo) == ["bo-laptop", "bo-hemma"]
    assert site.names(eva) == ["eva"]
    mine, *_ = site.list(karin)
    assert (mine["is_this"], mine["staff_name"], mine["platform"]) == (True, "Karin Ek", "linux")
    assert [device["is_this"] for device in site.list(bo_home)] == [True, False]


def test_ending_a_sign_in_ends_that_one_and_says_why_there(site: Site) -> None:
    karin = site.sign_in(KARIN, FIRM, "kontoret")
    lost = site.sign_in(BO, FIRM, "lost laptop")
    kept = site.sign_in(BO, FIRM, "kept")
    (lost_id,) = [device["id"] for device in site.list(karin) if device["name"] == "lost laptop"]
    assert site.revoke(karin, lost_id) == 200
    assert site.revoke(karin, lost_id) == 200, "again is no error"
    refused = requests.get(f"{site.url}/v1/devices", headers=bearer(lost), timeout=SECONDS)
    assert refused.status_code == 401
    answer = site.refresh(lost)
    assert answer.status_code == 400
    assert answer.json() == {"error": "invalid_grant", "error_description": "signed_out_elsewhere"}
    # Whoever only guesses learns nothing.
    assert site.refresh({"refresh_token": "guess"}).json()["error_description"] == ""
    assert site.names(kept) == ["kept"]
    assert site.refresh(kept).status_code == 200
    assert "lost laptop" not in site.names(karin)


def test_nobody_ends_what_is_not_theirs(site: Site) -> None:
    karin, bo = site.sign_in(KARIN, FIRM, "kontoret"), site.sign_in(BO, FIRM, "bo")
    eva = site.sign_in(EVA, OTHER_FIRM, "eva")
    (karins,) = [device["id"] for device in site.list(karin) if device["name"] == "kontoret"]
    assert site.revoke(bo, karins) == 404
    assert site.revoke(eva, karins) == 404
    assert site.revoke(bo, "se_unknown") == 404
    assert site.names(karin)[0] == "kontoret"
    with site.assembly.parts.store.write(FIRM.id) as transaction:
        transaction.write(
            Effect(changes=(Put(Staff(id=BO.id, name=BO.name, email=BO.email, state="left")),)),
            by=SERVER,
            source="test",
        )
    answer = requests.get(f"{site.url}/v1/devices", headers=bearer(bo), timeout=SECONDS)
    assert answer.status_code == 401


def test_a_device_that_nobody_used_for_a_session_is_gone(site: Site) -> None:
    site.sign_in(KARIN, FIRM, "old")
    site.clock.advance(timedelta(days=90))
    assert site.names(site.sign_in(KARIN, FIRM, "new")) == ["new"]


def test_who_has_left_does_not_sign_in_though_the_password_is_right(site: Site) -> None:
    site.assembly.accounts.add(Account(firm_id=FIRM.id, staff_id=BO.id, email=BO.email), "norrsken och kaffe")
    form = {
        "response_type": "code",
        "client_id": "samverka-desktop",
        "redirect_uri": REDIRECT,
        "state": "s",
        "code_challenge": challenge_of(new_verifier()),
        "code_challenge_method": "S256",
        "email": BO.email,
        "password": "norrsken och kaffe",
    }

    def answer() -> requests.Response:
        place = f"{site.url}/oauth/authorize"
        return requests.post(place, data=form, allow_redirects=False, timeout=SECONDS)

    assert answer().status_code == 303
    with site.assembly.parts.store.write(FIRM.id) as transaction:
        gone = Effect(changes=(Put(replace(BO, state="left")),))
        transaction.write(gone, by=SERVER, source="test")
    told = answer()
    assert told.status_code == 403
    assert "stämmer inte" in told.text
