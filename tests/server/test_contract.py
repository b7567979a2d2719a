"""Whatever fits the OpenAPI document, and much that does not, is answered, and never with a 5xx."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode

from tests.server.sync_site import Client, SyncSite, create

EXAMPLES = 6
"""For each operation and each of valid and invalid input; `check --long` may take more."""


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Give one database: what is asked here does not come that far, or has tests on both."""
    return f"sqlite:///{tmp_path / 'server.db'}"


def operations(site: SyncSite) -> list[Any]:
    described = requests.get(f"{site.url}/v1/openapi.json", timeout=60).json()
    schema = schemathesis.openapi.from_dict(described)
    return [result.ok() for result in schema.get_all_operations()]


def ask(client: Client, case: Any) -> requests.Response:
    """Send what was made up, with a token and a device that are good."""
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {client.token}"}
    if "Samverka-Device" in case.headers:
        case.headers["Samverka-Device"] = client.device
    if case.path.endswith("poke"):
        case.query = {**(case.query or {}), "wait": 0}
    answer = case.call(base_url=client.url, timeout=60)
    told = requests.Response()
    told.status_code = answer.status_code
    told._content = answer.content
    told.headers.update({name: value[0] for name, value in answer.headers.items()})
    return told


def ask_all(
    client: Client, operation: Any, mode: GenerationMode, phases: tuple[Phase, ...] = tuple(Phase)
) -> int:
    """Ask what can be made up for an operation; return how many requests that were."""
    documented = {int(status) for status in operation.definition.raw["responses"]}
    # Headers and paths that cannot be sent, or lead elsewhere, are answered by the framework.
    allowed = documented | {400, 404, 405, 413}
    asked = 0

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    def run(case: Any) -> None:
        nonlocal asked
        answer = ask(client, case)
        assert answer.status_code < 500, (operation.label, answer.status_code, answer.text)
        assert answer.status_code in allowed, (operation.label, answer.status_code, answer.text)
        asked += 1

    run()
    return asked


def can_be_wrong(operation: Any) -> bool:
    """Tell whether an operation takes anything: without that it has no wrong requests."""
    return bool(operation.body) or any(True for _ in operation.iter_parameters())


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_is_a_fault_and_every_status_is_in_the_document(
    site: SyncSite, mode: GenerationMode
) -> None:
    anna = site.client()
    anna.push(create(1))
    chosen = [one for one in operations(site) if mode == GenerationMode.POSITIVE or can_be_wrong(one)]
    asked = {operation.label: ask_all(anna, operation, mode) for operation in chosen}
    assert len(asked) >= (10 if mode == GenerationMode.POSITIVE else 6), asked
    assert min(asked.values()) >= 1
    assert sum(asked.values()) >= 5 * len(asked), asked


def test_a_fault_would_be_seen(site: SyncSite) -> None:
    """The control: the same requests to a server whose table of scopes is gone."""
    anna = site.client()
    with site.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE staff_scope RENAME TO staff_scope_away")
    [pull] = [one for one in operations(site) if one.path == "/v1/sync/pull"]
    with pytest.raises(AssertionError, match="500"):
        ask_all(anna, pull, GenerationMode.POSITIVE, phases=(Phase.generate,))
