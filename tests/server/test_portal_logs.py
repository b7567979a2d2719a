"""What the server's log says of sign-ins and links: that they happened, and nothing that opens anything."""

from __future__ import annotations

import logging
import re

import pytest
import requests

from app.domain.records import Firm, Staff
from app.server.application import build_application
from app.server.assembly import assemble
from app.server.identity.accounts import Account
from app.server.store import Store
from tests.server.identity_site import PASSWORD, REDIRECT, challenge_of, new_verifier
from tests.support.http_server import serving


def test_no_secret_of_a_whole_visit_is_in_the_log(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    parts = assemble(store, version="1", local_url="http://127.0.0.1:1", with_threads=False)
    store.create_firm(
        Firm(id="fi_1", name="Byrån AB", organisation_number=""),
        Staff(id="st_1", name="Karin Hemlig", email=""),
    )
    parts.accounts.add(Account(firm_id="fi_1", staff_id="st_1", email="karin.hemlig@byran.example"), PASSWORD)
    verifier = new_verifier()
    question = {
        "response_type": "code",
        "client_id": "samverka-desktop",
        "redirect_uri": REDIRECT,
        "state": "secret-state",
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
    }
    token = "tKn" + "x" * 40
    with serving(build_application(parts.parts).asgi) as url:
        requests.get(f"{url}/oauth/authorize", params=question, timeout=60)
        form = question | {"email": "karin.hemlig@byran.example", "password": PASSWORD}
        answer = requests.post(f"{url}/oauth/authorize", data=form, allow_redirects=False, timeout=60)
        code = re.search(r"code=([^&]+)", answer.headers["location"])
        assert code is not None
        exchange = {
            "client_id": "samverka-desktop",
            "grant_type": "authorization_code",
            "code": code.group(1),
            "code_verifier": verifier,
            "redirect_uri": REDIRECT,
        }
        tokens = requests.post(f"{url}/oauth/token", data=exchange, timeout=60).json()
        requests.post(f"{url}/oauth/revoke", data={"token": tokens["refresh_token"]}, timeout=60)
        assert requests.get(f"{url}/i/{token}", timeout=60).status_code == 404
        requests.post(f"{url}/i/{token}", data={"fact": "QQQ-777", "name": "Hemlig Person"}, timeout=60)
    ours = [r for r in caplog.records if not r.name.startswith(("urllib3", "selenium"))]
    log = "\n".join(record.getMessage() for record in ours)
    assert "/oauth/token" in log
    assert "/i/…" in log, "that a link was opened may be seen"
    secrets = [token, code.group(1), verifier, "secret-state", PASSWORD, "karin.hemlig", "QQQ-777", "Hemlig"]
    secrets += [tokens["access_token"], tokens["refresh_token"], challenge_of(verifier)]
    for secret in secrets:
        assert secret not in log, secret
