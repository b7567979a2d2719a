"""Whoever asks does not decide what the server is called: not the sign-in's addresses, and no link."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests

from app.errors import UsageError
from app.server.api.front import LocalRules
from app.server.main import check_public_address, local_rules
from app.server.options import ServeOptions
from app.server.start_keys import StartKeys
from app.server.store import Store
from tests.server.identity_site import answer_of, challenge_of, new_verifier
from tests.server.sync_site import sync_site
from tests.server.test_serve import address_of, process

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = "https://samverka.byran.example"
FOREIGN = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
NAMED = ("/v1/meta", "/.well-known/oauth-authorization-server", "/oauth/authorize?client_id=x", "/i/x", "/")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    with process("serve", "--database", str(folder / "server.db"), folder=folder) as running:
        yield address_of(running)


@pytest.mark.parametrize("path", NAMED)
def test_a_server_without_a_public_address_answers_under_its_own_names_only(served: str, path: str) -> None:
    port = served.rpartition(":")[2]
    for host in ("evil.example", f"evil.example:{port}", f"127.0.0.1:{port}.evil.example", "127.0.0.1:1", ""):
        refused = requests.get(served + path, headers=FOREIGN | {"Host": host}, timeout=60)
        assert refused.status_code == 403, (host, refused.text)
        assert "evil.example" not in refused.text
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}"):
        given = FOREIGN | {"Host": host}
        answered = requests.get(served + path, headers=given, timeout=60)
        assert answered.status_code != 403, host
        assert "evil.example" not in answered.text


def test_the_issuer_is_called_as_its_own_program_calls_it(served: str) -> None:
    port = served.rpartition(":")[2]
    for name in ("127.0.0.1", "localhost"):
        url = f"http://{name}:{port}"
        told = requests.get(
            served + "/.well-known/oauth-authorization-server",
            headers=FOREIGN | {"Host": f"{name}:{port}"},
            timeout=60,
        ).json()
        assert told["issuer"] == url
        assert told["token_endpoint"] == f"{url}/oauth/token"


def test_a_public_address_counts_whatever_the_request_says(store: Store) -> None:
    with sync_site(store, public_url=PUBLIC) as site:
        question = {
            "response_type": "code",
            "client_id": "samverka-desktop",
            "redirect_uri": "http://127.0.0.1:50123/callback",
            "state": "s",
            "code_challenge": challenge_of(new_verifier()),
            "code_challenge_method": "S256",
            "cancel": "1",
        }
        for path in (*NAMED, f"/oauth/authorize?{urlencode(question)}"):
            told = requests.get(site.url + path, headers=FOREIGN, allow_redirects=False, timeout=60)
            assert "evil.example" not in told.text + str(told.headers), path
        assert requests.get(site.url + "/v1/meta", headers=FOREIGN, timeout=60).json()["issuer"] == PUBLIC
        sent = requests.post(
            site.url + "/oauth/authorize", data=question, headers=FOREIGN, allow_redirects=False, timeout=60
        )
        assert answer_of(sent)["iss"] == PUBLIC
        assert "evil.example" not in sent.text + str(sent.headers)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "server.byran.example", ""])
def test_a_server_that_others_reach_needs_a_public_address(host: str) -> None:
    with pytest.raises(UsageError, match="server_public_url_missing"):
        check_public_address(ServeOptions(database="x", host=host))
    check_public_address(ServeOptions(database="x", host=host, public_url=PUBLIC))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_a_server_on_loopback_needs_none(host: str) -> None:
    check_public_address(ServeOptions(database="x", host=host))
    rules = local_rules(host, 8443, None)
    assert rules is not None
    assert (f"[{host}]:8443" if ":" in host else f"{host}:8443") in rules.hosts


@pytest.mark.parametrize(
    "url", ["samverka.byran.example", "ftp://byran.example", "https://", "/samverka", "https://[::1"]
)
def test_a_public_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(UsageError, match="server_option_invalid"):
        check_public_address(ServeOptions(database="x", public_url=url))


def test_which_hosts_are_answered() -> None:
    assert local_rules("127.0.0.1", 8443, None, PUBLIC) is None
    assert local_rules("0.0.0.0", 8443, StartKeys(b"k" * 32), PUBLIC) is None
    embedded = local_rules("127.0.0.1", 8443, StartKeys(b"k" * 32, "s3cret"), PUBLIC)
    names = {"127.0.0.1:8443", "localhost:8443", "[::1]:8443"}
    assert embedded == LocalRules(frozenset(names | {"samverka.byran.example"}), "s3cret")
    assert local_rules("127.0.0.1", 8443, None) == LocalRules(frozenset(names), "")
    on_80 = local_rules("127.0.0.1", 80, None)
    assert on_80 is not None
    assert {"127.0.0.1", "localhost", "127.0.0.1:80"} <= on_80.hosts


def test_the_refusal_to_start_is_a_sentence(tmp_path: Path) -> None:
    words = ["serve", "--database", str(tmp_path / "server.db"), "--host", "192.0.2.1", "--language", "sv"]
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *words], capture_output=True, check=False, timeout=300
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert "192.0.2.1 nås från andra datorer. Då behövs också --public-url." in done.stderr.decode()
    assert not (tmp_path / "server.db").exists()
