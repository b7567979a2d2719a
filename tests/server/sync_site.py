"""The server over real HTTP with two firms, and clients that speak the protocol by hand."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
import requests
from argon2 import PasswordHasher

from app.contract.wire import DEVICE_HEADER, PROTOCOL_HEADER, SPOKEN_HERE
from app.domain.commands import COMMAND_NAMES, CreateCustomer, Payload, entity_of
from app.domain.effects import Effect, Put
from app.domain.ids import new_id
from app.domain.records import Customer, Firm, Record, Staff
from app.server.application import build_application
from app.server.assembly import Assembly, assemble
from app.server.identity.authorization import AuthorizationRequest
from app.server.identity.passwords import Passwords
from app.server.store import SERVER, Store
from tests.server.identity_site import challenge_of, new_verifier
from tests.support.http_server import serving

REDIRECT = "http://127.0.0.1:50123/callback"
FIRM, OTHER_FIRM = "fi_1", "fi_2"
ANNA = Staff(id="st_anna", name="Anna Ek", email="anna@byran.example", full_permission=True)
BO = Staff(id="st_bo", name="Bo Alm", email="bo@byran.example", sees="own")
EVA = Staff(id="st_eva", name="Eva Sund", email="eva@byran.example", sees="office", office="Umeå")
ODD = Staff(id="st_odd", name="Odd Li", email="odd@annan.example")


@dataclass
class Client:
    """One device of one person, as the protocol sees it."""

    url: str
    token: str
    device: str = ""
    epoch: str = ""
    seq: int = 0

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        """Send a request with this client's headers."""
        headers = {
            "Authorization": f"Bearer {self.token}",
            PROTOCOL_HEADER: "1",
            DEVICE_HEADER: self.device,
        } | more.pop("headers", {})
        return requests.request(method, self.url + path, headers=headers, timeout=60, **more)

    def register(self) -> None:
        """Become a new device; the numbers begin at 1 again."""
        answer = self.call("POST", "/v1/devices", json={"name": "Anna's computer", "platform": "linux"})
        assert answer.status_code == 201, answer.text
        self.device, self.epoch, self.seq = answer.json()["device"], answer.json()["epoch"], 0

    def wire(self, payload: Payload, /, **changes: Any) -> dict[str, Any]:
        """Return a command as it goes over the wire, with the next number."""
        self.seq += 1
        return {
            "id": new_id("cmd"),
            "seq": self.seq,
            "type": COMMAND_NAMES[type(payload)],
            "v": 1,
            "entity": entity_of(payload),
            "payload": msgspec.to_builtins(payload),
            "made_at": "2026-11-23T08:00:00Z",
        } | changes

    def send(self, *commands: Mapping[str, Any], epoch: str | None = None, **more: Any) -> requests.Response:
        """Push commands as they are."""
        body = {"device": self.device, "epoch": self.epoch if epoch is None else epoch}
        return self.call("POST", "/v1/sync/push", json=body | {"commands": commands} | more)

    def push(self, *payloads: Payload) -> list[dict[str, Any]]:
        """Push new commands and return their results."""
        answer = self.send(*[self.wire(payload) for payload in payloads])
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    def page(self, cursor: str | None = None, limit: int = 2000, **more: Any) -> requests.Response:
        """Pull one page."""
        body: dict[str, Any] = {"limit": limit} | ({"cursor": cursor} if cursor else {}) | more
        return self.call("POST", "/v1/sync/pull", json=body)

    def pull(self, cursor: str | None = None, limit: int = 2000) -> tuple[dict[tuple[str, str], Any], str]:
        """Pull until there is no more; return what came, by type and id, and the last cursor."""
        found: dict[tuple[str, str], Any] = {}
        while True:
            answer = self.page(cursor, limit)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            for change in page["changes"]:
                found[(change["t"], change["id"])] = change
            cursor = page["cursor"]
            if not page["more"]:
                return found, cursor


@dataclass
class SyncSite:
    """The running server and its parts."""

    url: str
    store: Store
    assembly: Assembly
    _secrets: dict[str, str] = field(default_factory=dict)

    def token(self, firm_id: str, staff_id: str) -> str:
        """Return an access token, through the issuer."""
        verifier = new_verifier()
        request = AuthorizationRequest(
            redirect_uri=REDIRECT, state=secrets.token_hex(4), code_challenge=challenge_of(verifier)
        )
        code = self.assembly.issuer.issue_code(request, firm_id, staff_id)
        return self.assembly.issuer.exchange_code(code, verifier, REDIRECT).access_token

    def client(self, staff: Staff = ANNA, firm_id: str = FIRM) -> Client:
        """Return a registered device of the staff member."""
        client = Client(self.url, self.token(firm_id, staff.id))
        client.register()
        return client

    def write(self, *records: Record, firm_id: str = FIRM) -> int:
        """Write records in one transaction, as a worker does, and return the head."""
        with self.store.write(firm_id) as transaction:
            effect = Effect(changes=tuple(Put(record) for record in records))
            transaction.write(effect, by=SERVER, source="test")
        return transaction.head


def customer(number: int, **fields: Any) -> Customer:
    """Return a customer with a number of its own, and no organisation number."""
    values = {"id": new_id("cu"), "customer_number": str(number), "name": f"Kund {number} AB"}
    return Customer(**(values | fields))


def create(number: int, **fields: Any) -> CreateCustomer:
    """Return the command that creates such a customer."""
    return CreateCustomer(customer=customer(number, **fields))


def fill(store: Store) -> None:
    """Write the two firms."""
    store.create_firm(Firm(id=FIRM, name="Byrån AB", organisation_number=""), ANNA, BO, EVA)
    store.create_firm(Firm(id=OTHER_FIRM, name="Annan byrå AB", organisation_number=""), ODD)


@contextmanager
def sync_site(
    store: Store, *, protocols: range = SPOKEN_HERE, is_filled: bool = False, **options: Any
) -> Iterator[SyncSite]:
    """Serve the whole application on the store, filled unless it is. The workers stand still."""
    if not is_filled:
        fill(store)
    assembly = assemble(
        store,
        version="test",
        local_url="http://127.0.0.1",
        with_threads=False,
        passwords=Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)),
        **options,
    )
    application = build_application(replace(assembly.parts, protocols=protocols))
    with serving(application.asgi) as url:
        try:
            yield SyncSite(url, store, assembly)
        finally:
            application.board.release()
