"""The application's edges: who is answered, how errors look, and what waits."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from app.contract.wire import LOCAL_SECRET_HEADER, ProblemCode
from app.domain.records import Registration
from app.server.api.front import LocalRules
from app.server.api.openapi import OPERATIONS
from app.server.application import build_application
from app.server.assembly import assemble
from app.server.problems import STATUS
from app.server.store import Store, TrayMail, open_store
from tests.server.sync_site import ANNA, BO, FIRM, ODD, OTHER_FIRM, SyncSite, create, customer, fill
from tests.support.clocks import FixedClock
from tests.support.http_server import serving

GUARDED = [
    (operation.method.upper(), re.sub(r"\{\w+\}", "x", operation.path))
    for operation in OPERATIONS
    if not operation.is_open
]


def test_nothing_is_told_without_a_token(site: SyncSite) -> None:
    assert len(GUARDED) == 11
    for method, path in GUARDED:
        for authorization in ("", "Bearer", "Bearer nobody", "Basic YTpi"):
            headers = {"Authorization": authorization}
            answer = requests.request(method, site.url + path, headers=headers, data=b"{}", timeout=60)
            assert (answer.status_code, answer.json()["code"]) == (401, "sign-in-needed"), path
            assert answer.headers["www-authenticate"] == "Bearer"


def test_the_description_has_every_route_and_no_other(site: SyncSite) -> None:
    described = requests.get(site.url + "/v1/openapi.json", timeout=60).json()
    assert described["openapi"] == "3.1.0"
    in_description = {
        (method.upper(), path) for path, methods in described["paths"].items() for method in methods
    }
    in_code = {
        (method, path)
        for method, path in list_routes(site)
        if path.startswith("/v1/") and path != "/v1/openapi.json"
    }
    assert in_description == in_code
    references = set(find_references(described))
    assert references == {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}


def list_routes(site: SyncSite) -> set[tuple[str, str]]:
    application: Any = build_application(site.assembly.parts).asgi
    return {
        (method, route.path_format)
        for route in application.inside.routes
        for method in route.methods
        if method not in {"OPTIONS", "HEAD"}
    }


def find_references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "$ref":
                yield part
            yield from find_references(part)
    elif isinstance(value, list):
        for part in value:
            yield from find_references(part)


def test_every_problem_code_has_a_status() -> None:
    assert set(STATUS) == set(ProblemCode)


def test_who_the_server_is_is_told_to_anybody(site: SyncSite) -> None:
    meta = requests.get(site.url + "/v1/meta", timeout=60)
    assert meta.json()["product"] == "samverka"
    assert meta.headers["sync-protocol"] == "1"
    assert requests.get(site.url + "/health", timeout=60).json() == {"status": "ok"}


def test_errors_are_problems_wherever_they_come_from(site: SyncSite) -> None:
    anna = site.client()
    for method, path, status, code in (
        ("GET", "/v1/nothing", 404, "not-found"),
        ("GET", "/v1/sync/push", 405, "invalid"),
        ("GET", "/v1/sync/poke?head=-1", 400, "invalid"),
        ("GET", "/v1/mail-tray/nothing", 404, "not-found"),
        ("POST", "/v1/registrations/check", 400, "invalid"),
    ):
        answer = anna.call(method, path, headers={"X-Request-ID": "my-own-id"})
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.json()["request_id"] == answer.headers["x-request-id"] == "my-own-id"
    odd = anna.call("GET", "/v1/meta", headers={"X-Request-ID": "x" * 65})
    assert odd.headers["x-request-id"].startswith("rq_")


def test_a_protocol_that_is_not_spoken_here(site: SyncSite) -> None:
    anna = site.client()
    for spoken in ("0", "2", "x", ""):
        answer = anna.call("GET", "/v1/sync/poke?wait=0", headers={"Sync-Protocol": spoken})
        assert (answer.status_code, answer.json()["code"]) == (426, "upgrade-needed")
    assert anna.call("GET", "/v1/sync/poke?wait=0").status_code == 200


def test_long_answers_are_packed_for_those_who_can_unpack(site: SyncSite) -> None:
    anna = site.client()
    anna.push(*[create(number) for number in range(30)])
    packed = anna.call("POST", "/v1/sync/pull", json={}, headers={"Accept-Encoding": "gzip"})
    plain = anna.call("POST", "/v1/sync/pull", json={}, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json()["changes"] == plain.json()["changes"]
    assert int(packed.headers["content-length"]) * 2 < int(plain.headers["content-length"])


def test_a_poke_is_answered_by_a_commit(site: SyncSite) -> None:
    anna, other = site.client(), site.client()
    head = other.page().json()["head"]
    answers: list[requests.Response] = []

    def wait() -> None:
        answers.append(anna.call("GET", f"/v1/sync/poke?head={head}&wait=25"))

    waiting = threading.Thread(target=wait)
    waiting.start()
    [result] = other.push(create(1))
    waiting.join(60)
    assert not waiting.is_alive()
    assert answers[0].json() == {"head": result["head"]}
    late = anna.call("GET", f"/v1/sync/poke?head={head}&wait=25")
    assert late.json() == {"head": result["head"]}
    nothing = anna.call("GET", f"/v1/sync/poke?head={result['head']}&wait=0")
    assert nothing.json() == {"head": result["head"]}


def test_a_poke_hears_commits_of_another_process(site: SyncSite, database: str, clock: FixedClock) -> None:
    """Another store on the same database stands for the other process: it shares no listener."""
    anna = site.client()
    head = anna.page().json()["head"]
    answers: list[requests.Response] = []

    def wait() -> None:
        answers.append(anna.call("GET", f"/v1/sync/poke?head={head}&wait=25"))

    waiting = threading.Thread(target=wait)
    waiting.start()
    elsewhere = open_store(database, clock=clock)
    anna_again = SyncSite(site.url, elsewhere, site.assembly)
    anna_again.write(customer(1))
    elsewhere.close()
    waiting.join(60)
    assert not waiting.is_alive()
    assert answers[0].json() == {"head": head + 1}


def test_a_check_asks_the_vendor_and_keeps_the_answers(site: SyncSite) -> None:
    hidden = customer(2)
    mine = customer(1, account_manager_id=BO.id, organisation_number="165560360793")
    site.write(hidden, mine)
    bo = site.client(BO)
    _, cursor = bo.pull()
    body = {"customer_ids": [hidden.id, mine.id, "cu_nobody"]}
    answer = bo.call("POST", "/v1/registrations/check", json=body).json()
    assert answer["refused"] == [hidden.id, "cu_nobody"]
    [registration] = answer["registrations"]
    assert (registration["customer_id"], registration["answer"]) == (mine.id, "not_registered")
    changes, _ = bo.pull(cursor)
    assert changes[("registration", registration["id"])]["data"] == registration
    with site.store.read(FIRM) as snapshot:
        assert isinstance(snapshot.reader.find("registration", registration["id"]), Registration)
    too_many = bo.call("POST", "/v1/registrations/check", json={"customer_ids": ["cu_x"] * 501})
    assert too_many.json()["code"] == "too-large"


def test_five_hundred_customers_are_checked_in_one_call(site: SyncSite) -> None:
    firm = [customer(number, account_manager_id=BO.id) for number in range(1, 501)]
    site.write(*firm)
    ids = [one.id for one in firm]
    answer = site.client(BO).call("POST", "/v1/registrations/check", json={"customer_ids": ids}).json()
    assert answer["refused"] == []
    assert [one["customer_id"] for one in answer["registrations"]] == ids


def test_each_firm_has_its_own_mail_tray(site: SyncSite) -> None:
    mail = TrayMail(
        id="mo_1",
        kind="invitation",
        recipient="Kim <kim@kund.example>",
        sender="Byrån <samverka@localhost>",
        subject="Inbjudan",
        sent_at=site.store.clock.now(),
        text="Hej!",
        html="<p>Hej!</p>",
    )
    site.store.mail_tray.add(FIRM, mail)
    site.store.mail_tray.add(FIRM, mail)
    anna, odd = site.client(), site.client(ODD, OTHER_FIRM)
    [summary] = anna.call("GET", "/v1/mail-tray").json()["mails"]
    assert (summary["id"], summary["subject"], summary["kind"]) == ("mo_1", "Inbjudan", "invitation")
    assert anna.call("GET", "/v1/mail-tray/mo_1").json()["html"] == "<p>Hej!</p>"
    assert odd.call("GET", "/v1/mail-tray").json() == {"mails": []}
    assert odd.call("GET", "/v1/mail-tray/mo_1").status_code == 404


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[str]:
    """Serve as an embedded server does, with the Host list and the start's secret."""
    store: Store = open_store(str(tmp_path / "embedded.db"))
    fill(store)
    assembly = assemble(
        store,
        version="test",
        local_url="",
        with_threads=False,
        rules=LocalRules(frozenset({"127.0.0.1:1"}), "s3cret"),
    )
    with serving(build_application(assembly.parts).asgi) as url:
        yield url
    store.close()


def test_an_embedded_server_answers_its_own_program_only(embedded: str) -> None:
    ours = {"Host": "127.0.0.1:1", LOCAL_SECRET_HEADER: "s3cret"}

    def ask(path: str, **headers: str) -> int:
        return requests.get(embedded + path, headers=ours | headers, timeout=60).status_code

    assert ask("/v1/meta") == 200
    assert ask("/v1/meta", **{LOCAL_SECRET_HEADER: "guess"}) == 403
    assert ask("/v1/meta", **{LOCAL_SECRET_HEADER: ""}) == 403
    assert ask("/v1/meta", Host="rebound.example") == 403
    assert ask("/metrics", **{LOCAL_SECRET_HEADER: ""}) == 403
    # Pages that a browser opens rely on the Host list and their own tokens.
    assert ask("/health", **{LOCAL_SECRET_HEADER: ""}) == 200
    assert ask("/health", Host="rebound.example", **{LOCAL_SECRET_HEADER: ""}) == 403


SPELLINGS = ["/v1/meta", "//v1/meta", "/v1//meta", "/v1/meta/", "/%76%31/meta", "/metrics/", "//metrics"]


@pytest.mark.parametrize("path", SPELLINGS)
def test_no_spelling_of_an_address_passes_the_secret(embedded: str, path: str) -> None:
    """The framework takes them all for the same address."""
    asked = requests.Request("GET", embedded).prepare()
    asked.url = embedded + path
    with requests.Session() as session:
        for secret, status in (("", 403), ("guess", 403), ("s3cret", 200)):
            asked.headers.update({"Host": "127.0.0.1:1", LOCAL_SECRET_HEADER: secret})
            assert session.send(asked, timeout=60).status_code == status, secret


def test_no_other_site_may_read_an_answer(embedded: str) -> None:
    ours = {"Host": "127.0.0.1:1", LOCAL_SECRET_HEADER: "s3cret", "Origin": "https://evil.example"}
    for method in ("GET", "OPTIONS"):
        answer = requests.request(method, embedded + "/v1/meta", headers=ours, timeout=60)
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


def test_staff_of_one_firm_cannot_use_a_device_of_another(site: SyncSite) -> None:
    anna, odd = site.client(ANNA), site.client(ODD, OTHER_FIRM)
    odd.device = anna.device
    assert odd.page().json()["code"] == "device-unknown"
