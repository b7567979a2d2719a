"""Schemathesis walks along the links of the OpenAPI document: registers, pushes, pulls with its cursor.

Each step goes to the running server, with what earlier answers gave. Pushes are made to follow upon the
device's last number, and some of their commands are honest, so that the walks come past the first refusal.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import schemathesis.checks
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.errors import Flaky
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.domain.commands import COMMAND_NAMES
from app.server.api.openapi import OPERATIONS, describe_api
from app.server.store import open_store
from tests.server.sync_site import ANNA, FIRM, Client, SyncSite, create, customer, sync_site
from tests.support.clocks import FixedClock

IS_LONG = os.environ.get("SAMVERKA_LONG") == "1"
WALKS = 60 if IS_LONG else 3
MOST_WALKS = 500
STEPS = 20 if IS_LONG else 8
CHECKS = (
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
REACHED = ("POST /v1/devices 201", "POST /v1/sync/push 200", "POST /v1/sync/pull 200")
NAMES = sorted(COMMAND_NAMES.values())
schema = schemathesis.openapi.from_dict(describe_api("contract"))
Walk: Any = schema.as_state_machine()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SyncSite]:
    store = open_store(f"sqlite:///{tmp_path / 'server.db'}", clock=FixedClock())
    try:
        with sync_site(store, shows_tray=True) as running:
            running.write(*[customer(number) for number in range(5)])
            yield running
    finally:
        store.close()


class Walks:
    """Walks on a site: what was answered, which links were followed, what was not as described."""

    def __init__(self, site: SyncSite) -> None:
        self.site = site
        self.answers: Counter[str] = Counter()
        self.followed: Counter[str] = Counter()
        self.failures: list[str] = []
        self.walk = self._make()

    def missing(self) -> list[str]:
        """Return what a walk that gets anywhere is answered, and none was."""
        return [answer for answer in REACHED if not self.answers[answer]]

    def run(self, number: int) -> None:
        """Walk a few times, with other dice for each number."""
        # Answers hold ids and cursors that are never the same twice: Hypothesis finds that it cannot repeat a
        # walk and ends this run. Nothing is lost by it, as what failed is noted at once.
        with suppress(Flaky):
            seed(number)(self.walk)
            self.walk.run(
                settings=settings(
                    max_examples=3,
                    stateful_step_count=STEPS,
                    deadline=None,
                    database=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )
            )

    def _make(self) -> Any:
        walks = self

        class OnSite(Walk):  # type: ignore[misc]
            def setup(self) -> None:
                self.client = walks.site.client()

            def get_call_kwargs(self, case: Any) -> dict[str, Any]:
                headers = {"Authorization": f"Bearer {self.client.token}"}
                return {"base_url": walks.site.url, "headers": headers, "timeout": 60}

            def before_call(self, case: Any) -> None:
                if case.path.endswith("/poke"):
                    case.query = {**(case.query or {}), "wait": "0"}
                if case.path == "/v1/sync/push" and isinstance(case.body, dict):
                    follow_on(self.client, case.body)

            def validate_response(self, response: Any, case: Any, **_more: Any) -> None:
                walks.answers[f"{case.method.upper()} {case.path} {response.status_code}"] += 1
                if response.status_code == 401:
                    # The walk has ended its own sign-in.
                    self.client.token = walks.site.token(FIRM, ANNA.id)
                try:
                    case.validate_response(response, checks=CHECKS)
                except FailureGroup as error:
                    walks.failures += [str(each) for each in error.exceptions]

            def step(self, input: Any) -> Any:  # noqa: A002  the name of the base
                if input.transition is not None and input.is_applied:
                    walks.followed[input.transition.id] += 1
                return super().step(input)

        return OnSite


def follow_on(client: Client, body: dict[str, Any]) -> None:
    """Let a push's commands follow upon the device's last one; every third of them is honest."""
    if not str(body.get("device")).startswith("dv_"):
        return  # nobody's: it stays as it is
    client.device, client.epoch = str(body["device"]), str(body.get("epoch"))
    answer = client.send()
    client.seq = answer.json()["last_seq"] if answer.status_code == 200 else 0
    for command in [each for each in body.get("commands") or () if isinstance(each, dict)]:
        if client.seq % 3 == 2:
            command.clear()
            command.update(client.wire(create(client.seq)))
        else:
            client.seq += 1
            command["seq"] = client.seq
            command["type"] = NAMES[client.seq % len(NAMES)]


def test_walks_along_the_links_never_make_the_server_fail(site: SyncSite) -> None:
    walks = Walks(site)
    number = 0
    while number < WALKS or (walks.missing() and number < MOST_WALKS):
        walks.run(number)
        number += 1
    print(dict(walks.answers), dict(walks.followed))
    assert walks.failures == []
    assert walks.missing() == [], "the control: the walks came past the first refusal"


def test_links_lead_to_operations_and_fields_that_exist() -> None:
    known = {(operation.method, operation.path): operation for operation in OPERATIONS}
    links = [link for operation in OPERATIONS for link in operation.links]
    assert len(links) >= 8
    for link in links:
        target = known[link.method, link.path]
        assert set(link.parameters) <= {parameter.name for parameter in target.parameters}
        assert set(link.body) <= set(target.body.__struct_fields__ if link.body else ())
