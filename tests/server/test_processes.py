"""Several server processes on one database: 200 clients wait at two of them, and all hear of a commit."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests

from app.server.assembly import assemble
from app.server.store import open_store
from tests.server.conftest import PREPARED
from tests.server.sync_site import ANNA, FIRM, Client, SyncSite, create, fill
from tests.support.postgresql_cluster import Cluster

WAITING = 200
PATIENCE = 60.0
MAIN = Path(__file__).parents[2] / "main.py"


@contextmanager
def serving_process(database: str, folder: Path) -> Iterator[str]:
    """Run `samverka serve` and give its address."""
    words = [
        sys.executable,
        str(MAIN),
        "serve",
        "--database",
        database,
        "--state",
        str(folder),
    ]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        yield str(json.loads(line)["url"])
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()


async def wait_everywhere(
    addresses: list[str], client: Client, head: int, waiting: asyncio.Event
) -> list[int]:
    """Return the heads that 200 long polls, spread over the processes, are answered with."""
    limits = httpx.Limits(max_connections=WAITING + 20, max_keepalive_connections=0)
    headers = {"Authorization": f"Bearer {client.token}"}
    async with httpx.AsyncClient(limits=limits, timeout=PATIENCE, headers=headers) as http:

        async def poke(number: int) -> int:
            address = addresses[number % len(addresses)]
            answer = await http.get(f"{address}/v1/sync/poke", params={"head": head, "wait": 25})
            assert answer.status_code == 200, answer.text
            return int(answer.json()["head"])

        async def watch() -> None:
            while True:
                counted = 0.0
                for address in addresses:
                    figures = (await http.get(f"{address}/metrics")).text
                    line = next(x for x in figures.splitlines() if x.startswith("samverka_poke_waiting "))
                    counted += float(line.split()[1])
                if counted >= WAITING:
                    waiting.set()
                    return

        watching = asyncio.create_task(watch())
        heads = await asyncio.gather(*[poke(number) for number in range(WAITING)])
        await watching
        return list(heads)


@pytest.mark.postgresql
def test_two_hundred_waiting_clients_at_two_processes_hear_of_a_commit(
    cluster: Cluster, tmp_path: Path
) -> None:
    name = f"test_{secrets.token_hex(6)}"
    database = cluster.create(name, PREPARED)
    store = open_store(database)
    fill(store)
    site = SyncSite(
        "", store, assemble(store, version="test", local_url="http://127.0.0.1", with_threads=False)
    )
    with ExitStack() as stack:
        addresses = [
            stack.enter_context(serving_process(database, tmp_path / f"state{number}")) for number in (0, 1)
        ]
        anna = Client(addresses[0], site.token(FIRM, ANNA.id))
        anna.register()
        head = store.find_head(FIRM)
        assert head is not None

        async def story() -> list[int]:
            waiting = asyncio.Event()
            poking = asyncio.create_task(wait_everywhere(addresses, anna, head, waiting))
            await waiting.wait()
            [result] = await asyncio.to_thread(anna.push, create(1))
            assert result["status"] == "applied"
            return await poking

        assert asyncio.run(story()) == [head + 1] * WAITING
        other = Client(addresses[1], site.token(FIRM, ANNA.id))
        other.register()
        _, cursor = other.pull()
        # A cursor of one process is good at the other, and so are tokens, devices and sequence numbers.
        anna.url, other.url = addresses[1], addresses[0]
        [result] = anna.push(create(2))
        assert (result["status"], result["head"]) == ("applied", head + 2)
        changes, _ = other.pull(cursor)
        assert {kind for kind, _ in changes} >= {"customer", "event"}
        assert requests.get(f"{addresses[0]}/health", timeout=60).json() == {"status": "ok"}
    store.close()
    cluster.drop(name)


IS_LONG = os.environ.get("SAMVERKA_LONG") == "1"
MANY, FEWER = 300, 100
"""Clients at once: a page, a command, and a long poll each, spread over two processes. Fewer on SQLite, where
one process writes at a time, unless there is time.
"""


async def be_many(addresses: list[str], tokens: list[str]) -> list[tuple[str, int]]:
    """Let each token's client register, pull, push and wait for news; return what was answered otherwise
    than with 200, 201, or a refusal that says when to come again.
    """
    odd: list[tuple[str, int]] = []
    # None is put away for its age: on a loaded machine httpcore closes one that it has just given away.
    limits = httpx.Limits(max_keepalive_connections=None, keepalive_expiry=None)
    verify = ssl.create_default_context()  # nothing here is encrypted, and each would load the certificates

    async def live(number: int, token: str) -> str | None:
        one, other = addresses[number % 2], addresses[(number + 1) % 2]
        headers = {"Authorization": f"Bearer {token}"}
        # Connections of its own: httpcore goes through all of a common pool several times for each request.
        async with httpx.AsyncClient(limits=limits, timeout=600, verify=verify) as http:

            async def call(what: str, method: str, url: str, **more: Any) -> Any:
                while True:
                    answer = await http.request(method, url, **more)
                    if answer.status_code in (200, 201):
                        return answer.json()
                    if answer.status_code not in (429, 503) or "Retry-After" not in answer.headers:
                        odd.append((what, answer.status_code))
                        return None
                    await asyncio.sleep(float(answer.headers["Retry-After"]))

            made = await call("device", "POST", f"{one}/v1/devices", headers=headers, json={"name": "x"})
            if made is None:
                return None
            headers |= {"Samverka-Device": made["device"]}
            page = await call("pull", "POST", f"{one}/v1/sync/pull", headers=headers, json={"limit": 500})
            writer = Client("", token, made["device"], made["epoch"])
            body = {
                "device": made["device"],
                "epoch": made["epoch"],
                "commands": [writer.wire(create(number))],
            }
            pushed = await call("push", "POST", f"{other}/v1/sync/push", headers=headers, json=body)
            if page is None or pushed is None:
                return None
            poked = await call(
                "poke",
                "GET",
                f"{one}/v1/sync/poke",
                headers=headers,
                params={"head": page["head"], "wait": 25},
            )
            return None if poked is None else str(pushed["results"][0]["status"])

    told = await asyncio.gather(*[live(number, token) for number, token in enumerate(tokens)])
    return odd + [("push", 0) for status in told if status not in ("applied", None)]


def test_three_hundred_clients_at_once_at_two_processes(database: str, tmp_path: Path) -> None:
    store = open_store(database)
    fill(store)
    site = SyncSite(
        "", store, assemble(store, version="test", local_url="http://127.0.0.1", with_threads=False)
    )
    many = MANY if IS_LONG or database.startswith("postgresql") else FEWER
    tokens = [site.token(FIRM, ANNA.id) for _ in range(many)]
    with ExitStack() as stack:
        stack.callback(store.close)
        addresses = [
            stack.enter_context(serving_process(database, tmp_path / f"state{number}")) for number in (0, 1)
        ]
        assert asyncio.run(be_many(addresses, tokens)) == []
        with store.read(FIRM) as snapshot:
            assert len(snapshot.reader.list_ids("customer")) == many
        # The control: a client whose session has ended is answered otherwise, and that is seen.
        site.assembly.issuer.revoke(tokens[0])
        assert asyncio.run(be_many(addresses, tokens[:1])) == [("device", 401)]
