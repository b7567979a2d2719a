"""Schemathesis over the whole OpenAPI document: nothing that can be sent makes the server fail.

Each operation is called with generated requests twice over: as a stranger to the protocol sends them, and as
a registered device whose pushes follow one upon the other, so that they come past the first refusal.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import schemathesis.checks
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.contract.wire import DEVICE_HEADER
from app.server.api.openapi import describe_api
from app.server.store import open_store
from tests.server.sync_site import Client, customer, sync_site
from tests.support.clocks import FixedClock

IS_LONG = os.environ.get("SAMVERKA_LONG") == "1"
EXAMPLES = 400 if IS_LONG else 25
CHECKS = (
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not IS_LONG,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
schema = schemathesis.openapi.from_dict(describe_api("contract"))


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Client]:
    """Give a signed-in person with a registered device, at a server with some rows."""
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=FixedClock())
    try:
        with sync_site(store) as site:
            site.write(*[customer(number) for number in range(5)])
            yield site.client()
    finally:
        store.close()


@schema.parametrize()
@SETTINGS
def test_no_request_makes_the_server_fail(case: Any, anna: Client) -> None:
    response = call(case, anna)
    case.validate_response(response, checks=CHECKS)


@schema.parametrize()
@settings(SETTINGS, max_examples=max(10, EXAMPLES // 2))
def test_no_request_of_a_registered_device_makes_the_server_fail(case: Any, anna: Client) -> None:
    names = {parameter.name for parameter in case.operation.headers}
    if DEVICE_HEADER in names:
        case.headers[DEVICE_HEADER] = anna.device
    if case.path == "/v1/sync/push" and isinstance(case.body, dict):
        case.body |= {"device": anna.device, "epoch": anna.epoch}
        last = anna.send().json()["last_seq"]
        # It may be anything but a list: that stays, for the server to refuse.
        commands = case.body.get("commands")
        for place, command in enumerate(commands if isinstance(commands, list) else ()):
            if isinstance(command, dict):
                command["seq"] = last + 1 + place
    response = call(case, anna)
    case.validate_response(response, checks=CHECKS)


@pytest.mark.parametrize("path", ["/v1/sync/push", "/v1/sync/pull", "/v1/devices", "/v1/registrations/check"])
def test_bytes_that_are_no_json(path: str, anna: Client) -> None:
    for body in (
        b"",
        b"\x00",
        b"{",
        b"[" * 50_000,
        b'{"a":' * 20_000,
        b'"' + b"\xff" * 100,
        b"1e999",
        b"NaN",
    ):
        answer = anna.call("POST", path, data=body)
        assert answer.status_code in (400, 413), (path, body[:20], answer.status_code)


def call(case: Any, anna: Client) -> Any:
    anna_header = {"Authorization": f"Bearer {anna.token}"}
    if "wait" in (case.query or {}):
        case.query["wait"] = "0"
    elif case.path.endswith("/poke"):
        case.query = {**(case.query or {}), "wait": "0"}
    return case.call(base_url=anna.url, headers=anna_header, timeout=60)


def test_description_leaves_nothing_out() -> None:
    """The control of the whole: as many operations are called as the document has."""
    described = describe_api("contract")["paths"]
    wanted = {(method.upper(), path) for path, methods in described.items() for method in methods}
    called = {(result.ok().method.upper(), result.ok().path) for result in schema.get_all_operations()}
    assert called == wanted
    assert len(called) >= 10
