"""Where a request is refused a person in a browser sees a page, and a program problem details."""

from __future__ import annotations

import pytest
import requests

from app.server.store import Store
from tests.server.sync_site import SyncSite, sync_site

LINK = "/i/" + "a" * 43
MANY = "&".join(f"a{number}=1" for number in range(700))
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

REFUSED = {
    "a form that is too large": ("POST", LINK, b"words=" + b"x" * 50_000, 413, "Det var för långt"),
    "a form of too many fields": ("POST", LINK, MANY.encode(), 400, "Sidan kan inte visas"),
    "an address of too many fields": ("GET", f"{LINK}?{MANY}", b"", 400, "Sidan kan inte visas"),
    "an address that is too long": ("GET", "/i/" + "a" * 2100, b"", 413, "Sidan kan inte visas"),
    "a part of a link": ("GET", "/i/", b"", 404, "Sidan finns inte"),
    "more than a link": ("GET", f"{LINK}/mer", b"", 404, "Sidan finns inte"),
    "the server's own name": ("GET", "/", b"", 404, "Sidan finns inte"),
    "another letter case": ("GET", "/Portal/portal.css", b"", 404, "Sidan finns inte"),
    "what a link does not take": ("DELETE", LINK, b"", 405, "Sidan kan inte visas"),
    "a sign-in that is too large": (
        "POST",
        "/oauth/authorize",
        b"x=" + b"x" * 50_000,
        413,
        "Det var för långt",
    ),
    "a sign-in of too many fields": ("POST", "/oauth/authorize", MANY.encode(), 400, "Sidan kan inte visas"),
    "a sign-in address that is none": ("GET", "/oauth/authorise", b"", 404, "Sidan finns inte"),
}


def check_page(answer: requests.Response, status: int, title: str, language: str = "sv") -> None:
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f"<h1>{title}</h1>" in answer.text
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "form-action 'none'" in policy
    assert "<script" not in answer.text
    for inside in (str(status), "urn:", "Error", "Traceback", "sqlite", "psycopg", "routing"):
        assert inside not in answer.text


@pytest.mark.parametrize("kind", REFUSED)
def test_a_person_sees_a_page(site: SyncSite, kind: str) -> None:
    method, path, body, status, title = REFUSED[kind]
    answer = requests.request(method, site.url + path, data=body, headers=FORM, timeout=60)
    check_page(answer, status, title)
    assert ("Logga in i programmet" in answer.text) is (path.startswith("/oauth/") and status != 413)
    assert ("allow" in answer.headers) is (status == 405)


def test_the_page_speaks_the_browsers_language_or_the_chosen_one(site: SyncSite) -> None:
    english = requests.get(site.url + "/i/", headers={"Accept-Language": "en-GB,sv;q=0.5"}, timeout=60)
    check_page(english, 404, "There is no such page", "en")
    check_page(requests.get(site.url + "/i/?lang=en", timeout=60), 404, "There is no such page", "en")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("DELETE", "/v1/sync/pull", 405),
        ("GET", "/v1", 404),
        ("POST", "/oauth/token", 413),
        ("POST", "/oauth/revoke", 413),
        ("GET", "/.well-known/nothing", 404),
        ("POST", "/health", 405),
        ("POST", "/metrics/", 405),
    ],
)
def test_a_program_gets_problem_details(site: SyncSite, method: str, path: str, status: int) -> None:
    answer = requests.request(method, site.url + path, data=b"x" * 50_000, headers=FORM, timeout=60)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_a_page_whose_database_fails_says_what_is_known(store: Store) -> None:
    with sync_site(store) as site:
        with store.engine.begin() as connection:
            name = "routing." if connection.dialect.name == "postgresql" else ""
            connection.exec_driver_sql(f"ALTER TABLE {name}routing_entry RENAME TO entry_away")
        opened = requests.get(site.url + LINK, timeout=60)
        sent = requests.post(site.url + LINK, data={"fact": "AAA-AAA"}, timeout=60)
    check_page(opened, 500, "Det gick inte just nu")
    assert "kom fram" not in opened.text
    check_page(sent, 500, "Det gick inte just nu")
    assert "Det räknas bara en gång" in sent.text
