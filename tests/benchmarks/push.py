"""A push on PostgreSQL, for one firm and for eight at once, against the same statements by psycopg alone."""

from __future__ import annotations

import resource
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
import psycopg
from sqlalchemy import event

from app.contract.wire import PushRequest, WireCommand
from app.domain.commands import CreateCustomer
from app.domain.ids import new_id
from app.domain.records import Contact, Customer, Firm, Staff
from app.server.feed.cursors import CursorSigner
from app.server.feed.places import Places
from app.server.feed.pushing import Pusher
from app.server.identity.principals import Principal
from app.server.store import open_store
from tests.benchmarks.figures import Figure
from tests.benchmarks.floors.push_floor import Replay, run_floor
from tests.support.postgresql_cluster import Cluster, find_binaries, running_cluster

TEMPLATE = "prepared"
LOT = 50
"""Commands in one push, and between two looks at the watch."""

ROUNDS = 6
FIRMS = 8


@dataclass(frozen=True)
class _Seat:
    """One firm's device, and its commands in lots."""

    firm_id: str
    device: str
    epoch: str
    lots: list[tuple[WireCommand, ...]]


def measure(*, rows: int | None = None, where: bool = False) -> list[Figure]:
    """Return the figures for one firm and for eight. ``rows`` is how many commands each firm has."""
    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL is not installed")
    rounds = max(2, (rows or LOT * ROUNDS) // LOT)
    with running_cluster(binaries) as cluster:
        return [_measure(cluster, 1, rounds), _measure(cluster, FIRMS, rounds)]


def _measure(cluster: Cluster, firms: int, rounds: int) -> Figure:
    template = f"{TEMPLATE}_{firms}"
    seats = _prepare(cluster.create(template), firms, rounds + 1)
    replays = _record(cluster.create(f"recorded_{firms}", template), seats)
    floor_address = cluster.create(f"floor_{firms}", template)
    store = open_store(cluster.create(f"ours_{firms}", template))
    pusher = Pusher(store, Places(CursorSigner([b"k" * 32])))
    places: dict[str, str] = {}
    ours: list[tuple[float, float]] = []
    floor: list[tuple[float, float]] = []
    for number in range(rounds + 1):
        pushes = [_pushing(pusher, seat, number, places) for seat in seats]
        floors = [_flooring(floor_address, replay[number]) for replay in replays]
        floor.append(_timed(floors))
        ours.append(_timed(pushes))
    store.close()
    # The first round warms both up.
    wall, cpu = (statistics.median(x[i] for x in ours[1:]) for i in (0, 1))
    floor_wall, floor_cpu = (statistics.median(x[i] for x in floor[1:]) for i in (0, 1))
    commands = LOT * firms
    statements = statistics.median(len(t) for replay in replays for lot in replay for t in lot)
    return Figure(
        name=f"push on PostgreSQL, {firms} firm{'s at once' if firms > 1 else ''}",
        unit="ms a command",
        ours=wall * 1000 / commands,
        floor=floor_wall * 1000 / commands,
        target="≤ 1.8",
        runs=rounds,
        details={
            "commands a second": round(commands / wall),
            "commands a second, floor": round(commands / floor_wall),
            "user CPU, ms a command": round(cpu * 1000 / commands, 2),
            "user CPU, floor": round(floor_cpu * 1000 / commands, 2),
            "statements a command": statements,
        },
    )


def _prepare(address: str, firms: int, lots: int) -> list[_Seat]:
    store = open_store(address)
    seats = []
    for number in range(firms):
        firm_id, staff_id = f"fi_{number}", f"st_{number}"
        staff = Staff(id=staff_id, name="Anna Ek", email=f"anna{number}@byran.example", full_permission=True)
        store.create_firm(Firm(id=firm_id, name=f"Byrå {number}", organisation_number=""), staff)
        with store.write(firm_id) as transaction:
            device = transaction.devices.add(staff_id, "bench", "linux", transaction.now)
            epoch = transaction.state.epoch
        made = [tuple([_command(lot * LOT + place + 1) for place in range(LOT)]) for lot in range(lots)]
        seats.append(_Seat(firm_id, device, epoch, made))
    store.close()
    return seats


def _command(seq: int) -> WireCommand:
    customer = Customer(id=new_id("cu"), customer_number=str(seq), name=f"Kund {seq} AB")
    contact = Contact(
        id=new_id("ct"),
        customer_id=customer.id,
        name="Kim Berg",
        email=f"kim{seq}@kund.example",
        is_main=True,
    )
    payload = CreateCustomer(customer=customer, contacts=(contact,))
    return WireCommand(
        id=new_id("cmd"),
        seq=seq,
        type="customer.create",
        entity=customer.id,
        payload=msgspec.Raw(msgspec.json.encode(payload)),
        made_at=datetime.now(UTC),
    )


def _record(address: str, seats: Sequence[_Seat]) -> list[list[list[Replay]]]:
    """Run every lot once and return what reached PostgreSQL, by seat, lot and transaction."""
    store = open_store(address)
    heard: list[tuple[Any, Any]] = []
    done: list[Replay] = []

    class Cursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
            heard.append((query, params))
            return super().execute(query, params, **more)

    def end(_connection: Any) -> None:
        if heard:
            done.append(tuple(heard))
        heard.clear()

    def on_checkout(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.cursor_factory = Cursor

    event.listen(store.engine, "checkout", on_checkout)
    event.listen(store.engine, "commit", end)
    event.listen(store.engine, "rollback", end)
    pusher = Pusher(store, Places(CursorSigner([b"k" * 32])))
    replays: list[list[list[Replay]]] = []
    places: dict[str, str] = {}
    for seat in seats:
        of_seat: list[list[Replay]] = []
        for number in range(len(seat.lots)):
            _pushing(pusher, seat, number, places)()
            of_seat.append([*done])
            done.clear()
        replays.append(of_seat)
    store.close()
    return replays


def _pushing(pusher: Pusher, seat: _Seat, number: int, places: dict[str, str]) -> Callable[[], None]:
    """Return a push that names the place of the one before it. ``places`` are the firms' last ones."""
    request = PushRequest(
        device=seat.device,
        epoch=seat.epoch,
        commands=seat.lots[number],
        place=places.get(seat.firm_id, ""),
    )
    principal = Principal(
        firm_id=seat.firm_id, staff_id=seat.firm_id.replace("fi_", "st_"), session_id="bench"
    )

    def push() -> None:
        answer = pusher.push(principal, request)
        if [result.status for result in answer.results] != ["applied"] * len(request.commands):
            raise RuntimeError("a command of the measurement was not applied")
        places[seat.firm_id] = answer.place

    return push


def _flooring(address: str, transactions: Sequence[Replay]) -> Callable[[], None]:
    return lambda: run_floor(address, transactions)


def _timed(works: Sequence[Callable[[], None]]) -> tuple[float, float]:
    """Return wall and user seconds of running the works at once, each on a thread."""
    threads = [threading.Thread(target=work) for work in works]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
