"""The readable history of a customer, through the API."""

from __future__ import annotations

from app.domain.commands import AddContact, ArchiveCustomer, UpdateCustomer
from app.domain.ids import new_id
from app.domain.records import Contact
from tests.server.sync_site import ANNA, BO, ODD, OTHER_FIRM, Client, SyncSite, create


def history(client: Client, customer_id: str, before: str = "") -> dict[str, object]:
    query = {"before": before} if before else {}
    answer = client.call("GET", f"/v1/customers/{customer_id}/history", params=query)
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told


def test_what_happened_is_told_with_who_and_why(site: SyncSite) -> None:
    anna = site.client()
    made = create(1)
    one = made.customer.id
    commands = [
        anna.wire(made),
        anna.wire(UpdateCustomer(customer_id=one, set={"office": {"from": "", "to": "Umeå"}})),
        anna.wire(AddContact(contact=Contact(id=new_id("ct"), customer_id=one, name="Kim"))),
        anna.wire(ArchiveCustomer(customer_id=one)),
        anna.wire(ArchiveCustomer(customer_id="cu_nobody")),
        anna.wire(create(2)),
    ]
    anna.send(*commands)
    told = history(anna, one)
    entries = told["entries"]
    assert isinstance(entries, list)
    assert {entry["what"] for entry in entries} == {
        "customer_created",
        "customer_updated",
        "contact_added",
        "customer_archived",
    }
    assert {(entry["by"], entry["by_name"], entry["by_kind"]) for entry in entries} == {
        (ANNA.id, ANNA.name, "staff")
    }
    assert {entry["cause"] for entry in entries} == {command["id"] for command in commands[:4]}
    assert told["more"] is False
    rest = history(anna, one, before=entries[1]["id"])
    assert rest["entries"] == entries[2:]


def test_who_may_not_see_the_customer_learns_nothing(site: SyncSite) -> None:
    made = create(1)
    site.client().push(made)
    unknown = site.client(BO).call("GET", "/v1/customers/cu_nobody/history")
    assert unknown.status_code == 404
    for client in (site.client(BO), site.client(ODD, OTHER_FIRM)):
        hidden = client.call("GET", f"/v1/customers/{made.customer.id}/history")
        same = ("status", "type", "title", "code")
        assert {n: hidden.json()[n] for n in same} == {n: unknown.json()[n] for n in same}
