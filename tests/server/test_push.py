"""Push: outcomes, order, and what a client is told when its numbers do not fit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import requests

from app.domain.commands import AddContact, ArchiveCustomer, UpdateCustomer
from app.domain.ids import new_id
from app.domain.records import Contact, Staff
from app.server.feed.cursors import Cursor, CursorSigner
from tests.server.sync_site import ANNA, BO, FIRM, ODD, OTHER_FIRM, SyncSite, create, customer
from tests.server.test_pull import forge, gone_because


def problem_of(answer: requests.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert (body["status"], body["type"]) == (answer.status_code, f"urn:samverka:problem:{body['code']}")
    assert body["request_id"] == answer.headers["x-request-id"]
    return body


def test_outcomes_follow_the_commands_and_are_given_again(site: SyncSite) -> None:
    anna = site.client()
    first = customer(1)
    commands = [
        anna.wire(create(1, id=first.id)),
        anna.wire(ArchiveCustomer(customer_id="cu_nobody")),
        anna.wire(UpdateCustomer(customer_id=first.id, set={"name": {"from": "Kund 1 AB", "to": "Ett AB"}})),
        anna.wire(UpdateCustomer(customer_id=first.id, set={"name": {"from": "Kund 1 AB", "to": "Två AB"}})),
        anna.wire(create(2), payload={"customer": {"id": 7}}),
        anna.wire(create(3), type="customer.paint"),
    ]
    answer = anna.send(*commands)
    results = answer.json()["results"]
    assert [result["status"] for result in results] == [
        "applied",
        "rejected",
        "applied",
        "conflict",
        "rejected",
        "rejected",
    ]
    assert [result["id"] for result in results] == [command["id"] for command in commands]
    assert results[1]["code"] == "gone"
    assert results[3]["fields"]["name"] == {
        "mine": "Två AB",
        "theirs": "Ett AB",
        "seen": "Kund 1 AB",
        "by": ANNA.id,
        "at": "2026-11-23T08:41:00Z",
    }
    assert answer.json()["last_seq"] == 6
    head = site.store.find_head(FIRM)
    again = anna.send(*commands)
    assert again.json() == answer.json()
    assert site.store.find_head(FIRM) == head
    asked = anna.call("GET", "/v1/commands", params={"id": [c["id"] for c in commands] + ["cmd_unknown"]})
    assert asked.json()["results"] == results


def test_a_rejected_command_changes_nothing_and_does_not_move_the_head(site: SyncSite) -> None:
    anna = site.client()
    before = site.store.find_head(FIRM)
    [result] = anna.push(ArchiveCustomer(customer_id="cu_nobody"))
    assert (result["status"], result["head"]) == ("rejected", before)
    assert site.store.find_head(FIRM) == before


@pytest.mark.case(53)
def test_a_conflict_writes_none_of_the_fields(site: SyncSite) -> None:
    anna = site.client()
    one = customer(1)
    anna.push(create(1, id=one.id))
    changes = {
        "name": {"from": "Kund 1 AB", "to": "Nytt namn AB"},
        "legal_form": {"from": "handelsbolag", "to": "aktiebolag"},
    }
    [result] = anna.push(UpdateCustomer(customer_id=one.id, set=changes))
    assert (result["status"], list(result["fields"])) == ("conflict", ["legal_form"])
    rows, _ = anna.pull()
    assert rows[("customer", one.id)]["data"]["name"] == "Kund 1 AB"


def test_a_reused_id_with_other_content_is_refused(site: SyncSite) -> None:
    anna = site.client()
    command = anna.wire(create(1))
    anna.send(command)
    answer = anna.send(command | {"payload": anna.wire(create(2))["payload"]})
    assert (answer.status_code, problem_of(answer)["code"]) == (422, "command-id-reused")
    assert anna.send(command | {"made_at": "2026-11-23T09:00:00Z"}).status_code == 200


def test_a_gap_and_a_fork_are_told_apart(site: SyncSite) -> None:
    anna = site.client()
    anna.push(create(1), create(2))
    gap = anna.send(anna.wire(create(4), seq=4))
    assert (gap.status_code, problem_of(gap)["code"], gap.json()["last_seq"]) == (409, "sequence-gap", 2)
    fork = anna.send(anna.wire(create(5), seq=2))
    assert (fork.status_code, problem_of(fork)["code"], fork.json()["last_seq"]) == (409, "device-forked", 2)


def test_a_command_that_was_numbered_anew_after_a_fork_takes_its_place(site: SyncSite) -> None:
    anna = site.client()
    command = anna.wire(create(1))
    [result] = anna.send(command).json()["results"]
    head = site.store.find_head(FIRM)
    anna.register()
    renumbered = command | {"seq": 1}
    follower = anna.wire(create(2), seq=2)
    answer = anna.send(renumbered, follower).json()
    assert answer["results"][0] == result
    assert (answer["last_seq"], answer["results"][1]["status"]) == (2, "applied")
    assert site.store.find_head(FIRM) == (head or 0) + 1


def test_a_pruned_outcome_never_runs_again(site: SyncSite) -> None:
    anna = site.client()
    command = anna.wire(create(1))
    anna.send(command)
    head = site.store.find_head(FIRM)
    with site.store.write(FIRM) as transaction:
        pruned = transaction.devices.prune_outcomes(transaction.now + timedelta(seconds=1))
    assert pruned == 1
    answer = anna.send(command)
    assert (answer.status_code, problem_of(answer)["code"]) == (409, "outcome-expired")
    assert site.store.find_head(FIRM) == head


def test_a_withdrawn_command_never_happens_however_late_it_comes(site: SyncSite) -> None:
    anna = site.client()
    command = anna.wire(create(1))
    withdrawal = {"id": command["id"], "seq": command["seq"], "withdraw": True}
    assert anna.send(withdrawal).json()["results"][0]["status"] == "withdrawn"
    assert anna.send(command).json()["results"][0]["status"] == "withdrawn"
    assert ("customer", command["entity"]) not in anna.pull()[0]
    done = anna.wire(create(2))
    anna.send(done)
    late = {"id": done["id"], "seq": done["seq"], "withdraw": True}
    assert anna.send(late).json()["results"][0]["status"] == "applied"


def test_commands_that_need_one_that_was_not_applied_fall_with_it(site: SyncSite) -> None:
    anna = site.client()
    refused = anna.wire(ArchiveCustomer(customer_id="cu_nobody"))
    good = anna.wire(create(1))
    follows = anna.wire(create(2), needs=[refused["id"]])
    stands = anna.wire(create(3), needs=[good["id"]])
    results = anna.send(refused, good, follows, stands).json()["results"]
    assert [result["status"] for result in results] == ["rejected", "applied", "rejected", "applied"]
    assert (results[2]["code"], results[2]["data"]["needs"]) == ("depends", refused["id"])


def test_the_batch_stops_where_it_cannot_go_on_and_keeps_what_is_done(site: SyncSite) -> None:
    anna = site.client()
    first, late = anna.wire(create(1)), anna.wire(create(2), seq=3)
    answer = anna.send(first, late)
    assert (answer.status_code, len(answer.json()["results"]), answer.json()["last_seq"]) == (200, 1, 1)
    assert problem_of(anna.send(late))["code"] == "sequence-gap"


def test_a_command_that_the_server_fails_on_leaves_nothing_and_may_come_again(site: SyncSite) -> None:
    anna = site.client()
    first, poison, behind = (anna.wire(create(number)) for number in range(1, 4))
    assert anna.send(first).json()["last_seq"] == 1
    head = site.store.find_head(FIRM)
    # The last thing that a transaction writes has no place: what came before it has been written then.
    rename(site, "audit_entry", "audit_away")
    answer = anna.send(first, poison, behind)
    assert (answer.status_code, len(answer.json()["results"])) == (200, 1), "what is done is told"
    assert answer.json()["last_seq"] == 1, "and nothing else is the device's last number"
    answer = anna.send(poison, behind)
    assert (answer.status_code, problem_of(answer)["code"]) == (500, "internal")
    rename(site, "audit_away", "audit_entry")
    ids = "&".join(f"id={command['id']}" for command in (first, poison, behind))
    known = anna.call("GET", f"/v1/commands?{ids}").json()
    assert ([result["id"] for result in known["results"]], known["last_seq"]) == ([first["id"]], 1)
    assert site.store.find_head(FIRM) == head
    assert [row["data"]["name"] for (t, _), row in anna.pull()[0].items() if t == "customer"] == ["Kund 1 AB"]
    answer = anna.send(poison, behind)
    assert [result["status"] for result in answer.json()["results"]] == ["applied", "applied"]


def rename(site: SyncSite, table: str, to: str) -> None:
    with site.store.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {to}")


def test_a_device_belongs_to_one_person_of_one_firm(site: SyncSite) -> None:
    anna, bo = site.client(), site.client(BO)
    bo.device = anna.device
    answer = bo.send(bo.wire(create(1)))
    assert (answer.status_code, problem_of(answer)["code"]) == (409, "device-unknown")
    assert problem_of(bo.page())["code"] == "device-unknown"


def test_another_epoch_is_told_with_the_last_number(site: SyncSite) -> None:
    anna = site.client()
    anna.push(create(1))
    answer = anna.send(anna.wire(create(2)), epoch="before-the-restore")
    told = problem_of(answer)
    assert (answer.status_code, told["code"], told["epoch"], told["last_seq"]) == (
        409,
        "epoch-changed",
        anna.epoch,
        1,
    )


def test_the_answer_names_the_moment_after_its_last_command(site: SyncSite) -> None:
    anna = site.client()

    def moment() -> tuple[int, int, str]:
        with site.store.read(FIRM) as snapshot:
            return snapshot.head + 1, snapshot.chain_end.number, snapshot.chain_end.hash[:16]

    def named(answer: requests.Response) -> tuple[int, int, str]:
        place = CursorSigner(site.assembly.parts.cursor_keys).read(answer.json()["place"])
        return place.rev, place.entry, place.mark

    first, late = anna.wire(create(1)), anna.wire(create(2), seq=9)
    answer = anna.send(first, anna.wire(ArchiveCustomer(customer_id="cu_nobody"), seq=2), late)
    assert len(answer.json()["results"]) == 2
    assert named(answer) == moment()
    before = moment()
    site.write(customer(7))
    assert moment() > before
    assert named(anna.send(first)) == moment(), "what is known already is known at this moment"
    assert named(anna.send()) == moment()
    assert named(anna.call("GET", "/v1/commands", params={"id": first["id"]})) == moment()
    # It is no place in the changes: as one it is refused.
    assert gone_because(anna.page(answer.json()["place"])) == "access"


def test_a_moment_that_the_database_has_lost_stops_a_push_before_its_first_command(site: SyncSite) -> None:
    anna = site.client()
    anna.push(create(1))
    with site.store.read(FIRM) as snapshot:
        entries, head = [(entry.number, entry.hash[:16]) for entry in snapshot.list_audit()], snapshot.head
    number, mark = entries[-1]
    lost = (
        forge(site, entry=number, mark=mark[::-1]),
        forge(site, entry=number + 1, mark=mark),
        forge(site, entry=entries[0][0], mark=mark),
        forge(site, rev=head + 2),
        forge(site, epoch="yesterday", entry=number, mark=mark),
        forge(site, scope=7, entry=number + 1, mark=mark),
    )
    for place in lost:
        command = anna.wire(create(2), seq=2)
        answer = anna.send(command, place=place)
        told = problem_of(answer)
        assert (answer.status_code, told["code"], told["epoch"], told["last_seq"]) == (
            409,
            "epoch-changed",
            anna.epoch,
            1,
        )
        gone = anna.page(place=place)
        assert (gone.status_code, gone_because(gone)) == (410, "epoch")
    assert site.store.find_head(FIRM) == head
    for seq, (number, mark) in enumerate(entries, start=2):
        kept = forge(site, entry=number, mark=mark)
        answer = anna.send(anna.wire(create(seq), seq=seq), place=kept)
        assert (answer.status_code, answer.json()["last_seq"]) == (200, seq)
        assert anna.page(place=kept).status_code == 200


def test_a_place_that_is_not_the_persons_or_not_ours_says_nothing(site: SyncSite) -> None:
    anna, bo, odd = site.client(), site.client(BO), site.client(ODD, OTHER_FIRM)
    [theirs, foreign] = (one.send(one.wire(create(9))).json()["place"] for one in (bo, odd))
    fields = {
        "schema": 1, "epoch": "", "firm_id": FIRM, "staff_id": ANNA.id, "scope": 1, "start": 0, "rev": 10**6,
        "type": "", "id": "",
    }  # fmt: skip
    others = (
        theirs,
        foreign,
        forge(site, firm_id=OTHER_FIRM, rev=10**6),
        forge(site, staff_id=BO.id, rev=10**6),
        forge(site, schema=0, rev=10**6),
        CursorSigner([b"a key that is gone"]).write(Cursor(**fields)),
        "x",
        "åäö\x00",
        "=" * 40,
        forge(site) + "A",
        forge(site)[:-4],
    )
    for seq, place in enumerate(others, start=1):
        answer = anna.send(anna.wire(create(seq), seq=seq), place=place)
        assert (answer.status_code, answer.json()["last_seq"]) == (200, seq), place
        assert anna.page(place=place).status_code == 200
    for wrong in ("x" * 4001, 7, None):
        assert problem_of(anna.send(anna.wire(create(1)), place=wrong))["code"] == "invalid"
        assert problem_of(anna.page(place=wrong))["code"] == "invalid"


def test_who_has_left_is_signed_out_inside_the_transaction(site: SyncSite) -> None:
    bo = site.client(BO)
    site.write(Staff(id=BO.id, name=BO.name, email=BO.email, sees="own", state="left"))
    answer = bo.send(bo.wire(create(1)))
    assert (answer.status_code, problem_of(answer)["code"]) == (401, "sign-in-needed")


def test_a_number_can_be_used_once_in_the_firm(site: SyncSite) -> None:
    anna = site.client()
    number = "165560360793"
    results = anna.push(
        create(1, organisation_number=number),
        create(2, organisation_number=number),
        create(3, organisation_number=number, serial=1),
    )
    assert [result.get("code", "") for result in results] == ["", "duplicate_number", ""]


def test_five_hundred_commands_in_one_push_and_no_more(site: SyncSite) -> None:
    anna = site.client()
    results = anna.push(*[create(number) for number in range(500)])
    assert {result["status"] for result in results} == {"applied"}
    assert [result["head"] for result in results] == list(range(results[0]["head"], results[0]["head"] + 500))
    too_many = anna.send(*[anna.wire(create(number)) for number in range(501)])
    assert (too_many.status_code, problem_of(too_many)["code"]) == (413, "too-large")


def test_a_body_that_is_too_large_or_has_not_its_shape(site: SyncSite) -> None:
    anna = site.client()
    huge = anna.wire(create(1, name="x" * 1_100_000))
    assert problem_of(anna.send(huge))["code"] == "too-large"
    for body in (b"", b"<html>", b"[]", b'{"device": 1}', b"\xff\xfe"):
        answer = anna.call("POST", "/v1/sync/push", data=body)
        assert (answer.status_code, problem_of(answer)["code"]) == (400, "invalid")


def test_the_contact_of_an_unseen_customer_is_as_good_as_none(site: SyncSite) -> None:
    """Control of what a person may not see: the same command of a person who sees all is applied."""
    hidden = customer(1)
    site.write(hidden)
    contact = AddContact(contact=Contact(id=new_id("ct"), customer_id=hidden.id, name="Kim"))
    [refused] = site.client(BO).push(contact)
    assert (refused["status"], refused["code"]) == ("rejected", "gone")
    [applied] = site.client().push(contact)
    assert applied["status"] == "applied"


def test_a_command_of_a_newer_shape_waits_and_gets_no_outcome(site: SyncSite) -> None:
    anna = site.client()
    newer = anna.wire(create(1), v=2)
    answer = anna.send(anna.wire(create(2), seq=1), newer | {"seq": 2})
    assert [result["status"] for result in answer.json()["results"]] == ["applied"]
    answer = anna.send(newer | {"seq": 2})
    assert (answer.status_code, problem_of(answer)["code"]) == (426, "upgrade-needed")
    withdrawal = {"id": newer["id"], "seq": 2, "v": 2, "withdraw": True}
    assert anna.send(withdrawal).json()["results"][0]["status"] == "withdrawn"
