"""First synchronisation and a small change: our client against the least client, at one running server."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from app.domain.effects import Effect, Put
from app.domain.ids import new_id
from app.domain.records import Collaboration, Company, Contact, Customer, Engagement, Record
from app.server.assembly import assemble
from app.server.store import SERVER, Store, open_store
from tests.benchmarks.figures import Figure
from tests.benchmarks.folders import benchmark_folder
from tests.server.sync_site import ANNA, FIRM, SyncSite, fill
from tests.support.kept_server import kept_server

ROWS = 400_000
SMALL = 10_000
CHANGED = 100
RUNS = 3
DELTAS = 7
_LOT = 20_000
MAIN = Path(__file__).parents[2] / "main.py"


@dataclass(frozen=True)
class Place:
    """A running server with its rows."""

    address: str
    token: str
    store: Store
    customers: Sequence[Customer]
    process: subprocess.Popen[str]

    def peak_mb(self) -> float:
        """Return the most memory that the server has had, in megabytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def device(self) -> str:
        """Register a device for the floor."""
        answer = requests.post(
            f"{self.address}/v1/devices",
            json={"name": "floor"},
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=30,
        )
        return str(answer.json()["device"])

    def change(self) -> None:
        """Change a hundred customers."""
        changes = [
            Put(Customer(id=one.id, customer_number=one.customer_number, name=new_id("x")))
            for one in self.customers[:CHANGED]
        ]
        with self.store.write(FIRM) as transaction:
            transaction.write(Effect(changes=tuple(changes)), by=SERVER, source=new_id("bench"))


def measure(*, rows: int | None = None, where: bool = False) -> list[Figure]:
    """Return the figures; ``rows`` in all at the server (400,000)."""
    rows = rows or ROWS
    less = min(rows, SMALL)
    # So few rows say nothing: then it is only asked whether the measurement runs.
    runs, rounds = (RUNS, DELTAS) if rows > SMALL else (1, 1)
    with ExitStack() as stack:
        folder = stack.enter_context(benchmark_folder())
        large = stack.enter_context(running(folder / "large", rows))
        small = stack.enter_context(running(folder / "small", less))
        floors: list[dict[str, float]] = []
        plain: list[dict[str, float]] = []
        ours: list[dict[str, float]] = []
        for number in range(runs):
            floors.append(_run_floor("pull_floor", large, folder / f"floor{number}.db"))
            plain.append(_run_floor("pull_plain", large, folder / f"plain{number}.db"))
            with client(large, folder / f"ours{number}") as talk:
                ours.append(talk())
        on_large: list[float] = []
        on_small: list[float] = []
        with client(large, folder / "l") as ask_large, client(small, folder / "s") as ask_small:
            ask_large()
            ask_small()
            for _ in range(rounds):
                for place, ask, told in ((small, ask_small, on_small), (large, ask_large, on_large)):
                    place.change()
                    told.append(ask()["seconds"] * 1000)
        floor, user = (statistics.median(run[name] for run in floors) for name in ("seconds", "user"))
        whole, shown = (statistics.median(run[name] for run in ours) for name in ("seconds", "until_shown"))
        pages = statistics.median(run["until_last_page"] for run in ours)
        received = int(ours[0]["rows"])
        return [
            Figure(
                name=f"first synchronisation of {received} rows, until the last page is there",
                unit="s",
                ours=pages,
                floor=floor,
                target="≤ 1.35 (ours without its last transaction, the floor with it)",
                runs=runs,
                details={
                    "rows a second": round(received / pages),
                    "rows of the floor": floors[0]["rows"],
                },
            ),
            Figure(
                name="the same, against requests, json and SQLAlchemy Core's upsert",
                unit="s",
                ours=pages,
                floor=statistics.median(run["seconds"] for run in plain),
                target="≤ 0.7 (ours without its last transaction, theirs with it)",
                runs=runs,
                details={
                    "until lists and search are there, ratio": round(
                        shown / statistics.median(run["seconds"] for run in plain), 2
                    ),
                    "user CPU of it, s": round(statistics.median(run["user"] for run in plain), 2),
                },
            ),
            Figure(
                name=f"first synchronisation of {received} rows, until lists and search are there",
                unit="s",
                ours=shown,
                floor=floor,
                target="≤ 2.2",
                runs=runs,
                details={
                    "until the round is over, s": round(whole, 2),
                    "user CPU, s": round(statistics.median(run["user"] for run in ours), 2),
                    "user CPU of the floor, s": round(user, 2),
                    "client's peak above idle, MB": round(max(run["peak_mb"] for run in ours)),
                    "server's peak, MB": round(large.peak_mb()),
                },
            ),
            Figure(
                name=f"{CHANGED} changed rows into a cache of {received}, against one of {less}",
                unit="ms",
                ours=statistics.median(on_large),
                floor=statistics.median(on_small),
                target="≤ 1.3",
                runs=rounds,
            ),
        ]


def _run_floor(name: str, place: Place, file: Path) -> dict[str, float]:
    words = [sys.executable, "-m", f"tests.benchmarks.floors.{name}"]
    done = subprocess.run(
        [*words, place.address, place.token, place.device(), str(file)],
        check=True,
        capture_output=True,
        text=True,
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


@contextmanager
def client(place: Place, folder: Path) -> Iterator[Any]:
    """Run our client in a process of its own; each call makes a round and returns its figures."""
    folder.mkdir()
    words = [sys.executable, "-m", "tests.benchmarks.pulling_client", place.address, place.token, str(folder)]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    first = True

    def talk() -> dict[str, float]:
        nonlocal first
        assert process.stdin is not None
        assert process.stdout is not None
        if not first:
            process.stdin.write("\n")
            process.stdin.flush()
        first = False
        told: dict[str, float] = json.loads(process.stdout.readline())
        return told

    try:
        yield talk
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


@contextmanager
def running(folder: Path, rows: int) -> Iterator[Place]:
    """Run a server on a file with that many rows."""
    folder.mkdir()
    database = f"sqlite:///{folder / 'server.db'}"
    store = open_store(database)
    fill(store)
    customers = write_rows(store, rows)
    assembly = assemble(store, version="bench", local_url="http://127.0.0.1", with_threads=False)
    token = SyncSite("", store, assembly).token(FIRM, ANNA.id)
    try:
        with kept_server("--database", database) as (address, process):
            yield Place(address, token, store, customers, process)
    finally:
        store.close()


def write_rows(store: Store, rows: int) -> list[Customer]:
    """Write customers with a contact, an engagement and a collaboration each: four rows a customer."""
    customers: list[Customer] = []
    records: list[Record] = []
    for number in range(rows // 4):
        one = Customer(id=new_id("cu"), customer_number=str(number), name=f"Kund {number} Bygg & Måleri AB")
        customers.append(one)
        engagement = Engagement(
            id=new_id("en"), customer_id=one.id, type="bookkeeping", title="Redovisning 2026"
        )
        records += [
            one,
            Contact(id=new_id("ct"), customer_id=one.id, name="Kim Berg", email=f"kim{number}@kund.example"),
            engagement,
            Collaboration(
                id=new_id("cl"),
                company=Company(number=f"55{number:08}", name=one.name),
                service="eekonomi",
                customer_id=one.id,
                engagement_id=engagement.id,
            ),
        ]
    for start in range(0, len(records), _LOT):
        with store.write(FIRM) as transaction:
            changes = tuple([Put(record) for record in records[start : start + _LOT]])
            transaction.write(Effect(changes=changes), by=SERVER, source=new_id("bench"))
    return customers
