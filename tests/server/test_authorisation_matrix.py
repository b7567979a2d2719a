"""Every route × every role × one's own and another firm's customer, granted and not, and sessions that ended.

The routes are those of the running application: one that is not listed here fails the build.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
import requests

from app.domain.commands import UpdateCustomer
from app.domain.effects import Effect, EffectBuilder, Put
from app.domain.records import Contact, Customer, Staff
from app.server.store import SERVER, TrayMail
from tests.server.sync_site import ANNA, BO, EVA, FIRM, ODD, OTHER_FIRM, Client, SyncSite, customer
from tests.server.test_api import list_routes
from tests.support.clocks import FixedClock

CLARA = Staff(id="st_clara", name="Clara Åström", email="clara@byran.example")
GONE = Staff(id="st_gone", name="Gun Borta", email="gun@byran.example")

MINE = customer(1, id="cu_mine", name="KANARIEMIN AB", account_manager_id=BO.id, office="Umeå")
THEIRS = customer(2, id="cu_theirs", name="KANARIEANDRA AB", office="Ystad")
HIDDEN = customer(
    3, id="cu_hidden", name="KANARIEDOLD AB", protected=True, protected_staff_ids=(ANNA.id,), office="Umeå"
)
FOREIGN = customer(4, id="cu_foreign", name="KANARIEFRÄMMANDE AB")
TARGETS = (MINE, THEIRS, HIDDEN, FOREIGN)

SIGHT: dict[str, frozenset[str]] = {
    "nobody": frozenset(),
    "forged token": frozenset(),
    "session revoked": frozenset(),
    "token expired": frozenset(),
    "left the firm": frozenset(),
    "own": frozenset({MINE.id}),
    "office": frozenset({MINE.id}),
    "all": frozenset({MINE.id, THEIRS.id}),
    "all, full, named": frozenset({MINE.id, THEIRS.id, HIDDEN.id}),
    "another firm": frozenset({FOREIGN.id}),
}
"""Role → the customers that it sees, by domain.md "Rights" and data-model.md "Which rows a person sees"."""

WITHOUT_SESSION = ("nobody", "forged token", "session revoked", "token expired", "left the firm")


@dataclass
class Stage:
    """The running server with the two firms, and one client per role."""

    site: SyncSite
    clients: dict[str, Client]
    outcomes: dict[str, str]
    """Customer id → a command about it, of whoever sees it best."""

    def firm_of(self, role: str) -> str:
        return OTHER_FIRM if role == "another firm" else FIRM


def reaches_by_pull(client: Client, target: Customer, _stage: Stage) -> bool:
    answer = client.page(limit=5000)
    assert answer.status_code == 200, answer.text
    ids = {change["id"] for change in answer.json()["changes"]}
    assert (target.id in ids) == (f"ct_{target.id}" in ids) == (f"ev_{target.id}" in ids)
    return target.id in ids


def reaches_by_push(client: Client, target: Customer, _stage: Stage) -> bool:
    change = {"serial": {"from": 0, "to": 0}}
    [result] = client.push(UpdateCustomer(customer_id=target.id, set=change))
    assert result["status"] == "applied" or (result["status"], result["code"]) == ("rejected", "gone")
    return bool(result["status"] == "applied")


def reaches_by_outcomes(client: Client, target: Customer, stage: Stage) -> bool:
    answer = client.call("GET", f"/v1/commands?id={stage.outcomes[target.id]}")
    assert answer.status_code == 200, answer.text
    return bool(answer.json()["results"])


def reaches_by_check(client: Client, target: Customer, _stage: Stage) -> bool:
    answer = client.call("POST", "/v1/registrations/check", json={"customer_ids": [target.id]})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["refused"] == [target.id]) != bool(answer.json()["registrations"])
    return bool(answer.json()["registrations"])


def reaches_by_history(client: Client, target: Customer, _stage: Stage) -> bool:
    answer = client.call("GET", f"/v1/customers/{target.id}/history")
    assert answer.status_code in (200, 404), answer.text
    return answer.status_code == 200


def reaches_by_tray(client: Client, target: Customer, _stage: Stage) -> bool:
    answer = client.call("GET", "/v1/mail-tray")
    assert answer.status_code == 200, answer.text
    return f"mo_{target.id}" in {mail["id"] for mail in answer.json()["mails"]}


def reaches_by_mail(client: Client, target: Customer, _stage: Stage) -> bool:
    answer = client.call("GET", f"/v1/mail-tray/mo_{target.id}")
    assert answer.status_code in (200, 404), answer.text
    return answer.status_code == 200


def reaches_by_poke(client: Client, target: Customer, stage: Stage) -> bool:
    """A poke tells a firm's version and nothing else: whoever is in the firm learns that."""
    answer = client.call("GET", "/v1/sync/poke?head=0&wait=0")
    assert answer.status_code == 200, answer.text
    own = OTHER_FIRM if target is FOREIGN else FIRM
    return bool(answer.json()["head"] == stage.site.store.find_head(own))


def reaches_by_device(client: Client, target: Customer, _stage: Stage) -> bool:
    answer = client.call("POST", "/v1/devices", json={"name": "x", "platform": "linux"})
    assert answer.status_code == 201, answer.text
    return bool(answer.json()["firm_id"] == (OTHER_FIRM if target is FOREIGN else FIRM))


def best_placed(target: Customer) -> tuple[str, Staff]:
    """Return the firm that the target is of, and who sees it best there."""
    return (OTHER_FIRM, ODD) if target is FOREIGN else (FIRM, ANNA)


def reaches_by_device_list(client: Client, target: Customer, _stage: Stage) -> bool:
    """Full permission tells of everybody's devices, otherwise of one's own only."""
    answer = client.call("GET", "/v1/devices")
    assert answer.status_code == 200, answer.text
    return best_placed(target)[1].id in {line["staff_id"] for line in answer.json()["devices"]}


def reaches_by_signing_out(client: Client, target: Customer, stage: Stage) -> bool:
    firm_id, staff = best_placed(target)
    issuer = stage.site.assembly.issuer
    before = {session.id for session in issuer.list_devices(firm_id)}
    stage.site.token(firm_id, staff.id)
    (fresh,) = {session.id for session in issuer.list_devices(firm_id)} - before
    answer = client.call("POST", f"/v1/devices/{fresh}/revoke", json={})
    assert answer.status_code in (200, 404), answer.text
    return answer.status_code == 200


Reach = Callable[[Client, Customer, Stage], bool]

GUARDED: dict[tuple[str, str], tuple[Reach, str]] = {
    ("POST", "/v1/sync/pull"): (reaches_by_pull, "sight"),
    ("POST", "/v1/sync/push"): (reaches_by_push, "sight"),
    ("POST", "/v1/registrations/check"): (reaches_by_check, "sight"),
    ("GET", "/v1/customers/{customer_id}/history"): (reaches_by_history, "sight"),
    ("GET", "/v1/commands"): (reaches_by_outcomes, "author"),
    ("GET", "/v1/mail-tray"): (reaches_by_tray, "firm"),
    ("GET", "/v1/mail-tray/{mail_id}"): (reaches_by_mail, "firm"),
    ("GET", "/v1/sync/poke"): (reaches_by_poke, "firm"),
    ("POST", "/v1/devices"): (reaches_by_device, "firm"),
    ("GET", "/v1/devices"): (reaches_by_device_list, "author"),
    ("POST", "/v1/devices/{device_id}/revoke"): (reaches_by_signing_out, "author"),
}
"""Route → how it would reach a customer, and who may: by sight, the command's author, all of the firm."""

OPEN: dict[tuple[str, str], tuple[int, ...]] = {
    ("GET", "/v1/meta"): (200,),
    ("GET", "/v1/openapi.json"): (200,),
    ("GET", "/health"): (200,),
    ("GET", "/metrics"): (200,),
    ("GET", "/.well-known/oauth-authorization-server"): (200,),
    ("GET", "/oauth/authorize"): (200, 400),
    ("POST", "/oauth/authorize"): (200, 400, 403),
    ("POST", "/oauth/token"): (400, 401),
    ("POST", "/oauth/revoke"): (200, 400),
    ("GET", "/i/{token}"): (200, 404),
    ("POST", "/i/{token}"): (200, 400, 404),
    ("GET", "/portal/icon.svg"): (200,),
    ("GET", "/portal/portal.css"): (200,),
}
"""Routes without a session, and how they answer somebody who has nothing."""

SIGN_IN_ELSEWHERE = {
    ("GET", "/oauth/callback"),
}
"""Routes that are there only where an external OpenID provider is set up; test_external_sign_in has them."""

AUTHORS = {MINE.id: "all, full, named", THEIRS.id: "all, full, named", HIDDEN.id: "all, full, named"}


def may(role: str, target: Customer, by: str) -> bool:
    """Tell what the rules say."""
    if role in WITHOUT_SESSION:
        return False
    is_own_firm = (role == "another firm") == (target is FOREIGN)
    if by == "firm":
        return is_own_firm
    if by == "author":
        return role == AUTHORS.get(target.id, "another firm")
    return target.id in SIGHT[role]


@pytest.fixture
def stage(site: SyncSite, clock: FixedClock) -> Stage:
    site.write(CLARA, GONE)
    for target in TARGETS:
        firm_id = OTHER_FIRM if target is FOREIGN else FIRM
        contact = Contact(id=f"ct_{target.id}", customer_id=target.id, name=f"Kontakt {target.name}")
        with site.store.write(firm_id) as transaction:
            builder = EffectBuilder(transaction.reader, transaction.context(SERVER), target.id)
            builder.event(target, "customer_created")
            (event,) = builder.build().events
            effect = Effect(
                changes=(Put(target), Put(contact)), events=(replace(event, id=f"ev_{target.id}"),)
            )
            transaction.write(effect, by=SERVER, source="test")
        mail = TrayMail(
            id=f"mo_{target.id}",
            kind="invitation",
            recipient="kund@kund.example",
            sender="byran@byran.example",
            subject="Inbjudan",
            sent_at=clock.now(),
            text="",
            html="",
        )
        site.store.mail_tray.add(firm_id, mail)
    people = {"own": BO, "office": EVA, "all": CLARA, "all, full, named": ANNA}
    clients = {
        "left the firm": site.client(GONE),
        "session revoked": site.client(CLARA),
        "another firm": site.client(ODD, OTHER_FIRM),
    }
    clients |= {"token expired": site.client(CLARA)}
    site.assembly.issuer.revoke(clients["session revoked"].token)
    site.write(replace(GONE, state="left"))
    clock.advance(timedelta(minutes=20))
    clients["another firm"].token = site.token(OTHER_FIRM, ODD.id)
    clients["left the firm"].token = site.token(FIRM, GONE.id)
    clients |= {role: site.client(staff) for role, staff in people.items()}
    anna = clients["all, full, named"]
    clients["nobody"] = replace(anna, token="")
    clients["forged token"] = replace(anna, token="A" * len(anna.token))
    outcomes = {}
    for target in TARGETS:
        author = clients[AUTHORS.get(target.id, "another firm")]
        [result] = author.push(UpdateCustomer(customer_id=target.id, set={"serial": {"from": 0, "to": 0}}))
        outcomes[target.id] = result["id"]
    return Stage(site, clients, outcomes)


def test_every_route_is_listed(site: SyncSite) -> None:
    assert list_routes(site) - SIGN_IN_ELSEWHERE == GUARDED.keys() | OPEN.keys()


def test_who_reaches_what(stage: Stage) -> None:
    wrong = []
    for role in SIGHT:
        if role in WITHOUT_SESSION:
            continue
        for route, (reach, by) in GUARDED.items():
            for target in TARGETS:
                reached = reach(stage.clients[role], target, stage)
                if reached != may(role, target, by):
                    wrong.append((role, *route, target.id, reached))
    assert wrong == []


def test_nothing_without_a_session(stage: Stage) -> None:
    wrong = []
    for role in WITHOUT_SESSION:
        client = stage.clients[role]
        for (method, path), body in request_bodies().items():
            answer = client.call(method, path, **body)
            if answer.status_code != 401 or "KANARIE" in answer.text:
                wrong.append((role, method, path, answer.status_code))
    assert wrong == []


def request_bodies() -> dict[tuple[str, str], dict[str, Any]]:
    """Return a good request for each guarded route."""
    bodies: dict[tuple[str, str], dict[str, Any]] = {}
    for method, path in GUARDED:
        filled = path.replace("{customer_id}", MINE.id).replace("{mail_id}", f"mo_{MINE.id}")
        filled = filled.replace("{device_id}", "se_nothing")
        body: dict[str, Any] = {}
        if path == "/v1/sync/pull":
            body = {"json": {"limit": 100}}
        elif path == "/v1/sync/push":
            body = {"json": {"device": "dv_x", "epoch": "x", "commands": []}}
        elif path == "/v1/registrations/check":
            body = {"json": {"customer_ids": [MINE.id]}}
        elif (method, path) == ("POST", "/v1/devices"):
            body = {"json": {"name": "x"}}
        bodies[(method, f"{filled}?wait=0" if path.endswith("poke") else filled)] = body
    return bodies


def test_answers_name_nobody_outside_the_role_s_sight(stage: Stage) -> None:
    """A canary in each customer's name: whatever a route answers, other canaries are not in it."""
    for role in SIGHT:
        hidden = [target.name for target in TARGETS if target.id not in SIGHT[role]]
        for (method, path), body in request_bodies().items():
            for target in TARGETS:
                asked = path.replace(MINE.id, target.id)
                text = stage.clients[role].call(method, asked, **body).text
                assert not [name for name in hidden if name in text], (role, method, asked)


def test_open_routes_tell_nothing(stage: Stage) -> None:
    for (method, path), statuses in OPEN.items():
        url = stage.site.url + path.replace("{token}", "A" * 43)
        answer = requests.request(method, url, data={} if method == "POST" else None, timeout=60)
        assert answer.status_code in statuses, (method, path, answer.status_code)
        assert "KANARIE" not in answer.text


def test_a_device_serves_only_its_owner(stage: Stage) -> None:
    """With a token of one's own and the device of another there is nothing to be had."""
    clients = stage.clients
    for role, other in (("own", "all, full, named"), ("all, full, named", "another firm")):
        thief = replace(clients[role], device=clients[other].device, epoch=clients[other].epoch)
        assert thief.page().json()["code"] == "device-unknown"
        assert thief.send().json()["code"] == "device-unknown"
        assert thief.call("GET", "/v1/commands?id=x").json()["code"] == "device-unknown"


def test_matrix_sees_a_right_too_many(stage: Stage) -> None:
    """The control: with the sight of another role the comparison fails."""
    client = stage.clients["own"]
    assert not reaches_by_pull(client, THEIRS, stage)
    stage.site.write(replace(BO, sees="all"))
    assert reaches_by_pull(client, THEIRS, stage) != may("own", THEIRS, "sight")
