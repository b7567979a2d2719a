"""Who may call what: every route, by role, in the own firm and another, with and without a right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from app.domain.records import Staff
from app.server.application import build_application
from tests.server.sync_site import ANNA, BO, EVA, FIRM, ODD, OTHER_FIRM, Client, SyncSite, create, customer
from tests.server.test_api import list_routes

# What each route asks for. A route that is not listed fails the build: somebody has to say who may call it.
OPEN = {
    ("GET", "/v1/meta"),
    ("GET", "/v1/openapi.json"),
    ("GET", "/health"),
}
LOOPBACK = {("GET", "/metrics")}
SIGNED_IN = {
    ("POST", "/v1/devices"),
    ("GET", "/v1/devices"),
    ("POST", "/v1/devices/{device_id}/revoke"),
    ("POST", "/v1/sync/push"),
    ("POST", "/v1/sync/pull"),
    ("GET", "/v1/sync/poke"),
    ("GET", "/v1/commands"),
    ("POST", "/v1/registrations/check"),
    ("GET", "/v1/customers/{customer_id}/history"),
    ("GET", "/v1/mail-tray"),
    ("GET", "/v1/mail-tray/{mail_id}"),
}
PREFIXES_WITH_THEIR_OWN_TESTS = (
    "/oauth/",
    "/.well-known/",
    "/i/",
    "/portal/",
    "/sign-in",
    "/openid",
    "/v1/sessions",
)
"""Sign-in, the portal and the list of devices: tests/server/test_identity_* and test_portal_*."""


def uncovered(routes: set[tuple[str, str]]) -> set[tuple[str, str]]:
    known = OPEN | LOOPBACK | SIGNED_IN
    return {
        (method, path)
        for method, path in routes - known
        if not path.startswith(PREFIXES_WITH_THEIR_OWN_TESTS)
    }


def test_every_route_is_listed_with_who_may_call_it(site: SyncSite) -> None:
    routes = list_routes(site)
    assert uncovered(routes) == set()
    assert routes >= (OPEN | LOOPBACK | SIGNED_IN)
    assert uncovered(routes | {("POST", "/v1/everything")}) == {("POST", "/v1/everything")}


def test_open_routes_need_no_token_and_tell_no_firm(site: SyncSite) -> None:
    for method, path in OPEN:
        answer = requests.request(method, site.url + path, timeout=60)
        assert answer.status_code == 200, path
        for private in (FIRM, ANNA.name, ANNA.email, "Byrån AB"):
            assert private not in answer.text, (path, private)


@pytest.mark.parametrize(("method", "path"), sorted(SIGNED_IN))
def test_a_token_is_needed_and_ends_with_its_session(site: SyncSite, method: str, path: str) -> None:
    anna = site.client()
    address = path.format(customer_id="cu_x", mail_id="x", device_id="dv_x") + (
        "?wait=0" if path.endswith("poke") else ""
    )
    body: dict[str, Any] = {} if method == "GET" else {"data": b"{}"}
    assert anna.call(method, address, **body).status_code not in {401, 403}
    for token in ("", "nobody", anna.token[:-1], anna.token + "x"):
        stranger = Client(site.url, token, anna.device)
        assert stranger.call(method, address, **body).status_code == 401, (path, token)
    site.assembly.issuer.revoke(anna.token)
    assert anna.call(method, address, **body).status_code == 401


Ask = Callable[[Client, str], int]


def pulls(client: Client, customer_id: str) -> int:
    return 200 if ("customer", customer_id) in client.pull()[0] else 404


def checks(client: Client, customer_id: str) -> int:
    answer = client.call("POST", "/v1/registrations/check", json={"customer_ids": [customer_id]})
    assert answer.status_code == 200, answer.text
    return 404 if customer_id in answer.json()["refused"] else 200


def reads_history(client: Client, customer_id: str) -> int:
    return client.call("GET", f"/v1/customers/{customer_id}/history").status_code


def updates(client: Client, customer_id: str) -> int:
    from app.domain.commands import UpdateCustomer

    [result] = client.push(
        UpdateCustomer(customer_id=customer_id, set={"fiscal_year_end": {"from": "12-31", "to": "12-31"}})
    )
    return {"applied": 200, "rejected": 404}[result["status"]]


ROLES: dict[str, tuple[Staff, str]] = {
    "all": (ANNA, FIRM),
    "own": (BO, FIRM),
    "office": (EVA, FIRM),
    "other firm": (ODD, OTHER_FIRM),
}
# Customer → who reaches it.
REACHED = {
    "anybody's": {"all"},
    "of the office": {"all", "office"},
    "one's own": {"all", "own"},
    "protected, for Bo": {"own"},
    "the other firm's": {"other firm"},
}


@pytest.mark.parametrize("ask", [pulls, checks, reads_history, updates])
def test_who_reaches_which_customer_by_which_way(site: SyncSite, ask: Ask) -> None:
    customers = {
        "anybody's": customer(1),
        "of the office": customer(2, office=EVA.office),
        "one's own": customer(3, account_manager_id=BO.id),
        "protected, for Bo": customer(4, protected=True, protected_staff_ids=(BO.id,)),
    }
    site.write(*customers.values())
    customers["the other firm's"] = customer(5)
    site.write(customers["the other firm's"], firm_id=OTHER_FIRM)
    for role, (staff, firm_id) in ROLES.items():
        client = site.client(staff, firm_id)
        reached = {name for name, one in customers.items() if ask(client, one.id) == 200}
        assert reached == {name for name, roles in REACHED.items() if role in roles}, (role, ask.__name__)


def test_outcomes_and_devices_are_their_owners(site: SyncSite) -> None:
    anna, bo, odd = site.client(), site.client(BO), site.client(ODD, OTHER_FIRM)
    command = anna.wire(create(1))
    anna.send(command)
    for client in (bo, odd):
        own = client.call("GET", "/v1/commands", params={"id": command["id"]})
        assert own.json()["results"] == []
        client.device = anna.device
        assert client.call("GET", "/v1/commands", params={"id": command["id"]}).status_code == 409
        assert client.send(client.wire(create(2))).status_code == 409
        assert client.page().status_code == 409
    stolen = bo.wire(create(3)) | {"id": command["id"]}
    bo.register()
    answer = bo.send(stolen | {"seq": 1})
    assert (answer.status_code, answer.json()["code"]) == (422, "command-id-reused")


def test_who_has_left_reaches_nothing(site: SyncSite) -> None:
    bo = site.client(BO)
    site.write(Staff(id=BO.id, name=BO.name, email=BO.email, sees="own", state="left"))
    for method, path in sorted(SIGNED_IN):
        if path in {"/v1/sync/poke", "/v1/mail-tray", "/v1/mail-tray/{mail_id}"}:
            continue
        address = path.format(customer_id="cu_x", mail_id="x", device_id="dv_x")
        body = {"/v1/devices": {"name": "x"}, "/v1/registrations/check": {"customer_ids": []}}.get(path, {})
        if path == "/v1/sync/push":
            answer = bo.send(bo.wire(create(1)))
        elif method == "GET":
            answer = bo.call(method, address)
        else:
            answer = bo.call(method, address, json=body)
        assert answer.status_code == 401, (path, answer.text)


def test_a_new_application_has_the_same_routes(site: SyncSite) -> None:
    """The matrix looks at what is built, not at a list kept beside it."""
    application: Any = build_application(site.assembly.parts).asgi
    assert len(application.inside.routes) > len(OPEN | LOOPBACK | SIGNED_IN)
