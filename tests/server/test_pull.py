"""Pull: snapshots, changes, and cursors that are gone."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import requests

from app.domain.commands import ArchiveCustomer, CloseEngagement, RemoveContact, UpdateCustomer
from app.domain.ids import new_id
from app.domain.records import Collaboration, Company, Contact, Engagement
from app.server.feed import pulling
from app.server.feed.cursors import Cursor, CursorSigner
from app.server.feed.pulling import SNAPSHOT
from app.server.store import Store
from tests.server.sync_site import ANNA, BO, FIRM, ODD, OTHER_FIRM, Client, SyncSite, create, customer


def gone_because(answer: requests.Response) -> str:
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor-gone"), answer.text
    reason: str = answer.json()["reason"]
    return reason


def stored(store: Store) -> dict[tuple[str, str], Any]:
    """Return what the server holds, read past the feed."""
    with store.read(FIRM) as snapshot:
        rows = snapshot.connection.exec_driver_sql(
            "SELECT type, id, rev, data FROM record WHERE firm_id = 'fi_1' AND removed = ''"
        )
        return {(row[0], row[1]): (row[2], msgspec.json.decode(row[3])) for row in rows}


def shown(rows: dict[tuple[str, str], Any]) -> dict[tuple[str, str], Any]:
    return {key: (row["rev"], row["data"]) for key, row in rows.items() if not row.get("removed")}


class Mirror:
    """A client's mirror: a snapshot, and changes laid over it."""

    def __init__(self, client: Client, limit: int) -> None:
        self.client, self.limit = client, limit
        self.rows, self.cursor = client.pull(limit=limit)

    def follow(self) -> None:
        changes, self.cursor = self.client.pull(self.cursor, self.limit)
        for key, change in changes.items():
            if change.get("removed"):
                self.rows.pop(key, None)
            else:
                self.rows[key] = change


@pytest.mark.parametrize("limit", [1, 3, 5000])
def test_a_snapshot_has_every_row_once_in_the_order_of_type_and_id(site: SyncSite, limit: int) -> None:
    anna = site.client()
    anna.push(*[create(number) for number in range(7)])
    seen: list[tuple[str, str]] = []
    cursor = None
    while True:
        page = anna.page(cursor, limit).json()
        seen += [(change["t"], change["id"]) for change in page["changes"]]
        assert page["snapshot"]
        cursor = page["cursor"]
        if not page["more"]:
            break
    assert seen == sorted(set(seen))
    assert set(seen) == set(stored(site.store))


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_a_command_that_changes_more_rows_than_a_page_arrives_whole(site: SyncSite, limit: int) -> None:
    anna = site.client()
    one = customer(1)
    engagement = Engagement(id=new_id("en"), customer_id=one.id, type="bokforing", title="Bokföring")
    linked = [
        Collaboration(
            id=new_id("cl"),
            company=Company(number=f"16{number:010}", name="Kund"),
            service="eekonomi",
            customer_id=one.id,
            engagement_id=engagement.id,
        )
        for number in range(9)
    ]
    site.write(one, engagement, *linked)
    mirror = Mirror(anna, limit)
    [result] = anna.push(CloseEngagement(engagement_id=engagement.id, leave_unlinked=True))
    touched = [key for key, (rev, _) in stored(site.store).items() if rev == result["head"]]
    assert len(touched) > 10
    mirror.follow()
    assert shown(mirror.rows) == stored(site.store)


@pytest.mark.case(59)
def test_rows_that_change_while_a_snapshot_is_fetched_arrive_after_it(site: SyncSite) -> None:
    anna = site.client()
    customers = [customer(number) for number in range(6)]
    contact = Contact(id=new_id("ct"), customer_id=customers[0].id, name="Kim")
    site.write(contact, *customers)
    rows: dict[tuple[str, str], Any] = {}
    cursor = None
    rounds = 0
    while True:
        page = anna.page(cursor, 2).json()
        for change in page["changes"]:
            rows[(change["t"], change["id"])] = change
        cursor = page["cursor"]
        if not page["more"]:
            break
        if rounds == 1:
            anna.push(
                RemoveContact(contact_id=contact.id), ArchiveCustomer(customer_id=customers[5].id), create(9)
            )
        rounds += 1
    assert rounds > 3
    changes, _ = anna.pull(cursor)
    for key, change in changes.items():
        if change.get("removed"):
            rows.pop(key, None)
        else:
            rows[key] = change
    assert shown(rows) == stored(site.store)
    assert changes[("contact", contact.id)]["removed"] == "deleted"
    assert "data" not in changes[("contact", contact.id)]


def test_a_pull_with_nothing_new_is_empty_and_says_where_the_device_is(site: SyncSite) -> None:
    anna = site.client()
    anna.push(create(1), ArchiveCustomer(customer_id="cu_nobody"))
    _, cursor = anna.pull()
    page = anna.page(cursor).json()
    assert (page["changes"], page["more"], page["snapshot"], page["last_seq"]) == ([], False, False, 2)
    assert page["head"] == site.store.find_head(FIRM)
    assert page["epoch"] == anna.epoch


def test_random_histories_leave_every_mirror_equal_to_the_server(site: SyncSite) -> None:
    anna, other = site.client(), site.client()
    mirrors = [Mirror(anna, 3), Mirror(other, 1), Mirror(other, 1000)]
    known = [customer(number) for number in range(5)]
    site.write(*known)
    for turn in range(12):
        one = known[(turn * 7) % 5]
        name = stored(site.store)[("customer", one.id)][1]["name"]
        changes = {"name": {"from": name, "to": f"Namn {turn}"}}
        (anna, other)[turn % 2].push(UpdateCustomer(customer_id=one.id, set=changes), create(100 + turn))
        mirrors[turn % 3].follow()
    for mirror in mirrors:
        mirror.follow()
        assert shown(mirror.rows) == stored(site.store)


def test_two_firms_see_nothing_of_each_other(site: SyncSite) -> None:
    anna, odd = site.client(), site.client(ODD, OTHER_FIRM)
    anna.push(create(1))
    odd.push(create(2))
    mine, my_cursor = anna.pull()
    theirs, their_cursor = odd.pull()
    assert not set(mine) & set(theirs)
    assert ("staff", ODD.id) in theirs
    assert gone_because(anna.page(their_cursor)) == "invalid"
    assert gone_because(odd.page(my_cursor)) == "invalid"
    [refused] = odd.push(ArchiveCustomer(customer_id=next(id_ for kind, id_ in mine if kind == "customer")))
    assert refused["code"] == "gone"


def test_a_cursor_of_a_colleague_is_invalid(site: SyncSite) -> None:
    _, cursor = site.client().pull()
    assert gone_because(site.client(BO).page(cursor)) == "invalid"


def test_what_we_did_not_write_is_an_invalid_cursor_and_never_a_fault(site: SyncSite) -> None:
    anna = site.client()
    _, cursor = anna.pull()
    for position in range(0, len(cursor), 5):
        letter = "A" if cursor[position] != "A" else "B"
        assert gone_because(anna.page(cursor[:position] + letter + cursor[position + 1 :])) == "invalid"
    for rubbish in ("x", "åäö", "=" * 40, cursor[:-4], cursor * 2):
        assert gone_because(anna.page(rubbish)) == "invalid"
    assert anna.page(cursor).status_code == 200


def forge(site: SyncSite, **changes: Any) -> str:
    """Return a cursor that the server itself could have written, with changes."""
    with site.store.read(FIRM) as snapshot:
        fields: dict[str, Any] = {
            "schema": 1,
            "epoch": snapshot.epoch,
            "firm_id": FIRM,
            "staff_id": ANNA.id,
            "scope": 1,
            "start": 0,
            "rev": snapshot.head,
            "type": "",
            "id": "",
        }
    return CursorSigner(site.assembly.parts.cursor_keys).write(Cursor(**(fields | changes)))


def test_each_reason_for_a_gone_cursor(site: SyncSite) -> None:
    anna = site.client()
    assert anna.page(forge(site)).status_code == 200
    assert gone_because(anna.page(forge(site, epoch="yesterday"))) == "epoch"
    # Of a time that the database has lost, in the same life: what was fetched then would stand for ever.
    head = site.store.find_head(FIRM) or 0
    assert anna.page(forge(site, rev=head + 1)).status_code == 200
    assert gone_because(anna.page(forge(site, rev=head + 2))) == "epoch"
    assert gone_because(anna.page(forge(site, rev=SNAPSHOT, start=head + 1, type="customer"))) == "epoch"
    assert gone_because(anna.page(forge(site, scope=7))) == "access"
    # So high may the head have come again with other commits: the audit's chain tells which they were.
    with site.store.read(FIRM) as snapshot:
        entries = [(entry.number, entry.hash[:16]) for entry in snapshot.list_audit()]
    assert len(entries) >= 2
    for number, mark in entries:
        assert anna.page(forge(site, entry=number, mark=mark)).status_code == 200
        assert gone_because(anna.page(forge(site, entry=number, mark=mark[::-1]))) == "epoch"
    assert gone_because(anna.page(forge(site, entry=number + 1, mark=mark))) == "epoch"
    assert gone_because(anna.page(forge(site, entry=number + 1, mark=mark, scope=7))) == "epoch"
    assert gone_because(anna.page(forge(site, schema=0))) == "schema"
    other_keys = CursorSigner([b"another server"])
    cursor = Cursor(
        schema=1, epoch="", firm_id=FIRM, staff_id=ANNA.id, scope=1, start=0, rev=1, type="", id=""
    )
    assert gone_because(anna.page(other_keys.write(cursor))) == "invalid"


@pytest.mark.case(49)
def test_a_cursor_from_before_purged_tombstones_is_expired(site: SyncSite) -> None:
    anna = site.client()
    one = customer(1)
    contact = Contact(id=new_id("ct"), customer_id=one.id, name="Kim")
    site.write(one, contact)
    _, before = anna.pull()
    [result] = anna.push(RemoveContact(contact_id=contact.id))
    _, after = anna.pull(before)
    anna.push(create(2))
    with site.store.write(FIRM) as transaction:
        assert transaction.purge_tombstones(result["head"]) == 1
    assert gone_because(anna.page(before)) == "expired"
    old = result["head"] - 1
    assert gone_because(anna.page(forge(site, rev=SNAPSHOT, start=old, type="customer"))) == "expired"
    assert anna.page(after).status_code == 200
    assert ("contact", contact.id) not in anna.pull()[0]


def test_a_page_has_at_least_one_row_and_a_device(site: SyncSite) -> None:
    anna = site.client()
    assert anna.page(limit=0).status_code == 400
    anna.device = "dv_unknown"
    assert anna.page().json()["code"] == "device-unknown"


def test_a_page_is_as_large_as_the_server_likes_at_most(
    site: SyncSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling, "MAXIMUM_PAGE", 3)
    anna = site.client()
    anna.push(*(create(number) for number in range(1, 6)))
    page = anna.page(limit=10**9).json()
    assert (len(page["changes"]), page["more"]) == (3, True)
    # The rest comes with the cursor.
    rows, _ = anna.pull(limit=10**9)
    assert sum(kind == "customer" for kind, _ in rows) >= 5
