"""What a server process takes of memory: its peak in each part of the load, in a process of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
import requests

from app.contract.sign_in import AUTHORIZE_PATH
from app.server.assembly import assemble
from app.server.store import open_store
from tests.benchmarks.figures import Figure
from tests.benchmarks.folders import benchmark_folder
from tests.benchmarks.sync import write_rows
from tests.server.identity_site import challenge_of, new_verifier
from tests.server.sync_site import ANNA, FIRM, REDIRECT, Client, SyncSite, create, fill
from tests.support.kept_server import kept_server
from tests.support.postgresql_cluster import find_binaries, running_cluster

ROWS = 400_000
CLIENTS = 8
"""So many at once pull everything, push, or sign in."""

PUSHES = 3
LOT = 50
LIMIT_MB = 120.0
MAIN = Path(__file__).parents[2] / "main.py"


class Process:
    """A server's process, and the most memory it has had."""

    def __init__(self, pid: int) -> None:
        self._folder = Path(f"/proc/{pid}")
        self.parts: dict[str, int] = {}

    def note(self, part: str) -> None:
        """Keep the peak since the last call, in megabytes, under this name, and begin anew."""
        status = (self._folder / "status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        self.parts[part] = round(int(line.split()[1]) / 1024)
        # proc(5): 5 puts the peak back to what is resident now.
        (self._folder / "clear_refs").write_text("5", encoding="ascii")


def measure(*, rows: int | None = None, where: bool = False) -> list[Figure]:
    """Return the peak on SQLite and, where it is installed, on PostgreSQL; ``rows`` lie at the server."""
    with ExitStack() as stack:
        folder = stack.enter_context(benchmark_folder())
        databases = {"SQLite": f"sqlite:///{folder / 'server.db'}"}
        binaries = find_binaries()
        if binaries is not None:
            cluster = stack.enter_context(running_cluster(binaries))
            databases["PostgreSQL"] = cluster.create("loaded")
        return [_measure(name, address, folder / name, rows or ROWS) for name, address in databases.items()]


def _measure(name: str, database: str, state: Path, rows: int) -> Figure:
    store = open_store(database)
    fill(store)
    write_rows(store, rows)
    assembly = assemble(store, version="bench", local_url="http://127.0.0.1", with_threads=False)
    site = SyncSite("", store, assembly)
    with _serving(database, state) as (address, process):
        clients = [Client(address, site.token(FIRM, ANNA.id)) for _ in range(CLIENTS)]
        for client in clients:
            client.register()
        process.note("start, and clients that register")
        _at_once([lambda client=client: _pull(client) for client in clients])  # type: ignore[misc]
        process.note("first pulls, and the work of the day")
        _at_once(
            [lambda n=n, client=client: _push(client, n) for n, client in enumerate(clients)]  # type: ignore[misc]
        )
        process.note("pushes")
        _at_once([lambda n=n: _sign_in(address, n) for n in range(CLIENTS)])  # type: ignore[misc]
        process.note("sign-ins")
    store.close()
    peak = max(process.parts.values())
    return Figure(
        name=f"peak of a server process with {rows} rows on {name}, {CLIENTS} clients at once",
        unit="MB",
        ours=peak,
        floor=LIMIT_MB,
        target="≤ 120 MB, which stands as the floor here",
        details=process.parts,
    )


def _pull(client: Client) -> None:
    """Fetch everything as the client does, and keep nothing."""
    cursor: str | None = None
    with requests.Session() as session:
        session.headers.update({"Authorization": f"Bearer {client.token}", "Samverka-Device": client.device})
        more = True
        while more:
            body = {"limit": 2000} | ({"cursor": cursor} if cursor else {})
            answer = session.post(f"{client.url}/v1/sync/pull", json=body, timeout=120)
            answer.raise_for_status()
            page = msgspec.json.decode(answer.content)
            cursor, more = page["cursor"], page["more"]


def _push(client: Client, number: int) -> None:
    for lot in range(PUSHES):
        first = 1_000_000 * (number + 1) + lot * LOT
        client.push(*[create(first + place) for place in range(LOT)])


def _sign_in(address: str, number: int) -> None:
    form = {
        "response_type": "code",
        "client_id": "samverka-desktop",
        "redirect_uri": REDIRECT,
        "state": "s",
        "code_challenge": challenge_of(new_verifier()),
        "code_challenge_method": "S256",
        "email": f"nobody{number}@byran.example",
        "password": "norrsken och kaffe",
    }
    answer = requests.post(f"{address}{AUTHORIZE_PATH}", data=form, timeout=120)
    if answer.status_code != 403:
        raise RuntimeError(f"a wrong password was answered with {answer.status_code}")


def _at_once(works: Sequence[Callable[[], None]]) -> None:
    """Run the works at once; raise what the first of them raised."""
    errors: list[Exception] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - told below, on the thread that measures
            errors.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


@contextmanager
def _serving(database: str, state: Path) -> Iterator[tuple[str, Process]]:
    with kept_server("--database", database, "--state", str(state)) as (address, running):
        yield address, Process(running.pid)
