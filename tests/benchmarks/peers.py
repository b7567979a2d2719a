"""A first synchronisation beside PouchDB, which replicates the same rows from a server of its own.

Theirs is PouchDB with LevelDB in node, batches of 1000, from express-pouchdb on LevelDB; ours the encrypted
cache, once until every row is stored and once with lists and search, which PouchDB does not make. Both
servers run all the time and the clients take turns.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import requests

from tests.benchmarks import sync
from tests.benchmarks.figures import Figure
from tests.benchmarks.folders import benchmark_folder
from tests.support.npm import node_folder

ROWS = 40_000
RUNS = 3
HERE = Path(__file__).parent / "node"
_PAGE = 2000


def measure(*, rows: int | None = None, where: bool = False) -> list[Figure]:
    """Return rows a second, ours and theirs; ``rows`` in all at the servers (40,000)."""
    modules = node_folder(HERE)
    with ExitStack() as stack:
        folder = stack.enter_context(benchmark_folder())
        place = stack.enter_context(sync.running(folder / "ours", rows or ROWS))
        documents = folder / "rows.jsonl"
        _write_documents(place, documents)
        url = stack.enter_context(_pouchdb(modules, folder / "theirs", documents))
        ours: list[dict[str, float]] = []
        theirs: list[dict[str, float]] = []
        for number in range(RUNS):
            theirs.append(_replicate(modules, url, folder / f"pouchdb{number}"))
            with sync.client(place, folder / f"ours{number}") as talk:
                ours.append(talk())
    received = int(ours[0]["rows"])
    if theirs[0]["rows"] != received:
        raise AssertionError(f"not the same rows: {received} and {theirs[0]['rows']}")
    floor = statistics.median(run["rows"] / run["seconds"] for run in theirs)
    return [
        Figure(
            name=f"{received} rows until they are stored, beside PouchDB",
            unit="rows/s",
            ours=statistics.median(run["rows"] / run["until_last_page"] for run in ours),
            floor=floor,
            target="≥ 10 times PouchDB's",
            runs=RUNS,
        ),
        Figure(
            name=f"{received} rows with lists and search, beside PouchDB without",
            unit="rows/s",
            ours=statistics.median(run["rows"] / run["seconds"] for run in ours),
            floor=floor,
            target="reported",
            runs=RUNS,
            details={
                "user CPU, s": round(statistics.median(run["user"] for run in ours), 2),
                "user CPU of PouchDB, s": round(statistics.median(run["user"] for run in theirs), 2),
            },
        ),
    ]


def _write_documents(place: sync.Place, file: Path) -> None:
    """Write what our server gives as one document a line."""
    headers = {
        "Authorization": f"Bearer {place.token}",
        "Sync-Protocol": "1",
        "Samverka-Device": place.device(),
    }
    cursor: str | None = None
    with file.open("w", encoding="utf-8") as lines, requests.Session() as session:
        while True:
            asked = {"limit": _PAGE} | ({"cursor": cursor} if cursor else {})
            answer = session.post(f"{place.address}/v1/sync/pull", json=asked, headers=headers, timeout=60)
            page = answer.json()
            for change in page["changes"]:
                one = {"_id": f"{change['t']}:{change['id']}", "rev": change["rev"], "data": change["data"]}
                lines.write(json.dumps(one, ensure_ascii=False) + "\n")
            cursor = page["cursor"]
            if not page["more"] and not page.get("snapshot"):
                return


@contextmanager
def _pouchdb(modules: Path, folder: Path, documents: Path) -> Iterator[str]:
    folder.mkdir()
    process = subprocess.Popen(
        ["node", str(HERE / "pouchdb_server.js"), str(folder), str(documents)],
        env=_environment(modules),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield str(json.loads(process.stdout.readline())["url"])
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def _replicate(modules: Path, url: str, folder: Path) -> dict[str, float]:
    folder.mkdir()
    done = subprocess.run(
        ["node", str(HERE / "pouchdb_client.js"), url, str(folder)],
        env=_environment(modules),
        check=True,
        capture_output=True,
        text=True,
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _environment(modules: Path) -> dict[str, str]:
    return {**os.environ, "NODE_PATH": str(modules / "node_modules")}
