"""What somebody with a client of their own can have the server keep is as limited as in a form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from app.contract.wire import LONGEST_DEVICE_NAME, MOST_NEEDS
from app.domain.commands import COMMAND_TYPES
from app.domain.limits import LIMITS, Letters, letters_of
from app.server.api.described_commands import describe_commands
from app.server.api.openapi import REFERENCE
from app.server.store.tables import command_outcome
from tests.server.sync_site import FIRM, Client, SyncSite, create
from tests.support.command_examples import example, places, put

LONG = "x" * 10_000


@pytest.fixture
def anna(site: SyncSite) -> Client:
    return site.client()


def list_outcomes(site: SyncSite) -> list[Any]:
    with site.store.read(FIRM) as snapshot:
        asked = select(command_outcome).where(command_outcome.c.firm_id == FIRM)
        return list(snapshot.connection.execute(asked))


def test_each_type_of_command_beyond_a_limit_has_an_outcome(site: SyncSite, anna: Client) -> None:
    """None stands in a device's way, and none leaves more than a line of what it said."""
    head = site.store.find_head(FIRM)
    payloads = []
    for cls in COMMAND_TYPES.values():
        path = next(path for path, kind in reversed(list(places(cls))) if kind is str)
        payloads.append(put(example(cls), path, LONG))
    results = anna.push(*payloads)
    assert {(r["status"], r["code"]) for r in results} == {("rejected", "too_long")}
    assert len(results) == len(COMMAND_TYPES)
    assert site.store.find_head(FIRM) == head
    [result] = anna.push(create(1, name="å" * letters_of("name")))
    assert result["status"] == "applied", "the control: what is at its limit is taken"
    kept = list_outcomes(site)
    assert len(kept) == len(COMMAND_TYPES) + 1
    assert max(len(row.result) for row in kept) < 1000


def test_what_is_around_a_command_is_limited(site: SyncSite, anna: Client) -> None:
    for changes, code in (
        ({"type": LONG}, "too_long"),
        ({"entity": LONG}, "too_long"),
        ({"needs": [LONG]}, "too_long"),
        ({"needs": [f"cmd_{n}" for n in range(MOST_NEEDS + 1)]}, "too_many"),
    ):
        answer = anna.send(anna.wire(create(1), **changes))
        [result] = answer.json()["results"]
        assert (result["status"], result["code"]) == ("rejected", code)
    assert max(len(value) for row in list_outcomes(site) for value in (row.type, row.entity)) <= 80
    [result] = anna.push(create(2))
    assert result["status"] == "applied"
    for body in ({"id": LONG, "seq": 9}, {"id": "a", "seq": 2**63}, {"id": "a", "seq": -1}):
        assert anna.send(body).status_code == 400, "no program of ours can have written it"


def test_a_device_is_not_called_a_novel(anna: Client) -> None:
    for name, status in (("d" * LONGEST_DEVICE_NAME, 201), ("d" * (LONGEST_DEVICE_NAME + 1), 400)):
        answer = anna.call("POST", "/v1/devices", json={"name": name})
        assert answer.status_code == status
    assert anna.call("POST", "/v1/devices", json={"name": "d", "platform": LONG}).status_code == 400


def test_the_description_tells_each_limit() -> None:
    payload, components = describe_commands(REFERENCE)
    assert len(payload["anyOf"]) == len(COMMAND_TYPES)
    unlimited = [
        f"{name}.{field}"
        for name, schema in components.items()
        for field, part in schema["properties"].items()
        for one in (part, *part.get("anyOf", ()))
        if is_unlimited(one)
    ]
    assert unlimited == []
    assert components["Customer"]["properties"]["name"]["maxLength"] == letters_of("name")
    missing = {name for name in LIMITS if f'"{name}"' not in json.dumps(components)}
    assert {name for name in missing if isinstance(LIMITS[name], Letters)} == set(), (
        "nothing idle in the table"
    )


def is_unlimited(schema: dict[str, Any]) -> bool:
    match schema.get("type"):
        case "string":
            return "maxLength" not in schema and "between" not in schema.get("description", "")
        case "integer":
            return "maximum" not in schema
        case "array":
            return "maxItems" not in schema or is_unlimited(schema["items"])
        case _:
            return False


def test_a_schema_without_a_limit_is_seen() -> None:
    """The control of the one above."""
    assert is_unlimited({"type": "string"})
    assert is_unlimited({"type": "array", "maxItems": 3, "items": {"type": "string"}})
    assert is_unlimited({"type": "integer", "minimum": 0})
    assert not is_unlimited({"type": "string", "maxLength": 3})
