"""Several server processes on one database: 200 clients wait at two of them, and all hear of a commit."""

from __future__ import annotations

import asyncio
import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

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
